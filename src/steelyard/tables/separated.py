"""Reading CSV: text with a separator between cells. Comma, tab or semicolon, whichever it is."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.tables.encoding import decoded
from steelyard.tables.grid import CELL_LIMIT, Grid, Record, too_many_cells
from steelyard.tables.neutral import restored

SEPARATORS = (",", "\t", ";")
"""The full-width comma is none: it belongs to Chinese text."""

_QUOTED = re.compile('"[^"]*"')
_WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_LONGEST_HEADINGS = 100_000


def read_separated(content: bytes, file: str) -> Grid:
    """
    Raises:
        Faulty: the bytes are no text, the quotation marks do not pair, or the cells are too many.
    """
    text = _text(content, file)
    separator = separator_of(text)
    # Counted before it is read: a line of separators alone would fill the memory.
    if text.count(separator) + text.count("\n") > CELL_LIMIT:
        raise Faulty([too_many_cells(Where(file=file))])
    return Grid(file, "", list(_records(text, separator, file)))


def separated_records(content: bytes, file: str) -> Iterator[Record]:
    """The rows one after the other, however many there are.

    Raises:
        Faulty: as :func:`read_separated`, but for the number of cells; a row whose quotation marks
            do not pair when it is reached.
    """
    text = _text(content, file)
    return _records(text, separator_of(text), file)


def _text(content: bytes, file: str) -> str:
    if content.startswith(_WORKBOOK_STARTS):
        raise Faulty([_is_workbook(file)])
    return decoded(content, file)


def separator_of(text: str) -> str:
    """The separator that the headings hold most of; the comma where they hold none.

    >>> separator_of('城市;"结案率,%";n'), separator_of("城市，结案率")
    (';', ',')
    """
    unquoted = _QUOTED.sub("", text[:_LONGEST_HEADINGS]).lstrip("\r\n")
    headings = re.split("[\r\n]", unquoted, maxsplit=1)[0]
    return max(SEPARATORS, key=headings.count)


def _records(text: str, separator: str, file: str) -> Iterator[Record]:
    # newline="" keeps a line break inside a cell as it was written.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number, line = 1, 1
    try:
        for values in reader:
            originals = [restored(value) if value[:1] == "'" else value for value in values]
            yield Record(number, originals, line if line != number else None)
            number, line = number + 1, reader.line_num + 1
    except csv.Error as error:
        where = Where(file=file, row=number, line=line if line != number else None)
        raise Faulty([_broken_row(error, where)]) from error


def _broken_row(error: csv.Error, where: Where) -> Fault:
    if "field limit" in str(error):
        limit = f"{csv.field_size_limit():,}"
        return Fault(
            "cell-too-long",
            Text(
                f"从此行起有一个单元格超过{limit}个字符，多半是引号没有闭合",
                f"a cell that starts here holds more than {limit} characters, "
                "most likely because its quotation mark never closes",
            ),
            _PAIR_QUOTES,
            where,
        )
    return Fault(
        "unpaired-quotes",
        Text(
            '从此行起引号（"）不成对：有单元格没有闭合，或闭合后还有文字',
            'the quotation marks (") that start in this row do not pair: '
            "a cell is not closed, or text follows its closing mark",
        ),
        _PAIR_QUOTES,
        where,
    )


_PAIR_QUOTES = Text(
    "请补上引号；单元格内的引号要写两个",
    "close the quotation mark; write one inside a cell twice",
)


def _is_workbook(file: str) -> Fault:
    return Fault(
        "wrong-extension",
        Text(
            "这是Excel工作簿，不是CSV文本",
            "this is an Excel workbook under the name of a text file",
        ),
        Text(
            "请将扩展名改为.xlsx，或在Excel中另存为CSV",
            "rename it to .xlsx, or save it as CSV in Excel",
        ),
        Where(file=file),
    )
