"""Two names of one thing: 按时报送 and 迟报, 增长 and 下降.

Asked as a yes or no beside the number, it could contradict the number: late three times, and on time.
The number says both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from steelyard.kernel.exact import exact
from steelyard.scheme.wording.arranging.faultless import HAPPENS, worded
from steelyard.scheme.wording.arranging.work import Work
from steelyard.scheme.wording.clauses import (
    Award,
    Break,
    Clause,
    Condition,
    Each,
    Edge,
    FromFull,
    RawBand,
    Step,
    When,
    Whole,
)
from steelyard.scheme.wording.kinds import is_of_things
from steelyard.scheme.wording.units import SHARE_UNITS


def opposites(work: Work) -> None:
    """Say by the number what is only its opposite."""
    _falls_below_zero(work)
    _did_not_grow(work)
    _is_not_so(work)
    _never_done(work)


# --- 增长10%以上得5分，下降的不得分

_GROWS = re.compile("增长|增幅|增速|升幅|提高|提升")
_COMPARED = (
    "(?:较|比|与)?(?:上(?:一)?年度?|去年)?(?:同期)?(?:相比)?(?:同比|环比)?(?:出现|呈|有所|为)?"
)
_DOWN = "下降|减少|降低|负增长|下滑"
_BELOW_ZERO = re.compile(f"{_COMPARED}(?:{_DOWN})")
_NOT_ABOVE_ZERO = re.compile(
    f"{_COMPARED}(?:持平(?:或|及|和|、)(?:{_DOWN})|(?:{_DOWN})(?:或|及|和|、)持平)"
)
_ZERO = re.compile(f"{_COMPARED}(?:持平|0增长|零增长)")
_GREW = re.compile(f"{_COMPARED}(?:增长|提高|提升)")


def _falls_below_zero(work: Work) -> None:
    steps = [one for one in work.clauses if isinstance(one, Step)]
    if any(_GROWS.search(one.subject or work.namer.base) for one in steps):
        unit = next((one.band.unit for one in steps if one.band.unit), "")
        work.clauses = [_as_step(one, unit, work) or one for one in work.clauses]


def _as_step(one: Clause, unit: str, work: Work) -> Step | None:
    """下降的不得分, as the step below zero of the growth."""
    if isinstance(one, Whole) and one.key == "zero_if":
        one = When(one.condition, Award(0))
    band = _band(one.condition, unit) if isinstance(one, When) else None
    if band is None or not isinstance(one, When):
        return None
    words = f"未{one.condition.words}" if one.condition.denied else one.condition.words
    sign = (
        "等于"
        if band.is_one_value
        else "低于"
        if band.high and band.high.status == "out"
        else "不高于"
    )
    work.read_into(
        f"“{words}”按增长{sign}0读，不另报", f"{words!r} is read from the growth, not asked besides"
    )
    return Step("", band, one.award)


def _band(condition: Condition, unit: str) -> RawBand | None:
    zero = "0%" if unit in SHARE_UNITS else "0"
    if condition.band is not None:
        return None
    if condition.denied:
        if _GREW.fullmatch(condition.words):
            return RawBand(high=Edge(zero, "in"), unit=unit)
        return None
    if _BELOW_ZERO.fullmatch(condition.words):
        return RawBand(high=Edge(zero, "out"), unit=unit)
    if _NOT_ABOVE_ZERO.fullmatch(condition.words):
        return RawBand(high=Edge(zero, "in"), unit=unit)
    return (
        RawBand(Edge(zero, "in"), Edge(zero, "in"), unit)
        if _ZERO.fullmatch(condition.words)
        else None
    )


# --- 较上年增长的得5分，下降的不得分

_UP = re.compile(f"(?P<of>.*?){_COMPARED}(?:增长|提高|提升|上升)")
_DOWNWARDS = re.compile(f"(?P<of>.*?){_COMPARED}(?:{_DOWN})")


def _did_not_grow(work: Work) -> None:
    """Where growth gives the points, a decline gives none anyway: whether it grew says both."""
    for one in [*_without_points(work), *_taken(work)]:
        grew = [up for up in _given(work) if _is_the_growth_of(one.condition, up.condition)]
        if not grew:
            continue
        down, up = (work.namer.tokens.taken_out(each.condition.words) for each in (one, grew[0]))
        if one in _taken(work) or grew != _given(work) or work.has(Each, Step):
            work.read_into(
                f"“{down}”与“{up}”分别报送，不能都为“是”",
                f"{down!r} and {up!r} are asked for apart: they cannot both be so",
            )
            continue
        work.clauses = [clause for clause in work.clauses if clause is not one]
        work.read_into(
            f"“{down}”按“{up}”为“否”读，不另报；持平没有写，按不得分",
            f"{down!r} is read as not {up!r}, not asked besides; no change is not worded: no points",
        )


def _is_the_growth_of(down: Condition, up: Condition) -> bool:
    """
    >>> _is_the_growth_of(Condition("下降"), Condition("发明专利较上年增长"))
    True
    >>> _is_the_growth_of(Condition("商标下降"), Condition("专利增长"))
    False
    """
    fell, grew = _DOWNWARDS.fullmatch(down.words), _UP.fullmatch(up.words)
    if fell is None or grew is None or down.denied or down.band is not None:
        return False
    return fell["of"] in ("", grew["of"])


# --- 制定方案得5分，未制定的不得分


def _is_not_so(work: Work) -> None:
    """未制定 is the opposite of the one 制定方案, and no thing of its own; what might be one is listed."""
    for one in [*_without_points(work), *_taken(work)]:
        if one.condition.denied and one.condition.band is None:
            _say_by_its_opposite(one, work)


def _say_by_its_opposite(one: When | Whole, work: Work) -> None:
    taken_out, short = work.namer.tokens.taken_out, one.condition.words
    near = {
        other.condition.words: words
        for other in _given(work)
        if _names(short, words := taken_out(other.condition.words))
    }
    if not near or short in near:
        return
    (code, words), *others = near.items()
    is_it = words.startswith((short, "将", "把")) or len(short) == len(words)
    if not others and is_it and one not in _taken(work):
        opposite = replace(one, condition=Condition(code, denied=True))
        work.clauses = [opposite if clause is one else clause for clause in work.clauses]
        denied = f"“未{short}”" if words.startswith(short) else f"不“{short}”"
        work.read_into(f"{denied}按未“{words}”读，不另报", f"{denied} is read as not {words!r}")
        return
    named = "、".join(f"“{words}”" for words in near.values())
    work.read_into(
        f"“{short}”与{named}按两件事分别报送；如是一件事，请写成一样的",
        f"{short!r} and {named} are asked for apart; if they are one thing, word them alike",
    )


def _names(short: str, words: str) -> bool:
    """
    >>> _names("制定", "制定方案"), _names("处置及时", "及时处置"), _names("制定", "公开")
    (True, True, False)
    """
    return short in words or sorted(short) == sorted(words)


def _given(work: Work) -> list[When]:
    """What gives points if it is so."""
    return [
        one
        for one in work.clauses
        if isinstance(one, When) and not one.condition.denied and one.condition.band is None
        and one.award.points != 0 and not one.award.taken
    ]  # fmt: skip


def _without_points(work: Work) -> list[When | Whole]:
    """What gives no points if it is so: a clause of its own, or said of the whole item."""
    return [
        one
        for one in work.clauses
        if (isinstance(one, When) and one.award == Award(0))
        or (isinstance(one, Whole) and one.key == "zero_if")
    ]


def _taken(work: Work) -> list[When]:
    return [one for one in work.clauses if isinstance(one, When) and one.award.taken]


# --- 研究2次及以上得4分，1次得2分，没有研究的不得分

_OVER = re.compile("超过|超出|超时|超期|逾期")
_UNDER = re.compile("不足|不到|不满|低于|少于|达不到|未?达到?|[不未]满足|[不未]达标|不符合|不够")


def _never_done(work: Work) -> None:
    """Nothing for what was not done even once, beside steps of how often it was: the number says it."""
    steps = [one for one in work.clauses if isinstance(one, Step)]
    for one in _without_points(work):
        said = _said_by(one.condition, steps, work) if steps else _not_even_once(one, work)
        if said is None:
            continue
        words = work.namer.tokens.taken_out(worded(one.condition))
        work.read_into(
            f"“{words}”由同一个数值说明，不另报是或否",
            f"{words!r} is said by the same number: no yes or no is asked besides",
        )
        work.clauses = [said if other is one else other for other in work.clauses]


def _not_even_once(one: When | Whole, work: Work) -> Clause | None:
    """没有开展的不得分, beside 每开展1次得2分 alone: none of it earns nothing anyway."""
    condition = one.condition
    if not condition.denied or condition.band is not None:
        return None
    earning = [
        other
        for other in work.clauses
        if (isinstance(other, When | FromFull | Step) and other is not one)
        or (isinstance(other, Each) and not other.award.taken)
    ]
    thing = HAPPENS.sub("", condition.words)
    counted = [
        other
        for other in earning
        if isinstance(other, Each)
        and other.motion == "event"
        and thing in other.subject + other.what
    ]
    return Break() if thing and len(counted) == len(earning) == 1 else None


def _said_by(condition: Condition, steps: Sequence[Step], work: Work) -> Clause | None:
    """What the steps make of it: nothing more, or a step of their own at 0."""
    if condition.band is not None or condition.words in work.namer.tokens.by_letter:
        return None
    given = [one.band for one in steps if one.award.points != 0]
    if _OVER.fullmatch(condition.words) and all(band.high for band in given):
        return Break()
    if _UNDER.fullmatch(worded(condition)) and all(band.low for band in given):
        return Break()
    thing = HAPPENS.sub("", condition.words)
    subject = next((one.subject for one in steps if one.subject), work.namer.base)
    is_counted = any(is_of_things(subject, one.band.unit) for one in steps)
    if not (condition.denied and thing and thing in subject and is_counted):
        return None
    if all(band.low and exact(band.low.value) > 0 for band in given):
        return Break()
    return Step("", RawBand(Edge("0", "in"), Edge("0", "in"), steps[0].band.unit), Award(0))
