"""The scheme file as plain data, its side tables merged in; and where each key stands."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.locate import Lines, path_of
from steelyard.scheme.notation import place_of, what_is_wrong

LARGEST_BYTES = 8 * 1024 * 1024
_SIDE_TABLES = ("units", "tiles", "items", "inputs", "figures", "quantities", "grades", "vetoes")


@dataclass
class Source:
    """A document, the text it came from, and the sheet rows that were merged into it."""

    file: str
    text: str
    document: dict[str, object]
    rows: dict[tuple[str, int], Where] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def located(self, faults: list[Fault]) -> tuple[Fault, ...]:
        """The faults with their file and line, or file, row and column; in the order of the file."""
        lines = Lines(self.text) if faults else None
        placed = [self._place(fault, lines) for fault in faults]
        return tuple(sorted(placed, key=lambda fault: fault.where.line or 0))

    def _place(self, fault: Fault, lines: Lines | None) -> Fault:
        key = fault.where.key
        if fault.where.file or lines is None:
            return fault
        path = path_of(key)
        row = self.rows.get(cast("tuple[str, int]", path[:2]))
        named = named_key(key, self.document)
        if row is not None:
            column = next((str(step) for step in path[2:3]), "")
            return fault.at(replace(row, column=column, key=named))
        return fault.at(Where(file=self.file, line=lines.line(key), key=named))


def named_key(key: str, document: Mapping[str, object]) -> str:
    """The key with codes in place of positions: ``items.A3.rule``, not ``items[7].rule``."""
    here: object = document
    words: list[str] = []
    for step in path_of(key):
        here = _step_into(here, step)
        code = here.get("code") if isinstance(here, Mapping) else None
        if isinstance(step, int) and code is not None:
            words.append(f".{code}")
        else:
            words.append(f"[{step + 1}]" if isinstance(step, int) else f".{step}")
    return "".join(words).lstrip(".")


def _step_into(here: object, step: str | int) -> object:
    try:
        return cast("Any", here)[step]
    except (KeyError, IndexError, TypeError):
        return None


def load(path: Path) -> Source:
    """Read the file and its side tables.

    Raises:
        Faulty: the file cannot be read as TOML at all, or a side table cannot be read.
    """
    text = _text(path)
    source = Source(path.name, text, _document(path, text))
    _merge_side_tables(source, path.parent)
    return source


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise _refused(
                path, "file-too-large",
                Text(f"文件有{size}字节，超过细则文件的上限{LARGEST_BYTES}字节",
                     f"the file has {size} bytes, more than the {LARGEST_BYTES} of a scheme"),
                Text("请确认这是细则文件；长表放在旁边的CSV里", "is it a scheme? put long tables beside it"),
            )  # fmt: skip
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = "没有这个文件" if isinstance(error, FileNotFoundError) else "文件无法打开"
        raise _refused(
            path, "cannot-open",
            Text(reason, f"the file cannot be opened ({error.strerror})"),
            Text("请检查路径", "check the path"),
        ) from error  # fmt: skip
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise _refused(
            path, "wrong-encoding",
            Text("文件不是UTF-8编码", "the file is not UTF-8"),
            Text("请另存为UTF-8", "save it as UTF-8"),
            line,
        ) from error  # fmt: skip
    if not text.strip():
        raise _refused(
            path, "empty-file", Text("文件是空的", "the file is empty"),
            Text("请写入细则，写法见《怎样写细则》", "write a scheme: docs/guides/write_a_scheme.md"),
        )  # fmt: skip
    return text


def _document(path: Path, text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text, parse_float=str)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        place, why = place_of(error), what_is_wrong(error)
        line = place[0] if place is not None else text.count("\n") + 1
        raise _refused(
            path, "not-toml",
            Text(f"TOML写法有误：{why.zh}", f"this is not TOML: {why.en}"),
            Text("请改正这一行", "mend this line"),
            line,
        ) from error  # fmt: skip


def _refused(path: Path, code: str, what: Text, mend: Text, line: int | None = None) -> Faulty:
    return Faulty([Fault(code, what, mend, Where(file=path.name, line=line))])


def _merge_side_tables(source: Source, folder: Path) -> None:
    tables = source.document.pop("tables", None)
    if tables is None:
        return
    if not isinstance(tables, Mapping):
        what = Text("tables应为 { 名称 = 文件 }", "tables must be { name = file }")
        mend = Text('例如 { units = "units.csv" }', 'for instance { units = "units.csv" }')
        source.faults.append(Fault("wrong-value", what, mend, Where(key="tables")))
        return
    for name, file in tables.items():
        if name in _SIDE_TABLES and isinstance(file, str):
            _merge(source, str(name), folder / file)
            continue
        what = Text(f"不认识的附表“{name} = {file}”", f"unknown side table {name!r} = {file!r}")
        listed = ", ".join(_SIDE_TABLES)
        mend = Text(f"可用：{listed}", f"use one of {listed}")
        source.faults.append(Fault("unknown-key", what, mend, Where(key=f"tables.{name}")))


def _merge(source: Source, name: str, path: Path) -> None:
    from steelyard.tables.read import read_sheet

    try:
        sheet = read_sheet(path)
    except Faulty as error:
        source.faults.extend(error.faults)
        return
    listed = source.document.setdefault(name, [])
    if not isinstance(listed, list):
        return
    for row in sheet.rows:
        source.rows[(name, len(listed))] = Where(file=sheet.file, sheet=sheet.name, row=row.number)
        listed.append(
            _row_as_table({c.heading: c.text for c in row.cells}, name, len(listed), source)
        )


def _row_as_table(
    cells: Mapping[str, str], name: str, index: int, source: Source
) -> dict[str, object]:
    table: dict[str, object] = {}
    for heading, text in cells.items():
        if not text.strip():
            continue
        base, _, lang = heading.rpartition("_")
        if lang in ("zh", "en") and base:
            titles = cast("dict[str, str]", table.setdefault(base, {}))
            titles[lang] = text
        else:
            table[heading] = _cell(text.strip(), f"{name}[{index}].{heading}", source)
    return table


def _cell(text: str, key: str, source: Source) -> object:
    """A cell that holds TOML (a table or a list) is read as such; any other is text."""
    if not text.startswith(("{", "[")):
        return text
    try:
        return tomllib.loads(f"cell = {text}", parse_float=str)["cell"]
    except tomllib.TOMLDecodeError as error:
        why = what_is_wrong(error, shift=len("cell = "))
        what = Text(f"单元格写法有误：{why.zh}", f"the cell is not in the notation: {why.en}")
        mend = Text(
            '写法如 { points = "15 * rate" }', 'write for instance { points = "15 * rate" }'
        )
        source.faults.append(Fault("not-toml", what, mend, Where(key=key)))
        return ""
