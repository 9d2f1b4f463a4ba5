"""Steps on one quantity: ≥90%得10分，80%—90%得8分，低于80%不得分."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from steelyard.kernel.exact import exact
from steelyard.scheme.wording.arranging.beside import add_condition
from steelyard.scheme.wording.arranging.conditions import compared
from steelyard.scheme.wording.arranging.work import Part, Undecided, Work, signed
from steelyard.scheme.wording.clauses import (
    About,
    Counting,
    Each,
    Edge,
    Otherwise,
    RawBand,
    Step,
    When,
)
from steelyard.scheme.wording.hear_band import closed, written
from steelyard.scheme.wording.kinds import is_of_things
from steelyard.scheme.wording.units import SHARE_UNITS, are_one_unit, is_time


def ladders(work: Work) -> list[Part]:
    steps = _steps(work)
    if not steps:
        return []
    threshold = _threshold(steps, work)
    if threshold is not None:
        return threshold
    if len(steps) == 1 and any(one.is_else for one in work.clauses if isinstance(one, Otherwise)):
        return [_if_in_band(steps[0], work)]
    return [_ladder(group, work) for group in _by_subject(steps, work)]


def _steps(work: Work) -> list[Step]:
    """The steps in the order of the words. 不足1次不得分 is one of them if it does not say how parts count."""
    listed = work.all(Step)
    lowest = [
        one
        for one in work.clauses
        if isinstance(one, Counting) and one.gives_nothing and not _says_how_parts_count(one, work)
    ]
    if not listed:
        return listed
    work.use(*lowest)
    return [*listed, *(one.step for one in lowest if one.step is not None)]


def _says_how_parts_count(one: Counting, work: Work) -> bool:
    """不足10天的不得分 beside 每超过10天 is taken for neither; 不足1次 of things that come whole is a step."""
    given_for_each = any(not each.award.taken for each in _counted(work))
    comes_in_parts = one.size != "1" or one.unit in SHARE_UNITS or is_time(one.unit)
    return given_for_each or any(
        each.motion == "over" or (comes_in_parts and one.size.rstrip("%") == each.size)
        for each in _counted(work)
    )


def _threshold(steps: list[Step], work: Work) -> list[Part] | None:
    """达到90%以上得满分，每低1个百分点扣0.5分，低于60%不得分: from 90% on what lacks is counted."""
    counted = [one for one in _differences(work) if _may_be_of(one, steps, work)]
    zeros = [one for one in steps if one.award.points == 0 and not one.award.taken]
    others = [one for one in steps if one not in zeros]
    if not counted:
        _must_not_count_again(others, work)
        return None
    if len(others) != 1 or others[0].award.taken or len(zeros) > 1:
        _must_be_said_apart(counted, work)
        return None
    step = others[0]
    taken = [one for one in counted if one.award.taken]
    edge = _edge(step.band, taken or counted)
    _must_fit(step.band, edge, counted)
    work.target, work.target_of = edge, step.subject
    if not taken:  # what is added beyond the number says nothing of what lacks to it
        return None
    for zero in zeros:
        if any(
            end is not None and end.value == edge.value for end in (zero.band.low, zero.band.high)
        ):
            raise _not_joined()
        band = closed([zero.band])[0][0]
        code = work.quantity(zero.subject or step.subject, band.unit)
        add_condition(work, "zero_if", compared(code, band))
    return [{"points": "full" if work.is_full(step.award.points) else step.award.points}]


def _counted(work: Work) -> list[Each]:
    return [one for one in work.clauses if isinstance(one, Each)]


def _differences(work: Work) -> list[Each]:
    return [one for one in _counted(work) if one.motion in ("short", "over")]


def _may_be_of(one: Each, steps: Sequence[Step], work: Work) -> bool:
    """Whether it may be the figure of the steps that is short: not if it names another."""
    named = {step.subject for step in steps if step.subject} or {work.namer.base}
    return not one.subject or any(one.subject in name or name in one.subject for name in named)


def _must_not_count_again(steps: Sequence[Step], work: Work) -> None:
    """不超过3件得满分，每发生1件扣2分: of all that happened, or of what is more than 3? And 达到90%得满分，
    每压减1个百分点扣2分: of which way it goes nothing is understood."""
    units = [step.band.unit for step in steps]
    for one in _counted(work):
        is_all = one.motion == "event" and re.fullmatch("(?:发生|出现|发现|有)?", one.what)
        is_of_these = not one.subject and any(are_one_unit(unit, one.unit) for unit in units)
        is_unknown_way = one.motion == "event" and one.unit in SHARE_UNITS
        if (is_all or is_unknown_way) and is_of_these and one.award.taken:
            raise _not_joined()


def _must_be_said_apart(counted: Sequence[Each], work: Work) -> None:
    """Several steps, and what is counted besides: only from a number of its own, where all is said."""
    has_rest = work.has(Otherwise)
    if any(one.target is None or (one.award.taken and not has_rest) for one in counted):
        raise _not_joined()


def _edge(band: RawBand, counted: Sequence[Each]) -> Edge:
    """The end of the band from which the differences count."""
    motions = {one.motion for one in counted if one.award.taken}
    if band.low is None or band.high is None or band.is_one_value:
        edge = band.low or band.high
        assert edge is not None
        return edge
    if len(motions) != 1:
        raise _not_joined()
    return band.low if motions == {"short"} else band.high


def _must_fit(band: RawBand, edge: Edge, counted: Sequence[Each]) -> None:
    """What takes points must lead away from the band, what adds some further into it."""
    for one in counted:
        away = "short" if edge is band.low else "over"
        is_right_way = band.is_one_value or (one.motion == away) == one.award.taken
        is_from_here = one.target is None or exact(one.target.value) == exact(edge.value)
        if not is_right_way or not is_from_here:
            raise _not_joined()
        if band.unit and not are_one_unit(band.unit, one.unit):
            raise Undecided(
                "目标与每一档的计量单位不同", "the target and the steps are not in the same unit"
            )


def _not_joined() -> Undecided:
    return Undecided(
        "分档得分与按差额扣分怎样合用，没有写清",
        "how the steps and what is taken for the difference belong together is not clear",
    )


def _if_in_band(step: Step, work: Work) -> Part:
    """结案率≥90%的得满分，否则不得分."""
    _must_say_from_where([step], work)
    band = closed([step.band])[0][0]
    condition = compared(work.quantity(step.subject, band.unit), band)
    part: Part = {"points": step.award.points, "when": condition}
    otherwise = work.otherwise()
    return part if otherwise in (None, 0) else part | {"otherwise": otherwise}


def _must_say_from_where(steps: Sequence[Step], work: Work) -> None:
    """结案率90%得5分: from 90% on, up to it, or at just this value? Of things that come whole it is just it."""
    for one in steps:
        edge, unit = one.band.low, one.band.unit
        if edge is None or not one.band.is_one_value or edge.status != "open":
            continue
        is_share = unit in SHARE_UNITS
        is_end = is_share and exact(edge.value) in (0, 1)
        comes_whole = not is_share and is_of_things(one.subject or work.namer.base, unit)
        if not is_end and not comes_whole:
            number = edge.value + ("" if edge.value.endswith("%") else unit)
            raise Undecided(
                f"“{number}”是达到、不超过还是正好这个数，没有写清",
                f"whether {number!r} means at least, at most or exactly it is not said",
            )


def _open_at_the_top(steps: Sequence[Step], work: Work) -> list[Step]:
    """4次得5分，3次得3分: five meetings are not worth less than four."""
    top = max(steps, key=lambda one: exact((one.band.low or one.band.high or _ZERO).value))
    best = max(steps, key=lambda one: exact(work.amount(one.award.points)))
    low = top.band.low
    is_bare = top.band.is_one_value and low is not None and low.status == "open"
    if not is_bare or top is not best or low is None or top.band.unit in SHARE_UNITS:
        return list(steps)
    number = f"{low.value}{top.band.unit}"
    work.read_into(f"“{number}”按“{number}以上”读", f"{number!r} is read as at least {number!r}")
    opened = replace(top, band=replace(top.band, low=Edge(low.value, "in"), high=None))
    return [opened if one is top else one for one in steps]


_ZERO = Edge("0", "in")


def _ladder(steps: list[Step], work: Work) -> Part:
    _must_say_from_where(steps, work)
    bands, readings = closed([one.band for one in _open_at_the_top(steps, work)])
    for reading in readings:
        work.read_into(f"按“{reading.zh}”读", f"read as: {reading.en}")
    unit = next((one.band.unit for one in steps if one.band.unit), "")
    subject = next((one.subject for one in steps if one.subject), "")
    about = [one.words for one in work.all(About)]
    of = work.formula(about[0]) if about else work.quantity(subject, unit)
    takes = _takes(steps)
    listed = [
        [written(band), 0 if takes and one.award.spared else signed(one.award)]
        for band, one in zip(bands, steps, strict=True)
    ]
    part: Part = {"ladder": of, "steps": listed}
    otherwise = work.otherwise()
    if otherwise is not None:
        return part | {"otherwise": otherwise}
    if _covers(bands, is_natural=unit != "" or "率" in subject):
        return part
    if takes:
        work.read_into(
            "各档之外没有写，按不扣分", "outside of the steps nothing is said: none taken"
        )
    else:
        work.read_into(
            "各档之外没有写，按不得分", "outside of the steps nothing is said: no points"
        )
    return part | {"otherwise": 0}


def _takes(steps: Sequence[Step]) -> bool:
    """Whether the steps take points: 3天以内不扣分，3天以上扣1分.

    Raises:
        Undecided: some give and others take, ≥90%得10分，低于90%扣2分.
    """
    takes = any(one.award.taken for one in steps)
    if takes and not all(one.award.taken or one.award.spared for one in steps):
        raise Undecided(
            "几档得分、几档扣分，从多少分扣起没有写清",
            "some steps give points and others take them: from what base is not said",
        )
    return takes


def _by_subject(steps: Sequence[Step], work: Work) -> list[list[Step]]:
    """Steps of one quantity together: a new subject begins a new ladder."""
    if _are_one_in_short(steps, work):
        return [list(steps)]
    groups: list[list[Step]] = []
    for step in steps:
        subjects = {one.subject for one in groups[-1] if one.subject} if groups else set()
        if groups and (not step.subject or not subjects or step.subject in subjects):
            groups[-1].append(step)
        else:
            groups.append([step])
    return groups


def _are_one_in_short(steps: Sequence[Step], work: Work) -> bool:
    """经费较上年增长10%以上…，增长5%以上不足10%…: the end of the first subject, steps that exclude each
    other as they are worded, and the points of the best of them all that is to be had."""
    first, others = steps[0].subject, {one.subject for one in steps[1:] if one.subject}
    is_short = bool(others - {first}) and all(first.endswith(one) for one in others)
    best = max((one.award for one in steps), key=lambda award: exact(work.amount(award.points)))
    is_only_score = work.is_full(best.points) and not work.has(When)
    return is_short and is_only_score and _exclude_each_other([one.band for one in steps])


def _exclude_each_other(bands: Sequence[RawBand]) -> bool:
    """As they are worded, without one being cut at the next."""
    row = sorted(bands, key=lambda one: exact(one.low.value) if one.low else -1)
    return all(
        lower.high is not None and upper.low is not None
        and exact(lower.high.value) <= exact(upper.low.value)
        for lower, upper in pairwise(row)
    )  # fmt: skip


def _covers(bands: Sequence[RawBand], *, is_natural: bool) -> bool:
    """Whether the bands hold every value; counts and shares are not below 0, shares not above 1."""
    lows, highs = [one.low for one in bands], [one.high for one in bands]
    from_zero = is_natural and any(
        low is not None and low.status == "in" and exact(low.value) == 0 for low in lows
    )
    to_one = any(
        high is not None and high.value.endswith("%") and exact(high.value) == 1
        and high.status == "in"
        for high in highs
    )  # fmt: skip
    return (None in lows or from_zero) and (None in highs or to_one)
