"""A clerk and a visitor who follow their guides see what the guides say, in both languages."""

from __future__ import annotations

import io
import re
import sys
from datetime import date
from pathlib import Path

import pytest

from steelyard.cli import main
from steelyard.courts.court_rules import CourtRules
from steelyard.tables.plain_workbook import plain_workbook
from tests.cli.guides import GUIDES, Step, steps, wrong_lines

COUNTER = {"en": "at_the_counter.md", "zh": "at_the_counter.zh.md"}
VISITOR = {"en": "which_court_hears_my_case.md", "zh": "which_court_hears_my_case.zh.md"}
SHEET, ISSUED = Path("样本案件.xlsx"), Path("样本已编案号.txt")
NOT_SETTLED = re.compile(
    "(?i)由人决定|由人处理|不合规则|还不能登记|person|against the rules|not to be"
)
both_languages = pytest.mark.parametrize("lang", ["en", "zh"])


def status(step: Step) -> int:
    """2 where faults are reported, 1 where the first quoted line settles nothing, else 0."""
    if "--report" in step.words:
        return 2
    return int(bool(step.quoted and NOT_SETTLED.search(step.quoted[0])))


def sheet_of_guide(lang: str) -> tuple[list[str], list[list[object]]]:
    """The sheet as the guide shows it: numbers and dates as a clerk types them into Excel."""
    text = (GUIDES / COUNTER[lang]).read_text(encoding="utf-8").split("\n## ")[6]
    headings, *rows = [
        [cell.strip() for cell in line.split("|")]
        for line in re.findall(r"^\| (.*) \|$", text, flags=re.MULTILINE)
    ]
    return headings, [[_typed(cell) for cell in row] for row in rows]


def _typed(cell: str) -> object:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return date.fromisoformat(cell)
    return int(cell) if cell.isdigit() else cell


def said(step: Step, lang: str, capsys) -> str:
    assert main([*step.words, "--lang", lang]) == status(step), step.command
    printed = capsys.readouterr()
    return printed.out + printed.err


@pytest.fixture(autouse=True)
def nobody_types(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO())


@both_languages
def test_clerk_has_the_answers_of_the_guide(lang, capsys):
    ISSUED.write_text("（2023）粤73知民初1号\n（2023）粤73知民初2号\n", encoding="utf-8")
    headings, rows = sheet_of_guide(lang)

    def run(step: Step) -> str:
        if "--batch" in step.words:
            mended = [*rows[:2], [*rows[2][:3], date(2023, 9, 19), 80000], rows[3]]
            is_refused = "--report" in step.words
            SHEET.write_bytes(plain_workbook("案件", headings, rows if is_refused else mended))
        return said(step, lang, capsys)

    assert "\n".join(wrong_lines(COUNTER[lang], run)) == ""


@both_languages
def test_visitor_has_the_answers_of_the_guide(lang, capsys):
    assert "\n".join(wrong_lines(VISITOR[lang], lambda step: said(step, lang, capsys))) == ""


@pytest.mark.parametrize("guides", [COUNTER, VISITOR])
def test_guides_ask_the_same_in_both_languages(guides):
    asked = [[step.words[1:2] for step in steps(guides[lang])] for lang in ("en", "zh")]
    assert asked[0] == asked[1]


@pytest.mark.parametrize("name", [*COUNTER.values(), *VISITOR.values()])
def test_every_command_is_shown_with_an_answer(name):
    assert [step.command for step in steps(name) if not step.quoted] == []


def asked_of_a_trademark(filed: str):
    return CourtRules.of("guangdong").ask(
        "which", cause="侵害商标权纠纷", place="江海区", filed=filed, amount="60万"
    )


def test_a_local_amount_takes_the_place_of_the_sample(tmp_path):
    own = tmp_path / "amounts.toml"
    own.write_text(
        """
[[thresholds]]
level = "intermediate"
places = ["rest"]
from = 2022-05-01
inside_the_court = "500000"
outside_the_court = "500000"
articles = ["first:2/2"]
source = "样本：测试"
""",
        encoding="utf-8",
    )
    rules = CourtRules.of("guangdong", thresholds=own)
    for filed in ("2023-09-22", "2025-10-09"):
        answer = rules.ask(
            "which", cause="侵害商标权", place="江海区", filed=filed, amount="600000"
        )
        assert answer.settled
        assert answer.warnings == ()
        assert answer.headline.zh.startswith("一审：广东省江门市中级人民法院")
