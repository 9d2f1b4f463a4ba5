"""A number that is to be reached, worded as a thing done: 全年召开4次得满分，每少1次扣1.5分.

Beside what is counted from it, 召开4次 is no thing of its own: it is from where the counting starts, and
one figure says both. So it is beside 不足的按比例得分: the figure is what was done, and nobody works out a
share of a number that stands in the rule.
"""

from __future__ import annotations

import re
from dataclasses import replace

from steelyard.scheme.wording.arranging.beside import add_condition
from steelyard.scheme.wording.arranging.conditions import compared
from steelyard.scheme.wording.arranging.work import Undecided, Work
from steelyard.scheme.wording.clauses import (
    Each,
    Edge,
    FromFull,
    InProportion,
    Otherwise,
    Place,
    RawBand,
    Step,
    Target,
    When,
)
from steelyard.scheme.wording.hear_band import closed
from steelyard.scheme.wording.kinds import is_a_place
from steelyard.scheme.wording.plain_text import UNIT
from steelyard.scheme.wording.units import are_one_unit

_NUMBER_OF = re.compile(
    rf"(?:每年度?|全年|年度|年内)?(?:内|应|须)?(?P<verb>\D*?)(?P<n>\d+(?:\.\d+)?)(?P<unit>{UNIT})(?P<what>\D*)"
)


def numbers_reached(work: Work) -> None:
    """Put a step in place of the one thing done whose number something else is counted from."""
    counted = [
        one
        for one in work.clauses
        if isinstance(one, Each) and one.motion in ("short", "over") and one.target is None
    ]
    found = [(one, step) for one in work.clauses if (step := _step(one, counted)) is not None]
    if not found and any(one.award.taken and not one.subject for one in counted):
        _must_hold_no_number(work)
    if work.target is not None or work.has(Step, Target) or len(found) != 1:
        return
    [(thing, step)] = found
    work.clauses = [step if one is thing else one for one in work.clauses]
    assert isinstance(thing, When)
    words = work.namer.tokens.taken_out(thing.condition.words)
    number = f"{step.band.low.value}{step.band.unit}" if step.band.low else ""
    is_least = any(one.motion == "short" for one in counted)
    zh, en = ("达到", "reaching") if is_least else ("不超过", "at most")
    work.read_into(
        f"“{words}”按“{zh}{number}”读：只报实际数，与{number}相比",
        f"{words!r} is read as {en} {number!r}: one figure, compared with it",
    )


_DOWN = re.compile("(?:每)?(?:下降|降低|降|低|退后|后退|落后|靠后|后移)")


def places_down(work: Work) -> None:
    """第1名得满分，每降1名扣0.5分: counted from that place, and no figure of its own.

    Raises:
        Undecided: from which of several places it counts is not said.
    """
    counted = [one for one in work.clauses if isinstance(one, Each) and one.unit in ("名", "位")]
    places = [one for one in work.clauses if isinstance(one, Place)]
    if not counted or not places:
        return
    [each, *more], [place, *others] = counted, places
    is_down = each.award.taken and _DOWN.fullmatch(each.what or each.verb) and not each.subject
    if more or others or place.last is None or not is_down or not work.is_full(place.award.points):
        raise Undecided(
            "名次得分与按名次扣分怎样合用，没有写清",
            "how the points of a place and what is taken by place belong together is not clear",
        )
    said = "" if place.of in work.namer.base else place.of
    said += "" if is_a_place(work.namer.base) and not said else "名次"
    work.target, work.target_of = Edge(str(place.last), "in"), said
    down = replace(each, subject=said, motion="over", what="", target=work.target)
    work.clauses = [
        FromFull() if one is place else down if one is each else one for one in work.clauses
    ]


def proportions(work: Work) -> None:
    """Put one proportion in place of the number that earns the points and of what is given below it.

    Raises:
        Undecided: there is a number, and yet it is not one that is to be reached for all the points.
    """
    bare = [one for one in work.clauses if isinstance(one, InProportion) and not one.of]
    earning = [
        (one, step)
        for one in work.clauses
        if (step := one if isinstance(one, Step) else number_in(one) if isinstance(one, When) else None)
        and step.award.points != 0
    ]  # fmt: skip
    if bare and any(isinstance(one, Each) and not one.award.taken for one in work.clauses):
        raise _no_proportion()
    if len(bare) != 1 or not earning:
        return
    [(thing, step), *more] = earning
    low, high = step.band.low, step.band.high
    is_one = not more and low is not None and (high is None or step.band.is_one_value)
    if not is_one or low is None or not _is_plain(step) or work.has(Each, Otherwise):
        raise _no_proportion()
    whole = InProportion(step.subject, low.value, step.award, step.band.unit)
    zeros = [one for one in work.clauses if isinstance(one, Step) and one is not thing]
    for zero in zeros:
        band = closed([zero.band])[0][0]
        code = work.quantity(zero.subject or step.subject, band.unit)
        add_condition(work, "zero_if", compared(code, band))
    left = [one for one in work.clauses if one not in zeros and one is not thing]
    work.clauses = [whole if one is bare[0] else one for one in left]


def _no_proportion() -> Undecided:
    return Undecided(
        "按比例得分从哪一个数算起，没有写清",
        "from which number points are given in proportion is not clear",
    )


def _is_plain(step: Step) -> bool:
    award = step.award
    return not (award.taken or award.added or award.spared)


def _must_hold_no_number(work: Work) -> None:
    """60天至90天得满分，每超过10天扣1分: from where it counts is not known."""
    for one in work.clauses:
        if isinstance(one, When) and re.search(rf"\d(?:{UNIT})", one.condition.words):
            words = work.namer.tokens.taken_out(one.condition.words)
            raise Undecided(
                f"按差额扣分从“{words}”的哪一个数算起，没有写清",
                f"from which number of {words!r} the difference counts is not clear",
            )


def _step(one: object, counted: list[Each]) -> Step | None:
    reached = number_in(one) if isinstance(one, When) else None
    if reached is None:
        return None
    said_of_it = [each for each in counted if each.subject in reached.subject]
    if said_of_it and not any(are_one_unit(each.unit, reached.band.unit) for each in said_of_it):
        raise Undecided(
            "达到的数与每一档的计量单位不同", "the number and the steps are not in the same unit"
        )
    return reached if said_of_it else None


def number_in(one: When) -> Step | None:
    """The number that a thing done holds: 召开4次得满分."""
    if one.condition.denied or one.condition.band is not None:
        return None
    found = _NUMBER_OF.fullmatch(one.condition.words)
    plain = not (one.award.taken or one.award.added or one.award.spared) and one.award.points != 0
    if found is None or not plain:
        return None
    edge = Edge(found["n"], "in")
    return Step(found["verb"] + found["what"], RawBand(edge, edge, found["unit"]), one.award)
