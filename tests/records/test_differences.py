"""A gap between two figures is open until it is settled, either way; both figures stay."""

from fractions import Fraction as F

import pytest

from steelyard.records.differences import differences
from steelyard.records.tally.tally import supplied, tally
from steelyard.weighing.document import read_result, result_bytes
from steelyard.weighing.weigh import weigh
from tests.records.snapshots import (
    CITIES,
    Delivered,
    computed_scheme,
    frozen,
    indicator,
    of_suits,
    suit,
)

JM, ZS = CITIES
INPUTS = [indicator("cases", of_suits(), "count"),
          indicator("won", of_suits("won AS value"), "share")]  # fmt: skip
SUITS = Delivered(
    "suits", [suit(1, won=True), suit(2, won=False), suit(3, won=False), suit(4, ZS, won=True)]
)


def reported(place, indicator, value, period="2021"):
    return {"place": place, "indicator": indicator, "period": period, "value": value,
            "unit_of_measure": "件", "reported_on": "2022-01-05"}  # fmt: skip


def settlement(place, indicator, accepted):
    return {"place": place, "indicator": indicator, "period": "2021", "accepted": accepted,
            "reason": "重复立案已并案", "settled_on": "2022-02-01", "settled_by": "李四"}  # fmt: skip


def with_reports(tmp_path, rows, settlements=()):
    more = [Delivered("settlements", settlements)] if settlements else []
    return frozen(tmp_path, SUITS, Delivered("self_reported_figures", rows), *more)


def test_only_what_differs_is_a_difference(tmp_path):
    rows = [reported(JM, "cases", 5), reported(ZS, "cases", 1), reported(JM, "other", 9),
            reported("440703", "cases", 9), reported(JM, "cases", 8, "2020")]  # fmt: skip
    (found,) = differences(computed_scheme(INPUTS), with_reports(tmp_path, rows))
    assert (found.unit, found.indicator, found.reported, found.supplied) == (JM, "cases", 5, 3)
    assert (found.gap, found.records, found.settlement) == (2, 3, None)


def test_a_share_reported_to_all_its_places_is_no_difference(tmp_path):
    rows = [reported(JM, "won", "0.333333"), reported(ZS, "won", "0.5")]
    (found,) = differences(computed_scheme(INPUTS), with_reports(tmp_path, rows))
    assert (found.unit, found.supplied, found.gap) == (ZS, 1, F(-1, 2))


@pytest.mark.parametrize(("accepted", "value"), [("supplied", 3), ("self_reported", 5)])
def test_settled_either_way_both_figures_and_the_reason_stay(tmp_path, accepted, value):
    scheme = computed_scheme(INPUTS)
    snapshot = with_reports(
        tmp_path, [reported(JM, "cases", 5)], [settlement(JM, "cases", accepted)]
    )
    (found,) = differences(scheme, snapshot)
    assert found.settlement is not None
    assert (found.settlement.accepted, found.settlement.reason) == (accepted, "重复立案已并案")
    assert supplied(scheme, snapshot).cell("cases", "2021", JM).value == 3
    values = tally(scheme, snapshot)
    cell = values.cell("cases", "2021", JM)
    assert cell.value == value
    said = result_bytes(weigh(scheme, values)).decode()
    for part in (
        "supplied 3",
        "self-reported 5",
        f"{accepted} accepted on 2022-02-01",
        "重复立案已并案",
    ):
        assert part in cell.source.en
        assert part in said


def test_an_open_gap_counts_as_supplied(tmp_path):
    scheme = computed_scheme(INPUTS)
    snapshot = with_reports(tmp_path, [reported(JM, "cases", 5)])
    assert tally(scheme, snapshot).cell("cases", "2021", JM).value == 3


def test_a_figure_that_is_told_per_a_settled_one_is_told_per_what_was_accepted(tmp_path):
    inputs = [*INPUTS, indicator("per", of_suits(), {"of": "count", "per": "cases"})]
    snapshot = with_reports(
        tmp_path, [reported(JM, "cases", 6)], [settlement(JM, "cases", "self_reported")]
    )
    assert tally(computed_scheme(inputs), snapshot).cell("per", "2021", JM).value == F(1, 2)


def test_a_result_from_records_is_read_back_with_records_and_snapshot(tmp_path):
    scheme = computed_scheme(INPUTS)
    snapshot = with_reports(tmp_path, [reported(JM, "cases", 5)])
    result = weigh(scheme, tally(scheme, snapshot))
    path = tmp_path / "result.json"
    path.write_bytes(result_bytes(result))
    again = read_result(path)
    assert again.values.snapshot == snapshot.identifier
    assert again.values == result.values
    assert result_bytes(again) == result_bytes(result)
    assert again.values.cell("cases", "2021", JM).records == 3
