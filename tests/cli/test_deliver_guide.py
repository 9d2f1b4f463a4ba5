"""An officer who follows "Deliver records" sees what it says, from the first fault to the correction."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from steelyard.cli import main
from steelyard.records.intake.cover import HEADINGS
from steelyard.tables.plain_workbook import plain_workbook
from tests.cli.guides import GUIDES, Step, wrong_lines

NAMES = {"en": "deliver_records.md", "zh": "deliver_records.zh.md"}
REGION = Path(__file__).resolve().parents[2] / "src/steelyard/regions/guangdong"
SHEET, CORRECTION = Path("样本培训2021.xlsx"), Path("样本培训2021更正.xlsx")


def sheet_of_guide(lang: str) -> tuple[list[str], list[list[object]]]:
    """The sheet as the guide shows it: dates as dates, numbers as numbers."""
    text = (GUIDES / NAMES[lang]).read_text(encoding="utf-8").split("\n## ")[1]
    lines = re.findall(r"^\| (.*) \|$", text, flags=re.MULTILINE)
    headings, *rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    return headings, [[_typed(cell, at) for at, cell in enumerate(row)] for row in rows]


def _typed(cell: str, column: int) -> object:
    if column == 5:
        return date.fromisoformat(cell)
    return int(cell) if column > 5 and cell.isdigit() else cell


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_officer_delivers_and_corrects(lang, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "guangdong").symlink_to(REGION)
    headings, rows = sheet_of_guide(lang)
    mended = [*rows[:2], [*rows[2][:-1], 38]]
    corrected = [rows[0], [*rows[1][:-1], 104], mended[2]]
    SHEET.write_bytes(plain_workbook("培训", headings, rows))

    def run(step: Step) -> str:
        if "--replaces" in step.words:
            CORRECTION.write_bytes(plain_workbook("培训", headings, corrected))
        is_refused = "--report" in step.words
        status = main([*step.words, "--lang", lang])
        assert status == (2 if is_refused else 1 if step.words[0] == "compare" else 0)
        if is_refused:
            SHEET.write_bytes(plain_workbook("培训", headings, mended))
        said = capsys.readouterr()
        return said.out + said.err

    assert "\n".join(wrong_lines(NAMES[lang], run)) == ""
    assert Path("faults.xlsx").stat().st_size > 0


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_guide_lists_every_heading_of_a_cover_list(lang):
    rows = (GUIDES / NAMES[lang]).read_text(encoding="utf-8").split("\n## ")[3].splitlines()
    for code, titles in HEADINGS.items():
        assert any(f"`{code}`" in row and titles[0] in row for row in rows), code
