"""A unit's own estimate, from values alone."""

from __future__ import annotations

from fractions import Fraction

from steelyard.assessment.rules.division import division
from steelyard.assessment.rules.standing.estimate import Estimate, estimate
from steelyard.assessment.rules.standing.values import (
    Past,
    Said,
    estimated_scheme,
    estimated_values,
)
from steelyard.kernel.bilingual import Text
from steelyard.scheme.read import scheme_from_document
from steelyard.weighing.advice.search import Limits
from steelyard.weighing.values import Values
from tests.assessment.year import scheme

RIVAL = {"trained": Fraction(200), "closed_in_time": Fraction("0.96")}
WHOLE = Past({"440100": RIVAL}, {"440100": {"A2": Fraction(18), "B2": Fraction(8)}})
SAID = {
    "A1": Said(Fraction(40), {"closed_in_time": "85%"}, material=1),
    "A2": Said(Fraction(15)),
    "B2": Said(Fraction(9), material=1),
}


def estimated(past: Past | None, said: dict[str, Said] = SAID) -> Estimate:
    divided = division(scheme())
    own = estimated_scheme(scheme(), divided, scheme_from_document)
    records = Values.of(scheme(), {"440700": {"trained": 150}, "440100": {"trained": 1}})
    values, known = estimated_values(own, divided, "440700", records, said, past)
    return estimate(own, divided, "440700", values, known, said, Text(), Limits(seconds=5))


def test_rivals_stand_where_they_were_last_weighed() -> None:
    found = estimated(WHOLE)
    assert found.rank == 2
    assert found.result.standing["440100"].score == 40 + 18 + 30 + 8


def test_own_points_are_computed_supplied_and_self_scored() -> None:
    assert estimated(WHOLE).result.standing["440700"].score == 30 + 15 + Fraction("22.5") + 9


def test_there_is_no_rank_while_a_value_of_a_rival_is_unknown() -> None:
    without = Past({"440100": {"trained": Fraction(200)}}, WHOLE.points)
    assert estimated(without).rank is None
    assert estimated(None).rank is None


def test_the_cheapest_way_up_aims_at_the_next_rank() -> None:
    advice = estimated(WHOLE).advice
    assert advice is not None
    assert (advice.outcome, advice.standing_after.rank) == ("reached", 1)


def test_an_item_claimed_as_not_applicable_is_left_out_of_the_estimate() -> None:
    said = {**SAID, "A2": Said(claim="not_applicable")}
    assert estimated(None, said).result.items["A2"]["440700"].points is None
