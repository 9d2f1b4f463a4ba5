"""What was not delivered is missing, what happened nowhere is nought; what cannot be told is refused."""

from fractions import Fraction as F

import pytest

from steelyard.kernel.faults import Faulty
from steelyard.records.add_up import come_to
from steelyard.records.listing import listing
from steelyard.records.tally.tally import tallied, tally
from tests.builders import item
from tests.records.snapshots import (
    CITIES,
    DISTRICTS,
    OTHER,
    PROVINCE,
    Delivered,
    computed_scheme,
    frozen,
    indicator,
    of_suits,
    sitting,
    suit,
)

JM, ZS = CITIES
KINDS = {
    "count": ("count", ""), "sum": ("sum", "days AS value"), "mean": ("mean", "days AS value"),
    "median": ("median", "days AS value"), "share": ("share", "won AS value"),
    "ratio": ("ratio", "days AS numerator, 1 AS denominator"),
    "latest": ("latest", "days AS value, filed AS day"),
    "survey": ("survey_mean", "days AS value, 1 AS weight"), "defects": ("defect_rate", "won AS value"),
}  # fmt: skip
EVERY = [indicator(code, of_suits(more), of) for code, (of, more) in KINDS.items()]


def told(tmp_path, inputs, *deliveries, units=CITIES, **changes):
    """{(unit, input): (value, status)} of the scheme's own period."""
    scheme = computed_scheme(inputs, units=units, **changes)
    values = tally(scheme, frozen(tmp_path, *deliveries))
    return {
        (unit, code): (cell.value, cell.status)
        for unit, code, period, cell in values.rows()
        if period == scheme.period_label
    }


def faults_of(tmp_path, inputs, *deliveries, units=CITIES):
    with pytest.raises(Faulty) as caught:
        told(tmp_path, inputs, *deliveries, units=units)
    return [fault.code for fault in caught.value.faults]


def test_a_delivered_table_without_rows_is_nought_where_counted_and_no_base_else(tmp_path):
    found = told(tmp_path, EVERY, Delivered("suits", [suit(1, JM, days=1, won=True)]))
    expected = {"count": (0, ""), "sum": (0, ""), "latest": (None, "missing")}
    for code in KINDS:
        assert found[ZS, code] == expected.get(code, (None, "no_base")), code
        assert found[JM, code][1] == ""


def test_what_was_not_delivered_is_missing_in_every_tally(tmp_path):
    found = told(tmp_path, EVERY, Delivered("suits", [suit(1, JM, days=1)], covers=[JM]))
    assert {found[ZS, code] for code in KINDS} == {(None, "missing")}
    assert found[JM, "count"] == (1, "")


def test_rows_without_a_value_are_counted_but_no_base(tmp_path):
    found = told(tmp_path, EVERY, Delivered("suits", [suit(1, JM)]))
    assert found[JM, "count"] == (1, "")
    assert found[JM, "sum"] == (0, "")
    assert {found[JM, code] for code in ("mean", "median", "share", "ratio", "survey")} == {(None, "no_base")}  # fmt: skip


COUNT = [indicator("count", of_suits(), "count")]


@pytest.mark.parametrize(
    ("covers", "is_there"),
    [
        ([], True), ([JM], True), ([PROVINCE], True), (list(DISTRICTS), True), ([ZS], False),
        (list(DISTRICTS)[:2], False), ([*DISTRICTS, ZS], True),
    ],
)  # fmt: skip
def test_a_place_is_covered_by_itself_one_above_or_all_below(tmp_path, covers, is_there):
    found = told(tmp_path, COUNT, Delivered("suits", [], covers=covers))
    assert found[JM, "count"] == ((0, "") if is_there else (None, "missing"))


def test_districts_that_deliver_one_by_one_cover_their_city_once_all_have(tmp_path):
    each = [Delivered("suits", [suit(n, d)], covers=[d]) for n, d in enumerate(DISTRICTS)]
    assert told(tmp_path / "a", COUNT, *each)[JM, "count"] == (3, "")
    assert told(tmp_path / "b", COUNT, *each[:2])[JM, "count"] == (None, "missing")


