"""Addresses that were once published stay: ``stable_addresses.txt`` only grows."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from steelyard.website import data_urls, urls
from steelyard.website.addresses import LANGUAGES
from steelyard.website.site import site_at
from tests.website.shelf import publish_prose

STABLE = Path(__file__).with_name("stable_addresses.txt")
CONVERTER, GROUP = re.compile(r"<[^>]*>"), re.compile(r"\(\?P<\w+>([\w|]+)\)")
TWO_STEPS = re.compile(r"[a-z-]+/(statistics/)?[\w-]+/")


@pytest.fixture
def shelf_with_prose(shelf: Path, own_shelf: Path) -> None:
    for package in shelf.iterdir():
        shutil.copy(package, own_shelf)
    publish_prose(own_shelf)


def listed() -> list[str]:
    return [one for one in STABLE.read_text("utf-8").splitlines() if one and one[0] != "#"]


def shapes() -> Iterator[str]:
    """Of every address there is, its shape; what differs from page to page stands as ``*``."""
    for below, patterns in (("/", data_urls.urlpatterns), ("/LANGUAGE/", urls.urlpatterns)):
        for one in patterns:
            yield from (below + each for each in _spelt_out(str(one.pattern)))


def _spelt_out(route: str) -> Iterator[str]:
    """
    >>> list(_spelt_out(r"^courts/(?P<counter>which|days)/$"))
    ['courts/which/', 'courts/days/']
    """
    pieces = GROUP.split(route.removeprefix("^").removesuffix("$"))
    choices = [piece.split("|") if at % 2 else [piece] for at, piece in enumerate(pieces)]
    yield from (CONVERTER.sub("*", "".join(chosen)) for chosen in product(*choices))


def on_the_shelf() -> Iterator[str]:
    """Registers, statistics and files of the small shelf, by their own names."""
    site = site_at(timezone.now())
    for path, page in site.addresses.items():
        if TWO_STEPS.fullmatch(path):
            yield f"/LANGUAGE/{path}"
        yield from (f"/data/{quote(name)}" for name in page.files)


def test_no_address_has_gone_and_a_new_one_is_written_down() -> None:
    """Gone: put it back. New: add a line to the list; from then on the address stays."""
    there = set(shapes()) | set(on_the_shelf())
    assert set(listed()) - there == set(), "these were public, and have gone"
    assert there - set(listed()) == set(), "these are new, and not on the list"


@pytest.mark.usefixtures("shelf_with_prose")
def test_every_listed_address_that_names_one_page_answers() -> None:
    plain = [one for one in listed() if "*" not in one]
    asked = {one.replace("LANGUAGE", lang) for one in plain for lang in LANGUAGES}
    answers = {one: Client().get(one).status_code for one in sorted(asked)}
    assert {one: status for one, status in answers.items() if status not in (200, 303)} == {}
