"""Reading .xlsx: the values by python-calamine, what it leaves out by our own scan (``package``).

A formula counts for the value that Excel cached. A number's text is its shortest writing, with
``%`` or leading zeros where the cell is formatted so; other formats are not imitated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.tables.files import MEBIBYTE, in_mebibytes
from steelyard.tables.grid import CELL_LIMIT, UNCOMPUTED, Grid, Merge, Record, too_many_cells
from steelyard.tables.neutral import restored
from steelyard.tables.package import (
    Notation,
    Package,
    Position,
    Scan,
    repacked,
    scanned,
    unpack,
    unpacked_size,
)
from steelyard.tables.sheet import Formatted, Stored, letters, number_of
from steelyard.tables.tabs import Choice, Tab

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_T = TypeVar("_T")

UNPACKED_LIMIT = 256 * MEBIBYTE
"""Bytes of all parts together; a workbook of 50 MiB of plain numbers unpacks to about that."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_workbook(content: bytes, file: str, choice: Choice) -> tuple[Grid, ...]:
    """The chosen sheets of a workbook.

    Raises:
        Faulty: it is encrypted, broken or too large, or has no sheet to choose.
    """
    _refuse_old_or_encrypted(content, file)
    package = _sound(lambda: _unpack(content, file), file)
    scans = _sound(lambda: _scans(package), file)
    tabs = (Tab(part.name, part.is_hidden, scans[part.name].is_empty) for part in package.sheets)
    names = choice(tuple(tabs))
    _refuse_vast({name: scans[name] for name in names}, file)
    tables = _sound(lambda: _tables(package, names), file)
    return tuple(_grid(file, name, tables[name], scans[name]) for name in names)


def _sound(step: Callable[[], _T], file: str) -> _T:
    """What ``step`` returns. Whatever the libraries raise on broken bytes is one fault."""
    try:
        return step()
    except (Faulty, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # calamine's panics are no Exception
        raise Faulty([_broken(file)]) from error


def _unpack(content: bytes, file: str) -> Package:
    size = unpacked_size(content)
    if size > UNPACKED_LIMIT:
        raise Faulty([_unpacks_to_too_much(file, size)])
    return unpack(content)


def _scans(package: Package) -> dict[str, Scan]:
    return {
        part.name: scanned(package.parts[part.path], package.notations) for part in package.sheets
    }


def _refuse_vast(scans: dict[str, Scan], file: str) -> None:
    """The reader sets out every sheet from A1 to its last row and column."""
    spans = {name: scan.rows * scan.columns for name, scan in scans.items()}
    if sum(spans.values()) > CELL_LIMIT:
        largest = max(spans, key=spans.__getitem__)
        rows, columns = scans[largest].rows, scans[largest].columns
        where = Where(file=file, sheet=largest, row=rows, column=letters(columns - 1))
        raise Faulty([too_many_cells(where)])


@dataclass(frozen=True, slots=True)
class _Table:
    rows: list[list[Stored]]
    merges: tuple[Merge, ...]


def _tables(package: Package, names: tuple[str, ...]) -> dict[str, _Table]:
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(repacked(package, names))
    return {name: _table(workbook.get_sheet_by_name(name)) for name in names}


def _table(sheet: CalamineSheet) -> _Table:
    merges = sheet.merged_cell_ranges or []
    rows = [list(map(_restored, values)) for values in sheet.to_python(skip_empty_area=False)]
    return _Table(
        rows,
        tuple(Merge(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in merges),
    )


def _restored(stored: Stored) -> Stored:
    if isinstance(stored, str):
        return restored(stored)
    return _as_shown(stored) if isinstance(stored, float) else stored


def _as_shown(number: float) -> float:
    """Excel computes in binary, and shows 15 digits: 0.6 + 0.3 is 0.9 to whoever typed the formula.

    >>> _as_shown(0.6 + 0.3), _as_shown(0.1), _as_shown(123456789012345678.0)
    (0.9, 0.1, 1.2345678901234568e+17)
    """
    return number if number.is_integer() else float(f"{number:.15g}")


def _grid(file: str, name: str, table: _Table, scan: Scan) -> Grid:
    _put_back(table.rows, scan)
    records = [Record(number, values) for number, values in enumerate(table.rows, 1)]
    return Grid(file, name, records, table.merges)


def _put_back(rows: list[list[Stored]], scan: Scan) -> None:
    """Error values, formulas without value and notations, where calamine dropped them."""
    lost = scan.error_values | dict.fromkeys(scan.formulas_without_value, UNCOMPUTED)
    for at, stand_in in lost.items():
        _extend_to(rows, at)
        rows[at[0]][at[1]] = stand_in
    for (row, column), notation in scan.notations.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = _formatted(rows[row][column], notation)


def _extend_to(rows: list[list[Stored]], at: Position) -> None:
    row, column = at
    rows.extend([] for _ in range(row + 1 - len(rows)))
    rows[row].extend("" for _ in range(column + 1 - len(rows[row])))


def _formatted(stored: Stored, notation: Notation) -> Stored:
    """
    >>> _formatted(0.923, "percent").text, _formatted(7.0, 6).text, _formatted(0.5, 6)
    ('92.3%', '000007', 0.5)
    """
    number = number_of(stored) if isinstance(stored, int | float) else None
    if number is None:
        return stored
    if notation == "percent":
        percentage = number * 100
        return Formatted(number, f"{plain(percentage)}%")
    if number < 0 or number.denominator != 1:
        return stored
    return Formatted(number, plain(number).rjust(notation, "0"))


def _refuse_old_or_encrypted(content: bytes, file: str) -> None:
    if not content.startswith(_OLE):
        return
    if _ENCRYPTED in content:
        what = Text("工作簿有打开密码", "the workbook is locked with a password")
        mend = Text("请去掉密码后再保存", "save it again without the password")
        raise Faulty([Fault("encrypted-workbook", what, mend, Where(file=file))])
    what = Text("这是旧版Excel工作簿（.xls）", "this is a workbook of old Excel (.xls)")
    mend = Text("请另存为.xlsx", "save it as .xlsx; changing the extension is not enough")
    raise Faulty([Fault("wrong-extension", what, mend, Where(file=file))])


def _broken(file: str) -> Fault:
    return Fault(
        "broken-workbook",
        Text("工作簿已损坏，或不是.xlsx文件", "the workbook is damaged, or is no .xlsx file"),
        Text(
            "请在Excel或WPS中打开，确认无误后另存为.xlsx",
            "open it in Excel, check it and save it as .xlsx",
        ),
        Where(file=file),
    )


def _unpacks_to_too_much(file: str, size: int) -> Fault:
    return Fault(
        "too-large",
        Text(
            f"工作簿解压后为{in_mebibytes(size)}，超过上限{in_mebibytes(UNPACKED_LIMIT)}",
            f"the workbook unpacks to {in_mebibytes(size)}, "
            f"above the limit of {in_mebibytes(UNPACKED_LIMIT)}",
        ),
        Text(
            "请只保留所需的工作表、列和行，删去图片",
            "keep only the sheets, columns and rows that are needed, and no pictures",
        ),
        Where(file=file),
    )
