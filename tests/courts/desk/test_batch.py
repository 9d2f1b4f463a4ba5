"""A sheet of many cases gets the answers that each case would get alone, or every fault at its cell."""

from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.courts.court_rules import CourtRules
from steelyard.courts.desk.batch import answer_sheet, heading
from steelyard.courts.desk.blank import blank_sheet
from steelyard.courts.desk.facts import Facts
from steelyard.courts.desk.jobs import JOBS, job_of
from steelyard.courts.desk.questions import columns_of
from steelyard.kernel.bilingual import LANGS
from steelyard.kernel.faults import Faulty
from steelyard.tables.read import read_sheet
from steelyard.tables.sheet import Column, Head, Row, Sheet, heading_key, letters

RULES = CourtRules.of("guangdong")
TODAY = date(2024, 3, 1)
every_job = pytest.mark.parametrize("code", JOBS)


def sheet(headings, *rows):
    columns = tuple(Column(letters(at), text) for at, text in enumerate(headings))
    head = Head(
        "cases.xlsx",
        "",
        1,
        columns,
        {heading_key(one.heading): at for at, one in enumerate(columns)},
    )
    return Sheet(head, tuple(Row(number, tuple(row), head) for number, row in enumerate(rows, 2)))


def answered(job, headings, *rows, lang="zh"):
    return answer_sheet(sheet(headings, *rows), job_of(job), RULES, lang, today=TODAY)


def faults(job, headings, *rows):
    with pytest.raises(Faulty) as refused:
        answered(job, headings, *rows)
    return [(one.code, one.where.row, one.where.column) for one in refused.value.faults]


def test_answers_stand_beside_the_sheet_as_it_was():
    found = answered(
        "days", ["编号", "起算事件之日", "期限", "备注"],
        [7, date(2023, 11, 1), "对判决上诉", "=1+1"], [8, "2023年11月1日", "admin.appeal.no_domicile", 0.5],
    )  # fmt: skip
    assert found.headings == (
        "编号", "起算事件之日", "期限", "备注", "权衡·期满日", "权衡·含义", "权衡·依据", "权衡·计算过程",
    )  # fmt: skip
    assert [row[:5] for row in found.rows] == [
        (7, date(2023, 11, 1), "对判决上诉", "=1+1", date(2023, 11, 16)),
        (8, "2023年11月1日", "admin.appeal.no_domicile", found.rows[1][3], None),
    ]
    assert (str(found.rows[1][3]), found.unsettled) == ("0.5", 1)


@pytest.mark.parametrize("lang", LANGS)
def test_headings_are_codes_or_names_in_either_language_and_any_order(lang):
    asked = columns_of(job_of("fee").questions(RULES))
    names = {one.code: one.label.say(lang) for one in asked}
    by_code = answered(
        "fee", ["standard", "amount", "accepted"], ["ip", "500万", "2023-11-01"], lang=lang
    )
    by_name = answered(
        "fee", [names["accepted"].upper(), names["amount"], names["standard"]], ["2023/11/1", 5e6, "知识产权"], lang=lang,
    )  # fmt: skip
    assert by_code.rows[0][3:] == by_name.rows[0][3:]
    assert by_code.rows[0][3] == 46800


def test_answers_of_an_earlier_run_are_replaced():
    once = answered("fee", ["standard", "accepted"], ["labour", "2023-11-01"])
    again = answered("fee", once.headings, once.rows[0], lang="en")
    assert again.headings[:2] == once.headings[:2]
    assert len(again.headings) == len(once.headings)


def test_what_holds_for_every_row_need_be_no_column_and_a_cell_goes_before_it():
    common = Facts({"start": date(2023, 11, 1)})
    cases = sheet(["limit", "start"], ["civil.defence", ""], ["civil.defence", "2023-11-02"])
    found = answer_sheet(cases, job_of("days"), RULES, "en", today=TODAY, common=common)
    assert [row[2] for row in found.rows] == [date(2023, 11, 16), date(2023, 11, 17)]


