"""Packages keep to the Data Package standard, and what is taken from them to what they say of it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl

from tests.records.snapshot.test_manifest import PACKAGE
from tests.website.shelf import (
    publish_assessment,
    publish_briefing,
    publish_prose,
    publish_registers,
    registers,
)


def with_schemas(archive: zipfile.ZipFile) -> Any:
    """The manifest, with the schemas in it that it names by their paths."""
    manifest = json.loads(archive.read("datapackage.json"))
    for one in manifest["resources"]:
        if isinstance(one.get("schema"), str):
            one["schema"] = json.loads(archive.read(one["schema"]))
    return manifest


def test_every_kind_of_package_keeps_to_the_standard(tmp_path: Path) -> None:
    for publish in (publish_assessment, publish_registers, publish_briefing, publish_prose):
        publish(tmp_path)
    packages = sorted(tmp_path.rglob("*.zip"))
    assert len(packages) == 4
    for package in packages:
        with zipfile.ZipFile(package) as archive:
            manifest = with_schemas(archive)
        jsonschema.validate(manifest, PACKAGE)
        names = [one["name"] for one in manifest["resources"]]
        assert len(set(names)) == len(names), package.name


def test_table_workbook_and_schema_of_a_register_have_the_same_columns_and_rows() -> None:
    files = registers()
    tables = [one for one in files if one.startswith("downloads/") and one.endswith(".csv")]
    assert tables
    for name in tables:
        head, *rows = csv.reader(io.StringIO(files[name].decode("utf-8-sig")))
        stem = name.removeprefix("downloads/").removesuffix(".csv")
        schema = json.loads(files[f"schemas/{stem}.json"])
        assert [one["name"] for one in schema["fields"]] == head, name
        book = openpyxl.load_workbook(io.BytesIO(files[name.replace(".csv", ".xlsx")]))
        (sheet,) = book.worksheets
        assert (sheet.max_row, sheet.max_column) == (len(rows) + 3, len(head)), name
