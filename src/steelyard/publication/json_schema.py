"""The JSON Schema of ``assessment.json``: what a program may rely on. It is published with each package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from steelyard.publication.scope import Scope

Schema = dict[str, Any]


def _object(
    properties: Mapping[str, Schema], optional: tuple[str, ...] = (), **more: Any
) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
        **more,
    }


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _map(of: Schema) -> Schema:
    return {"type": "object", "additionalProperties": of}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


_STRING: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}

_ITEM_RESULT = _object(
    {
        "points": _or_null(_ref("exact")),
        "possible": _ref("exact"),
        "why": _ref("text"),
        "records": _COUNT,
        "material": _list(_STRING),
    },
    optional=("why", "records", "material"),
    description="why: where items are published; records: where numbers of records are; material: titles.",
)
_OTHER: Mapping[str, Schema] = {
    "code": _STRING,
    "title": _ref("text"),
    "group": _STRING,
    "tile": _or_null({"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}),
    "grade": _STRING,
}
_UNIT = _object(
    {
        **_OTHER,
        "rank": _STRING,
        "group_rank": _STRING,
        "shown": _STRING,
        "score": _or_null(_ref("exact")),
        "items": _map(_ref("item_result")),
        "records": _or_null(_COUNT),
        "interval": {"type": "array", "items": _STRING, "minItems": 2, "maxItems": 2},
    },
    optional=("rank", "group_rank", "shown", "score", "items", "records", "interval"),
    description="A unit that is listed. What the scope leaves out is absent.",
)
_SCOPE = _object(
    {
        one.name: _COUNT if one.name == "best" else {"type": "boolean"}
        for one in fields(Scope)
        if one.name != "series"
    },
    description="What of the assessment is published.",
)

ASSESSMENT_JSON_SCHEMA: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A published assessment (steelyard-assessment/1)",
    **_object(
        {
            "format": {"const": "steelyard-assessment/1"},
            "series": _STRING,
            "title": _ref("text"),
            "period": _STRING,
            "issuer": _ref("text"),
            "legal_basis": _ref("text"),
            "note": _ref("text"),
            "label": {"enum": ["official", "sample"]},
            "family": {"enum": ["points", "index"]},
            "full": _ref("exact"),
            "scope": _ref("scope"),
            "groups": _map(_ref("text")),
            "grades": _list(_object({"code": _STRING, "title": _ref("text")})),
            "items": _list(
                _object(
                    {
                        "code": _STRING,
                        "title": _ref("text"),
                        "parent": _STRING,
                        "depth": {"type": "integer", "minimum": 1},
                        "kind": {"enum": ["item", "bonus", "deduction"]},
                        "possible": _ref("exact"),
                        "source": _ref("text"),
                        "rule": _ref("text"),
                    },
                    description="depth 1 is a dimension; parent is empty there.",
                )
            ),
            "units": _list(_ref("unit")),
            "others": _list(
                _object(_OTHER, description="A unit of which no more than the grade is published.")
            ),
            "announced": _list(
                _object(
                    {
                        "place": _STRING,
                        "assessment": _STRING,
                        "period": _STRING,
                        "rank": _or_null({"type": "integer"}),
                        "score": _or_null(_ref("exact")),
                        "grade": _STRING,
                        "source": _STRING,
                    },
                    description="What was announced elsewhere; never part of the figures here.",
                )
            ),
            "how_sure": _or_null(
                _object(
                    {
                        "replications": _COUNT,
                        "seed": {"type": "integer"},
                        "confidence": _ref("exact"),
                        "covers": _ref("text"),
                        "omits": _ref("text"),
                    }
                )
            ),
            "hashes": _map(_STRING),
        }
    ),
    "$defs": {
        "text": _object({"zh": _STRING, "en": _STRING}),
        "exact": {
            "type": "string",
            "pattern": "^-?[0-9]+([./][0-9]+)?$",
            "description": "An exact number: 12, 12.5 or 37/3.",
        },
        "item_result": _ITEM_RESULT,
        "unit": _UNIT,
        "scope": _SCOPE,
    },
}
