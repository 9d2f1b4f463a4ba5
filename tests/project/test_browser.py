"""The eyes of the browser tests see what they are there to see."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import outside_requests, overflow, shoot, violations

pytestmark = pytest.mark.browser
SOUND = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>权衡</title>
<style>@media (prefers-color-scheme: dark) {{ html {{ background: #111; color: #eee }} }}</style>
</head><body><main><h1>考核结果</h1>{body}</main></body></html>"""


def page(tmp_path: Path, body: str = "") -> Path:
    path = tmp_path / "page.html"
    path.write_text(SOUND.format(body=body), encoding="utf-8")
    return path


def test_sound_page_has_no_violations(tmp_path: Path) -> None:
    assert violations(page(tmp_path)) == []


def test_faint_text_and_a_picture_without_words_are_violations(tmp_path: Path) -> None:
    body = '<p style="color: #ccc; background: #fff">faint words</p><img src="data:,">'
    rules = {line.partition(":")[0] for line in violations(page(tmp_path, body))}
    assert rules == {"color-contrast", "image-alt"}


def test_request_to_another_site_or_file_is_seen(tmp_path: Path) -> None:
    body = '<img alt="" src="https://example.invalid/a.png"><img alt="" src="beside.png">'
    asked = outside_requests(page(tmp_path, body))
    assert {address.rpartition("/")[2] for address in asked} == {"a.png", "beside.png"}


def test_page_wider_than_the_window_overflows(tmp_path: Path) -> None:
    wide = page(tmp_path, '<div style="width: 600px">wide</div>')
    assert (overflow(wide, 400) > 0, overflow(wide, 800)) == (True, 0)


def test_picture_in_the_dark_differs(tmp_path: Path) -> None:
    sound, light, dark = page(tmp_path), tmp_path / "light.png", tmp_path / "dark.png"
    shoot(sound, light, 400)
    shoot(sound, dark, 400, dark=True)
    assert light.read_bytes()[:4] == b"\x89PNG"
    assert light.read_bytes() != dark.read_bytes()
