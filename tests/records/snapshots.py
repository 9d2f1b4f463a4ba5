"""Small snapshots for tests: rows given in plain Python are delivered and frozen as any are.

The tables are made up (``suits``, ``sittings``, ``answers``), with a column of every type, and a personal one.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.hashes import tagged
from steelyard.records.catalogue.model import Catalogue, Field, FieldType, Table
from steelyard.records.catalogue.read import shipped
from steelyard.records.snapshot.freeze import freeze
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.scheme.model import Scheme
from tests.builders import document, item

PROVINCE = "440000"
CITIES = ("440700", "442000")
DISTRICTS = {"440703": "440700", "440704": "440700", "440705": "440700"}
OTHER = "440600"
"""A city that no scheme here assesses."""
PARENTS = {PROVINCE: "", OTHER: PROVINCE, **dict.fromkeys(CITIES, PROVINCE), **DISTRICTS}
Row = Mapping[str, Any]


def _field(code: str, kind: FieldType, **more: Any) -> Field:
    return Field(code=code, title=Text(code, code), type=kind, **more)


def _table(code: str, *fields: Field, day: str, **more: Any) -> Table:
    own = (_field("id", "code", required=True), _field("place", "code", required=True), *fields)
    title = Text(code, code)
    return Table(
        code=code, title=title, area="courts", key=("id",), fields=own, place="place",
        dated=(day,), **more,
    )  # fmt: skip


SUITS = _table(
    "suits",
    _field("filed", "day", required=True), _field("closed", "day"), _field("days", "whole"),
    _field("amount", "money"), _field("score", "number"), _field("won", "yes_no"),
    _field("court", "text"), _field("plaintiff", "text", personal=True),
    day="filed",
)  # fmt: skip
SITTINGS = _table(
    "sittings",
    _field("suit", "code"), _field("held", "day", required=True), _field("hours", "number"),
    day="held",
)  # fmt: skip
SHIPPED = shipped()


def _without_material(table: Table) -> Table:
    """The same without its reference to a table that is not here."""
    kept = tuple(one for one in table.fields if one.code != "supporting_material")
    return replace(table, fields=kept)


CATALOGUE = Catalogue(
    {
        "places": SHIPPED.tables["places"],
        "suits": SUITS,
        "sittings": SITTINGS,
        "self_reported_figures": _without_material(SHIPPED.tables["self_reported_figures"]),
        **{
            code: SHIPPED.tables[code]
            for code in ("settlements", "supplied_figures", "judgements", "item_statuses")
        },
    },
    SHIPPED.codes,
)


@dataclass
class Delivered:
    """One delivery of a table."""

    table: str
    rows: Sequence[Row]
    period: str = "2021"
    covers: Sequence[str] = ()
    body: str = "样本法院"
    cut_off: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


def places(parents: Mapping[str, str] = PARENTS) -> Delivered:
    def level(code: str) -> str:
        return "province" if code == PROVINCE else "city" if code[4:] == "00" else "district"

    rows = [
        {"code": code, "title_zh": code, "parent": parent, "level": level(code)}
        for code, parent in parents.items()
    ]
    return Delivered("places", rows)


def suit(number: int, place: str = CITIES[0], filed: str = "2021-06-01", **more: Any) -> Row:
    return {"id": f"S{number}", "place": place, "filed": filed, **more}


def sitting(number: int, suit: str, place: str = CITIES[0], **more: Any) -> Row:
    return {"id": f"H{number}", "place": place, "suit": suit, "held": "2021-06-01", **more}


def frozen(
    folder: Path, *deliveries: Delivered, with_places: bool = True, period: str = "2021"
) -> Snapshot:
    """The snapshot of these deliveries, and of the places."""
    given = [places(), *deliveries] if with_places else list(deliveries)
    home = folder / "deliveries"
    home.mkdir(parents=True)
    parts = [_written(home, index, one) for index, one in enumerate(given)]
    cover = home / "deliveries.toml"
    cover.write_text("\n".join(parts), encoding="utf-8")
    return freeze([cover], folder / "snapshot", period=period, catalogue=CATALOGUE)


def _written(home: Path, index: int, one: Delivered) -> str:
    path = home / f"{index}.csv"
    columns = [each.code for each in CATALOGUE.tables[one.table].fields]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(columns)
        rows.writerows([_text(row.get(name)) for name in columns] for row in one.rows)
    ends = one.period.split("/")[-1] if "/" in one.period else f"{int(one.period) + 1}-01-01"
    cut_off = one.cut_off or max(ends, "2023-01-01")
    stated = {
        "id": f"D{index}", "body": one.body, "table": one.table, "period": one.period,
        "signer": "张三", "file": path.name, "rows": len(one.rows), "sample": True,
        "hash": tagged(path.read_bytes()),
        **({"covers": list(one.covers)} if one.covers else {}), **one.more,
    }  # fmt: skip
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in stated.items()]
    days = [f"cut_off = {cut_off}", f"signed_on = {date.fromisoformat(cut_off)}"]
    return "\n".join(["[[deliveries]]", *lines, *days, ""])


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def indicator(code: str, sql: str, tally: Any, **more: Any) -> dict[str, Any]:
    """An input of a scheme that is computed from records."""
    title = {"zh": f"数据{code}", "en": f"Input {code}"}
    return {"code": code, "title": title, "records": sql, "tally": tally, **more}


def computed_scheme(
    inputs: Iterable[Mapping[str, Any]], *, units: Sequence[str] = CITIES, **changes: Any
) -> Scheme:
    """A scheme over cities, each input worth a point a piece unless ``items`` says otherwise."""
    given = [dict(one) for one in inputs]
    items = changes.pop("items", [item(f"I{n}", 1, {"points": one["code"]}, floor="none", cap="none")
                                  for n, one in enumerate(given)])  # fmt: skip
    return Scheme.from_document(document_of(given, units, items=items, **changes))


def document_of(
    inputs: Sequence[Mapping[str, Any]], units: Sequence[str], **changes: Any
) -> dict[str, Any]:
    listed = [{"code": code, "title": {"zh": f"市{code}", "en": f"City {code}"}} for code in units]
    return document(units=listed, inputs=list(inputs), **changes)


SUIT = "SELECT place AS unit, id AS record{more} FROM suits WHERE filed >= :from AND filed < :to"


def of_suits(more: str = "") -> str:
    """A query over the suits filed in the period, with more columns."""
    return SUIT.format(more=f", {more}" if more else "")
