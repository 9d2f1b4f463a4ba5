"""How much does a page weigh? All that a browser fetches for it, as it is sent: pages compressed, static files not."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve
from django.utils.translation import override

from tests.website.shelf import SERIES

MOST = 150_000
FETCHED = re.compile(r'<(?:link|script|img|source|use)\b[^>]*?(?:href|src)="(/[^"#?]*)"[^>]*>')
LINKED = re.compile(r'<a\b[^>]*?href="(/[^"#?]*)')
BEGUN = ("", "search/?q=a", f"results/{SERIES}/", f"results/{SERIES}/compare/")
OF_A_KIND = 2
"""Pages weighed of each kind: more of them are as heavy."""
ALWAYS = (
    "home",
    "search",
    "assessments",
    "assessment",
    "unit",
    "item",
    "compare",
    "design",
    "contact",
)
"""Kinds that must be among those weighed."""


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_a_page_of_any_kind_weighs_less_than_150_kilobytes(lang: str) -> None:
    kinds = set()
    for address, kind, text in pages_of_every_kind(lang):
        weighed = weigh(address, text)
        assert any(name.endswith(".css") for name in weighed), address
        assert sum(weighed.values()) < MOST, weighed
        kinds.add(kind)
    assert {f"website:{name}" for name in ALWAYS} <= kinds


def pages_of_every_kind(lang: str) -> Iterator[tuple[str, str, str]]:
    """What links lead to, a few of each kind: address, kind and text."""
    waiting = [f"/{lang}/{one}" for one in BEGUN]
    seen, counted = set(waiting), dict[str, int]()
    while waiting:
        address = waiting.pop(0)
        with override(lang):
            kind = resolve(address.partition("?")[0]).view_name
        counted[kind] = counted.get(kind, 0) + 1
        if counted[kind] > OF_A_KIND:
            continue
        answer = Client().get(address)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        yield address, kind, answer.text
        found = [one for one in LINKED.findall(answer.text) if one.startswith(f"/{lang}/")]
        waiting += [one for one in dict.fromkeys(found) if one not in seen]
        seen.update(found)


def weigh(address: str, text: str) -> dict[str, int]:
    weighed = {address: len(gzip.compress(text.encode(), 6))}
    for tag in FETCHED.finditer(text):
        if 'rel="alternate"' not in tag[0] and 'rel="canonical"' not in tag[0]:
            weighed[tag[1]] = _size(tag[1])
    return weighed


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
    answer = Client().get(address)
    return len(b"".join(answer) if answer.streaming else answer.content)