@pytest.mark.parametrize(
    ("periods", "is_there"),
    [
        (["2021"], True), (["2021-01-01/2021-07-01", "2021-07-01/2022-01-01"], True),
        (["2021-01-01/2021-07-01"], False), (["2021-07-01/2022-01-01"], False),
        (["2021-01-01/2021-06-30", "2021-07-01/2022-01-01"], False),
        (["2021-01-01/2021-08-01", "2021-06-01/2022-01-01"], True), (["2020"], False),
        (["2020-07-01/2022-07-01"], True),
    ],
)  # fmt: skip
def test_the_whole_period_is_delivered_or_the_figure_is_missing(tmp_path, periods, is_there):
    deliveries = [Delivered("suits", [], period=period) for period in periods]
    found = told(tmp_path, COUNT, *deliveries)
    assert found[JM, "count"] == ((0, "") if is_there else (None, "missing"))


@pytest.mark.parametrize(
    ("cut_off", "is_there"),
    [("2021-06-30", False), ("2021-12-30", False), ("2021-12-31", True), ("2022-03-31", True)],
)
def test_days_after_the_cut_off_are_not_delivered(tmp_path, cut_off, is_there):
    """Half a year of cases would else pass for the whole year's."""
    delivered = Delivered("suits", [suit(1, JM, "2021-03-01")], cut_off=cut_off)
    found = told(tmp_path, COUNT, delivered)
    assert found[JM, "count"] == ((1, "") if is_there else (None, "missing"))


def test_a_query_of_two_tables_needs_both(tmp_path):
    sql = (
        "SELECT place AS unit, id AS record FROM suits s WHERE EXISTS"
        " (SELECT 1 FROM sittings h WHERE h.suit = s.id)"
    )
    both = [indicator("both", sql, "count")]
    suits, sittings = Delivered("suits", [suit(1)]), Delivered("sittings", [sitting(1, "S1")])
    assert told(tmp_path / "a", both, suits, sittings)[JM, "both"] == (1, "")
    half = Delivered("sittings", [sitting(1, "S1")], covers=[JM])
    found = told(tmp_path / "b", both, suits, half)
    assert (found[JM, "both"], found[ZS, "both"]) == ((1, ""), (None, "missing"))


def test_what_was_not_delivered_lists_no_figure(tmp_path):
    scheme = computed_scheme(COUNT)
    snapshot = frozen(tmp_path, Delivered("suits", [suit(1)], period="2021-01-01/2021-07-01"))
    found = listing(scheme, snapshot, JM, "count")
    assert (found.lacking, come_to(found), len(found.rows)) == (("suits",), None, 1)


def test_districts_roll_up_to_their_city_or_stand_for_themselves(tmp_path):
    rows = [suit(1, "440703"), suit(2, "440704"), suit(3, JM), suit(4, PROVINCE), suit(5, OTHER)]
    delivered = Delivered("suits", rows)
    assert told(tmp_path / "a", COUNT, delivered)[JM, "count"] == (3, "")
    found = told(tmp_path / "b", COUNT, delivered, units=list(DISTRICTS))
    assert [found[unit, "count"][0] for unit in DISTRICTS] == [1, 1, 0]


@pytest.mark.parametrize("code", [code for code in KINDS if code != "latest"])
def test_rows_that_belong_to_no_unit_are_told_by_every_tally_but_latest(tmp_path, code):
    rows = [suit(1, JM, days=1, won=True), suit(2, PROVINCE, days=9, won=True), suit(3, OTHER)]
    inputs = [one for one in EVERY if one["code"] == code]
    found = tallied(computed_scheme(inputs), frozen(tmp_path, Delivered("suits", rows)))
    assert found.outside == {code: 1}
    assert found.values.cell(code, "2021", JM).records == 1


def test_rows_that_belong_to_no_unit_are_told_of_every_period_asked_for(tmp_path):
    grown = [indicator("y", of_suits(), {"of": "count", "growth": True})]
    before = Delivered("suits", [suit(1, PROVINCE, "2020-05-01")], period="2020")
    now = Delivered("suits", [suit(n, PROVINCE) for n in (2, 3, 4)])
    assert tallied(computed_scheme(grown), frozen(tmp_path, before, now)).outside == {"y": 4}


def test_latest_is_of_the_unit_itself_on_its_last_day_with_a_value(tmp_path):
    rows = [
        suit(1, JM, "2021-03-01", days=1), suit(2, JM, "2021-05-01", days=2), suit(3, JM, "2021-06-01"),
        suit(4, "440703", "2021-07-01", days=9),
    ]  # fmt: skip
    latest = [one for one in EVERY if one["code"] == "latest"]
    assert told(tmp_path, latest, Delivered("suits", rows))[JM, "latest"] == (2, "")


