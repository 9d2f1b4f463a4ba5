"""A page of the office on paper: A4, upright; on its side where a table has many columns."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.browser import opened

pytestmark = pytest.mark.browser

UPRIGHT, LYING = (210, 297), (297, 210)
"""Millimetres."""


@pytest.mark.parametrize(("columns", "size"), [(6, UPRIGHT), (7, LYING), (12, LYING)])
def test_paper_lies_on_its_side_for_seven_columns_and_more(
    columns: int, size: tuple[int, int], tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    head, row = "<th>考核项</th>" * columns, "<td>考核工作组</td>" * columns
    page.write_text(
        f"<!doctype html><style>{_styles()}</style><main><h1>各单位得分</h1><div class='scroll'><table>"
        f"<thead><tr>{head}</tr></thead><tbody>{f'<tr>{row}</tr>' * 60}</tbody></table></div></main>",
        encoding="utf-8",
    )
    with opened(page, print_media=True) as tab:
        printed = tab.pdf(prefer_css_page_size=True)
    sheets = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert len(sheets) > 1
    assert {tuple(round(float(side) / 72 * 25.4) for side in one) for one in sheets} == {size}


def _styles() -> str:
    found = [finders.find(f"{name}.css") for name in ("tokens", "base", "look", "office")]
    return "\n".join(Path(str(one)).read_text(encoding="utf-8") for one in found)
