"""An estimate as it is told, to a person on a page and to a program alike: exact numbers and sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from steelyard.assessment.rules.standing.estimate import Estimate
from steelyard.assessment.rules.standing.risks import Risk
from steelyard.assessment.rules.standing.unknown import Case, Unknown
from steelyard.assessment.rules.standing.way_up import WayUp
from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Scheme
from steelyard.weighing.advice.findings import Advice, Outcome
from steelyard.weighing.advice.targets import called
from steelyard.weighing.advice.wording import named, said
from steelyard.weighing.explain import Explanation
from steelyard.weighing.result import Score


@dataclass(frozen=True, slots=True)
class Line:
    """A node of the tree: its points and the sentence why. ``is_known``: false while nobody knows any of it."""

    code: str
    title: Text
    points: Fraction | None
    full: Fraction
    why: Text
    is_known: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Points, rank and grade in one case; None and empty where they cannot be told."""

    score: Fraction | None
    rank: Fraction | None
    grade: Text


@dataclass(frozen=True, slots=True)
class Step:
    """One improvement of the cheapest way up. ``effort`` in effort points, ``worth`` in points."""

    what: Text
    before: Text
    after: Text
    effort: Fraction
    worth: Fraction | None


@dataclass(frozen=True, slots=True)
class Way:
    """The cheapest way up: to where, and ``why`` there; by which steps, and what would then stand.

    ``is_proven``: nothing cheaper will do. ``no_best``: the figures of which no best value is known, where
    that leaves open whether it can be reached.
    """

    target: Text
    why: Text
    outcome: Outcome
    is_proven: bool
    after: Fraction | None
    effort: Fraction
    reasons: tuple[Text, ...]
    no_best: tuple[Text, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Where the unit would stand.

    ``now``: without the items that are not known yet, and then without rank and grade, which would
    count them as nothing; ``worst`` and ``best``: with them, None where an item has no bound.
    ``untold``: vetoes that are left out, since not every unit's figure is known.
    ``among``: units of which every value is known, of ``units``. ``way`` None: ``no_way`` says why.
    """

    full: Fraction
    places: int
    now: Place
    worst: Place | None
    best: Place | None
    among: int
    units: int
    lines: tuple[Line, ...]
    unknown: tuple[Unknown, ...]
    risks: tuple[Risk, ...]
    way: Way | None
    no_way: Text
    untold: tuple[Text, ...] = ()


def told(estimate: Estimate) -> Told | None:
    """None if it could not be estimated."""
    if estimate.result is None or estimate.tree is None:
        return None
    scheme, now = estimate.result.scheme, estimate.result.standing[estimate.unit]
    unknown = {one.item: one.why for one in estimate.unknown}
    is_ranked = estimate.rank is not None
    return Told(
        full=scheme.full[""], places=scheme.total.places,
        now=Place(_exact(now.score), None, Text()) if unknown
        else _place(Case(now.score, estimate.rank, now.grade), scheme, is_ranked=is_ranked),
        worst=_place(estimate.worst, scheme, is_ranked=is_ranked) if estimate.worst else None,
        best=_place(estimate.best, scheme, is_ranked=is_ranked) if estimate.best else None,
        among=estimate.among, units=len(scheme.assessed),
        lines=tuple(_lines(estimate.tree, unknown)), unknown=estimate.unknown, risks=estimate.risks,
        way=_way(estimate.way_up, is_ranked=is_ranked and not unknown),
        no_way=estimate.way_up.refused, untold=estimate.untold,
    )  # fmt: skip


def _place(case: Case, scheme: Scheme, *, is_ranked: bool) -> Place:
    """A grade that only so many may have is nobody's before the others are known."""
    only_so_many = any(one.quota is not None for one in scheme.grades)
    titles = {one.code: one.title for one in scheme.grades}
    grade = Text() if only_so_many and not is_ranked else titles.get(case.grade, Text())
    return Place(_exact(case.score), case.rank, grade)


def _exact(score: Score | None) -> Fraction | None:
    return None if score is None else Fraction(score)


def _lines(node: Explanation, unknown: Mapping[str, Text]) -> Iterator[Line]:
    """In the order of the tree; of what is not known, why not."""
    if node.code:
        yield _line(node, unknown)
    for child in node.children:
        yield from _lines(child, unknown)


def _line(node: Explanation, unknown: Mapping[str, Text]) -> Line:
    leaves = [one.code for one in _leaves(node)]
    lacking = [code for code in leaves if code in unknown]
    if len(lacking) == len(leaves):
        why = _NONE_KNOWN if node.children else unknown[node.code]
        return Line(node.code, node.title, None, node.full, why, is_known=False)
    why = _without(node.sentence) if lacking else node.sentence
    return Line(node.code, node.title, node.points, node.full, why, is_known=True)


def _leaves(node: Explanation) -> Iterator[Explanation]:
    if not node.children:
        yield node
    for child in node.children:
        yield from _leaves(child)


_NONE_KNOWN = Text("下级各项均未知", "none of its items is known yet")


def _without(said: Text) -> Text:
    return Text(f"{said.zh}；未知项目未计入", f"{said.en}; without what is not known yet")


def _way(found: WayUp, *, is_ranked: bool) -> Way | None:
    """Where there are levers, the first reason is what all together give, with its rank: nobody has one
    before everything is known."""
    advice = found.advice
    if advice is None:
        return None
    reasons = advice.reasons if is_ranked or not advice.levers else advice.reasons[1:]
    return Way(
        called(advice.target, advice.before.scheme), found.why, advice.outcome, advice.is_proven,
        _exact(advice.standing_after.score), Fraction(advice.cost), reasons,
        tuple(named(advice.before.scheme, code) for code in advice.no_best), tuple(_steps(advice)),
    )  # fmt: skip


def _steps(advice: Advice) -> Iterator[Step]:
    scheme = advice.before.scheme
    for one in advice.changes:
        before, after = (said(scheme, one.input, value) for value in (one.before, one.after))
        yield Step(named(scheme, one.input), before, after, one.cost, _exact(one.worth))
