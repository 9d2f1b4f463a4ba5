"""The guide "What to do next" prints what the command prints, in both languages."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from steelyard.cli import main

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("page", ["what_to_do_next.md", "what_to_do_next.zh.md"])
def test_the_guide_shows_what_the_command_says(page: str, capsys, monkeypatch) -> None:
    monkeypatch.chdir(ROOT)
    text = (ROOT / "docs/guides" / page).read_text(encoding="utf-8")
    command, _, shown = text.split("```\nsteelyard ")[1].split("```")[0].partition("\n")
    assert main(shlex.split(command)) == 0
    assert capsys.readouterr().out == shown
