"""A table that ships and that nobody delivered is missing, not unknown."""

from pathlib import Path

import pytest

from steelyard.kernel.faults import Faulty
from steelyard.records.listing import listing
from steelyard.records.tally.tally import tally
from tests.records.snapshots import CITIES, Delivered, computed_scheme, frozen, indicator, suit

HEARINGS = (
    "SELECT place AS unit, id AS record FROM hearings WHERE held_on >= :from AND held_on < :to"
)
SUITS = "SELECT place AS unit, {record} AS record FROM suits"


def test_its_figures_are_missing_and_say_why(tmp_path: Path) -> None:
    snapshot = frozen(tmp_path, Delivered("suits", [suit(1)]))
    scheme = computed_scheme([indicator("n", HEARINGS, "count")])
    cell = tally(scheme, snapshot).cell("n", "2021", CITIES[0])
    assert cell is not None
    assert (cell.value, cell.status) == (None, "missing")
    assert "not delivered: hearings" in cell.source.en
    assert "未报送：" in cell.source.zh


def test_its_listing_is_empty_and_says_what_lacks(tmp_path: Path) -> None:
    snapshot = frozen(tmp_path, Delivered("suits", [suit(1)]))
    scheme = computed_scheme([indicator("n", HEARINGS, "count")])
    found = listing(scheme, snapshot, CITIES[0], "n")
    assert (found.rows, found.lacking) == ((), ("hearings",))


def test_a_listing_refuses_one_record_for_many_rows_as_the_tally_does(tmp_path: Path) -> None:
    snapshot = frozen(tmp_path, Delivered("suits", [suit(1), suit(2)]))
    scheme = computed_scheme([indicator("n", SUITS.format(record="'x'"), "count")])
    for ask in (lambda: tally(scheme, snapshot), lambda: listing(scheme, snapshot, CITIES[0], "n")):
        with pytest.raises(Faulty) as refused:
            ask()
        assert [fault.code for fault in refused.value.faults] == ["record-counted-twice"]
