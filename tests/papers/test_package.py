"""The package holds all that a replay needs, exactly, in files that any program reads."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from steelyard.kernel.exact import exact
from steelyard.kernel.hashes import tagged
from steelyard.papers.package import package_files, scheme_document, write_package
from steelyard.tables.neutral import restored
from steelyard.weighing.result import Result
from steelyard.weighing.values import written
from tests.builders import JIANGMEN, ZHONGSHAN, item
from tests.builders import weighed as weigh_items
from tests.papers.region import weigh_region, weighed
from tests.weighing.test_index_scheme import index

CASES = item(
    "A", 10, {"for_each": "cases", "score": {"table": "kind", "rows": {"=a": 3}, "otherwise": 1}}
)


def rows(result: Result, name: str) -> list[dict[str, str]]:
    text = package_files(result)[name].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def read(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(package_files(result)["scheme.json"])
    return found


def replayed(result: Result, folder: Path, *asked: str) -> subprocess.CompletedProcess[bytes]:
    write_package(result, folder)
    command = [sys.executable, "-I", "replay.py", *asked]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=60)


def with_lists() -> Result:
    lists = {"cases": {"jm": [{"kind": "=a"}, {"kind": "'tis"}], "zs": [{"kind": "b"}]}}
    return weigh_items({}, units=[JIANGMEN, ZHONGSHAN], items=[CASES], lists=lists)


def test_package_has_the_program_the_scheme_the_values_and_the_ranking() -> None:
    assert set(package_files(weighed())) == {
        "replay.py", "scheme.json", "values.csv", "ranking.csv", "README.txt",
    }  # fmt: skip


def test_every_value_is_read_back_exactly() -> None:
    found = {
        (row["unit"], row["input"], row["period"]): (row["value"], row["status"], row["source"])
        for row in rows(weighed(), "values.csv")
    }
    cells = list(weighed().values.rows())
    assert len(found) == len(cells)
    for unit, code, period, cell in cells:
        value, status, source = found[unit, code, period]
        assert value == (written(cell.value) or "")
        assert (status, source) == (cell.status, cell.source.en)
        if isinstance(cell.value, Fraction):
            assert exact(value) == cell.value


def test_negative_numbers_and_fractions_stay_numbers() -> None:
    items = [item("A", 10, {"points": "a"}, floor="none")]
    result = weigh_items({"jm": {"a": "-7/3"}, "zs": {"a": "-2.5"}}, items=items)
    assert [row["value"] for row in rows(result, "values.csv")] == ["-7/3", "-2.5"]
    assert [row["score"] for row in rows(result, "ranking.csv")] == ["-7/3", "-2.5"]


def test_text_that_a_spreadsheet_would_run_is_neutralised_and_can_be_restored() -> None:
    kinds = [row["kind"] for row in rows(with_lists(), "lists/cases.csv")]
    assert kinds == ["'=a", "'tis", "b"]
    assert [restored(kind) for kind in kinds] == ["=a", "'tis", "b"]


def test_list_without_rows_has_its_headings_all_the_same() -> None:
    result = weigh_items({}, items=[CASES])
    assert package_files(result)["lists/cases.csv"].decode("utf-8-sig") == "unit,period,kind\r\n"


def test_scheme_names_every_input_with_its_type_and_every_list_with_its_columns() -> None:
    items = [
        item("A", 10, {"points": 10, "when": 'level == "a" and ok and filed <= date("2021-07-31")'})
    ]
    given = {"level": "a", "ok": "yes", "filed": "2021-07-30"}
    found = read(weigh_items({"jm": given, "zs": given}, items=items))
    assert {row["code"]: row["type"] for row in found["inputs"]} == {
        "level": "text", "ok": "yes_no", "filed": "date",
    }  # fmt: skip
    assert read(with_lists())["lists"] == {"cases": {"kind": "text"}}


def test_period_has_its_label_and_the_earlier_ones() -> None:
    period = read(weighed())["period"]
    assert (period["label"], period["earlier"][:2]) == ("2021", ["2020", "2019"])


def test_status_of_a_whole_item_stands_where_an_input_would() -> None:
    region = weighed()
    values = replace(region.values, item_statuses={"A1": {"440100": "no_material"}})
    found = [
        row for row in rows(replace(region, values=values), "values.csv") if row["input"] == "A1"
    ]
    assert [(row["unit"], row["period"], row["value"], row["status"]) for row in found] == [
        ("440100", "2021", "", "no_material")
    ]


def test_sample_data_make_a_sample_package() -> None:
    official = weigh_region(label="official")
    marked = replace(official, values=replace(official.values, sample=True))
    assert scheme_document(official)["label"] == "official"
    assert scheme_document(marked)["label"] == "sample"
    assert "样本" in package_files(marked)["README.txt"].decode("utf-8-sig")


def test_readme_has_the_hash_of_every_other_file() -> None:
    found = dict(package_files(weighed()))
    readme = found.pop("README.txt").decode("utf-8-sig")
    for name, content in found.items():
        assert f"{tagged(content)}  {name}" in readme


def test_equal_results_give_equal_packages() -> None:
    assert package_files(weighed()) == package_files(weigh_region())


def test_an_index_has_no_package() -> None:
    with pytest.raises(ValueError, match="only a points scheme"):
        package_files(index())


def test_replay_finds_the_published_ranking_the_same(tmp_path: Path) -> None:
    done = replayed(weighed(), tmp_path, "--check")
    assert (done.returncode, done.stderr) == (0, b"")


def test_replay_reads_lists_and_text_that_was_neutralised(tmp_path: Path) -> None:
    done = replayed(with_lists(), tmp_path, "--check")
    assert (done.returncode, done.stderr) == (0, b"")


def test_replay_finds_a_ranking_that_was_altered(tmp_path: Path) -> None:
    write_package(weighed(), tmp_path)
    path = tmp_path / "ranking.csv"
    text = path.read_text(encoding="utf-8-sig")
    altered = text.replace("98.89,98.89,excellent", "98.88,98.88,excellent")
    assert altered != text
    path.write_text(altered, encoding="utf-8-sig", newline="")
    command = [sys.executable, "-I", "replay.py", "--check"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert done.returncode == 1
