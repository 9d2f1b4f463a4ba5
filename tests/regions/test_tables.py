"""The shipped tables: complete, sourced, and equal to the sums that their sources print."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest

from steelyard.regions import Region, bundled, region
from tests.regions.tables_of import (
    CITIES,
    CODES,
    PROVINCES,
    TOWNS,
    cells,
    counts,
    places_of_tiles,
    rows,
    scheme,
    units,
)

HOLDERS = ("universities", "institutes", "enterprises", "public_bodies", "individuals")
COLUMNS = {
    "utility_models": ("2017", "2021", "2022"),
    "madrid_applications": ("2021", "2022"),
    "pct_applications": ("2018", "2022", "2023"),
    "designs": ("2023",),
    **{f"designs_of_{holder}": ("2023",) for holder in HOLDERS},
}
OTHER = {
    (row["row"], row["input"], row["period"]): int(row["value"])
    for row in rows(PROVINCES.scheme.parent / "other_rows.csv")
}
BOTH = pytest.mark.parametrize("of", [PROVINCES, TOWNS], ids=lambda one: one.folder)


def _sum(name: str, period: str) -> int:
    """Of the 31 provinces."""
    return sum(counts(PROVINCES)[code, name, period] for code in CODES)


def _outside(name: str, period: str, *places: str) -> int:
    return sum(OTHER[place, name, period] for place in places)


def test_bundled_region_is_the_sample_of_the_provinces() -> None:
    assert bundled() == region("china_provinces")
    assert bundled().folder == "sample-china-provinces"


def test_unknown_region_is_refused_with_the_names_that_ship() -> None:
    with pytest.raises(KeyError, match="china_provinces, zhongshan_towns_2016: name one of them"):
        region("atlantis")


@BOTH
def test_every_file_of_a_region_is_there(of: Region) -> None:
    assert of.scheme.is_file()
    assert of.data.is_dir()
    assert (of.scheme.parent / "PROVENANCE.md").is_file()


@BOTH
def test_every_value_names_its_source(of: Region) -> None:
    assert [row for row in cells(of) if not row["source"].strip()] == []


@BOTH
def test_no_value_stands_twice(of: Region) -> None:
    assert len(cells(of)) == len(counts(of))


def test_every_source_of_the_provinces_names_its_table_and_its_official_page() -> None:
    for row in cells(PROVINCES):
        assert row["source"].startswith("国家知识产权局《知识产权统计年报202")
        assert "cnipa.gov.cn/" in row["source"]


def test_the_31_provinces_are_all_there() -> None:
    assert len(CODES) == 31
    assert {row["code"] for row in units(PROVINCES)} == CODES


def test_no_cell_of_the_provinces_is_missing() -> None:
    wanted = {(code, name, year) for name, years in COLUMNS.items()
              for code, year in product(CODES, years)}  # fmt: skip
    assert counts(PROVINCES).keys() == wanted


def test_the_only_zero_is_known() -> None:
    """Qinghai filed no Madrid application in 2022; it is a base of no growth rate."""
    zeros = [cell for cell, value in counts(PROVINCES).items() if value == 0]
    assert zeros == [("630000", "madrid_applications", "2022")]


def test_every_holder_of_a_design_is_of_one_kind() -> None:
    for code in CODES:
        held = [counts(PROVINCES)[code, f"designs_of_{holder}", "2023"] for holder in HOLDERS]
        assert sum(held) == counts(PROVINCES)[code, "designs", "2023"], code


@pytest.mark.parametrize("year", COLUMNS["utility_models"])
def test_utility_models_sum_to_the_printed_total(year: str) -> None:
    outside = _outside("utility_models", year, "Taiwan", "Hong Kong", "Macao")
    assert _sum("utility_models", year) + outside == OTHER["Total", "utility_models", year]


@pytest.mark.parametrize("year", COLUMNS["madrid_applications"])
def test_madrid_applications_sum_to_the_printed_total(year: str) -> None:
    outside = _outside("madrid_applications", year, "Taiwan", "Others")
    printed = OTHER["Total", "madrid_applications", year]
    assert _sum("madrid_applications", year) + outside == printed


@pytest.mark.parametrize(("year", "in_no_row"), [("2018", 1), ("2022", 0), ("2023", 0)])
def test_pct_applications_sum_to_the_printed_domestic_total(year: str, in_no_row: int) -> None:
    """In 2018 the print has one application more than its rows."""
    outside = _outside("pct_applications", year, "Taiwan", "Hong Kong", "Macao")
    printed = OTHER["Domestic", "pct_applications", year]
    assert _sum("pct_applications", year) + outside == printed - in_no_row
    foreign = OTHER["Foreign", "pct_applications", year]
    assert printed + foreign == OTHER["Total", "pct_applications", year]


def test_designs_fall_short_of_the_printed_total_by_the_rows_that_were_not_collected() -> None:
    """Of Hong Kong and Macao the collected table of designs has no rows."""
    short = {
        name: OTHER["Domestic", name, "2023"] - _sum(name, "2023") - OTHER["Taiwan", name, "2023"]
        for name in COLUMNS
        if name.startswith("designs")
    }
    total = short.pop("designs")
    assert total == 6970 == sum(short.values())
    assert min(short.values()) >= 0


def test_regions_of_the_provinces_have_the_sizes_of_the_statistics_bureau() -> None:
    sizes = Counter(row["group"] for row in units(PROVINCES))
    assert sizes == {"east": 10, "central": 6, "west": 12, "northeast": 3}
    assert sizes.keys() == scheme(PROVINCES).groups.keys()


def test_grid_of_china_leaves_out_no_part_and_puts_no_two_in_one_place() -> None:
    unassessed = rows(PROVINCES.scheme.parent / "tiles.csv")
    assert [row["title_zh"] for row in unassessed] == ["台湾", "香港", "澳门"]
    assert [tile.title.zh for tile in scheme(PROVINCES).tiles] == ["台湾", "香港", "澳门"]
    places = places_of_tiles([*units(PROVINCES), *unassessed])
    assert len(places) == len(set(places)) == 34


def test_no_tile_stands_apart_from_the_rest() -> None:
    china = places_of_tiles([*units(PROVINCES), *rows(PROVINCES.scheme.parent / "tiles.csv")])
    for grid in (china, places_of_tiles(rows(CITIES))):
        for column, row in grid:
            beside = {(column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1)}
            assert beside & set(grid), (column, row)


def test_cities_of_guangdong_are_21_each_in_its_place() -> None:
    cities = rows(CITIES)
    places = places_of_tiles(cities)
    assert len({row["code"] for row in cities}) == len(set(places)) == len(places) == 21
    assert {row["parent"] for row in cities} == {"440000"}
    assert Counter(row["group"] for row in cities) == {"core": 9, "belt": 7, "north": 5}


def test_cities_of_guangdong_lie_in_guangdong() -> None:
    for row in rows(CITIES):
        assert 20 < float(row["lat"]) < 25.6, row
        assert 109.5 < float(row["lon"]) < 117.4, row


def test_towns_are_14_and_none_lacks_a_cell() -> None:
    towns = {row["code"] for row in units(TOWNS) if row["parent"] == "442000"}
    now = [f"{kind}{stage}" for kind in ("", "invention_", "utility_model_", "design_")
           for stage in ("applications", "grants")]  # fmt: skip
    before = [name for name in now if "model" not in name and "design" not in name]
    wanted = {*product(towns, now, ["2016-01/11"]), *product(towns, before, ["2015-01/11"])}
    assert len(towns) == 14
    assert counts(TOWNS).keys() == wanted


@pytest.mark.parametrize("stage", ["applications", "grants"])
def test_kinds_of_patents_sum_to_the_printed_total_of_each_town(stage: str) -> None:
    for town, name, period in counts(TOWNS):
        if name == stage and period == "2016-01/11":
            kinds = [f"{kind}_{stage}" for kind in ("invention", "utility_model", "design")]
            held = sum(counts(TOWNS)[town, kind, period] for kind in kinds)
            assert held == counts(TOWNS)[town, stage, period], town
