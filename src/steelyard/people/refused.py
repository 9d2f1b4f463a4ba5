"""What the API of every area answers where something is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404
from ninja import Schema

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.kernel.moves import WRONG_STATE
from steelyard.kernel.refusals import Refusal, Refused
from steelyard.people.permissions import NOT_YOURS
from steelyard.trail.versions import ChangedMeanwhile

T = TypeVar("T")

CHANGED = Refusal(
    "changed_meanwhile",
    Text(
        "在您读取之后，它已被改动；请重新读取后再办理",
        "it was changed since you read it; read it again, then decide",
    ),
)


class RefusalOut(Schema):
    """One reason against it. ``field``: of the request, "" if it is about the whole."""

    code: str
    zh: str
    en: str
    field: str


class RefusedOut(Schema):
    """It was not done, for all of these reasons."""

    refusals: list[RefusalOut]


class ToMend(Refused):
    """What was sent is to be put right, each at its field: answered 422, as a page answers its form."""


def answered(act: Callable[[], T]) -> T:
    """What the action gave, or why not, in the way in which the API answers it.

    Raises:
        Http404: it is about something that does not exist for this account.
        ToMend: a field is to be put right.
        Refused: it is not for this account, the state forbids it, or it was changed meanwhile.
    """
    try:
        return act()
    except ChangedMeanwhile as changed:
        raise Refused([CHANGED]) from changed
    except Faulty as faulty:
        raise ToMend(_as_refusals(faulty)) from faulty
    except Refused as refused:
        if any(one.code == NOT_YOURS for one in refused.refusals):
            raise Http404 from refused
        if not refused.lacks_a_right and any(
            one.field and one.code != WRONG_STATE for one in refused.refusals
        ):
            raise ToMend(refused.refusals) from refused
        raise


def _as_refusals(faulty: Faulty) -> list[Refusal]:
    return [
        Refusal(one.code, Text(one.say("zh"), one.say("en")), one.where.say("en"))
        for one in faulty.faults
    ]
