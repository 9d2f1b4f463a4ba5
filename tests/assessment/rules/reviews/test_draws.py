"""A seed and a frozen table draw the same files for everyone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.assessment.rules.reviews.draws import (
    DRAWS_IN,
    Drawn,
    Ground,
    Wanted,
    against,
    digest,
    draw,
)
from steelyard.assessment.rules.states import Stage
from steelyard.scheme.case_files import CaseFiles

GUIDES = Path(__file__).parents[4] / "docs" / "guides"
SEED = "福彩3D 2022-01-20 期：4 7 1"

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)
numbers = st.integers(0, 8)
tables = st.dictionaries(
    st.sampled_from(["440100", "440700", "445200"]), st.sets(texts, max_size=12), max_size=3
).map(lambda held: {unit: {f"{unit}/{key}" for key in keys} for unit, keys in held.items()})


def rows_of(held: Mapping[str, set[str]]) -> list[tuple[str, str]]:
    return [(unit, key) for unit, keys in held.items() for key in keys]


def by_the_guide(name: str) -> Any:
    """The function that the guide shows."""
    text = (GUIDES / name).read_text("utf-8")
    (shown,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len([line for line in shown.splitlines() if line]) <= 10
    space: dict[str, Any] = {}
    exec(shown, space)
    return space["draw"]


def test_the_draw_is_this_one_for_ever() -> None:
    rows = [("440700", f"江市监{number}号") for number in range(1, 8)]
    drawn = draw(SEED, ["440700"], rows, 3, 2).files
    assert [one.key for one in drawn] == sorted(
        (key for _, key in rows), key=lambda key: digest(SEED, "440700", key)
    )[:5]
    assert digest("seed", "440700", "江1号") == (
        "0ae55c344fab5c491dbf53820f3c8c8b98747abb35868328fbe066bcff5fb7a0"
    )
    assert [one.is_reserve for one in drawn] == [False, False, False, True, True]
    assert [one.place for one in drawn] == [1, 2, 3, 4, 5]


@given(seed=texts, held=tables, wanted=st.integers(1, 8), reserves=numbers)
@pytest.mark.parametrize("guide", ["draw_case_files.md", "draw_case_files.zh.md"])
def test_the_ten_lines_of_the_guide_draw_the_same(
    guide: str, seed: str, held: dict[str, set[str]], wanted: int, reserves: int
) -> None:
    drawing = draw(seed, held, rows_of(held), wanted, reserves)
    ours: dict[str, tuple[list[str], list[str]]] = {unit: ([], []) for unit in held}
    for one in drawing.files:
        ours[one.unit][one.is_reserve].append(one.key)
    assert ours == by_the_guide(guide)(seed, held, wanted, reserves)


@given(seed=texts, held=tables, wanted=st.integers(1, 8), reserves=numbers, data=st.data())
def test_no_file_twice_no_unit_without_its_own_and_the_order_of_rows_says_nothing(
    seed: str, held: dict[str, set[str]], wanted: int, reserves: int, data: st.DataObject
) -> None:
    rows = rows_of(held)
    drawing = draw(seed, held, rows, wanted, reserves)
    assert drawing == draw(seed, held, data.draw(st.permutations(rows)), wanted, reserves)
    assert len({one.key for one in drawing.files}) == len(drawing.files)
    for unit, keys in held.items():
        own = [one for one in drawing.files if one.unit == unit]
        assert len(own) == min(len(keys), wanted + reserves)
        assert {one.key for one in own} <= keys
        assert sum(not one.is_reserve for one in own) == min(len(keys), wanted)
        assert (unit in drawing.short) == (len(keys) < wanted)
    assert drawing.population == {unit: len(keys) for unit, keys in held.items()}


@given(seed=texts, held=tables, wanted=st.integers(1, 8), more=st.sets(texts, min_size=1))
def test_a_file_of_another_unit_changes_nothing(
    seed: str, held: dict[str, set[str]], wanted: int, more: set[str]
) -> None:
    units = [*held, "other"]
    others = [("other", f"other/{key}") for key in more]

    def own(rows: list[tuple[str, str]]) -> list[Drawn]:
        return [one for one in draw(seed, units, rows, wanted, 2).files if one.unit != "other"]

    assert own(rows_of(held)) == own(rows_of(held) + others)


def test_every_file_is_as_likely_as_every_other() -> None:
    """Pearson's chi-square over 4000 fixed seeds, 5 files of 20: below the 99.9% quantile of 19 degrees."""
    rows, many = [("440700", str(number)) for number in range(20)], 4000
    times = dict.fromkeys((key for _, key in rows), 0)
    for seed in range(many):
        for one in draw(f"seed {seed}", ["440700"], rows, 5, 0).files:
            times[one.key] += 1
    expected = many * 5 / 20
    # of draws without replacement the counts vary less, by 1 - 5/20
    chi_square = (
        sum((n - expected) ** 2 / expected for n in times.values()) / (1 - 5 / 20) * 19 / 20
    )
    assert chi_square < 43.82


