"""A history to take away: one line a field, as CSV or as a workbook."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO

from django.utils import timezone
from django.utils.translation import pgettext as _

from steelyard.history.reading import Act

Line = tuple[str, ...]
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take text for a formula."""


def headings() -> Line:
    return (
        _("history", "When"), _("history", "Who"), _("history", "Account"), _("history", "What was done"),
        _("history", "Code"), _("history", "Field"),
        _("history", "Before"), _("history", "After"), _("history", "Request"),
    )  # fmt: skip


def lines(acts: Iterable[Act]) -> Iterator[Line]:
    for act in acts:
        for write in act.writes:
            at = timezone.localtime(write.at).strftime("%Y-%m-%d %H:%M:%S")
            done = (at, act.who, act.account, write.title, write.action or write.verb)
            for change in write.changes:
                yield (*done, change.label, change.before, change.after, act.request)
            if not write.changes:
                yield (*done, "", "", "", act.request)


def as_csv(acts: Iterable[Act]) -> bytes:
    """UTF-8 with a mark, for Excel; text that would be a formula is put in quotes."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(headings())
    writer.writerows(tuple(_harmless(cell) for cell in line) for line in lines(acts))
    return out.getvalue().encode("utf-8-sig")


def as_workbook(acts: Iterable[Act]) -> bytes:
    import xlsxwriter

    out = BytesIO()
    told = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, told) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, headings(), book.add_format({"bold": True}))
        for number, line in enumerate(lines(acts), start=1):
            sheet.write_row(number, 0, [cell[:32_767] for cell in line])
        sheet.freeze_panes(1, 0)
        for column, width in enumerate((19, 14, 14, 20, 18, 18, 36, 36, 38)):
            sheet.set_column(column, column, width)
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) and cell != "—" else cell
