"""A formula in words: names by their titles, signs as print has them, functions as people say them.

closed / due → 结案数÷受理数
"""

from __future__ import annotations

from dataclasses import replace

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.scheme.formula import (
    AllOf,
    AnyOf,
    Binary,
    Call,
    Choice,
    Comparison,
    Formula,
    Literal,
    Name,
    Negative,
    Not,
    NotAFormula,
    Number,
    OneOf,
    Truth,
    parse,
)
from steelyard.scheme.wording.speech import Speech, number_as_written

SIGNS = {
    "+": Text("＋", " + "), "-": Text("－", " − "), "*": Text("×", " × "), "/": Text("÷", " ÷ "),
    "<": Text("＜", " < "), "<=": Text("≤", " ≤ "), "==": Text("＝", " = "), "!=": Text("≠", " ≠ "),
    ">": Text("＞", " > "), ">=": Text("≥", " ≥ "),
}  # fmt: skip
OWN_NAMES = {
    "full": Text("分值", "full points"), "x": Text("该值", "the value"), "total": Text("总分", "total"),
}  # fmt: skip
FUNCTIONS = {
    "abs": Text("{0}的绝对值", "the absolute value of {0}"),
    "floor": Text("{0}舍去小数", "{0} rounded down"),
    "ceil": Text("{0}进位取整", "{0} rounded up"),
    "round": Text("{0}四舍五入", "{0} rounded"),
    "known": Text("{0}有数据", "{0} is known"),
    "value": Text("{0}", "{0}"),
    "last": Text("上年{0}", "last year's {0}"),
    "mean_of_last": Text("前{1}年{0}的平均值", "the mean of {0} over the {1} years before"),
    "growth": Text("{0}比上年的增幅", "the growth of {0} on last year"),
    "count_of": Text("“{0}”的条数", "the number of “{0}”"),
    "sum_of": Text("“{0}”中{1}的合计", "the sum of {1} in “{0}”"),
    "mean_of": Text("“{0}”中{1}的平均值", "the mean of {1} in “{0}”"),
    "median_of": Text("“{0}”中{1}的中位数", "the median of {1} in “{0}”"),
    "max_of": Text("“{0}”中{1}的最大值", "the largest {1} in “{0}”"),
    "min_of": Text("“{0}”中{1}的最小值", "the smallest {1} in “{0}”"),
    "score": Text("“{0}”的得分", "the points of “{0}”"),
    "possible": Text("“{0}”的可得分", "the possible points of “{0}”"),
    "full": Text("“{0}”的分值", "the full points of “{0}”"),
    "applies": Text("“{0}”适用", "“{0}” applies"),
}
_ACROSS = {
    "mean": Text("{whom}{0}的平均值", "the mean of {0} {whom}"),
    "median": Text("{whom}{0}的中位数", "the median of {0} {whom}"),
    "total": Text("{whom}{0}的合计", "the total of {0} {whom}"),
    "max": Text("{whom}{0}的最高值", "the highest {0} {whom}"),
    "min": Text("{whom}{0}的最低值", "the lowest {0} {whom}"),
    "rank": Text("{0}在{whom}中的名次", "the rank by {0} {whom}"),
}
_WHOM = {"all": Text("各单位", "of all units"), "group": Text("同组单位", "of the group")}
_LOWEST_FIRST = Text("{0}由低到高的名次", "the rank by {0}, lowest first")
_WHERE = Text("{0}（仅计{1}的）", "{0} (only where {1})")
_ZERO_BASE = Text("{0}（上年为0的，以{1}计）", "{0} (a base of 0 counts as {1})")
_PLACES = Text("{0}（保留{1}位小数）", "{0} (to {1} decimals)")
_BACK = Text("前{1}年{0}", "{0} {1} years before")
_EXTREMES = {
    "min": Text("{0}中的较小者", "the lesser of {0}"),
    "max": Text("{0}中的较大者", "the greater of {0}"),
}
_AT_LEAST = Text("下列至少{0}项成立：{1}", "at least {0} of these hold: {1}")
_NOT_NAMES = (("有", "没有"), ("是", "不是"), ("能", "不能"))
_DENIED = {
    "known": Text("{0}无数据", "{0} is not known"),
    "applies": Text("“{0}”不适用", "“{0}” does not apply"),
}
_LIST_MARK = Text("、", ", ")
_TRUTHS = {True: Text("是", "yes"), False: Text("否", "no")}

