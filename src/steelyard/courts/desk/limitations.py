"""Is a claim, or a judgment, still in time? What is asked of a limitation period besides its start,
and its answer."""

from __future__ import annotations

from collections.abc import Callable

from steelyard.courts.court_rules import CourtRules
from steelyard.courts.desk.facts import Facts
from steelyard.courts.desk.questions import Question
from steelyard.courts.rules.counting import Excluded
from steelyard.courts.rules.limitation import Limitation
from steelyard.courts.rules.limitation_events import Interrupted, Obstacle
from steelyard.courts.rules.suspensions import LIMITATIONS
from steelyard.courts.rules.time_limits import ForAPerson
from steelyard.kernel.bilingual import Text

NONE = Text("没有", "none")


def is_limitation(facts: Facts) -> bool:
    return facts.text("limit") in LIMITATIONS


def _has_a_longest(facts: Facts) -> bool:
    return LIMITATIONS.get(facts.text("limit")) == "six_months"


def questions() -> tuple[Question, ...]:
    return (
        _spans(
            "interrupted",
            Text("中断", "interruptions"),
            Text(
                "有无中断（如“2023-05-10 要求履行”；从另一日重新计算的，“2023-06-01至2024-02-20 起诉”）？",
                "What interrupted it (as 2023-05-10 demand; where it runs anew from another day, "
                "2023-06-01 to 2024-02-20 suit)?",
            ),
            is_limitation,
        ),
        _spans(
            "obstacles",
            Text("障碍", "obstacles"),
            Text(
                "有无不能行使权利的障碍（如“2023-10-01至2024-01-10 不可抗力”，止日为消除之日）？",
                "What kept the creditor from acting (as 2023-10-01 to 2024-01-10 force majeure)?",
            ),
            is_limitation,
        ),
        Question(
            "harmed",
            Text("损害之日", "day of the harm"),
            "day",
            Text("权利在哪一天受到损害？", "On which day was the right harmed?"),
            needed=False,
            asked=_has_a_longest,
        ),
    )


def _spans(code: str, label: Text, ask: Text, asked: Callable[[Facts], bool]) -> Question:
    return Question(code, label, "spans", ask, needed=False, blank=NONE, asked=asked)


def found(facts: Facts, rules: CourtRules) -> Limitation | ForAPerson:
    """The period after all that happened to it, as the rules tell it.

    Raises:
        Faulty: an event lies before the start.
    """
    return rules.limitation(
        facts.text("limit"),
        facts.day("start"),
        interrupted=[_interrupted(one) for one in facts.spans("interrupted")],
        obstacles=[Obstacle(one.first, one.last, one.why) for one in facts.spans("obstacles")],
        harmed_on=facts.day_or_none("harmed"),
    )


def _interrupted(one: Excluded) -> Interrupted:
    return Interrupted(one.first, one.why, again_from=one.last)
