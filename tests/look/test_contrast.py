"""Can what is written be read, by day and in the dark? And is every colour of a page in the list?"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files

import pytest

from steelyard.look import contrast
from steelyard.papers.pictures import look


@pytest.mark.parametrize("mode", [contrast.by_day, contrast.in_the_dark])
def test_every_pair_of_colours_can_be_read(mode: Callable[[], list[contrast.Reached]]) -> None:
    short = [one for one in mode() if one.contrast < one.pair.needed]
    assert short == []


def test_every_colour_has_a_value_of_its_own_in_the_dark() -> None:
    dark = look.tokens().partition("prefers-color-scheme: dark")[2]
    assert re.findall(r"--([\w-]+): #", dark) == list(look.light())


@pytest.mark.parametrize(
    "style",
    [
        ("look/static", "base.css"),
        ("look/static", "look.css"),
        ("look/static", "office.css"),
        ("look/static", "picture.css"),
        ("website/static/website", "public.css"),
        ("website/static/website", "design.css"),
        ("papers/brief", "brief.css"),
    ],
    ids=lambda style: style[1],
)
def test_nothing_but_the_tokens_names_a_colour(style: tuple[str, str]) -> None:
    text = files("steelyard").joinpath(*style).read_text(encoding="utf-8")
    rules = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    named = [one for one in re.findall(r"#[0-9a-fA-F]{3,8}\b", rules) if one != "#fff"]
    assert named == []  # "#fff" is the paper behind a code that a camera reads


@pytest.mark.parametrize(
    "styles",
    [
        ("base.css", "look.css", "office.css"),
        ("base.css", "look.css", "public.css"),
    ],
)
def test_no_rule_is_written_twice(styles: tuple[str, ...]) -> None:
    """A frame may say otherwise for what a part looks like; it does not say the same again."""
    seen: dict[tuple[str, str], str] = {}
    twice = []
    for name in styles:
        folder = "website/static/website" if name == "public.css" else "look/static"
        text = files("steelyard").joinpath(folder, name).read_text(encoding="utf-8")
        plain = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).partition("@media")[0]
        for selector, declared in re.findall(r"([^{}]+)\{([^{}]*)\}", plain):
            key = (" ".join(selector.split()), " ".join(declared.split()))
            twice += [f"{key} in {seen[key]} and {name}"] if key in seen else []
            seen[key] = name
    assert twice == []
