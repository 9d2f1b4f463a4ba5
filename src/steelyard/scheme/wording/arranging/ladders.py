"""Steps on one quantity: ≥90%得10分，80%—90%得8分，低于80%不得分."""

from __future__ import annotations

import re
from collections.abc import Sequence

from steelyard.kernel.exact import exact
from steelyard.scheme.wording.arranging.beside import add_condition
from steelyard.scheme.wording.arranging.conditions import compared
from steelyard.scheme.wording.arranging.work import Part, Undecided, Work, signed
from steelyard.scheme.wording.clauses import About, Counting, Each, Edge, Otherwise, RawBand, Step
from steelyard.scheme.wording.hear_band import closed, written
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
    return [_ladder(group, work) for group in _by_subject(steps)]


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
    """不超过3件得满分，每发生1件扣2分: of all that happened, or of what is more than 3?"""
    units = [step.band.unit for step in steps]
    for one in _counted(work):
        is_all = one.motion == "event" and re.fullmatch("(?:发生|出现|发现|有)?", one.what)
        is_of_these = not one.subject and any(are_one_unit(unit, one.unit) for unit in units)
        if is_all and is_of_these and one.award.taken:
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
    band = closed([step.band])[0][0]
    condition = compared(work.quantity(step.subject, band.unit), band)
    part: Part = {"points": step.award.points, "when": condition}
    otherwise = work.otherwise()
    return part if otherwise in (None, 0) else part | {"otherwise": otherwise}


def _ladder(steps: list[Step], work: Work) -> Part:
    bands, readings = closed([one.band for one in steps])
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


def _by_subject(steps: Sequence[Step]) -> list[list[Step]]:
    """Steps of one quantity together: a new subject begins a new ladder."""
    groups: list[list[Step]] = []
    for step in steps:
        subjects = {one.subject for one in groups[-1] if one.subject} if groups else set()
        if groups and (not step.subject or not subjects or step.subject in subjects):
            groups[-1].append(step)
        else:
            groups.append([step])
    return groups


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
