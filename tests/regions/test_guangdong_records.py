"""The real records of Guangdong: as sealed, each with its source, and nothing filled in."""

from __future__ import annotations

import csv
import re
import tomllib
from hashlib import sha256
from typing import Any

import pytest

from steelyard.records.catalogue.read import shipped
from steelyard.records.intake.cover import read_covers
from steelyard.regions import bundled

GUANGDONG = bundled().scheme.parents[1] / "guangdong"
RECORDS = GUANGDONG / "records"
TABLES = (
    "places",
    "announced_results",
    "announced_figures",
    "statistics",
    "geographical_indications",
)


def rows(table: str) -> list[dict[str, str]]:
    with (RECORDS / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def covers() -> dict[str, dict[str, Any]]:
    document = tomllib.loads((RECORDS / "deliveries.toml").read_text(encoding="utf-8"))
    return {one["table"]: one for one in document["deliveries"]}


def figures(place: str, period: str = "2021") -> dict[str, str]:
    listed = rows("announced_figures")
    return {
        one["figure"]: one["value"]
        for one in listed
        if (one["place"], one["period"]) == (place, period)
    }


def test_cover_list_reads_and_delivers_these_tables_as_real() -> None:
    found = read_covers([RECORDS], shipped())
    assert tuple(one.table for one in found) == TABLES
    assert not any(one.sample for one in found)


@pytest.mark.parametrize("table", TABLES)
def test_hash_and_rows_are_those_of_the_file(table: str) -> None:
    cover = covers()[table]
    content = (RECORDS / cover["file"]).read_bytes()
    assert cover["hash"] == f"sha256:{sha256(content).hexdigest()}"
    assert cover["rows"] == len(rows(table))


@pytest.mark.parametrize("table", TABLES[1:])
def test_every_row_names_a_source_by_title_and_no_address(table: str) -> None:
    for row in rows(table):
        assert row["source"]
        assert not re.search(r"https?:|www\.|\.com|\.cn|copy", row["source"])
        assert row.get("is_real", "true") == "true"


def test_places_are_the_province_its_21_cities_and_the_7_districts_of_jiangmen() -> None:
    levels = [row["level"] for row in rows("places")]
    assert (levels.count("province"), levels.count("city"), levels.count("district")) == (1, 21, 7)
    assert {row["parent"] for row in rows("places") if row["level"] == "district"} == {"440700"}


def test_jiangmen_was_announced_second_and_excellent_in_2021_and_nothing_else_was() -> None:
    (row,) = rows("announced_results")
    assert (row["place"], row["period"], row["rank"], row["grade"]) == (
        "440700",
        "2021",
        "2",
        "优秀",
    )
    assert (row["of_units"], row["score"]) == ("", "")


def test_figures_of_jiangmen_are_put_as_they_were_announced() -> None:
    bounds = {
        one["figure"]: (one["bound"], one["value"])
        for one in rows("announced_figures")
        if one["place"] == "440700"
    }
    assert bounds["support_funds_paid"] == ("about", "24000000")
    assert bounds["gi_pledge_financing"] == ("more_than", "500000000")
    assert [bounds[f"plan_{one}"][1] for one in ("aspects", "tasks", "measures")] == [
        "6",
        "24",
        "60",
    ]


def test_figures_of_the_courts_add_up_as_far_as_they_should() -> None:
    """First and second instance, applications for retrial and retrials are all cases that came in."""
    found = {name: float(value) for name, value in figures("440000").items()}
    parts = (
        "first_instance_new",
        "second_instance_new",
        "retrial_applications_new",
        "retrials_new",
    )
    assert sum(found[f"courts_{one}"] for one in parts) == found["courts_all_ip_cases_new"]
    rate = found["courts_settlement_rate_pct"] / 100
    assert rate == pytest.approx(86060 / 172145, abs=0.005)


def test_what_was_not_read_is_not_there() -> None:
    statistics = rows("statistics")
    assert all(row["value"] for row in statistics)
    held = {
        row["place"] for row in statistics if row["period"] == "2021" and row["indicator"] == "gdp"
    }
    assert held == {"440000", "440500"}
    assert all(
        not row["recognised_on"] and not row["owner"] for row in rows("geographical_indications")
    )


def test_seven_indications_are_of_jiangmen_s_districts() -> None:
    names = {
        row["title"] for row in rows("geographical_indications") if row["place"].startswith("4407")
    }
    assert len(names) == 7
    assert "新会陈皮" in names
