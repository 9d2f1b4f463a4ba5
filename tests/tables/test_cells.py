from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

import pytest

from steelyard.kernel.faults import Fault, Where
from steelyard.tables import cells
from steelyard.tables.cells import Absent
from steelyard.tables.grid import Grid, Record
from steelyard.tables.shape import shaped
from steelyard.tables.sheet import Formatted

MISSING, NOT_APPLICABLE = Absent.MISSING, Absent.NOT_APPLICABLE
HERE = Where(file="values.csv", row=2, column="B 结案率")


def cell(stored):
    records = [Record(1, ["城市", "结案率"]), Record(2, ["江门", stored])]
    return shaped(Grid("values.csv", "", records)).rows[0]["结案率"]


def code_of(answer):
    """The code of a fault; any other answer as it is."""
    if not isinstance(answer, Fault):
        return answer
    assert answer.where == HERE
    assert answer.what.zh
    assert answer.what.en
    return answer.code


@pytest.mark.parametrize(
    "said",
    [
        "",
        "  ",
        "\u3000",
        *"—–−-/…",
        "——",
        "……",
        "...",
        "NA",
        "na",
        "缺",
        "暂无",
        " - ",
    ],
)
def test_these_say_that_a_value_is_missing(said):
    for question in (cells.number, cells.share, cells.date, cells.yes_no, cells.text):
        assert question(cell(said)) is MISSING


@pytest.mark.parametrize("said", ["不适用", " 不适用 ", "Not applicable"])
def test_not_applicable_is_another_answer_than_missing(said):
    for question in (cells.number, cells.yes_no, cells.text, cells.code):
        assert question(cell(said)) is NOT_APPLICABLE


@pytest.mark.parametrize("stored", ["0", 0, 0.0, "0%", "０"])
def test_zero_is_never_missing(stored):
    assert cells.number(cell(stored)) == 0


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("12", 12),
        (" 1,234.50 ", Fraction(2469, 2)),
        ("９２.３％", Fraction(923, 1000)),
        ("10/3", Fraction(10, 3)),
        ("-5", -5),
        (0.1, Fraction(1, 10)),
        (7, 7),
        (Decimal("0.10"), Fraction(1, 10)),
        (Formatted(Fraction(923, 1000), "92.3%"), Fraction(923, 1000)),
        ("NaN", "not-a-number"),
        (float("nan"), "not-a-number"),
        ("inf", "not-a-number"),
        (float("-inf"), "not-a-number"),
        (Decimal("Infinity"), "not-a-number"),
        ("12件", "not-a-number"),
        ("约12", "not-a-number"),
        ("1,23", "not-a-number"),
        ("0x10", "not-a-number"),
        ("1" * 100_000 + "x", "not-a-number"),
        (True, "not-a-number"),
        (date(2021, 3, 5), "not-a-number"),
    ],
)
def test_a_number_is_exact_or_refused(stored, expected):
    assert code_of(cells.number(cell(stored))) == expected


def test_what_is_no_number_is_told_with_what_was_found_and_what_to_do():
    fault = cells.number(cell("约12\n件"))
    assert fault.say("zh") == (
        "values.csv 第2行 “B 结案率”列：“约12 件”不是数；"
        "请只填一个数，不带单位和文字；没有数据请留空 [not-a-number]"
    )
    assert fault.what.en == "“约12 件” is not a number"


def test_a_long_text_is_cut_in_a_message():
    assert len(cells.number(cell("很长" * 10_000)).say("zh")) < 200


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("0.923", Fraction(923, 1000)),
        ("92.3%", Fraction(923, 1000)),
        ("0", 0),
        (1.0, 1),
        ("92.3", "not-a-share"),
        ("-1%", "not-a-share"),
        ("1.0001", "not-a-share"),
        ("200", "not-a-share"),
        ("九成", "not-a-number"),
    ],
)
def test_a_share_lies_between_nothing_and_the_whole(stored, expected):
    assert code_of(cells.share(cell(stored))) == expected


def test_a_share_that_lacks_its_percent_sign_is_told_so():
    assert cells.share(cell("92.3")).mend.en == "if it means 92.3%, write the percent sign"
    assert "92.3%" in cells.share(cell("200")).mend.en


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("2021-03-05", date(2021, 3, 5)),
        ("2021/3/5", date(2021, 3, 5)),
        ("2021.3.5", date(2021, 3, 5)),
        ("2021年3月5日", date(2021, 3, 5)),
        ("２０２１年３月５日", date(2021, 3, 5)),
        (" 2021-03-05 09:30 ", date(2021, 3, 5)),
        ("2021-03-05T09:30:00", date(2021, 3, 5)),
        ("2020-02-29", date(2020, 2, 29)),
        (date(2021, 3, 5), date(2021, 3, 5)),
        (datetime(2021, 3, 5, 9, 30), date(2021, 3, 5)),
        ("2021-02-29", "not-a-date"),
        ("2021-3/5", "not-a-date"),
        ("5/3/2021", "not-a-date"),
        ("21-03-05", "not-a-date"),
        ("2021年3月", "not-a-date"),
        ("20210305", "not-a-date"),
        (44260.0, "not-a-date"),
        (time(9, 30), "not-a-date"),
        (True, "not-a-date"),
        ("昨天", "not-a-date"),
    ],
)
def test_a_date_is_a_day_of_the_calendar(stored, expected):
    assert code_of(cells.date(cell(stored))) == expected


def test_the_number_of_a_day_is_told_to_be_formatted_as_a_date():
    assert cells.date(cell(44260.0)).mend.zh == "请将单元格格式设为日期，或写成2021-03-05"


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        *(
            (said, True)
            for said in ("是", "有", "√", "y", "yes", "YES", "true", "1", "１", 1.0, True)
        ),
        *((said, False) for said in ("否", "无", "×", "n", "no", " No ", "false", "0", 0, False)),
        *((said, "not-yes-or-no") for said in ("也许", "2", "yeah", 0.5, "是否")),
    ],
)
def test_yes_and_no_are_said_in_these_ways(stored, expected):
    assert code_of(cells.yes_no(cell(stored))) == expected


def test_text_is_trimmed_and_otherwise_kept():
    assert cells.text(cell("  结案 率（％）\n ")) == "结案 率（％）"


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("A3", "A3"),
        (" Ａ３ ", "A3"),
        ("010001", "010001"),
        (440700.0, "440700"),
        (1.5, "1.5"),
        (Formatted(Fraction(10001), "010001"), "010001"),
        ("江门市", "江门市"),
        ("NA", "NA"),
        ("-", MISSING),
        ("A 3", "not-a-code"),
        ("A\n3", "not-a-code"),
        (date(2021, 3, 5), "not-a-code"),
        (True, "not-a-code"),
        (4407001234567890.0, "not-a-code"),
        ("4407001234567890", "4407001234567890"),
    ],
)
def test_a_code_is_kept_as_written_or_refused(stored, expected):
    assert code_of(cells.code(cell(stored))) == expected


def test_a_value_that_is_required_must_be_present():
    empty, zero, none = cell(""), cell("0"), cell("不适用")
    assert cells.present(cells.number(zero), zero) == 0
    assert code_of(cells.present(cells.number(empty), empty)) == "missing"
    assert code_of(cells.present(cells.number(none), none)) == "not-applicable"
    assert code_of(cells.present(cells.number(cell("x")), empty)) == "not-a-number"
