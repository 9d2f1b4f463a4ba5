"""What a clerk types at the counter, and what they read."""

import io
import json
import os
import select
import subprocess
import sys
import time
from datetime import date

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from steelyard.cli import main


class Piped(io.StringIO):
    """Standard input that is no terminal."""

    def isatty(self):
        return False


class Terminal(io.StringIO):
    """Standard input at which a person types."""

    def isatty(self):
        return True


def said(monkeypatch, capsys, *words, status=0, typed=None):
    monkeypatch.setattr(
        sys, "stdin", Piped("") if typed is None else Terminal("".join(f"{one}\n" for one in typed))
    )
    assert main(["court", *[str(word) for word in words]]) == status
    return capsys.readouterr()


@pytest.fixture
def run(monkeypatch, capsys):
    return lambda *words, **more: said(monkeypatch, capsys, *words, **more)


FEE = ("fee", "--standard", "知识产权", "--amount", "500万", "--accepted", "2023-11-01")


@pytest.mark.parametrize(
    ("lang", "first"),
    [
        ("zh", "知识产权民事案件：应交46800元"),
        ("en", "Civil intellectual-property case: CNY 46,800 to pay"),
    ],
)
def test_an_answer_in_the_language_asked_for(run, lang, first):
    assert run(*FEE, "--lang", lang).out.splitlines()[0] == first
    assert run("--lang", lang, *FEE).out.splitlines()[0] == first


def test_the_first_fact_needs_no_flag(run):
    assert run("days", "对判决上诉", "--start", "2023-11-01", "--lang", "zh").out.startswith(
        "对判决上诉：2023-11-16"
    )
    assert run(
        "days", "--start", "2023-11-01", "against", "a", "ruling", "--lang", "en", status=2
    ).err
    assert run("number", "（2019）粤73知民初1519号", "--lang", "en").out.startswith(
        "（2019）粤73知民初1519号: well formed"
    )


def test_a_person_must_decide_is_status_1(run):
    out = run(
        "days", "admin.appeal.no_domicile", "--start", "2023-11-01", "--lang", "zh", status=1
    ).out
    assert "由人决定" in out.splitlines()[0]


def test_a_wrong_number_is_status_1(run):
    assert "begins with 0" in run("number", "（2019）粤73知民初01号", "--lang", "en", status=1).out


def test_json_has_both_languages_and_the_facts_as_read(run):
    data = json.loads(run(*FEE, "--json").out)
    assert data["facts"] == {"standard": "ip", "amount": "5000000", "accepted": "2023-11-01"}
    assert data["headline"]["zh"] == "知识产权民事案件：应交46800元"
    assert data["result"]["payable"] == {"low": "46800", "high": "46800"}


def test_without_a_terminal_every_missing_flag_is_named_at_once(run):
    said = run("days", "--lang", "en", status=2)
    assert (said.out, said.err.splitlines()) == (
        "",
        [
            "--limit: limit is not given; Which time limit? (--list shows the choices) [not-answered]",
            "--start: day of the event is not given; On which day was the event that starts it? [not-answered]",
            "2 faults; nothing was written.",
        ],
    )


def test_what_is_not_understood_is_named_with_what_is_missing(run):
    err = run("fee", "ip", "--accepted", "2023-02-30", "--lang", "zh", status=2).err
    assert [line.partition("：")[0] for line in err.splitlines()] == [
        "--accepted",
        "--amount",
        "共2处错误，未写出任何文件。",
    ]


def test_one_fact_is_not_said_twice(run):
    assert "[said-twice]" in run("days", "答辩", "--limit", "上诉", "--lang", "zh", status=2).err


def test_the_choices_are_listed(run):
    lines = run("days", "--list", "上诉", "裁定", "--lang", "zh").out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == [
        "civil.appeal.ruling", "civil.second_instance.ruling", "admin.appeal.ruling",
    ]  # fmt: skip
    assert run("days", "--list", "tea", status=1).out


