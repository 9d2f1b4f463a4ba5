"""The sheet of a visit as a workbook, for a place without network: A4, one item a row, room to write."""

from __future__ import annotations

import io
from datetime import datetime

from steelyard.assessment.models import Visit
from steelyard.assessment.queries.visits import Sheet, SheetRow
from steelyard.kernel.bilingual import Lang, Text

TITLE = Text("实地检查表", "Visit sheet")
HEADS = (
    (Text("项目", "Item"), 16),
    (Text("分值", "Points"), 7),
    (Text("评分规则", "Rule"), 34),
    (Text("单位自评和说明", "What the unit said"), 34),
    (Text("检查情况", "What was found"), 34),
    (Text("是否问题", "Defect"), 9),
    (Text("地点", "Place"), 14),
    (Text("照片编号", "Photographs"), 11),
)
_NOT_SIGNED = Text("（尚未签发报送）", "(not signed yet)")
_SELF = Text("自评{points}分", "own score: {points}")
_MATERIAL = Text("佐证材料：", "material: ")
_YES_NO = {"zh": ["是", "否"], "en": ["yes", "no"]}
_TOP = 6
"""Rows above the table."""
_SPARE = 5
"""Rows for what is found besides."""
_LINE = 16
"""Points of a line."""


def visit_sheet(visit: Visit, sheet: Sheet, lang: Lang) -> bytes:
    """The bytes of an .xlsx file, the same for the same visit. Every text is a text, never a formula."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        page = book.add_worksheet(TITLE.say(lang))
        page.set_landscape()
        page.set_paper(9)
        page.set_margins(0.5, 0.5, 0.6, 0.6)
        page.fit_to_pages(1, 0)
        page.set_footer("&C&P / &N")
        bold = book.add_format({"bold": True, "font_size": 14})
        cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        head = book.add_format(
            {"bold": True, "text_wrap": True, "border": 1, "bg_color": "#DDEBF7"}
        )
        page.write_string(0, 0, f"{visit.assessment.title.say(lang)} · {TITLE.say(lang)}", bold)
        for at, (name, value) in enumerate(facts(visit, lang), 1):
            page.write_string(at, 0, name)
            page.write_string(at, 1, value)
        for at, (title, width) in enumerate(HEADS):
            page.set_column(at, at, width)
            page.write_string(_TOP, at, title.say(lang), head)
        page.repeat_rows(_TOP)
        page.freeze_panes(_TOP + 1, 1)
        lines = [_cells(row, sheet.is_signed, lang) for row in sheet.rows]
        for row, line in enumerate([*lines, *[("",) * 4] * _SPARE], _TOP + 1):
            page.set_row(row, _height(line))
            for at in range(len(HEADS)):
                page.write_string(row, at, line[at] if at < len(line) else "", cell)
        last = _TOP + len(lines) + _SPARE
        page.data_validation(
            _TOP + 1, 5, last, 5, {"validate": "list", "source": _YES_NO[lang], "show_error": False}
        )
        page.print_area(0, 0, last, len(HEADS) - 1)
    return target.getvalue()


def facts(visit: Visit, lang: Lang) -> list[tuple[str, str]]:
    kind = (
        Text("不打招呼", "unannounced") if visit.is_unannounced else Text("事先通知", "announced")
    )
    return [
        (Text("被检查单位", "Unit").say(lang), visit.unit.name.say(lang)),
        (Text("检查日期", "Day").say(lang), f"{visit.planned_on} ({kind.say(lang)})"),
        (Text("检查组", "Team").say(lang), visit.team),
        (Text("地点", "Places").say(lang), "; ".join(visit.places.splitlines())),
    ]


def _cells(row: SheetRow, is_signed: bool, lang: Lang) -> tuple[str, ...]:
    rule = row.rule
    if row.material:
        rule += f"\n{_MATERIAL.say(lang)}{row.material}"
    return f"{row.code} {row.title}", row.points, rule, _own(row, is_signed, lang)


def _own(row: SheetRow, is_signed: bool, lang: Lang) -> str:
    if not is_signed:
        return _NOT_SIGNED.say(lang)
    lines = [_SELF.say(lang).format(points=row.self_score)] if row.self_score else []
    lines += [f"{name}: {value}" for name, value in row.figures]
    return "\n".join([*lines, *([row.statement] if row.statement else [])])


def _height(line: tuple[str, ...]) -> float:
    """Room for what is printed, and three lines at least for what is written by hand."""
    widest = max((_lines(text, HEADS[at][1]) for at, text in enumerate(line)), default=0)
    return float(min(max(widest, 3) * _LINE, 400))


def _lines(text: str, width: int) -> int:
    return sum(
        1 + sum(2 if ord(one) > 255 else 1 for one in part) // width for part in text.split("\n")
    )
