"""May a sheet be filled in, signed, corrected, urged? What stands against it, all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from steelyard.assessment.rules.states import ASSESSMENT, SHEET, SheetMove, SheetState, Stage
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal
from steelyard.people.rules.roles import Action

LONGEST_REASON = 2000

WHO: Mapping[SheetMove, Action] = {
    SheetMove.FILL: Action.SUPPLY_FIGURES,
    SheetMove.SIGN: Action.SUPPLY_FIGURES,
    SheetMove.CORRECT: Action.SUPPLY_FIGURES,
    SheetMove.TAKE_BACK: Action.SUPPLY_FIGURES,
    SheetMove.URGE: Action.RUN_ASSESSMENT,
    SheetMove.OUTDATE: Action.RUN_ASSESSMENT,
    SheetMove.LET_BE: Action.RUN_ASSESSMENT,
}
"""Towards the body; urging is the office's, and so is what an amendment brings with it."""

WHEN = frozenset({Stage.COLLECTING, Stage.COMPARING, Stage.SCORING})
"""A late sheet and a correction are taken until the records are frozen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """A sheet as its limits see it. ``filled``: cells with a figure, or with how it is lacking; ``missing``:
    cells that were signed without one; ``is_changed``: its draft says something else than the version that
    counts."""

    state: SheetState
    stage: Stage
    filled: int = 0
    missing: int = 0
    is_changed: bool = True
    urged_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    move: SheetMove
    on: date
    reason: str = ""


Limit = Callable[[SheetFacts, Asked], Refusal | None]


def the_stage_allows_it(found: SheetFacts, _: Asked) -> Refusal | None:
    if found.stage in WHEN:
        return None
    said = ASSESSMENT.states[found.stage]
    return Refusal(
        "wrong_stage",
        Text(
            f"考核处于“{said.zh}”阶段，数据表不再变动",
            f"the assessment is at the stage “{said.en}”: sheets do not change any more",
        ),
    )


def something_is_filled_in(found: SheetFacts, _: Asked) -> Refusal | None:
    if found.filled:
        return None
    return refusal(
        "nothing_filled_in",
        Text("一个数也没有填", "not a single figure is filled in"),
        Text(
            "请先填写；没有数据的写明情形和原因",
            "fill it in first; of what is missing say how, and why",
        ),
    )


def a_correction_changes_something(found: SheetFacts, _: Asked) -> Refusal | None:
    if found.state is not SheetState.MENDING or found.is_changed:
        return None
    return refusal(
        "nothing_changed",
        Text("与已签发的一版完全相同", "it says the same as the signed version"),
        Text(
            "请更正后再签发；不需要更正的，请“撤回更正”",
            "correct it before you sign, or take the correction back",
        ),
    )


def a_reason_is_given(_: SheetFacts, asked: Asked) -> Refusal | None:
    if not asked.reason.strip():
        return Refusal("no_reason", Text("请写明更正原因", "say why it is corrected"), "reason")
    if len(asked.reason) > LONGEST_REASON:
        said = Text(f"超过{LONGEST_REASON}个字", f"longer than {LONGEST_REASON} letters")
        return Refusal("too_long", said, "reason")
    return None


def not_urged_today(found: SheetFacts, asked: Asked) -> Refusal | None:
    if found.urged_on != asked.on:
        return None
    return refusal(
        "urged_today",
        Text("今天已经催办过", "it was urged today"),
        Text("请明天再催", "urge again tomorrow"),
    )


def something_is_awaited(found: SheetFacts, _: Asked) -> Refusal | None:
    """A sheet that is not signed, or is to be corrected, or has figures missing."""
    if found.state in (SheetState.OPEN, SheetState.OUTDATED) or found.missing:
        return None
    return refusal(
        "nothing_missing",
        Text("已经签发，没有缺数", "it is signed, and no figure is missing"),
        Text("不需要催办", "there is nothing to urge"),
    )


LIMITS: Mapping[SheetMove, tuple[Limit, ...]] = {
    SheetMove.FILL: (the_stage_allows_it,),
    SheetMove.SIGN: (the_stage_allows_it, something_is_filled_in, a_correction_changes_something),
    SheetMove.CORRECT: (the_stage_allows_it, a_reason_is_given),
    SheetMove.TAKE_BACK: (the_stage_allows_it,),
    SheetMove.URGE: (the_stage_allows_it, something_is_awaited, not_urged_today),
    SheetMove.OUTDATE: (the_stage_allows_it,),
    SheetMove.LET_BE: (the_stage_allows_it,),
}


def against(found: SheetFacts, asked: Asked) -> tuple[Refusal, ...]:
    """Everything that stands against a move; one that does not exist is refused for that alone."""
    missing = SHEET.against(found.state, asked.move)
    if missing:
        return missing
    asks = (limit(found, asked) for limit in LIMITS[asked.move])
    return tuple(one for one in asks if one is not None)


# --- how it stands, for the list -------------------------------------------------------------------


class Standing(StrEnum):
    OPEN = "open"
    MISSING = "missing"
    SIGNED = "signed"
    LATE = "late"
    MENDING = "mending"
    OUTDATED = "outdated"
    CORRECTED = "corrected"


STANDINGS: Mapping[Standing, Text] = {
    Standing.OPEN: Text("待报送", "open"),
    Standing.MISSING: Text("逾期未报", "missing, overdue"),
    Standing.SIGNED: Text("已签发", "signed"),
    Standing.LATE: Text("逾期签发", "signed late"),
    Standing.MENDING: Text("更正中", "being corrected"),
    Standing.OUTDATED: Text("待更正", "to be corrected"),
    Standing.CORRECTED: Text("已更正", "corrected"),
}


def standing(
    state: SheetState, *, due: date | None, today: date, days_late: int, versions: int
) -> Standing:
    """How a sheet stands today. A corrected one is called so whether it once was late or not.

    >>> standing(SheetState.OPEN, due=date(2024, 3, 1), today=date(2024, 3, 4), days_late=0, versions=0)
    <Standing.MISSING: 'missing'>
    """
    if state is SheetState.OPEN:
        return Standing.MISSING if due is not None and today > due else Standing.OPEN
    if state is SheetState.MENDING:
        return Standing.MENDING
    if state is SheetState.OUTDATED:
        return Standing.OUTDATED
    if versions > 1:
        return Standing.CORRECTED
    return Standing.LATE if days_late else Standing.SIGNED
