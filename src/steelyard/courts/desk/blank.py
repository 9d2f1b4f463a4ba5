"""The blank sheet of many cases: a column a question, with drop-downs and what to write."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from steelyard.courts.desk.facts import Facts
from steelyard.courts.desk.questions import Question, shown
from steelyard.kernel.bilingual import Lang, Text

ROWS = 5000
"""Rows that have drop-downs; further ones are read all the same."""

_CASES = Text("案件", "Cases")
_CHOICES = Text("选项", "Choices")
_NEEDED = Text("必填", "needed")
_NEEDED_WHERE_IT_MATTERS = Text("相关时必填", "needed where it matters")
_SEVERAL = Text("多项之间用顿号", "several: put semicolons between")
_YES_NO = {"zh": ["是", "否"], "en": ["yes", "no"]}


def blank_sheet(questions: Sequence[Question], lang: Lang) -> bytes:
    """The bytes of an .xlsx file, the same for the same questions."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        cases, choices = (
            book.add_worksheet(_CASES.say(lang)),
            book.add_worksheet(_CHOICES.say(lang)),
        )
        choices.hide()
        cases.freeze_panes(1, 0)
        needed = book.add_format({"bold": True, "bottom": 1, "bg_color": "#DDEBF7"})
        if_any = book.add_format({"bottom": 1})
        formats = {"day": book.add_format({"num_format": "yyyy-mm-dd"})}
        formats["text"] = book.add_format({"num_format": "@"})
        for at, question in enumerate(questions):
            head = needed if question.needed else if_any
            label = question.label.say(lang)
            cases.write_string(0, at, label, head)
            cases.write_comment(0, at, _what_to_write(question, lang), {"author": "Steelyard 权衡"})
            cases.set_column(at, at, max(14, 2 * len(label)), formats.get(question.kind))
            _drop_down(question, lang, at, cases, choices)
    return target.getvalue()


def _what_to_write(question: Question, lang: Lang) -> str:
    said = [question.ask.say(lang), _needed(question).say(lang)]
    if question.kind == "choices":
        said.append(_SEVERAL.say(lang))
    return "\n".join(said)


def _needed(question: Question) -> Text:
    if question.needed and not question.blank_is_today:
        return _NEEDED if question.asked(Facts()) else _NEEDED_WHERE_IT_MATTERS
    return Text(f"不填：{question.blank.zh}", f"blank: {question.blank.en}")


def _drop_down(question: Question, lang: Lang, at: int, cases: Any, choices: Any) -> None:
    """Other words are read as well, so the list offers and does not forbid."""
    listed = [shown(one, question.choices, lang) for one in question.choices]
    if question.kind == "yes_no":
        listed = _YES_NO[lang]
    if not listed:
        return
    from xlsxwriter.utility import xl_range_abs

    choices.write_string(0, at, question.code)
    for row, title in enumerate(listed, 1):
        choices.write_string(row, at, title)
    source = f"='{_CHOICES.say(lang)}'!{xl_range_abs(1, at, len(listed), at)}"
    offer = {"validate": "list", "source": source, "show_error": False}
    cases.data_validation(1, at, ROWS, at, offer)
