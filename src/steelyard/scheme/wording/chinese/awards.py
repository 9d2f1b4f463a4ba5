"""Clauses that give or take points: 每…扣…分, 达到…的得…分, 否则不得分."""

from __future__ import annotations

import re

from steelyard.scheme.wording.chinese.amounts import NUMERAL, award_at_end
from steelyard.scheme.wording.clauses import (
    Always,
    Clause,
    Condition,
    Each,
    Edge,
    Motion,
    Otherwise,
    Step,
    When,
)
from steelyard.scheme.wording.hear_band import band_of
from steelyard.scheme.wording.plain_text import UNIT

_LONGEST_NOUN = 30


def otherwise(text: str) -> Clause | None:
    said = award_at_end(text)
    words = "(?:其余|其他|其它|否则|除此(?:以外|之外)|余者)(?:的|情况|情形|单位|地区|各档|均|一律)*"
    if not said or not re.fullmatch(words, said[0]):
        return None
    return Otherwise(said[1], is_else=said[0].startswith("否则"))


def always(text: str) -> Clause | None:
    said = award_at_end(text)
    return (
        Always(said[1]) if said and not said[0] and re.match("[得计记给加扣减不]", text) else None
    )


_SHORT = (
    "降",
    "减",
    "跌",
    "下滑",
    "回落",
    "落后",
    "少",
    "缺",
    "缺少",
    "低",
    "降低",
    "下降",
    "差",
    "减少",
    "不足",
    "欠",
    "短缺",
    "短少",
    "相差",
    "低于",
    "少于",
)
_OVER = (
    "升",
    "增",
    "涨",
    "上涨",
    "多出",
    "多于",
    "大于",
    "多",
    "高",
    "超",
    "超过",
    "超出",
    "增加",
    "提高",
    "提升",
    "增长",
    "上升",
    "高出",
    "高于",
)
_BEYOND = re.compile(
    "(?:(?P<else>否则)|(?P<less>不足|不够|未达到?|达不到|未完成|低于|少于|短缺|缺少)|超出|超过|高于|超时|超期)"
    "(?:上述|该|规定|要求|目标|标准|任务|基准|次数|天数|时限|期限|时间|数量|数|(?P<mean>(?:全省|全市|各市|各单位)?的?平均(?:值|水平|数)))*(?:的?部分)?(?:的|时|者)?,?(?:则)?,?"
)
"""What is counted from the number before: 超出部分每10天, 不足的每少1次."""
_BELOW_MEAN = re.compile(
    "(?P<of>[^,;]{1,30}?)低于(?:全省|全市|全县|各市|各县区?|各区|各单位|所有单位)的?平均(?:值|水平|数)的?,?"
)
_ON_LAST_YEAR = re.compile(
    "(?:,)?(?:比|较|与)?(?:上(?:一)?年(?:度)?|去年|上年)(?:同期)?(?:相比)?,?|,?(?:,)?同比,?"
)
_EACH = tuple(
    re.compile(
        f"(?P<subject>[^,]*?(?:,[^,]*?)?)(?P<apart>,)?每(?:再)?(?P<what>[^\\d,]*?){size}(?P<noun>[^,]*?)"
    )
    for size in (
        f"(?P<n>{NUMERAL}(?:%|‰)?)(?P<unit>{UNIT}|(?<=[低高少多差足]\\d)分)?",
        f"(?P<n>)(?P<unit>{UNIT})",
    )
)
_BELONGS = re.compile("的$|^[\ue000-\uf8ff]$")  # 未完成的，每项…; a known title
_NOT_IN_NOUNS = re.compile(
    "[每分;:≥≤<>=%]|不足|以上|以下|原则上|酌情|其中|\\d"
    "|不少于|不低于|不超过|不得|至少|达到|以内|^(?:年|月|季|周|半年|旬)"
)

_REMAINDER = re.compile("其余|剩余|余下|^其他|^其它")
"""其余每低1个百分点扣1分: of what the remainder is, the clause itself does not say."""


