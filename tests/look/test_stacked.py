"""A table that is filled in stands as a table where there is room, and as cards, all of it in sight, where there is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.walking import window

pytestmark = pytest.mark.browser

STYLES = Path(__file__).resolve().parents[2] / "src/steelyard/look/static"
SHEETS = "".join(
    (STYLES / name).read_text("utf-8")
    for name in ("tokens.css", "base.css", "look.css", "office.css")
)
CELLS = "".join(
    f"<td data-label='Heading {at}'><textarea cols='24'></textarea></td>" for at in range(6)
)
TABLE = (
    f"<style>{SHEETS}</style><body><div class='scroll' tabindex='0'><table class='dense stacked'><thead><tr>"
    f"<th>Unit</th>{'<th>Heading</th>' * 6}</tr></thead><tbody><tr><th>Jiangmen</th>{CELLS}</tr></tbody></table></div>"
)


def boxes(page: Page, what: str) -> list[Any]:
    return [one.bounding_box() for one in page.locator(what).all()]


def test_wide_it_is_a_table_whose_cells_stand_below_their_headings() -> None:
    with window("http://localhost", width=1280) as page:
        page.set_content(TABLE)
        heads, cells = boxes(page, "thead th"), boxes(page, "tbody :is(th, td)")
        assert [round(one["x"]) for one in heads] == [round(one["x"]) for one in cells]
        assert len({round(one["y"] // 40) for one in cells}) == 1


def test_narrow_every_cell_is_in_sight_under_its_heading() -> None:
    with window("http://localhost", width=390) as page:
        page.set_content(TABLE)
        assert all(one["x"] + one["width"] <= 390 for one in boxes(page, "tbody td, textarea"))
        tops = [one["y"] for one in boxes(page, "tbody td")]
        assert tops == sorted(tops)
        assert len(set(tops)) == len(tops)
        said = "one => getComputedStyle(one, '::before').content"
        assert page.locator("tbody td").first.evaluate(said) == '"Heading 0"'


def test_narrow_what_is_only_read_stands_beside_its_heading_and_what_is_empty_nowhere() -> None:
    cells = "<td data-label='Reason'><div>late</div></td><td data-label='Note'></td>"
    with window("http://localhost", width=390) as page:
        page.set_content(TABLE.replace(CELLS, cells))
        [cell, empty], [words] = page.locator("tbody td").all(), boxes(page, "tbody td div")
        assert words["y"] == boxes(page, "tbody td")[0]["y"]
        assert words["height"] < 40
        assert cell.is_visible()
        assert not empty.is_visible()
