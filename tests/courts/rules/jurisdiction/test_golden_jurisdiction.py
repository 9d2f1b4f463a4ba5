"""Cases a jurist can check: which court first, which on appeal, by which article.

The fields are explained at the head of ``tests/courts/cases/jurisdiction/technical_rights.yaml``.
"""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from steelyard.courts.rules.jurisdiction.answers import Answer, Heard, Jurisdiction
from steelyard.courts.rules.jurisdiction.case import Case
from steelyard.courts.rules.jurisdiction.decide import decide
from steelyard.kernel.faults import Faulty
from tests.courts.china_jurisdiction import CAUSES, PLACES, RULES

FOLDER = Path(__file__).parents[2] / "cases" / "jurisdiction"
LEFT_OPEN = "由人决定"
NUMBER_OF_TEXT = re.compile(r"（(?:法释〔\d+〕\d+号|\d+年修正)）")
ASKED = {"name", "facts", "cause", "place", "connection", "filed", "amount", "parties"} | {
    "well_known", "body", "reconsidered", "reviewer", "judged", "tried_by"
}  # fmt: skip
ANSWERED = {"first", "may_be", "appeal", "appeal_may_be", "fault", "article", "reason", "not"}


def _load() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in sorted(FOLDER.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text("utf-8"))
    ]


CASES = _load()


def as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def as_case(told: dict[str, Any]) -> Case:
    return Case(
        causes=tuple(CAUSES.find(words) for words in as_list(told["cause"])),
        place=PLACES.find(told["place"]),
        filed=date.fromisoformat(told["filed"]),
        amount=Fraction(told["amount"]) if "amount" in told else None,
        parties=told.get("parties"),
        well_known=told.get("well_known", False),
        connection=told.get("connection"),
        body=told.get("body"),
        reconsidered=told.get("reconsidered", "no"),
        reviewer=told.get("reviewer"),
        judged=date.fromisoformat(told["judged"]) if "judged" in told else None,
        tried_by=told.get("tried_by"),
    )


def court_of(answer: Answer | None) -> str | None:
    if answer is None:
        return None
    return answer.court.name.zh if isinstance(answer, Heard) else LEFT_OPEN


def readings_of(answer: Answer | None) -> set[str]:
    return set() if answer is None or isinstance(answer, Heard) else {
        court.name.zh for court in answer.readings
    }  # fmt: skip


def cited_in(found: Jurisdiction) -> str:
    answers = [one for one in (found.first, found.appeal) if one is not None]
    texts = [article.zh for answer in answers for article in answer.articles]
    return NUMBER_OF_TEXT.sub("", "\n".join(texts))


@pytest.mark.parametrize("told", CASES)
def test_the_court_is_the_one_a_jurist_names(told: dict[str, Any]) -> None:
    if "fault" in told:
        with pytest.raises(Faulty) as raised:
            decide(RULES, as_case(told))
        assert told["fault"] in [fault.code for fault in raised.value.faults]
        return
    found = decide(RULES, as_case(told))
    assert court_of(found.first) == told["first"]
    if "may_be" in told:
        assert readings_of(found.first) == set(told["may_be"])
    if "appeal" in told:
        assert court_of(found.appeal) == told["appeal"]
    if "appeal_may_be" in told:
        assert readings_of(found.appeal) == set(told["appeal_may_be"])
    cited = cited_in(found)
    assert [one for one in as_list(told.get("article")) if one not in cited] == []


@pytest.mark.parametrize("told", [case for case in CASES if "not" in case.values[0]])
def test_another_court_is_ruled_out_for_the_reason_a_jurist_gives(told: dict[str, Any]) -> None:
    first = decide(RULES, as_case(told)).first
    assert isinstance(first, Heard)
    why = {one.court.name.zh: one.why.zh for one in first.not_others}
    assert told["not"]["because"] in why[told["not"]["court"]]


@pytest.mark.parametrize("told", CASES)
def test_every_case_tells_its_facts_and_its_reason_in_words(told: dict[str, Any]) -> None:
    assert set(told) - ASKED - ANSWERED == set()
    assert {"name", "facts", "cause", "place", "filed", "reason"} <= set(told)
    assert ("first" in told) != ("fault" in told)


def test_there_are_enough_cases_and_no_name_twice() -> None:
    names = [case.id for case in CASES]
    assert len(names) > 150
    assert len(set(names)) == len(names)
