"""Steps on one quantity: ≥90%得10分，80%—90%得8分，低于80%不得分."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.kernel.exact import exact
from steelyard.scheme.wording.arranging.beside import add_condition
from steelyard.scheme.wording.arranging.conditions import compared
from steelyard.scheme.wording.arranging.work import Part, Work, signed
from steelyard.scheme.wording.clauses import About, Counting, Each, Otherwise, RawBand, Step
from steelyard.scheme.wording.hear_band import closed, written


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
    """The steps in the order of the words. 不足1次不得分 is one of them where nothing is given for each."""
    listed = work.all(Step)
    given_for_each = any(isinstance(one, Each) and not one.award.taken for one in work.clauses)
    lowest = [one for one in work.clauses if isinstance(one, Counting) and one.step is not None]
    if not listed or given_for_each:
        return listed
    work.use(*lowest)
    return [*listed, *(one.step for one in lowest if one.step is not None)]


def _threshold(steps: list[Step], work: Work) -> list[Part] | None:
    """达到90%以上得满分，每低1个百分点扣0.5分，低于60%不得分: from 90% on what lacks is counted."""
    counted = [
        one for one in work.clauses if isinstance(one, Each) and one.motion in ("short", "over")
    ]
    zeros = [one for one in steps if one.award.points == 0 and not one.award.taken]
    others = [one for one in steps if one not in zeros]
    if not counted or len(others) != 1 or others[0].award.taken or len(zeros) > 1:
        return None
    step = others[0]
    work.target, work.target_of = step.band.low or step.band.high, step.subject
    for zero in zeros:
        band = closed([zero.band])[0][0]
        code = work.quantity(zero.subject or step.subject, band.unit)
        add_condition(work, "zero_if", compared(code, band))
    return [{"points": "full" if work.is_full(step.award.points) else step.award.points}]


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
    listed = [[written(band), signed(one.award)] for band, one in zip(bands, steps, strict=True)]
    part: Part = {"ladder": of, "steps": listed}
    otherwise = work.otherwise()
    if otherwise is not None:
        return part | {"otherwise": otherwise}
    if _covers(bands, is_natural=unit != "" or "率" in subject):
        return part
    work.read_into("各档之外没有写，按不得分", "outside of the steps nothing is said: no points")
    return part | {"otherwise": 0}


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
