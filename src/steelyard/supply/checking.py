"""What is wrong with a delivered file? Asked once, when it comes in; the records' own check answers."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.kernel.periods import Period
from steelyard.records.catalogue.model import Catalogue
from steelyard.records.intake.delivery import Delivery

FAULTS_KEPT = 500
"""Of one delivery; the sheet to take away has all of them."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was sent, for a table and a period. ``name``: that under which it is kept."""

    name: str
    content: bytes
    table: str
    period: Period
    cut_off: date


@dataclass(frozen=True, slots=True)
class Checked:
    """``rows`` None: the file has faults, and its rows do not count."""

    rows: int | None
    faults: tuple[Fault, ...]


def check(sheet: Sheet, catalogue: Catalogue) -> Checked:
    """Every fault of a file, each at its cell."""
    from steelyard.records.intake.send import checked

    with lying(sheet) as delivery:
        try:
            return Checked(checked(delivery, catalogue).rows, ())
        except Faulty as error:
            return Checked(None, error.faults)


def faults_sheet(sheet: Sheet, faults: Sequence[Fault], lang: Lang) -> bytes:
    """The sender's own sheet back, the bad cells coloured."""
    from steelyard.tables.fault_report import faults_workbook

    with lying(sheet) as delivery:
        return faults_workbook([delivery.path], faults, lang)


@contextmanager
def lying(sheet: Sheet) -> Iterator[Delivery]:
    """The file in a folder of its own, as the records read it; the folder goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="steelyard-") as folder:
        (Path(folder) / sheet.name).write_bytes(sheet.content)
        yield Delivery(
            id="upload", body=Text(), table=sheet.table, period=sheet.period, cut_off=sheet.cut_off,
            signer="", signed_on=sheet.cut_off, file=sheet.name, rows=0, hash="", folder=Path(folder),
        )  # fmt: skip


# --- kept beside the delivery --------------------------------------------------------------


def as_json(fault: Fault) -> dict[str, Any]:
    where = fault.where
    return {
        "code": fault.code,
        "what": {"zh": fault.what.zh, "en": fault.what.en},
        "mend": {"zh": fault.mend.zh, "en": fault.mend.en},
        "file": where.file,
        "sheet": where.sheet,
        "row": where.row or where.line,
        "column": where.column,
    }


def from_json(kept: dict[str, Any]) -> Fault:
    where = Where(kept["file"], kept["sheet"], row=kept["row"], column=kept["column"])
    return Fault(kept["code"], Text(**kept["what"]), Text(**kept["mend"]), where)


# --- rows ----------------------------------------------------------------------------------

MOST_COMPARED = 50_000


def typed_rows(
    sheet: Sheet, catalogue: Catalogue, only: Collection[str] | None = None
) -> list[dict[str, str]] | None:
    """The rows of a sheet in order, each value written in the one way of its type. ``only``: those of these
    records, of however many there are.

    None if all are asked for and are more than :data:`MOST_COMPARED`. A sheet with faults gives none.
    """
    import duckdb

    from steelyard.records.intake import names
    from steelyard.records.intake.source import source_of
    from steelyard.records.intake.staged import hash_of, stage
    from steelyard.records.query.engine import Limits, settings

    table = catalogue.tables[sheet.table]
    columns = ", ".join(f"CAST({names.name(one.code)} AS VARCHAR)" for one in table.fields)
    with lying(sheet) as sent, duckdb.connect(config=settings(Limits())) as connection:
        source = source_of(connection, sent, 0)
        if only is None and source.rows > MOST_COMPARED:
            return None
        counted = replace(sent, hash=hash_of(sent.path), rows=source.rows)
        faults: list[Fault] = []
        staged = stage(connection, counted, catalogue, 0, faults, source)
        if staged is None or faults:
            return []
        found = connection.execute(
            f"SELECT {columns} FROM {staged.view}"
            f" WHERE $all OR list_contains($only, CAST({names.name(table.key[0])} AS VARCHAR)) ORDER BY _row",
            {"all": only is None, "only": sorted(only or ())},
        ).fetchall()
    codes = [one.code for one in table.fields]
    return [dict(zip(codes, [value or "" for value in row], strict=True)) for row in found]
