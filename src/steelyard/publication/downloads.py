"""An assessment's files for others to work with: made of the published document, and of nothing else.

CSV for spreadsheets and programs, a workbook for offices, and the package that computes it all again.
Each is described by a schema (Frictionless Table Schema), which the manifest carries.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.publication.results import Assessment, ItemResult, UnitResult
from steelyard.tables.write import Written, csv_bytes

FOLDER = "downloads/"
_FIXED = datetime(1980, 1, 1)
"""The date that files bear inside others, so that equal content is equal bytes."""

Type = Literal["string", "integer", "number"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in files, its type, and what it means."""

    name: str
    type: Type
    title: Text


RANKING: Mapping[str, Column] = {
    one.name: one
    for one in (
        Column("rank", "string", Text("名次（并列的同为一个名次）", "place; equals share one")),
        Column("unit", "string", Text("行政区划代码", "code of the place")),
        Column("title_zh", "string", Text("中文名称", "name in Chinese")),
        Column("title_en", "string", Text("英文名称", "name in English")),
        Column("group", "string", Text("分组", "peer group")),
        Column("group_rank", "string", Text("组内名次", "place in the group")),
        Column("shown", "number", Text("得分（四舍五入）", "points, rounded")),
        Column("score", "string", Text("得分（精确分数）", "points, as an exact fraction")),
        Column("grade", "string", Text("等次", "grade")),
        Column("interval_low", "string", Text("名次区间下限", "best place in the interval")),
        Column("interval_high", "string", Text("名次区间上限", "worst place in the interval")),
        Column("records", "integer", Text("背后的记录数", "records behind the result")),
    )
}
ITEMS: Mapping[str, Column] = {
    one.name: one
    for one in (
        Column("unit", "string", Text("行政区划代码", "code of the place")),
        Column("item", "string", Text("考核项代码", "code of the item")),
        Column("title_zh", "string", Text("中文名称", "name in Chinese")),
        Column("title_en", "string", Text("英文名称", "name in English")),
        Column("points", "string", Text("得分（精确分数）", "points, as an exact fraction")),
        Column("possible", "string", Text("满分", "full points")),
        Column("why_zh", "string", Text("理由", "reason, in Chinese")),
        Column("why_en", "string", Text("理由（英文）", "reason, in English")),
        Column("records", "integer", Text("背后的记录数", "records behind the points")),
        Column(
            "material",
            "string",
            Text("佐证材料名称，分号隔开", "titles of supporting material, between semicolons"),
        ),
    )
}


