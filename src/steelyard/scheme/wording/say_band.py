"""A band in words: ``[80%, 90%)`` is 80%≤结案率＜90%, or "at least 80% and below 90%"."""

from __future__ import annotations

import re

from steelyard.kernel.bilingual import Text
from steelyard.scheme.wording.speech import Speech

_SIGNED = re.compile(r"(>=|<=|>|<|=|≥|≤|＞|＜|＝)\s*(.+)", re.DOTALL)
_INTERVAL = re.compile(r"([\[(])\s*([^,\s]+)\s*,\s*([^,\s]+)\s*([\])])")
_PLAIN_SIGNS = {"≥": ">=", "≤": "<=", "＞": ">", "＜": "<", "＝": "="}
_ONE_EDGE = {
    ">=": Text("{of}≥{edge}", "at least {edge}"), ">": Text("{of}＞{edge}", "above {edge}"),
    "<=": Text("{of}≤{edge}", "at most {edge}"), "<": Text("{of}＜{edge}", "below {edge}"),
    "=": Text("{of}＝{edge}", "exactly {edge}"),
}  # fmt: skip
_IS = Text("{of}为{edge}", "{edge}")
_BETWEEN = Text("{low}{low_sign}{of}{high_sign}{high}", "{low_words} {low} and {high_words} {high}")
_BETWEEN_NAMELESS = Text("{low_words}{low}且{high_words}{high}", "")
_TRUTHS = {"yes": Text("是", "yes"), "no": Text("否", "no")}
_LOW = {"[": (">=", "≤"), "(": (">", "＜")}
_HIGH = {"]": ("<=", "≤"), ")": ("<", "＜")}
_WORDS = {
    ">=": Text("≥", "at least"), ">": Text("＞", "above"),
    "<=": Text("≤", "at most"), "<": Text("＜", "below"),
}  # fmt: skip


def band_in_words(written: object, of: str, speech: Speech) -> str:
    """The band that ``of`` lies in; in Chinese with ``of`` in it, unless that is empty.

    >>> band_in_words("[80%, 90%)", "结案率", Speech("zh"))
    '80%≤结案率＜90%'
    >>> band_in_words("[80%, 90%)", "结案率", Speech("en"))
    'at least 80% and below 90%'
    """
    text = str(written).strip()
    interval = _INTERVAL.fullmatch(text)
    if interval:
        return _between(interval, of, speech)
    signed = _SIGNED.fullmatch(text)
    if signed:
        sign = _PLAIN_SIGNS.get(signed[1], signed[1])
        return _one_edge(sign, signed[2].strip(), of, speech)
    return f"{of}“{text}”"


def _between(interval: re.Match[str], of: str, speech: Speech) -> str:
    low, high = interval[2], interval[3]
    low_sign, low_before = _LOW[interval[1]]
    high_sign, high_after = _HIGH[interval[4]]
    phrase = _BETWEEN if of or speech.lang == "en" else _BETWEEN_NAMELESS
    return speech.say(
        phrase, of=of, low=low, high=high, low_sign=low_before, high_sign=high_after,
        low_words=_WORDS[low_sign].say(speech.lang), high_words=_WORDS[high_sign].say(speech.lang),
    )  # fmt: skip


def _one_edge(sign: str, edge: str, of: str, speech: Speech) -> str:
    if sign == "=" and edge in _TRUTHS:
        return speech.say(_IS, of=of, edge=_TRUTHS[edge].say(speech.lang))
    if sign == "=" and edge[:1] in "\"'" and edge[-1:] == edge[:1]:
        return speech.say(_IS, of=of, edge=f"“{edge[1:-1]}”")
    return speech.say(_ONE_EDGE[sign], of=of, edge=edge)
