"""What the routers of an assessment have in common: what is asked in an address, texts, forms, refusals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Form
from django.http import Http404
from django.utils.translation import override
from ninja import Path, Schema
from pydantic import Field

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.people.refused import RefusedOut, ToMend

Code = Annotated[
    str, Path(max_length=60, pattern=r"^[-a-zA-Z0-9_]+$", description="of the assessment")
]
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]
ItemCode = Annotated[str, Path(max_length=80, pattern=r"^[^\x00/]+$", description="of the scheme")]
UnitCode = Annotated[str, Path(max_length=12, pattern=r"^[^\x00/]+$", description="of the unit")]
Seen = Annotated[int, Field(ge=0, le=2**31 - 1, description="the version that was looked at")]
Page = Annotated[int, Field(ge=1, le=100_000)]
Word = Annotated[str, Field(max_length=400, pattern=r"^[^\x00]*$")]
Words = Annotated[str, Field(max_length=8000, pattern=r"^[^\x00]*$")]
Days = Annotated[int, Field(ge=-9999, le=9999)]

WRITTEN = {403: RefusedOut, 409: RefusedOut}


class TextOut(Schema):
    """A text in both languages; where there is none in English, the Chinese one."""

    zh: str
    en: str


class PageIn(Schema):
    page: Page = 1


class SeenIn(Schema):
    """``seen``: the ``version`` of what was looked at."""

    seen: Seen


class ReasonIn(SeenIn):
    reason: Words


def text(said: Text) -> dict[str, str]:
    return {"zh": said.zh, "en": said.en or said.zh}


def name(account: object) -> str:
    """Who it was, "" for nobody."""
    return str(account) if account is not None else ""


def refusals_out(refusals: Iterable[Refusal]) -> list[dict[str, str]]:
    return [
        {"code": one.code, "zh": one.text.zh, "en": one.text.en, "field": one.field}
        for one in refusals
    ]


def read(form: Form) -> dict[str, Any]:
    """What a form makes of what was sent: the very form of the page, so that both take the same.

    Raises:
        ToMend: with every fault, each at its field.
    """
    if form.is_valid():
        return dict(form.cleaned_data)
    with override("zh-hans"):
        in_chinese = list(_faults(form))
    with override("en"):
        in_english = list(_faults(form))
    raise ToMend(
        Refusal(code, Text(zh, en), field)
        for (field, code, zh), (_, _, en) in zip(in_chinese, in_english, strict=True)
    )


def _faults(form: Form) -> Iterator[tuple[str, str, str]]:
    """Field ("" for the whole), code, and what is wrong in the language of the moment."""
    for field, errors in form.errors.as_data().items():
        for one in errors:
            at = "" if field == NON_FIELD_ERRORS else field
            yield at, str(one.code or "invalid"), " ".join(str(each) for each in one.messages)


def one_of(found: Any) -> Any:
    """The row that was looked for.

    Raises:
        Http404: there is none, or none for this person.
    """
    if found is None:
        raise Http404
    return found
