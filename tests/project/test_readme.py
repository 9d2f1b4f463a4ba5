"""Every command and every page that the README and the guides name exists."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", flags=re.DOTALL | re.MULTILINE)


def shown(tool: str) -> list[str]:
    """The first word after ``tool`` on each line of a code block that runs it."""
    blocks = [block for page in PAGES for block in FENCE.findall(page.read_text(encoding="utf-8"))]
    line = re.compile(rf"^(?:\$ )?(?:\S*/)?{tool} ([a-z-]+)", flags=re.MULTILINE)
    return sorted({word for block in blocks for word in line.findall(block)})


def test_make_targets_in_the_docs_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    assert set(shown("make")) <= targets


def test_commands_in_the_docs_exist() -> None:
    assert [command for command in shown("steelyard") if not _has_help(command)] == []


def _has_help(command: str) -> bool:
    code = "from steelyard.cli import main; main()"
    words = [sys.executable, "-c", code, command, "--help"]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def test_links_between_pages_lead_somewhere() -> None:
    assert list(_broken_links()) == []


def _broken_links() -> list[str]:
    return [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
