"""Every shipped scheme can be put to the test, with its data and without, and the answer says what it means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from steelyard.regions import POLICIES, REGIONS
from steelyard.scheme.model import Scheme
from steelyard.weighing.stress.findings import Stress
from steelyard.weighing.stress.fitness import stress
from steelyard.weighing.stress.policies import read_policies
from steelyard.weighing.values import Values
from tests.examples.shipped import FOLDER

SCHEMES = {path.parent.name: path for path in sorted(FOLDER.glob("*/scheme.toml"))} | {
    name: region.scheme for name, region in REGIONS.items()
}
DATA = {name: region.data for name, region in REGIONS.items()}


def stress_of(name: str, *, with_data: bool) -> Stress:
    made = Scheme.read(SCHEMES[name])
    folder = DATA.get(name, SCHEMES[name].parent / "data")
    values = Values.read(made, Path(folder)) if with_data else None
    return stress(made, values, policies=read_policies(POLICIES))


@pytest.mark.parametrize("with_data", [True, False], ids=["with data", "by its form"])
@pytest.mark.parametrize("name", sorted(SCHEMES))
def test_shipped_scheme_is_tested_and_says_so_in_both_languages(name, with_data):
    test = stress_of(name, with_data=with_data)
    assert test.sound
    assert json.dumps(test.document(), allow_nan=False)
    for finding in test.findings:
        for text in (finding.what, finding.why, finding.mend, *finding.cases):
            assert text.zh
            assert text.en
            assert "None" not in text.en
            assert "Fraction" not in text.en


def test_provinces_are_not_stopped_and_their_doubts_are_named():
    test = stress_of("china_provinces", with_data=True)
    assert test.is_fit
    assert [(one.code, one.items) for one in test.findings if one.level == "mend"] == [
        ("policy-discourages", ("D1", "D2")),
        ("policy-discourages", ("B1", "B2")),
        ("one-item-decides", ("C1",)),
        ("order-turns", ("C2", "A2", "B1", "D2")),
    ]


def test_sheet_without_a_word_on_material_is_stopped():
    test = stress_of("shicheng_townships_2018", with_data=False)
    (one,) = test.of("stop")
    assert (one.code, one.figures["share"]) == ("unverifiable", 1.0)
