"""A briefing is read with its figures as footnotes, which lead to what they rest on."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from steelyard.kernel.bilingual import Text
from steelyard.publication.package import Head, Package
from steelyard.publication.publishing import publish
from tests.website.shelf import BRIEFING, KEY, PUBLISHED_AT, publish_briefing

AT = f"/en/briefings/{BRIEFING}/"


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_every_figure_leads_to_its_footnote_and_back(lang: str) -> None:
    page = Client().get(f"/{lang}/briefings/{BRIEFING}/").text
    led_to = set(re.findall(r'href="#figure-(\d+)"', page))
    assert led_to
    assert led_to == set(re.findall(r'id="mention-(\d+)"', page))
    assert led_to <= set(re.findall(r'id="figure-(\d+)"', page))
    assert set(re.findall(r'href="#mention-(\d+)"', page)) == led_to


def test_footnote_says_query_rows_and_source_and_leads_to_the_register() -> None:
    page = Client().get(AT).text
    assert "FROM meetings AS m WHERE m.place = :unit" in page
    assert re.search(r"\d+ rows?", page)
    assert 'href="/en/joint-meeting/meetings/"' in page
    assert 'href="/en/results/history/"' in page


def test_page_of_a_sample_says_so_in_title_head_and_file_names() -> None:
    page = Client().get(AT).text
    assert "(sample)</title>" in page.replace(" · Steelyard", "")
    assert "rest on sample records" in page
    assert f"/data/{BRIEFING}/sample-briefing.en.docx" in page
    assert Client().get(f"/data/{BRIEFING}/sample-briefing.en.docx").status_code == 200


def test_list_says_the_day_of_each() -> None:
    page = Client().get("/zh-hans/briefings/").text
    assert f'href="/zh-hans/briefings/{BRIEFING}/"' in page
    assert 'datetime="2022-03-01"' in page


def corrected(folder: Path, **changes: Any) -> Package:
    """The briefing published again with its first figure another."""
    first = publish_briefing(folder)
    files = {name: first.read(name) for name in first.files}
    document = json.loads(files["briefing.json"])
    document["figures"][0] |= {"value": "7", "shown": {"zh": "7", "en": "seven"}, **changes}
    files["briefing.json"] = json.dumps(document).encode()
    head = Head(
        kind="briefing", series=BRIEFING, title=first.head.title, sample=True,
        published_at=PUBLISHED_AT + timedelta(days=9),
    )  # fmt: skip
    return publish(folder, head, files, KEY, reason=Text("漏记一次", "a meeting was left out"))


def test_page_says_that_a_figure_was_corrected_once_a_later_publication_says_so(
    own_shelf: Path,
) -> None:
    publish_briefing(own_shelf)
    assert "has been corrected" not in Client().get(AT).text
    corrected(own_shelf)
    page = Client().get(AT).text
    assert "A figure of this page has been corrected" in page
    assert "a meeting was left out" in page
    assert "<ins>seven</ins>" in page


def test_briefing_that_is_not_in_order_is_left_out(own_shelf: Path) -> None:
    head = Head(kind="briefing", series="x", title=Text("x", "x"), published_at=PUBLISHED_AT)
    publish(own_shelf, head, {"briefing.json": b'{"format": "?"}'}, KEY)
    assert Client().get("/en/briefings/").status_code == 200
    assert Client().get("/en/briefings/x/").status_code == 404
