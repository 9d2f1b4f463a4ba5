"""A second start is quick, but never so quick that it misses what an upgrade brought."""

from __future__ import annotations

from pathlib import Path

import pytest

from steelyard.config.serving import stamp


@pytest.mark.parametrize(
    "name",
    [
        "trail/note.sql",
        "trail/secret_columns.py",
        "people/migrations/0001_initial.py",
        "look/static/office.css",
        "website/prose/migrations/0001_initial.py",
        "files/templates/files/one.html",
        "people/rules/roles.py",
        "regions/guangdong/places.csv",
    ],
)
def test_what_preparing_depends_on_is_prepared_again_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    assert (stamp.SOURCE / name).is_file()
    monkeypatch.setattr(stamp, "SOURCE", tmp_path)
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text("before")
    before = stamp.code_stamp()
    assert stamp.code_stamp() == before
    (tmp_path / name).write_text("and after")
    assert stamp.code_stamp() != before


def test_what_a_page_does_is_no_reason_to_prepare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamp, "SOURCE", tmp_path)
    before = stamp.code_stamp()
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "views.py").write_text("another page")
    assert stamp.code_stamp() == before
