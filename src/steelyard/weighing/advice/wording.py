"""Inputs and their values as people write them: 92.3%, 48件."""

from __future__ import annotations

from fractions import Fraction

from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.exact import percent, shown
from steelyard.scheme.model import Scheme
from steelyard.weighing.advice.needs import Reader
from steelyard.weighing.values import Day, Value, written


def named(scheme: Scheme, code: str) -> Text:
    """The title of an input, or of the first leaf that counts it, with the code; else its code."""
    title = scheme.inputs[code].title if code in scheme.inputs else Text()
    if title:
        return title
    if code in scheme.item:
        return scheme.item[code].title
    reader = Reader(scheme)
    for leaf in scheme.leaves:
        if code in reader.own(leaf.code).inputs:
            title = leaf.title
            return Text(f"{code}（{title.say('zh')}）", f"{code} ({title.say('en')})")
    return same(code)


def said(scheme: Scheme, code: str, value: Value) -> Text:
    """A value with its unit of measure."""
    wanted = scheme.inputs.get(code)
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    if not isinstance(value, Fraction) or isinstance(value, Day):
        return same(written(value) or "")
    if wanted is not None and wanted.type == "share":
        return same(percent(value, 2))
    number, unit = shown(value), wanted.unit_of_measure if wanted is not None else Text()
    if not unit:
        return same(number)
    space = " " if unit.say("en")[:1].isalpha() else ""
    return Text(f"{number}{unit.say('zh')}", f"{number}{space}{unit.say('en')}")
