"""What the sample scheme gives the provinces, worked by hand from the printed figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction as F

import pytest

from steelyard.kernel.bilingual import LANGS, Lang
from steelyard.regions import Region
from steelyard.weighing.explain import Explanation, explain
from tests.regions.tables_of import CODES, PROVINCES, TOWNS, counts, scheme, weighed

# The best and the middle provinces that the rules measure against, from the tables.
SHANGHAI = F(106608, 117009)  # the highest share of enterprises
EAST_RESEARCH = (F(1304 + 63, 75505) + F(2192 + 210, 131669)) / 2  # Hebei and Shandong, 5th and 6th
EAST_GROWTH = (F(1854144, 1586524) - 1 + F(1707243, 1459654) - 1) / 2  # Guangdong and Jiangsu
NORTHEAST_RESEARCH = F(1865 + 117, 21967)  # Liaoning, the middle of three
NORTHEAST_GROWTH = F(71755, 60832) - 1  # Jilin, the middle of three
WEST_RESEARCH = (F(406 + 14, 8930) + F(1331 + 53, 29278)) / 2  # Inner Mongolia and Guangxi
WEST_GROWTH = (F(103158, 85906) - 1 + F(195106, 162316) - 1) / 2  # Guangxi and Shaanxi

GUANGDONG = {
    "A1": 15 * F(751044, 1124074) / SHANGHAI,
    "A2": 10 * F(6155 + 1708, 1124074) / EAST_RESEARCH,  # below the median
    "B1": 10 * F(31 - 17, 30),  # 17th: 1,854,144 on 574,463
    "B2": 10 * (F(1854144, 1586524) - 1) / EAST_GROWTH,
    "C1": F(18),  # 24,290 × 10,000 ÷ 1,854,144 = 131, at least 96
    "C2": 12 * F(31 - 4, 30),  # 4th: 1,513 and 1,551 in two years
    "D1": 5 - 10 * F(24290 - 23676, 24290),  # 614 fewer: 1 point for each tenth
    "D2": F(0),  # 23,676 is below 25,256
    "D3": 4 + 5 * F(1551 - 1513, 1513),  # half a point for each tenth
}
LIAONING = {
    "A1": 15 * F(10838, 21967) / SHANGHAI,
    "A2": F(10),  # 0.090 and the median is its own
    "B1": 10 * F(31 - 18, 30),
    "B2": F(10),  # 20.8% is above 18.0%
    "C1": F(9),  # 337 × 10,000 ÷ 219,846 = 15.3, from 12 to 24
    "C2": 12 * F(31 - 29, 30),
    "D1": 5 + 10 * F(357 - 337, 337),
    "D2": F(0),  # 357 is below 457
    "D3": 4 + 5 * F(21 - 13, 20),  # 13 counts as 20: 40%, not 62%
}
QINGHAI = {
    "A1": 15 * F(777, 1300) / SHANGHAI,
    "A2": 10 * F(56 + 4, 1300) / WEST_RESEARCH,
    "B1": 10 * F(31 - 3, 30),
    "B2": 10 * (F(15913, 13733) - 1) / WEST_GROWTH,
    "C1": F(3),  # 9 × 10,000 ÷ 20,000 = 4.5, below 6; 15,913 counts as 20,000
    "C2": F(0),  # last: 1 and 0 in two years
    "D1": F(10),  # (27 − 9) ÷ 20 = 90%: 9 more, of which 5 count
    "D2": 7 * F(31 - 14, 30),  # (27 − 6) ÷ 20 = 105%, 14th
    "D3": 4 - 5 * F(1 - 0, 20),  # 1 counts as 20: a fall of 5%
}
WORKED = pytest.mark.parametrize(
    ("code", "points"), [("440000", GUANGDONG), ("210000", LIAONING), ("630000", QINGHAI)]
)


def _count(code: str, name: str, year: str) -> int:
    return counts(PROVINCES)[code, name, year]


def _utility_models_since_2017(code: str) -> F:
    return F(_count(code, "utility_models", "2022"), _count(code, "utility_models", "2017"))


def _madrid_intensity(code: str) -> F:
    filed = sum(_count(code, "madrid_applications", year) for year in ("2021", "2022"))
    return F(filed, max(_count(code, "utility_models", "2022"), 20000))


def _pct_since_2018(code: str) -> F:
    first, now = (_count(code, "pct_applications", year) for year in ("2018", "2023"))
    return F(now - first, max(first, 20))


def _place(code: str, by: Callable[[str], F]) -> int:
    return 1 + sum(by(other) > by(code) for other in CODES)


def _leaves(of: Explanation) -> Iterator[Explanation]:
    if not of.children:
        yield of
    for child in of.children:
        yield from _leaves(child)


@WORKED
def test_points_are_those_worked_by_hand(code: str, points: dict[str, F]) -> None:
    items = weighed(PROVINCES).items
    assert {leaf: items[leaf][code].points for leaf in points} == points


@WORKED
def test_total_is_the_sum_of_the_points_worked_by_hand(code: str, points: dict[str, F]) -> None:
    assert weighed(PROVINCES).standing[code].score == sum(points.values())


@pytest.mark.parametrize(
    ("code", "places"), [("440000", (17, 4, 28)), ("210000", (18, 29, 30)), ("630000", (3, 31, 14))]
)
def test_places_used_by_hand_are_those_of_the_tables(
    code: str, places: tuple[int, int, int]
) -> None:
    rates = (_utility_models_since_2017, _madrid_intensity, _pct_since_2018)
    assert tuple(_place(code, rate) for rate in rates) == places


def test_points_of_the_scheme_are_100_over_four_dimensions_and_nine_leaves() -> None:
    items = scheme(PROVINCES).items
    assert {one.code: one.points for one in items if not one.parent} == {
        "A": 25, "B": 20, "C": 30, "D": 25,
    }  # fmt: skip
    assert sum(bool(one.parent) for one in items) == 9


def test_every_leaf_says_in_both_languages_why_its_rule_is_fair_and_where_it_is_from() -> None:
    for leaf in (one for one in scheme(PROVINCES).items if one.parent):
        assert leaf.note.zh, leaf.code
        assert leaf.note.en, leaf.code
        assert leaf.source.zh != leaf.source.en, leaf.code


@pytest.mark.parametrize("lang", LANGS)
def test_no_explanation_falls_back_on_a_code(lang: Lang) -> None:
    """What has no title would be called by its code, and codes have underscores."""
    for code in CODES:
        for leaf in _leaves(explain(weighed(PROVINCES), code)):
            assert "_" not in leaf.sentence.say(lang), leaf


@pytest.mark.parametrize("of", [PROVINCES, TOWNS], ids=lambda one: one.folder)
def test_scheme_says_on_its_face_that_it_is_a_sample_and_measures_no_protection(
    of: Region,
) -> None:
    one = scheme(of)
    assert one.label == "sample"
    assert one.title.zh.startswith("样本")
    assert one.title.en.startswith("Sample")
    assert "不衡量知识产权保护" in one.note.zh
    assert "NOT measure IP protection" in one.note.en


def test_first_band_has_no_more_than_a_fifth_of_the_provinces_though_more_reach_its_cut_off() -> (
    None
):
    standings = weighed(PROVINCES).standings
    reach = [one for one in standings if one.score is not None and one.score >= 65]
    assert sum(one.grade == "first" for one in standings) == 31 // 5 == 6
    assert len(reach) > 6


def test_every_town_but_not_their_city_is_weighed() -> None:
    assert len(weighed(TOWNS).standings) == 14


def test_town_without_invention_grants_gets_the_points_worked_by_hand() -> None:
    """Dachong: 21 of 271, 0 of 226; 6 before; 226 on 203."""
    items = weighed(TOWNS).items
    got = {leaf: items[leaf]["442000116"].points for leaf in ("A1", "A2", "B1", "B2")}
    assert got == {"A1": 5, "A2": 0, "B1": 15 + 10 * F(21 - 6, 20), "B2": 20}
