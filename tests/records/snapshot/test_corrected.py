"""Counted beforehand with corrections is as counted once they are frozen; the frozen rows stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from steelyard.kernel.faults import Faulty
from steelyard.records.intake.delivery import Delivery
from steelyard.records.listing import listing
from steelyard.records.snapshot.corrected import corrected
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.records.tally.tally import tally
from steelyard.scheme.model import Scheme
from tests.records.snapshots import (
    CITIES,
    Delivered,
    Row,
    computed_scheme,
    frozen,
    indicator,
    of_suits,
    suit,
)

BEFORE = [suit(1, amount="26"), suit(2, amount="100"), suit(3, CITIES[1], amount="7")]
OTHERS = [suit(4, amount="1000"), suit(5, CITIES[1], amount="5")]


@pytest.fixture
def scheme() -> Scheme:
    return computed_scheme([
        indicator("amount", of_suits("amount AS value"), "sum"),
        indicator("suits", of_suits(), "count"),
        indicator("middle", of_suits("amount AS value"), "median"),
    ])  # fmt: skip


def two(folder: Path, rows: Sequence[Row]) -> tuple[Snapshot, Snapshot, Delivery]:
    """Frozen as first delivered by one body beside another, frozen with the correction, and the correction."""
    first, other = Delivered("suits", BEFORE), Delivered("suits", OTHERS, body="别的样本法院")
    again = Delivered("suits", rows, more={"replaces": "D1", "why": "误报"})
    before = frozen(folder / "before", first, other)
    after = frozen(folder / "after", first, other, again)
    sent = replace(after.standing["D3"], folder=folder / "after" / "deliveries")
    return before, after, sent


@pytest.mark.parametrize(
    "rows",
    [
        [suit(1, amount="60"), *BEFORE[1:]],
        BEFORE[1:],
        [*BEFORE, suit(9, amount="3")],
        [suit(1, CITIES[1], amount="26"), *BEFORE[1:]],
        [suit(1, amount=" 1,000.50 "), *BEFORE[1:]],
    ],
    ids=["another value", "left out", "a row more", "of the other city", "written as by hand"],
)
def test_counted_beforehand_as_once_it_is_frozen(
    tmp_path: Path, scheme: Scheme, rows: Sequence[Row]
) -> None:
    before, after, sent = two(tmp_path, rows)
    as_frozen = tally(scheme, before).cells
    with corrected(before, {"D1": sent}) as found:
        assert tally(scheme, found).cells == tally(scheme, after).cells
        for unit in CITIES:
            assert listing(scheme, found, unit, "amount") == listing(scheme, after, unit, "amount")
        assert found.table("suits").equals(after.table("suits"))
        assert found.table("places").equals(after.table("places"))
    assert tally(scheme, before).cells == as_frozen
    assert as_frozen != tally(scheme, after).cells


def test_a_correction_that_cannot_be_read_is_told_with_its_faults(
    tmp_path: Path, scheme: Scheme
) -> None:
    before, _after, sent = two(tmp_path, [suit(1, amount="60")])
    sent.path.write_text(sent.path.read_text().replace("60", "61"))
    with (
        pytest.raises(Faulty) as refused,
        corrected(before, {"D1": sent}) as found,
    ):
        tally(scheme, found)
    assert [one.code for one in refused.value.faults] == ["wrong-hash"]
