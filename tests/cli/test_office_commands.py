"""Commands that need the office say alike that it does not run."""

from __future__ import annotations

from pathlib import Path

import pytest

from steelyard.cli import main

APPOINT = ["li", "--name", "李明", "--organisation", "440000", "--organisation-name", "广东省"]


@pytest.mark.parametrize("command", [["trail", "seal"], ["appoint", *APPOINT]])
def test_an_office_that_does_not_run_is_said_in_one_way(
    command: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("STEELYARD_HOME", "")  # put back afterwards: the command sets it
    assert main([*command, "--home", str(tmp_path), "--lang", "en"]) == 2
    assert "[office-not-running]" in capsys.readouterr().err
