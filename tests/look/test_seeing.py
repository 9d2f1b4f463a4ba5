"""Whoever looks over a page finds what is wrong with it in one light, in one window, on paper or a telephone alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse

from tests.journeys.walking import window
from tests.look.seeing import HOST, looked_over, on_a_telephone, on_paper, reader

pytestmark = pytest.mark.browser

SOUND = """<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width">
<title>A page</title><style>
body { background: #fff; color: #000 }
@media (prefers-color-scheme: dark) { body { background: #000; color: #fff } }
td { padding: 0; line-height: 20px }
%s</style></head><body><main><h1>A page</h1><p>Read me.</p><table><tr><td>考核工作组</td></tr></table></main></body></html>"""


@dataclass
class Site:
    page: str

    def get(self, _address: str) -> HttpResponse:
        return HttpResponse(self.page)


def found(style: str, *, is_first: bool = True) -> list[str]:
    site: Any = Site(SOUND % style)
    with window(HOST) as page, reader(page, site) as seen:
        return [*looked_over(seen, "/", is_first=is_first), *on_paper(seen, "/")]


def test_nothing_is_wrong_with_a_sound_page() -> None:
    assert found("") == []


@pytest.mark.parametrize(
    ("size", "light", "said"),
    [
        ("min-width: 1000px", "light", "/ color-contrast"),
        ("min-width: 1000px", "dark", "/ in the dark: color-contrast"),
        ("max-width: 400px", "light", "/ narrow: color-contrast"),
        ("max-width: 400px", "dark", "/ narrow, in the dark: color-contrast"),
    ],
)
def test_words_that_pale_in_one_window_and_light_are_found(
    size: str, light: str, said: str
) -> None:
    pale = "p { color: #888; background: #999 }"
    lines = found(f"@media ({size}) and (prefers-color-scheme: {light}) {{ {pale} }}")
    assert [line.partition(": <")[0] for line in lines] == [said]


def test_in_a_second_language_too_axe_is_asked_once_and_every_window_is_tried() -> None:
    wide = "@media screen and (max-width: 400px) { main { width: 600px } }"
    style = f"p {{ color: #888; background: #999 }} {wide}"
    lines = found(style, is_first=False)
    told = ["/ color-contrast", "/ narrow: the page is 288 pixels too wide"]
    assert [line.partition(": <")[0] for line in lines] == told


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("td { display: block; width: 2em }", "/ printed: a few letters a line: 考核工作组"),
        ("table { width: 900px }", "/ printed: the page is "),
        ("body { page: wide } table { width: 900px }", ""),
    ],
)
def test_what_does_not_fit_on_paper_is_found(style: str, said: str) -> None:
    lines = found(f"@media print {{ {style} }}")
    assert [line[: len(said)] for line in lines] == [said] * bool(said)


@pytest.mark.parametrize(
    ("style", "said"),
    [
        (
            "main { overflow: auto } td { min-width: 600px }",
            ["/ on a telephone: out of sight: undefined"],
        ),
        ("td { min-width: 300px }", []),
    ],
)
def test_a_cell_beyond_the_edge_of_a_telephone_is_found(style: str, said: list[str]) -> None:
    site: Any = Site(SOUND % style)
    with window(HOST) as page, reader(page, site) as seen:
        seen.opens("/")
        assert on_a_telephone(seen, "/") == said
