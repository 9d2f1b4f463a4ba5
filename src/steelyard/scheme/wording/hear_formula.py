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


def formula_of(words: str, namer: Namer) -> str | None:
    """The formula that the words say, its unknown names made inputs; None if they say none.

    >>> formula_of("完成率×15", Namer(""))
    '完成率 * 15'
    """
    pieces = _TOKEN.findall(words)
    if "".join(pieces) != words:
        return None
    said = [_said(piece.strip(), namer, is_alone=len(pieces) == 1) for piece in pieces]
    if any(one is None for one in said):
        return None
    formula = "".join(one for one in said if one is not None)
    try:
        parse(formula)
    except NotAFormula:
        return None
    return formula


def _said(piece: str, namer: Namer, *, is_alone: bool) -> str | None:
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
