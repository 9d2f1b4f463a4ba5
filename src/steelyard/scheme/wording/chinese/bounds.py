"""Clauses that end or bound the counting: 扣完为止, 最高10分, 不足1个百分点的不计."""

from __future__ import annotations

import re
from typing import Literal

from steelyard.scheme.wording.chinese.amounts import NUMERAL
from steelyard.scheme.wording.chinese.awards import step
from steelyard.scheme.wording.clauses import (
    Clause,
    Counting,
    DownToZero,
    Edge,
    FromFull,
    HighestOnce,
    Most,
    NoCap,
    Target,
    ZeroBase,
)
from steelyard.scheme.wording.hear_band import band_of
from steelyard.scheme.wording.plain_text import NUMBER, UNIT, number


def down_to_zero(text: str) -> Clause | None:
    words = (
        "(?:直至|直到)?(?:扣完(?:本项|该项)?(?:分值|分|得分)?为止|扣至0分(?:为止)?|不计负分|不得负分|不倒扣分?"
        "|扣完即止|最低(?:得|扣至|为|计)?0分|扣完为止)"
    )
    return DownToZero() if re.fullmatch(words, text) else None


def no_cap(text: str) -> Clause | None:
    return (
        NoCap() if re.fullmatch("(?:本项)?(?:不设上限|不封顶|上不封顶|不设最高分)", text) else None
    )


_WHOSE = "(?:本项|该项|此项|合计|累计|总计|加分|得分|扣分|总分|累加|同类)*"
_MOST = re.compile(
    f"{_WHOSE}(?:最高|最多|至多|最大)(?:可|只)?(?P<verb>得|加|扣|计|奖|减)?分?(?:值)?(?:不超过|为)?(?P<n>{NUMERAL})分"
    f"(?:为止|封顶)?|{_WHOSE}(?P<verb2>得|加|扣)?分?{_WHOSE}不(?:得)?超过(?P<n2>{NUMERAL})分"
    f"|以(?P<n3>{NUMERAL})分(?:封顶|为限|为上限)|(?P<n4>{NUMERAL})分封顶|(?P<verb5>加|得|扣)(?:满|完|至)(?P<n5>{NUMERAL})分为止"
)


def most(text: str) -> Clause | None:
    if re.fullmatch(f"{_WHOSE}最高得满分|(?:超过|超出|高于|大于)100%的?,?按100%(?:计算|计)", text):
        return Most("full", taken=False)
    found = _MOST.fullmatch(text)
    if not found:
        return None
    verb = found["verb"] or found["verb2"] or found["verb5"] or ("扣" if "扣分" in text else "")
    written = next(found[name] for name in ("n", "n2", "n3", "n4", "n5") if found[name])
    return Most(number(written), None if not verb else verb in ("扣", "减"))


_PART_OF_STEP = re.compile(
    f"不(?:足|满|到)(?P<n>{NUMBER})?(?P<unit>{UNIT})?(?:的)?(?:部分)?,?(?:的)?(?:"
    f"(?P<started>(?:按|以)(?P<as>{NUMBER})(?P<as_unit>{UNIT})?(?:计算|计|算|扣分|计分))"
    "|(?P<full>不计|不计算|不扣分|不扣|不加分|不得分|不计分|舍去|忽略不计|不予计算)"
    "|(?P<exact>按比例(?:计算|计|扣分|扣|折算)))"
)


def counting(text: str) -> Clause | None:
    found = _PART_OF_STEP.fullmatch(text)
    if not found:
        return None
    count: Literal["full", "started", "exact"]
    count = "started" if found["started"] else "full" if found["full"] else "exact"
    said = [found[name] or "" for name in ("n", "unit", "as", "as_unit")]
    return Counting(count, step(text) if count == "full" else None, *said)


def zero_base(text: str) -> Clause | None:
    found = re.fullmatch(
        f"上(?:一)?年(?:度)?(?:基数|数量|案件量|数)?(?:为|是|=)0(?:的|时)?,?(?:以|按)({NUMERAL}){UNIT}?(?:计算|计|算)",
        text,
    )
    return ZeroBase(found[1]) if found else None


_HIGHEST_ONCE = re.compile(
    "(?:对|凡)?(?:同一|相同|同)[^,;]{0,14}(?:就高|取最高|按最高|不(?:得)?重复|只计|以最高)[^,;]*"
    "|(?:按)?就高(?:不就低|原则)?(?:计分|加分|得分)?(?:,)?(?:不(?:得)?(?:重复|累计)(?:计分|加分|计算|得分)?)?"
    "|(?:加分|得分)?不(?:得)?(?:重复|累计)(?:计分|加分|计算|得分)"
)


def highest_once(text: str) -> Clause | None:
    return HighestOnce() if _HIGHEST_ONCE.fullmatch(text) else None


def target(text: str) -> Clause | None:
    """以90%为基准; 每年会议不少于4次."""
    found = re.fullmatch(f"以({NUMBER}){UNIT}?为(?:基准|目标|标准|底线|基数|基准值|目标值)", text)
    if found:
        return Target(Edge(found[1], "in"))
    if not re.search("不少于|不低于|至少|≥|达到", text):
        return None
    band = band_of(re.sub("^(?:每年|全年|年度|当年|要求)(?:应|须)?", "", text))
    if band and band[1].unit == "分" and not band[0]:
        return None  # 不少于5分 bounds what is given; it is no target of a figure
    low = band[1].low if band and band[1].high is None else None
    return Target(low, band[0], band[1].unit) if band and low else None


_TO_DO = "召开|举行|举办|开展|组织|报送|上报|办理|办结|完成|查处|检查|巡查|培训|提交|建立|设立|配备|发布|编发|发生"
_NUMBER_TO_DO = re.compile(
    f"(?:每年度?|全年|年度|年内|当年)?(?:内)?(?:应|须|要)?(?P<least>至少|不少于)?(?P<verb>[^\\d,]{{0,8}}?(?:{_TO_DO})[^\\d,]{{0,8}}?)"
    f"(?P<n>\\d+)(?P<unit>{UNIT})(?P<what>[^\\d,]{{0,8}})"
)
_NOT_A_NUMBER_TO_DO = re.compile(
    "[每或及以内前后起上下止扣得加分至最]|不(?:足|满|少|低|超)|超过|季|月|半年"
)


def number_to_do(text: str) -> Clause | None:
    """全年召开4次, without points: from where 每少1次 counts."""
    found = _NUMBER_TO_DO.fullmatch(text)
    if not found or _NOT_A_NUMBER_TO_DO.search(found["verb"] + found["what"]):
        return None
    of = found["verb"] + found["what"]
    is_bare = not found["least"]
    return Target(Edge(found["n"], "in"), of, found["unit"], is_bare=is_bare, said=text)


def from_full(text: str) -> Clause | None:
    if re.fullmatch("以满分为基础|基础分为?满分", text):
        return FromFull()
    found = re.fullmatch(
        f"(?:本项)?(?:基础分|基本分|基准分|满分|共|总分)?(?:为|计)?({NUMERAL})分", text
    )
    known = re.match("本项|基础分|基本分|基准分|满分|共|总分", text)
    return FromFull(number(found[1])) if found and known else None
