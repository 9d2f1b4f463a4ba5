"""The draft of a scheme: read it with its faults, put a document in its place, change an item, a figure or a grade."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import Path, Router, Schema

from steelyard.assessment.actions import schemes as actions
from steelyard.assessment.api.said import WRITTEN, Code, SeenIn, TextOut, text
from steelyard.assessment.api.schemes import SchemeOut, version_out
from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.assessments import under_way
from steelyard.assessment.queries.schemes import bodies_to_match
from steelyard.assessment.rules import drafting
from steelyard.assessment.rules.drafting import Change, Document, Row
from steelyard.assessment.rules.schemes.bodies import Unmatched
from steelyard.assessment.views.finding import find_for
from steelyard.assessment.views.schemes.editing.items import with_item
from steelyard.assessment.views.schemes.finding import find_draft
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault
from steelyard.kernel.refusals import Refusal
from steelyard.people.refused import ToMend, answered
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import who_and_when

router = Router()

Section = Annotated[
    Literal["items", "inputs", "grades"], Path(description="a list of the document")
]
Key = Annotated[
    str,
    Path(max_length=80, pattern=r"^[^\x00/]+$", description="code of the member, else its place"),
]
CODE = re.compile(r"(?!\.+$)[\w.-]{1,40}")
"""As on the pages: it stands in addresses."""


class DraftFaultOut(Schema):
    """``at``: the place in the document; ``level``: an error must be mended before it is settled."""

    code: str
    level: Literal["error", "warning"]
    at: str
    what: TextOut
    mend: TextOut


class BodyOut(Schema):
    """A body that the scheme names, and that is no organisation yet: why, and what to do."""

    code: str
    title: TextOut
    why: TextOut
    mend: TextOut


class DraftOut(SchemeOut):
    """``version`` goes back as ``seen``."""

    faults: list[DraftFaultOut]
    unmatched_bodies: list[BodyOut]


class PutIn(SeenIn):
    """``document``: the whole, as ``docs/reference/scheme.schema.json`` says it; it may have faults.
    ``seen``: 0 to begin a draft."""

    document: dict[str, Any]


class MemberIn(SeenIn):
    """``member``: an item, a figure or a grade, as the document tells it, with a code."""

    member: dict[str, Any]


class MoveIn(SeenIn):
    way: Literal["up", "down"]


DRAFT = "/{slug:code}/scheme/draft"
MEMBERS = f"{DRAFT}/{{section}}"
MEMBER = f"{MEMBERS}/{{key}}"
DONE = {200: DraftOut, **WRITTEN}


@router.get(DRAFT, response={200: DraftOut, **WRITTEN})
def read_draft(request: HttpRequest, code: Code) -> dict[str, Any]:
    """The version that is drafted, with all that the check finds in it. For the office."""
    found, version = find_draft(request, code)
    return _out(request, found, version)


@router.post(DRAFT, response=DONE)
def put(request: HttpRequest, code: Code, said: PutIn) -> dict[str, Any]:
    """Put a document in place of the draft, or begin one. For the office."""
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    seen = said.seen if under_way(found) or said.seen else None
    made = answered(lambda: actions.draft(
        assessment=found.pk, document=exact(said.document), seen=seen, **who_and_when(request)))  # fmt: skip
    return _read_again(request, found, made)


@router.post(MEMBERS, response=DONE)
def add(request: HttpRequest, code: Code, section: Section, said: MemberIn) -> dict[str, Any]:
    """One more item, after its brothers; one more figure; one more grade, before those with a lower
    cut-off. For the office."""
    found, _version = find_draft(request, code)
    member = _read(said)

    def change(base: Document) -> dict[str, Any]:
        if _is_there(base, section, member):
            return dict(base)
        if section == "items":
            return with_item(base, "", member, [])
        return drafting.added(base, section, member)

    return _edited(request, found, said.seen, change)


@router.post(MEMBER, response=DONE)
def change(
    request: HttpRequest, code: Code, section: Section, key: Key, said: MemberIn
) -> dict[str, Any]:
    """Tell an item, a figure or a grade anew. What hangs from an item whose code changes follows it."""
    found, version = find_draft(request, code)
    member = _read(said)
    is_there = _is_there(version.document, section, member)
    row = _row(version, section, member["code"] if is_there else key)

    def change(base: Document) -> dict[str, Any]:
        if _is_there(base, section, member):
            return dict(base)
        if section == "items":
            return with_item(base, key, member, [])
        return drafting.with_member(base, section, key, member)

    return _edited(request, found, said.seen, change, mends=row.code if section == "items" else "")


@router.post(f"{MEMBER}/delete", response=DONE)
def delete(
    request: HttpRequest, code: Code, section: Section, key: Key, said: SeenIn
) -> dict[str, Any]:
    """Take it out; an item goes with all that hangs from it."""
    found, version = find_draft(request, code)
    _row(version, section, key)
    return _edited(request, found, said.seen, lambda base: drafting.without(base, section, key))


@router.post(f"{DRAFT}/items/{{key}}/move", response=DONE)
def move(request: HttpRequest, code: Code, key: Key, said: MoveIn) -> dict[str, Any]:
    """Move an item up or down among its brothers."""
    found, version = find_draft(request, code)
    _row(version, "items", key)
    up = said.way == "up"
    return _edited(request, found, said.seen, lambda base: drafting.moved(base, key, up=up))


# --- the steps --------------------------------------------------------------------------------


def _edited(
    request: HttpRequest, found: Assessment, seen: int, change: Change, *, mends: str = ""
) -> dict[str, Any]:
    made = answered(lambda: actions.edit(
        assessment=found.pk, change=change, seen=seen, mends=mends, **who_and_when(request)))  # fmt: skip
    return _read_again(request, found, made)


def _row(version: SchemeVersion, section: str, key: str) -> Row:
    """
    Raises:
        Http404: the draft has no such item or figure.
    """
    document = version.document
    rows = drafting.tree(document) if section == "items" else drafting.listed(document, section)
    row = drafting.find(rows, key)
    if row is None:
        raise Http404
    return row


def _read(said: MemberIn) -> dict[str, Any]:
    """
    Raises:
        ToMend: it has no code that can stand in an address.
    """
    code = said.member.get("code")
    if isinstance(code, str) and CODE.fullmatch(code):
        return exact(said.member)
    what = Text(
        "代码由字母、数字、点、连字符和下划线组成，最多40个字符",
        "a code is of 1 to 40 letters, digits, dots, hyphens and underscores",
    )
    raise ToMend([Refusal("code_is_wrong", what, "member.code")])


def _is_there(document: Document, section: str, member: dict[str, Any]) -> bool:
    """It was told just so before: the same, sent again."""
    return any(dict(row.told) == member for row in drafting.listed(document, section))


def exact(told: Any) -> Any:
    """Numbers with a point as text, as a document writes them."""
    match told:
        case dict():
            return {key: exact(one) for key, one in told.items()}
        case list():
            return [exact(one) for one in told]
        case float():
            return repr(told)
        case _:
            return told


def _read_again(request: HttpRequest, found: Assessment, made: SchemeVersion) -> dict[str, Any]:
    """As it is kept: the version that was saved counts one on."""
    version = under_way(found)
    kept = version if version is not None and version.pk == made.pk else made
    return _out(request, found, kept)


def _out(request: HttpRequest, found: Assessment, version: SchemeVersion) -> dict[str, Any]:
    faults = drafting.faults_of(version.document)
    every = [
        *(one for told in (faults.items, faults.inputs) for several in told.values() for one in several),
        *faults.rest,
    ]  # fmt: skip
    unmatched = bodies_to_match(found, version.document, request.today).open
    return {
        **version_out(version),
        "faults": [_fault(one) for one in every],
        "unmatched_bodies": [_body(one) for one in unmatched],
    }


def _fault(one: Fault) -> dict[str, Any]:
    return {
        "code": one.code, "level": one.level, "at": one.where.key, "what": text(one.what),
        "mend": text(one.mend),
    }  # fmt: skip


def _body(one: Unmatched) -> dict[str, Any]:
    return {
        "code": one.code, "title": text(one.title), "why": text(one.why), "mend": text(one.mend),
    }  # fmt: skip
