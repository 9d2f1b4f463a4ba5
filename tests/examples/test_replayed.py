"""Every points example is published with a replay.py that finds its own ranking the same."""

from pathlib import Path

import pytest

from steelyard.papers.package import write_package
from steelyard.scheme.model import Scheme
from steelyard.weighing import replay
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh

ROOT = Path(__file__).resolve().parents[2]
SMALL = [
    path
    for path in sorted(ROOT.glob("examples/*/scheme.toml"))
    if path.parent.name != "hospital_vbp_2021"
]


@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.parent.name)
def test_the_package_replays_to_the_same_ranking(path, tmp_path):
    scheme = Scheme.read(path)
    if scheme.family == "index":
        return  # an index has no package to replay
    result = weigh(scheme, Values.read(scheme, path.parent / "data"))
    write_package(result, tmp_path)
    again = {
        row.here.unit: (row.rank, row.score, row.grade or "")
        for row in replay.weigh(replay.Package(tmp_path))
    }
    assert again == {s.unit.code: (s.rank, s.score, s.grade) for s in result.standings}
