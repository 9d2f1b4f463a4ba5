"""Clauses about a whole item or the whole total: what its data are, what strikes it out, what is only a remark."""

from __future__ import annotations

import re
from itertools import product

from steelyard.scheme.wording.chinese.awards import condition_of
from steelyard.scheme.wording.clauses import (
    Clause,
    Condition,
    Edge,
    RawBand,
    Remark,
    StateOfData,
    Vetoed,
    Whole,
    WholeKey,
)
from steelyard.scheme.wording.hear_band import band_of
from steelyard.scheme.wording.plain_text import UNIT, plain_chinese
from steelyard.scheme.wording.say_item import OUTCOMES, STATES


def state_of_data(text: str) -> Clause | None:
    return _STATE_SENTENCES.get(text)


_STATE_SENTENCES = {
    plain_chinese(OUTCOMES[outcome].zh.format(state=STATES[state].zh)).rstrip("。"): StateOfData(state, outcome)
    for state, outcome in product(STATES, OUTCOMES)
}  # fmt: skip
_IN_THE_YEAR = "(?:全年|当年|年内|年度)?"
_EVENT = "(?:案件|事件|案|事故|投诉|任务)(?:线索)?"
_WHOLE: tuple[tuple[WholeKey, str], ...] = (
    ("zero_if", "(?P<c>.+?)(?:的|时)?,?(?:则)?(?:本项|该项|此项)(?:直接)?(?:不得分|得0分|计0分|为0分|记0分)"),
    ("full_if", "(?P<c>.+?)(?:的|时)?,?(?:本项|该项|此项)(?:直接)?(?:得满分|计满分|得分|不扣分)"),
    ("not_applicable_if", "(?P<c>.+?)(?:的|时)?,?不(?:参与|纳入|计入|列入)(?:本项|该项|此项)?考核(?:评分)?"),
    ("zero_if", f"(?P<c>{_IN_THE_YEAR}(?:无|没有|未发生|未办理)[^,]*?{_EVENT})的?,?(?:不得|得0|计0)分"),
    ("full_if", f"(?P<c>{_IN_THE_YEAR}(?:无|没有|未发生)[^,]*?{_EVENT})的?,?(?:[得计]满|不扣)分"),
)  # fmt: skip


def whole(text: str) -> Clause | None:
    for key, pattern in _WHOLE:
        found = re.fullmatch(pattern, text)
        if found and key == "zero_if" and is_forgery(found["c"]):
            return StateOfData("forged", "zero")
        if found:
            words = re.sub("^(?:全年|当年|年内|年度)(?=无|没有|未)", "", found["c"])
            condition = _measured(words) or condition_of(words)
            if condition is not None:
                return Whole(key, condition)
    return None


def _measured(words: str) -> Condition | None:
    """渔业案件为0的: a condition on a quantity."""
    band = band_of(words)
    return Condition(band[0], band=band[1]) if band and band[0] else None


_PAPERS = "(?:的)?(?:佐证|证明|印证|申报|考核|自评|支撑|相关|有关)*(?:材料|资料|数据|台账|信息)"
_FORGED = re.compile(
    "(?:凡|对|如|若|经)?(?:查实|核实|认定|发现)?(?:有|存在)?(?:故意)?(?:"
    "(?:提供|报送|提交|上报|出具|申报|使用)?(?:虚假|伪造|编造|不实|造假)(?:、(?:虚假|伪造|编造|不实))*"
    f"{_PAPERS}|{_PAPERS}(?:有|存在|属)?(?:经|被)?(?:查实|核实|认定)?(?:为)?(?:弄虚作假|造假|虚假|不实|伪造)"
    ")(?:行为|情形|情况|问题)?(?:的)?"
)


def is_forgery(words: str) -> bool:
    """Whether the words say that material was forged, which the office itself finds and counts.

    >>> is_forgery("提供虚假佐证材料的"), is_forgery("材料经认定造假"), is_forgery("伪造注册商标标识")
    (True, True, False)
    """
    return bool(_FORGED.fullmatch(words))


_OF_THE_UNIT = (
    "(?:其|该市|该县|该地区|该单位|本|当年度?|年度|全年|考核|考评|评价|绩效|最终|综合|结果|成绩|等次|等级|档次"
    "|一律|均|直接|应当?|按)*"
)
_NOT = "(?:不得|不能|不可|不予|不应|不再|不宜)"
_GRADED = "(?:评定|评价|评|确定|认定|判定|定|判|列)为"
_GRADE = "“?(?P<value>[^“”,]{1,12}?)”?(?:等次|等级|档次|单位)?"
_OF_THE_YEAR = "(?:其|当年度?|年度|考核)*"
_CALLED_BEST = "评优(?:评先|、评先|树先)?"
_VETO_ENDS = (
    ("", "(?:实行|予以|给予|直接|作|采取)?一票否决(?:制)?"),
    ("grade", f"{_OF_THE_UNIT}{_GRADED}{_GRADE}"),
    ("below", f"{_OF_THE_UNIT}{_NOT}(?:被)?(?:{_GRADED}|获评|参评){_GRADE}(?P<up>(?:及|或)?以上)?(?:等次|等级|档次)?"),
    ("best_grade", f"(?:{_OF_THE_UNIT}取消{_OF_THE_YEAR}|取消{_OF_THE_YEAR}参[加与]){_CALLED_BEST}的?资格"),
    ("best_grade", f"{_OF_THE_UNIT}(?:{_NOT}|不)(?:参[加与])?{_OF_THE_YEAR}{_CALLED_BEST}"),
    ("best_grade", f"{_OF_THE_UNIT}(?:最高|至多|最多)(?:只能|只可|只|可以|可|能)?{_GRADED}{_GRADE}"),
    ("lower", "(?:等次|等级|档次)?(?:直接)?(?:降低|下调|下降|降)(?P<value>[1-3一二两三])个?(?:等次|等级|档次|级|档)"),
    ("item", "(?:该|本|此)项(?:指标)?(?:直接)?(?:不得分|得0分|计0分|为0分|记0分)"),
    ("score", "(?:考核)?(?:总分|总成绩|年度考核)(?:直接)?(?:计|得|记|为|按)(?P<value>0)分"),
)  # fmt: skip
"""What a veto leads to. Each is understood to its last word: 不得评为优秀 and 评为优秀 are two things."""


