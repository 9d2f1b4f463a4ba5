"""What a person wrote is read as they meant it, in either language, or refused with what would be right."""

from datetime import date, time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.courts.desk.questions import Choice, Question
from steelyard.courts.desk.reading import LARGEST, read
from steelyard.courts.rules.counting import Excluded
from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.exact import plain
from steelyard.kernel.faults import Fault

TODAY = date(2024, 3, 1)
CHOICES = (
    Choice("civil.judgment", Text("对判决上诉", "appeal against a judgment"), group=Text("民事", "civil")),
    Choice("admin.judgment", Text("对判决上诉", "appeal against a judgment"), group=Text("行政", "administrative")),
    Choice("ruling", Text("对裁定上诉", "appeal against a ruling")),
    Choice("reply", Text("答辩，被告", "reply, defendant"), words="defence"),
)  # fmt: skip


def question(kind, *choices):
    return Question("q", Text("此项", "this"), kind, Text("是什么？", "What?"), choices=choices)


def reads(kind, written, *choices):
    found = read(question(kind, *choices), written, today=TODAY)
    assert not isinstance(found, Fault), found.say("en")
    return found


def fault(kind, written, *choices):
    found = read(question(kind, *choices), written, today=TODAY)
    assert isinstance(found, Fault), found
    return found


DAYS = st.dates(date(1949, 1, 1), date(2149, 12, 31))


@given(DAYS)
def test_a_day_reads_alike_in_every_writing(day):
    y, m, d = day.year, day.month, day.day
    written = (
        f"{day}", f"{y}/{m}/{d}", f"{y}.{m:02}.{d:02}", f"{y}年{m}月{d}日", f" {y} 年 {m} 月 {d} 日 ", f"{day:%Y%m%d}",
        f"{day}".translate(str.maketrans("0123456789-", "０１２３４５６７８９－")),
    )  # fmt: skip
    assert {reads("day", one) for one in written} == {day}


@pytest.mark.parametrize("written", ["今天", "今日", "today", "Today"])
def test_today_is_the_day_of_asking(written):
    assert reads("day", written) == TODAY
    assert isinstance(read(question("day"), written), Fault)  # where nobody says which day it is


FEN = st.integers(0, int(LARGEST) * 100 - 1).map(lambda fen: Fraction(fen, 100))


@given(FEN)
def test_an_amount_reads_alike_in_every_writing(yuan):
    whole, _, rest = plain(yuan).partition(".")
    grouped = f"{int(whole):,}{'.' if rest else ''}{rest}"
    written = (
        plain(yuan), grouped, f"{plain(yuan)}元", f"人民币{grouped}元", f"¥{plain(yuan)}", f"CNY {grouped}",
        f"{plain(yuan)} yuan", f"{plain(yuan / 10**4)}万元", f"{plain(yuan / 10**4)} 万", f"{plain(yuan / 10**8)}亿",
        f"{plain(yuan / 10**6)} million", f"{plain(yuan / 10**3)}千元", f"{plain(yuan / 10**6)}百万元",
    )  # fmt: skip
    assert {reads("amount", one) for one in written} == {yuan}


@pytest.mark.parametrize("written", ["无", "没有", "none", "None", "no amount"])
def test_no_amount_is_an_answer(written):
    assert reads("amount", written) is None


def test_nothing_and_nought_are_two_amounts():
    assert reads("amount", "0") == Fraction(0) != reads("amount", "无")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("是", True), ("有", True), ("y", True), ("YES", True), ("√", True), ("1", True), ("ｙｅｓ", True),
     ("否", False), ("无", False), ("n", False), ("No", False), ("×", False), ("0", False)],
)  # fmt: skip
def test_yes_and_no(written, meant):
    assert reads("yes_no", written) is meant


@given(st.times())
def test_a_time_of_day_reads_alike_in_both_languages(moment):
    exact = moment.replace(second=0, microsecond=0)
    assert (
        reads("time", f"{exact:%H:%M}") == reads("time", f"{exact.hour}时{exact.minute}分") == exact
    )


def test_a_whole_hour_needs_no_minutes():
    assert reads("time", "9时") == time(9)


