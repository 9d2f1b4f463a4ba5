"""The reference of tables says all that the schemas say, and its links lead somewhere."""

from __future__ import annotations

import re

from steelyard.records.catalogue.read import shipped
from tools.tables_reference import page

PAGE = page()


def test_page_names_every_table_and_code_list_once() -> None:
    headings = re.findall(r"^### `(\w+)`", PAGE, re.MULTILINE)
    assert sorted(headings) == sorted([*shipped().tables, *shipped().codes])


def test_every_link_of_the_page_leads_to_an_anchor() -> None:
    assert set(re.findall(r"\(#([\w-]+)\)", PAGE)) <= set(re.findall(r'<a id="([\w-]+)">', PAGE))


def test_table_is_shown_with_all_that_holds_of_it() -> None:
    cases = PAGE.split('<a id="cases"></a>')[1].split("<a id=")[0]
    for line in (
        "- key · 主键: `case_number`",
        "- place · 归属地: `place`",
        "- dated · 所属期间: `filed_on`, `closed_on`",
        "- disclosure · 公开: 受保护 · protected",
        "| `place` | 案件所属地 · Place | code **required** | → [`places`](#places) |  |",
        "| `amount_cny` | 诉讼标的额 · Amount in dispute | money | 元 · yuan; 0 or more |  |",
        "| `plaintiff` | 原告 · Plaintiff | text | **personal 个人信息** |  |",
        "| `closed_on >= filed_on` | 结案日期早于立案日期 | closed before it was filed |",
    ):
        assert line in cases.splitlines()


def test_code_list_is_shown_in_both_languages() -> None:
    assert "| `technical_secret` | 技术秘密 | technical secret |" in PAGE.splitlines()
