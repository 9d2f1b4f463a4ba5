"""The shipped schemes give what was worked out by hand, and say what they are."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.examples.shipped import FOLDER, WORKED, found, fraction, rows, scheme, weighed

REAL_DATA = {"hospital_vbp_2021"}


def _expected(row: dict[str, str]) -> Fraction | str | None:
    if row["expected"] == "not applicable":
        return None
    return row["expected"] if row["item"] == "grade" else fraction(row["expected"])


@pytest.mark.parametrize("name", WORKED)
def test_every_score_equals_the_one_worked_by_hand(name: str) -> None:
    worked = rows(FOLDER / name / "worked.csv")
    want = {(row["unit"], row["item"], row["stage"] or "final"): _expected(row) for row in worked}
    got = {key: found(weighed(name, key[2]), key[0], key[1]) for key in want}
    assert got == want
    assert len(want) == len(worked)


@pytest.mark.parametrize("name", WORKED)
def test_totals_of_at_least_two_units_are_worked(name: str) -> None:
    worked = rows(FOLDER / name / "worked.csv")
    assert len({row["unit"] for row in worked if row["item"] == "total"}) >= 2
    assert [row for row in worked if not row["working"]] == []


@pytest.mark.parametrize("name", WORKED)
def test_provenance_states_the_label_of_the_scheme(name: str) -> None:
    provenance = (FOLDER / name / "PROVENANCE.md").read_text(encoding="utf-8")
    assert f"| label | **{scheme(name).label}**" in provenance


@pytest.mark.parametrize("name", sorted(set(WORKED) - REAL_DATA))
def test_invented_units_and_data_are_called_sample(name: str) -> None:
    files = [path.name for path in (FOLDER / name / "data").iterdir()]
    assert [file for file in files if not file.startswith("sample_")] == []
    titles = [unit.title for unit in scheme(name).units]
    assert [title for title in titles if "样本" not in title.zh or "Sample" not in title.en] == []


def test_wrong_sums_of_the_sources_stay_in_sight() -> None:
    gaps = {
        (name, item.code): item.gap.points
        for name in WORKED
        for item in scheme(name).items
        if item.gap is not None
    }
    assert gaps == {
        ("health_supervision_2013", "FB"): 3,
        ("shicheng_townships_2018", "18"): 1,
        ("shicheng_units_2018", "D10"): 10,
    }


def test_full_points_are_those_of_the_sources() -> None:
    assert {name: scheme(name).full[""] for name in WORKED} == {
        "child_support_incentives": 500,
        "coal_mine_safety_2017": 100,
        "health_supervision_2013": 100,
        "hospital_vbp_2021": 100,
        "patent_enforcement": 10,
        "semap": 150,
        "shicheng_river_chiefs_2018": 100,
        "shicheng_townships_2018": 100,
        "shicheng_units_2018": 100,
    }


def test_sections_of_both_coal_sheets_make_a_hundred() -> None:
    coal = scheme("coal_mine_safety_2017")
    for sheet in ("R", "H"):
        sections = coal.children[sheet]
        assert sum(coal.full[section.code] for section in sections) == 100
    assert len([leaf for leaf in coal.leaves if leaf.code.startswith("R")]) == 17
    assert len([leaf for leaf in coal.leaves if leaf.code.startswith("H")]) == 25


def test_readme_lists_every_example() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    folders = [path.name for path in FOLDER.iterdir() if path.is_dir()]
    assert [name for name in folders if f"]({name}" not in readme] == []
