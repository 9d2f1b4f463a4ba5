"""Where all sides of a unit's items stand beside each other, each column has the room of what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.walking import window
from tests.look.test_stacked import SHEETS, boxes

pytestmark = pytest.mark.browser

TEMPLATE = (
    Path(__file__).resolve().parents[2]
    / "src/steelyard/assessment/templates/assessment/scoring/unit_items.html"
).read_text("utf-8")
TITLES = ("知识产权执法人员培训参训人数占比", "知识产权执法人员应参训人数（在编在岗）")
WORDS = "扣分：材料不够完整。已核对数据和材料。"


def show(page: Page) -> None:
    """A table of the classes that the page gives its table and its cells."""
    (table,) = re.findall(r'<table class="([^"]+)"', TEMPLATE)
    figures = re.findall(r'<td class="([^"]+)">{% for figure in one.figures', TEMPLATE)[0]
    one = "".join(
        f"<div><span class='soft'>{title}</span> 1234.5 <span class='soft'>自报 1240.5</span></div>"
        "<div><span class='tag tag-warn'>评分后有变动：原为1240.5</span></div>"
        for title in TITLES
    )
    rows = "".join(
        f"<tr><th scope='row'><a href='/'><span class='code'>4</span> 执法人员培训</a></th><td class='number'>5.1</td>"
        f"<td class='{figures}'>{said}</td><td class='number'>4.5 / 6</td><td class='long'>{WORDS * times}</td>"
        "<td>评分单位（演示） · <span class='nowrap'>2026-11-28 04:09</span></td></tr>"
        for said, times in ((one, 2), ("85.4%", 1), ("", 1))
    )
    heads = "".join(
        f"<th scope='col'{kind}>{head}</th>"
        for head, kind in (
            ("考核项", ""), ("自评分", " class='number'"), ("采用的数据", f" class='{figures}'"),
            ("得分", " class='number'"), ("理由", ""), ("经办人和时间", ""),
        )
    )  # fmt: skip
    page.set_content(
        f"<style>{SHEETS}</style><body><div class='scroll' style='width: 1037px'><table class='{table}'>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def test_an_item_stands_on_one_line_beside_figures_with_long_titles() -> None:
    with window("http://localhost", width=1280) as page:
        show(page)
        widths = [one["width"] for one in boxes(page, "thead th")]
        item, figures, reasons = widths[0], widths[2], widths[4]
        (line,) = boxes(page, "tbody tr:first-child th a")
        assert line["height"] < 30
        assert item >= 110
        assert figures < sum(widths) * 0.3
        assert reasons >= figures
        assert sum(widths) <= 1037


def test_on_a_phone_no_figure_reaches_over_the_edge() -> None:
    with window("http://localhost", width=390) as page:
        show(page)
        page.evaluate("document.querySelector('.scroll').style.width = 'auto'")
        assert all(one["x"] + one["width"] <= 390 for one in boxes(page, "tbody td div"))
