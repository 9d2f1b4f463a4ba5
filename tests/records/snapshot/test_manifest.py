"""``datapackage.json`` as the Data Package standard (version 2) has it, and back without loss."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow.parquet as pq
import pytest

from steelyard.kernel.bilingual import Text
from steelyard.kernel.hashes import tagged
from steelyard.records.catalogue.read import shipped
from steelyard.records.snapshot.snapshot import Snapshot
from tests.records.building import CATALOGUE, Post, case, cases, catalogue, field, frozen, posted

NAME = {"type": "string", "pattern": "^([-a-z0-9._/])+$"}
HASH = {"type": "string", "pattern": "^([^:]+:[a-fA-F0-9]+|[a-fA-F0-9]{32})$"}
SOURCE = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("title", "path", "email", "version")},
    "anyOf": [{"required": ["title"]}, {"required": ["path"]}],
}
PATH = {"type": "string", "pattern": r"^(?!/)(?!.*\.\.)(?!\.)(?!~).+$"}
FIELD = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "title": {"type": "string"},
        "description": {"type": "string"},
        "type": {"enum": ["string", "number", "integer", "boolean", "date"]},
        "categories": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "required": ["value"], "properties": {"label": {"type": "string"}}},
        },
        "constraints": {
            "type": "object",
            "properties": {
                "required": {"type": "boolean"},
                "unique": {"type": "boolean"},
                "enum": {"type": "array", "minItems": 1, "uniqueItems": True},
                "pattern": {"type": "string"},
                "minimum": {"type": "number"},
                "maximum": {"type": "number"},
            },
            "additionalProperties": False,
        },
    },
    "allOf": [
        {
            "if": {"properties": {"constraints": {"required": ["pattern"]}}, "required": ["constraints"]},
            "then": {"properties": {"type": {"const": "string"}}},
        },
        {
            "if": {"required": ["categories"]},
            "then": {"properties": {"type": {"enum": ["string", "integer"]}}},
        },
    ],
}  # fmt: skip
NAMES = {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"type": "string"}}
SCHEMA = {
    "type": "object",
    "required": ["fields"],
    "properties": {
        "$schema": {"const": "https://datapackage.org/profiles/2.0/tableschema.json"},
        "fields": {"type": "array", "minItems": 1, "items": FIELD},
        "primaryKey": NAMES,
        "missingValues": {"type": "array", "items": {"type": "string"}},
        "foreignKeys": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["fields", "reference"],
                "properties": {
                    "fields": NAMES,
                    "reference": {
                        "type": "object",
                        "required": ["fields"],
                        "properties": {"resource": NAME, "fields": NAMES},
                        "additionalProperties": False,
                    },
                },
            },
        },
    },
}
RESOURCE = {
    "type": "object",
    "required": ["name", "path"],
    "properties": {
        "name": NAME,
        "path": PATH,
        "type": {"const": "table"},
        "title": {"type": "string"},
        "description": {"type": "string"},
        "format": {"type": "string"},
        "mediatype": {"type": "string", "pattern": "^(.+)/(.+)$"},
        "bytes": {"type": "integer", "minimum": 0},
        "hash": HASH,
        "sources": {"type": "array", "minItems": 1, "items": SOURCE},
        "schema": SCHEMA,
    },
}
PACKAGE = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["resources"],
    "properties": {
        "$schema": {"const": "https://datapackage.org/profiles/2.0/datapackage.json"},
        "name": NAME,
        "id": {"type": "string"},
        "title": {"type": "string"},
        "version": {"type": "string"},
        "sources": {"type": "array", "minItems": 1, "items": SOURCE},
        "resources": {"type": "array", "minItems": 1, "items": RESOURCE},
    },
}
"""What the standard's own profiles ask of the properties that we write.
Source: Data Package 2.0, profiles datapackage, dataresource and tableschema."""


def check_references(document: Any) -> None:
    """What a JSON Schema cannot say: names lead to resources, fields are there and are in the file."""
    fields = {
        one["name"]: [each["name"] for each in one["schema"]["fields"]]
        for one in document["resources"]
    }
    assert len(fields) == len(document["resources"])
    for one in document["resources"]:
        own = fields[one["name"]]
        assert len(set(own)) == len(own)
        assert set(one["schema"]["primaryKey"]) <= set(own)
        for key in one["schema"].get("foreignKeys", []):
            assert set(key["fields"]) <= set(own)
            other = key["reference"].get("resource", one["name"])
            assert set(key["reference"]["fields"]) <= set(fields[other])


def document_of(snapshot: Snapshot) -> Any:
    return json.loads((snapshot.folder / "datapackage.json").read_bytes())


def related() -> Any:
    """Tables whose codes have underscores and refer to each other and to themselves."""
    hearings = cases(
        code="case_hearings",
        title=Text("庭审", "Hearings"),
        key=("number",),
        fields=(
            field("number", "序号", "whole", required=True),
            field("after", "前次", "whole", refers_to="case_hearings.number"),
            field("case", "案号", "code", refers_to="cases.code"),
            field("place", "地方", "code", refers_to="places.code"),
            field("item", "指标", "code", refers_to="item_lists.code"),
            field("filed_on", "立案日", "day"),
        ),
        constraints=(),
    )
    items = cases(code="item_lists", title=Text("指标", "Items"), dated=(), constraints=(), fields=(
        field("code", "编码", "code", required=True), field("place", "地方", "code"),
    ))  # fmt: skip
    return catalogue(hearings, items)


def test_a_manifest_is_a_data_package(tmp_path: Path) -> None:
    document = document_of(frozen(tmp_path))
    jsonschema.validate(document, PACKAGE)
    check_references(document)


@pytest.mark.parametrize("items", [True, False])
def test_references_lead_to_resources_by_their_names(tmp_path: Path, items: bool) -> None:
    post = posted(tmp_path / "post")
    row = {
        "number": "1",
        "after": "1",
        "case": "C-000001",
        "place": "440700",
        "filed_on": "2021-03-05",
    }
    if items:
        row["item"] = "A1"
        post.rows([{"code": "A1"}], id="items", table="item_lists", file="items.csv")
    post.rows([row], id="h", table="case_hearings", file="h.csv")
    document = document_of(post.freeze(tmp_path / "s", catalogue=related()))
    jsonschema.validate(document, PACKAGE)
    check_references(document)
    (keys,) = [
        one["schema"]["foreignKeys"]
        for one in document["resources"]
        if one["name"] == "case-hearings"
    ]
    assert keys == [
        {"fields": ["after"], "reference": {"fields": ["number"]}},
        {"fields": ["case"], "reference": {"resource": "cases", "fields": ["code"]}},
        {"fields": ["place"], "reference": {"resource": "places", "fields": ["code"]}},
    ] + items * [{"fields": ["item"], "reference": {"resource": "item-lists", "fields": ["code"]}}]


def test_the_schema_of_every_table_that_ships_is_of_the_standard() -> None:
    from steelyard.records.catalogue.table_schema import schema_of

    for table in shipped().tables.values():
        jsonschema.validate(schema_of(table, shipped()), SCHEMA)


def test_the_fields_of_the_schema_are_the_columns_of_the_file_with_fitting_types(
    tmp_path: Path,
) -> None:
    snapshot = frozen(tmp_path)
    fitting = {
        "string": ("string",), "integer": ("int64",), "date": ("date32[day]",), "boolean": ("bool",),
        "number": ("decimal128(18, 6)", "decimal128(18, 2)"),
    }  # fmt: skip
    for one in document_of(snapshot)["resources"]:
        columns = pq.read_schema(snapshot.folder / one["path"])
        assert columns.names == [each["name"] for each in one["schema"]["fields"]]
        for each in one["schema"]["fields"]:
            assert str(columns.field(each["name"]).type) in fitting[each["type"]]


def test_bytes_and_hashes_are_those_of_the_files(tmp_path: Path) -> None:
    snapshot = frozen(tmp_path)
    for one in document_of(snapshot)["resources"]:
        for sealed in (one, one["steelyard"]["locator"]):
            content = (snapshot.folder / sealed["path"]).read_bytes()
            assert (sealed["bytes"], sealed["hash"]) == (len(content), tagged(content))


def test_the_catalogue_comes_back_without_loss(tmp_path: Path) -> None:
    assert frozen(tmp_path).manifest.catalogue == CATALOGUE


def test_deliveries_come_back_without_loss(tmp_path: Path) -> None:
    post = Post(tmp_path / "post").places().rows(
        [case(1)], covers=["440700"], sample=True, source={"zh": "年鉴", "en": "Yearbook"},
        licence="CC0-1.0", period="2021-01-01/2021-07-01",
    )  # fmt: skip
    from steelyard.records.intake.cover import read_covers

    given = read_covers([post.write()], CATALOGUE)
    snapshot = post.freeze(tmp_path / "s")
    assert snapshot.deliveries == given
    assert snapshot.sample
