"""A table as a Frictionless Table Schema (v2), and back.

What the standard has no word for stands in ``steelyard`` beside it, so that another program reads the
package without us and we read it without loss.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from steelyard.kernel.bilingual import Text
from steelyard.records.catalogue.model import Catalogue, Constraint, Field, FieldType, Table

PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
_TYPES: Mapping[FieldType, str] = {
    "text": "string", "code": "string", "whole": "integer", "number": "number", "money": "number",
    "day": "date", "yes_no": "boolean",
}  # fmt: skip
Document = dict[str, Any]


def schema_of(table: Table, catalogue: Catalogue) -> Document:
    """The Table Schema of a frozen table; its last field says whose delivery a row is."""
    fields = [_field_document(field, catalogue) for field in table.fields]
    fields.append({"name": "delivery", "type": "string", "constraints": {"required": True}})
    document: Document = {
        "$schema": PROFILE,
        "fields": fields,
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    if table.references:
        document["foreignKeys"] = [
            {"fields": [code], "reference": _reference(table, other, key)}
            for code, (other, key) in table.references.items()
        ]
    return document | {"steelyard": _beyond_standard(table)}


def resource_name(code: str) -> str:
    """The name of a table's resource: the standard recommends no underscores.

    >>> resource_name("plan_measures")
    'plan-measures'
    """
    return code.replace("_", "-")


def _reference(table: Table, other: str, key: str) -> Document:
    """Without a resource it leads to the table itself."""
    named = {} if other == table.code else {"resource": resource_name(other)}
    return named | {"fields": [key]}


def _beyond_standard(table: Table) -> Document:
    return {
        "code": table.code,
        "title": both(table.title),
        "area": table.area,
        "place": table.place,
        "dated": list(table.dated),
        "disclosure": table.disclosure,
        "note": both(table.note),
        "constraints": [{"rule": one.rule, "say": both(one.say)} for one in table.constraints],
    }


def _field_document(field: Field, catalogue: Catalogue) -> Document:
    found: Document = {
        "name": field.code,
        "type": _TYPES[field.type],
        "title": field.title.zh or field.title.en,
        "description": field.title.en,
    }
    constraints: Document = {}
    if field.required:
        constraints["required"] = True
    if field.least is not None:
        constraints["minimum"] = _plain(field.least)
    if field.most is not None:
        constraints["maximum"] = _plain(field.most)
    if field.pattern:
        constraints["pattern"] = field.pattern
    if constraints:
        found["constraints"] = constraints
    if field.codes:
        found["categories"] = [
            {"value": code, "label": title.zh or title.en}
            for code, title in catalogue.codes[field.codes].items()
        ]
    return found | {"steelyard": _beyond_standard_field(field, catalogue)}


def _plain(bound: Decimal) -> int | float:
    return int(bound) if bound == bound.to_integral_value() else float(bound)


def _beyond_standard_field(field: Field, catalogue: Catalogue) -> Document:
    found: Document = {"type": field.type, "title": both(field.title)}
    if field.personal:
        found["personal"] = True
    if field.unit_of_measure:
        found["unit_of_measure"] = both(field.unit_of_measure)
    if field.note:
        found["note"] = both(field.note)
    if field.least is not None:
        found["least"] = str(field.least)
    if field.most is not None:
        found["most"] = str(field.most)
    if field.refers_to:
        found["refers_to"] = field.refers_to
    if field.codes:
        listed = catalogue.codes[field.codes]
        found["codes"] = {
            "name": field.codes, "listed": {code: both(title) for code, title in listed.items()}
        }  # fmt: skip
    return found


def both(text: Text) -> Document:
    return {"zh": text.zh, "en": text.en}


def text_from(document: object) -> Text:
    held = cast("Mapping[str, str]", document or {})
    return Text(str(held.get("zh", "")), str(held.get("en", "")))


def catalogue_of(schemas: list[Document]) -> Catalogue:
    """The tables that these schemas describe.

    Raises:
        KeyError, TypeError: a schema lacks what only we write.
    """
    codes: dict[str, dict[str, Text]] = {}
    tables = {}
    for schema in schemas:
        own = schema["steelyard"]
        fields = tuple(_field(one, codes) for one in schema["fields"] if one["name"] != "delivery")
        tables[str(own["code"])] = Table(
            code=str(own["code"]),
            title=text_from(own["title"]),
            area=str(own["area"]),
            key=tuple(schema["primaryKey"]),
            fields=fields,
            place=str(own["place"]),
            dated=tuple(own["dated"]),
            disclosure=own["disclosure"],
            constraints=tuple(
                Constraint(str(one["rule"]), text_from(one["say"])) for one in own["constraints"]
            ),
            note=text_from(own["note"]),
        )
    return Catalogue(tables, codes)


def _field(document: Document, codes: dict[str, dict[str, Text]]) -> Field:
    own, constraints = document["steelyard"], document.get("constraints", {})
    listed = own.get("codes")
    if listed:
        codes[listed["name"]] = {code: text_from(one) for code, one in listed["listed"].items()}
    return Field(
        code=str(document["name"]),
        title=text_from(own["title"]),
        type=own["type"],
        required=bool(constraints.get("required", False)),
        personal=bool(own.get("personal", False)),
        unit_of_measure=text_from(own.get("unit_of_measure")),
        codes=listed["name"] if listed else "",
        refers_to=str(own.get("refers_to", "")),
        least=Decimal(own["least"]) if "least" in own else None,
        most=Decimal(own["most"]) if "most" in own else None,
        pattern=str(constraints.get("pattern", "")),
        note=text_from(own.get("note")),
    )
