"""Other units as the user assumes them: a scenario laid over the data, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.model import Scheme
from steelyard.weighing.advice.advise import AS_PUBLISHED
from steelyard.weighing.advice.wording import named, said
from steelyard.weighing.read_values import read_values
from steelyard.weighing.values import Cell, Values
from steelyard.weighing.what_if import Change, find_unit, with_values

_MOST = 6
_NOTHING_ASSUMED = Text(
    f"--rivals的表中没有数值，什么也没有改：{AS_PUBLISHED.zh}",
    f"the table of --rivals holds no values and changed nothing: {AS_PUBLISHED.en}",
)


def with_scenario(
    scheme: Scheme, values: Values, unit: str, table: Path | None, changes: tuple[Change, ...]
) -> tuple[Values, Text]:
    """The values with the rivals' assumed ones laid over them, and what to say of it.

    Args:
        table: a file or folder with some values of some units, in the shapes that data have.
        changes: (unit, input, value as written), applied last.

    Raises:
        Faulty: every fault of the table and the changes; or they are about the unit itself.
    """
    own = find_unit(scheme, unit)
    from_table = {} if table is None else _from_table(scheme, table)
    assumed = dict(from_table)
    if changes:
        _refuse_twice(scheme, changes)
        assumed |= _from_changes(scheme, changes)
    if any(whose == own for _, _, whose in assumed):
        raise Faulty([_about_itself(scheme, own)])
    if not assumed:
        return values, AS_PUBLISHED if table is None else _NOTHING_ASSUMED
    cells: dict[tuple[str, str], Mapping[str, Cell]] = dict(values.cells)
    for (code, period, whose), cell in assumed.items():
        cells[code, period] = {**cells.get((code, period), {}), whose: cell}
    is_idle = table is not None and not from_table
    return replace(values, cells=cells), _sentence(scheme, assumed, is_idle=is_idle)


def _from_table(scheme: Scheme, table: Path) -> dict[tuple[str, str, str], Cell]:
    read = read_values(scheme, table, whole=False)
    return {
        (code, period, whose): cell
        for (code, period), of_units in read.cells.items()
        for whose, cell in of_units.items()
        if cell.value is not None
    }


def _from_changes(scheme: Scheme, changes: tuple[Change, ...]) -> dict[tuple[str, str, str], Cell]:
    changed = with_values(scheme, Values(), changes)
    if changed.fixed:
        raise Faulty([_not_an_input(name) for name, _ in changed.fixed])
    return {
        (code, period, whose): cell
        for (code, period), of_units in changed.cells.items()
        for whose, cell in of_units.items()
    }


def _refuse_twice(scheme: Scheme, changes: tuple[Change, ...]) -> None:
    """The same cell cannot have two values."""
    codes = {name: u.code for u in scheme.assessed for name in (u.title.zh, u.title.en, u.code)}
    cells = [(codes.get(unit, unit), name) for unit, name, _ in changes]
    twice = sorted({cell for cell in cells if cells.count(cell) > 1})
    if twice:
        raise Faulty([_set_twice(unit, name) for unit, name in twice])


def _sentence(
    scheme: Scheme, assumed: Mapping[tuple[str, str, str], Cell], *, is_idle: bool
) -> Text:
    """What is assumed of whom; ``is_idle``: a table was given that holds no values."""
    listed = []
    for (code, _, whose), cell in list(assumed.items())[:_MOST]:
        title, name = scheme.unit[whose].title, named(scheme, code)
        assert cell.value is not None
        value = said(scheme, code, cell.value)
        listed.append(
            Text(
                f"{title.say('zh')}的{name.zh}为{value.zh}",
                f"{title.say('en')}: {name.en} {value.en}",
            )
        )
    zh, en = "，".join(one.zh for one in listed), "; ".join(one.en for one in listed)
    if len(assumed) > _MOST:
        zh, en = f"{zh}等{len(assumed)}个数", f"{en}; {len(assumed)} figures in all"
    idle_zh = "；--rivals的表中没有数值" if is_idle else ""
    idle_en = "; the table of --rivals holds no values" if is_idle else ""
    return Text(f"其他单位按您给的设想计（{zh}），其余按所给数据{idle_zh}",
                f"the other units are taken as you assume them ({en}), and otherwise as in the data"
                f"{idle_en}")  # fmt: skip


def _set_twice(unit: str, name: str) -> Fault:
    return Fault(
        "set-twice",
        Text(f"{unit}.{name}设了不止一次", f"{unit}.{name} is set more than once"),
        Text("每个数据只设一次", "set each value once"),
        Where(file="--set"),
    )


def _about_itself(scheme: Scheme, unit: str) -> Fault:
    title = scheme.unit[unit].title
    return Fault(
        "about-itself",
        Text(f"设想中有{title.say('zh')}自己的数据", f"the scenario changes {title.say('en')} itself"),
        Text("设想只写其他单位；本单位的数据请在--data中改",
             "assume values of the others only; its own stand in --data"),
        Where(file="--rivals, --set"),
    )  # fmt: skip


def _not_an_input(name: str) -> Fault:
    return Fault(
        "unknown-input",
        Text(f"“{name}”是算出来的量，不是数据项", f"{name!r} is computed and no input"),
        Text("请改它所用的数据项", "assume the inputs that it is computed from"),
        Where(file="--set"),
    )
