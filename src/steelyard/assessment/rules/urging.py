"""May the units that have not filed, the bodies that owe sheets, or those that score be urged? What stands
against it, all at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from steelyard.assessment.rules.states import Stage
from steelyard.assessment.rules.supplied.limits import WHEN
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Urging:
    """``waiting``: how many have something to do, ``nothing`` is said if none has; ``urged_on``: the day on
    which they were urged last."""

    waiting: int
    urged_on: date | None
    on: date
    nothing: Text


NOTHING_TO_SCORE = Text("没有待评的项目", "nothing is left to be scored")
NOTHING_TO_FILE = Text("各单位都已报送", "every unit has filed")
NOTHING_TO_SUPPLY = Text("没有待报送的数据表", "no sheet of figures is awaited")


def against_urging(asked: Urging) -> tuple[Refusal, ...]:
    """More than once a day is noise, and noise is not read.

    >>> against_urging(Urging(waiting=2, urged_on=None, on=date(2022, 3, 1), nothing=NOTHING_TO_FILE))
    ()
    """
    return tuple(
        one for one in (somebody_has_something_to_do(asked), not_urged_today(asked)) if one
    )


def against_the_stage_of_units(stage: Stage) -> tuple[Refusal, ...]:
    """Units file while it is collected, and what is late until it is scored."""
    if stage in (Stage.COLLECTING, Stage.COMPARING):
        return ()
    what = Text("考核现在不在填报阶段", "the assessment is not collecting now")
    return (Refusal("wrong_stage", what),)


def against_the_stage_of_sheets(stage: Stage) -> tuple[Refusal, ...]:
    """Sheets are taken from the collection until all is frozen."""
    if stage in WHEN:
        return ()
    what = Text("考核现在不收数据表", "the assessment takes no sheets now")
    return (Refusal("wrong_stage", what),)


def somebody_has_something_to_do(asked: Urging) -> Refusal | None:
    return None if asked.waiting else Refusal("nobody_to_urge", asked.nothing)


def not_urged_today(asked: Urging) -> Refusal | None:
    if asked.urged_on is None or asked.urged_on < asked.on:
        return None
    return refusal(
        "urged_today",
        Text("今天已经催办过", "they were urged today already"),
        Text("请明天再催，或者打电话", "urge again tomorrow, or call them"),
    )
