"""The pages of docs/ that are made from the code are those that the code makes now."""

from __future__ import annotations

from pathlib import Path

from tools.generate_docs import PAGES, ROOT, stale, write


def test_generated_pages_are_current() -> None:
    assert stale(PAGES, ROOT) == []


def test_missing_and_changed_pages_are_stale(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text("what it said", encoding="utf-8")
    pages = {"old.md": lambda: "what it says", "new.md": lambda: "new"}
    assert stale(pages, tmp_path) == ["old.md", "new.md"]


def test_written_pages_are_current(tmp_path: Path) -> None:
    pages = {"deep/page.md": lambda: "一页\n"}
    write(pages, tmp_path)
    assert stale(pages, tmp_path) == []
