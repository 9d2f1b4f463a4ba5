"""Which sheets of a file are read? Those that a person sees and that hold something, or one named.

A workbook with one filled sheet needs no name. With several, guessing would be silent: the name
must be given.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.tables.files import empty_file


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet of a file, as one may choose it. Formats without sheets have one without a name."""

    name: str
    is_hidden: bool = False
    is_empty: bool = False


NAMELESS = (Tab(""),)

LIST_OF_FAULTS = Text("错误清单", "Faults")
"""The sheet that stands behind those of a refused workbook."""

_LISTS = re.compile(rf"({LIST_OF_FAULTS.zh}|{LIST_OF_FAULTS.en})( \(\d+\))?")

Choice = Callable[[tuple[Tab, ...]], tuple[str, ...]]
"""The names of the sheets to read, of those there are. May raise Faulty."""


def all_filled(file: str) -> Choice:
    def choose(tabs: tuple[Tab, ...]) -> tuple[str, ...]:
        names = _filled(tabs)
        if not names:
            raise Faulty([empty_file(file)])
        return names

    return choose


def the_one(file: str, name: str | None) -> Choice:
    """The sheet called ``name``; without a name, the only one that is filled and visible.

    The list of faults that a refused workbook came back with is passed over: one mends the coloured
    cells beside it and sends the same file.
    """

    def choose(tabs: tuple[Tab, ...]) -> tuple[str, ...]:
        if name is not None:
            return _named(tabs, name, file)
        names = all_filled(file)(tabs)
        names = tuple(one for one in names if not _LISTS.fullmatch(one)) or names
        if len(names) > 1:
            raise Faulty([_several(file, names)])
        return names

    return choose


def _filled(tabs: tuple[Tab, ...]) -> tuple[str, ...]:
    return tuple(tab.name for tab in tabs if not (tab.is_hidden or tab.is_empty))


def _named(tabs: tuple[Tab, ...], name: str, file: str) -> tuple[str, ...]:
    if tabs == NAMELESS:
        raise Faulty([_no_sheets(file, name)])
    if name not in (tab.name for tab in tabs):
        raise Faulty([_no_such_sheet(file, name, tabs)])
    return (name,)


def _several(file: str, names: tuple[str, ...]) -> Fault:
    return Fault(
        "which-sheet",
        Text(
            f"工作簿中有{len(names)}张有内容的工作表：{'、'.join(names)}",
            f"the workbook has {len(names)} sheets that hold something: {', '.join(names)}",
        ),
        Text(
            "请删去或隐藏其余，或指明要读取哪一张",
            "delete or hide the others, or name the one to read",
        ),
        Where(file=file),
    )


def _no_such_sheet(file: str, name: str, tabs: tuple[Tab, ...]) -> Fault:
    names = [tab.name for tab in tabs]
    return Fault(
        "no-such-sheet",
        Text(f"工作簿中没有工作表“{name}”", f"the workbook has no sheet {name!r}"),
        Text(f"现有：{'、'.join(names)}", f"it has {', '.join(names)}"),
        Where(file=file),
    )


def _no_sheets(file: str, name: str) -> Fault:
    return Fault(
        "no-such-sheet",
        Text(
            f"要读取工作表“{name}”，但这种文件不分工作表",
            f"the sheet {name!r} is asked for, but files of this kind have no sheets",
        ),
        Text("请不要指明工作表，或改用.xlsx", "name no sheet, or use .xlsx"),
        Where(file=file),
    )
