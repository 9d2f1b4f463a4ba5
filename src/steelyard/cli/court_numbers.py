"""Which case numbers does a file hold? One a line, or the column of a sheet."""

from __future__ import annotations

from pathlib import Path

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.tables.encoding import decoded
from steelyard.tables.sheet import Sheet

HEADINGS = ("案号", "number", "case_number")
"""What the column of case numbers may be called; a sheet of one column needs no such name."""


def numbers_in(path: Path) -> list[str]:
    """The numbers as written, without blanks inside.

    Raises:
        Faulty: the file cannot be read, or no column of it is the numbers.
    """
    if path.suffix.lower() == ".txt":
        lines = decoded(path.read_bytes(), path.name).splitlines()
        return ["".join(line.split()) for line in lines if line.strip()]
    from steelyard.tables.read import read_sheet

    sheet = read_sheet(path)
    texts = ("".join(cell.text.split()) for cell in sheet.column(_heading(sheet)))
    return [text for text in texts if text]


def _heading(sheet: Sheet) -> str:
    for heading in HEADINGS:
        if heading in sheet:
            return heading
    if len(sheet.headings) == 1:
        return sheet.headings[0]
    listed = ", ".join(HEADINGS)
    what = Text("看不出哪一列是案号", "no column is called case numbers")
    mend = Text(f"请将该列标题写作：{listed}之一", f"call it one of: {listed}")
    raise Faulty([Fault("no-column", what, mend, Where(file=sheet.file, row=sheet.head.row))])
