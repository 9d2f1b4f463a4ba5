"""Rows by a key, and by a place: 省级5分、市级3分; 第一名得10分."""

from __future__ import annotations

from fractions import Fraction

from steelyard.kernel.exact import exact
from steelyard.scheme.wording.arranging.conditions import given
from steelyard.scheme.wording.arranging.work import Part, Undecided, Work, is_number, signed
from steelyard.scheme.wording.clauses import Condition, HighestOnce, Place, Row, TableOf
from steelyard.scheme.wording.kinds import is_a_place


def tables(work: Work) -> list[Part]:
    for one in work.all(TableOf)[:1]:
        rows: Part = {row.key: signed(row.award) for row in one.rows}
        return [work.closed({"table": work.namer.name(one.subject, "text"), "rows": rows})]
    listed = work.all(Row)
    return _rows(listed, work) if listed else []


def _rows(rows: list[Row], work: Work) -> list[Part]:
    """The one level that was reached, unless the levels make the item's points together."""
    if any(row.award.taken for row in rows):
        raise Undecided(
            "各级扣分是按次数还是择一，没有写", "whether the deductions are per case is not said"
        )
    work.all(HighestOnce)
    amounts = [exact(row.award.points) for row in rows if is_number(row.award.points)]
    most = max(amounts, default=Fraction(0))
    if work.kind == "item" and len(amounts) == len(rows) and work.points not in (None, most):
        return _added(rows, amounts, work)
    work.read_into("按达到的一级计分，各级不相加", "the one level that was reached counts")
    kind = "级别" if any("级" in row.key for row in rows) else "等次"
    points = {row.key: row.award.points for row in rows}
    part: Part = {"table": work.namer.name(kind, "text"), "rows": points}
    return [work.closed(part, 0 if kind == "级别" else None)]


def _added(rows: list[Row], amounts: list[Fraction], work: Work) -> list[Part]:
    if sum(amounts, Fraction(0)) != work.points:
        raise Undecided(
            "各级得分是相加还是择一，没有写清（合计与分值不符）",
            "whether the levels add up or exclude each other is not said: their sum is not the points",
        )
    work.read_into("各级得分合计等于分值，按相加", "the levels make the points together: added up")
    return [given(Condition(row.key), row.award, work) for row in rows]


def places(work: Work) -> list[Part]:
    """By the place that the data give."""
    listed = work.all(Place)
    if not listed:
        return []
    named = {one.of for one in listed if one.of}
    if len(named) > 1:
        raise Undecided(
            "按哪一项的名次计分，没有写清", "by whose places points are given is not clear"
        )
    said = "".join(named)
    is_named_so = is_a_place(work.namer.base) and not said
    words = f"{'' if said in work.namer.base else said}名次"
    of = work.namer.name("" if is_named_so else words, "count", "名")
    if all(one.first == one.last for one in listed):
        rows: Part = {str(one.first): signed(one.award) for one in listed}
        return [work.closed({"table": of, "rows": rows})]
    steps = [[_band(one), signed(one.award)] for one in listed]
    is_open = all(one.last is not None for one in listed)
    return [work.closed({"ladder": of, "steps": steps}, 0 if is_open else None)]


def _band(place: Place) -> str:
    if place.last is None:
        return f">= {place.first}"
    if place.first == place.last:
        return f"= {place.first}"
    return f"<= {place.last}" if place.first == 1 else f"[{place.first}, {place.last}]"
