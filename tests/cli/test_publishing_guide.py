"""Whoever follows "Publishing, and two networks" sees what it says, from the key to the correction."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from steelyard.cli import main, publish
from steelyard.weighing.document import result_bytes
from tests.builders import weighed
from tests.cli.guides import GUIDES, Step, wrong_lines

NAMES = {"en": "publishing.md", "zh": "publishing.zh.md"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_guide_says_what_is_printed(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    now = [datetime(2026, 11, 30, 1, 0, tzinfo=UTC)]
    monkeypatch.setattr(publish, "now", lambda: now[0])
    Path("result.json").write_bytes(result_bytes(weighed({"jm": {"a": 2}, "zs": {"a": 9}})))
    Path("corrected.json").write_bytes(result_bytes(weighed({"jm": {"a": 10}, "zs": {"a": 9}})))
    text = (GUIDES / NAMES[lang]).read_text(encoding="utf-8")
    scope = re.search(r"^```toml\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)
    assert scope
    Path("scope.toml").write_text(scope[1], encoding="utf-8")

    def run(step: Step) -> str:
        now[0] += timedelta(minutes=5)
        assert main([*step.words, "--lang", lang]) == 0
        said = capsys.readouterr()
        return str(said.out + said.err)

    assert "\n".join(wrong_lines(NAMES[lang], run)) == ""
