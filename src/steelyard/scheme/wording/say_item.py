"""What a row of the office's table says about scoring: the rule, and what stands beside it.

每缺1次扣0.5分，扣完为止。全年无案件的，本项不得分。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

from steelyard.kernel.bilingual import Lang, Text
from steelyard.scheme.wording.say_formula import condition_in_words
from steelyard.scheme.wording.say_rule import Setting, points_in_words, said_part, said_rule
from steelyard.scheme.wording.speech import (
    Document,
    Speech,
    bilingual,
    number_as_written,
    speech_of,
)

_APPLIES_TO = Text("仅适用于{groups}。", "Only for {groups}.")
_CONDITIONS = {
    "not_applicable_if": Text("{condition}的，不参与本项考核。", "Not applicable if {condition}."),
    "zero_if": Text("{condition}的，本项不得分。", "The item gets no points if {condition}."),
    "full_if": Text("{condition}的，本项得满分。", "The item gets full points if {condition}."),
}
_NO_CAP = Text("不设上限。", "No upper limit.")
_CAP = Text("本项最高得{points}。", "The item gets at most {points}.")
_NO_FLOOR = Text("可扣为负分。", "It may fall below 0.")
_FLOOR = Text("本项最低得{points}。", "The item gets at least {points}.")
STATES = {
    "missing": Text("缺少数据", "the data are missing"),
    "no_base": Text("无可比基数", "there is no base to divide by"),
    "no_material": Text("无佐证材料", "there is no supporting material"),
    "unreliable": Text("数据不可靠", "the data are unreliable"),
    "late": Text("逾期报送", "it is filed late"),
    "forged": Text("材料经认定造假", "material was found to be forged"),
}
OUTCOMES = {
    "refuse": Text("{state}的，补正后再计分。", "If {state}: to be mended before scoring."),
    "zero": Text("{state}的不得分。", "If {state}: no points."),
    "full": Text("{state}的得满分。", "If {state}: full points."),
    "not_applicable": Text("{state}的，不参与考核。", "If {state}: not applicable."),
    "mean_of_others": Text("{state}的，取其他单位平均分。", "If {state}: the mean of the others."),
    "ignore": Text("{state}的，照常计分。", "If {state}: scored all the same."),
}
_COMBINE = {
    "mean": Text("按下级指标的平均分计分。", "The mean of its items."),
    "weighted_mean": Text("按下级指标的加权平均分计分。", "The weighted mean of its items."),
    "lowest": Text("取下级指标中最低的得分。", "The lowest of its items."),
    "highest": Text("取下级指标中最高的得分。", "The highest of its items."),
}
_WHEN_NOT_APPLICABLE = {
    "rescale": Text("下级指标不适用的，按可得分折算。", "Items that do not apply: rescaled."),
    "spread": Text("下级指标不适用的，其分值平均分摊到其他指标。", "Items that do not apply: spread."),
    "reweight": Text("下级指标不适用的，按其余指标平均。", "Items that do not apply: reweighted."),
    "drop": Text("下级指标不适用的，不计入得分和可得分。", "Items that do not apply: left out."),
    "full": Text("下级指标不适用的得满分。", "Items that do not apply: full points."),
    "zero": Text("下级指标不适用的不得分。", "Items that do not apply: no points."),
    "mean_of_others": Text("下级指标不适用的，取其他单位平均分。", "Items that do not apply: mean of the others."),
}  # fmt: skip
_ADJUST = Text("汇总后另计：{clause}。", "Then: {clause}.")
_GAP = Text(
    "来源分值与分项合计相差{points}分：{note}。", "The source's sum is out by {points}: {note}."
)
_DIRECTIONS = {
    "up": Text("正向指标，越高越好。", "Higher is better."),
    "down": Text("逆向指标，越低越好。", "Lower is better."),
}


def sentences_of(item: Document, document: Document, lang: Lang) -> list[tuple[str, str, str]]:
    """What :func:`item_in_words` says, sentence by sentence: its key, the state of ``on``, the words."""
    speech = replace(speech_of(document, lang), about=bilingual(item.get("title")).say(lang))
    said = [("rule", "", sentence) for sentence in _rule(item, speech)]
    for key in ("applies_to", *_CONDITIONS, "cap", "floor", "direction"):
        if key in item:
            said += [
                (key, "", sentence) for sentence in _beside({key: item[key]}, document, speech)
            ]
    on = item.get("on")
    for state, outcome in cast("Document", on).items() if isinstance(on, Mapping) else ():
        said += [("on", str(state), sentence) for sentence in _states({state: outcome}, speech)]
    return said


def item_in_words(item: Document, document: Document, lang: Lang) -> str:
    """All that a leaf's cell 评分标准 says.

    >>> item_in_words({"code": "A", "title": "月报", "points": 5, "zero_if": "reports == 0",
    ...                "rule": [{"points": "full"}, {"deduct": "missing", "each": "0.5"}]}, {}, "en")
    '0.5 points off for each one of missing, down to 0. The item gets no points if reports is 0.'
    """
    speech = replace(speech_of(document, lang), about=bilingual(item.get("title")).say(lang))
    sentences = [*_rule(item, speech), *_beside(item, document, speech)]
    return ("" if lang == "zh" else " ").join(sentences)


def group_in_words(item: Document, document: Document, lang: Lang) -> str:
    """How a group joins its items, where that is more than their sum; else nothing."""
    speech = speech_of(document, lang)
    sentences = [
        *_rule(item, speech), *_joining(item, speech), *_beside(item, document, speech),
        *_gap(item, speech),
    ]  # fmt: skip
    return ("" if lang == "zh" else " ").join(sentences)


def _rule(item: Document, speech: Speech) -> Iterator[str]:
    if "rule" in item:
        stops = item.get("kind", "item") == "item" and item.get("floor", 0) == 0
        yield said_rule(item["rule"], Setting(speech, stops_at_zero=stops))


def _beside(item: Document, document: Document, speech: Speech) -> Iterator[str]:
    if "applies_to" in item:
        yield speech.say(_APPLIES_TO, groups=_group_titles(item["applies_to"], document, speech))
    for key, phrase in _CONDITIONS.items():
        if key in item:
            yield speech.say(phrase, condition=condition_in_words(item[key], speech))
    yield from _bound(item.get("cap"), _NO_CAP, _CAP, speech)
    yield from _bound(item.get("floor"), _NO_FLOOR, _FLOOR, speech)
    yield from _states(item.get("on"), speech)
    if str(item.get("direction")) in _DIRECTIONS:
        yield speech.say(_DIRECTIONS[str(item["direction"])])


def _group_titles(keys: object, document: Document, speech: Speech) -> str:
    groups = document.get("groups")
    titles = groups if isinstance(groups, Mapping) else {}
    listed = keys if isinstance(keys, list) else [keys]
    said = [bilingual(titles.get(key)).say(speech.lang) or str(key) for key in listed]
    return speech.say(Text("、", ", ")).join(said)


def _bound(value: object, unbounded: Text, bounded: Text, speech: Speech) -> Iterator[str]:
    if value == "none":
        yield speech.say(unbounded)
    elif value is not None:
        yield speech.say(bounded, points=points_in_words(value, speech))


def state_in_words(state: str, outcome: str, lang: Lang) -> str:
    """What a state of the data leads to.

    >>> state_in_words("late", "zero", "zh")
    '逾期报送的不得分。'
    """
    said = OUTCOMES[outcome].zh if lang == "zh" else OUTCOMES[outcome].en
    return said.format(state=STATES[state].zh if lang == "zh" else STATES[state].en)


def _states(on: object, speech: Speech) -> Iterator[str]:
    for state, outcome in cast("Document", on).items() if isinstance(on, Mapping) else ():
        if state in STATES and str(outcome) in OUTCOMES:
            yield speech.say(OUTCOMES[str(outcome)], state=speech.say(STATES[state]))


def _joining(item: Document, speech: Speech) -> Iterator[str]:
    if str(item.get("combine")) in _COMBINE:
        yield speech.say(_COMBINE[str(item["combine"])])
    if str(item.get("not_applicable")) in _WHEN_NOT_APPLICABLE:
        yield speech.say(_WHEN_NOT_APPLICABLE[str(item["not_applicable"])])
    adjust = item.get("adjust")
    for part in adjust if isinstance(adjust, list) else []:
        if isinstance(part, Mapping):
            yield speech.say(_ADJUST, clause=said_part(part, Setting(speech, from_full=True)))


def _gap(item: Document, speech: Speech) -> Iterator[str]:
    gap = item.get("gap")
    if isinstance(gap, Mapping):
        points = number_as_written(gap.get("points")) or ""
        note = bilingual(gap.get("note")).say(speech.lang).rstrip("。.")
        yield speech.say(_GAP, points=points, note=note)
