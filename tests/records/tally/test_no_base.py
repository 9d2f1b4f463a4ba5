"""Nothing to divide by is told alike by the exact engine, the batch engine and replay.py."""

import numpy as np
import pytest

from steelyard.papers.package import write_package
from steelyard.records.tally.tally import tally
from steelyard.weighing import replay
from steelyard.weighing.batch.board import Batch, Versions
from steelyard.weighing.weigh import weigh
from tests.builders import item
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
INPUTS = [indicator("won", of_suits("won AS value"), "share")]


@pytest.mark.parametrize("led", ["full", "zero", "not_applicable"])
def test_a_share_of_no_records_leads_to_the_same_points_everywhere(tmp_path, led):
    items = [
        item("A", 10, {"points": "won * 10"}, on={"no_base": led}, floor="none", cap="none"),
        item("B", 5, {"points": 5}),
    ]
    scheme = computed_scheme(INPUTS, items=items)
    values = tally(scheme, frozen(tmp_path, Delivered("suits", [suit(1, JM, won=True)])))
    assert values.cell("won", "2021", ZS).status == "no_base"
    result = weigh(scheme, values)
    exact = {unit: result.items["A"][unit].points for unit in CITIES}
    assert exact[JM] == 10
    assert exact[ZS] == {"full": 10, "zero": 0, "not_applicable": None}[led]
    batch = Batch(result.scheme, result.values, Versions())
    found = np.broadcast_to(batch.item("A").points, (1, len(CITIES)))[0].tolist()
    expected = [np.nan if exact[unit] is None else float(exact[unit]) for unit in CITIES]
    assert found == pytest.approx(expected, nan_ok=True)
    write_package(result, tmp_path / "package")
    again = {row.here.unit: row.score for row in replay.weigh(replay.Package(tmp_path / "package"))}
    assert again == {one.unit.code: one.score for one in result.standings}
