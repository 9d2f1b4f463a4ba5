"""Read the values of a scheme from the tables of a folder, with every fault at its cell.

A table is wide (a column an input), long (a row a value) or a list (several rows a unit). Which one,
its headings tell; nothing of a folder with faults is taken.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import cast

from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.exact import plain
from steelyard.kernel.faults import Fault, Faulty, Where, raise_if_any
from steelyard.scheme.model import Input, InputType, Scheme
from steelyard.tables import cells
from steelyard.tables.read import find_tables, read_sheets
from steelyard.tables.sheet import Cell as SheetCell
from steelyard.tables.sheet import Row, Sheet
from steelyard.weighing.typed_cells import typed_cell
from steelyard.weighing.values import STAGES, Cell, Stage, Status, Value, Values
from steelyard.weighing.values import Row as ListRow

_ALIASES = {
    "unit": ("unit", "单位", "被考核单位", "单位编码", "unit_code"),
    "period": ("period", "期间", "年度", "year"),
    "stage": ("stage", "阶段"),
    "input": ("input", "数据项", "指标"),
    "value": ("value", "数值", "值"),
    "status": ("status", "状态"),
    "source": ("source", "来源", "数据来源"),
}
_BESIDE = (
    "title",
    "title_zh",
    "title_en",
    "name",
    "note",
    "单位名称",
    "名称",
    "备注",
    "unit_title",
)
_STATUSES: Mapping[str, Status] = {
    "": "", "missing": "missing", "缺失": "missing", "no_base": "no_base", "无基数": "no_base",
    "not_applicable": "not_applicable", "不适用": "not_applicable", "n/a": "not_applicable",
    "no_material": "no_material", "无佐证材料": "no_material",
    "unreliable": "unreliable", "数据不可靠": "unreliable",
    "late": "late", "逾期": "late", "forged": "forged", "材料造假": "forged",
}  # fmt: skip
_STAGES = {stage: stage for stage in STAGES} | {
    "自评": "self", "初评": "provisional", "审核": "audited", "终评": "final", "": "final",
}  # fmt: skip


def read_values(
    scheme: Scheme, directory: Path, *, stage: Stage = "final", whole: bool = True
) -> Values:
    """The values in the tables of ``directory``, typed and checked against the scheme.

    ``whole`` asks for every assessed unit; without it some of them will do.

    Raises:
        Faulty: with every fault of every table.
    """
    gathered = _Gathered(scheme, stage)
    for sheet in _sheets(directory, gathered.faults):
        gathered.take(sheet)
    if whole:
        gathered.check_units(directory)
    raise_if_any(gathered.faults)
    return gathered.values()


def _sheets(directory: Path, faults: list[Fault]) -> list[Sheet]:
    files = [directory] if directory.is_file() else find_tables(directory)
    if not files:
        raise Faulty([_no_tables(directory)])
    found: list[Sheet] = []
    for file in files:
        try:
            found.extend(read_sheets(file))
        except Faulty as error:
            faults.extend(error.faults)
    return found


def _no_tables(directory: Path) -> Fault:
    return Fault(
        "no-tables",
        Text("文件夹中没有数据表", "there is no table in the folder"),
        Text("请放入CSV、Excel或Parquet文件", "put CSV, Excel or Parquet files into it"),
        Where(file=directory.name),
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """A cell already taken, and where it stood."""

    cell: Cell
    stage: Stage
    where: Where


@dataclass
class _Gathered:
    """What the tables have given so far."""

    scheme: Scheme
    stage: Stage
    faults: list[Fault] = field(default_factory=list)
    held: dict[tuple[str, str], dict[str, _Held]] = field(default_factory=dict)
    statuses: dict[str, dict[str, Status]] = field(default_factory=dict)
    lists: dict[tuple[str, str], dict[str, list[ListRow]]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    sample: bool = False

    def __post_init__(self) -> None:
        self.periods = {self.scheme.period_label, *self.scheme.earlier}
        self.by_title = _by_title(self.scheme)
        self.inputs_by_title = _inputs_by_title(self.scheme)
        self.declared = _declared(self.scheme)
        self.items = {item.code for item in self.scheme.items}

    def fault(self, code: str, where: Where, what: Text, mend: Text) -> None:
        self.faults.append(Fault(code, what, mend, where))

    # --- which kind of table -------------------------------------------------------------

    def take(self, sheet: Sheet) -> None:
        self.sample = self.sample or sheet.file.startswith(("sample", "样本"))
        columns = _known_columns(sheet)
        if "unit" not in columns:
            self._no_unit_column(sheet)
            return
        name = self._list_name(sheet)
        if name:
            self._take_list(name, sheet, columns)
        elif "input" in columns and "value" in columns:
            self._take_long(sheet, columns)
        else:
            self._take_wide(sheet, columns)

    def _no_unit_column(self, sheet: Sheet) -> None:
        listed = ", ".join(sheet.headings[:8])
        self.fault(
            "no-unit-column", sheet.where,
            Text(f"没有“unit”（单位）列，只有：{listed}",
                 f"there is no column 'unit', only: {listed}"),
            Text("请加一列单位编码，列名写unit或单位", "add a column 'unit' with the units' codes"),
        )  # fmt: skip

    def _list_name(self, sheet: Sheet) -> str:
        stem = Path(sheet.file).stem
        for name in (sheet.name, stem, stem.removeprefix("sample_")):
            if name in self.scheme.lists:
                return name
        return ""

    # --- the three kinds -----------------------------------------------------------------

    def _take_wide(self, sheet: Sheet, columns: Mapping[str, str]) -> None:
        inputs = self._wide_columns(sheet, columns)
        for row in sheet.rows:
            unit, period, stage = self._whose(row, columns)
            if unit is None or period is None or stage is None:
                continue
            for code, heading in inputs.items():
                status = self._status_beside(sheet, row, heading)
                source = _text_beside(sheet, row, f"{heading}:source")
                self._keep(code, row[heading], unit, period, stage, status, source)

    def _wide_columns(self, sheet: Sheet, columns: Mapping[str, str]) -> dict[str, str]:
        """The columns that are inputs, by code; every other column is a fault."""
        found: dict[str, str] = {}
        for heading in sheet.headings:
            base, colon, about = heading.rpartition(":")
            if colon and about in ("status", "source") and base in sheet:
                continue
            code = self._input_code(heading)
            if code is not None:
                found[code] = heading
            elif heading not in columns.values() and heading not in _BESIDE:
                self._unused_column(sheet, heading)
        return found

    def _input_code(self, name: str) -> str | None:
        if name in self.scheme.inputs:
            return name
        return self.inputs_by_title.get(name)

    def _unused_column(self, sheet: Sheet, heading: str) -> None:
        near = difflib.get_close_matches(heading, self.scheme.inputs, n=1)
        mend = (
            Text(
                f"是否应为“{near[0]}”？否则请删除这一列", f"did you mean {near[0]!r}? or remove it"
            )
            if near
            else Text(
                "请删除这一列，或在细则中使用它", "remove the column, or use it in the scheme"
            )
        )
        what = Text(f"没有指标使用“{heading}”这一列", f"no indicator uses the column {heading!r}")
        where = sheet.where
        place = Where(where.file, where.sheet, row=where.row, column=heading)
        self.fault("unused-column", place, what, mend)

    def _take_long(self, sheet: Sheet, columns: Mapping[str, str]) -> None:
        for row in sheet.rows:
            unit, period, stage = self._whose(row, columns)
            name = row[columns["input"]].text.strip()
            status = self._status(row, columns)
            source = _text_beside(sheet, row, columns.get("source", ""))
            code = self._input_code(name)
            if unit is None or period is None or stage is None:
                continue
            if code is not None:
                self._keep(code, row[columns["value"]], unit, period, stage, status, source)
            elif name in self.items and status:
                self.statuses.setdefault(name, {})[unit] = status
            else:
                self._unknown_input(row[columns["input"]], name)

    def _unknown_input(self, cell: SheetCell, name: str) -> None:
        near = difflib.get_close_matches(name, self.scheme.inputs, n=1)
        mend = (
            Text(f"是否应为“{near[0]}”？", f"did you mean {near[0]!r}?")
            if near
            else Text("请改正，或在细则中使用它", "mend it, or use it in the scheme")
        )
        what = Text(f"没有指标使用“{name}”", f"no indicator uses {name!r}")
        self.fault("unknown-input", cell.where, what, mend)

    def _take_list(self, name: str, sheet: Sheet, columns: Mapping[str, str]) -> None:
        used = self.scheme.lists[name]
        missing = [column for column in used if column not in sheet]
        used = {**self._members(name, sheet), **used}
        for column in missing:
            self.fault(
                "no-column", sheet.where,
                Text(f"清单“{name}”缺少“{column}”列", f"the list {name!r} has no column {column!r}"),
                Text("请补上这一列", "add the column"),
            )  # fmt: skip
        for row in sheet.rows:
            unit, period, _ = self._whose(row, columns)
            if unit is None or period is None or missing:
                continue
            typed = {
                column: self._typed(row[column], Input(column, type=kind))
                for column, kind in used.items()
            }
            self.lists.setdefault((name, period), {}).setdefault(unit, []).append(typed)

    def _members(self, name: str, sheet: Sheet) -> dict[str, InputType]:
        """The columns that say who gave a row's marks; only a question about chance needs them."""
        varied = self.scheme.uncertainty
        panels = varied.panels if varied else ()
        return {one.member: "text" for one in panels if one.list == name and one.member in sheet}

    # --- one row, one cell ---------------------------------------------------------------

    def _whose(
        self, row: Row, columns: Mapping[str, str]
    ) -> tuple[str | None, str | None, Stage | None]:
        return (
            self._unit(row[columns["unit"]]),
            self._period(row, columns),
            self._stage(row, columns),
        )

    def _unit(self, cell: SheetCell) -> str | None:
        name = cell.text.strip()
        code = name if name in self.scheme.unit else self.by_title.get(name)
        if code is None:
            near = difflib.get_close_matches(name, [*self.scheme.unit, *self.by_title], n=1)
            mend = (
                Text(f"是否应为“{near[0]}”？", f"did you mean {near[0]!r}?")
                if near
                else Text(
                    "请改正编码，或把它加入细则的units", "mend it, or add it to the scheme's units"
                )
            )
            what = Text(f"细则中没有单位“{name}”", f"the scheme has no unit {name!r}")
            self.fault("unknown-unit", cell.where, what, mend)
            return None
        self.seen.add(code)
        return code

    def _period(self, row: Row, columns: Mapping[str, str]) -> str | None:
        if "period" not in columns:
            return self.scheme.period_label
        cell = row[columns["period"]]
        label = cell.text.strip() or self.scheme.period_label
        if label in self.periods:
            return label
        self.fault(
            "unknown-period", cell.where,
            Text(f"“{label}”不是本期，也不是以前的期间", f"{label!r} is neither this period nor an earlier"),
            Text(f"本期写“{self.scheme.period_label}”；以前的期间写入细则的period.earlier",
                 f"this period is {self.scheme.period_label!r}; list earlier ones in period.earlier"),
        )  # fmt: skip
        return None

    def _stage(self, row: Row, columns: Mapping[str, str]) -> Stage | None:
        if "stage" not in columns:
            return "final"
        cell = row[columns["stage"]]
        stage = _STAGES.get(cell.text.strip().lower())
        if stage is None:
            listed = ", ".join(STAGES)
            self.fault(
                "unknown-stage", cell.where,
                Text(f"不认识的阶段“{cell.text}”", f"unknown stage {cell.text!r}"),
                Text(f"可用：{listed}（自评、初评、审核、终评）", f"use one of {listed}"),
            )  # fmt: skip
        return cast("Stage | None", stage)

    def _status(self, row: Row, columns: Mapping[str, str]) -> Status:
        return self._status_in(row[columns["status"]]) if "status" in columns else ""

    def _status_beside(self, sheet: Sheet, row: Row, heading: str) -> Status:
        beside = f"{heading}:status"
        return self._status_in(row[beside]) if beside in sheet else ""

    def _status_in(self, cell: SheetCell) -> Status:
        status = _STATUSES.get(cell.text.strip().lower())
        if status is None:
            listed = "missing, no_base, not_applicable, no_material, unreliable, late, forged"
            self.fault(
                "unknown-status", cell.where,
                Text(f"不认识的状态“{cell.text}”", f"unknown status {cell.text!r}"),
                Text(f"可用：{listed}（缺失、无基数、不适用、无佐证材料、数据不可靠、逾期）",
                     f"use one of {listed}"),
            )  # fmt: skip
        return status or ""

    def _keep(
        self, code: str, cell: SheetCell, unit: str, period: str, stage: Stage, status: Status,
        source: str,
    ) -> None:  # fmt: skip
        """Take one value, unless a later stage is held; two of one stage are a fault."""
        if STAGES.index(stage) > STAGES.index(self.stage):
            return
        if cells.absent(cell) is cells.Absent.NOT_APPLICABLE:
            status = status or "not_applicable"
        absent = status in ("missing", "no_base", "not_applicable")
        value = None if absent else self._typed(cell, self.scheme.inputs[code])
        of_units = self.held.setdefault((code, period), {})
        held = of_units.get(unit)
        if held is not None and held.stage == stage:
            self._twice(code, cell, held)
        elif held is None or STAGES.index(stage) > STAGES.index(held.stage):
            source = source or f"{cell.where.file}, {plain(Fraction(cell.row.number))}"
            of_units[unit] = _Held(Cell(value, status, same(source)), stage, cell.where)

    def _twice(self, code: str, cell: SheetCell, held: _Held) -> None:
        self.fault(
            "two-values", cell.where,
            Text(f"“{code}”已有一个值（{held.where.say('zh')}）",
                 f"{code!r} already has a value ({held.where.say('en')})"),
            Text("请只保留一个", "keep one of them"),
        )  # fmt: skip

    def _typed(self, cell: SheetCell, wanted: Input) -> Value | None:
        value, faults = typed_cell(cell, wanted, declared=wanted.code in self.declared)
        self.faults.extend(faults)
        return value

    # --- the whole -----------------------------------------------------------------------

    def check_units(self, directory: Path) -> None:
        """Every assessed unit has at least one row somewhere."""
        if self.faults and not self.seen:
            return
        for unit in self.scheme.assessed:
            if unit.code not in self.seen:
                self.fault(
                    "unit-without-data", Where(file=directory.name),
                    Text(f"没有{unit.title.say('zh')}（{unit.code}）的数据",
                         f"{unit.title.say('en')} ({unit.code}) is missing from the data"),
                    Text("请补报；确无数据的，也请列出该单位并留空",
                         "deliver it; if there is none, list the unit and leave its cells blank"),
                )  # fmt: skip

    def values(self) -> Values:
        taken = {
            key: {unit: held.cell for unit, held in of_units.items()}
            for key, of_units in self.held.items()
        }
        lists = {
            key: {unit: tuple(rows) for unit, rows in of_units.items()}
            for key, of_units in self.lists.items()
        }
        return Values(taken, self.statuses, lists, self.stage, sample=self.sample)


def _known_columns(sheet: Sheet) -> dict[str, str]:
    """The headings that say whose value it is, by what they mean."""
    found: dict[str, str] = {}
    for meaning, aliases in _ALIASES.items():
        for alias in aliases:
            if alias in sheet:
                found.setdefault(meaning, alias)
    return found


def _by_title(scheme: Scheme) -> dict[str, str]:
    """Units by titles that only one unit has."""
    found: dict[str, list[str]] = {}
    for unit in scheme.units:
        for title in {unit.title.zh, unit.title.en} - {""}:
            found.setdefault(title, []).append(unit.code)
    return {title: codes[0] for title, codes in found.items() if len(codes) == 1}


def _inputs_by_title(scheme: Scheme) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for one in scheme.inputs.values():
        for title in {one.title.zh, one.title.en} - {""}:
            found.setdefault(title, []).append(one.code)
    return {title: codes[0] for title, codes in found.items() if len(codes) == 1}


def _declared(scheme: Scheme) -> set[str]:
    listed = scheme.document.get("inputs")
    return {str(one.get("code")) for one in listed} if isinstance(listed, list) else set()


def _text_beside(sheet: Sheet, row: Row, heading: str) -> str:
    return row[heading].text.strip() if heading and heading in sheet else ""
