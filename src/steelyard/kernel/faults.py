"""What is wrong with an input, where, and what to do about it.

A reader of files gathers *all* faults and raises them once, as :class:`Faulty`. A fault has a
stable ``code`` for programs, tests and translation, and sentences for people. Nobody parses a
sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from steelyard.kernel.bilingual import Lang, Text

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a fault: a file, then a line of text or a row and column of a sheet.

    ``row`` and ``line`` count from 1, as an editor and Excel do; ``column`` is a sheet's letter
    or heading; ``key`` is the path inside a scheme (``items.A3.rule.steps``); ``place`` is one that
    has a name of its own, such as the header of a Word file.
    """

    file: str = ""
    sheet: str = ""
    line: int | None = None
    row: int | None = None
    column: str = ""
    key: str = ""
    place: Text = field(default_factory=Text)

    def say(self, lang: Lang) -> str:
        """
        >>> Where(file="values.csv", row=7, column="cases").say("en")
        'values.csv, row 7, column cases'
        >>> Where(file="scheme.toml", line=12, key="items.A3").say("zh")
        'scheme.toml 第12行 items.A3'
        """
        if lang == "zh":
            parts = [
                self.file,
                f"工作表“{self.sheet}”" if self.sheet else "",
                f"第{self.line}行" if self.line else "",
                f"第{self.row}行" if self.row else "",
                f"“{self.column}”列" if self.column else "",
                self.key,
                self.place.zh,
            ]
            return " ".join(part for part in parts if part)
        parts = [
            self.file,
            f"sheet {self.sheet}" if self.sheet else "",
            f"line {self.line}" if self.line else "",
            f"row {self.row}" if self.row else "",
            f"column {self.column}" if self.column else "",
            self.key,
            self.place.en,
        ]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: a stable code, what and why, what to do, and where."""

    code: str
    what: Text
    mend: Text
    where: Where = field(default_factory=Where)
    level: Level = "error"

    def at(self, where: Where) -> Fault:
        return replace(self, where=where)

    def say(self, lang: Lang) -> str:
        """
        >>> Fault("empty-file", Text("文件是空的", "the file is empty"),
        ...       Text("请检查导出", "export it again"), Where(file="a.csv")).say("en")
        'a.csv: the file is empty; export it again [empty-file]'
        """
        where = self.where.say(lang)
        what, mend = self.what.say(lang), self.mend.say(lang)
        if lang == "zh":
            return (
                f"{where}：{what}；{mend} [{self.code}]"
                if where
                else f"{what}；{mend} [{self.code}]"
            )
        return (
            f"{where}: {what}; {mend} [{self.code}]" if where else f"{what}; {mend} [{self.code}]"
        )


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A kind of entry, row or section of a table, and what is said of one that cannot be read.

    ``entry`` names it: a noun phrase that follows 读不出 and comes before "cannot be read".

    >>> Unreadable("unreadable-day", Text("这一行", "this row"), Text("请改正", "mend it")).at(
    ...     Where(file="a.csv", row=3), "month 13").say("en")
    'a.csv, row 3: this row cannot be read: month 13; mend it [unreadable-day]'
    """

    code: str
    entry: Text
    mend: Text

    def at(self, where: Where, why: object) -> Fault:
        """``why``: what its reader stumbled over, mostly the error itself."""
        what = Text(f"读不出{self.entry.zh}：{why}", f"{self.entry.en} cannot be read: {why}")
        return Fault(self.code, what, self.mend, where)


class Faulty(ValueError):
    """An input was refused. ``faults`` holds every reason, in the order of the input."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__("\n".join(fault.say("en") for fault in self.faults))


def errors(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(fault for fault in faults if fault.level == "error")


def raise_if_any(faults: Iterable[Fault]) -> None:
    """Raise :class:`Faulty` with all errors, if there is one; warnings alone pass."""
    found = errors(faults)
    if found:
        raise Faulty(found)
