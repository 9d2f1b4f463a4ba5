"""Why is a sheet of many cases refused, beyond what single answers are refused for?"""

from __future__ import annotations

from steelyard.courts.desk import reading_faults
from steelyard.courts.desk.questions import Question
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where
from steelyard.tables.sheet import Column, Row, Sheet


def blank_cell(question: Question, row: Row, column: Column) -> Fault:
    return reading_faults.empty(question).at(row.where_at(str(column)))


def no_column(question: Question, row: Row) -> Fault:
    """Said once, at the first row that needs it."""
    label = question.label
    return Fault(
        "no-column",
        Text(
            f"缺少“{label.zh}”（{question.code}）列，自第{row.number}行起需要",
            f"there is no column {label.en} ({question.code}), which row {row.number} needs",
        ),
        Text("请补上该列；可用--blank取得空白表", "add it; --blank gives a blank sheet"),
        Where(row.head.file, row.head.name, row=row.head.row),
    )


def column_twice(question: Question, column: Column, sheet: Sheet) -> Fault:
    label = question.label
    return Fault(
        "column-twice",
        Text(f"“{label.zh}”有两列", f"two columns hold {label.en}"),
        Text("请删去或者改名其中一列", "remove or rename one of the two"),
        Where(sheet.file, sheet.name, row=sheet.head.row, column=str(column)),
    )


def more(number: int) -> Fault:
    return Fault(
        "more-faults",
        Text(f"另有{number}处错误未列出", f"{number} more faults are not listed"),
        Text("请先改正以上各处", "mend those above first"),
    )
