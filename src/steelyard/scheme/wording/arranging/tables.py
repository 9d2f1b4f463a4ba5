"""Rows by a key, and by a place: 省级5分、市级3分; 第一名得10分."""

from __future__ import annotations

import re
from fractions import Fraction

from steelyard.kernel.exact import exact
from steelyard.scheme.wording.arranging.conditions import given
from steelyard.scheme.wording.arranging.work import Part, Undecided, Work, is_number, signed
from steelyard.scheme.wording.clauses import About, Condition, HighestOnce, Place, Row, TableOf
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
    of_all = _of_all(listed, work)
    if of_all:
        return [_computed(listed, of_all, work)]
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


_RANK = re.compile("(?P<of>.+?)(?:在)?(?:各单位|全省|全市|各市)(?:中)?的?(?:名次|排名)")


def _of_all(listed: list[Place], work: Work) -> str:
    """By what figure the units are ranked, where the rank is computed; nothing where it is supplied."""
    named = {one.of for one in listed if one.is_of_all}
    abouts = [one for one in work.clauses if isinstance(one, About)]
    for about in abouts:
        found = _RANK.fullmatch(about.words)
        if found:
            work.use(about)
            named.add(found["of"])
    if len(named | {one.of for one in listed if one.of}) > 1:
        return ""
    return next(iter(named), "")


def _computed(listed: list[Place], of: str, work: Work) -> Part:
    """The steps of the rank among all units; each begins where the one before ended."""
    code, steps, before = work.quantity(of), [], 0
    for one in listed:
        if one.first != before + 1:
            raise Undecided(
                f"第{before + 1}名到第{one.first - 1}名没有说" if one.first > before else "各档名次有重叠",
                f"nothing is said of places {before + 1} to {one.first - 1}" if one.first > before
                else "the steps of places overlap",
            )  # fmt: skip
        low = f"({before}, {one.last}]" if before else f"<= {one.last}"
        steps.append([low if one.last is not None else f"> {before}", signed(one.award)])
        before = one.last or before
    is_open = all(one.last is not None for one in listed)
    words = work.namer.tokens.taken_out(of)
    work.read_into(
        f"名次由系统按“{words}”从高到低排出，相同的名次相同，不另报送",
        f"the rank is computed by {words!r}, the largest first, equals sharing it; nobody supplies it",
    )
    return work.closed({"ladder": f"all_rank({code})", "steps": steps}, 0 if is_open else None)


def _band(place: Place) -> str:
    if place.last is None:
        return f">= {place.first}"
    if place.first == place.last:
        return f"= {place.first}"
    return f"<= {place.last}" if place.first == 1 else f"[{place.first}, {place.last}]"
