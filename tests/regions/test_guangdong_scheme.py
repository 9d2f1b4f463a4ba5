"""The sample scheme of Guangdong: sound, sourced, and able to weigh cities and districts alike."""

from __future__ import annotations

from functools import lru_cache

import pytest

from steelyard.kernel.bilingual import LANGS, Lang
from steelyard.records.catalogue.read import shipped
from steelyard.records.tally.indicators import checked_indicators
from steelyard.records.tally.tally import tally
from steelyard.scheme.model import Item, Scheme
from steelyard.weighing.explain import Explanation, explain
from steelyard.weighing.result import Result
from steelyard.weighing.weigh import weigh
from tests.records.sample.small import GUANGDONG, frozen

LEVELS = pytest.mark.parametrize("within", [None, "440700"], ids=["cities", "districts"])


@lru_cache
def scheme(within: str | None = None) -> Scheme:
    return Scheme.read(str(GUANGDONG / "sample_scheme.toml"), within=within)


@lru_cache
def weighed(within: str | None) -> Result:
    return weigh(scheme(within), tally(scheme(within), frozen()))


def leaves() -> list[Item]:
    parents = {one.parent for one in scheme().items}
    return [one for one in scheme().items if one.code not in parents]


def test_scheme_has_forty_leaf_indicators_or_more_worth_a_hundred_points() -> None:
    assert len(leaves()) >= 40
    tops = [one for one in scheme().items if not one.parent and one.kind == "item"]
    assert sum(one.points or 0 for one in tops) == 100


def test_at_least_five_bodies_supply_it() -> None:
    assert len({body for one in leaves() for body in one.supplying_body}) >= 5
    assert len({body for one in leaves() for body in one.scoring_body}) >= 3


def test_every_input_is_computed_from_records_by_a_query_that_may_run() -> None:
    indicators, faults = checked_indicators(scheme(), shipped())
    assert faults == []
    assert {one.code for one in indicators} == set(scheme().inputs)


def test_every_leaf_says_in_both_languages_why_its_rule_is_fair_and_where_it_is_from() -> None:
    for leaf in leaves():
        assert leaf.note.zh, leaf.code
        assert leaf.note.en, leaf.code
        assert "本样本自拟" in leaf.source.zh, leaf.code
        assert "of this sample" in leaf.source.en, leaf.code


def test_scheme_says_on_its_face_that_it_is_a_sample() -> None:
    assert scheme().label == "sample"
    assert scheme().title.zh.startswith("样本")
    assert scheme().title.en.startswith("Sample")
    assert "非官方考核" in scheme().issuer.zh


@LEVELS
def test_every_unit_has_a_score_and_a_grade(within: str | None) -> None:
    standings = weighed(within).standings
    assert len(standings) == (7 if within else 21)
    assert all(one.score is not None and one.grade for one in standings)


def test_every_dimension_tells_cities_apart() -> None:
    result = weighed(None)
    for code in {one.code for one in scheme().items if not one.parent and one.kind == "item"}:
        points = {cell.points for cell in result.items[code].values() if cell.points is not None}
        assert len(points) > 5, code


@LEVELS
@pytest.mark.parametrize("lang", LANGS)
def test_no_explanation_falls_back_on_a_code(lang: Lang, within: str | None) -> None:
    for unit in weighed(within).standings[:3]:
        for leaf in _leaves(explain(weighed(within), unit.unit.code)):
            assert "_" not in leaf.sentence.say(lang), leaf


def _leaves(of: Explanation) -> list[Explanation]:
    return [one for child in of.children for one in _leaves(child)] if of.children else [of]


def test_size_alone_does_not_decide() -> None:
    """No group of cities, large or small, holds all the upper places."""
    upper = [
        one.unit.group for one in weighed(None).standings if one.rank is not None and one.rank <= 10
    ]
    assert len(set(upper)) > 1


def test_city_whose_files_were_not_delivered_gets_the_mean_of_the_others() -> None:
    delivery = next(
        one for one in frozen().standing.values() if one.table == "file_reviews" and one.covers
    )
    (left_out,) = {one.code for one in scheme().assessed} - set(delivery.covers)
    points = {unit: cell.points for unit, cell in weighed(None).items["B1"].items()}
    others = [got for unit, got in points.items() if unit != left_out and got is not None]
    assert points[left_out] == sum(others) / len(others)


def test_excellent_has_no_more_than_its_quota() -> None:
    grades = [one.grade for one in weighed(None).standings]
    assert grades.count("excellent") <= 21 * 30 // 100
