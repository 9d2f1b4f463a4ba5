"""Every public page that links lead to can be read by everyone, in both languages and modes, and is light."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.journeys.walking import window
from tests.look.seeing import HOST, looked_over, reader, walked
from tests.website.shelf import SERIES

NOT_LINKED = ("search/", "search/?q=专利", f"results/{SERIES}/440700/")


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_axe_finds_nothing_on_any_public_page(lang: str) -> None:
    client = Client()
    pages = walked(client, [f"/{lang}/", *(f"/{lang}/{one}" for one in NOT_LINKED)], within=lang)
    assert f"/{lang}/design/" in pages
    with window(HOST) as page, reader(page, client) as seen:
        wrong = [one for address in pages for one in looked_over(seen, address)]
    assert not wrong, "\n".join(wrong)
