"""How much does a page weigh? All that a browser fetches for it, as it is sent: pages compressed, static files not."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.website.shelf import SERIES

MOST = 150_000
FETCHED = re.compile(r'<(?:link|script|img|source|use)\b[^>]*?(?:href|src)="(/[^"#?]*)"[^>]*>')


@pytest.mark.parametrize(
    "page", ["", "results/", f"results/{SERIES}/", f"results/{SERIES}/440700/", "plan/measures/"]
)
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_a_page_weighs_less_than_150_kilobytes(page: str, lang: str) -> None:
    text = Client().get(f"/{lang}/{page}").text
    weighed = {page: len(gzip.compress(text.encode(), 6))}
    for tag in FETCHED.finditer(text):
        if 'rel="alternate"' not in tag[0] and 'rel="canonical"' not in tag[0]:
            weighed[tag[1]] = _size(tag[1])
    assert any(name.endswith(".css") for name in weighed)
    assert sum(weighed.values()) < MOST, weighed


def _size(address: str) -> int:
    if address.startswith("/static/"):
        found = finders.find(address.removeprefix("/static/"))
        assert isinstance(found, str), address
        content = Path(found).read_text(encoding="utf-8", errors="ignore")
        more = (
            re.findall(r"url\(['\"]?([^'\")]+)['\"]?\)", content) if found.endswith(".css") else []
        )
        beside = sum(
            (Path(found).parent / one).stat().st_size for one in more if "data:" not in one
        )
        return Path(found).stat().st_size + beside
    return len(Client().get(address).content)