def each(text: str) -> Clause | None:
    """每缺1次扣0.5分; 结案率低于90%的，每低1个百分点扣0.5分; 同比每增长10个百分点得1分."""
    said = award_at_end(text)
    matches = (one.fullmatch(said[0].rstrip("的,则")) for one in _EACH) if said else ()
    found = next((one for one in matches if one), None)
    if not said or not found:
        return None
    of_mean = _BELOW_MEAN.fullmatch(found["subject"])
    said_of = found["subject"][of_mean.end("of") :] if of_mean else found["subject"]
    subject, target = _from_where(said_of)
    beyond = _BEYOND.fullmatch(said_of)
    subject = of_mean["of"] if of_mean else "" if beyond else subject
    grew, subject = _compared_with_last_year(subject)
    what, noun = found["what"].removeprefix("有"), found["noun"].strip("的")
    is_whole = what.startswith("满")
    what = what.removeprefix("满")
    n, unit = found["n"] or "1", found["unit"] or ""
    if n.endswith("%"):
        n, unit = n[:-1], "%"
    is_apart = found["apart"] or found["subject"].endswith(",")
    belongs = (
        not is_apart
        or grew
        or beyond
        or target is not None
        or _BELONGS.search(found["subject"].rstrip(","))
    )
    is_clear = belongs and "," not in subject and not _NOT_IN_NOUNS.search(what + noun + subject)
    if not unit or not is_clear or len(what + noun) > _LONGEST_NOUN:
        return None
    motion = _motion(what, noun, grew=grew)
    if _REMAINDER.search(subject + what + noun) and (said[1].taken or motion != "event"):
        return None
    if beyond and not what + noun and not beyond["else"]:
        motion = "short" if beyond["less"] else "over"
    if beyond and beyond["mean"] and not (beyond["less"] and motion == "short"):
        return None
    event = what + noun if motion == "event" else ""
    return Each(
        subject, motion, event, n, unit, said[1], target, is_whole=is_whole, verb=what,
        is_of_mean=bool(beyond and beyond["mean"]),
    )  # fmt: skip


def _from_where(subject: str) -> tuple[str, Edge | None]:
    """结案率低于90%的 is about 结案率, counted from 90%."""
    if re.search(
        "(?<!不)(?:低于|少于)|不足|未达到|未达|达不到|高于|超过|多于|不到|不满|超出|大于|小于",
        subject,
    ):
        band = band_of(subject)
        if band is not None:
            words, edges = band
            edge = edges.high if edges.low is None else edges.low if edges.high is None else None
            if edge is not None:
                return words, edge
    return subject.rstrip("的,"), None


def _compared_with_last_year(subject: str) -> tuple[bool, str]:
    rest, count = _ON_LAST_YEAR.subn("", subject)
    return count > 0, rest


def _motion(what: str, noun: str, *, grew: bool) -> Motion:
    if noun:
        return "event"
    if what in _SHORT:
        return "decline" if grew else "short"
    if what in _OVER:
        return "growth" if grew else "over"
    return "event"


_OFTEN = re.compile("^(?:每年度?|全年|年度|年内)(?:内|应|须)?")


def step(text: str) -> Step | None:
    said = award_at_end(text)
    band = band_of(_OFTEN.sub("", said[0])) if said else None
    return Step(band[0], band[1], said[1]) if said and band else None


_NOT_CONDITIONS = re.compile(
    "[每;:“”×÷≥≤<>=%]|\\((?:含|包括)|原则上|酌情|比例|平均|排名|依次|此类推|最高|最低|最多|以上|以下|视情|根据|每|\\d分|得分|扣分|加分|其中"
    "|除外|除[^,;]*外|^(?:并(?!未)|同时|且)|总分|但(?!是否)|分别|就高|重复|下列|以下情形|上述|[另再]$|^(?:其余|其他|否则|按(?![时期月季质量规要])|由|与|以|达不到|不足的)|为止|考核|倍|累计"
)


