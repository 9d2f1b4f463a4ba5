"""The bare ranking of ``make bench`` answers, and with the very rows of the page it is measured against."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, override_settings

from bench.bare_site import settings as bare
from bench.cases.site import BARE, RANKING, STATIC
from bench.site_running import SERIES
from tests.website import shelf

TABLE = re.compile(r'<table class="ranking">.*?</table>', re.DOTALL)


@pytest.fixture(autouse=True)
def bare_site() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=bare.ROOT_URLCONF, MIDDLEWARE=bare.MIDDLEWARE):
        yield


def test_bare_ranking_is_the_table_of_the_page_and_nothing_else() -> None:
    assert SERIES == shelf.SERIES
    page, bare = (Client().get(path) for path in (RANKING, BARE))
    assert (page.status_code, bare.status_code) == (200, 200)
    assert [bare.text] == TABLE.findall(page.text)
    assert bare.text.count("<tr>") > 20


def test_static_file_that_the_kept_page_is_held_to_is_there() -> None:
    assert finders.find(STATIC.removeprefix("/static/"))
