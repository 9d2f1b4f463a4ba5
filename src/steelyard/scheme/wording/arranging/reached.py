"""A number that is to be reached, worded as a thing done: 全年召开4次得满分，每少1次扣1.5分.

Beside what is counted from it, 召开4次 is no thing of its own: it is from where the counting starts, and
one figure says both.
"""

from __future__ import annotations

import re

from steelyard.scheme.wording.arranging.work import Undecided, Work
from steelyard.scheme.wording.clauses import Each, Edge, RawBand, Step, Target, When
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