@given(DAYS, DAYS)
def test_a_span_of_days_reads_back_with_its_reason(one, other):
    first, last = sorted((one, other))
    span = Excluded(first, last, same("鉴定"))
    for written in (f"{first}至{last} 鉴定", f"{first} to {last} 鉴定", f"{first}～{last}鉴定"):
        assert reads("spans", written) == (span,)
    assert reads("spans", f"{first}至{last} 鉴定；{last}到{last}") == (
        span,
        Excluded(last, last, same("")),
    )


@pytest.mark.parametrize(
    ("written", "code"),
    [("ruling", "ruling"), ("对裁定上诉", "ruling"), ("Appeal against a RULING", "ruling"), ("裁定", "ruling"),
     ("民事：对判决上诉", "civil.judgment"), ("administrative: appeal against a judgment", "admin.judgment"),
     ("defence", "reply"), ("答辩，被告", "reply"), ("上诉 裁定", "ruling")],
)  # fmt: skip
def test_a_choice_by_code_by_title_or_by_a_part_that_is_enough(written, code):
    assert reads("choice", written, *CHOICES) == code


def test_words_that_fit_several_choices_are_a_question_back():
    found = fault("choice", "上诉", *CHOICES)
    assert (found.code, found.what.zh) == ("ambiguous-choice", "“上诉”可以指3项")
    assert found.mend.zh == "请写明其中一项：民事：对判决上诉；行政：对判决上诉；对裁定上诉"
    assert found.mend.en == (
        "write one of: civil: appeal against a judgment; administrative: appeal against a judgment; "
        "appeal against a ruling"
    )


def test_several_choices_in_one_answer():
    assert reads("choices", "裁定、答辩，被告", CHOICES[2], *CHOICES[3:]) == ("ruling", "reply")
    assert reads("choices", "答辩，被告", *CHOICES) == (
        "reply",
    )  # the comma of a title divides nothing
    assert reads("choices", "ruling; defence; ruling", *CHOICES) == ("ruling", "reply")


@pytest.mark.parametrize(
    ("kind", "written", "code"),
    [
        ("day", "2023-02-29", "not-a-day"), ("day", "11月1日", "not-a-day"), ("day", "2023", "not-a-day"),
        ("day", "2023-11/01", "not-a-day"), ("day", "9999-12-31", "year-unlikely"), ("day", "昨天", "not-a-day"),
        ("amount", "五百万", "not-an-amount"), ("amount", "-5", "not-an-amount"), ("amount", "1,23", "not-an-amount"),
        ("amount", "50%", "not-an-amount"), ("amount", "USD 5", "not-an-amount"), ("amount", "500万 左右", "not-an-amount"),
        ("amount", "0.001", "finer-than-a-fen"), ("amount", "0.0000001万", "finer-than-a-fen"),
        ("amount", "1000000000000000", "amount-too-large"), ("yes_no", "也许", "not-yes-or-no"),
        ("count", "1.5", "not-a-count"), ("count", "-1", "not-a-count"),
        ("time", "24:00", "not-a-time"), ("time", "9:60", "not-a-time"), ("time", "上午", "not-a-time"),
        ("spans", "2023-03-02至2023-03-01", "not-a-span"), ("spans", "2023-03-01", "not-a-span"),
        ("text", "  ", "not-answered"), ("choice", "别的", "no-such-choice"), ("choices", "裁定、别的", "no-such-choice"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_quoted_and_put_right_and_its_place_names_the_question(
    kind, written, code
):
    found = fault(kind, written, *CHOICES)
    assert found.code == code
    quoted = "“此项”没有填" if code == "not-answered" else "“"
    assert found.what.zh.startswith(quoted)
    assert "此项：" not in found.what.zh
    assert found.mend.zh
    assert found.mend.en


def test_a_text_keeps_the_brackets_of_its_writer():
    assert reads("text", " （2019）粤73知民初1519号 ") == "（2019）粤73知民初1519号"


@given(
    st.sampled_from(["day", "time", "amount", "yes_no", "count", "spans", "choice", "choices"]),
    st.text(),
)
def test_no_text_at_all_breaks_a_reader(kind, written):
    read(question(kind, *CHOICES), written, today=TODAY)