def test_every_fault_is_at_its_cell_and_no_answer_is_given():
    assert faults(
        "days", ["limit", "start", "extended"],
        ["civil.defence", "2023-11-01", ""], ["上诉", "2023-02-30", "maybe"], ["", "2023-11-01", "—"],
        ["civil.defence", "2023-11-01", "yes"],
    ) == [
        ("ambiguous-choice", 3, "A limit"), ("not-a-day", 3, "B start"), ("not-yes-or-no", 3, "C extended"),
        ("not-answered", 4, "A limit"), ("no-extension", 5, ""),
    ]  # fmt: skip


def test_a_column_that_is_lacking_is_said_once():
    assert faults("days", ["limit"], ["civil.defence"], ["civil.defence"]) == [("no-column", 1, "")]


def test_a_question_has_one_column():
    found = faults(
        "days", ["limit", "期限", "start"], ["civil.defence", "civil.defence", "2023-11-01"]
    )
    assert found == [("column-twice", 1, "B 期限")]


def test_faults_beyond_a_thousand_are_counted():
    found = faults("days", ["limit", "start"], *[["civil.defence", "soon"]] * 1003)
    assert (len(found), found[-1][0]) == (1001, "more-faults")


KEYS = ("standard", "amount", "accepted")
AMOUNTS = st.one_of(st.just("无"), st.integers(0, 10**9).map(lambda fen: f"{fen / 100:.2f}"))
CASES = st.fixed_dictionaries({
    "standard": st.sampled_from(["ip", "property", "labour", "preservation"]),
    "amount": AMOUNTS,
    "accepted": st.dates(date(2010, 1, 1), date(2025, 12, 31)).map(str),
})  # fmt: skip


@settings(max_examples=50)
@given(st.lists(CASES, min_size=1, max_size=8))
def test_a_sheet_gets_what_each_case_gets_alone(cases):
    usable = [one for one in cases if not (one["amount"] == "无" and one["standard"] == "property")]
    rows = [[one[key] for key in KEYS] for one in usable]
    found = answered("fee", KEYS, *rows, lang="en")
    alone = [RULES.ask("fee", **one) for one in usable]
    assert [row[4] for row in found.rows] == [one.cells[1].en for one in alone]
    assert found.unsettled == sum(not one.settled for one in alone)


@every_job
@pytest.mark.parametrize("lang", LANGS)
def test_a_blank_sheet_has_a_column_a_question_and_its_drop_downs_read_back(tmp_path, code, lang):
    questions = columns_of(job_of(code).questions(RULES))
    path = tmp_path / "blank.xlsx"
    path.write_bytes(blank_sheet(questions, lang))
    book = openpyxl.load_workbook(path)
    cases, choices = book.worksheets
    assert [cell.value for cell in cases[1]] == [one.label.say(lang) for one in questions]
    assert choices.sheet_state == "hidden"
    offered = [one for one in questions if one.choices or one.kind == "yes_no"]
    assert len(cases.data_validations.dataValidation) == len(offered)
    assert blank_sheet(questions, lang) == path.read_bytes()


def test_a_blank_sheet_filled_in_is_answered(tmp_path):
    questions = columns_of(job_of("days").questions(RULES))
    path = tmp_path / "filled.xlsx"
    path.write_bytes(blank_sheet(questions, "zh"))
    book = openpyxl.load_workbook(path)
    book.worksheets[0].append(["民事：对判决上诉", date(2023, 11, 1)])
    book.save(path)
    found = answer_sheet(read_sheet(path), job_of("days"), RULES, "zh", today=TODAY)
    assert found.rows[0][len(questions)] == date(2023, 11, 16)


def test_an_answer_is_told_from_the_senders_columns():
    for code in JOBS:
        job = job_of(code)
        ours = {heading(one).say(lang) for one in job.columns for lang in LANGS}
        asked = job.questions(RULES)
        assert ours.isdisjoint(
            {one.code for one in asked} | {one.label.say(lang) for one in asked for lang in LANGS}
        )
