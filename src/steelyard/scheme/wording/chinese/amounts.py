"""How many points does a clause give or take, and what is left of it? ``每件扣2分`` ends with an amount."""

from __future__ import annotations

import re

from steelyard.scheme.wording.clauses import (
    Award,
)
from steelyard.scheme.wording.plain_text import number

NUMERAL = r"\d+(?:\.\d+)?(?:/\d+)?"
"""A number, a fraction too."""

_AWARD = re.compile(
    "(?P<head>.*?),?(?:(?<!否)则|可|均|各|方可|直接|再)?(?P<said>"
    "不得分|不计分|不给分|不予计分|不加分|(?:得|计|记|为|给)?0分|不扣分"
    "|(?:得|计|记|给)?(?:本项)?满分|[得计]全分"
    f"|[得计](?:本项)?(?:分值|满分)的(?P<share>{NUMERAL}%?)(?:分)?|得(?P<rate>{NUMERAL}%)的?分(?:值|数)?|得一半分"
    f"|(?P<verb>得|计|记|给予|给|加计|加|奖励|奖|扣减|扣除|扣|减扣|减)?(?P<n>-?{NUMERAL})分"
    ")"
)
_CUT_OFF = re.compile(
    "(?:不|未|没有?|免[于予]?|不[得予再另能可应会]|无需|无须|不必)(?:再|另|另行|重复|额外|予以)?$"
)
"""What denies the giving or taking is part of it: 不扣2分 takes nothing, whatever 扣2分 does."""
_TAKES = ("扣", "扣减", "扣除", "减", "减扣")
_ADDS = ("加", "加计", "奖", "奖励")


def award_at_end(text: str) -> tuple[str, Award] | None:
    """What stands before the award, and the award.

    >>> award_at_end("每缺1次扣0.5分")
    ('每缺1次', Award(points='0.5', taken=True, added=False, spared=False, is_bare=False))
    >>> award_at_end("因不可抗力迟报的不扣2分") is None
    True
    """
    found = _AWARD.fullmatch(text)
    if not found or _CUT_OFF.search(found["head"]):
        return None
    return found["head"], _award(found)


def _award(found: re.Match[str]) -> Award:
    said, share = found["said"], found["share"] or found["rate"]
    if found["n"]:
        return counted_award(found["n"], found["verb"] or "")
    if share:
        return Award(f"full * {share}")
    if said == "得一半分":
        return Award("full * 50%")
    if said == "不扣分":
        return Award("full", spared=True)
    if "满分" in said or "全分" in said:
        return Award("full")
    return Award(0)


def counted_award(written: str, verb: str) -> Award:
    if written.startswith("-") and verb not in ("得", "计", "记"):
        return Award(number(written[1:]), taken=True)
    points = int(written) if re.fullmatch(r"-\d+", written) else number(written)
    return Award(points, taken=verb in _TAKES, added=verb in _ADDS, is_bare=not verb)
