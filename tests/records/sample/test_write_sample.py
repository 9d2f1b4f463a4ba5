"""A sample fits every schema, says that it is one, and depends on its seed alone."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from hashlib import sha256
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from steelyard.records.catalogue.model import Table
from steelyard.records.catalogue.read import shipped
from steelyard.records.intake.delivery import period_of
from steelyard.records.sample import region as sample_region
from steelyard.records.sample.region import draw_profile, read_region
from steelyard.records.sample.write import chance_of, write_sample
from tests.records.sample.small import GUANGDONG, RECORDS, SCALE, SEED, frozen, small, written

REAL = {"places", "announced_results", "announced_figures"}
COLLECTED = {"supplied_figures", "judgements", "item_statuses"}
"""What the office itself collects for an assessment: no sample draws it."""

TABLES = tuple(sorted(set(shipped().tables) - REAL - COLLECTED))
EVERY_TABLE = pytest.mark.parametrize("code", TABLES)
TYPES = {
    "text": pa.types.is_string, "code": pa.types.is_string, "whole": pa.types.is_integer,
    "number": pa.types.is_decimal, "money": pa.types.is_decimal, "day": pa.types.is_date32,
    "yes_no": pa.types.is_boolean,
}  # fmt: skip


def column(table: str, field: str) -> list[object]:
    held: list[object] = small().rows(table)[field].to_pylist()
    return held


def places() -> set[object]:
    with (RECORDS / "places.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"] for row in csv.DictReader(file)}


def held_by(table: str, field: str) -> set[object]:
    return places() if table == "places" else set(column(table, field))


def test_every_table_has_a_sample_but_places_and_what_was_announced() -> None:
    assert tuple(sorted(small().standing)) == TABLES


@EVERY_TABLE
def test_columns_are_the_fields_of_the_schema_in_their_order_and_types(code: str) -> None:
    schema = shipped().tables[code]
    rows = small().rows(code)
    assert rows.column_names == [one.code for one in schema.fields]
    for field in schema.fields:
        assert TYPES[field.type](rows.schema.field(field.code).type), field.code


@EVERY_TABLE
def test_required_cells_are_filled_codes_are_listed_and_bounds_are_kept(code: str) -> None:
    catalogue = shipped()
    for field in catalogue.tables[code].fields:
        held = [one for one in column(code, field.code) if one is not None]
        if field.required:
            assert len(held) == small().rows(code).num_rows, field.code
        if field.codes:
            assert set(held) <= set(catalogue.codes[field.codes]), field.code
        if field.least is not None:
            assert all(one >= field.least for one in held), field.code  # type: ignore[operator]
        if field.most is not None:
            assert all(one <= field.most for one in held), field.code  # type: ignore[operator]
        if field.pattern:
            assert all(re.fullmatch(field.pattern, str(one)) for one in held), field.code


@EVERY_TABLE
def test_keys_are_unique_and_references_lead_to_a_record(code: str) -> None:
    schema = shipped().tables[code]
    keys = list(zip(*(column(code, one) for one in schema.key), strict=True))
    assert len(set(keys)) == len(keys)
    for field, (table, key) in schema.references.items():
        assert {one for one in column(code, field) if one} <= held_by(table, key), field


@EVERY_TABLE
def test_every_row_has_a_day_in_its_delivery_s_period_and_none_after_the_cut_off(code: str) -> None:
    schema = shipped().tables[code]
    for delivery in small().standing[code] if schema.dated else ():
        rows = small().table_of(delivery)
        period = period_of(delivery["period"])
        days = [rows[one].to_pylist() for one in schema.dated]
        for held in zip(*days, strict=True):
            assert any(day and period.starts <= day < period.ends for day in held)
            assert all(day is None or day <= delivery["cut_off"] for day in held)


@EVERY_TABLE
def test_rows_keep_the_conditions_of_their_table(code: str) -> None:
    rows = small().rows(code)
    assert rows.num_rows
    with duckdb.connect() as connection:
        connection.register("held", rows)
        for constraint in shipped().tables[code].constraints:
            broken = f"SELECT count(*) FROM held WHERE NOT coalesce(({constraint.rule}), true)"
            assert connection.execute(broken).fetchone() == (0,), constraint.rule


def test_intake_finds_no_fault_in_the_sample_beside_the_real_records() -> None:
    assert frozen().table("cases").num_rows == small().rows("cases").num_rows


def test_cover_list_counts_and_hashes_the_files_as_they_are() -> None:
    for one in small().deliveries:
        content = (small().folder / one["file"]).read_bytes()
        assert one["hash"] == f"sha256:{sha256(content).hexdigest()}"
        assert one["rows"] == small().table_of(one).num_rows


# --- it is a sample, and says so


def test_every_file_and_every_source_says_sample() -> None:
    for one in small().deliveries:
        assert one["file"].startswith("sample_")
        assert one["id"].startswith("sample_")
        assert one["sample"] is True
        assert one["source"]["zh"].startswith("样本")
        assert one["source"]["en"].startswith("Sample")
        assert "Sample" in one["signer"]


def _names_people(schema: Table) -> list[str]:
    return sorted(one.code for one in schema.fields if one.personal and one.type == "text")


@EVERY_TABLE
def test_no_name_of_a_person_or_firm_could_be_taken_for_a_real_one(code: str) -> None:
    for field in _names_people(shipped().tables[code]):
        held = {str(one) for one in column(code, field) if one}
        assert all("样本" in one or one.startswith("000-") for one in held), field


@EVERY_TABLE
def test_no_number_of_a_record_could_be_taken_for_a_real_one(code: str) -> None:
    schema = shipped().tables[code]
    if len(schema.key) == 1:
        assert all(str(one).startswith("SAMPLE-") for one in column(code, schema.key[0]))


# --- the seed, and nothing else


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    first, again, other = _hashes(small().folder), _hashes(written()), _hashes(written(SEED + 1))
    assert first == again
    assert first.keys() == other.keys()
    differing = {name for name in first if first[name] != other[name]}
    assert set(first) - differing <= {"sample_contests_2021.parquet", "sample_support_rules_2020.parquet",
                                      "sample_contests_2020.parquet", "sample_support_rules_2021.parquet"}  # fmt: skip


def test_code_that_draws_names_no_place() -> None:
    """Nothing could be in a city's favour: how well it does comes of the seed alone."""
    folder = Path(sample_region.__file__).parent
    for path in folder.glob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"\b44\d{4}\b", source), path.name
        assert not re.search("announced_(results|figures)", source), path.name
        for title in (one.title for one in read_region(GUANGDONG).places):
            assert title.zh not in source, path.name
            assert title.en not in source, path.name
        assert "Jiangmen" not in source, path.name


