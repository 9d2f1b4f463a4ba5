"""What is short or over, said as a thing done: 每少报1次, 少1次, 每逾期1天.

Beside the number that earns the points, 少报 is the difference to that number and no figure of its own:
asked beside it, the two could contradict each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from steelyard.scheme.wording.arranging.reached import number_in
from steelyard.scheme.wording.arranging.work import Undecided, Work
from steelyard.scheme.wording.clauses import Each, RawBand, Step, Target, When
from steelyard.scheme.wording.units import are_one_unit, is_time

_LESS = "缺少|短少|短缺|相差|少于|低于|不足|不够|少|缺|欠|差|低"
_MORE = "超出|超过|高于|多于|超|多|高"
_LATE = "逾期|超期|超时|延长|延迟|延误|拖延|推迟|滞后|迟|晚"
_VERB = (
    "召开|举行|举办|开展|组织|报送|上报|报|办理|办结|办|完成|查处|检查|巡查|培训|提交|交|建立|设立"
    "|配备|发布|编发|发|采用|录用|参加|立案|受理|调解|公开|公示|宣传|达到|达|设|建|开|做"
)
_WORDS = re.compile(f"(?:(?P<less>{_LESS})|(?P<more>{_MORE})|(?P<late>{_LATE}))(?P<rest>.*)")
_DONE = re.compile(f"(?P<verb>{_VERB})?(?P<noun>.*)")


@dataclass(frozen=True, slots=True)
class _Goal:
    """A number that is to be reached or not to be passed, and what it is a number of."""

    words: str
    band: RawBand


def differences(work: Work) -> None:
    """Put the difference in place of each thing that is no more than that."""
    goals = list(_goals(work))
    if goals:
        work.clauses = [
            _measured(one, goals, work) if isinstance(one, Each) else one for one in work.clauses
        ]


def _goals(work: Work) -> Iterator[_Goal]:
    for one in work.clauses:
        if isinstance(one, Step) and one.award.points != 0 and not one.award.taken:
            yield _Goal(one.subject, one.band)
        elif isinstance(one, Target):
            yield _Goal(one.of, RawBand(one.edge))
        elif isinstance(one, When) and (reached := number_in(one)) is not None:
            yield _Goal(reached.subject, reached.band)
    if work.target is not None:
        yield _Goal("", RawBand(work.target))


def _measured(one: Each, goals: list[_Goal], work: Work) -> Each:
    found = _WORDS.fullmatch(one.what) if one.motion == "event" else None
    if found is None or one.subject or one.target is not None:
        return one
    goals = [goal for goal in goals if not found["late"] or _is_a_term(goal, one)]
    same = [goal for goal in goals if _is_of(found["rest"], goal, work)]
    if not same:
        return one
    goal = same[0]
    if goal.band.unit and not are_one_unit(goal.band.unit, one.unit):
        raise Undecided(
            f"“{one.what}”按{one.unit}计，前面的数按{goal.band.unit}计，怎样合用没有写清",
            f"{one.what!r} counts in another unit than the number before it",
        )
    work.read_into(
        f"“{one.what}”按与前面所写数的差额读：只报实际数",
        f"{one.what!r} is read as the difference to the number before it: one figure",
    )
    return replace(one, motion="short" if found["less"] else "over", what="")


def _is_a_term(goal: _Goal, one: Each) -> bool:
    """逾期 is measured from a number of days that must not be passed."""
    return goal.band.high is not None and is_time(one.unit) and is_time(goal.band.unit)


def _is_of(rest: str, goal: _Goal, work: Work) -> bool:
    """Whether 少召开会议 speaks of the meetings that the goal counts.

    Raises:
        Undecided: another verb is said of the same thing, 召开10次…每少报1次.
    """
    done = _DONE.fullmatch(rest)
    assert done is not None
    verb, noun = done["verb"] or "", done["noun"]
    if noun and noun not in goal.words + work.namer.base:
        return False
    said = re.findall(_VERB, goal.words)
    if verb and said and not any(verb in one or one in verb for one in said):
        raise Undecided(
            f"“{goal.words}”与“{rest}”是不是一件事，没有写清",
            f"whether {goal.words!r} and {rest!r} are one thing is not clear",
        )
    return True
