"""Every public page answers in both languages, asks no database, and knows nobody."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.website.shelf import BRIEFING, SERIES

PAGES = (
    "",
    "results/",
    f"results/{SERIES}/",
    f"results/{SERIES}/440700/",
    "briefings/",
    f"briefings/{BRIEFING}/",
    "sitemap/",
    "plan/",
    "plan/measures/",
)


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_page_is_there_for_everyone(page: str, lang: str) -> None:
    answer = Client().get(f"/{lang}/{page}")
    assert answer.status_code == 200
    assert f'lang="{"en" if lang == "en" else "zh-Hans"}"' in answer.text
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies


@pytest.mark.parametrize(
    "page", ["results/none/", f"results/{SERIES}/999999/", "plan/none/", "briefings/none/"]
)
def test_what_was_not_published_is_not_there(page: str) -> None:
    assert Client().get(f"/en/{page}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "trace"])
@pytest.mark.parametrize(
    "address",
    [
        f"/en/results/{SERIES}/",
        "/en/plan/measures/",
        "/en/courts/which/",
        "/sitemap.xml",
        f"/data/{SERIES}/sample-ranking.csv",
    ],
)
def test_what_is_there_to_be_read_cannot_be_written_to(address: str, method: str) -> None:
    answer = getattr(Client(), method)(address)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
