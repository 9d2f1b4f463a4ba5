"""Every public page that links lead to can be read by everyone, in both languages and modes, and is light."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from steelyard.kernel.bilingual import Text
from steelyard.website.site import site_at
from steelyard.website.urls import urlpatterns
from tests.journeys.walking import window
from tests.look.seeing import HOST, looked_over, reader, views_of, walked
from tests.website.shelf import (
    EVERYTHING,
    KEY,
    SERIES,
    publish_assessment,
    publish_briefing,
    publish_prose,
    publish_registers,
)

NOT_LINKED = ("search/", "search/?q=专利", f"results/{SERIES}/440700/")


@pytest.fixture(scope="module")
def full_shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Something for every page to show: two years, a correction, registers, a briefing, prose."""
    folder = tmp_path_factory.mktemp("full")
    publish_assessment(folder)
    publish_assessment(folder, replace(EVERYTHING, records=False),
                       reason=Text("不公布记录数", "numbers of records are not published"))  # fmt: skip
    publish_assessment(folder, replace(EVERYTHING, series="guangdong-2020", replay=False))
    publish_registers(folder)
    publish_briefing(folder)
    publish_prose(folder)
    return folder


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_nothing_is_wrong_with_any_public_page(lang: str, full_shelf: Path) -> None:
    with override_settings(PUBLICATIONS=full_shelf, PUBLICATION_KEYS=(KEY.public,)):
        assert not faults_in(lang)


def faults_in(lang: str) -> list[str]:
    client = Client()
    pages = walked(client, [f"/{lang}/", *(f"/{lang}/{one}" for one in NOT_LINKED)], within=lang)
    assert views_there_are(lang) - views_of(pages) == set(), "no link leads to these"
    with window(HOST) as page, reader(page, client) as seen:
        first = lang == "zh-hans"
        return [one for at in pages for one in looked_over(seen, at, is_first=first)]


def views_there_are(lang: str) -> set[str]:
    """Of every page that the shelf gives; and, but for areas, of every page that there could be."""
    every = {f"website:{one.name}" for one in urlpatterns if "area" not in one.default_args}
    here = views_of(f"/{lang}/{path}" for path in site_at(timezone.now()).addresses)
    return every - {"website:prose_file"} | here
