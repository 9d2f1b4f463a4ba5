"""How do people read a figure? 约2400万元, more than CNY 500 million, 2nd; rounded here and only here."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import plain, shown
from steelyard.papers.brief.figure import Bound, Figure
from steelyard.papers.brief.template import DECIMALS, TIMES, Spec
from steelyard.papers.numbers import counted, place

NO_DATA = Text("暂无数据", "no data")
SAMPLE = Text("（样本）", " (sample)")
_BOUND: Mapping[Bound, Text] = {
    "exact": Text("", ""),
    "about": Text("约", "about "),
    "more_than": Text("超过", "more than "),
    "at_least": Text("不少于", "at least "),
}
_SCALE = {"plain": "", "ten_thousand": "万", "hundred_million": "亿"}
_UNITS = ((Fraction(10**9), " billion"), (Fraction(10**6), " million"))


def figure_text(figure: Figure, lang: Lang) -> str:
    """The figure as it stands in the text, without its sample mark."""
    spec = figure.spec
    if figure.state == "suppressed":
        measure = spec.measure.zh if lang == "zh" else spec.measure.en
        return figure.instead.say(lang) + _after(measure, lang)
    if figure.value is None:
        return NO_DATA.say(lang)
    return _BOUND[figure.bound].say(lang) + value_text(figure.value, spec, lang)


def marked_text(figure: Figure, lang: Lang) -> str:
    """With the mark of a sample. What is no data rests on nothing, and bears none."""
    mark = SAMPLE.say(lang) if figure.is_sample and figure.state != "no_data" else ""
    return figure_text(figure, lang) + mark


def value_text(value: Fraction | Text, spec: Spec, lang: Lang) -> str:
    if isinstance(value, Text):
        return value.say(lang)
    if spec.show == "ordinal":
        return place(value, lang)
    if lang == "en":
        return _english(value, spec)
    number = _number(value / TIMES[spec.scale], spec).replace(",", "")
    measure = "元" if spec.show == "money" else spec.measure.zh
    return f"{number}{_SCALE[spec.scale]}{measure}"


def _english(value: Fraction, spec: Spec) -> str:
    """Scaled figures are told in millions or billions; below a million they stand as they are."""
    unit, word = next(
        (each for each in _UNITS if spec.scale != "plain" and abs(value) >= each[0]),
        (Fraction(1), ""),
    )
    said = _number(value / unit, spec) + word
    if spec.show == "money":
        return f"CNY {said}"
    measure = spec.measure_of_one if said == "1" and spec.measure_of_one else spec.measure.en
    return said + _after(measure, "en")


def _after(measure: str, lang: Lang) -> str:
    return measure if lang == "zh" or not measure else f" {measure}"


def _number(value: Fraction, spec: Spec) -> str:
    """Thousands are grouped, which Chinese does not do; a true minus sign."""
    text = shown(value, DECIMALS[spec.rounding])
    whole, point, rest = text.lstrip("-").partition(".")
    return ("−" if text.startswith("-") else "") + counted(int(whole)) + point + rest


def exact_text(value: Fraction | Text | None) -> str:
    """The value as it is, unrounded."""
    if value is None:
        return ""
    return value.say("zh") if isinstance(value, Text) else plain(value)
