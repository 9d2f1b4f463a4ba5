"""Read the cover lists 报送清单 of deliveries: who delivers which file for which table and period.

A cover list is ``deliveries.toml`` (a list ``[[deliveries]]``) or a sheet (``deliveries.xlsx``,
``.csv``) with a row a delivery. Its files lie beside it and nowhere else.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where, raise_if_any
from steelyard.kernel.hashes import ALGORITHMS
from steelyard.kernel.periods import Period
from steelyard.records.catalogue.model import Catalogue
from steelyard.records.intake.delivery import Delivery, period_of
from steelyard.scheme.reading.fields import Faults, Fields
from steelyard.tables.sheet import Cell

NAMES = ("deliveries.toml", "deliveries.xlsx", "deliveries.csv")
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("编号",), "body": ("报送单位",), "table": ("表",), "period": ("期间",),
    "cut_off": ("截止日",), "signer": ("签发人",), "signed_on": ("签发日",), "file": ("文件",),
    "rows": ("行数",), "hash": ("哈希值", "哈希", "校验值"), "covers": ("覆盖地区",),
    "replaces": ("替换",), "why": ("更正原因",), "sample": ("样本",), "source": ("来源",),
    "licence": ("许可",),
}  # fmt: skip
_REQUIRED = (
    "id", "body", "table", "period", "cut_off", "signer", "signed_on", "file", "rows", "hash",
)  # fmt: skip
_HASH = re.compile(rf"({'|'.join(ALGORITHMS)}):[0-9a-f]{{64}}")
_NO_DAY = date(1, 1, 1)
_DAYS = ("cut_off", "signed_on")


def read_covers(paths: Sequence[Path], catalogue: Catalogue) -> tuple[Delivery, ...]:
    """Every delivery of the cover lists, in their order. A folder stands for the list in it.

    Raises:
        Faulty: with every fault of every list.
    """
    faults: list[Fault] = []
    found: list[tuple[Delivery, Where]] = []
    for path in paths:
        try:
            found += _read_list(path, catalogue, faults)
        except Faulty as error:
            faults.extend(error.faults)
    faults += _faults_between(found)
    raise_if_any(faults)
    return tuple(delivery for delivery, _ in found)


def cover_at(path: Path) -> Path:
    """The cover list that a path names: itself, or the one in the folder.

    Raises:
        Faulty: there is none.
    """
    if path.is_file():
        return path
    for name in NAMES if path.is_dir() else ():
        if (path / name).is_file():
            return path / name
    what = Text("没有报送清单", "there is no cover list")
    mend = Text(
        f"请在文件夹中放入{NAMES[0]}（或.xlsx、.csv），或用steelyard deliver生成",
        f"put {NAMES[0]} (or .xlsx, .csv) there, or make one with steelyard deliver",
    )
    raise Faulty([Fault("no-cover", what, mend, Where(file=path.name))])


def _read_list(
    path: Path, catalogue: Catalogue, faults: list[Fault]
) -> list[tuple[Delivery, Where]]:
    cover = cover_at(path)
    rows = _toml_rows(cover) if cover.suffix == ".toml" else _sheet_rows(cover)
    found = []
    for where, row in rows:
        own = Faults()
        delivery = _delivery(row, catalogue, own, cover.parent)
        faults += [_placed(fault, where) for fault in own]
        if not own:
            found.append((delivery, where))
    return found


def _placed(fault: Fault, where: Where) -> Fault:
    column = fault.where.key if where.row else ""
    key = where.key + ("." + fault.where.key if fault.where.key and not where.row else "")
    return fault.at(Where(where.file, where.sheet, where.line, where.row, column, key))


def _toml_rows(cover: Path) -> list[tuple[Where, Mapping[str, object]]]:
    try:
        document = tomllib.loads(cover.read_text(encoding="utf-8"), parse_float=str)
    except (OSError, ValueError, RecursionError) as error:
        what = Text(f"无法读取：{error}", f"it cannot be read: {error}")
        mend = Text("请改正此文件", "mend the file")
        raise Faulty([Fault("not-toml", what, mend, Where(file=cover.name))]) from error
    listed = document.get("deliveries")
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        what = Text("没有[[deliveries]]", "it has no [[deliveries]]")
        mend = Text("每次报送写一段[[deliveries]]", "write one [[deliveries]] for each delivery")
        raise Faulty([Fault("no-deliveries", what, mend, Where(file=cover.name))])
    return [
        (Where(file=cover.name, key=f"deliveries.{row.get('id', number)}"), row)
        for number, row in enumerate(listed, 1)
    ]


def _sheet_rows(cover: Path) -> list[tuple[Where, Mapping[str, object]]]:
    from steelyard.tables.read import read_sheet

    sheet = read_sheet(cover)
    named = {title: code for code, titles in HEADINGS.items() for title in titles}
    return [
        (
            Where(file=sheet.file, sheet=sheet.name, row=row.number),
            {
                named.get(cell.heading, cell.heading): _said(cell)
                for cell in row.cells
                if cell.text.strip()
            },
        )
        for row in sheet.rows
    ]


def _said(cell: Cell) -> str:
    """What a cell says; a day in whatever way a sheet may write it."""
    from steelyard.tables import cells

    code = next((one for one in _DAYS if cell.heading in (one, *HEADINGS[one])), "")
    day = cells.date(cell) if code else None
    return day.isoformat() if isinstance(day, date) else cell.text.strip()


def _delivery(
    row: Mapping[str, object], catalogue: Catalogue, faults: Faults, folder: Path
) -> Delivery:
    fields = Fields(row, "", faults)
    for name in _REQUIRED:
        fields.require(name)
    starts = _period(fields)
    delivery = Delivery(
        id=fields.code("id"),
        body=fields.bilingual("body"),
        table=_table(fields, catalogue),
        period=starts,
        cut_off=fields.day("cut_off") or _NO_DAY,
        signer=fields.text("signer"),
        signed_on=fields.day("signed_on") or _NO_DAY,
        file=_file(fields, folder),
        rows=_rows(fields),
        hash=_hash(fields),
        covers=_covers(fields),
        replaces=fields.code("replaces"),
        why=fields.bilingual("why"),
        sample=_is_sample(fields),
        source=fields.bilingual("source"),
        licence=fields.text("licence"),
        folder=folder,
    )
    fields.done()
    if fields.has("signed_on") and delivery.signed_on < delivery.cut_off:
        fields.wrong(
            "signed_on", "signed-before-cut-off",
            Text(f"签发日{delivery.signed_on}早于截止日{delivery.cut_off}",
                 f"it was signed on {delivery.signed_on}, before the cut-off {delivery.cut_off}"),
            Text("截止日之后的数据签发时还不知道；请核对两个日期",
                 "nobody can sign for days to come: check the two days"),
        )  # fmt: skip
    if bool(delivery.replaces) != bool(delivery.why):
        fields.wrong(
            "why", "correction-without-reason",
            Text("更正报送须同时写明替换哪一次和原因", "a correction names what it replaces, and why"),
            Text("请补写replaces或why", "add replaces or why"),
        )  # fmt: skip
    return delivery


def _period(fields: Fields) -> Period:
    text = fields.code("period")
    try:
        return period_of(text)
    except ValueError:
        if text:
            fields.wrong(
                "period", "wrong-period",
                Text(f"“{text}”不是期间", f"{text!r} is no period"),
                Text("写2021，或2021-01-01/2022-01-01（止日不含）",
                     "write 2021, or 2021-01-01/2022-01-01 (the last day not included)"),
            )  # fmt: skip
        return period_of("0001")


def _table(fields: Fields, catalogue: Catalogue) -> str:
    code = fields.text("table")
    by_title = {table.title.zh: table.code for table in catalogue.tables.values()}
    code = by_title.get(code, code)
    if code and code not in catalogue.tables:
        near = difflib.get_close_matches(code, catalogue.tables, n=1)
        listed = ", ".join(sorted(catalogue.tables))
        mend = (
            Text(f"是否应为“{near[0]}”？", f"did you mean {near[0]!r}?")
            if near
            else Text(f"可用：{listed}", f"use one of {listed}")
        )
        fields.wrong("table", "unknown-table", Text(f"没有表“{code}”", f"no table {code!r}"), mend)
    return code


def _file(fields: Fields, folder: Path) -> str:
    """A file beside the cover list; a path that leads elsewhere is refused."""
    name = fields.text("file")
    parts = PurePosixPath(name.replace("\\", "/")).parts
    is_outside = bool(parts) and (".." in parts or parts[0].startswith("/") or ":" in parts[0])
    if is_outside or (name and not _is_within(folder / name, folder)):
        fields.wrong(
            "file", "path-leaves-folder",
            Text(f"“{name}”不在清单所在的文件夹内", f"{name!r} leads out of the list's folder"),
            Text("请把文件放在清单旁边，只写文件名", "put the file beside the list and name it alone"),
        )  # fmt: skip
        return ""
    return name


def _is_within(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # a circle of links, a NUL
        return False


def _rows(fields: Fields) -> int:
    value = fields.raw("rows")
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    return fields.whole("rows") or 0


def _hash(fields: Fields) -> str:
    text = fields.text("hash")
    if text and not _HASH.fullmatch(text):
        listed = ", ".join(f"{one}:…" for one in ALGORITHMS)
        fields.wrong(
            "hash", "wrong-hash-form",
            Text(f"“{text[:40]}”不是带算法名的哈希值", f"{text[:40]!r} is no tagged hash"),
            Text(f"写成{listed}", f"write {listed}"),
        )  # fmt: skip
    return text


def _covers(fields: Fields) -> tuple[str, ...]:
    listed = fields.texts("covers")
    return tuple(code for text in listed for code in re.split(r"[\s,，、;；]+", text) if code)


def _is_sample(fields: Fields) -> bool:
    value = fields.raw("sample")
    if isinstance(value, str):
        return value.strip().lower() in ("是", "yes", "true", "1", "样本")
    return fields.flag("sample", default=False)


# --- between deliveries -------------------------------------------------------------------


def _faults_between(found: Iterable[tuple[Delivery, Where]]) -> Iterator[Fault]:
    listed = list(found)
    by_id: dict[str, Delivery] = {}
    for one, where in listed:
        if one.id in by_id:
            what = Text(f"编号“{one.id}”重复", f"the id {one.id!r} is used twice")
            yield Fault("duplicate-id", what, Text("请改其中一个", "change one of them"), where)
        by_id.setdefault(one.id, one)
    replaced_by: dict[str, str] = {}
    for one, where in listed:
        if one.replaces:
            yield from _wrong_correction(one, by_id.get(one.replaces), where)
            first = replaced_by.setdefault(one.replaces, one.id)
            if first != one.id:
                what = Text(
                    f"“{one.replaces}”已被“{first}”替换",
                    f"{one.replaces!r} is replaced by {first!r} too",
                )
                mend = Text("请替换最后一次更正", "replace the last correction instead")
                yield Fault("replaced-twice", what, mend, where)
    yield from _circles(by_id, {one.id: where for one, where in listed})


def _wrong_correction(one: Delivery, before: Delivery | None, where: Where) -> Iterator[Fault]:
    if before is None:
        what = Text(f"没有编号为“{one.replaces}”的报送", f"there is no delivery {one.replaces!r}")
        mend = Text("请一并给出被替换的报送", "give the delivery that it replaces, too")
        yield Fault("unknown-delivery", what, mend, where)
    elif (before.body, before.table, before.period) != (one.body, one.table, one.period):
        what = Text(
            f"与被替换的“{before.id}”单位、表或期间不同",
            f"body, table or period differ from those of {before.id!r}, which it replaces",
        )
        yield Fault(
            "unlike-correction", what, Text("更正只改内容", "a correction changes rows"), where
        )


def _circles(by_id: Mapping[str, Delivery], where: Mapping[str, Where]) -> Iterator[Fault]:
    for start in by_id.values():
        here, steps = start, 0
        while here.replaces in by_id and steps <= len(by_id):
            here, steps = by_id[here.replaces], steps + 1
        if steps > len(by_id):
            what = Text(
                f"“{start.id}”的更正互相替换", f"the corrections of {start.id!r} run in a circle"
            )
            mend = Text("请改正replaces", "mend replaces")
            yield Fault("circle-of-corrections", what, mend, where[start.id])
