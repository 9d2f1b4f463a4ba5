"""Why was an answer not understood, and what would be right? One function a reason."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.courts.desk.questions import Choice, Question, shown
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault

MOST_LISTED = 12
"""Choices that a fault lists; the rest are counted."""

FEW = 8
"""Choices that are listed where nothing was answered."""


def empty(question: Question) -> Fault:
    return Fault(
        "not-answered",
        Text(f"“{question.label.zh}”没有填", f"{question.label.en} is not given"),
        _asked(question),
    )


def _asked(question: Question) -> Text:
    """The question itself, and its choices where they are few."""
    ask = question.ask
    if not 0 < len(question.choices) <= FEW:
        return ask
    listed = _list(question.choices, question.choices)
    return Text(f"{ask.zh}可填：{listed.zh}", f"{ask.en} One of: {listed.en}")


def no_day(said: str) -> Fault:
    return _unlike(
        said,
        "not-a-day",
        Text("不是日期", "is no day"),
        Text("请写成2023-11-01或者2023年11月1日", "write it as 2023-11-01"),
    )


def year_unlikely(said: str) -> Fault:
    return _unlike(
        said,
        "year-unlikely",
        Text("不可能是案件的日期", "cannot be a day of a case"),
        Text("请核对年份", "check the year"),
    )


def no_time(said: str) -> Fault:
    return _unlike(
        said,
        "not-a-time",
        Text("不是时刻", "is no time of day"),
        Text("请写成9:20或者9时20分，用24小时制", "write it as 9:20, by 24 hours"),
    )


def no_amount(said: str) -> Fault:
    return _unlike(
        said,
        "not-an-amount",
        Text("不是人民币金额", "is no amount in yuan"),
        Text(
            "请写成5000000、500万元或者1.2亿元；没有金额的写“无”",
            "write 5000000, 5,000,000 or 5 million; none where there is no amount",
        ),
    )


def finer_than_a_fen(said: str) -> Fault:
    return _unlike(
        said,
        "finer-than-a-fen",
        Text("精确到分以下", "is finer than a fen"),
        Text("请写到分为止（两位小数）", "give two decimals at most"),
    )


def too_large(said: str) -> Fault:
    return _unlike(
        said,
        "amount-too-large",
        Text("大得不合情理", "is larger than any claim"),
        Text("请核对单位和位数", "check the unit and the digits"),
    )


def neither_yes_nor_no(said: str) -> Fault:
    return _unlike(
        said,
        "not-yes-or-no",
        Text("既非“是”也非“否”", "is neither yes nor no"),
        Text("请写“是”或者“否”", "write yes or no"),
    )


def no_count(said: str) -> Fault:
    return _unlike(
        said,
        "not-a-count",
        Text("不是整数", "is no whole number"),
        Text("请只写一个整数", "write one whole number"),
    )


def no_span(said: str) -> Fault:
    return _unlike(
        said,
        "not-a-span",
        Text("不是一段期间", "is no span of days"),
        Text(
            "请写成“2021-03-01至2021-03-20 鉴定”，先早后晚，几段之间用分号",
            "write 2021-03-01 to 2021-03-20 appraisal, the earlier day first; semicolons between",
        ),
    )


def no_choice(question: Question, said: str) -> Fault:
    return _unlike(
        said,
        "no-such-choice",
        Text("不在可选之列", "is none of the choices"),
        _one_of(question.choices, question.choices),
    )


def ambiguous(question: Question, said: str, found: Sequence[Choice]) -> Fault:
    return _unlike(
        said,
        "ambiguous-choice",
        Text(f"可以指{len(found)}项", f"may mean {len(found)} of the choices"),
        _one_of(found, question.choices),
    )


def _one_of(listed: Sequence[Choice], among: Sequence[Choice]) -> Text:
    said = _list(listed, among)
    return Text(f"请写明其中一项：{said.zh}", f"write one of: {said.en}")


def _list(listed: Sequence[Choice], among: Sequence[Choice]) -> Text:
    more = len(listed) - MOST_LISTED

    def said(lang: Lang, between: str) -> str:
        return between.join(shown(one, among, lang) for one in listed[:MOST_LISTED])

    return Text(
        f"{said('zh', '；')}{f'；等{len(listed)}项' if more > 0 else ''}",
        f"{said('en', '; ')}{f'; and {more} more' if more > 0 else ''}",
    )


def _unlike(said: str, code: str, what: Text, mend: Text) -> Fault:
    """The place (a flag, a column, the question just put) names the question; this does not."""
    quoted = said if len(said) <= 40 else f"{said[:40]}…"
    return Fault(code, Text(f"“{quoted}”{what.zh}", f"“{quoted}” {what.en}"), mend)
