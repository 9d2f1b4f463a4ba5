"""Registers and statistics as files for others: CSV for programs, a workbook for people, a schema for both.

Made of a published document, so that a file can hold nothing that its page does not. The same functions
write the files of a package and a selection that a reader asks for.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from steelyard.publication.downloads import FOLDER
from steelyard.tables.write import Written, csv_bytes

SCHEMAS = "schemas/"
XLSX_ROWS = 100_000
"""Rows of a workbook; who wants more takes the CSV."""
_FIXED = datetime(1980, 1, 1)
_TYPES = {
    "whole": "integer",
    "number": "number",
    "money": "number",
    "day": "date",
    "yes_no": "boolean",
}

Document = Mapping[str, Any]
Places = Mapping[str, Mapping[str, str]]


def register_downloads(documents: Mapping[str, Any]) -> dict[str, bytes]:
    """Every download of a publication of registers, with its schema; samples have it in their names."""
    places = documents["places.json"]
    found: dict[str, bytes] = {}
    for path, document in documents.items():
        if path.startswith("statistics/"):
            document = statistic_table(document)
        elif not path.startswith("registers/"):
            continue
        name = file_stem(document)
        found[f"{FOLDER}{name}.csv"] = register_csv(document)
        found[f"{FOLDER}{name}.xlsx"] = register_xlsx(document, places)
        found[schema_path(f"{FOLDER}{name}.csv")] = _json(table_schema(document))
    return found


def file_stem(document: Document) -> str:
    """
    >>> file_stem({"sample": True, "area": "plan", "code": "measures"})
    'sample-plan-measures'
    """
    mark = "sample-" if document["sample"] else ""
    kind = "statistics-" if document.get("is_statistic") else ""
    return f"{mark}{document['area']}-{kind}{document['code']}"


def schema_path(name: str) -> str:
    """Where the schema of a download lies.

    >>> schema_path("downloads/plan-measures.csv")
    'schemas/plan-measures.json'
    """
    stem = name.removeprefix(FOLDER).removesuffix(".csv")
    return f"{SCHEMAS}{stem}.json" if name.endswith(".csv") else ""


def statistic_table(document: Document) -> dict[str, Any]:
    """A statistic as a table of years and places: what is hidden is empty, and ``shown`` says so."""
    fields = [
        _field("year", "年份", "Year", "whole"),
        _field("place", "地区", "Place", "code", refers_to="places.code"),
        _field("shown", "是否公布", "Whether it is shown", "yes_no"),
        _field("count", "件数", "Count", "whole"),
        *document["sums"],
    ]
    rows = [
        [one["year"], one["place"], _is_shown(one), one["count"], *one["sums"]]
        for one in document["rows"]
    ]
    return {
        "area": document["area"],
        "code": document["code"],
        "title": document["title"],
        "sample": document["sample"],
        "key": ["year", "place"],
        "is_statistic": True,
        "fields": fields,
        "rows": rows,
    }


def _is_shown(row: Mapping[str, Any]) -> bool:
    return row["count"] is not None and None not in row["sums"]


def _field(code: str, zh: str, en: str, type_: str, refers_to: str = "") -> dict[str, object]:
    return {
        "code": code,
        "title": {"zh": zh, "en": en},
        "type": type_,
        "unit_of_measure": {"zh": "", "en": ""},
        "refers_to": refers_to,
        "codes": {},
    }


def register_csv(document: Document, rows: Sequence[Sequence[Any]] | None = None) -> bytes:
    """A register, or some of its rows, under the codes of its columns."""
    headings = [one["code"] for one in document["fields"]]
    return csv_bytes(headings, document["rows"] if rows is None else rows)


def register_json(document: Document, rows: Sequence[Sequence[Any]]) -> bytes:
    """Some rows of a register with what its columns mean."""
    kept = (
        "format",
        "area",
        "code",
        "title",
        "note",
        "sample",
        "snapshot",
        "as_of",
        "key",
        "fields",
    )
    head = {name: document[name] for name in kept if name in document}
    return _json(head | {"rows": list(rows)})


def register_xlsx(
    document: Document, places: Places, rows: Sequence[Sequence[Any]] | None = None
) -> bytes:
    """The same for people: titles for columns, words for codes, names for places."""
    import xlsxwriter

    held = io.BytesIO()
    title = _both(document["title"])
    mark = "样本 Sample: " if document["sample"] else ""
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": title, "created": _FIXED})
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet("数据 Data")
        sheet.write_string(0, 0, f"{mark}{title}", bold)
        fields = document["fields"]
        for column, field in enumerate(fields):
            sheet.write_string(2, column, _heading(field), bold)
            sheet.set_column(column, column, 18)
        chosen = document["rows"] if rows is None else rows
        for number, row in enumerate(chosen[:XLSX_ROWS], 3):
            for column, cell in enumerate(_words(fields, row, places)):
                if isinstance(cell, int | float):
                    sheet.write_number(number, column, cell)
                elif cell is not None:
                    sheet.write_string(number, column, str(cell))
        sheet.freeze_panes(3, 0)
    return held.getvalue()


def _words(fields: Sequence[Document], row: Sequence[Any], places: Places) -> Iterator[Written]:
    for field, cell in zip(fields, row, strict=True):
        if cell is None:
            yield None
        elif field["codes"]:
            yield _both(field["codes"].get(cell, {"zh": str(cell), "en": ""}))
        elif field["refers_to"] == "places.code":
            yield f"{cell} {_both(places.get(cell, {'zh': '', 'en': ''}))}".strip()
        elif isinstance(cell, bool):
            yield "是 yes" if cell else "否 no"
        elif field["type"] in ("number", "money", "whole"):
            yield float(cell)
        else:
            yield str(cell)


def _heading(field: Document) -> str:
    unit = _both(field["unit_of_measure"])
    return f"{_both(field['title'])} ({unit})" if unit else _both(field["title"])


def _both(text: Mapping[str, str]) -> str:
    return f"{text['zh']} {text['en']}".strip()


def table_schema(document: Document) -> dict[str, object]:
    """The Frictionless Table Schema of a register's CSV."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_schema_field(one) for one in document["fields"]],
        "primaryKey": _keys(document),
        "missingValues": [""],
    }


def _keys(document: Document) -> list[str]:
    published = {one["code"] for one in document["fields"]}
    return [one for one in document["key"] if one in published]


def _schema_field(field: Document) -> dict[str, object]:
    type_ = _TYPES.get(field["type"], "string")
    codes = sorted(field["codes"])
    return {
        "name": field["code"],
        "type": type_,
        "title": field["title"]["en"] or field["title"]["zh"],
        "description": field["title"]["zh"],
        **({"trueValues": ["TRUE"], "falseValues": ["FALSE"]} if type_ == "boolean" else {}),
        **({"constraints": {"enum": codes}} if codes else {}),
    }


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n").encode()