def veto(text: str) -> Clause | None:
    """发生重大事故的，一票否决，评为“不合格”."""
    for cut in range(text.count(",") + 1, 0, -1):
        pieces = text.split(",")
        endings = [_veto_ending(piece) for piece in pieces[cut:]]
        if pieces[cut:] and all(endings):
            said = ",".join(pieces[:cut])
            vetoed = _vetoed(said, [one for one in endings if one is not None])
            if vetoed is not None:
                return vetoed
    return _without_a_comma(text)


def _without_a_comma(text: str) -> Vetoed | None:
    """结案率低于60%的不得评为优秀; 发生重大事故一票否决."""
    for found in re.finditer("的", text):
        endings = [_veto_ending(piece) for piece in text[found.end() :].split(",")]
        if all(endings) and "," not in text[: found.start()]:
            return _vetoed(text[: found.start()], [one for one in endings if one is not None])
    said = re.fullmatch("(?P<c>[^,]+?)(?:实行|予以|给予|直接)?一票否决(?:制)?", text)
    return _vetoed(said["c"], [("", "")]) if said else None


def _vetoed(said: str, endings: list[tuple[str, str]]) -> Vetoed | None:
    """Of what was forged the item itself gets nothing anyway: only what it costs besides is a veto."""
    forged = is_forgery(said)
    then = tuple(one for one in endings if one[0] != "item")
    condition = _veto_condition(said)
    if condition is None or not then or (len(then) < len(endings) and not forged):
        return None
    return Vetoed(condition, then, is_for_forgery=forged)


_DIGITS = {"一": "1", "二": "2", "两": "2", "三": "3"}


def ends_a_veto(piece: str) -> bool:
    return _veto_ending(piece) is not None


def _veto_ending(piece: str) -> tuple[str, str] | None:
    piece = re.sub("^(?:并|且|同时|并且)", "", piece)
    for key, pattern in _VETO_ENDS:
        found = re.fullmatch(pattern, piece)
        if found:
            said = found.groupdict()
            value = (said.get("value") or "") + ("以上" if said.get("up") else "")
            return key, _DIGITS.get(value, value)
    return None


_NO_CONDITION = re.compile(
    "[,;每]|\\d分|下列|上述|上列|前[述款]|以下|以内|以上情[形况]|情节|另行|另有|酌情|视情|但|除外|除[^,;]*?[之以]?外|免[于予除]"
    "|评[为定优先]|否决|[评定降][^,;]{0,6}等[次级]|不得|不予|不再|[扣得计总评加减记]分|取消[^,;]{0,6}资格"
    "|(?:不|未|没有?|没|非|无|免|并|一律|均)$"
)
"""What no condition of a veto holds: an outcome, an exception, or a denial that was cut off its verb."""
_EVENTS = re.compile(
    f"(?P<verb>发生|出现|发现|有|存在)(?:(?P<n>\\d+)(?P<unit>{UNIT})(?:及以上|以上|\\(含\\)以上)?)?(?P<what>[^,;\\d]+)"
)


def _veto_condition(words: str) -> Condition | None:
    """发生1起以上侵权事件 counts events; anything else is so or not so."""
    words = re.sub("^(?:有下列情形之一的?[:,]?|凡|对)", "", words).removesuffix("的")
    found = _EVENTS.fullmatch(words)
    if found and found["n"] and not _NO_CONDITION.search(found["what"].removesuffix("的")):
        band = RawBand(low=Edge(found["n"], "in"), unit=found["unit"])
        return Condition(f"{found['verb']}{found['what']}".removesuffix("的"), band=band)
    measured = _measured(words)
    if measured is not None:
        return None if _NO_CONDITION.search(measured.words) else measured
    return Condition(words) if words and not _NO_CONDITION.search(words) else None


_REMARKS = re.compile(
    "(?:数据)?以[^,;\\d]{1,24}(?:数据|统计|系统|结果|材料|通报|文件)?为准"
    "|(?:查阅|查看|核查|抽查|现场查看|实地查看|现场检查|实地检查|听取)[^,;\\d分]{0,16}"
)


def remark(text: str) -> Clause | None:
    """What changes no points: where the figures come from, how it is checked."""
    return Remark(text) if _REMARKS.fullmatch(text) else None
