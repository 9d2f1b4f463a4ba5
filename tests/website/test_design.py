"""The page of the design system shows every part, and says something of all that the office and the site are made of."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from django.test import Client

from steelyard.website.views.design import SECTIONS

PARTS = {f"look/{one.name}" for one in files("steelyard.look").joinpath("templates/look").iterdir()}


def test_every_part_stands_on_the_page() -> None:
    shown = {one.name for one in Client().get("/en/design/").templates}
    assert len(PARTS) > 10
    assert PARTS - shown == set()


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_the_page_has_a_section_of_each_thing(lang: str) -> None:
    asked = {
        "type",
        "colour",
        "space",
        "tables",
        "forms",
        "status",
        "empty",
        "messages",
        "pictures",
    }
    page = Client().get(f"/{lang}/design/").text
    assert asked <= {code for code, _ in SECTIONS}
    assert re.findall(r'<h2 id="([^"]+)"', page) == [code for code, _ in SECTIONS]
    assert re.findall(r'<li><a href="#([^"]+)"', page)[: len(SECTIONS)] == [
        code for code, _ in SECTIONS
    ]


def test_the_list_of_the_page_is_turned() -> None:
    assert '<a href="?page=7" aria-current="page">7</a>' in Client().get("/en/design/?page=7").text
