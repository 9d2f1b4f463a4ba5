"""A draft on last year's values as people read it: is it fit, where would each unit stand, what would each
rule have given?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from steelyard.assessment.rules.trials import Trial
from steelyard.assessment.rules.trials.components import Component, Reached
from steelyard.assessment.rules.trials.components import is_other as is_other_score
from steelyard.assessment.rules.trials.outcomes import Given, Outcome, Place, Tried, is_other
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import shown
from steelyard.look.language import lang, say
from steelyard.scheme.model import Item, Scheme, Veto
from steelyard.scheme.wording.say_grades import veto_in_words
from steelyard.scheme.wording.speech import rows_of
from steelyard.weighing.stress.findings import LEVELS, Stress

HEADS = {
    "stop": (Text("先解决，再印发", "Mend before it is issued"), "bad"),
    "mend": (Text("最好修改", "Had better be mended"), "warn"),
    "know": (Text("须知", "To know"), "past"),
}
COULD_NOT = 50
CASES = 20
NONE = "—"


@dataclass(frozen=True, slots=True)
class VetoSaid:
    """``words``: the condition and what it leads to. ``code``: as files name it."""

    title: str
    words: str
    code: str


@dataclass(frozen=True, slots=True)
class PlaceSaid:
    score: str
    unvetoed: str
    rank: str
    grade: str
    vetoes: tuple[VetoSaid, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A unit under the whole draft. ``change``: of its total, with its sign, or that it is not known."""

    unit: str
    now: PlaceSaid
    before: PlaceSaid | None
    change: str
    is_other: bool
    no_better: str
    why: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PointsSaid:
    """What a unit would have got on an item. ``lacks``: the figures that last year does not have."""

    unit: str
    points: str
    before: str
    is_other: bool
    lacks: tuple[str, ...]
    held: str
    why: str


@dataclass(frozen=True, slots=True)
class ItemSaid:
    """``spread``: from the least to the most points, or the one that all would have got."""

    code: str
    title: str
    full: str
    before: str
    called: str
    is_old: bool
    spread: str
    mean: str
    all_full: int
    none: int
    lacking: int
    changed: int
    points: tuple[PointsSaid, ...]
    items: tuple[ItemSaid, ...]


@dataclass(frozen=True, slots=True)
class ComponentSaid:
    """A component of an index. ``weight``: inside its group, in per cent; "" if the method left it out."""

    code: str
    title: str
    called: str
    is_old: bool
    spread: str
    mean: str
    weight: str
    lacking: int
    changed: int
    scores: tuple[PointsSaid, ...]
    items: tuple[ComponentSaid, ...]


def said(made: Trial) -> dict[str, object]:
    """What the page shows of a trial."""
    lacking = _lacking_everywhere(made)
    return {
        "trial": made, "summary": say(made.stress.summary), "levels": _levels(made.stress),
        "sound": [say(one) for one in made.stress.sound],
        "waits": [say(one) for one in made.stress.waits],
        "could_not": [say(one) for one in made.could_not[:COULD_NOT]],
        "could_not_count": len(made.could_not),
        "could_not_more": max(0, len(made.could_not) - COULD_NOT),
        "left_behind": [say(one) for one in made.left_behind],
        "untried": [_veto(made.scheme, one) for one in made.untried],
        "gone": [_named(one) for one in made.gone],
        "lacking": [_named(one) for one in made.scheme.leaves if one.code in lacking],
        "rows": [_row(made.scheme, one, lacking) for one in made.outcomes],
        "changed": sum(one.is_other for one in made.outcomes),
        "dimensions": [_item(made.scheme, one) for one in made.items],
        "components": [_component(made.scheme, one) for one in made.components],
        "notes": [say(one) for one in made.notes],
    }  # fmt: skip


def _levels(report: Stress) -> list[tuple[str, str, list[dict[str, object]]]]:
    return [
        (say(HEADS[level][0]), HEADS[level][1], [
            {
                "what": say(one.what), "why": say(one.why), "mend": say(one.mend),
                "cases": [say(case) for case in one.cases[:CASES]], "more": max(0, len(one.cases) - CASES),
            }
            for one in report.of(level)
        ])
        for level in LEVELS
        if report.of(level)
    ]  # fmt: skip


# --- units ----------------------------------------------------------------------------------------