def test_two_values_of_the_latest_day_are_refused_unless_they_are_the_same(tmp_path):
    latest = [one for one in EVERY if one["code"] == "latest"]
    same = [suit(1, days=4), suit(2, days=4)]
    assert told(tmp_path / "a", latest, Delivered("suits", same))[JM, "latest"] == (4, "")
    other = [suit(1, days=4), suit(2, days=5)]
    assert faults_of(tmp_path / "b", latest, Delivered("suits", other)) == ["two-latest"]


@pytest.mark.parametrize(
    ("days", "expected"),
    [([1, 2, 10], 2), ([1, 2, 3, 10], F(5, 2)), ([-5, -1], -3), ([7], 7), ([None, 3, 4], F(7, 2))],
)
def test_the_median_is_the_middle_or_the_mean_of_the_two_in_the_middle(tmp_path, days, expected):
    rows = [suit(n, days=each) for n, each in enumerate(days)]
    median = [one for one in EVERY if one["code"] == "median"]
    assert told(tmp_path, median, Delivered("suits", rows))[JM, "median"] == (expected, "")


@pytest.mark.parametrize(
    "pair", ["3 AS numerator, 2 AS denominator", "-1 AS numerator, 2 AS denominator"]
)
def test_a_share_beyond_one_or_below_nought_is_refused_and_a_ratio_is_not(tmp_path, pair):
    delivered = Delivered("suits", [suit(1)])
    assert faults_of(tmp_path / "a", [indicator("y", of_suits(pair), "share")], delivered) == [
        "share-beyond"
    ]
    found = told(tmp_path / "b", [indicator("y", of_suits(pair), "ratio")], delivered)
    assert found[JM, "y"] == (F(int(pair.split()[0]), 2), "")


JOINED = "SELECT s.place AS unit, s.id AS record FROM suits s JOIN sittings h ON h.suit = s.id"
OF_SITTINGS = "SELECT h.place AS unit, s.id AS record FROM sittings h JOIN suits s ON s.id = h.suit"


@pytest.mark.parametrize("kind", ["count", "latest"])
def test_a_record_that_a_join_multiplies_is_refused(tmp_path, kind):
    sql = (
        JOINED
        if kind == "count"
        else JOINED.replace(" FROM", ", s.days AS value, s.filed AS day FROM", 1)
    )
    twice = Delivered("sittings", [sitting(1, "S1"), sitting(2, "S1")])
    delivered = Delivered("suits", [suit(1, days=1)])
    assert faults_of(tmp_path / "a", [indicator("y", sql, kind)], delivered, twice) == [
        "record-counted-twice"
    ]
    once = Delivered("sittings", [sitting(1, "S1")])
    assert told(tmp_path / "b", [indicator("y", sql, kind)], delivered, once)[JM, "y"] == (1, "")


def test_a_record_of_two_districts_is_not_counted_twice_in_their_city(tmp_path):
    delivered = Delivered("suits", [suit(1)])
    two = Delivered("sittings", [sitting(1, "S1", "440703"), sitting(2, "S1", "440704")])
    inputs = [indicator("y", OF_SITTINGS, "count")]
    assert faults_of(tmp_path / "a", inputs, delivered, two) == ["record-counted-twice"]
    found = told(tmp_path / "b", inputs, delivered, two, units=list(DISTRICTS))
    assert [found[unit, "y"][0] for unit in DISTRICTS] == [1, 1, 0]


@pytest.mark.parametrize(
    ("tally_", "more", "code"),
    [
        ("sum", "", "column-not-given"), ("share", "1 AS numerator", "column-not-given"),
        ("count", "days AS value", "unused-column"), ("sum", "days AS value, days AS value", "duplicate-column"),
        ("sum", "court AS value", "wrong-type"), ("sum", "filed AS value", "wrong-type"),
        ("latest", "days AS value, court AS day", "wrong-type"), ("sum", "sum(days) AS value", "query-does-not-bind"),
        ("sum", "days + court AS value", "query-does-not-bind"), ("median", "won AS value", "wrong-type"),
    ],
)  # fmt: skip
def test_a_query_that_does_not_fit_its_tally_is_refused(tmp_path, tally_, more, code):
    found = faults_of(tmp_path, [indicator("y", of_suits(more), tally_)], Delivered("suits", []))
    assert code in found


