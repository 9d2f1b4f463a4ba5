"""The ASEM index of 2018, step by step, is the published one (examples/asem/PROVENANCE.md).

The stages were published by COINr, whose input was a spreadsheet's display of the figures: ten digits
and at most nine decimals. From figures cut alike every stage agrees to 12 digits; from the figures as
they ship, which hold all digits, to the two decimals of the published results.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest

from steelyard.weighing.document import read_result, result_bytes
from steelyard.weighing.index.compose import Composed
from steelyard.weighing.result import Result
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh
from tests.examples.shipped import FOLDER, rows, scheme, weighed

NAME = "asem"
ROOT = "Index"
Cells = Mapping[tuple[str, str], float]


def published(table: str) -> dict[tuple[str, str], float]:
    """The cells of a wide table by (unit, column); blank is NaN."""
    return {
        (row["unit"], code): float(text or "nan")
        for row in rows(FOLDER / NAME / "published" / f"{table}.csv")
        for code, text in row.items()
        if code != "unit"
    }


def corrections(table: str) -> dict[tuple[str, str], float]:
    """The cells of a long table, which names only what differs from the step before."""
    return {
        (row["unit"], row["indicator"]): float(row["value"])
        for row in rows(FOLDER / NAME / "published" / f"{table}.csv")
    }


def displayed(text: str) -> str:
    """A figure as a spreadsheet shows it: ten digits, at most nine decimals.

    >>> displayed("390.799991147468"), displayed("0.0188484825710535")
    ('390.7999911', '0.018848483')
    """
    number = Decimal(text)
    places = min(9, 9 - number.adjusted()) if number else 0
    return str(round(number, places))


@lru_cache
def composed() -> Composed:
    """The index from the figures as COINr read them."""
    values = {
        row["unit"]: {
            k: displayed(text) if text else None for k, text in row.items() if k != "unit"
        }
        for row in rows(FOLDER / NAME / "data" / "asem.csv")
    }
    found = weigh(scheme(NAME), Values.of(scheme(NAME), values)).composed
    assert found is not None
    return found


def step(name: str) -> dict[tuple[str, str], float]:
    return _cells(composed(), composed().steps[name])


def scores(result: Composed) -> dict[tuple[str, str], float]:
    return _cells(result, {code or ROOT: column for code, column in result.scores.items()})


def _cells(result: Composed, columns: Mapping[str, object]) -> dict[tuple[str, str], float]:
    return {
        (unit, code): float(column[row])  # type: ignore[index]
        for code, column in columns.items()
        for row, unit in enumerate(result.units)
    }


def far(found: Cells, expected: Cells, *, digits: float = 1e-12) -> dict[tuple[str, str], object]:
    """The expected cells that were not found, to so many digits; missing equals missing."""
    return {
        cell: (found[cell], value)
        for cell, value in expected.items()
        if not (math.isnan(found[cell]) and math.isnan(value))
        and not math.isclose(found[cell], value, rel_tol=digits, abs_tol=1e-13)
    }


def test_example_has_49_indicators_of_51_countries() -> None:
    assert len(scheme(NAME).leaves) == 49
    assert len(composed().units) == 51


def test_denominated_figures_are_the_published_ones() -> None:
    expected = published("denominated")
    assert len({code for _, code in expected}) == 17
    assert far(step("denominated"), expected) == {}


def test_figures_without_a_denominator_stay_as_they_are() -> None:
    divided = {code for _, code in published("denominated")}
    raw = {cell: value for cell, value in step("raw").items() if cell[1] not in divided}
    assert far(step("denominated"), raw, digits=0) == {}


def test_the_65_imputed_cells_are_the_published_means_of_the_groups() -> None:
    expected = step("denominated") | corrections("imputed")
    assert len(corrections("imputed")) == 65
    assert far(step("imputed"), expected) == {}


def test_as_many_points_are_winsorised_at_each_end_as_published() -> None:
    expected = {
        row["indicator"]: (int(row["low"]), int(row["high"]))
        for row in rows(FOLDER / NAME / "published" / "treatment.csv")
    }
    found = {code: (one.low, one.high) for code, one in composed().treated.items()}
    assert found == expected
    assert {code for code, ends in expected.items() if ends[0]} == {"FemLab"}
    assert {one.transformed for one in composed().treated.values()} == {"none"}


def test_treated_figures_are_the_published_ones() -> None:
    expected = step("imputed") | corrections("treated")
    assert len(corrections("treated")) == 35
    assert far(step("treated"), expected) == {}


def test_normalised_figures_are_the_published_ones() -> None:
    expected = published("normalised")
    assert len(expected) == 51 * 49
    assert far(step("normalised"), expected) == {}


def test_pillars_sub_indexes_and_index_are_the_published_ones() -> None:
    expected = published("aggregated")
    assert len(expected) == 51 * 11
    assert far(scores(composed()), expected) == {}


def shipped() -> Result:
    return weighed(NAME)


def shipped_composed() -> Composed:
    found = shipped().composed
    assert found is not None
    return found


def test_results_from_the_shipped_figures_are_the_published_ones_to_two_decimals() -> None:
    found = {cell: round(score, 2) for cell, score in scores(shipped_composed()).items()}
    assert far(found, published("scores")) == {}


def ranks(result: Composed) -> dict[tuple[str, str], float]:
    return _cells(result, {code or ROOT: column for code, column in result.ranks.items()})


def test_all_but_two_of_561_ranks_are_the_published_ones() -> None:
    """The published ranks were taken after rounding: Portugal and Russia share a rank that their
    published unrounded scores do not share (77.5655 < 77.5750; 6.6160 < 6.6189)."""
    assert len(published("ranks")) == 561
    assert far(ranks(shipped_composed()), published("ranks")) == {
        ("PRT", "Instit"): (4.0, 3.0),
        ("RUS", "ConEcFin"): (48.0, 47.0),
    }


def test_published_ranks_are_those_of_the_rounded_scores() -> None:
    printed = published("scores")
    of_rounded = {
        (unit, node): 1.0 + sum(printed[other, node] > score for other in composed().units)
        for (unit, node), score in printed.items()
    }
    assert of_rounded == published("ranks")


def test_standings_run_in_the_order_of_the_published_ranks() -> None:
    rank = {unit: value for (unit, code), value in published("ranks").items() if code == ROOT}
    assert {one.unit.code: one.rank for one in shipped().standings} == rank
    assert [one.unit.code for one in shipped().standings][:5] == ["CHE", "NLD", "DNK", "NOR", "BEL"]


def test_ranks_within_europe_and_asia_start_at_one_each() -> None:
    first = {one.unit.group: one.unit.code for one in shipped().standings if one.group_rank == 1}
    assert first == {"Europe": "CHE", "Asia": "SGP"}


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    path = tmp_path_factory.mktemp("asem") / "result.json"
    path.write_bytes(result_bytes(shipped()))
    return read_result(path), path


def test_weighing_again_from_the_result_gives_equal_ranks_and_12_digits(
    again: tuple[Result, Path],
) -> None:
    result, _ = again
    ranks = [(one.unit.code, one.rank, one.group_rank) for one in result.standings]
    assert ranks == [(one.unit.code, one.rank, one.group_rank) for one in shipped().standings]
    assert result.composed is not None
    assert far(scores(result.composed), scores(shipped_composed())) == {}


def test_every_table_of_the_result_is_in_the_file(again: tuple[Result, Path]) -> None:
    steps = json.loads(again[1].read_bytes())["steps"]
    tables = set(steps["tables"])
    assert {"raw", "denominated", "imputed", "treated", "normalised"} <= tables
    assert {len(column) for table in steps["tables"].values() for column in table.values()} == {51}


def test_every_unit_and_item_has_a_chinese_name() -> None:
    named = [*scheme(NAME).units, *scheme(NAME).items]
    assert [one.code for one in named if one.title is None or one.title.zh == one.title.en] == []
