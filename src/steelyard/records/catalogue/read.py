"""Read the tables that ship, and those that a region pack adds. TOML → :class:`Catalogue`."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import cast, get_args

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.kernel.faults import Fault, Faulty, Where, raise_if_any
from steelyard.records.catalogue.model import (
    AREAS,
    Catalogue,
    Constraint,
    Disclosure,
    Field,
    FieldType,
    Table,
)
from steelyard.scheme.reading.fields import Faults, Fields

FORMAT = "steelyard-tables/1"
SHIPPED = Path(__file__).resolve().parent.parent / "tables"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
RESERVED = frozenset({"delivery", "unit", "record"})
"""Names that the snapshot and the queries use for themselves."""


@lru_cache(maxsize=1)
def shipped() -> Catalogue:
    """The tables of every area."""
    return read_catalogue(SHIPPED)


def with_region(folder: Path | None) -> Catalogue:
    """The tables that ship and those of a region's folder.

    Raises:
        Faulty: with every fault of the folder's files.
    """
    return shipped() if folder is None else read_catalogue(folder, beside=shipped())


def read_catalogue(folder: Path, *, beside: Catalogue | None = None) -> Catalogue:
    """Every ``*.toml`` of a folder, joined to ``beside``.

    Raises:
        Faulty: with every fault, each with its file and key.
    """
    known = beside or Catalogue({})
    faults: list[Fault] = []
    for path in _files(folder):
        own = Faults()
        found = _read_file(path, own)
        _taken_names(known, found, own)
        known = known.joined(found)
        faults += [fault.at(_in_file(fault, path)) for fault in own]
    faults += list(_dangling(known))
    raise_if_any(faults)
    return known


def _files(folder: Path) -> list[Path]:
    found = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    if found:
        return found
    what = Text("没有表结构文件（*.toml）", "there is no table schema (*.toml) in the folder")
    mend = Text("请核对文件夹", "check the folder")
    raise Faulty([Fault("no-tables", what, mend, Where(file=folder.name))])


def _in_file(fault: Fault, path: Path) -> Where:
    return Where(file=path.name, key=fault.where.key)


def _read_file(path: Path, faults: Faults) -> Catalogue:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=str)
    except (OSError, ValueError) as error:
        what = Text(f"无法读取：{error}", f"it cannot be read: {error}")
        faults.add("not-toml", "", what, Text("请改正此文件", "mend the file"))
        return Catalogue({})
    fields = Fields(document, "", faults)
    fields.require("format")
    fields.choice("format", (FORMAT,), FORMAT)
    codes = {name: _codes(fields, name) for name in _names(fields.raw("codes"))}
    tables = [
        _table(Fields(one, f"tables[{index}]", faults))
        for index, one in enumerate(fields.list("tables"))
    ]
    fields.done()
    _named_twice((table.code for table in tables), "tables", faults)
    return Catalogue({table.code: table for table in tables}, codes)


def _names(listed: object) -> tuple[str, ...]:
    return tuple(map(str, listed)) if isinstance(listed, Mapping) else ()


def _codes(fields: Fields, name: str) -> dict[str, Text]:
    listed = cast("Mapping[str, object]", fields.raw("codes"))[name]
    own = Fields(listed, f"codes.{name}", fields.faults)
    return {code: own.bilingual(code) for code in own.names()}


def _table(fields: Fields) -> Table:
    for name in ("code", "title", "area", "key", "fields"):
        fields.require(name)
    columns = tuple(
        _field(Fields(one, f"{fields.path('fields')}[{index}]", fields.faults))
        for index, one in enumerate(fields.list("fields"))
    )
    table = Table(
        code=_name(fields),
        title=fields.bilingual("title"),
        area=fields.choice("area", AREAS, AREAS[0]),
        key=fields.texts("key"),
        fields=columns,
        place=fields.text("place"),
        dated=fields.texts("dated"),
        disclosure=cast(
            "Disclosure", fields.choice("disclosure", get_args(Disclosure), "protected")
        ),
        constraints=tuple(_constraints(fields)),
        note=fields.bilingual("note"),
    )
    fields.done()
    _named_twice((one.code for one in columns), fields.path("fields"), fields.faults)
    _fits(table, fields)
    return table


def _name(fields: Fields) -> str:
    code = fields.code("code")
    if not _NAME.fullmatch(code) or code in RESERVED:
        fields.wrong(
            "code", "wrong-name",
            Text(f"“{code}”不能作表名或列名", f"{code!r} cannot name a table or a column"),
            Text("用小写字母、数字和_，且不用delivery、unit、record",
                 "use small letters, digits and _, and none of delivery, unit, record"),
        )  # fmt: skip
    return code


def _field(fields: Fields) -> Field:
    for name in ("code", "title", "type"):
        fields.require(name)
    least, most = fields.number("least"), fields.number("most")
    field = Field(
        code=_name(fields),
        title=fields.bilingual("title"),
        type=cast("FieldType", fields.choice("type", get_args(FieldType), "text")),
        required=fields.flag("required", default=False),
        personal=fields.flag("personal", default=False),
        unit_of_measure=fields.bilingual("unit_of_measure"),
        codes=fields.text("codes"),
        refers_to=fields.text("refers_to"),
        least=None if least is None else Decimal(plain(least)),
        most=None if most is None else Decimal(plain(most)),
        pattern=fields.text("pattern"),
        note=fields.bilingual("note"),
    )
    fields.done()
    return field


def _constraints(fields: Fields) -> Iterator[Constraint]:
    for index, one in enumerate(fields.list("constraints")):
        own = Fields(one, f"{fields.path('constraints')}[{index}]", fields.faults)
        own.require("rule")
        own.require("say")
        yield Constraint(own.text("rule"), own.bilingual("say"))
        own.done()


def _fits(table: Table, fields: Fields) -> None:
    """The names that the table uses for its own fields are fields of the right type."""
    asked: list[tuple[str, str, FieldType | None]] = [("key", name, None) for name in table.key]
    asked += [("place", table.place, None)] if table.place else []
    asked += [("dated", name, "day") for name in table.dated]
    for where, name, kind in asked:
        found = table.field.get(name)
        if found is None or (kind and found.type != kind):
            fields.wrong(
                where, "unknown-field",
                Text(f"没有（{kind or '任何类型'}）列“{name}”", f"there is no {kind or ''} field {name!r}"),
                Text("请改用已有的列", "name a field of the table"),
            )  # fmt: skip
        elif where == "key" and not found.required:
            fields.wrong(
                where, "key-not-required",
                Text(f"主键列“{name}”须为必填", f"the key field {name!r} is not required"),
                Text("请加 required = true", "add required = true"),
            )  # fmt: skip


def _named_twice(names: Iterable[str], key: str, faults: Faults) -> None:
    """Within one file; the second would silently stand for the first."""
    counted = Counter(names)
    _taken((name for name, times in counted.items() if name and times > 1), key, faults)


def _taken_names(known: Catalogue, found: Catalogue, faults: Faults) -> None:
    """Between files."""
    _taken(sorted(set(known.tables) & set(found.tables)), "tables", faults)
    _taken(sorted(set(known.codes) & set(found.codes)), "codes", faults)


def _taken(names: Iterable[str], key: str, faults: Faults) -> None:
    for name in names:
        faults.add(
            "duplicate-code", f"{key}.{name}",
            Text(f"“{name}”已有", f"{name!r} is taken"), Text("请改名", "choose another name"),
        )  # fmt: skip


def _dangling(catalogue: Catalogue) -> Iterator[Fault]:
    """Code lists and references that lead nowhere."""
    for table in catalogue.tables.values():
        for field in table.fields:
            where = Where(key=f"tables.{table.code}.{field.code}")
            if field.codes and field.codes not in catalogue.codes:
                what = Text(f"没有代码表“{field.codes}”", f"there is no code list {field.codes!r}")
                yield Fault("unknown-codes", what, Text("请补上代码表", "add the list"), where)
            if field.refers_to and not _leads_to_key(catalogue, field):
                what = Text(f"“{field.refers_to}”不是某表的主键", f"{field.refers_to!r} is no key")
                yield Fault(
                    "unknown-reference", what, Text("请写 表.主键", "write table.key"), where
                )


def _leads_to_key(catalogue: Catalogue, field: Field) -> bool:
    if field.reference is None:
        return False
    table = catalogue.tables.get(field.reference[0])
    return table is not None and table.key == (field.reference[1],)
