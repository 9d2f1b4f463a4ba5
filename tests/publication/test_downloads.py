"""Downloads keep what their published schemas promise, and the ranking is computed again from them alone."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

from steelyard.publication.json_schema import ASSESSMENT_JSON_SCHEMA
from steelyard.publication.package import Head, Package
from steelyard.publication.publishing import publish
from steelyard.publication.scope import Scope
from steelyard.tables.read import read_sheet
from tests.publication.worlds import CANARY, SERIES, UNITS, files_of, scopes, weighed
from tests.website.shelf import KEY, PUBLISHED_AT

EVERYTHING = Scope(series=SERIES, ranks=True, points=True, items=True, records=True, material=True,
                   intervals=True, replay=True)  # fmt: skip


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    title = weighed(CANARY).scheme.title
    head = Head(
        kind="assessment", series=SERIES, title=title, published_at=PUBLISHED_AT, sample=True
    )
    return publish(tmp_path_factory.mktemp("shelf"), head, files_of(CANARY, EVERYTHING), KEY)


@pytest.mark.parametrize("scope", scopes()[::7])
def test_document_of_every_scope_keeps_its_schema(scope: Scope) -> None:
    document = json.loads(files_of(CANARY, scope)["assessment.json"])
    jsonschema.validate(document, ASSESSMENT_JSON_SCHEMA)


def test_schema_refuses_what_it_does_not_name(package: Package) -> None:
    document = package.document("assessment.json")
    document["units"][0]["mayor"] = "somebody"
    with pytest.raises(jsonschema.ValidationError, match="mayor"):
        jsonschema.validate(document, package.document("assessment.schema.json"))


def test_schema_is_itself_sound() -> None:
    jsonschema.Draft202012Validator.check_schema(ASSESSMENT_JSON_SCHEMA)


# A small check of Frictionless Table Schema, of the parts that we use.

TYPES: Mapping[str, str] = {
    "string": r".*",
    "integer": r"-?[0-9]+",
    "number": r"-?[0-9]+(\.[0-9]+)?",
}


def breaches(content: bytes, schema: Mapping[str, Any]) -> Iterator[str]:
    """What of a CSV file is not as its schema says."""
    text = content.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    names = [field["name"] for field in schema["fields"]]
    if head != names:
        yield f"the columns are {head}, not {names}"
    for number, row in enumerate(rows, 2):
        if len(row) != len(head):
            yield f"line {number} has {len(row)} cells"
        for field, cell in zip(schema["fields"], row, strict=False):
            if cell not in schema["missingValues"] and not re.fullmatch(TYPES[field["type"]], cell):
                yield f"line {number}, {field['name']}: {cell!r} is no {field['type']}"
    key = [names.index(name) for name in schema["primaryKey"]]
    keys = [tuple(row[at] for at in key) for row in rows]
    if len(set(keys)) < len(keys):
        yield "two rows have the same key"


def tables(package: Package) -> dict[str, dict[str, Any]]:
    manifest = json.loads(package.manifest)
    return {one["path"]: one["schema"] for one in manifest["resources"] if "schema" in one}


def test_every_csv_has_a_schema_and_keeps_it(package: Package) -> None:
    found = tables(package)
    assert set(found) == {name for name in package.files if name.endswith(".csv")}
    for name, schema in found.items():
        content = package.read(name)
        assert content.startswith(b"\xef\xbb\xbf"), "spreadsheets know UTF-8 by its mark"
        assert list(breaches(content, schema)) == []


def test_schema_names_the_columns_that_the_scope_left(tmp_path: Path) -> None:
    scope = Scope(series=SERIES, best=2)
    head = Head(
        kind="assessment",
        series=SERIES,
        title=weighed(CANARY).scheme.title,
        published_at=PUBLISHED_AT,
    )
    package = publish(tmp_path, head, files_of(CANARY, scope), KEY)
    (schema,) = tables(package).values()
    names = [field["name"] for field in schema["fields"]]
    assert names == ["unit", "title_zh", "title_en", "group", "grade"]
    assert list(breaches(package.read("downloads/sample-ranking.csv"), schema)) == []


def test_small_check_finds_what_is_wrong() -> None:
    schema = {
        "fields": [{"name": "a", "type": "integer"}],
        "missingValues": [""],
        "primaryKey": ["a"],
    }
    assert len(list(breaches(b"b\r\n1.5\r\n1.5\r\n2,3\r\n", schema))) == 5, (
        "a column's name, two cells that are no integers, a line too long, a key twice"
    )


def test_csv_opens_in_our_own_reader(package: Package, tmp_path: Path) -> None:
    path = tmp_path / "ranking.csv"
    path.write_bytes(package.read("downloads/sample-ranking.csv"))
    sheet = read_sheet(path)
    assert list(sheet.headings)[:3] == ["rank", "unit", "title_zh"]
    assert len(sheet.rows) == len(UNITS)


def test_workbook_says_sample_in_every_sheet_and_has_numbers_as_numbers(package: Package) -> None:
    book = openpyxl.load_workbook(io.BytesIO(package.read("downloads/sample-ranking.xlsx")))
    assert len(book.sheetnames) == 2
    for sheet in book.worksheets:
        assert "样本" in str(sheet.cell(1, 1).value)
        assert "sample" in str(sheet.cell(1, 1).value).lower()
    points = [cell.value for cell in book.worksheets[1]["D"][3:]]
    assert all(isinstance(value, float | int) for value in points)


def test_ranking_is_computed_again_in_an_empty_folder(package: Package, tmp_path: Path) -> None:
    folder = unpacked(package, tmp_path)
    done = replayed(folder)
    assert done.returncode == 0, done.stdout + done.stderr


def test_replay_notices_an_altered_figure(package: Package, tmp_path: Path) -> None:
    folder = unpacked(package, tmp_path)
    values = folder / "values.csv"
    first = "u1,a1,2021,38."
    text = values.read_text(encoding="utf-8-sig")
    assert first in text
    values.write_text(text.replace(first, "u1,a1,2021,8."), encoding="utf-8-sig")
    assert replayed(folder).returncode != 0


def unpacked(package: Package, folder: Path) -> Path:
    zipfile.ZipFile(io.BytesIO(package.read("downloads/sample-replay.zip"))).extractall(folder)
    return folder


def replayed(folder: Path) -> subprocess.CompletedProcess[str]:
    """As a journalist would: Python alone, nothing of ours, in that folder."""
    return subprocess.run(
        [sys.executable, "-I", "replay.py", "--check"], cwd=folder, env={"PYTHONIOENCODING": "utf-8"},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
