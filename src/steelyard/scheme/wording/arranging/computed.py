"""Points that are computed, judged, or simply said: 得分＝完成率×15, 由专家评审打分, 得满分."""

from __future__ import annotations

import re
from collections.abc import Callable

from steelyard.kernel.bilingual import Text
from steelyard.scheme.wording.arranging.work import OF_THE_MEAN, Amount, Part, Work, is_number
from steelyard.scheme.wording.clauses import (
    Always,
    Clause,
    Computed,
    InProportion,
    Judged,
    ShareOfBest,
)
from steelyard.scheme.wording.plain_text import number


def computed(work: Work) -> list[Part]:
    found = [one for one in work.clauses if type(one) in _PARTS]
    work.use(*found)
    return [_PARTS[type(one)](one, work) for one in found]


def _formula(one: Clause, work: Work) -> Part:
    assert isinstance(one, Computed)
    formula = work.formula(one.words)
    return {"deduct": formula, "each": 1} if one.taken else {"points": formula}


def _proportion(one: Clause, work: Work) -> Part:
    assert isinstance(one, InProportion)
    if not one.of:
        words = "" if work.namer.base.endswith(("率", "比例")) else "完成比例"
        return {"proportion": work.namer.name(words, "share"), "target": 1}
    code = work.quantity(one.of, one.unit)
    part: Part = {"proportion": code, "target": _target(one.target, code, work)}
    return part if one.award.points == "full" else part | {"points": one.award.points}


def _target(words: str, code: str, work: Work) -> Amount:
    """What is to be reached; 全省平均水平, without more, is the mean of the figure itself."""
    if is_number(words):
        return number(words)
    if not _MEAN.fullmatch(words):
        return work.formula(words)
    work.read_into(OF_THE_MEAN.zh, OF_THE_MEAN.en)
    return f"all_mean({code})"


_MEAN = re.compile("(?:全省|全市|全县|各市|各县|各区|各单位|所有单位)?的?平均(?:值|水平|数)")


def _share_of_best(one: Clause, work: Work) -> Part:
    assert isinstance(one, ShareOfBest)
    of = work.namer.quantity("")
    return {
        "points": f"{of} / all_max({of}) * {'full' if work.is_full(one.points) else one.points}"
    }


JUDGED = Text(
    "由评分单位评定，不由数据来源单位报送", "judged by the scoring body, supplied on no sheet"
)
"""Read into words by which a person gives points."""


def _judged(one: Clause, work: Work) -> Part:
    assert isinstance(one, Judged)
    mark = work.namer.mark("酌情扣分" if one.taken else "评定分")
    work.readings.append(JUDGED)
    return {"deduct": mark, "each": 1} if one.taken else {"points": mark}


def _always(one: Clause, work: Work) -> Part:
    assert isinstance(one, Always)
    del work
    award = one.award
    return {"deduct": 1, "each": award.points} if award.taken else {"points": award.points}


_PARTS: dict[type, Callable[[Clause, Work], Part]] = {
    Computed: _formula, InProportion: _proportion, ShareOfBest: _share_of_best, Judged: _judged,
    Always: _always,
}  # fmt: skip
