"""Writing sheets: a file that Excel opens as it was meant, and that is whole or not there.

CSV is written in one way only, so that equal sheets are equal bytes: UTF-8 with a byte order mark
(without it Excel takes Chinese for another encoding), comma, ``\\r\\n``, quotation marks where they
are needed. Text that Excel would run is neutralised (:mod:`steelyard.tables.neutral`); our reader
gives the original back, and anyone else by taking away that one apostrophe.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import math
import os
import threading
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from steelyard.tables.neutral import neutral
from steelyard.tables.sheet import text_of

Written = str | bool | int | float | Fraction | Decimal | date | None
"""What a cell may be given. None is an empty cell; a datetime is a date with its time."""


def write_csv(
    path: str | os.PathLike[str],
    headings: Sequence[str],
    rows: Iterable[Sequence[Written]],
    *,
    bom: bool = True,
) -> None:
    """Write a sheet as CSV, whole or not at all.

    Raises:
        ValueError: a row has not as many cells as there are headings, a number is not finite, or
            a text holds a NUL.
    """
    write_whole(path, csv_bytes(headings, rows, bom=bom))


def csv_bytes(
    headings: Sequence[str], rows: Iterable[Sequence[Written]], *, bom: bool = True
) -> bytes:
    """The bytes that :func:`write_csv` writes.

    >>> csv_bytes(["城市", "n"], [["=1+1", -5]], bom=False).decode()
    "城市,n\\r\\n'=1+1,-5\\r\\n"
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([_written(heading) for heading in headings])
    for number, row in enumerate(rows, 2):
        if len(row) != len(headings):
            raise ValueError(f"row {number} has {len(row)} cells for {len(headings)} headings")
        writer.writerow([_written(value) for value in row])
    return (codecs.BOM_UTF8 if bom else b"") + target.getvalue().encode()


def _written(value: Written) -> str:
    if value is None:
        return ""
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        raise ValueError(f"{value} is not a finite number; write None where there is no value")
    if not isinstance(value, str):
        return text_of(value)
    if "\0" in value:
        raise ValueError(f"the text {value!r} holds a NUL, which no CSV file may")
    return neutral(value)


def write_whole(path: str | os.PathLike[str], content: bytes) -> None:
    """Put ``content`` at ``path``: afterwards the file is the old one or the new one, never half.

    It is written beside its place, forced to the disk and moved there in one step. If that fails
    the old file stands and nothing is left beside it.

    Raises:
        OSError: the folder is missing, not writable or full.
    """
    target = Path(path)
    beside = target.with_name(f".steelyard-{os.getpid()}-{threading.get_ident()}.part")
    try:
        _write_through(beside, content)
        beside.replace(target)
    except BaseException as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        if isinstance(error, OSError) and error.filename is not None:
            # Whoever reads the fault knows the file by the name that they gave.
            error.filename, error.filename2 = str(target), None
        raise
    _settle(target.parent)


def _write_through(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)  # left by a process of the same number that was killed
    with path.open("xb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())


def _settle(folder: Path) -> None:
    """Force the new name to the disk too, where the system lets a folder be opened."""
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
