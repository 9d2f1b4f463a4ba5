"""The report of faults as a workbook: read, lay out, mark, list, and write the same bytes always."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from steelyard.kernel.bilingual import LANGS, Lang
from steelyard.kernel.faults import Fault
from steelyard.tables.fault_report import listing
from steelyard.tables.fault_report.listing import Entry, write_list
from steelyard.tables.fault_report.marks import AUTHOR, mark, unmark
from steelyard.tables.fault_report.pages import Laid, free_name, laid_out
from steelyard.tables.fault_report.places import Reach, Spot, spot_of
from steelyard.tables.fault_report.sources import Page, read_sources

if TYPE_CHECKING:
    from openpyxl import Workbook

_NO_TIME = datetime(1980, 1, 1)
"""The first moment that a zip file can name."""

_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(?=</dcterms:modified>)")


def faults_workbook(files: Sequence[Path], faults: Sequence[Fault], lang: Lang) -> bytes:
    """The senders' sheets with every fault shown where it is, behind a list of all of them.

    One workbook comes back as it was, its sheets, widths and formats kept; CSV, TSV and Parquet
    files become sheets of text; several files come together in one workbook. A file that cannot
    be opened is no error here: its faults are listed without a cell.

    Args:
        files: what was sent.
        faults: what is wrong; ``where.file`` names one of ``files``, by its name or with folders.
        lang: the language of the list and the comments.

    Returns:
        An .xlsx file. The same files and faults give the same bytes.
    """
    sources = read_sources(files, faults)
    book, laid = laid_out(sources, lang)
    _drop_earlier(book)
    spots = [spot_of(fault.where, sources) for fault in faults]
    cells = [_cell(spot, laid) for spot in spots]
    _mark_all(cells, spots, faults, lang)
    entries = [
        Entry(fault, spot.value if spot else "", cell)
        for fault, spot, cell in zip(faults, spots, cells, strict=True)
    ]
    name = free_name(listing.NAME.say(lang), book.sheetnames)
    write_list(book, name, entries, sources, lang)
    return _saved(book)


def _drop_earlier(book: Workbook) -> None:
    """The list and the marks of a report that was mended and sent again."""
    unmark(book)
    titles = {listing.TITLE.say(lang) for lang in LANGS}
    for sheet in book.worksheets:
        if sheet.cell(1, 1).value in titles:
            book.remove(sheet)


def _cell(spot: Spot | None, laid: dict[Page, Laid]) -> Any | None:
    return laid[spot.page].cell(spot.row, spot.column) if spot else None


def _mark_all(
    cells: Sequence[Any | None],
    spots: Sequence[Spot | None],
    faults: Sequence[Fault],
    lang: Lang,
) -> None:
    told: dict[tuple[str, str], list[tuple[Reach, Fault]]] = {}
    marked: dict[tuple[str, str], Any] = {}
    for cell, spot, fault in zip(cells, spots, faults, strict=True):
        if cell is not None and spot is not None:
            key = (cell.parent.title, cell.coordinate)
            marked[key] = cell
            told.setdefault(key, []).append((spot.reach, fault))
    for key, cell in marked.items():
        mark(cell, told[key], lang)


def _saved(book: Workbook) -> bytes:
    book.properties.creator = book.properties.creator or AUTHOR
    if book.properties.creator == "openpyxl":
        book.properties.creator, book.properties.created = AUTHOR, _NO_TIME
    target = io.BytesIO()
    book.save(target)
    return _timeless(target.getvalue())


def _timeless(content: bytes) -> bytes:
    """The package without the moment at which it was written."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == _CORE:
                part = _MODIFIED.sub(rb"\g<1>" + f"{_NO_TIME.isoformat()}Z".encode(), part)
            entry = zipfile.ZipInfo(name, _NO_TIME.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return target.getvalue()