def test_growth_is_the_change_on_the_period_before(tmp_path):
    grown = [indicator("y", of_suits(), {"of": "count", "growth": True})]
    before = Delivered(
        "suits", [suit(1, JM, "2020-05-01"), suit(2, JM, "2020-06-01")], period="2020"
    )
    now = Delivered("suits", [suit(n, JM) for n in range(3, 6)])
    found = told(tmp_path / "a", grown, before, now)
    assert (found[JM, "y"], found[ZS, "y"]) == ((F(1, 2), ""), (None, "no_base"))
    assert told(tmp_path / "b", grown, now)[JM, "y"] == (None, "missing")


def test_told_per_another_input_it_is_divided_and_times_it(tmp_path):
    inputs = [
        indicator("y", of_suits(), {"of": "count", "per": "people", "times": 10_000}),
        indicator("people", of_suits("days AS value"), "sum"),
    ]
    found = told(tmp_path, inputs, Delivered("suits", [suit(1, days=40_000), suit(2)]))
    assert (found[JM, "y"], found[ZS, "y"]) == ((F(1, 2), ""), (None, "no_base"))


def test_formulas_that_ask_for_earlier_periods_get_them(tmp_path):
    scheme = computed_scheme(
        COUNT,
        items=[item("A", 10, {"points": "growth(count) * 10"}, floor="none", cap="none")],
        period={"starts": "2021-01-01", "ends": "2022-01-01", "label": "2021", "earlier": ["2020"]},
    )
    before = Delivered("suits", [suit(1, JM, "2020-05-01")], period="2020")
    values = tally(scheme, frozen(tmp_path, before, Delivered("suits", [suit(2), suit(3)])))
    assert values.cell("count", "2020", JM).value == 1
    assert values.cell("count", "2021", JM).value == 2


def test_an_earlier_figure_told_per_another_has_that_of_its_own_period(tmp_path):
    inputs = [
        indicator("y", of_suits(), {"of": "count", "per": "people", "times": 100}),
        indicator("people", of_suits("days AS value"), "sum"),
    ]
    scheme = computed_scheme(
        inputs,
        items=[item("A", 10, {"points": "last(y)"}, floor="none", cap="none")],
        period={"starts": "2021-01-01", "ends": "2022-01-01", "label": "2021", "earlier": ["2020"]},
    )
    before = Delivered("suits", [suit(1, JM, "2020-05-01", days=50)], period="2020")
    values = tally(scheme, frozen(tmp_path, before, Delivered("suits", [suit(2, days=10)])))
    assert values.cell("y", "2020", JM).value == 2
    assert values.cell("y", "2021", JM).value == 10


YEAR_2021 = {"starts": "2021-01-01", "ends": "2022-01-01"}
BUSINESS_YEAR = {"starts": "2021-07-01", "ends": "2022-07-01"}


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (YEAR_2021 | {"earlier": ["2020"]}, {"2021": 1, "2020": 2}),
        (YEAR_2021 | {"earlier": ["2019"]}, {"2021": 1, "2019": 3}),
        (YEAR_2021 | {"label": "now", "earlier": ["2019"]}, {"now": 1, "2019": 2}),
        (BUSINESS_YEAR | {"label": "2021", "earlier": ["2020"]}, {"2021": 0, "2020": 1}),
    ],
)
def test_an_earlier_period_is_the_year_that_it_names_or_the_one_before(tmp_path, period, expected):
    """A scheme may pass over a year that was like no other."""
    days = ["2021-05-01", *["2020-05-01"] * 2, *["2019-05-01"] * 3]
    suits = [suit(number, JM, day) for number, day in enumerate(days)]
    delivered = Delivered("suits", suits, period="2019-01-01/2023-01-01")
    last = item("A", 10, {"points": "last(count)"}, floor="none", cap="none")
    values = tally(computed_scheme(COUNT, items=[last], period=period), frozen(tmp_path, delivered))
    found = {at: cell.value for unit, _, at, cell in values.rows() if unit == JM}
    assert found == expected


def test_a_snapshot_that_lacks_a_units_place_is_refused(tmp_path):
    faults = faults_of(tmp_path, COUNT, Delivered("suits", []), units=[JM, "999900"])
    assert faults == ["unknown-place"]


def test_without_a_table_of_places_units_stand_for_themselves(tmp_path):
    snapshot = frozen(tmp_path, Delivered("suits", [suit(1)], covers=[]), with_places=False)
    assert tally(computed_scheme(COUNT), snapshot).cell("count", "2021", JM).value == 1
