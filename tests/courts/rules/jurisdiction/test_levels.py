"""To which level the amount points: larger never lower, equal is within."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.courts.rules.jurisdiction.decide import decide
from steelyard.courts.rules.jurisdiction.levels import level_of, read_thresholds
from steelyard.kernel.faults import Faulty
from tests.courts.china_jurisdiction import PLACES, RULES, TABLE
from tests.courts.rules.jurisdiction.told import (
    ORDINARY,
    SHENZHEN,
    TIANHE,
    amounts,
    civil_cases,
    days,
    parties,
    places,
    role_of,
    told,
)

THRESHOLDS = (*RULES.region.thresholds, *RULES.table.thresholds)
RANK = {"basic": 0, "intermediate": 1, "ip_court": 1, "high": 2}
CENT = Fraction(1, 100)


def level(amount, *, filed, who=None, place="rest", matter="trademark"):
    return level_of(
        THRESHOLDS, amount=Fraction(amount), parties=who, filed=filed, place=place, matter=matter
    ).level


@given(civil_cases, st.sampled_from(ORDINARY), amounts, amounts)
def test_a_larger_amount_never_goes_to_a_lower_court(case, cause, one, other):
    plain = replace(case, causes=(cause,), well_known=False)
    lower, higher = sorted((one, other))
    courts = [role_of(decide(RULES, replace(plain, amount=each)).first) for each in (lower, higher)]
    if "person" not in courts:
        assert RANK[courts[0]] <= RANK[courts[1]]


@given(days, places, parties, amounts)
def test_all_living_within_never_goes_higher_than_one_living_outside(filed, place, who, amount):
    case = replace(told(), place=place, filed=filed, amount=amount)
    inside, outside = (
        role_of(decide(RULES, replace(case, parties=who)).first) for who in ("inside", "outside")
    )
    if "person" not in (inside, outside):
        assert RANK[inside] <= RANK[outside]


@given(st.dates(date(2022, 5, 1), date(2027, 12, 31)), places, amounts, parties, parties)
def test_from_2022_where_the_parties_live_changes_nothing(filed, place, amount, one, other):
    case = replace(told(), place=place, filed=filed, amount=amount)
    found = [decide(RULES, replace(case, parties=who)).first for who in (one, other)]
    assert role_of(found[0]) == role_of(found[1])


@pytest.mark.parametrize(
    ("filed", "who", "threshold", "below", "from_it"),
    [
        (date(2016, 3, 1), "inside", 10_000_000, "basic", "intermediate"),
        (date(2016, 3, 1), "outside", 5_000_000, "basic", "intermediate"),
        (date(2016, 3, 1), "foreign", 5_000_000, "basic", "intermediate"),
        (date(2016, 3, 1), None, 5_000_000, "basic", "open"),
        (date(2016, 3, 1), None, 10_000_000, "open", "intermediate"),
        (date(2016, 3, 1), "province", 5_000_000, "basic", "open"),
        (date(2019, 4, 30), "province", 200_000_000, "intermediate", "high"),
        (date(2019, 4, 30), "outside", 100_000_000, "intermediate", "high"),
        (date(2019, 4, 30), None, 100_000_000, "intermediate", "open_high"),
        (date(2019, 4, 30), None, 200_000_000, "open_high", "high"),
        (date(2019, 5, 1), "outside", 5_000_000_000, "intermediate", "high"),
        (date(2022, 4, 30), "outside", 5_000_000, "basic", "intermediate"),
        (date(2022, 5, 1), None, 5_000_000, "basic", "intermediate"),
        (date(2025, 9, 30), None, 5_000_000, "basic", "intermediate"),
        (date(2025, 9, 30), None, 5_000_000_000, "intermediate", "high"),
    ],
)
def test_an_amount_equal_to_a_threshold_is_within_it(filed, who, threshold, below, from_it):
    found = [level(threshold + step, filed=filed, who=who) for step in (-CENT, 0, CENT)]
    assert found == [below, from_it, from_it]


def test_no_amount_stays_with_the_basic_court_on_every_day():
    found = level_of(
        THRESHOLDS,
        amount=None,
        parties=None,
        filed=date(2026, 1, 1),
        place="rest",
        matter="trademark",
    )
    assert found.level == "basic"


@pytest.mark.parametrize("amount", ["0", "1", "4999999.99", "5000000"])
def test_the_amounts_of_2022_are_not_carried_past_the_list_they_came_with(amount):
    assert level(amount, filed=date(2025, 10, 1)) == "open"


@pytest.mark.parametrize("place", ["江门市", SHENZHEN, TIANHE])
def test_a_sample_threshold_says_that_it_is_one(place):
    case = replace(told(amount="4999999.99"), place=PLACES.find(place))
    first = decide(RULES, case).first
    assert first.sample
    assert "样本" in first.why[0].zh


def test_no_threshold_is_told_where_a_court_hears_whatever_the_amount():
    case = replace(told(amount="30000000"), place=PLACES.find(TIANHE), filed=date(2016, 3, 1))
    first = decide(RULES, case).first
    assert not first.sample
    assert [one.zh for one in first.why] == [
        "广州市内的一般知识产权民事案件由基层人民法院管辖，不受诉讼标的额限制"
    ]


GOOD = """[[thresholds]]
level = "intermediate"
places = ["rest"]
from = 2025-10-01
inside_the_court = "5000000"
outside_the_court = "5000000"
articles = ["first:2/2"]
"""


def own(text: str):
    return read_thresholds(text, file="own.toml", groups=TABLE.groups, citations=TABLE.citations)


def test_an_office_may_have_its_own_thresholds() -> None:
    assert [(one.inside, one.sample) for one in own(GOOD)] == [(Fraction(5000000), False)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["unreadable-threshold"]),
        ("[[thresholds", ["unreadable-threshold"]),
        (GOOD.replace("rest", "Jiangmen"), ["unreadable-threshold"]),
        (GOOD.replace("intermediate", "basic"), ["unreadable-threshold"]),
        (GOOD.replace("first:2/2", "nowhere:1"), ["unreadable-threshold"]),
        (GOOD.replace("5000000", "five"), ["unreadable-threshold"]),
        (GOOD + GOOD, ["thresholds-overlap"]),
        (
            GOOD.replace("rest", "moon") + GOOD + GOOD,
            ["unreadable-threshold", "thresholds-overlap"],
        ),
    ],
)
def test_thresholds_that_cannot_be_used_are_all_told(text: str, codes: list[str]) -> None:
    with pytest.raises(Faulty) as error:
        own(text)
    assert [fault.code for fault in error.value.faults] == codes
