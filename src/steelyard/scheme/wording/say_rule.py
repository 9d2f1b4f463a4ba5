"""A rule in words: 结案率≥90%得10分；80%≤结案率＜90%得9分；其余不得分。

A part becomes a clause, a rule a sentence. Every phrase stands below once, in both languages; where a
phrase is one that offices use, :mod:`steelyard.scheme.wording.recognise` understands it again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import exact, percent, plain
from steelyard.scheme.formula import (
    Binary,
    Call,
    Formula,
    Name,
    Negative,
    Not,
    NotAFormula,
    Number,
    is_condition,
    parse,
)
from steelyard.scheme.wording.say_band import band_in_words
from steelyard.scheme.wording.say_formula import (
    condition_in_words,
    formula_in_words,
    percent_of,
    say,
)
from steelyard.scheme.wording.say_places import of_places
from steelyard.scheme.wording.speech import Document, Speech, bilingual, number_as_written

_FULL = Text("得满分", "full points")
_NONE = Text("不得分", "no points")
_SOME = Text("得{points}", "{points}")
_COMPUTED = Text("得分＝{points}", "points = {points}")

_STEP = Text("{band}{award}", "{band}: {award}")
_COMPUTED_STEP = Text("{band}的，{award}", "{band}: {award}")
_OTHERWISE = Text("其余{award}", "otherwise {award}")
_BY_FORMULA = Text("按{of}计分：{steps}", "By {of}: {steps}")
_ROW = Text("“{key}”{award}", "“{key}” {award}")
_MATRIX_CELL = Text("{row}且{column}{award}", "{row} and {column}: {award}")

_IF = Text("{condition}的{award}", "{award} if {condition}")
_IF_LONG = Text("{condition}的，{award}", "if {condition}: {award}")
_ELSE = Text("，否则{award}", ", else {award}")

_EACH = Text("{of}每{step}{award}", "{award} for each {step} of {of}")
_BELOW = Text(
    "{of}{below}{target}的，每{less}{step}{award}", "{award} for each {step} of {of} below {target}"
)
_ABOVE = Text(
    "{of}{above}{target}的，每{more}{step}{award}", "{award} for each {step} of {of} above {target}"
)
_BELOW_MEAN = Text(
    "{of}低于各单位平均值的，每{less}{step}{award}",
    "{award} for each {step} of {of} below the mean of all units",
)
_GROWTH = Text(
    "{of}比上年每增长{step}{award}", "{award} for each {step} of growth of {of} on last year"
)
_DECLINE = Text(
    "{of}比上年每下降{step}{award}", "{award} for each {step} of decline of {of} on last year"
)
_ZERO_BASE = Text("（上年为0的，以{base}计）", " (a base of 0 counts as {base})")
_TAKEN = Text("扣{points}", "{points} off")
_TAKEN_COMPUTED = Text("扣分＝{points}", "points off = {points}")
_ADDED = Text("加{points}", "plus {points}")
_ADDED_COMPUTED = Text("加分＝{points}", "plus points = {points}")
_ONLY_FULL_STEPS = Text("（不足{step}的不计）", " (whole steps only)")
_IN_PROPORTION = Text("（不足{step}的按比例计）", " (parts of a step in proportion)")
_STARTED_STEPS = Text("（不足{step}的按{step}计）", " (a step begun counts whole)")
_PERCENTAGE_POINTS = Text("{size}个百分点", "{size} percentage points")
_ONE_PERCENTAGE_POINT = Text("1个百分点", "percentage point")
_UNITS = Text("{size}{unit}", "{size} {unit}")
_ANY_UNIT = Text("个", "one")
_AT_MOST_GAINED = Text("，最高得{points}", ", at most {points}")
_AT_MOST_LOST = Text("，最多扣{points}", ", at most {points} off")
_AT_LEAST = Text("，最低得{points}", ", at least {points}")
_TIMES = Text("，再乘以{times}", ", times {times}")
_PROPORTION = Text(
    "{of}达到{target}{award}，不足的按比例得分", "{award} at {of} of {target}, in proportion below"
)

_BASE = Text("以满分为基础", "from full points")
_DOWN_TO_ZERO = Text("，扣完为止", ", down to 0")
_LABEL = Text("{label}：{clause}", "{label}: {clause}")
_SEVERAL = {
    "sum": Text("以下各项相加：{parts}", "the sum of: {parts}"),
    "best": Text("以下各项取最高者：{parts}", "the best of: {parts}"),
    "worst": Text("以下各项取最低者：{parts}", "the lowest of: {parts}"),
    "first": Text("依次适用，取第一个符合的：{parts}", "the first that holds of: {parts}"),
}
_FOR_EACH = Text(
    "对“{list}”清单逐条计分，{keep}：{score}", "for each row of “{list}”, {keep}: {score}"
)
_KEEP = {
    "sum": Text("累加", "added up"), "highest": Text("取最高的一条", "the highest"),
    "lowest": Text("取最低的一条", "the lowest"), "mean": Text("取平均", "the mean"),
    "median": Text("取中位数", "the median"),
    "trimmed_mean": Text("去掉最高、最低各{trim}个后取平均", "the mean without the {trim} highest and lowest"),
}  # fmt: skip
_WHERE = Text("（仅计{condition}的）", " (only where {condition})")
_ONCE_PER = Text(
    "；同一{columns}就高不重复计分", "; of rows alike in {columns} only the best counts"
)
_END = Text("。", ".")
_STEPPED = ("ladder", "table", "matrix")
_BETWEEN = Text("；", "; ")


@dataclass(frozen=True, slots=True)
class Setting:
    """What the rule stands in: whether full points are its base, and whether it stops at zero."""

    speech: Speech
    from_full: bool = False
    stops_at_zero: bool = True


def rule_in_words(
    rule: object,
    names: Mapping[str, Text],
    full: object = None,
    lang: Lang = "zh",
    *,
    units: Mapping[str, Text] | None = None,
    stops_at_zero: bool = True,
) -> str:
    """The rule as one sentence.

    Args:
        rule: a part, or a list of parts, as in the scheme file.
        names: titles of inputs, quantities, figures and items, by code.
        full: the item's full points, said where the rule says ``full``; None says "full points".
        lang: ``zh`` or ``en``.
        units: units of measure of the inputs, by code.
        stops_at_zero: the item's points do not fall below 0, which deductions then say.

    >>> rule_in_words({"ladder": "r", "steps": [[">= 90%", 10], ["[80%, 90%)", 9]],
    ...                "otherwise": 0}, {"r": Text("结案率")})
    '结案率≥90%得10分；80%≤结案率＜90%得9分；其余不得分。'
    >>> rule_in_words([{"points": "full"}, {"deduct": "m", "each": "0.5"}],
    ...               {"m": Text("缺报")}, units={"m": Text("次")})
    '缺报每1次扣0.5分，扣完为止。'
    """
    speech = Speech(lang, names, units or {})
    given = rule if full is None else _with_full(rule, str(full))
    return said_rule(given, Setting(speech, stops_at_zero=stops_at_zero))


def _with_full(rule: object, full: str) -> object:
    """The rule with awards of ``full`` as the number that they are."""
    if isinstance(rule, list) or not isinstance(rule, Mapping):
        return rule
    return {
        key: full if key == "points" and value == "full" else value for key, value in rule.items()
    }


def said_rule(rule: object, setting: Setting) -> str:
    """The whole rule as a sentence."""
    parts = rule if isinstance(rule, list) else [rule]
    clause = _said_list(parts, setting) if isinstance(rule, list) else _alone(rule, setting)
    sentence = f"{clause}{setting.speech.say(_END)}"
    return sentence[:1].upper() + sentence[1:] if setting.speech.lang == "en" else sentence


def _alone(rule: object, setting: Setting) -> str:
    """One part by itself: what else is to be had is said, too."""
    part = _as_part(rule)
    clause = said_part(part, setting)
    if "when" in part and not set(part) & {"deduct", *_STEPPED}:
        award = _award(part.get("otherwise", 0), setting.speech)
        clause += setting.speech.say(_ELSE, award=award)
    return clause


def _said_list(listed: Sequence[object], setting: Setting) -> str:
    parts = [_as_part(one) for one in listed]
    takes = any(_takes(part) for part in parts)
    from_full = bool(parts) and parts[0] == {"points": "full"} and len(parts) > 1
    within = Setting(setting.speech, from_full, setting.stops_at_zero)
    clauses = [said_part(part, within) for part in (parts[1:] if from_full else parts)]
    said = setting.speech.say(_BETWEEN).join(clauses)
    only_taken = all("deduct" in part for part in parts[1:])
    if from_full and not only_taken:
        said = _joined(setting.speech, setting.speech.say(_BASE), said)
    if from_full and takes and setting.stops_at_zero:
        said += setting.speech.say(_DOWN_TO_ZERO)
    return said


def _takes(part: Document) -> bool:
    """Whether points are taken away, in the part or deeper in it."""
    listed = [one for join in _SEVERAL for one in _listed(part.get(join))]
    inner = [one for one in [*listed, part.get("score")] if isinstance(one, Mapping)]
    return "deduct" in part or any(_takes(one) for one in inner)


def _joined(speech: Speech, first: str, second: str) -> str:
    return speech.say(Text("{first}，{second}", "{first}, {second}"), first=first, second=second)


def _as_part(value: object) -> Document:
    return cast("Document", value) if isinstance(value, Mapping) else {}


def said_part(part: Document, setting: Setting) -> str:
    """One part as a clause, with its modifiers."""
    speech = setting.speech
    kind = next((kind for kind in _SAY if kind in part), None)
    if kind is None:
        return f"“{dict(part)}”"
    clause = _with_bounds(part, _with_when(part, kind, setting), speech)
    label = bilingual(part.get("say")).say(speech.lang)
    return (
        clause if not label or label in clause else speech.say(_LABEL, label=label, clause=clause)
    )


def _with_when(part: Document, kind: str, setting: Setting) -> str:
    clause = _SAY[kind](part, setting)
    if "when" not in part:
        return clause
    condition = condition_in_words(part["when"], setting.speech)
    is_short = kind in ("points", "deduct", "add") and "＝" not in clause and "的" not in clause
    return setting.speech.say(_IF if is_short else _IF_LONG, condition=condition, award=clause)


def _with_bounds(part: Document, clause: str, speech: Speech) -> str:
    if "times" in part:
        clause += speech.say(_TIMES, times=formula_in_words(part["times"], speech))
    if "at_most" in part:
        phrase = _AT_MOST_LOST if "deduct" in part else _AT_MOST_GAINED
        clause += speech.say(phrase, points=points_in_words(part["at_most"], speech))
    if "at_least" in part:
        clause += speech.say(_AT_LEAST, points=points_in_words(part["at_least"], speech))
    return clause


def points_in_words(points: object, speech: Speech) -> str:
    """10分, 满分, or a computation."""
    number = number_as_written(points)
    if points == "full":
        return speech.say(Text("满分", "full points"))
    if number is None:
        return formula_in_words(points, speech)
    return speech.say(Text("{n}分", "{n} point" if number == "1" else "{n} points"), n=number)


def _award(points: object, speech: Speech) -> str:
    """得10分, 得满分, 不得分, 得分＝…"""
    number = number_as_written(points)
    if points == "full":
        return speech.say(_FULL)
    if number is None:
        return speech.say(_COMPUTED, points=formula_in_words(points, speech))
    if number == "0":
        return speech.say(_NONE)
    return speech.say(_SOME, points=points_in_words(points, speech))


def _points(part: Document, setting: Setting) -> str:
    return _award(part["points"], setting.speech)


def _ladder(part: Document, setting: Setting) -> str:
    """结案率≥90%得10分；… The quantity is in every step if it is one name, else said once."""
    speech = setting.speech
    of = formula_in_words(part["ladder"], speech)
    is_name = isinstance(_parsed(part["ladder"]), Name)
    listed = part.get("steps")
    steps = [one for one in listed if _is_step(one)] if isinstance(listed, list) else []
    inside = of if is_name and speech.lang == "zh" else ""
    places = of_places(part["ladder"], [band for band, _ in steps], speech)
    if places:
        said = [
            speech.say(_STEP, band=place, award=_award(points, speech))
            for place, (_, points) in zip(places, steps, strict=True)
        ]
    else:
        said = [_step(band, points, inside, speech) for band, points in steps]
    said.extend(_otherwise(part, speech))
    joined = speech.say(_BETWEEN).join(said)
    if speech.lang == "en":
        return f"{of} {joined}" if is_name else speech.say(_BY_FORMULA, of=of, steps=joined)
    return joined if is_name else speech.say(_BY_FORMULA, of=of, steps=joined)


def _otherwise(part: Document, speech: Speech) -> list[str]:
    """What holds outside of all steps, and where the part's own condition does not hold."""
    if "otherwise" not in part and "when" not in part:
        return []
    return [speech.say(_OTHERWISE, award=_award(part.get("otherwise", 0), speech))]