def _lacking_everywhere(made: Trial) -> set[str]:
    """The items that got no points from anybody, because last year lacks their figures of all."""
    none = [{item.code for item in one.lacks} for one in made.outcomes]
    known = {leaf.item.code for leaf in _leaves(made.items) if leaf.known}
    known |= {leaf.item.code for leaf in _indicators(made.components) if leaf.known}
    return set.intersection(*none) - known if none else set()


def _leaves(items: Sequence[Tried]) -> Iterator[Tried]:
    for one in items:
        yield from _leaves(one.children) if one.children else (one,)


def _indicators(components: Sequence[Component]) -> Iterator[Component]:
    for one in components:
        yield from _indicators(one.children) if one.children else (one,)


def _named(item: Item) -> str:
    return f"{item.code} {say(item.title)}"


def _row(scheme: Scheme, one: Outcome, lacking: set[str]) -> Row:
    grade, why = one.no_better if one.no_better is not None else (None, Text())
    before = _place(scheme, one.before) if one.before is not None else None
    return Row(
        say(one.unit.title), _place(scheme, one.now), before,
        _change(one.before.score if one.before else None, one.now.score), one.is_other,
        say(grade.title) if grade is not None else "", say(why),
        tuple(_named(item) for item in one.lacks if item.code not in lacking),
    )  # fmt: skip


def _place(scheme: Scheme, one: Place) -> PlaceSaid:
    return PlaceSaid(
        _number(one.score), _number(one.unvetoed) if one.unvetoed != one.score else "",
        shown(one.rank) if one.rank is not None else NONE, say(one.grade) or NONE,
        tuple(_veto(scheme, veto) for veto in one.vetoes),
    )  # fmt: skip


def _veto(scheme: Scheme, veto: Veto) -> VetoSaid:
    rows = rows_of(scheme.document, "vetoes")
    written = next((row for row in rows if str(row.get("code")) == veto.code), None)
    words = veto_in_words(written, scheme.document, lang()) if written is not None else ""
    return VetoSaid(say(veto.title) or words or veto.code, words, veto.code)


def _change(before: Fraction | float | None, now: Fraction | float | None) -> str:
    if before is None or now is None:
        return NONE
    if before == now:
        return "0"
    moved = now - before
    return f"{'+' if moved > 0 else '−'}{_number(abs(moved))}"


# --- items ----------------------------------------------------------------------------------------


def _item(scheme: Scheme, one: Tried) -> ItemSaid:
    titles = {unit.code: say(unit.title) for unit in scheme.assessed}
    return ItemSaid(
        one.item.code, say(one.item.title), shown(one.full),
        shown(one.full_before) if one.full_before is not None and one.full_before != one.full else "",
        say(one.called), one.is_old, _spread(one), _number(one.mean), one.all_full, one.none,
        one.lacking, one.changed,
        tuple(_points(titles[unit], one, given) for unit, given in one.given.items()),
        tuple(_item(scheme, child) for child in one.children),
    )  # fmt: skip


def _component(scheme: Scheme, one: Component) -> ComponentSaid:
    titles = {unit.code: say(unit.title) for unit in scheme.assessed}
    return ComponentSaid(
        one.item.code, say(one.item.title), say(one.called), one.is_old, _spread(one),
        _number(one.mean), f"{100 * one.weight:.1f}%" if one.weight is not None else "",
        one.lacking, one.changed,
        tuple(_score(titles[unit], one, given) for unit, given in one.reached.items()),
        tuple(_component(scheme, child) for child in one.children),
    )  # fmt: skip


def _score(unit: str, of: Component, one: Reached) -> PointsSaid:
    return PointsSaid(
        unit, _number(one.score), _number(one.before) if of.is_old else "",
        of.is_old and is_other_score(one), tuple(say(figure) for figure in one.lacks), "",
        say(one.why),
    )  # fmt: skip


def _spread(one: Tried | Component) -> str:
    if one.least == one.most:
        return _number(one.least)
    return f"{_number(one.least)}–{_number(one.most)}"


def _points(unit: str, of: Tried, one: Given) -> PointsSaid:
    return PointsSaid(
        unit, _number(one.points), _number(one.before) if of.is_old else "",
        of.is_old and is_other(one), tuple(say(figure) for figure in one.lacks),
        say(one.held).lstrip("，, "), say(one.why),
    )  # fmt: skip


def _number(value: Fraction | float | None) -> str:
    if value is None:
        return NONE
    return shown(value, 2) if isinstance(value, Fraction) else f"{value:.2f}"
