"""Points that follow by rule from other items and from earlier periods, or why they do not."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from steelyard.assessment.rules.judging.following import (
    Besides,
    Follows,
    asks_for,
    follow,
    looks_back,
    said_why,
)
from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import scheme_from_document
from tests.assessment.year import scheme

JIANGMEN, GUANGZHOU = "440700", "440100"


def changed(points: str, **more: object) -> Scheme:
    """B2 gives these points, of the small scheme of tests."""
    items = [
        {**row, "rule": {"points": points}} if row["code"] == "B2" else dict(row)
        for row in scheme().document["items"]
    ]
    return scheme_from_document({**scheme().document, "items": items, **more})


def jiangmen(found: Mapping[str, Follows]) -> Follows:
    return found[JIANGMEN]


def test_what_an_item_asks_for_of_others_is_followed_through_groups_and_quantities() -> None:
    assert asks_for(scheme(), "B2") == frozenset()
    assert asks_for(changed('score("A1") / 10'), "B2") == {"A1"}
    assert asks_for(changed('score("A") / 10'), "B2") == {"A1", "A2"}
    half = {"code": "half", "title": {"zh": "一半", "en": "half"}, "formula": 'score("B1") / 2'}
    assert asks_for(changed("half / 3", quantities=[half]), "B2") == {"B1"}


def test_whether_an_item_looks_back_is_followed_through_items_and_quantities() -> None:
    assert not any(looks_back(scheme(), one.code) for one in scheme().leaves)
    for points in (
        "last(plan_points)",
        "max(1, growth(plan_points))",
        "full - mean_of_last(plan_points, 2)",
    ):
        assert looks_back(changed(points), "B2")
        assert not looks_back(changed(points), "A2")
    gain = {"code": "gain", "title": {"zh": "增幅", "en": "gain"}, "formula": "growth(plan_points)"}
    assert looks_back(changed("gain * 5", quantities=[gain]), "B2")
    assert not looks_back(changed("plan_points", quantities=[gain]), "B2")


def test_an_item_that_asks_for_one_that_looks_back_looks_back_too() -> None:
    items = [
        {**row, "rule": {"points": told[row["code"]]}} if row["code"] in told else dict(row)
        for told in [{"B2": "last(plan_points)", "A1": 'score("B") / 2'}]
        for row in scheme().document["items"]
    ]
    found = scheme_from_document({**scheme().document, "items": items})
    assert [one.code for one in found.leaves if looks_back(found, one.code)] == ["A1", "B2"]


def test_points_that_rest_on_another_item_follow_once_that_is_known() -> None:
    rule = changed('score("A2") / 4')
    found = jiangmen(follow(rule, "B2", {}, {}))
    assert (found.points, found.lacks) == (None, "A2")
    known = Besides(figures={(JIANGMEN, "file_points"): "80"})
    assert jiangmen(follow(rule, "B2", {}, {}, known)).points == 4
    forged = Besides(known.figures, {"A2": {JIANGMEN: "forged"}})
    assert jiangmen(follow(rule, "B2", {}, {}, forged)).points == 0


def test_points_that_rest_on_an_earlier_period_follow_where_it_is_known() -> None:
    period = "2020"
    of = {**scheme().document["period"], "earlier": [period]}
    rule = changed("min(full, plan_points - last(plan_points))", period=of)
    now = {(JIANGMEN, "plan_points"): "9"}
    found = jiangmen(follow(rule, "B2", now, {}))
    assert (found.points, found.lacks, found.period) == (None, "plan_points", period)
    assert said_why(rule, found) == Text(
        f"缺{period}的“方案质量评定分”", f"lacks “Points for the plan” of {period}"
    )
    known = Besides(earlier={(JIANGMEN, "plan_points", period): "5.5"})
    assert jiangmen(follow(rule, "B2", now, {}, known)) == Follows(Fraction(7, 2))


def test_it_says_what_is_missing_and_nothing_where_points_follow() -> None:
    lacks = jiangmen(follow(scheme(), "B2", {}, {}))
    assert said_why(scheme(), lacks) == Text("缺“方案质量评定分”", "lacks “Points for the plan”")
    assert said_why(scheme(), Follows(Fraction(3))) == Text()


@given(
    st.dictionaries(
        st.sampled_from([(GUANGZHOU, "trained"), (JIANGMEN, "closed_in_time")]),
        st.sampled_from(["0.5", "0.9"]),
    )
)
def test_what_an_item_does_not_ask_for_changes_nothing(
    figures: dict[tuple[str, str], str],
) -> None:
    own = {(JIANGMEN, "plan_points"): "7"}
    besides = Besides(figures, {"A1": {JIANGMEN: "forged"}})
    assert follow(scheme(), "B2", own, {}, besides) == follow(scheme(), "B2", own, {})
