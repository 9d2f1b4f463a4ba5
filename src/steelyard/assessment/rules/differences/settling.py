"""How is a difference settled? One figure is taken, with a reason; both stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from steelyard.assessment.rules.states import (
    ASSESSMENT,
    DIFFERENCE,
    DifferenceMove,
    DifferenceState,
    Stage,
)
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal

LONGEST_REASON = 2000


class Taken(StrEnum):
    SUPPLIED = "supplied"
    REPORTED = "reported"
    OTHER = "other"
    AGREED = "agreed"


TAKEN: Mapping[Taken, Text] = {
    Taken.SUPPLIED: Text("采用提供数", "the supplied figure"),
    Taken.REPORTED: Text("采用自报数", "the self-reported figure"),
    Taken.OTHER: Text("核定为其他数", "another figure, found by checking"),
    Taken.AGREED: Text("更正后一致", "none: they agree since a correction"),
}
BY_HAND = (Taken.SUPPLIED, Taken.REPORTED, Taken.OTHER)
"""What a person chooses; that two figures agree, nobody decides."""

WHEN: Mapping[DifferenceMove, frozenset[Stage]] = {
    DifferenceMove.SETTLE: frozenset({Stage.COMPARING, Stage.SCORING}),
    DifferenceMove.SETTLE_ANEW: frozenset({Stage.COMPARING, Stage.SCORING}),
    DifferenceMove.REOPEN: frozenset({Stage.COMPARING}),
}
"""While scoring, only a correction opens a difference again, and then it has to be settled; whoever finds that
it was settled wrongly settles it otherwise in one step, so that nothing is scored on an open one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceFacts:
    """A difference as its limits see it. ``taken`` and ``value``: as it is settled. ``is_reported``:
    the unit's own figure says what it said. ``is_ones_own``: who asks holds a role in the unit or below it."""

    state: DifferenceState
    stage: Stage
    supplied: str
    is_reported: bool = True
    taken: str = ""
    value: str = ""
    is_ones_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """``value``: in its exact writing, of another figure than the two."""

    move: DifferenceMove
    taken: str = ""
    value: str = ""
    reason: str = ""


Limit = Callable[[DifferenceFacts, Asked], Refusal | None]


def against_comparing(stage: Stage) -> tuple[Refusal, ...]:
    """Why figures cannot be compared again at a stage; nothing if they can."""
    if stage in WHEN[DifferenceMove.SETTLE]:
        return ()
    return (_wrong_stage(stage, Text("比对", "compare figures")),)


def the_stage_allows_it(found: DifferenceFacts, asked: Asked) -> Refusal | None:
    if found.stage in WHEN[asked.move]:
        return None
    what = DIFFERENCE.moves[asked.move]
    return _wrong_stage(found.stage, Text(f"{what.zh}差异", what.en))


def _wrong_stage(stage: Stage, what: Text) -> Refusal:
    said = ASSESSMENT.states[stage]
    return Refusal(
        "wrong_stage",
        Text(
            f"考核处于“{said.zh}”阶段，不能{what.zh}",
            f"the assessment is at the stage “{said.en}”: you cannot {what.en}",
        ),
    )


def nobody_settles_for_their_own(found: DifferenceFacts, _: Asked) -> Refusal | None:
    if not found.is_ones_own:
        return None
    return refusal(
        "ones_own_unit",
        Text("您在这个单位任职", "you hold a role in this unit"),
        Text("须由他人核定", "somebody else has to settle it"),
    )


def a_figure_is_taken(found: DifferenceFacts, asked: Asked) -> Refusal | None:
    if asked.move is DifferenceMove.REOPEN:
        return None
    if asked.taken not in set(BY_HAND):
        return Refusal("nothing_taken", Text("请选择采用哪个数", "choose a figure"), "taken")
    if asked.taken == Taken.SUPPLIED and not found.supplied:
        return refusal(
            "none_supplied",
            Text("没有提供数", "no figure was supplied"),
            Text("请采用自报数或者另行核定", "take the reported one, or find another by checking"),
            "taken",
        )
    if asked.taken == Taken.REPORTED and not found.is_reported:
        return refusal(
            "none_reported",
            Text(
                "自报数是按修订前的口径填报的",
                "the unit's own figure was given as it was meant before",
            ),
            Text("请采用提供数或者另行核定", "take the supplied one, or find another by checking"),
            "taken",
        )
    if asked.taken == Taken.OTHER and not asked.value:
        return Refusal("no_figure", Text("请填写核定数", "enter the figure"), "value")
    return None


def it_is_settled_otherwise(found: DifferenceFacts, asked: Asked) -> Refusal | None:
    if asked.move is not DifferenceMove.SETTLE_ANEW or asked.taken != found.taken:
        return None
    if asked.taken == Taken.OTHER and asked.value != found.value:
        return None
    return refusal(
        "settled_so",
        Text("已经这样核定", "it is settled so already"),
        Text("请选择另一个数，或者不改", "choose another figure, or leave it"),
        "taken",
    )


def a_reason_is_given(_: DifferenceFacts, asked: Asked) -> Refusal | None:
    if not asked.reason.strip():
        return Refusal("no_reason", Text("请写明理由", "say why"), "reason")
    if len(asked.reason) > LONGEST_REASON:
        said = Text(f"理由超过{LONGEST_REASON}个字", f"longer than {LONGEST_REASON} letters")
        return Refusal("too_long", said, "reason")
    return None


LIMITS: tuple[Limit, ...] = (
    the_stage_allows_it, nobody_settles_for_their_own, a_figure_is_taken, it_is_settled_otherwise,
    a_reason_is_given,
)  # fmt: skip


def against(found: DifferenceFacts, asked: Asked) -> tuple[Refusal, ...]:
    """Everything that stands against it; a move that does not exist is refused for that alone."""
    missing = DIFFERENCE.against(found.state, asked.move)
    if missing:
        return missing
    asks = (limit(found, asked) for limit in LIMITS)
    return tuple(one for one in asks if one is not None)
