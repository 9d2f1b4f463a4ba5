"""Which of last year's values speak of this year's draft? A code that now names another thing says nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from steelyard.assessment.rules.schemes.division import inputs_of
from steelyard.assessment.rules.schemes.parts_compared import TYPES
from steelyard.kernel.bilingual import Text
from steelyard.scheme.given import GIVEN
from steelyard.scheme.model import Input, Scheme
from steelyard.weighing.values import Values


def carried_over(values: Values, before: Scheme, after: Scheme) -> Values:
    """Last year's values as if they were of this year: its period is ours, an earlier one an earlier.

    What the new scheme does not ask for is left out, and so is whatever was said of another item or figure
    of the same code.
    """
    labels = dict(
        zip(
            (before.period_label, *before.earlier),
            (after.period_label, *after.earlier),
            strict=False,
        )
    )
    known = {unit.code for unit in after.units}
    cells = {
        (code, labels[period]): {unit: cell for unit, cell in of_units.items() if unit in known}
        for (code, period), of_units in values.cells.items()
        if period in labels and is_the_same_figure(before, after, code)
    }
    lists = {
        (name, labels[period]): {unit: rows for unit, rows in of_units.items() if unit in known}
        for (name, period), of_units in values.lists.items()
        if period in labels and after.lists.get(name) == before.lists.get(name)
    }
    statuses = {
        item: of_units
        for item, of_units in values.item_statuses.items()
        if is_the_same_item(before, after, item)
    }
    return replace(values, cells=cells, lists=lists, item_statuses=statuses, fixed={})


def is_the_same_figure(before: Scheme, after: Scheme, code: str) -> bool:
    """By its code, its title and its type; what the office counts itself is always the same."""
    if code not in before.inputs or code not in after.inputs:
        return False
    if code in GIVEN:
        return True
    was, now = before.inputs[code], after.inputs[code]
    return was.type == now.type and _is_one_title(was.title, now.title)


def _is_one_title(was: Text, now: Text) -> bool:
    """Alike in one language: an office's table tells no other."""
    sides = ((was.zh, now.zh), (was.en, now.en))
    return was == now or any(first and first == second for first, second in sides)


def is_the_same_item(before: Scheme, after: Scheme, code: str) -> bool:
    """By its code, its title and the figures that its rule asks for; how many points they give may change."""
    if code not in before.item or code not in after.item:
        return False
    was, now = before.item[code], after.item[code]
    asked = tuple(inputs_of(of, one) for of, one in ((before, was), (after, now)))
    is_one = was.kind == now.kind and _is_one_title(was.title, now.title)
    return is_one and asked[0] == asked[1]


def left_behind(values: Values, before: Scheme, after: Scheme) -> tuple[Text, ...]:
    """What was not carried over though its code is there again: it is another item, or another figure."""
    return (*_statuses_left(values, before, after), *_figures_left(values, before, after))


def _statuses_left(values: Values, before: Scheme, after: Scheme) -> Iterator[Text]:
    for code, of_units in values.item_statuses.items():
        told = sum(bool(status) for status in of_units.values())
        if told and code in after.item and not is_the_same_item(before, after, code):
            was, now = before.item[code].title, after.item[code].title
            yield Text(
                f"{code}：上年度为“{was.say('zh')}”，本年度为“{now.say('zh')}”；上年度{told}个单位的状态（弄虚作假、不适用等）未沿用",
                f"{code}: was “{was.say('en')}”, is “{now.say('en')}”; what was said of it last year "
                f"(forged, not applicable …; units: {told}) is not taken over",
            )


def _figures_left(values: Values, before: Scheme, after: Scheme) -> Iterator[Text]:
    for code in dict.fromkeys(code for code, _ in values.cells):
        there = code in before.inputs and code in after.inputs
        if there and not is_the_same_figure(before, after, code):
            was, now = _told_apart(before.inputs[code], after.inputs[code])
            yield Text(
                f"{code}：上年度为{was.zh}，本年度为{now.zh}；上年度的数据未沿用",
                f"{code}: was {was.en}, is {now.en}; last year's figures are not taken over",
            )


def _told_apart(was: Input, now: Input) -> tuple[Text, Text]:
    """Both by their titles; by their types too, if those are what differs."""
    titles = [Text(f"“{one.title.say('zh')}”", f"“{one.title.say('en')}”") for one in (was, now)]
    if was.type == now.type:
        return titles[0], titles[1]
    types = [TYPES[one.type] for one in (was, now)]
    first, second = (
        Text(f"{title.zh}（{kind.zh}）", f"{title.en} ({kind.en})")
        for title, kind in zip(titles, types, strict=True)
    )
    return first, second
