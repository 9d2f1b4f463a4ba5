"""What of an assessment is published? Decided for each, as data; what is not named here does not leave.

A scope is a TOML file of its own, beside the scheme:

    format = "steelyard-scope/1"
    series = "guangdong-2021"     # the address of the assessment, for ever
    grades = true                 # the grade of every unit
    best = 0                      # only so many, from the first, are listed; 0: all
    ranks = true                  # the places of those listed
    points = true                 # their totals and dimensions
    items = true                  # every item's points, with the reason
    records = true                # how many records stand behind
    material = false              # the titles of supporting material
    intervals = false             # how sure the ranks are
    replay = true                 # the package that computes it all again
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where, raise_if_any
from steelyard.publication.package import SERIES

FORMAT = "steelyard-scope/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is published of one assessment; everything else stays inside."""

    series: str
    grades: bool = True
    best: int = 0
    ranks: bool = False
    points: bool = False
    items: bool = False
    records: bool = False
    material: bool = False
    intervals: bool = False
    replay: bool = False


NEEDS: tuple[tuple[str, tuple[str, ...], Text], ...] = (
    ("points", ("ranks",), Text("公布得分即公布了名次", "points give the ranks away")),
    ("items", ("points",), Text("各项得分之和就是总分", "the points of items add up to the totals")),
    ("records", ("items",), Text("记录数写在各项理由中", "numbers of records stand in the reasons of items")),
    ("material", ("items",), Text("材料名称列在各项之下", "titles of material stand below the items")),
    ("intervals", ("ranks",), Text("名次区间说的是名次", "an interval speaks of a rank")),
    (
        "replay",
        ("grades", "ranks", "points", "items"),
        Text("复算包含有全部数据，能算出名次、得分和等次", "whoever computes again has everything"),
    ),
)  # fmt: skip
"""What each part gives away besides itself: it is published only together with these."""

OF_ALL: Mapping[str, Text] = {
    "items": Text("理由会写出全组的中位数、最高和最低",
                  "reasons name the median, the most and the least of all units"),
    "replay": NEEDS[-1][2],
}  # fmt: skip
"""What speaks of every unit, so that it is never published of the best alone."""


def read_scope(path: Path) -> Scope:
    """The scope in a TOML file.

    Raises:
        Faulty: with everything that is wrong with it.
    """
    where = Where(file=path.name)
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise Faulty([_unreadable(where, error)]) from error
    return scope_of(document, where)


def scope_of(document: dict[str, Any], where: Where | None = None) -> Scope:
    """
    Raises:
        Faulty: with everything that is wrong with it.
    """
    place = where or Where()
    raise_if_any(list(_misspelt(document, place)))
    said = {name: value for name, value in document.items() if name != "format"}
    scope = Scope(**said)
    raise_if_any(list(contradictions(scope, place)))
    return scope


def contradictions(scope: Scope, where: Where | None = None) -> Iterator[Fault]:
    """Every part that is published while what it gives away is not."""
    for part, needed, why in NEEDS:
        missing = [name for name in needed if not getattr(scope, name)]
        if getattr(scope, part) and missing:
            yield _gives_away(part, missing, why, where or Where())
    for part, why in OF_ALL.items():
        if getattr(scope, part) and scope.best:
            yield _gives_away(part, ["best = 0"], why, where or Where())


def _misspelt(document: dict[str, Any], where: Where) -> Iterator[Fault]:
    if document.get("format") != FORMAT:
        yield _wrong("format", f'"{FORMAT}"', where)
    if not isinstance(series := document.get("series"), str) or not SERIES.fullmatch(series):
        yield _wrong("series", "a-z, 0-9, -", where)
    known = {field.name for field in fields(Scope)}
    for name, value in document.items():
        if name in ("format", "series"):
            continue
        if name not in known:
            yield _unknown(name, sorted(known), where)
        elif not _RIGHT[name == "best"](value):
            yield _wrong(name, "0, 1, 2 …" if name == "best" else "true / false", where)


_RIGHT: tuple[Callable[[object], bool], Callable[[object], bool]] = (
    lambda value: isinstance(value, bool),
    lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
)


def _unreadable(where: Where, error: Exception) -> Fault:
    return Fault(
        "scope-unreadable",
        Text(f"公布范围读不出来：{error}", f"the scope cannot be read: {error}"),
        Text("请给出TOML文件", "give a TOML file"),
        where,
    )


def _wrong(name: str, wanted: str, where: Where) -> Fault:
    return Fault(
        "scope-value",
        Text(f"“{name}”缺失或者不对", f"{name} is missing or wrong"),
        Text(f"应为 {wanted}", f"it should be {wanted}"),
        Where(file=where.file, key=name),
    )


def _unknown(name: str, known: list[str], where: Where) -> Fault:
    return Fault(
        "scope-unknown",
        Text(f"没有“{name}”这一项", f"a scope has no {name!r}"),
        Text(f"可写：{'、'.join(known)}", f"it has {', '.join(known)}"),
        Where(file=where.file, key=name),
    )


def _gives_away(part: str, missing: list[str], why: Text, where: Where) -> Fault:
    return Fault(
        "scope-contradiction",
        Text(f"公布{part}而不公布{'、'.join(missing)}：{why.zh}",
             f"{part} is published and {', '.join(missing)} is not: {why.en}"),
        Text(f"请一并公布{'、'.join(missing)}，或者不公布{part}",
             f"publish {', '.join(missing)} too, or leave {part} out"),
        Where(file=where.file, key=part),
    )  # fmt: skip
