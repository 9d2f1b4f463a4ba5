"""A sheet from a template that the office edits in Excel: checked whole, then filled.

packages.py (may this file be a template) → sheet_asks.py (what the cells ask) and sheet_check.py (what is
wrong) → sheet_moves.py (where everything goes) and sheet_fill.py (the filled workbook).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

from steelyard.kernel.faults import Fault, Faulty, raise_if_any
from steelyard.papers.packed import packed
from steelyard.papers.templates.fields import Field, Values, checked
from steelyard.papers.templates.packages import opened
from steelyard.papers.templates.sheet_check import against_book, against_parts, unreadable
from steelyard.papers.templates.sheet_fill import fill_book

_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(<)")
_CORE = "docProps/core.xml"


def sheet_faults(template: bytes, fields: Iterable[Field]) -> tuple[Fault, ...]:
    """Everything that is wrong with a template; empty if it can be used."""
    try:
        _checked(template, tuple(fields))
    except Faulty as faulty:
        return faulty.faults
    return ()


def fill_sheet(template: bytes, fields: Iterable[Field], values: Values) -> bytes:
    """The sheet as .xlsx: the same template and values give the same bytes. Every value is a text.

    Raises:
        Faulty: the template is at fault, see :func:`sheet_faults`; or a value is longer than Excel
            takes, or the rows are more.
        ValueError: the values are not those of the fields.
    """
    asked = tuple(fields)
    row = checked(asked, values)
    book = _checked(template, asked)
    raise_if_any(fill_book(book, row))
    target = io.BytesIO()
    book.save(target)
    return _undated(target.getvalue())


def _checked(template: bytes, fields: tuple[Field, ...]) -> Any:
    """The template as openpyxl's workbook.

    Raises:
        Faulty: it is at fault.
    """
    package = opened(template, "xlsx")
    found = list(against_parts(package))
    raise_if_any(dict.fromkeys(found))
    book = _loaded(template)
    raise_if_any(dict.fromkeys(against_book(book, fields)))
    return book


def _loaded(template: bytes) -> Any:
    import warnings

    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # of what it leaves out; against_parts said what matters
            return openpyxl.load_workbook(io.BytesIO(template))
    except Exception as error:  # whatever the library stumbles over in a file made by hand
        raise Faulty([unreadable(error)]) from error


def _undated(content: bytes) -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts[_CORE] = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", parts[_CORE])
    return packed(parts)
