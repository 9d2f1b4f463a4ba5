"""A number that is to be reached, worded as a thing done: 全年召开4次得满分，每少1次扣1.5分.

Beside what is counted from it, 召开4次 is no thing of its own: it is from where the counting starts, and
one figure says both.
"""

from __future__ import annotations

import re

from steelyard.scheme.wording.arranging.work import Work
from steelyard.scheme.wording.clauses import Each, Edge, RawBand, Step, Target, When
from steelyard.scheme.wording.plain_text import UNIT

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


def _step(one: object, counted: list[Each]) -> Step | None:
    if not isinstance(one, When) or one.condition.denied or one.condition.band is not None:
        return None
    found = _NUMBER_OF.fullmatch(one.condition.words)
    plain = not (one.award.taken or one.award.added or one.award.spared) and one.award.points != 0
    if found is None or not plain:
        return None
    subject = found["verb"] + found["what"]
    if not any(each.unit == found["unit"] and each.subject in subject for each in counted):
        return None
    edge = Edge(found["n"], "in")
    return Step(subject, RawBand(edge, edge, found["unit"]), one.award)
