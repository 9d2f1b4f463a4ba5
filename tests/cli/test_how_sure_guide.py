"""What the guide reads aloud is what the command says."""

import re
from pathlib import Path

import pytest

from steelyard.cli import main

ROOT = Path(__file__).resolve().parents[2]
NAMES = {"en": "is_second_really_second.md", "zh": "is_second_really_second.zh.md"}


def quoted(lang):
    """The blocks of the section that reads one answer aloud."""
    text = (ROOT / "docs/guides" / NAMES[lang]).read_text(encoding="utf-8")
    return re.findall(r"```\n(.*?)\n```", text.split("\n## ")[3], flags=re.DOTALL)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_guide_quotes_the_command(lang, capsys):
    asem = ROOT / "examples/asem"
    asked = ["--uncertainty", "10000", "--sensitivity", "--lang", lang]
    assert main(["weigh", str(asem / "scheme.toml"), "--data", str(asem / "data"), *asked]) == 0
    out = capsys.readouterr().out
    blocks = quoted(lang)
    assert len(blocks) == 4
    assert [block for block in blocks if block not in out] == []
