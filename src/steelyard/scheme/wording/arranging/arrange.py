"""The order of the work: what stands beside the rule, the parts, their base, and what is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact
from steelyard.scheme.wording.arranging.against_all import against_mean
from steelyard.scheme.wording.arranging.beside import only_beside, put_beside
from steelyard.scheme.wording.arranging.computed import computed
from steelyard.scheme.wording.arranging.conditions import conditions
from steelyard.scheme.wording.arranging.counted import bound_the_only, counted, once_each
from steelyard.scheme.wording.arranging.differences import differences
from steelyard.scheme.wording.arranging.faultless import faultless
from steelyard.scheme.wording.arranging.happened import happened
from steelyard.scheme.wording.arranging.ladders import ladders
from steelyard.scheme.wording.arranging.opposites import opposites
from steelyard.scheme.wording.arranging.reached import numbers_reached, places_down, proportions
from steelyard.scheme.wording.arranging.scales import on_their_scales
from steelyard.scheme.wording.arranging.tables import places, tables
from steelyard.scheme.wording.arranging.work import SILENT, Amount, Part, Undecided, Work, is_number
from steelyard.scheme.wording.clauses import (
    Clause,
    Computed,
    Each,
    FromFull,
    InProportion,
    Place,
    Remark,
    Row,
    ShareOfBest,
    Step,
    TableOf,
    Vetoed,
)
from steelyard.scheme.wording.hear_band import Contradiction

_MAKERS: tuple[Callable[[Work], list[Part]], ...] = (
    ladders, tables, places, computed, conditions, counted,
)  # fmt: skip
_WAYS = (Step, TableOf, Row, Place, Computed, InProportion, ShareOfBest)


@dataclass(slots=True)
class Arranged:
    """A rule, the keys of the item beside it, its vetoes, and what was read into the words."""

    rule: object = None
    beside: dict[str, object] = field(default_factory=dict)
    vetoes: list[Vetoed] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    readings: list[Text] = field(default_factory=list)


def arranged(work: Work) -> Arranged:
    """The rule that the clauses make.

    Raises:
        Undecided: with the reason.
    """
    happened(work)
    opposites(work)
    faultless(work)
    put_beside(work)
    against_mean(work)
    differences(work)
    numbers_reached(work)
    try:
        places_down(work)
        proportions(work)
        parts = _parts(work)
    except Contradiction as error:
        raise Undecided(error.why.zh, error.why.en) from error
    if work.left():
        raise Undecided("几句话怎样合用，没有写清", "how the clauses belong together is not clear")
    vetoes, remarks = work.all(Vetoed), [one.words for one in work.all(Remark)]
    if not parts and not vetoes and not (work.beside_a_rule and work.beside):
        raise Undecided("没有写怎样计分", "it does not say how points are given")
    _must_give_something(parts)
    on_their_scales(work, parts)
    rule: object = parts[0] if len(parts) == 1 else parts or None
    return Arranged(rule, work.beside, vetoes, remarks, work.readings)


def _parts(work: Work) -> list[Part]:
    if all(isinstance(one, SILENT) for one in work.clauses):
        return only_beside(work)
    _refuse_mixtures(work.clauses)
    listed = once_each(work)
    if listed is not None:
        return [listed]
    parts = [part for maker in _MAKERS for part in maker(work)]
    bound_the_only(parts, work)
    _must_make_the_points(parts, work)
    return _with_base(parts, work)


def _refuse_mixtures(clauses: Sequence[Clause]) -> None:
    """A ladder and a formula in one cell: how they join is not said."""
    if len({type(one) for one in clauses if isinstance(one, _WAYS)}) > 1:
        raise Undecided("几种计分办法怎样合用，没有写", "how the ways of scoring join is not said")


def _must_make_the_points(parts: Sequence[Part], work: Work) -> None:
    """What is given side by side must make the item's points, or it may be meant as a choice."""
    amounts = [_largest(part) for part in parts if not _takes(part) and "add" not in part]
    if len(amounts) < 2 or any("sum" in part for part in parts):
        return
    numbers = [exact(one) for one in amounts if is_number(one) and one is not None]
    if len(numbers) < len(amounts) or sum(numbers, Fraction(0)) != work.points:
        raise Undecided(
            "几个得分是相加还是择一，没有写清（合计与分值不符）",
            "whether awards add up or exclude each other is not said: their sum is not the points",
        )


def _must_give_something(parts: Sequence[Part]) -> None:
    """结案率达到90%的不得分, alone, says what gives nothing, but not what gives points."""
    if len(parts) == 1 and "steps" in parts[0]:
        given = [_largest(parts[0]), parts[0].get("otherwise", 0)]
        if all(is_number(one) and exact(str(one)) == 0 for one in given):
            raise Undecided(
                "只写了不得分的情形，没有写怎样得分", "it says what gives no points, not what does"
            )


def _largest(part: Part) -> Amount | None:
    """The most that a part gives; None if that is not a plain number."""
    steps, rows = part.get("steps"), part.get("rows")
    if isinstance(steps, list):
        amounts = [step[1] for step in steps]
    else:
        amounts = list(rows.values()) if isinstance(rows, dict) else [part.get("points")]
    return max(amounts, key=exact) if all(is_number(one) for one in amounts) else None


def _with_base(parts: list[Part], work: Work) -> list[Part]:
    """Full points as the base, where only what is taken away is said."""
    takes = any(_takes(part) for part in parts)
    gives = any(not _takes(part) and not _is_on_top(part, work) for part in parts)
    for base in work.all(FromFull)[:1]:
        return _on_base(base, parts, work, takes=takes)
    if not takes or work.kind == "deduction":
        return parts
    if gives and all("add" in part or _takes(part) for part in parts):
        raise Undecided(
            "有得分也有扣分，没有写基础分", "points given and taken: from what base is not said"
        )
    if work.kind == "bonus" and not gives:
        raise Undecided("加分项里只有扣分", "a bonus that only takes points")
    return parts if gives else [{"points": "full"}, *parts]


def _on_base(base: FromFull, parts: list[Part], work: Work, *, takes: bool) -> list[Part]:
    if base.points == "full" or (takes and work.is_full(base.points)):
        return [{"points": "full"}, *parts]
    if work.is_full(base.points):
        return parts
    raise Undecided(f"“{base.points}分”与分值不符", f"{base.points} is not the points of the item")


def _takes(part: Part) -> bool:
    inner, steps = part.get("sum"), part.get("steps")
    if isinstance(steps, list):
        return any(str(step[1]).startswith("-") for step in steps)
    return "deduct" in part or (isinstance(inner, list) and all(_takes(one) for one in inner))


def _is_on_top(part: Part, work: Work) -> bool:
    """加, on top of something that the words need not name."""
    given = [one for one in work.clauses if isinstance(one, Each) and not one.award.taken]
    return "add" in part and all(one.award.added for one in given)