def _is_step(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2


def _step(band: object, points: object, of: str, speech: Speech) -> str:
    award = _award(points, speech)
    phrase = _STEP if points == "full" or number_as_written(points) else _COMPUTED_STEP
    return speech.say(phrase, band=band_in_words(band, of, speech), award=award)


def _table(part: Document, setting: Setting) -> str:
    speech = setting.speech
    rows = _as_part(part.get("rows"))
    said = [speech.say(_ROW, key=key, award=_award(points, speech)) for key, points in rows.items()]
    listed = [speech.say(Text("，", ", ")).join(said), *_otherwise(part, speech)]
    steps = speech.say(_BETWEEN).join(listed)
    return speech.say(_BY_FORMULA, of=formula_in_words(part["table"], speech), steps=steps)


def _matrix(part: Document, setting: Setting) -> str:
    speech = setting.speech
    factors = _listed(part["matrix"])
    if len(factors) != 2:
        return f"“{dict(part)}”"
    rows = [_factor_band(factors[0], band, speech) for band in _listed(part.get("rows"))]
    columns = [_factor_band(factors[1], band, speech) for band in _listed(part.get("columns"))]
    said = [
        speech.say(_MATRIX_CELL, row=row, column=column, award=_award(points, speech))
        for row, cells in zip(rows, _listed(part.get("cells")), strict=False)
        for column, points in zip(columns, _listed(cells), strict=False)
    ]
    return speech.say(_BETWEEN).join([*said, *_otherwise(part, speech)])


def _factor_band(factor: object, band: object, speech: Speech) -> str:
    """A factor that is a condition is said to hold or not; any other lies in its band."""
    formula = _parsed(factor)
    truth = str(band).replace(" ", "")
    if formula is not None and is_condition(formula) and truth in ("=yes", "=no"):
        return say(formula if truth == "=yes" else Not(formula), speech)
    of = formula_in_words(factor, speech)
    said = band_in_words(band, of, speech)
    return said if speech.lang == "zh" else f"{of} {said}"


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def _add(part: Document, setting: Setting) -> str:
    each = part.get("each", 1)
    if setting.from_full:
        award = _amount(each, (_ADDED, _ADDED_COMPUTED), setting.speech)
    else:
        award = _award(each, setting.speech)
    return _steps(part, part["add"], award, setting.speech)


def _deduct(part: Document, setting: Setting) -> str:
    each = part.get("each", 1)
    award = _amount(each, (_TAKEN, _TAKEN_COMPUTED), setting.speech)
    if part["deduct"] == 1 and "when" in part and "per" not in part:
        return award
    return _steps(part, part["deduct"], award, setting.speech)


def _amount(points: object, phrases: tuple[Text, Text], speech: Speech) -> str:
    phrase = phrases[number_as_written(points) is None]
    return speech.say(phrase, points=points_in_words(points, speech))


@dataclass(frozen=True, slots=True)
class _Counted:
    """What the steps of an ``add`` or ``deduct`` count, taken apart as people say it."""

    phrase: Text
    of: Formula | None
    target: Formula | None = None
    base: Formula | None = None


def _steps(part: Document, of: object, award: str, speech: Speech) -> str:
    counted = _counted(of)
    unit = _unit(counted, part, speech)
    step = _step_size(part.get("per", 1), unit, speech)
    is_share = unit in _SHARE_UNITS
    said = speech.say(
        counted.phrase, award=award, step=step,
        of=formula_in_words(of, speech) if counted.of is None else say(counted.of, speech, 4),
        target=_target(counted, unit, speech, is_share=is_share),
        below="低于" if is_share else "少于", less="低" if is_share else "少",
        above="高于" if is_share else "超过", more="高" if is_share else "多",
    )  # fmt: skip
    if counted.base is not None:
        said += speech.say(_ZERO_BASE, base=say(counted.base, speech))
    counting = _counting(part, is_share=is_share)
    return said if counting is None else said + speech.say(counting, step=step)


_COUNTING = {"full": _ONLY_FULL_STEPS, "started": _STARTED_STEPS}


def _counting(part: Document, *, is_share: bool) -> Text | None:
    """How parts of a step count; nothing where words that do not say it are read just so."""
    counted = str(part.get("count", "exact"))
    is_one = number_as_written(part.get("per", 1)) == "1"
    if counted == "exact" and not is_share and not is_one:
        return _IN_PROPORTION
    return _COUNTING.get(counted)


_SHARE_UNITS = ("%", "个百分点", "百分点", "percentage point")


def _target(counted: _Counted, unit: str, speech: Speech, *, is_share: bool) -> str:
    if counted.target is None:
        return ""
    if not isinstance(counted.target, Number):
        return say(counted.target, speech, 4)
    if is_share:
        return percent(counted.target.value)
    return f"{plain(counted.target.value)}{unit if speech.lang == 'zh' else ''}"


def _counted(of: object) -> _Counted:
    """90% − 结案率 is 结案率低于90%的; growth(x) is 比上年每增长; anything else is itself."""
    match _parsed(of):
        case Name() as name:
            return _Counted(_EACH, name)
        case Call("growth", (grown,)) as call:
            return _Counted(_GROWTH, grown, base=call.option("base_if_zero"))
        case Negative(Call("growth", (grown,)) as call):
            return _Counted(_DECLINE, grown, base=call.option("base_if_zero"))
        case Binary("-", Call("all_mean", (Name() as mean_of,)), Name() as name) if name == mean_of:
            return _Counted(_BELOW_MEAN, name)
        case Binary("-", left, right) if _is_target(left) and not _is_target(right):
            return _Counted(_BELOW, right, left)
        case Binary("-", left, right) if _is_target(right) and not _is_target(left):
            return _Counted(_ABOVE, left, right)
        case _:
            return _Counted(_EACH, None)


def _is_target(formula: Formula) -> bool:
    return isinstance(formula, Number) or percent_of(formula) is not None


def _parsed(written: object) -> Formula | None:
    try:
        return parse(str(written))
    except NotAFormula:
        return None


def _unit(counted: _Counted, part: Document, speech: Speech) -> str:
    """The unit of the steps: percentage points where a share is counted, else the input's own."""
    per = number_as_written(part.get("per", 1)) or ""
    if per.endswith("%") or (counted.target is not None and percent_of(counted.target)):
        return "%"
    return speech.unit(counted.of.code) if isinstance(counted.of, Name) else ""


def _step_size(per: object, unit: str, speech: Speech) -> str:
    """1次, 5个百分点, or in English "meeting", "5 percentage points"."""
    size = number_as_written(per) or formula_in_words(per, speech)
    if unit in _SHARE_UNITS and (size.endswith("%") or unit != "%"):
        size = size.removesuffix("%")
        phrase = _ONE_PERCENTAGE_POINT if size == "1" else _PERCENTAGE_POINTS
        return speech.say(phrase, size=size)
    if speech.lang == "en" and (size == "1" or not unit):
        return unit or (_ANY_UNIT.en if size == "1" else size)
    return speech.say(_UNITS, size=size, unit=unit or _ANY_UNIT.say(speech.lang))


def _proportion(part: Document, setting: Setting) -> str:
    speech = setting.speech
    of = formula_in_words(part["proportion"], speech)
    target = formula_in_words(part.get("target", 1), speech)
    number = number_as_written(part.get("target", 1))
    unit = speech.unit(str(part["proportion"]))
    if number and unit in _SHARE_UNITS:
        target = number if number.endswith("%") else percent(exact(number))
    elif number and speech.lang == "zh":
        target += "" if target.endswith("%") else unit
    award = _award(part.get("points", "full"), speech)
    return speech.say(_PROPORTION, of=of, target=target, award=award)


def _several(join: str) -> Callable[[Document, Setting], str]:
    def said(part: Document, setting: Setting) -> str:
        inner = [said_part(_as_part(one), setting) for one in _listed(part[join])]
        numbered = [f"{_circled(place)}{clause}" for place, clause in enumerate(inner, 1)]
        parts = setting.speech.say(_BETWEEN).join(numbered)
        return setting.speech.say(_SEVERAL[join], parts=parts)

    return said


def _circled(place: int) -> str:
    return chr(ord("①") + place - 1) if place <= 20 else f"({place})"


def _for_each(part: Document, setting: Setting) -> str:
    speech = setting.speech
    keep = speech.say(
        _KEEP.get(str(part.get("keep", "sum")), _KEEP["sum"]), trim=part.get("trim", 0)
    )
    said = speech.say(
        _FOR_EACH, list=speech.name(str(part["for_each"])), keep=keep,
        score=said_part(_as_part(part.get("score")), setting),
    )  # fmt: skip
    if "where" in part:
        said += speech.say(_WHERE, condition=condition_in_words(part["where"], speech))
    if "once_per" in part:
        columns = part["once_per"]
        listed = columns if isinstance(columns, list) else [columns]
        between = speech.say(Text("、", ", "))
        said += speech.say(_ONCE_PER, columns=between.join(speech.name(str(one)) for one in listed))
    return said


# In this order: a proportion has ``points`` of its own, and so does a table of rows.
_SAY: dict[str, Callable[[Document, Setting], str]] = {
    "proportion": _proportion, "ladder": _ladder, "table": _table, "matrix": _matrix, "add": _add,
    "deduct": _deduct, "sum": _several("sum"), "best": _several("best"), "worst": _several("worst"),
    "first": _several("first"), "for_each": _for_each, "points": _points,
}  # fmt: skip
