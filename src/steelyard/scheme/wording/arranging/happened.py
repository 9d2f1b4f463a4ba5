"""What happened, said in short: 无侵权案件的得10分，发生的不得分; 未发生的得10分，发生1起的得5分.

The short words are about the thing that the others name. Asked as a thing of its own it could contradict
it: an infringement, and none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from steelyard.kernel.exact import exact
from steelyard.scheme.wording.arranging.faultless import HAPPENS, worded
from steelyard.scheme.wording.arranging.work import Undecided, Work
from steelyard.scheme.wording.clauses import (
    Clause,
    Condition,
    Each,
    Edge,
    RawBand,
    Step,
    When,
    Whole,
)
from steelyard.scheme.wording.kinds import is_of_things

_BARE = re.compile("(?:有|发生|出现|存在|发现)+")


def happened(work: Work) -> None:
    """Say of what the words name what others say of it in short.

    Raises:
        Undecided: of several things, it is not clear which; or none of it is one of the steps already.
    """
    _short_conditions(work)
    _none_of_it(work)
    _so_many_of_it(work)


def _short_conditions(work: Work) -> None:
    """发生的不得分, after 无侵权案件的得10分."""
    given = [one for one in work.clauses if isinstance(one, When) and _is_given(one)]
    _must_name_what_earns(given, work)
    short = [one for one in work.clauses if isinstance(one, When | Whole) and _is_short(one)]
    if not short or not given:
        return
    if len(given) > 1 or not given[0].condition.denied:
        raise _names_nothing(short[0].condition.words)
    thing = given[0].condition.words
    words = work.namer.tokens.taken_out(thing)
    for one in short:
        if one.condition.words != thing:
            work.read_into(
                f"“{one.condition.words}”按“{words}”读，不另报",
                f"{one.condition.words!r} is read as {words!r}, not asked besides",
            )
    work.clauses = [
        replace(one, condition=Condition(thing))
        if isinstance(one, When | Whole) and one in short
        else one
        for one in work.clauses
    ]


def _must_name_what_earns(given: Sequence[When], work: Work) -> None:
    """没有制度、没有台账的不得分，有的得10分: of which of them?"""
    bare = [one.condition.words for one in given if _BARE.fullmatch(one.condition.words)]
    named = [
        one
        for one in work.clauses
        if isinstance(one, When | Whole) and one.condition.words != "没有"
        and not _BARE.fullmatch(one.condition.words)
    ]  # fmt: skip
    if bare and named:
        raise _names_nothing(bare[0])


def _names_nothing(words: str) -> Undecided:
    return Undecided(f"“{words}”指的是哪一件事，没有写清", f"what {words!r} speaks of is not clear")


def _is_given(one: When) -> bool:
    award = one.award
    gives = award.points != 0 and not (award.taken or award.added or award.spared)
    return gives and one.condition.band is None


def _is_short(one: When | Whole) -> bool:
    condition = one.condition
    is_bare = condition.band is None and not condition.denied and _BARE.fullmatch(condition.words)
    return bool(is_bare) and not (isinstance(one, When) and _is_given(one))


def _so_many_of_it(work: Work) -> None:
    """每处扣0.5分，累计超过3处的本项不得分: of what is counted, and no figure of its own."""
    for one in work.clauses:
        if not isinstance(one, Whole) or one.condition.band is None or not work.has(Each):
            continue
        if _SUM.fullmatch(one.condition.words):
            raise Undecided(
                f"“{one.condition.words}”累计的是什么，没有写清",
                f"what {one.condition.words!r} is the sum of is not clear",
            )


_SUM = re.compile("(?:全年|年度|年内)?(?:累计|合计|总计|共计?|总数)(?:发生|出现|发现)?")


def _none_of_it(work: Work) -> None:
    """未发生的得10分, beside 发生1起的得5分，2起及以上的不得分: none is the lowest of the steps."""
    none = [
        one
        for one in work.clauses
        if isinstance(one, When) and one.condition.denied and _is_given(one)
        and HAPPENS.match(one.condition.words)
        and one.condition.words not in work.namer.tokens.by_letter
    ]  # fmt: skip
    if len(none) != 1 or not work.is_full(none[0].award.points):
        return
    said = none[0].condition.words
    steps = {id(one): step for one in work.clauses if (step := _times_of(one, said, work))}
    if not steps:
        return
    if any(step.band.low is None or exact(step.band.low.value) <= 0 for step in steps.values()):
        raise Undecided(
            f"“{worded(none[0].condition)}”与各档怎样合用，没有写清",
            f"how {worded(none[0].condition)!r} and the steps belong together is not clear",
        )
    unit = next(iter(steps.values())).band.unit
    zero = Edge("0", "in")
    words = work.namer.tokens.taken_out(worded(none[0].condition))
    work.read_into(
        f"“{words}”由同一个数值说明，不另报是或否",
        f"{words!r} is said by the same number: no yes or no is asked besides",
    )
    lowest = Step(said, RawBand(zero, zero, unit), none[0].award)
    work.clauses = [lowest if one is none[0] else steps.get(id(one), one) for one in work.clauses]


def _times_of(one: Clause, said: str, work: Work) -> Step | None:
    """The step that a clause makes of how often it happened; None if it is about something else."""
    if isinstance(one, Each) and one.every_is_understood and not one.award.taken:
        if one.award.added:
            return None
        edge = Edge(one.size, "in")
        one = Step(one.subject + one.what, RawBand(edge, edge, one.unit), one.award)
    if not isinstance(one, Step):
        return None
    subject, thing = HAPPENS.sub("", one.subject), HAPPENS.sub("", said)
    is_it = not subject or not thing or subject in thing or thing in subject
    counts = one.band.unit and is_of_things(thing or work.namer.base, one.band.unit) is not False
    return replace(one, subject=said) if is_it and counts else None