# How tightly it binds: what stands inside something tighter goes into brackets.
_CHOICE, _OR, _AND, _COMPARE, _SUM, _PRODUCT, _ATOM = range(7)


def formula_in_words(written: object, speech: Speech) -> str:
    """The formula in words; a number as it is written; what is no formula, quoted as it stands.

    >>> names = {"closed": Text("结案数"), "due": Text("受理数")}
    >>> formula_in_words("closed / due", Speech("zh", names))
    '结案数÷受理数'
    """
    number = number_as_written(written)
    if number is not None:
        return number
    try:
        return say(parse(str(written)), speech)
    except NotAFormula:
        return f"“{written}”"


def condition_in_words(written: object, speech: Speech) -> str:
    """As :func:`formula_in_words`: a condition is a formula that is true or false."""
    return formula_in_words(written, speech)


def say(formula: Formula, speech: Speech, inside: int = _CHOICE) -> str:
    """The formula, in brackets if it binds less tightly than what it stands in."""
    text = _said(formula, speech)
    if _binding(formula) < inside:
        return f"（{text}）" if speech.lang == "zh" else f"({text})"
    return text


def _binding(formula: Formula) -> int:
    match formula:
        case Choice():
            return _CHOICE
        case AnyOf():
            return _OR
        case AllOf():
            return _AND
        case Comparison() | OneOf() | Not() | Call(function="min" | "max" | "at_least"):
            return _COMPARE
        case Binary("/", Number(), Number(bottom)) if bottom == 100:
            return _ATOM
        case Binary("+" | "-") | Negative():
            return _SUM
        case Binary():
            return _PRODUCT
    return _ATOM


def _said(formula: Formula, speech: Speech) -> str:
    match formula:
        case Number(value):
            return plain(value)
        case Literal(text):
            return f"“{text}”"
        case Truth(truth):
            return speech.say(_TRUTHS[truth])
        case Name(code):
            return speech.say(OWN_NAMES[code]) if code in OWN_NAMES else speech.name(code)
        case Negative(of):
            return f"{speech.say(SIGNS['-']).strip()}{say(of, speech, _PRODUCT)}"
        case Binary():
            return _binary(formula, speech)
        case Comparison():
            return _comparison(formula, speech)
        case OneOf():
            return _one_of(formula, speech)
        case AllOf(parts):
            return speech.say(Text("且", " and ")).join(say(one, speech, _COMPARE) for one in parts)
        case AnyOf(parts):
            return speech.say(Text("或", " or ")).join(say(one, speech, _AND) for one in parts)
        case Not(of):
            return say_denied(of, speech)
        case Choice(when, then, otherwise):
            phrase = Text("{0}时为{1}，否则为{2}", "{1} if {0}, else {2}")
            return _filled(
                phrase, speech, [say(one, speech, _OR) for one in (when, then, otherwise)]
            )
        case Call():
            return _call(formula, speech)


def _filled(phrase: Text, speech: Speech, parts: list[str]) -> str:
    return phrase.say(speech.lang).format(*parts)


def _binary(formula: Binary, speech: Speech) -> str:
    share = percent_of(formula)
    if share is not None:
        return share
    binding = _binding(formula)
    left = say(formula.left, speech, binding)
    right = say(formula.right, speech, binding + (formula.sign in "-/"))
    return f"{left}{speech.say(SIGNS[formula.sign])}{right}"


def percent_of(formula: Formula) -> str | None:
    """``98%``, which the grammar reads as 98/100, written as it was."""
    match formula:
        case Binary("/", Number(top), Number(bottom)) if bottom == 100:
            return f"{plain(top)}%"
    return None


def _comparison(formula: Comparison, speech: Speech) -> str:
    said = [say(formula.first, speech, _SUM)]
    for sign, other in zip(formula.signs, formula.others, strict=True):
        is_said = sign in ("==", "!=") and isinstance(other, Literal | Truth | Number)
        phrase = _IS_OR_NOT[sign] if is_said and len(formula.signs) == 1 else SIGNS[sign]
        said.append(f"{speech.say(phrase)}{say(other, speech, _SUM)}")
    return "".join(said)


