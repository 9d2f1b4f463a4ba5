"""In which order does a reader see the units, and which of them? By what is published, and by nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import exact
from steelyard.kernel.name_order import Order, name_order
from steelyard.publication.results import Assessment, UnitResult

Key = Callable[[UnitResult], Any]


def place_order(title: Text, lang: Lang) -> Order:
    """Where the name of a place stands in a list."""
    return name_order(title, lang, is_read_as_english=True)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a reader may sort by. ``most_first``: what one wants to see first is the most."""

    key: Key
    most_first: bool = False


def columns_of(it: Assessment, lang: Lang) -> Mapping[str, Column]:
    """What may be sorted by, by the word that stands in the address."""
    found = {"name": Column(lambda one: place_order(one.title, lang))}
    if it.scope.ranks:
        found["rank"] = Column(lambda one: exact(one.rank) if one.rank else None)
    if it.scope.points:
        found["points"] = Column(lambda one: one.score, most_first=True)
        for item in it.dimensions:
            found[item.code] = Column(_points_on(item.code), most_first=True)
    if it.scope.grades:
        grades = list(it.grades)
        found["grade"] = Column(lambda one: grades.index(one.grade) if one.grade else None)
    if it.groups:
        groups = list(it.groups)
        found["group"] = Column(lambda one: groups.index(one.group) if one.group else None)
    if it.scope.records:
        found["records"] = Column(lambda one: one.records, most_first=True)
    return found


def _points_on(code: str) -> Key:
    return lambda one: one.items[code].points if code in one.items else None


def _code(one: UnitResult) -> str:
    return one.code


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What a reader asked for; what does not exist was not asked for."""

    sort: str
    is_backwards: bool
    group: str

    @classmethod
    def asked(cls, it: Assessment, lang: Lang, sort: str, group: str) -> Arrangement:
        """``sort`` is a column, with a minus before it the other way round."""
        name = sort.removeprefix("-")
        if name not in columns_of(it, lang):
            name, sort = ("rank" if it.scope.ranks else ""), ""
        return cls(name, sort.startswith("-"), group if group in it.groups else "")

    def units(self, it: Assessment, lang: Lang) -> list[UnitResult]:
        """The listed units, those without a value last whichever way round; equals by their code."""
        shown = [one for one in it.listed if not self.group or one.group == self.group]
        if not self.sort:
            return shown
        column = columns_of(it, lang)[self.sort]
        keys = {one.code: column.key(one) for one in shown}
        known = sorted((one for one in shown if keys[one.code] is not None), key=_code)
        known.sort(key=lambda one: keys[one.code], reverse=column.most_first != self.is_backwards)
        return known + [one for one in shown if keys[one.code] is None]

    def headings(self, it: Assessment, lang: Lang) -> Mapping[str, Heading]:
        """Every column that may be sorted by, with what its heading says and leads to."""
        return {name: self._heading(name, one) for name, one in columns_of(it, lang).items()}

    def _heading(self, name: str, column: Column) -> Heading:
        is_here = name == self.sort
        upwards = column.most_first == self.is_backwards
        state = ("ascending" if upwards else "descending") if is_here else ""
        return Heading(f"-{name}" if is_here and not self.is_backwards else name, state)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading one may sort by. ``sort`` goes into the address; ``state`` is for ``aria-sort``."""

    sort: str
    state: str = ""

    @property
    def column(self) -> str:
        return self.sort.removeprefix("-")


def by_name(
    units: Mapping[str, UnitResult] | tuple[UnitResult, ...], lang: Lang
) -> list[UnitResult]:
    """Units as they stand in a list to choose from."""
    found = units.values() if isinstance(units, Mapping) else units
    return sorted(found, key=lambda one: place_order(one.title, lang))


def grouped(it: Assessment, lang: Lang) -> Iterator[tuple[str, list[UnitResult]]]:
    """Every peer group with its listed units by name; without groups, all under no name."""
    for code, title in it.groups.items() or (("", Text()),):
        units = tuple(one for one in it.listed if one.group == code or not it.groups)
        if units:
            yield title.say(lang), by_name(units, lang)
    if it.groups and (rest := tuple(one for one in it.listed if one.group not in it.groups)):
        yield "", by_name(rest, lang)
