"""One table of the document, read field by field, with every fault gathered.

A missing optional field is its default; a wrong one is a fault and its default. So that one wrong
field hides no other, nothing here raises.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import TypeVar, cast

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact, is_in_range
from steelyard.kernel.faults import Fault, Where
from steelyard.scheme.formula import Formula, NotAFormula, Number, parse

T = TypeVar("T")
C = TypeVar("C", bound=str)
_CODE = re.compile(r"\S+")


class Faults(list[Fault]):
    """The faults met so far; ``key`` is a path such as ``items[3].rule.steps[0]``."""

    def add(self, code: str, key: str, what: Text, mend: Text) -> None:
        self.append(Fault(code, what, mend, Where(key=key)))

    def warn(self, code: str, key: str, what: Text, mend: Text) -> None:
        self.append(Fault(code, what, mend, Where(key=key), level="warning"))


class Fields:
    """Reads the fields of one table of the document, at the path ``key``."""

    def __init__(self, table: object, key: str, faults: Faults) -> None:
        self.key, self.faults = key, faults
        self._asked: set[str] = set()
        self._table: Mapping[str, object] = {}
        if isinstance(table, Mapping):
            self._table = cast("Mapping[str, object]", table)
        else:
            faults.add(
                "not-a-table", key,
                Text(f"此处应为一组键值，而不是“{table}”", f"a table is expected here, not {table!r}"),
                Text("请写成 { 键 = 值 }", "write { key = value }"),
            )  # fmt: skip

    def path(self, name: str) -> str:
        return f"{self.key}.{name}" if self.key else name

    def has(self, name: str) -> bool:
        return name in self._table

    def raw(self, name: str) -> object:
        self._asked.add(name)
        return self._table.get(name)

    def names(self) -> tuple[str, ...]:
        return tuple(self._table)

    def wrong(self, name: str, code: str, what: Text, mend: Text) -> None:
        self.faults.add(code, self.path(name), what, mend)

    def require(self, name: str) -> None:
        if name not in self._table:
            self.faults.add(
                "key-missing", self.key,
                Text(f"缺少“{name}”", f"{name!r} is missing"),
                Text(f"请补写“{name}”", f"add {name!r}"),
            )  # fmt: skip

    def _read(self, name: str, read: Callable[[object], T], default: T, expected: Text) -> T:
        value = self.raw(name)
        if value is None:
            return default
        try:
            return read(value)
        except (ValueError, TypeError, OverflowError):
            self.wrong(
                name, "wrong-value",
                Text(f"“{value}”不是{expected.zh}", f"{value!r} is not {expected.en}"),
                Text(f"请改为{expected.zh}", f"write {expected.en}"),
            )  # fmt: skip
            return default

    def text(self, name: str, default: str = "") -> str:
        return self._read(name, _text, default, Text("文字", "a text"))

    def code(self, name: str) -> str:
        """A code: a text without spaces. A number counts as its own writing."""
        return self._read(name, _code, "", Text("不含空格的编码", "a code without spaces"))

    def bilingual(self, name: str) -> Text:
        expected = Text("文字或 { zh, en }", "a text, or { zh = …, en = … }")
        return self._read(name, _bilingual, Text(), expected)

    def number(self, name: str) -> Fraction | None:
        return self._read(name, _number, None, Text("一个数", "a number"))

    def whole(self, name: str, default: int | None = None) -> int | None:
        return self._read(name, _whole, default, Text("不小于0的整数", "a whole number from 0 up"))

    def day(self, name: str) -> date | None:
        return self._read(name, _day, None, Text("日期（2021-01-01）", "a day such as 2021-01-01"))

    def choice(self, name: str, choices: Iterable[C], default: C) -> C:
        allowed = tuple(choices)
        listed = ", ".join(allowed)
        expected = Text(f"以下之一：{listed}", f"one of {listed}")
        return self._read(name, lambda value: _member(value, allowed), default, expected)

    def flag(self, name: str, *, default: bool) -> bool:
        """``true`` or ``false``."""
        return self._read(name, _flag, default, Text("true或false", "true or false"))

    def texts(self, name: str) -> tuple[str, ...]:
        """A text, or a list of texts."""
        return self._read(name, _texts, (), Text("文字或文字列表", "a text or a list of texts"))

    def formula(self, name: str) -> Formula | None:
        value = self.raw(name)
        return None if value is None else formula_at(value, self.path(name), self.faults)

    def formulas(self, name: str) -> tuple[Formula, ...]:
        value = self.raw(name)
        listed = value if isinstance(value, list) else [] if value is None else [value]
        read = (
            formula_at(one, f"{self.path(name)}[{index}]", self.faults)
            for index, one in enumerate(listed)
        )
        return tuple(formula for formula in read if formula is not None)

    def list(self, name: str) -> list[object]:
        value = self.raw(name)
        if value is None or isinstance(value, list):
            return list(value or [])
        self.wrong(
            name, "not-a-list",
            Text(f"“{name}”应为列表", f"{name!r} is not a list"),
            Text("请写成 [ … ]", "write [ … ]"),
        )  # fmt: skip
        return []

    def table(self, name: str) -> Fields | None:
        value = self.raw(name)
        return None if value is None else Fields(value, self.path(name), self.faults)

    def done(self) -> None:
        """Every key that nobody asked for is a fault, with the nearest known name."""
        for name in self._table:
            if name not in self._asked:
                self._unknown(name)

    def _unknown(self, name: str) -> None:
        near = difflib.get_close_matches(name, self._asked, n=1)
        mend = (
            Text(f"是否应为“{near[0]}”？", f"did you mean {near[0]!r}?")
            if near
            else Text("请删除", "remove it")
        )
        what = Text(f"不认识的键“{name}”", f"unknown key {name!r}")
        self.faults.add("unknown-key", self.path(name), what, mend)


def formula_at(value: object, key: str, faults: Faults) -> Formula | None:
    """The formula written at ``key``, or a fault and None."""
    try:
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise NotAFormula(
                Text(f"“{value}”不是公式", f"{value!r} is neither a number nor a formula")
            )
        return Number(Fraction(value)) if isinstance(value, int) else _written(value)
    except NotAFormula as error:
        mend = Text(
            "写法见《怎样写细则》“公式”一节", "see “formula” in docs/guides/write_a_scheme.md"
        )
        faults.add("not-a-formula", key, error.why, mend)
        return None


def _written(text: str) -> Formula:
    try:
        return Number(exact(text))
    except ValueError:
        return parse(text)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def _code(value: object) -> str:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(value)
    if not _CODE.fullmatch(text):
        raise ValueError
    return text


def _bilingual(value: object) -> Text:
    if isinstance(value, str):
        return Text(value, value)
    if not isinstance(value, Mapping) or not set(value) <= {"zh", "en"}:
        raise ValueError
    return Text(_text(value.get("zh", "")), _text(value.get("en", "")))


def _number(value: object) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError
    number = exact(value)
    if not is_in_range(number):
        raise ValueError
    return number


def _whole(value: object) -> int | None:
    number = _number(value)
    if number is None or number.denominator != 1 or number < 0:
        raise ValueError
    return int(number)


def _day(value: object) -> date | None:
    if isinstance(value, date) and type(value) is date:
        return value
    return date.fromisoformat(_text(value))


def _member(value: object, allowed: tuple[C, ...]) -> C:
    if value not in allowed:
        raise ValueError
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(_text(one) for one in value)
    return (_text(value),)
