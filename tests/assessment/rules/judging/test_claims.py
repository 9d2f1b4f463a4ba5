"""No answer to a claim stands beside points that contradict it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from steelyard.assessment.rules.collection.claims import Claim
from steelyard.assessment.rules.judging import (
    CLAIM_ANSWERS,
    Judgement,
    Judging,
    RowFacts,
    Typed,
    answers_to,
    is_refused_bonus,
    judging,
    read,
)
from steelyard.assessment.rules.judging.following import ignored_statuses
from steelyard.assessment.rules.schemes.division import division
from steelyard.assessment.rules.states import ScoreState
from steelyard.kernel.bilingual import Text
from tests.assessment.year import scheme


def of(item: str = "A1", kind: str = "bonus") -> Judging:
    divided = division(scheme())
    duty = divided.of(item)
    duty = replace(duty, item=replace(duty.item, kind=kind))
    return judging(scheme(), divided, duty, ignored_statuses(scheme(), item))


def claiming(claim: str) -> RowFacts:
    return RowFacts("440700", Text("江门市", "Jiangmen"), ScoreState.OPEN, claimed=claim)


def answered(claimed: str, of: Judging, claim: str, **more: str) -> tuple[Judgement, list[str]]:
    found, wrong = read(Typed(claim=claim, reason="依据", **more), of, claiming(claimed))
    return found, [one.code for one in wrong]


@pytest.mark.parametrize(
    ("claimed", "kind", "claim", "status"),
    [
        ("bonus", "bonus", "upheld", ""),
        ("bonus", "bonus", "refused", "not_applicable"),
        ("bonus", "bonus", "refused_counts", ""),
        ("bonus", "item", "upheld", ""),
        ("bonus", "item", "refused", ""),
        ("exemption", "item", "upheld", "not_applicable"),
        ("exemption", "item", "upheld_counts", ""),
        ("exemption", "item", "refused", ""),
        ("exemption", "deduction", "upheld", "not_applicable"),
        ("exemption", "bonus", "refused", ""),
        ("not_applicable", "item", "upheld", "not_applicable"),
        ("not_applicable", "item", "refused", ""),
    ],
)
def test_an_answer_leads_to_the_status_that_it_says(
    claimed: str, kind: str, claim: str, status: str
) -> None:
    found, wrong = answered(claimed, of(kind=kind), claim)
    assert (found.status, found.claim, wrong) == (status, claim, [])


def test_a_bonus_is_refused_only_where_it_was_claimed_of_one() -> None:
    assert is_refused_bonus(answered("bonus", of(), "refused")[0], of())
    assert not is_refused_bonus(answered("bonus", of(), "refused_counts")[0], of())
    assert not is_refused_bonus(answered("exemption", of(), "upheld")[0], of())
    assert not is_refused_bonus(answered("bonus", of(kind="item"), "refused")[0], of(kind="item"))


@pytest.mark.parametrize(
    ("claimed", "claim", "status"),
    [
        ("bonus", "upheld", "not_applicable"),
        ("bonus", "refused_counts", "not_applicable"),
        ("bonus", "refused", "unreliable"),
        ("exemption", "refused", "not_applicable"),
        ("exemption", "upheld_counts", "not_applicable"),
        ("exemption", "upheld", "no_material"),
    ],
)
def test_a_status_that_contradicts_the_answer_is_asked_about(
    claimed: str, claim: str, status: str
) -> None:
    assert answered(claimed, of(), claim, status=status)[1] == ["claim_and_status"]


def test_points_are_not_given_beside_an_answer_by_which_there_are_none() -> None:
    def b2(kind: str, claimed: str, claim: str, points: str) -> list[str]:
        typed = Typed({"plan_points": points}, claim=claim, reason="依据")
        return [one.code for one in read(typed, of("B2", kind), claiming(claimed))[1]]

    assert b2("bonus", "bonus", "refused", "3") == ["claim_and_points"]
    assert b2("bonus", "bonus", "refused", "0") == b2("bonus", "bonus", "refused", "") == []
    assert b2("bonus", "bonus", "refused_counts", "3") == []
    assert b2("item", "exemption", "upheld", "10") == ["claim_and_points"]
    assert b2("item", "exemption", "upheld_counts", "10") == []


@pytest.mark.parametrize("kind", ["item", "bonus", "deduction"])
@pytest.mark.parametrize("claimed", Claim)
def test_every_answer_says_what_it_does_and_another_is_no_answer(claimed: Claim, kind: str) -> None:
    offered = answers_to(claimed, of(kind=kind))
    for one in CLAIM_ANSWERS:
        assert ("claim_open" in answered(claimed, of(kind=kind), one)[1]) == (one not in offered)
    for text in offered.values():
        assert "，" in text.zh
        assert "," in text.en or ": " in text.en
    assert answers_to("", of()) == {}