def test_numbers_issued_so_far_come_from_a_file(run, tmp_path):
    series = (
        "number",
        "--next",
        "--court",
        "粤73",
        "--year",
        "2024",
        "--type",
        "民初",
        "--special",
        "知",
        "--lang",
        "zh",
    )
    text, table = tmp_path / "issued.txt", tmp_path / "issued.csv"
    text.write_text("（2024）粤73知民初1号\n\n（2024）粤73知民初2号\n", encoding="utf-8")
    table.write_text(
        "当事人,案号\n甲,（2024）粤73知民初1号\n乙,(2024)粤73知民初2号\n", encoding="utf-8"
    )
    for file in (text, table):
        assert run(*series, "--issued", file).out.startswith("下一个案号：（2024）粤73知民初3号")
    text.write_text("（2024）粤73知民初1号\n（2024）粤73知民初3号\n", encoding="utf-8")
    assert "[case-serial-gap]" in run(*series, "--issued", text, status=2).err


def test_a_person_is_asked_for_what_is_missing_and_only_that(run):
    said = run(
        "fee", "--amount", "500万", "--lang", "zh", typed=["知识产权", "", "", "2023年11月1日"]
    )
    assert said.out.startswith("知识产权民事案件：应交46800元")
    assert [line for line in said.err.splitlines() if line.endswith("）") and "？" in line] == [
        "哪一类案件或者申请？（写几个字即可；写“?”列出全部）", "> 哪一审级？（直接回车：一审）",
        "> 有无减半事由？（直接回车：没有）", "> 受理是哪一天？（直接回车：今天）",
    ]  # fmt: skip


def test_a_person_who_gave_all_that_is_needed_is_asked_nothing(run):
    assert run(*FEE, "--lang", "en", typed=[]).err == ""
    assert run(*FEE[:-2], "--lang", "en", typed=[]).err == ""  # no day: today


def test_a_wrong_answer_is_asked_for_again_with_the_reason(run):
    said = run("days", "civil.defence", "--lang", "en", typed=["yesterday", "", "2023-11-01"])
    assert said.out.startswith("Defence: 2023-11-16")
    assert "“yesterday” is no day; write it as 2023-11-01" in said.err
    assert "This one is needed." in said.err


def test_words_that_fit_several_are_narrowed_by_number_or_by_more_words(run):
    by_number = run("days", "判决", "--start", "2023-11-01", "--lang", "zh", typed=["2"])
    assert "项，是哪一项？" in by_number.err
    assert "  2 民事：对判决上诉" in by_number.err
    by_words = run(
        "days", "判决", "--start", "2023-11-01", "--lang", "zh", typed=["民事 上诉", "对判决上诉"]
    )
    assert by_number.out == by_words.out
    assert by_number.out.startswith("对判决上诉：2023-11-16")


def test_a_question_mark_lists_all_the_choices(run):
    err = run("days", "--start", "2023-11-01", "--lang", "en", typed=["?", "1"]).err
    assert "  1 civil: filing, or a ruling not to accept" in err


def test_several_choices_by_number(run):
    said = run(
        "fee", "--amount", "20万", "--lang", "zh", typed=["ip", "", "1、2", "2023-11-01"]
    ).out
    assert "以调解方式结案、当事人申请撤诉，减半一次" in said


def test_a_person_who_stops_is_told_what_is_still_missing(run):
    err = run("fee", "--lang", "en", typed=["ip"], status=2).err
    assert err.splitlines()[-2:] == [
        "--amount: amount is not given; Amount in dispute? (none if there is none) [not-answered]",
        "1 fault; nothing was written.",
    ]


def test_a_person_who_has_said_enough_is_answered(run):
    found = run("filing", "--lang", "zh", status=1, typed=["民事诉讼", "2024-06-03", "商标"])
    assert found.err.startswith("只问与本案有关的事项；按Ctrl-D可以结束，余下的按未说明处理。")
    assert found.out.startswith("还不能登记立案：待询问")
    err = run(
        "which",
        "侵害商标权",
        "--amount",
        "很多",
        "--place",
        "江门",
        "--lang",
        "en",
        typed=["", "2023-06-01"],
        status=2,
    ).err
    assert err.splitlines()[-2].startswith("--amount: amount is not given")


