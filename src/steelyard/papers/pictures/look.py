"""How pictures are coloured: by a page's style sheet, or by attributes when they stand alone.

Word processors know no CSS variables and little CSS (LibreOffice takes the rules of any ``@media``
as meant for it). So a picture that stands alone has its colours written into every element, and
colours for the dark in a style sheet whose selectors only browsers understand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from steelyard.kernel.bilingual import Lang

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})")
_USE = re.compile(r"var\(--([\w-]+)\)")
_RULE = re.compile(r"^\.(p-[\w-]+) \{ (.*?) \}$", re.MULTILINE)
_FAMILY = re.compile(r"--sans: ([^;]+);")
_CLASSES = re.compile(r' class="(p-[^"]*)"')
_DARK = "@media screen and (prefers-color-scheme: dark)"


@cache
def tokens() -> str:
    """Colours, light and dark, type and space as CSS variables."""
    return _read("tokens.css")


@cache
def elements() -> str:
    """How the elements of every page look; stands on ``tokens``."""
    return _read("base.css")


@cache
def page_style() -> str:
    """What a page needs besides ``tokens`` to show pictures."""
    return _read("pictures/picture.css")


def with_attributes(markup: str) -> str:
    """``markup`` with what its classes mean written beside them."""
    return _CLASSES.sub(lambda found: found[0] + _attributes(found[1].split()), markup)


def root_attributes(lang: Lang) -> Mapping[str, str]:
    """What the ``svg`` element itself carries when it stands alone."""
    latin, chinese = _FAMILY.findall(tokens())
    family = " ".join((chinese if lang == "zh" else latin).replace('"', "'").split())
    return {"font_family": family, "font_size": "12px", "fill": light()["ink"]}


@cache
def dark_style() -> str:
    """The colours for the dark, of a picture that stands alone."""
    colours = dark()
    rules = [f":root:is(.picture) {{ fill: {colours['ink']}; background: {colours['paper']} }}"]
    for name, declared in _rules().items():
        painted = [one for one in declared if "var(" in one]
        if painted:
            said = _USE.sub(lambda use: colours[use[1]], "; ".join(painted))
            rules.append(f':root:is(.picture) [class~="{name}"] {{ {said} }}')
    return f"{_DARK} {{\n" + "\n".join(rules) + "\n}"


def _attributes(classes: list[str]) -> str:
    """The declarations of the classes as attributes; of two that say the same, the later rule's."""
    found: dict[str, str] = {}
    for name, declared in _rules().items():
        if name in classes:
            found |= dict(one.split(": ", 1) for one in declared)
    colours = light()
    return "".join(
        f' {name}="{_USE.sub(lambda use: colours[use[1]], value)}"' for name, value in found.items()
    )


@cache
def _rules() -> Mapping[str, tuple[str, ...]]:
    return {
        name: tuple(one for one in declared.rstrip(";").split("; "))
        for name, declared in _RULE.findall(page_style())
    }


@cache
def light() -> Mapping[str, str]:
    """The colours by day, by their names."""
    return _colours(tokens().partition(_DARK)[0])


@cache
def dark() -> Mapping[str, str]:
    """The colours in the dark, by their names."""
    return {**light(), **_colours(tokens().partition(_DARK)[2])}


def _colours(css: str) -> Mapping[str, str]:
    return dict(_TOKEN.findall(css))


def _read(name: str) -> str:
    text = files("steelyard.papers").joinpath(name).read_text(encoding="utf-8")
    return _COMMENT.sub("", text).strip()
