"""Clauses by which points are computed, judged, or given by place: 按比例得分, 由专家评定, 排名第一的得…分."""

from __future__ import annotations

import re
from dataclasses import replace

from steelyard.scheme.wording.chinese.amounts import NUMERAL, award_at_end
from steelyard.scheme.wording.clauses import (
    Clause,
    Computed,
    InProportion,
    Judged,
    Place,
    ReachesMean,
    ShareOfBest,
)
from steelyard.scheme.wording.plain_text import UNIT, number


def in_proportion(text: str) -> Clause | None:
    found = re.fullmatch(
        "(?P<of>[^,\\d]+?)(?:达到|(?<![下传表送转抵])达)(?P<target>[^,\\d]+?)(?:的)?,?(?P<award>得满分|得[^,]*分),"
        "(?:不足|未达到|达不到|未完成)[^,]{0,8}?(?:部分)?(?:,)?按(?:照)?(?:实际)?(?:完成)?比例(?:得|扣|计)(?:分)?",
        text,
    )
    if found:
        award = award_at_end(found["award"])
        of, target = found["of"], found["target"]
        return InProportion(of, target, award[1]) if award else None
    bare = re.fullmatch(
        f"(?:(?:未完成|不足|未达到?|达不到|低于|少于|不够)(?:{NUMERAL}[%‰]?(?:{UNIT})?|目标|任务|标准|要求)?(?:的|部分|的部分)?|其余的?|否则|完成部分的)?,?按(?:照)?(?:其)?(?:实际)?(?:任务|目标)?"
        "(?:完成|达标|实际完成|完成任务|落实)?(?:情况|任务)?(?:的)?比例(?:折算|计算|相应)?(?:得分|计分|给分|记分|赋分|扣分|计)",
        text,
    )
    return InProportion() if bare else None


def computed(text: str) -> Clause | None:
    found = re.fullmatch(
        "(?:本项|该项)?(?P<kind>得分|计分|分值|评分|扣分)(?:=|为|:|按)(?P<words>.+)", text
    )
    if found and not re.search("[,;]|每|扣完", found["words"]):
        return Computed(found["words"], taken=found["kind"] == "扣分")
    found = re.fullmatch("按(?:照)?(?P<words>[^,;]*[×÷/][^,;]*?)(?:计算)?(?:计分|得分)", text)
    found = found or re.fullmatch("(?P<words>[^,;=每按与最]*×[^,;=每最]*)", text)
    return Computed(found["words"]) if found else None


_TO_BEST = re.compile(
    f"(?:本项)?(?:得分=|按|按照|以)?(?:本市|本地|本单位|各单位|各市|该市)?(?:值|数)?与?(?:全省|全市|各市|各单位|全县|所有单位)?"
    f"最高(?:值|分|者|数)?(?:之|的)比(?:例)?(?:×|乘以)(?:(?P<n>{NUMERAL})|分值|满分|本项分值)(?:计分|得分|分)?"
)


def share_of_best(text: str) -> Clause | None:
    found = _TO_BEST.fullmatch(text)
    if found:
        return ShareOfBest(number(found["n"]) if found["n"] else "full")
    words = (
        f"[^,;每]{{0,16}}?(?:第1(?:名|位)?|最高)(?:的|者)?(?:得|为|计)(?:满分|{NUMERAL}分),(?:其他|其余|其它)(?:单位|市|地区|各市)?的?"
        "按(?:其)?与(?:第1(?:名|位)?|最高者|最高值)的?(?:之)?比例?(?:折算|计算)?(?:得分|计分|计)"
        "|(?:以)?(?:最高|第1名|最高者|最高值|数量最多)(?:的|者)?(?:得|为|计)满分,(?:其他|其余|其它)(?:单位|市|地区|各市)?的?"
        "按(?:与(?:其|最高值|最高者)(?:的|之)比|(?:与最高值的)?比例)(?:例)?(?:折算|计算)?(?:得分|计分|计)?"
    )
    return ShareOfBest() if re.fullmatch(words, text) else None