_IS_OR_NOT = {"==": Text("为", " is "), "!=": Text("不为", " is not ")}


def _one_of(formula: OneOf, speech: Speech) -> str:
    phrase = _IS_OR_NOT["!=" if formula.negated else "=="]
    choices = speech.say(Text("或", " or ")).join(say(one, speech, _SUM) for one in formula.choices)
    return f"{say(formula.of, speech, _SUM)}{speech.say(phrase)}{choices}"


_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


def say_denied(of: Formula, speech: Speech) -> str:
    """未建立台账, from 建立台账; a comparison is turned round; anything longer is quoted."""
    if isinstance(of, Comparison) and len(of.signs) == 1:
        return _comparison(replace(of, signs=(_OPPOSITE[of.signs[0]],)), speech)
    if isinstance(of, Call) and of.function in _DENIED:
        return _filled(
            _DENIED[of.function], speech, [_argument(of.function, of.arguments[0], speech)]
        )
    if not isinstance(of, Name):
        return _filled(Text("不符合“{0}”", "not ({0})"), speech, [say(of, speech)])
    name = speech.name(of.code)
    if speech.lang == "en":
        return f"not {name}"
    for start, denied in _NOT_NAMES:
        if name.startswith(start):
            return denied + name.removeprefix(start)
    if "已" in name:
        return name.replace("已", "未", 1)
    return f"不属于“{name}”" if name.startswith(("未", "无", "没有", "不")) else f"未{name}"


def _call(call: Call, speech: Speech) -> str:
    scope, _, statistic = call.function.partition("_")
    if scope in _WHOM and statistic in _ACROSS:
        return _across(call, scope, statistic, speech)
    if call.function in _EXTREMES:
        listed = speech.say(_LIST_MARK).join(say(one, speech, _SUM) for one in call.arguments)
        return _filled(_EXTREMES[call.function], speech, [listed])
    if call.function == "at_least":
        count, *conditions = call.arguments
        listed = speech.say(_LIST_MARK).join(say(one, speech, _COMPARE) for one in conditions)
        return _filled(_AT_LEAST, speech, [say(count, speech), listed])
    if call.function == "date":
        return _day(call.arguments[0], speech)
    return _plain_call(call, speech)


def _across(call: Call, scope: str, statistic: str, speech: Speech) -> str:
    of = call.arguments[0]
    if statistic == "rank" and isinstance(of, Negative):
        return _filled(_LOWEST_FIRST, speech, [say(of.of, speech, _SUM)])
    phrase = _ACROSS[statistic].say(speech.lang)
    return phrase.format(say(of, speech, _SUM), whom=speech.say(_WHOM[scope]))


def _plain_call(call: Call, speech: Speech) -> str:
    arguments = [_argument(call.function, one, speech) for one in call.arguments]
    phrase = FUNCTIONS[call.function]
    if call.function == "last" and (back := call.option("back") or _second(call)):
        phrase, arguments = _BACK, [arguments[0], say(back, speech)]
    said = _filled(phrase, speech, arguments)
    places = call.option("places") or (_second(call) if call.function == "round" else None)
    for option, extra in ((places, _PLACES), (call.option("base_if_zero"), _ZERO_BASE)):
        if option is not None:
            said = _filled(extra, speech, [said, say(option, speech)])
    where = call.option("where") or (_second(call) if call.function == "count_of" else None)
    return said if where is None else _filled(_WHERE, speech, [said, say(where, speech)])


def _second(call: Call) -> Formula | None:
    return call.arguments[1] if len(call.arguments) > 1 else None


def _argument(function: str, formula: Formula, speech: Speech) -> str:
    """Codes of items and inputs are given as text: they are spoken by their titles."""
    if isinstance(formula, Literal) and function in (
        "score",
        "possible",
        "full",
        "applies",
        "value",
    ):
        return speech.name(formula.value)
    return say(formula, speech, _SUM)


def _day(written: Formula, speech: Speech) -> str:
    text = written.value if isinstance(written, Literal) else say(written, speech)
    parts = text.split("-")
    if speech.lang == "en" or len(parts) != 3 or not all(part.isdigit() for part in parts):
        return text
    year, month, day = (int(part) for part in parts)
    return f"{year}年{month}月{day}日"
