"""Words of a computation as a formula: 完成率×15 is ``完成率 * 15``."""

from __future__ import annotations

import re

from steelyard.scheme.formula import NotAFormula, parse
from steelyard.scheme.wording.naming import Namer

_TOKEN = re.compile(r"\d+(?:\.\d+)?%?|[+\-×÷/*()~−]|[^+\-×÷/*()~−\d][^+\-×÷/*()~−]*")
_SIGNS = {
    "+": " + ",
    "-": " - ",
    "~": " - ",
    "−": " - ",
    "×": " * ",
    "*": " * ",
    "÷": " / ",
    "/": " / ",
}
_FULL = re.compile("(?:本项|该项)?(?:分值|满分|标准分|权重|权重分|总分值|full points)")
_NOT_NAMES = re.compile(
    "[,;:每≥≤<>=“”]|比例得分|酌情|\\s得|扣完|最高|最低|平均(?!(?:得分|分|数|值|天数|时长|用时|满意度)$)|(?:全省|全市|全国|各市|各单位|各区)平均|名次|取|四舍五入"
)
_LONGEST_NAME = 30
_OWN = re.compile("^(?:本市|本县|本区|本地区?|本单位|该市|该县|该区|该单位)(?=.)")
OF_ALL = re.compile(
    "(?:全省|全市|全县|全区|各市|各县区?|各区|各地区?|各?被?考核单位|各单位|所有单位)(?:的)?(?P<of>[^,;每]*?)(?:的)?"
    "(?P<statistic>平均(?:值|水平|数)|最高(?:值|水平)|最大值|最低(?:值|水平)|最小值)"
)
_STATISTICS = {
    "平均": "all_mean", "最高": "all_max", "最大": "all_max", "最低": "all_min", "最小": "all_min",
}  # fmt: skip


def formula_of(words: str, namer: Namer) -> str | None:
    """The formula that the words say, its unknown names made inputs; None if they say none.

    >>> formula_of("完成率×15", Namer(""))
    '完成率 * 15'
    """
    pieces = _TOKEN.findall(words)
    if "".join(pieces) != words:
        return None
    pieces = [_OWN.sub("", piece.strip()) for piece in pieces]
    names = {piece for piece in pieces if _is_a_name(piece)}
    of = names.pop() if len(names) == 1 else ""
    said = [_said(piece, namer, of, is_alone=len(pieces) == 1) for piece in pieces]
    if any(one is None for one in said):
        return None
    formula = "".join(one for one in said if one is not None)
    try:
        parse(formula)
    except NotAFormula:
        return None
    return formula


def _is_a_name(piece: str) -> bool:
    is_number = re.fullmatch(r"\d+(?:\.\d+)?%?", piece)
    return not (
        piece in _SIGNS or piece in ("(", ")", "分", "") or is_number or _FULL.fullmatch(piece)
        or OF_ALL.fullmatch(piece)
    )  # fmt: skip


def of_all(words: str, namer: Namer, of: str = "") -> str | None:
    """What compares all units, as a formula; None if the words say no such thing. ``of``: the figure, where
    the words do not name it.

    >>> of_all("各单位结案率的平均值", Namer("")), of_all("全省最高值", Namer(""), "结案率")
    ('all_mean(结案率)', 'all_max(结案率)')
    """
    found = OF_ALL.fullmatch(words)
    if not found:
        return None
    return f"{_STATISTICS[found['statistic'][:2]]}({namer.quantity(found['of'] or of)})"


def _said(piece: str, namer: Namer, of: str, *, is_alone: bool) -> str | None:
    compared = of_all(piece, namer, of)
    if compared is not None:
        return compared
    if piece in _SIGNS:
        return _SIGNS[piece]
    if piece in ("(", ")") or re.fullmatch(r"\d+(?:\.\d+)?%?", piece):
        return piece
    if piece in ("分", ""):
        return ""
    if _FULL.fullmatch(piece):
        return "full"
    if namer.known(piece) is None and (_NOT_NAMES.search(piece) or len(piece) > _LONGEST_NAME):
        return None
    is_a_mark = is_alone and not namer.known(piece)
    return namer.name(piece, "number") if is_a_mark else namer.quantity(piece)