def test_no_city_does_better_than_another_over_many_seeds() -> None:
    region = read_region(GUANGDONG)
    drawn = [draw_profile(region, chance_of(seed, "profile")) for seed in range(400)]
    mean = np.mean([np.mean(list(one.scores.values()), axis=0) for one in drawn], axis=0)
    assert np.abs(mean).max() < 0.12


# --- mixes and structure


def test_causes_are_mixed_as_the_courts_published_them() -> None:
    counted = Counter(column("cases", "cause"))
    total = counted.total()
    assert counted["copyright"] / total == pytest.approx(134217 / 172145, abs=0.02)
    assert counted["trademark"] / total == pytest.approx(20457 / 172145, abs=0.015)


def test_every_place_has_cases_and_those_of_jiangmen_are_in_its_districts() -> None:
    held = set(column("cases", "place"))
    assert held == {one.code for one in read_region(GUANGDONG).places}
    assert "440700" not in held


def test_plan_of_jiangmen_has_the_announced_structure() -> None:
    counts = [
        sum(one.startswith(f"SAMPLE-{mark}2021-440700-") for one in map(str, column(table, "id")))
        for table, mark in (("plan_aspects", "PA"), ("plan_tasks", "PT"), ("plan_measures", "PM"))
    ]
    assert counts == [6, 24, 60]


def test_at_least_five_bodies_deliver() -> None:
    assert len({one["body"]["en"] for one in small().deliveries}) >= 5


def test_one_correction_replaces_a_delivery_and_says_why() -> None:
    (correction,) = [one for one in small().deliveries if "replaces" in one]
    (replaced,) = [one for one in small().deliveries if one["id"] == correction["replaces"]]
    assert correction["why"]["zh"]
    assert correction["why"]["en"]
    wrong, right = (
        sum(small().table_of(one)["is_defective"].to_pylist()) for one in (replaced, correction)
    )
    assert wrong > right


def test_file_reviews_of_one_city_were_not_delivered_and_the_cover_list_shows_it() -> None:
    earlier, delivery = small().standing["file_reviews"]
    assert "covers" not in earlier
    region = read_region(GUANGDONG)
    (left_out,) = set(region.cities) - set(delivery["covers"])
    places = small().table_of(delivery)["place"].to_pylist()
    reviewed = {region.places[region.codes.index(one)].city for one in places}
    assert left_out not in reviewed
    assert len(reviewed) > 10


def test_cities_report_most_figures_as_supplied_and_a_few_too_high() -> None:
    reported = column("self_reported_figures", "value")
    is_settled = small().rows("settlements").num_rows
    assert len(reported) == 2 * 2 * 21
    assert 0 < is_settled < len(reported) / 2


def test_year_before_is_there_for_growth() -> None:
    years = {
        day.year
        for day in column("administrative_decisions", "accepted_on")
        if isinstance(day, date)
    }
    assert years == {2019, 2020, 2021}


@EVERY_TABLE
def test_every_table_is_there_for_both_years(code: str) -> None:
    assert {"2020", "2021"} <= {one["period"] for one in small().standing[code]}


def test_users_of_an_indication_count_in_their_own_year_alone() -> None:
    """The scheme counts who may use one at the end of a year, not who was admitted in it."""
    rows = small().rows("gi_users").to_pylist()
    for year in (2020, 2021):
        end = date(year + 1, 1, 1)
        held = [
            one
            for one in rows
            if one["authorised_on"] < end and (one["ended_on"] is None or one["ended_on"] >= end)
        ]
        assert {one["authorised_on"].year for one in held} == {year}


def test_first_year_began_with_cases_of_the_year_before_and_left_none_of_them_to_the_next() -> None:
    rows = [one for one in small().rows("cases").to_pylist() if one["filed_on"].year == 2019]
    assert {one["closed_on"].year for one in rows} == {2019, 2020}


LAST_YEAR = {
    "meetings": "a9b108e267b54654",
    "gi_users": "c5859e73e0dc643d",
    "plan_measures": "5256bdbf1707b47d",
    "cases": "69f6731697b9bd0a",
}
"""The rows of the last year by seed 2021, as they were before the sample had an earlier year."""


def test_an_earlier_year_moved_no_record_of_the_last(tmp_path: Path) -> None:
    write_sample(GUANGDONG, tmp_path, 2021, scale=SCALE)
    found = {
        table: pq.read_table(tmp_path / f"sample_{table}_2021.parquet").to_pydict()
        for table in LAST_YEAR
    }
    assert {
        table: sha256(repr(rows).encode()).hexdigest()[:16] for table, rows in found.items()
    } == LAST_YEAR
