"""A table that is wider than a telephone shows at its edge that it goes on, and only there."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageStat
from playwright.sync_api import Page

from tests.journeys.walking import window

pytestmark = pytest.mark.browser

STYLES = Path(__file__).resolve().parents[2] / "src/steelyard/look/static"
SHEETS = "".join(
    (STYLES / name).read_text("utf-8") for name in ("tokens.css", "base.css", "look.css")
)


def frame(columns: int) -> str:
    row = "".join(f"<td>{at}</td>" for at in range(columns))
    return (
        f"<style>{SHEETS}</style><body><div class='scroll' tabindex='0' role='region' aria-label='x'>"
        f"<table><tbody><tr>{row}</tr><tr><td>&nbsp;</td></tr><tr><td>&nbsp;</td></tr></tbody></table></div>"
    )


def edges(page: Page) -> tuple[bool, bool]:
    """Whether there is a shadow at the left and at the right edge of the frame, below the first row."""
    box: Any = page.locator(".scroll").bounding_box()
    image = Image.open(io.BytesIO(page.screenshot())).convert("L")
    top, bottom = int(box["y"] + box["height"] * 0.7), int(box["y"] + box["height"] * 0.85)
    sides = (int(box["x"]), int(box["x"] + box["width"]) - 3)
    strips = (image.crop((at, top, at + 3, bottom)) for at in sides)
    left, right = (ImageStat.Stat(one).mean[0] < 215 for one in strips)
    return left, right


def test_the_edge_behind_which_there_is_more_has_a_shadow() -> None:
    with window("http://localhost", width=390) as page:
        page.set_content(frame(12))
        assert edges(page) == (False, True)
        page.locator(".scroll").focus()
        page.locator(".scroll").evaluate("one => { one.scrollLeft = 200 }")
        assert edges(page) == (True, True)
        page.locator(".scroll").evaluate("one => { one.scrollLeft = 9999 }")
        assert edges(page) == (True, False)
        page.emulate_media(contrast="more")
        assert edges(page) == (True, False)
        page.set_content(frame(2))
        assert edges(page) == (False, False)