def test_a_key_of_two_units_is_refused() -> None:
    with pytest.raises(ValueError, match="stands under"):
        draw(SEED, ["a", "b"], [("a", "1"), ("b", "1")], 1, 0)


YEAR = (date(2021, 1, 1), date(2022, 1, 1))
WANTED = Wanted(
    file_type="trademark", input_code="file_points", seed=SEED, seed_origin="福彩3D开奖号码",
    witness="钱科长", wanted=5, reserves=2,
)  # fmt: skip
GROUND = Ground(
    stage=Stage.SCORING, period=YEAR, frozen=YEAR, known_types={"trademark"}, drawn_types=(),
    inputs_fed={"file_points": CaseFiles("mean_points")}, drawer="陈主任",
)  # fmt: skip


def codes(wanted: Wanted = WANTED, ground: Ground = GROUND) -> set[str]:
    return {one.code for one in against(wanted, ground)}


@pytest.mark.parametrize("stage", Stage)
def test_files_are_drawn_between_the_collection_and_the_freeze(stage: Stage) -> None:
    told = codes(ground=replace(GROUND, stage=stage))
    assert told == (set() if stage in DRAWS_IN else {"wrong_stage"})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"file_type": "other"}, "unknown_type"),
        ({"input_code": "trained"}, "not_fed_by_reviews"),
        ({"seed": "12345"}, "bad_seed"),
        ({"seed": "123456\n7"}, "bad_seed"),
        ({"seed_origin": ""}, "no_origin"),
        ({"witness": ""}, "no_witness"),
        ({"witness": "陈主任"}, "no_witness"),
        ({"wanted": 0}, "out_of_bounds"),
        ({"reserves": 201}, "out_of_bounds"),
    ],
)
def test_what_is_asked_for_badly_is_refused(change: dict[str, Any], code: str) -> None:
    assert codes(replace(WANTED, **change)) == {code}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"frozen": None}, "not_frozen"),
        ({"frozen": (date(2020, 1, 1), date(2021, 1, 1))}, "not_frozen"),
        ({"drawn_types": {"trademark"}}, "drawn_already"),
    ],
)
def test_what_it_stands_on_must_be_there(change: dict[str, Any], code: str) -> None:
    assert codes(ground=replace(GROUND, **change)) == {code}


def test_a_scheme_that_names_no_figure_of_case_files_is_told_before_anything_is_drawn() -> None:
    assert codes(ground=replace(GROUND, inputs_fed={})) == {"no_figure_of_files"}


def test_a_figure_takes_the_types_of_file_that_the_scheme_names() -> None:
    of = {"file_points": CaseFiles("mean_points", ("patent_dispute",))}
    assert codes(ground=replace(GROUND, inputs_fed=of)) == {"input_of_other_files"}
    both = {"file_points": CaseFiles("mean_points", ("patent_dispute", "trademark"))}
    assert codes(ground=replace(GROUND, inputs_fed=both)) == set()
