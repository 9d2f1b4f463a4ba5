"""A delivery speaks for the places that it covers, and for no other."""

from pathlib import Path

import pytest

from steelyard.kernel.faults import Faulty
from tests.records.snapshots import CITIES, DISTRICTS, Delivered, frozen, suit

JIANGMEN, ZHONGSHAN = CITIES
PENGJIANG = next(iter(DISTRICTS))


def test_a_row_of_a_place_that_is_not_covered_is_refused_at_its_cell(tmp_path: Path) -> None:
    rows = [suit(1, JIANGMEN), suit(2, ZHONGSHAN)]
    with pytest.raises(Faulty) as refused:
        frozen(tmp_path, Delivered("suits", rows, covers=[JIANGMEN]))
    (fault,) = refused.value.faults
    assert (fault.code, fault.where.row, fault.where.column) == ("beyond-covers", 3, "B place")
    assert "'442000'" in fault.what.en
    assert "“442000”" in fault.what.zh


def test_a_place_below_a_covered_one_is_covered(tmp_path: Path) -> None:
    snapshot = frozen(tmp_path, Delivered("suits", [suit(1, PENGJIANG)], covers=[JIANGMEN]))
    assert snapshot.table("suits").num_rows == 1


def test_a_place_above_a_covered_one_is_not(tmp_path: Path) -> None:
    with pytest.raises(Faulty) as refused:
        frozen(tmp_path, Delivered("suits", [suit(1, JIANGMEN)], covers=[PENGJIANG]))
    assert [fault.code for fault in refused.value.faults] == ["beyond-covers"]