def test_a_stop_from_the_keyboard_is_status_130(monkeypatch, capsys):
    class Stopped(Terminal):
        def readline(self, *_):
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Stopped())
    assert main(["court", "fee", "--lang", "en"]) == 130
    assert "Stopped; nothing was written." in capsys.readouterr().err


def book_of(path, *rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def rows_of(path):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows()]


def test_a_workbook_of_cases_is_answered(run, tmp_path):
    path = book_of(
        tmp_path / "cases.xlsx",
        ["案件类别", "争议金额（元）", "受理日"],
        ["知识产权", 5000000, "2023-11-01"],
    )
    out = run("fee", "--batch", path, "--lang", "zh").out
    assert out == f"1行均由规则得出答复，写入{tmp_path / 'cases.answered.xlsx'}。\n"
    head, row = rows_of(tmp_path / "cases.answered.xlsx")
    assert head[3:] == ["权衡·数额（元）", "权衡·结果", "权衡·依据", "权衡·计算过程"]
    assert row[:5] == ["知识产权", 5000000, "2023-11-01", 46800, "应交46800元"]


def test_a_csv_comes_back_as_csv_with_nothing_that_runs(run, tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text("number,note\n（2019）粤73知民初1519号,=1+1\nx,-\n", encoding="utf-8")
    assert "1 of them for a person" in run("number", "--batch", path, "--lang", "en", status=1).out
    content = (tmp_path / "cases.answered.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfnumber,note,Steelyard: As printed")
    assert b",'=1+1," in content


def test_a_sheet_with_faults_is_refused_whole_and_marked(run, tmp_path):
    path = book_of(
        tmp_path / "cases.xlsx",
        ["limit", "start"],
        ["答辩", "2023-11-01"],
        ["civil.defence", "soon"],
    )
    report = tmp_path / "faults.xlsx"
    err = run("days", "--batch", path, "--report", report, "--lang", "en", status=2).err
    assert [line.rpartition(" ")[2] for line in err.splitlines()[1:3]] == [
        "[ambiguous-choice]",
        "[not-a-day]",
    ]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["cases.xlsx", "faults.xlsx"]
    marked = openpyxl.load_workbook(report).worksheets[-1]
    assert "“soon” is no day" in marked["B3"].comment.text


def test_facts_of_flags_hold_for_every_row(run, tmp_path):
    path = book_of(tmp_path / "cases.xlsx", ["limit"], ["civil.defence"])
    run("days", "--batch", path, "--start", "2023-11-01", "--lang", "en")
    assert rows_of(tmp_path / "cases.answered.xlsx")[1][1].isoformat()[:10] == "2023-11-16"
    assert (
        "[not-a-day]"
        in run("days", "--batch", path, "--start", "soon", "--lang", "en", status=2).err
    )
    assert (
        "[no-such-question]"
        in run("number", "--batch", path, "--next", "--lang", "en", status=2).err
    )
    assert "[wrong-option]" in run("days", "--out", path, "--lang", "en", status=2).err


@pytest.mark.parametrize(
    ("out", "code"), [("cases.xlsx", "same-file"), ("out.docx", "wrong-extension")]
)
def test_answers_go_into_a_sheet_of_their_own(run, tmp_path, out, code):
    path = book_of(tmp_path / "cases.xlsx", ["number"], ["x"])
    assert (
        f"[{code}]"
        in run("number", "--batch", path, "--out", tmp_path / out, "--lang", "en", status=2).err
    )


def test_a_blank_sheet_can_be_had(run, tmp_path):
    run("days", "--blank", tmp_path / "blank.xlsx", "--lang", "zh")
    assert rows_of(tmp_path / "blank.xlsx") == [
        [
            *("期限", "起算事件之日", "时刻", "已获准延长", "扣除的期间"),
            *("尚未恢复的中止", "中断", "障碍", "损害之日"),
        ]
    ]
    assert (
        "[wrong-extension]"
        in run("days", "--blank", tmp_path / "blank.csv", "--lang", "zh", status=2).err
    )


def test_a_question_in_a_true_terminal():
    """What the tests above put in place of a terminal, with a real one."""
    pty = pytest.importorskip("pty")
    pid, terminal = pty.fork()
    if pid == 0:  # pragma: no cover
        os.execv(
            sys.executable,
            [sys.executable, "-m", "steelyard", "court", "days", "答辩状 民事", "--lang", "zh"],
        )
    shown, ends, typed = b"", time.monotonic() + 20, ["1\n", "2023-11-01\n"]
    while time.monotonic() < ends:
        ready, _, _ = select.select([terminal], [], [], 0.1)
        if ready:
            try:
                part = os.read(terminal, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
        if typed and shown.rstrip().endswith(b">"):
            os.write(terminal, typed.pop(0).encode())
            shown += b"\n"
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert "提出答辩状：2023-11-16（星期四）" in shown.decode()


def test_a_counter_that_is_asked_answers_soon():
    """A clerk waits for this: no heavy package is loaded."""
    code = "from steelyard.cli import main; main(['court', 'days', '对判决上诉', '--start', '2023-11-01'])"
    listing = "; import sys; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code + listing], capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in ran.stdout.splitlines()[-1].split()}
    assert (
        loaded & {"numpy", "openpyxl", "pyarrow", "scipy", "duckdb", "xlsxwriter", "jinja2"}
        == set()
    )


def test_a_parquet_file_of_cases_is_answered(run, tmp_path):
    path = tmp_path / "cases.parquet"
    case = {"cause": "侵害商标权纠纷", "place": "江门市", "filed": date(2023, 1, 1), "amount": 1}
    pq.write_table(pa.Table.from_pylist([case] * 2), path)
    answered = run("which", "--batch", str(path), "--lang", "zh")
    assert answered.out == f"2行已答复，写入{tmp_path / 'cases.answered.parquet'}。\n"
    table = pq.read_table(tmp_path / "cases.answered.parquet")
    assert table["court"].to_pylist() == ["江门市江海区人民法院"] * 2


def test_numbers_issued_in_a_chinese_encoding_are_read(run, tmp_path):
    file = tmp_path / "issued.txt"
    file.write_bytes("（2023）粤0704民初1号\r\n（2023）粤0704民初2号\r\n".encode("gb18030"))
    words = ("number", "--next", "--court", "粤0704", "--year", "2023", "--type", "民初")
    assert "（2023）粤0704民初3号" in run(*words, "--issued", file, "--lang", "zh").out


def test_a_report_is_a_workbook_and_many_answers_are_no_json(run, tmp_path):
    sheet = tmp_path / "cases.csv"
    sheet.write_text("案由,地点,起诉日\n", encoding="utf-8")
    said = run("which", "--batch", sheet, "--report", tmp_path / "r.txt", "--lang", "en", status=2)
    assert "[wrong-extension]" in said.err
    assert "[wrong-option]" in run("which", "--batch", sheet, "--json", status=2).err
    assert run("which", "--batch", sheet, "--lang", "zh").out.startswith("表中没有案件")


def test_what_cannot_be_written_is_named_as_the_person_named_it(run, tmp_path):
    sheet = tmp_path / "cases.csv"
    sheet.write_text("案由,地点,起诉日\n", encoding="utf-8")
    out = tmp_path / "missing" / "a.csv"
    assert run("which", "--batch", sheet, "--out", out, "--lang", "en", status=2).err.startswith(
        str(out)
    )


def test_a_terminal_without_chinese_characters_is_answered_all_the_same():
    asked = [sys.executable, "-m", "steelyard", "court", "number", "（2019）粤73知民初1519号"]
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(asked, env=env, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert b"well formed" in done.stdout


def test_a_region_without_rules_is_refused_in_the_language_asked_for(run):
    said = run("which", "--region", "hunan", "--lang", "zh", status=2)
    assert said.err.startswith("没有地区“hunan”的法院规则")


@pytest.mark.parametrize(("words", "number"), [("答辩期", 4), ("上诉期", 5)])
def test_a_time_that_several_limits_are_called_by_is_asked_about(run, words, number):
    said = run("days", words, "--start", "2023-09-20", "--lang", "zh", status=2)
    assert f"“{words}”可以指{number}项" in said.err