def download_files(assessment: Assessment, replay: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every download by its path in the package; those of a sample have it in their names."""
    ranking = list(_ranking(assessment))
    found = {"ranking.csv": _csv(_columns(RANKING, ranking), ranking)}
    if assessment.scope.points:
        items = list(_items(assessment))
        found["items.csv"] = _csv(_columns(ITEMS, items), items)
    found["ranking.xlsx"] = _book(assessment)
    if replay:
        found["replay.zip"] = _zip(replay)
    mark = "sample-" if assessment.sample else ""
    return {f"{FOLDER}{mark}{name}": content for name, content in found.items()}


def schema_of(name: str, content: bytes) -> dict[str, object] | None:
    """The table schema of a download: the columns that its first line names; None if it is no table."""
    for ending, columns in (("ranking.csv", RANKING), ("items.csv", ITEMS)):
        if name.startswith(FOLDER) and name.endswith(ending):
            names = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
            fields = [_field(columns[one]) for one in names]
            return {"fields": fields, "missingValues": [""], "primaryKey": _KEYS[ending]}
    return None


_KEYS = {"ranking.csv": ["unit"], "items.csv": ["unit", "item"]}


def _field(column: Column) -> dict[str, object]:
    return {
        "name": column.name,
        "type": column.type,
        "title": column.title.en,
        "description": column.title.zh,
    }


Row = Mapping[str, Written]


def _ranking(assessment: Assessment) -> Iterator[Row]:
    for one in (*assessment.listed, *assessment.unlisted):
        yield {name: value for name, value in _standing(one).items() if _is_said(name, assessment)}


def _standing(one: UnitResult) -> dict[str, Written]:
    low, high = one.interval or (None, None)
    return {
        "rank": one.rank or None,
        "unit": one.code,
        "title_zh": one.title.zh,
        "title_en": one.title.en,
        "group": one.group or None,
        "group_rank": one.group_rank or None,
        "shown": Decimal(one.shown) if one.shown else None,
        "score": None if one.score is None else plain(one.score),
        "grade": one.grade or None,
        "interval_low": low,
        "interval_high": high,
        "records": one.records,
    }


_PART = {
    "rank": "ranks", "group_rank": "ranks", "shown": "points", "score": "points", "grade": "grades",
    "interval_low": "intervals", "interval_high": "intervals", "records": "records",
    "why_zh": "items", "why_en": "items",
    "material": "material",
}  # fmt: skip
"""The part of the scope that a column belongs to; others are always there."""


def _is_said(name: str, assessment: Assessment) -> bool:
    part = _PART.get(name)
    return part is None or bool(getattr(assessment.scope, part))


def _items(assessment: Assessment) -> Iterator[Row]:
    titles = {item.code: item.title for item in assessment.items}
    for unit in assessment.listed:
        for code, one in unit.items.items():
            row = _of_item(unit.code, code, titles[code], one)
            yield {name: value for name, value in row.items() if _is_said(name, assessment)}


def _of_item(unit: str, code: str, title: Text, one: ItemResult) -> dict[str, Written]:
    return {
        "unit": unit,
        "item": code,
        "title_zh": title.zh,
        "title_en": title.en,
        "points": None if one.points is None else plain(one.points),
        "possible": plain(one.possible),
        "why_zh": one.why.zh or None,
        "why_en": one.why.en or None,
        "records": one.records,
        "material": "; ".join(one.material) or None,
    }


def _columns(all_columns: Mapping[str, Column], rows: Sequence[Row]) -> list[str]:
    """Those of the columns that the rows have; a file without rows has all of them."""
    return [name for name in all_columns if not rows or name in rows[0]]


def _csv(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    return csv_bytes(columns, [[row[name] for name in columns] for row in rows])


def _zip(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            info = zipfile.ZipInfo(name, _FIXED.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return held.getvalue()


def _book(assessment: Assessment) -> bytes:
    """A workbook with a sheet of the ranking and, where published, one of the dimensions."""
    import xlsxwriter

    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": assessment.title.zh, "created": _FIXED})
        bold = book.add_format({"bold": True, "bottom": 1})
        _put(
            book.add_worksheet("排名 Ranking"), bold, _head(assessment), *_ranking_table(assessment)
        )
        if assessment.scope.points:
            _put(
                book.add_worksheet("各项得分 Points"),
                bold,
                _head(assessment),
                *_points_table(assessment),
            )
    return held.getvalue()


def _head(assessment: Assessment) -> str:
    """The title in both languages, and that it is a sample where the title does not say so."""
    title, marks = assessment.title, []
    if assessment.sample:
        marks = [] if title.zh.startswith("样本") else ["样本", "Sample"]
    return " ".join([*marks, title.zh, title.en])


Table = tuple[list[str], list[list[Written]]]


def _ranking_table(assessment: Assessment) -> Table:
    """What people read: names for codes, points rounded."""
    rows = list(_ranking(assessment))
    names = [name for name in _columns(RANKING, rows) if name not in ("score", "group_rank")]
    groups = {code: f"{title.zh} {title.en}" for code, title in assessment.groups.items()}
    grades = {code: f"{title.zh} {title.en}" for code, title in assessment.grades.items()}
    said = {"group": groups, "grade": grades}
    heads = [f"{RANKING[name].title.zh} {RANKING[name].title.en}" for name in names]
    return heads, [
        [said.get(name, {}).get(str(row[name]), row[name]) for name in names] for row in rows
    ]


def _points_table(assessment: Assessment) -> Table:
    """A row a unit, a column an item."""
    codes = [
        item.code
        for item in assessment.items
        if any(item.code in one.items for one in assessment.listed)
    ]
    titles = {
        item.code: f"{item.code} {item.title.zh} {item.title.en}" for item in assessment.items
    }
    rows: list[list[Written]] = [
        [one.title.zh, one.title.en, *(_points(one.items.get(code)) for code in codes)]
        for one in assessment.listed
    ]
    return ["单位", "Unit", *(titles[code] for code in codes)], rows


def _points(one: ItemResult | None) -> Fraction | None:
    return None if one is None else one.points


def _put(
    sheet: object, bold: object, title: str, heads: Sequence[str], rows: Sequence[Sequence[Written]]
) -> None:
    sheet.write_string(0, 0, title, bold)  # type: ignore[attr-defined]
    for column, head in enumerate(heads):
        sheet.write_string(2, column, head, bold)  # type: ignore[attr-defined]
    for number, row in enumerate(rows, 3):
        for column, value in enumerate(row):
            if isinstance(value, Fraction | Decimal | int):
                sheet.write_number(number, column, float(value))  # type: ignore[attr-defined]
            elif value is not None:
                sheet.write_string(number, column, str(value))  # type: ignore[attr-defined]
    sheet.freeze_panes(3, 0)  # type: ignore[attr-defined]
    sheet.autofit()  # type: ignore[attr-defined]
