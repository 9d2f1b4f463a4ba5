"""What became of a record after the objection to it was upheld?

Its body is asked to correct the delivery that the record came with; the office accepts the correction;
with the next frozen records the figure of the unit follows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from steelyard.assessment.rules.states import ObjectionState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.supply.rules.deliveries import Status
from steelyard.supply.rules.requests import State


class Outcome(StrEnum):
    NOTHING = "nothing"
    ELSEWHERE = "elsewhere"
    ASKED = "asked"
    LATE = "late"
    GIVEN_UP = "given_up"
    SIGNED = "signed"
    ACCEPTED = "accepted"
    COUNTED = "counted"


OUTCOMES: Mapping[Outcome, Text] = {
    Outcome.NOTHING: Text("–", "–"),
    Outcome.ELSEWHERE: Text("记录不属于任何一份报送，须另行更正", "in no delivery: to be corrected elsewhere"),
    Outcome.ASKED: Text("待更正", "to be corrected"),
    Outcome.LATE: Text("逾期未更正", "not corrected, late"),
    Outcome.GIVEN_UP: Text("更正要求已撤回", "request to correct it withdrawn"),
    Outcome.SIGNED: Text("更正已签发，待接收", "correction signed, not accepted yet"),
    Outcome.ACCEPTED: Text("更正已接收，待冻结", "correction accepted, not frozen yet"),
    Outcome.COUNTED: Text("已更正", "corrected"),
}  # fmt: skip

OUTSTANDING = frozenset(
    {Outcome.ELSEWHERE, Outcome.ASKED, Outcome.LATE, Outcome.SIGNED, Outcome.ACCEPTED}
)
"""Somebody has something to do before the figure is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What there is to see. ``asked``: how the request stands, None if none was needed; ``correction``:
    how the delivery stands that answers it; ``is_frozen``: the newest records hold that one."""

    state: ObjectionState
    is_delivered: bool = True
    asked: State | None = None
    is_late: bool = False
    correction: Status | None = None
    is_frozen: bool = False


def outcome(found: Traces) -> Outcome:
    if found.state is not ObjectionState.UPHELD:
        return Outcome.NOTHING
    if not found.is_delivered:
        return Outcome.ELSEWHERE
    if found.correction in (Status.ACCEPTED, Status.REPLACED):
        return Outcome.COUNTED if found.is_frozen else Outcome.ACCEPTED
    if found.correction is Status.SIGNED:
        return Outcome.SIGNED
    if found.asked is State.WITHDRAWN:
        return Outcome.GIVEN_UP
    return Outcome.LATE if found.is_late else Outcome.ASKED


MOST_NAMED = 10


def against_signing(left: Sequence[str]) -> tuple[Refusal, ...]:
    """May a correction be signed that leaves these records as they were, which were found wrong?

    >>> against_signing(["PX-003"])[0].text.say("en")[:50]
    'found wrong, and in this correction as before: PX-'
    """
    if not left:
        return ()
    named, rest = list(left[:MOST_NAMED]), len(left) - MOST_NAMED
    more = (f"等{len(left)}条", f" and {rest} more") if rest > 0 else ("", "")
    return (
        Refusal(
            "left_as_they_were",
            Text(
                f"经数据异议认定有误的记录，在这份更正中没有改动：{'、'.join(named)}{more[0]}。"
                "请改正或者删去这些行再签发；认为不必更正的，请考核办撤回更正要求",
                f"found wrong, and in this correction as before: {', '.join(named)}{more[1]}. "
                "Correct these rows or leave them out, then sign; if you hold that nothing is to be corrected, "
                "ask the office to withdraw its request",
            ),
        ),
    )