_ALL = "(?:全省|全市|全县|全区|各市|各县区?|各区|各地区?|各?被?考核单位|各单位|所有单位)"
_MEAN = f"{_ALL}(?:的)?平均(?:值|水平|数)"
_REACHES = re.compile(
    f"(?P<of>[^,;每\\d]{{0,30}}?)(?:达到(?:或|或者|及|和)?(?:超过|高于)?|不低于|等于或高于|高于或等于|≥){_MEAN}(?:及以上)?(?:的|者)?,?"
)


def reaches_mean(text: str) -> Clause | None:
    """以全省平均值为基准; 达到或者超过全省平均值的得6分."""
    if re.fullmatch(f"以{_MEAN}为(?:基准|标准|基数|基准值|目标)", text):
        return ReachesMean()
    said = award_at_end(text)
    found = _REACHES.fullmatch(said[0]) if said else None
    if not said or not found or said[1].taken or said[1].added or said[1].spared:
        return None
    return ReachesMean(found["of"].rstrip("的,"), said[1])


_JUDGE = "(?:专家|评审|考核组|考评组|评委|领导|考核办|考核部门|主管部门|检查组|评分单位)"


def judged(text: str) -> Clause | None:
    score = (
        "(?:评分|打分|评定|评审|赋分|计分|给分|得分|酌情给分|评审打分|评审计分|综合评分|综合评定)"
    )
    if re.fullmatch(f"(?:由)?[^,;]{{0,14}}{_JUDGE}[^,;]{{0,12}}?{score}(?:为准)?", text):
        return Judged()
    by_whom = f"由(?:[^,;\\d每按](?!比例|排名)){{2,24}}?{score}"
    if re.fullmatch(by_whom, text):
        return Judged()
    if re.fullmatch(
        "[^,;\\d]{0,20}酌情(?:给分|计分|打分|得分|评分|赋分)|视[^,;\\d]{1,14}(?:给分|计分|打分|评分|得分)",
        text,
    ):
        return Judged()
    if re.fullmatch("[^,;\\d]{0,20}酌情(?:扣|减|扣减)分|视[^,;\\d]{1,14}扣分", text):
        return Judged(taken=True)
    return None


_PLACE = re.compile(
    "(?P<of>[^,;\\d每前第]{2,16}?(?=排名|位列|位居|名列))?(?:在|排名|位列|位居|名列|获|获得|综合排名|排|得|考核|全省|全市|全国|全县)*(?:"
    "第(?P<first>\\d+)(?:名|位)?(?:~第?(?P<last>\\d+))?(?:名|位)(?P<on>及以后|以后|及以下|以下|之后|及之后|起)?"
    "|前(?P<top>\\d+)(?:名|位)?)(?:的|者|,)*"
)


_WHERE_RANKED = "(?:在|全省|全市|全国|全县|各市|综合|考核|年度|总|得分)*"


_AMONG_ALL = re.compile(
    "(?:按|以)?(?P<of>[^,;第前\\d]{1,40}?)(?:的)?,?(?:在)?(?:全省|全市|全县|各市|各县区|各单位)(?:中)?(?:的)?"
    "(?:排名|排序|位列|位居|名列|排)(?:情况)?(?:计分)?[,:]?(?=第|前)"
)
_LESS_IS_BETTER = re.compile(
    "天数|时长|用时|耗时|时间|投诉|发生|发案|[未不无]|超期|逾期|名次|位次|排名|下降|降低|减少"
)
"""Where it is not plain that the largest is the first."""


def place(text: str) -> Clause | None:
    among = _AMONG_ALL.match(text)
    if among and not re.fullmatch(_WHERE_RANKED, among["of"]):
        rest = place(text[among.end() :])
        if not isinstance(rest, Place) or rest.of or _LESS_IS_BETTER.search(among["of"]):
            return None
        return replace(rest, of=among["of"], is_of_all=True)
    said = award_at_end(text)
    found = _PLACE.fullmatch(said[0]) if said else None
    if not said or not found:
        return None
    of = "" if re.fullmatch(_WHERE_RANKED, found["of"] or "") else found["of"] or ""
    if found["top"]:
        return Place(1, int(found["top"]), said[1], of)
    first = int(found["first"])
    last = None if found["on"] else int(found["last"] or first)
    return Place(first, last, said[1], of)
