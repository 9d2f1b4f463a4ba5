"""What stands on a sheet: its title, its facts, its tables, where it is signed. One value for Word and Excel.

In every text ``{name}`` asks a field: one of the paper, or in the columns of a table one of its row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from steelyard.kernel.bilingual import Lang

_ASK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Fact:
    """A line above the tables: ``单位`` | ``{unit}``."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters of Excel, and what its cells ask.

    ``choices`` are what may be picked in Excel; on paper they are written by hand. ``is_number``: Excel
    can add up what is filled in.
    """

    heading: str
    width: int
    text: str = ""
    choices: tuple[str, ...] = ()
    is_centred: bool = False
    is_number: bool = False

    @property
    def how(self) -> Literal["left", "center", "right"]:
        """Numbers stand at the right, below one another."""
        if self.is_number:
            return "right"
        return "center" if self.is_centred else "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row for each of the list ``of``, and ``spare`` rows to write into.

    ``height`` in points is the least of a row: what is written by hand needs room.
    """

    of: str
    columns: tuple[Column, ...]
    title: str = ""
    spare: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet on A4, across if it is wide. ``signed`` are the lines at its end: 检查人员签名."""

    lang: Lang
    title: str
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    note: str = ""
    signed: tuple[str, ...] = ()
    is_wide: bool = False


def asked(text: str, of: str = "") -> str:
    """A text as a template says it.

    >>> asked("{code} {title}", "row"), asked("第{round}次")
    ('{{ row.code }} {{ row.title }}', '第{{ round }}次')
    """
    owner = f"{of}." if of else ""
    return _ASK.sub(lambda found: f"{{{{ {owner}{found[1]} }}}}", text)