def when(text: str) -> Clause | None:
    said = award_at_end(text)
    if not said:
        return None
    once = _ONE_OF.fullmatch(said[0].rstrip("的,"))
    if once and not _NOT_IN_NOUNS.search(once["what"] + once["noun"]):
        what = once["what"] + once["noun"].strip("的")
        motion = _motion(once["what"], once["noun"].strip("的"), grew=False)
        said_of = what if motion == "event" else ""
        return Each("", motion, said_of, "1", once["unit"], said[1], every_is_understood=True)
    condition = condition_of(said[0])
    is_a_thing_done = said[0].startswith(("有", "已")) or _VERBS.match(said[0])
    return (
        When(condition, said[1]) if condition and (is_a_thing_done or not said[1].is_bare) else None
    )


_ONE_OF = re.compile(f"(?P<what>[^,\\d]*?)1(?P<unit>{UNIT})(?P<noun>[^,]*?)")
_DATES = re.compile(
    "\\d+年|\\d+月(?:底|末|\\d+日)?|\\d+(?:个)?(?:工作)?[日天](?:以?内|前)|\\d+小时(?:以?内)|\\d+日"
)


_DENIED = ("未能", "未", "没有", "没", "不能", "无")
_DENIED_TWICE = re.compile(
    "^无(?:故|正当|合理|特殊)|[且或和及、并].*?(?:未|不|没|无)|^没?有?无?.*理由"
)
"""未建立制度且未开展培训, 无正当理由未报送: the first denial is not that of the whole."""
_IS_OF_SEVERAL = re.compile("[且或并没未不]")
"""没有制度或制度不完善: the one thing that it is called, whole."""
_HOLDS_MORE = re.compile(
    "[非因除无]|由于|逾期|超期|到期|过期|超时|期满|届满|全部|全都|所有|部分|连续|多次|故|拒|^应|经(?![费营济])"
    "|[均都皆仍尚还后前]$"
)
"""非因客观原因未完成, 全部未达标, 逾期未完成: the denial is not that of the whole."""
_VERBS = re.compile(
    "^(?:建立|制定|制订|开展|落实|按|报|设|召开|完成|组织|参加|及时|明确|成立|公开|公示|达到|形成)"
)


def condition_of(text: str) -> Condition | None:
    """未按期报送的 is 按期报送, denied. None if the words hold more than one thing may be.

    >>> condition_of("未按期报送的"), condition_of("已建立")
    (Condition(words='按期报送', denied=True, band=None), Condition(words='建立', denied=False, band=None))
    """
    words = text.strip(",").removesuffix("的").strip(",")
    words = re.sub(
        "^(?:若|如果|如|凡|对|对于|能够|能|已经|已)(?=.)|(?:者|的单位|的地区)$", "", words
    )
    if not words or "," in words or _NOT_CONDITIONS.search(words) or len(words) > 40:
        return None
    for start in _DENIED:
        rest = words.removeprefix(start)
        if rest != words and rest and not _DENIED_TWICE.search(words):
            needs_having = start in ("无", "没有") and not _VERBS.match(rest)
            return Condition(f"有{rest}" if needs_having else rest, denied=True)
    denied = re.fullmatch(
        "不(合格|达标|及时|完善|健全|到位|规范|完整|准确|落实|符合要求|合规)", words
    )
    if denied:
        return Condition(denied[1], denied=True)
    middle = re.fullmatch(
        "(.+?)(?:未|不)(达标|合格|完成|建立|开展|落实|及时|到位|健全|完善|规范)", words
    )
    if middle and _IS_OF_SEVERAL.search(middle[1]):
        return Condition(words)
    if middle and _HOLDS_MORE.search(middle[1]):
        return None
    return Condition(middle[1] + middle[2], denied=True) if middle else Condition(words)
