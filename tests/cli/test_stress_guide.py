"""What the guide quotes is what the command says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from steelyard.cli import main
from steelyard.regions import region

GUIDES = Path(__file__).resolve().parents[2] / "docs/guides"
NAMES = {"en": "is_the_scheme_fit_to_issue.md", "zh": "is_the_scheme_fit_to_issue.zh.md"}


def quoted(lang: str) -> list[str]:
    """The blocks of the section that reads one answer aloud."""
    text = (GUIDES / NAMES[lang]).read_text(encoding="utf-8")
    section = text.split("\n## ")[1]
    return re.findall(r"```\n(.*?)\n```", section, flags=re.DOTALL)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_guide_quotes_the_command(lang, capsys):
    provinces = region("china_provinces")
    arguments = ["--stress", str(provinces.scheme), "--data", str(provinces.data), "--lang", lang]
    assert main(["check", *arguments]) == 0
    out = capsys.readouterr().out
    blocks = quoted(lang)
    assert len(blocks) == 5
    assert [block for block in blocks if block not in out] == []
