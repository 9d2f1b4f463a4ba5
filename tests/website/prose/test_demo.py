"""The demonstration begins with pages in both languages, and says what is a sample."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from steelyard.website.prose.demo import load_demo_prose
from steelyard.website.prose.models import Home, Publication

pytestmark = pytest.mark.django_db

PAGES = ("", "news/", "news/results-explained/", "about/", "contact/", "contact/state/", "privacy/",
         "copyright/", "accessibility/")  # fmt: skip


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_every_page_of_the_demonstration_is_there(trees: dict[str, Home], lang: str) -> None:
    load_demo_prose(now=timezone.now())
    for page in PAGES:
        answer = Client().get(f"/{lang}/{page}")
        assert answer.status_code == 200, page
        assert not answer.cookies
    sample = "Sample" if lang == "en" else "样本"
    assert sample in Client().get(f"/{lang}/news/results-explained/").text


def test_the_demonstration_is_loaded_once(trees: dict[str, Home]) -> None:
    load_demo_prose(now=timezone.now())
    load_demo_prose(now=timezone.now())
    assert Publication.objects.count() == 1
