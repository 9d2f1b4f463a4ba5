"""Read a table of costs and feasible ranges, with every fault at its cell.

One row an input: ``input``, ``cost`` of each unit of measure, ``step``, ``least``, ``most``, and
perhaps ``unit`` (the row is for that unit alone). An input of yes or no, or of text, has the cost of
switching, and under ``to`` the value to switch to.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import is_in_range
from steelyard.kernel.faults import Fault, Where, raise_if_any
from steelyard.scheme.model import Input, Scheme
from steelyard.tables import cells
from steelyard.tables.read import read_sheets
from steelyard.tables.sheet import Cell, Row, Sheet
from steelyard.weighing.advice.levers import Cost
from steelyard.weighing.typed_cells import typed_cell
from steelyard.weighing.values import Value

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "input": ("input", "数据项", "指标"),
    "cost": ("cost", "成本", "单位成本", "每单位成本"),
    "step": ("step", "步长"),
    "least": ("least", "最低", "下限"),
    "most": ("most", "最高", "上限"),
    "to": ("to", "改为"),
    "unit": ("unit", "单位", "被考核单位"),
}
_BESIDE = ("title", "note", "source", "名称", "备注", "来源", "说明", "unit_of_measure", "计量单位")
_NUMBERS = ("number", "count", "share")


def read_costs(scheme: Scheme, path: Path) -> tuple[Cost, ...]:
    """The rows of a cost table.

    Raises:
        Faulty: every gap, every input that the scheme does not have, every figure that makes no
            sense, each at its cell.
    """
    gathered = _Gathered(scheme)
    for sheet in read_sheets(path):
        gathered.take(sheet)
    if not gathered.costs and not gathered.faults:
        gathered.faults.append(_no_rows(path))
    raise_if_any(gathered.faults)
    return tuple(gathered.costs)


@dataclass
class _Gathered:
    scheme: Scheme
    faults: list[Fault] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)
    seen: dict[tuple[str, str, Value | None], Where] = field(default_factory=dict)

    def take(self, sheet: Sheet) -> None:
        columns = {
            meaning: alias
            for meaning, aliases in _COLUMNS.items()
            for alias in reversed(aliases)
            if alias in sheet
        }
        self._check_headings(sheet, columns)
        if {"input", "cost"} <= columns.keys():
            for row in sheet.rows:
                self._take_row(row, columns)

    def _check_headings(self, sheet: Sheet, columns: Mapping[str, str]) -> None:
        for needed in ("input", "cost"):
            if needed not in columns:
                names = "、".join(_COLUMNS[needed])
                self._fault(
                    "no-column", sheet.where,
                    Text(f"没有“{names}”列", f"there is no column {needed!r}"),
                    Text("请补上这一列", "add the column"),
                )  # fmt: skip
        for heading in sheet.headings:
            if heading not in columns.values() and heading not in _BESIDE:
                where = Where(sheet.file, sheet.name, row=sheet.where.row, column=heading)
                listed = ", ".join(_COLUMNS)
                self._fault(
                    "unused-column", where,
                    Text(f"不认识“{heading}”这一列", f"the column {heading!r} is not understood"),
                    Text(f"可用：{listed}；其余请删除", f"use {listed}; remove others"),
                )  # fmt: skip

    def _take_row(self, row: Row, columns: Mapping[str, str]) -> None:
        before = len(self.faults)
        wanted = self._input(row[columns["input"]])
        unit = self._unit(row, columns)
        cost = self._number(row, columns, "cost")
        if cost is not None and cost < 0:
            self._wrong(
                row[columns["cost"]], "negative-cost", "成本不能小于0", "a cost is 0 or more"
            )
        if wanted is None:
            return
        made = (
            self._range(wanted, row, columns, cost, unit)
            if wanted.type in _NUMBERS
            else self._switch(wanted, row, columns, cost, unit)
        )
        if made is not None and len(self.faults) == before:
            self._keep(made, row)

    def _range(
        self, wanted: Input, row: Row, columns: Mapping[str, str], cost: Fraction | None, unit: str
    ) -> Cost | None:
        step, least, most = (self._number(row, columns, name) for name in ("step", "least", "most"))
        if step is not None and step <= 0:
            self._wrong(row[columns["step"]], "wrong-step", "步长须大于0", "a step is above 0")
        if least is not None and most is not None and least > most:
            self._wrong(row[columns["least"]], "wrong-range", "最低大于最高", "least is above most")
        for name, number in (("least", least), ("most", most)):
            if number is not None:
                _, faults = typed_cell(row[columns[name]], wanted)
                self.faults.extend(fault for fault in faults if fault.code == "out-of-bounds")
        if wanted.type == "count" and step is not None and step.denominator != 1:
            self._wrong(row[columns["step"]], "wrong-step", "数量的步长应为整数",
                        "the step of a count is a whole number")  # fmt: skip
        if cost is None or step is None or least is None or most is None:
            return None
        return Cost(wanted.code, cost, step, least, most, unit=unit, where=row.where)

    def _switch(
        self, wanted: Input, row: Row, columns: Mapping[str, str], cost: Fraction | None, unit: str
    ) -> Cost | None:
        if wanted.type == "date":
            self._wrong(row[columns["input"]], "no-lever", "日期不能作为可改进项",
                        "a date cannot be a lever")  # fmt: skip
            return None
        if "to" not in columns:
            self._gap(row.where_at("to"), "to")
            return None
        value, faults = typed_cell(row[columns["to"]], wanted)
        self.faults.extend(faults)
        if value is None and not faults:
            self._gap(row[columns["to"]].where, "to")
        if value is None or cost is None:
            return None
        return Cost(wanted.code, cost, to=value, unit=unit, where=row.where)

    # --- one cell -----------------------------------------------------------------------------

    def _input(self, cell: Cell) -> Input | None:
        name = cell.text.strip()
        for one in self.scheme.inputs.values():
            if name and name in (one.code, one.title.zh, one.title.en):
                return one
        near = difflib.get_close_matches(name, self.scheme.inputs, n=1)
        mend = (
            Text(f"是否应为“{near[0]}”？", f"did you mean {near[0]!r}?")
            if near
            else Text("请写细则中的数据项；清单的各行不是可改进项",
                      "name an input of the scheme; rows of lists are no levers")
        )  # fmt: skip
        what = Text(f"细则没有数据项“{name}”", f"the scheme has no input {name!r}")
        self.faults.append(Fault("unknown-input", what, mend, cell.where))
        return None

    def _unit(self, row: Row, columns: Mapping[str, str]) -> str:
        name = row[columns["unit"]].text.strip() if "unit" in columns else ""
        if not name:
            return ""
        for unit in self.scheme.units:
            if name in (unit.code, unit.title.zh, unit.title.en):
                return unit.code
        self._wrong(row[columns["unit"]], "unknown-unit", f"细则中没有单位“{name}”",
                    f"the scheme has no unit {name!r}")  # fmt: skip
        return ""

    def _number(self, row: Row, columns: Mapping[str, str], name: str) -> Fraction | None:
        if name not in columns:
            self._gap(row.where_at(name), name)
            return None
        cell = row[columns[name]]
        answer = cells.number(cell)
        if isinstance(answer, Fault):
            self.faults.append(answer)
        elif isinstance(answer, cells.Absent):
            self._gap(cell.where, name)
        elif not is_in_range(answer):
            self._wrong(
                cell, "out-of-bounds", "数值太大或太细", "the figure is too large or too fine"
            )
        else:
            return answer
        return None

    def _gap(self, where: Where, name: str) -> None:
        says = {"cost": "成本", "step": "步长", "least": "最低", "most": "最高", "to": "改为"}[name]
        self._fault(
            "cost-gap", where,
            Text(f"没有填“{says}”", f"{name!r} is not filled in"),
            Text("请补上；不打算改进的数据项请整行删去",
                 "fill it in; remove the row of an input that is not to be changed"),
        )  # fmt: skip

    def _wrong(self, cell: Cell, code: str, zh: str, en: str) -> None:
        said = Text(f"“{cell.text}”：{zh}", f"{cell.text!r}: {en}")
        self._fault(code, cell.where, said, Text("请改正", "mend it"))

    def _keep(self, cost: Cost, row: Row) -> None:
        """Two rows for the same input (and unit, and value to switch to) are a fault."""
        key = (cost.input, cost.unit, cost.to)
        if key in self.seen:
            self._fault(
                "two-costs", row.where,
                Text(f"“{cost.input}”已有一行（{self.seen[key].say('zh')}）",
                     f"{cost.input!r} already has a row ({self.seen[key].say('en')})"),
                Text("请只保留一行", "keep one of them"),
            )  # fmt: skip
            return
        self.seen[key] = row.where
        self.costs.append(cost)

    def _fault(self, code: str, where: Where, what: Text, mend: Text) -> None:
        self.faults.append(Fault(code, what, mend, where))


def _no_rows(path: Path) -> Fault:
    what = Text("成本表没有一行数据", "the cost table has no row")
    mend = Text("请每个可改进的数据项写一行", "write a row for each input that may be changed")
    return Fault("no-costs", what, mend, Where(file=path.name))
