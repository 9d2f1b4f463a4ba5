"""What is wrong with an Excel template? All of it, each at its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where
from steelyard.papers.templates.fields import Field
from steelyard.papers.templates.language import Problem
from steelyard.papers.templates.packages import Package
from steelyard.papers.templates.sheet_asks import Path, against, asks, list_of
from steelyard.papers.templates.spots import BEGIN

_LOST = (
    ("xl/drawings/drawing", Text("图片或者图形", "a picture or shape")),
    ("xl/charts/", Text("图表", "a chart")),
    ("xl/chartsheets/", Text("图表工作表", "a chart sheet")),
    ("xl/pivot", Text("数据透视表", "a pivot table")),
    ("xl/tables/", Text("“表格”对象（超级表）", "a table object")),
    ("xl/slicer", Text("切片器", "a slicer")),
    ("xl/comments", Text("批注", "a comment")),
    ("xl/threadedcomments", Text("批注", "a comment")),
    ("xl/dialogsheets/", Text("对话框", "a dialogue sheet")),
)
"""Parts that cannot be carried over whole, or would go out with every sheet."""

_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_EXTENSIONS = {
    "dataValidation": Text(
        "引用其他工作表的数据有效性", "choices that are listed on another sheet"
    ),
    "conditionalFormatting": Text("新式条件格式", "conditional formats of a newer kind"),
    "sparklineGroup": Text("迷你图", "sparklines"),
}

_FUNCTIONS = {
    "CALL", "DDE", "EXEC", "EVALUATE", "FILTERXML", "HYPERLINK", "IMAGE", "REGISTER", "REGISTER.ID",
    "RTD", "SQL.REQUEST", "WEBSERVICE",
}  # fmt: skip
"""What fetches, runs, or makes a link of a value."""
_IN_QUOTES = re.compile(r'"[^"]*"')
_OTHER_FILE = re.compile(r"\[[^\]]*\][^\[\]]*!|file:|https?:|\\\\", re.IGNORECASE)


def unreadable(error: Exception) -> Fault:
    said = str(error)[:120]
    return Fault(
        "not-a-template",
        Text(f"读不出这个工作簿：{said}", f"the workbook cannot be read: {said}"),
        Text("请用 Excel 或者 WPS 另存一次", "save it anew with Excel or WPS"),
    )


def against_parts(package: Package) -> Iterator[Fault]:
    """What the package holds besides cells."""
    for start, named in _LOST:
        if any(name.lower().startswith(start) for name in package.parts):
            yield _lost(named)
    for name, tree in package.trees.items():
        for tag, named in _EXTENSIONS.items():
            if next(tree.iter(f"{{{_X14}}}{tag}"), None) is not None:
                yield _lost(named)
        if not name.endswith("sharedStrings.xml"):
            yield from _hidden_tags(name, tree)


def _lost(named: Text) -> Fault:
    return Fault(
        "not-carried-over",
        Text(
            f"模板中有{named.zh}，填写时无法保留",
            f"the template holds {named.en}, which cannot be kept",
        ),
        Text(
            "请删去；表格对象请转换为普通区域，选项请列在同一工作表",
            "remove it; turn a table object into a plain range, and list choices on the same sheet",
        ),
    )


def _hidden_tags(name: str, tree: Any) -> Iterator[Fault]:
    for one in tree.iter():
        is_cell = isinstance(one.tag, str) and one.tag.endswith("}t")
        attributes = one.attrib.values() if isinstance(one.tag, str) else ()
        said = [*attributes, one.tail or "", "" if is_cell else one.text or ""]
        found = next(filter(BEGIN.search, said), "")
        if found:
            yield Fault(
                "hidden-tag",
                Text(
                    f"“{found.strip()[:60]}”不在单元格文字中（可能在公式、页眉页脚或者工作表名称中），不会被填写",
                    f"“{found.strip()[:60]}” is not the text of a cell (a formula, a header, a sheet's name) "
                    "and is not filled",
                ),
                Text("请移到单元格中", "move it into a cell"),
                Where(key=name),
            )


def against_book(book: Any, fields: Sequence[Field]) -> Iterator[Fault]:
    """Every sheet, then the names that are defined for the whole workbook."""
    for sheet in book.worksheets:
        yield from _against_sheet(sheet, fields)
    for name, defined in book.defined_names.items():
        for problem in against_formula(defined.attr_text or ""):
            yield _fault(problem, Where(key=name))


def _against_sheet(sheet: Any, fields: Sequence[Field]) -> Iterator[Fault]:
    repeated = set()
    for row in sheet.iter_rows():
        paths: list[Path] = []
        has_problem = False
        for cell in row:
            for problem in _against_cell(cell, fields):
                has_problem = True
                yield _fault(problem, _at(sheet, cell))
            if isinstance(cell.value, str) and cell.data_type != "f":
                paths += asks(cell.value)
        if has_problem:
            continue
        found = list_of(paths)
        if isinstance(found, Problem):
            yield _fault(found, Where(sheet=sheet.title, row=row[0].row))
        elif found:
            repeated.add(row[0].row)
    yield from _against_merges(sheet, repeated)
    yield from _against_rules(sheet)


def _against_cell(cell: Any, fields: Sequence[Field]) -> Iterator[Problem]:
    value = cell.value
    if cell.data_type == "f":
        if not isinstance(value, str):
            yield _array_formula()
        else:
            yield from against_formula(value)
    elif isinstance(value, str):
        yield from against(value, fields)


def _against_merges(sheet: Any, repeated: set[int]) -> Iterator[Fault]:
    for merged in sheet.merged_cells.ranges:
        is_high = merged.max_row > merged.min_row
        if is_high and repeated & set(range(merged.min_row, merged.max_row + 1)):
            yield _fault(
                Problem(
                    "merged-across",
                    Text(
                        f"合并单元格 {merged.coord} 跨越了要重复的行",
                        f"the merged cells {merged.coord} reach beyond a row that is repeated",
                    ),
                    Text("请取消跨行合并，只在同一行内合并", "merge within one row only"),
                ),
                Where(sheet=sheet.title, row=merged.min_row),
            )


def _against_rules(sheet: Any) -> Iterator[Fault]:
    formulas = [
        formula
        for rule in sheet.data_validations.dataValidation
        for formula in (rule.formula1, rule.formula2)
    ]
    for conditional in sheet.conditional_formatting:
        formulas += [formula for rule in conditional.rules for formula in rule.formula]
    formulas += [defined.attr_text for defined in sheet.defined_names.values()]
    for formula in formulas:
        for problem in against_formula(formula or ""):
            yield _fault(problem, Where(sheet=sheet.title))


def against_formula(formula: str) -> Iterator[Problem]:
    """What would fetch from elsewhere, or run a program."""
    bare = _IN_QUOTES.sub('""', formula)
    called = {name.upper().removeprefix("_XLFN.") for name in re.findall(r"([\w.]+)\s*\(", bare)}
    if "|" in bare or _OTHER_FILE.search(bare) or called & _FUNCTIONS:
        yield Problem(
            "formula-reaches-out",
            Text(
                f"公式“{formula[:80]}”会读取外部数据或者运行其他程序",
                f"the formula “{formula[:80]}” fetches data from elsewhere or runs a program",
            ),
            Text(
                "请删去，或者只引用本工作簿的单元格",
                "remove it, or refer to cells of this workbook alone",
            ),
        )


def _array_formula() -> Problem:
    return Problem(
        "array-formula",
        Text("数组公式在行数变化后会出错", "an array formula goes wrong once the rows change"),
        Text("请改为普通公式", "write a plain formula"),
    )


def _at(sheet: Any, cell: Any) -> Where:
    return Where(sheet=sheet.title, row=cell.row, column=cell.column_letter)


def _fault(problem: Problem, where: Where) -> Fault:
    return Fault(problem.code, problem.what, problem.mend, where)
