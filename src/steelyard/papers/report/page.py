"""Put the report together and write it down as one page of HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from steelyard.kernel.bilingual import Lang
from steelyard.papers.pictures import (
    MOST_UNITS,
    has_unit_pages,
    how_sure_pictures,
    is_spread_shown,
    look,
    parts_shown,
)
from steelyard.papers.pictures.choices import choices_picture
from steelyard.papers.pictures.dimensions import dimensions_picture
from steelyard.papers.pictures.picture import NARROW, WIDE, Picture
from steelyard.papers.pictures.ranking import ranking_picture
from steelyard.papers.pictures.spread import spread_picture
from steelyard.papers.pictures.tiles import has_tiles, tiles_picture
from steelyard.papers.report.audit import audit_section
from steelyard.papers.report.doubts import choices, doubts
from steelyard.papers.report.facts import grade_counts, key_facts, origin
from steelyard.papers.report.queries import queries
from steelyard.papers.report.recipe import recipe
from steelyard.papers.report.rules import grade_rules, rules, veto_rules
from steelyard.papers.report.steps import method_facts, notes, weights
from steelyard.papers.report.tables import dimensions_table, ranking_table
from steelyard.papers.report.units import unit_pages
from steelyard.papers.slugs import slugs
from steelyard.papers.words import Words
from steelyard.scheme.method import Method
from steelyard.scheme.model import Unit
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.findings import Sensitivity


def report_html(result: Result, lang: Lang, *, tiles: Sequence[Unit] | None = None) -> str:
    """The report as one page: nothing in it is loaded from elsewhere, and no script runs.

    ``tiles`` are places that are not assessed, for the tile grid; by default the scheme's own.
    """
    words = Words.of(result, lang)
    page: str = _template().render(
        words=words,
        scheme=result.scheme,
        style=Markup(_style(result, words)),
        origin=origin(result.scheme, words),
        facts=key_facts(result, words),
        grades=grade_counts(result, words),
        recipe=recipe(result, words),
        queries=queries(result.scheme, words),
        **_body(result, words, tiles),
        **_index(result, words),
        **_doubts(result, words),
    )
    return page


def _body(result: Result, words: Words, tiles: Sequence[Unit] | None) -> dict[str, Any]:
    """Tables, pictures, unit pages and rules."""
    anchors = _anchors(result)
    return {
        "ranking": ranking_table(result, words, anchors),
        "spread_pictures": _spread(result, words),
        "ranking_pictures": _pictures(ranking_picture, result, words),
        "dimensions": dimensions_table(result, words, anchors),
        "dimensions_pictures": _pictures(dimensions_picture, result, words),
        "tiles": tiles_picture(result, words, tiles) if has_tiles(result) else None,
        "units": unit_pages(result, words, anchors) if anchors else (),
        "most_units": MOST_UNITS,
        "rules": rules(result.scheme, words),
        "grade_rules": grade_rules(result.scheme, words),
        "veto_rules": veto_rules(result.scheme, words),
    }


def _index(result: Result, words: Words) -> dict[str, Any]:
    """What only an index has: the steps, the weights used, the notes."""
    if result.composed is None:
        return {"method": (), "weights": (), "notes": ()}
    return {
        "method": method_facts(result.scheme.method or Method(), words),
        "weights": weights(result.scheme, result.composed, words),
        "notes": notes(result.composed, words),
    }


def _doubts(result: Result, words: Words) -> dict[str, Any]:
    """What was asked about the result: how sure, which choice matters, the index itself."""
    sure, moved, looked = result.how_sure, result.sensitivity, result.audit
    return {
        "doubts": sure and doubts(result, sure, words, _anchors(result)),
        "doubt_pictures": _how_sure_pictures(result, words),
        "choices": moved and choices(moved, words),
        "choices_pictures": moved and _choices_pictures(result, moved, words),
        "audit": looked and audit_section(result, looked, words),
    }


def _how_sure_pictures(result: Result, words: Words) -> list[tuple[Picture, Picture, bool]]:
    """Each picture for a wide page and for a narrow one, and whether it is the first part of its kind."""
    if result.how_sure is None:
        return []
    found: list[tuple[Picture, Picture, bool]] = []
    for draw in how_sure_pictures(result, result.how_sure, words):
        wide = draw(WIDE)
        is_first = all(wide.title != before.title for before, _, _ in found)
        found.append((wide, draw(NARROW), is_first))
    return found


def _choices_pictures(result: Result, found: Sensitivity, words: Words) -> tuple[Picture, Picture]:
    wide = choices_picture(result, found, words)
    return wide, choices_picture(result, found, words, width=NARROW)


def _anchors(result: Result) -> Mapping[str, str]:
    """Where each unit's page begins; nowhere if there are too many."""
    if not has_unit_pages(result):
        return {}
    names = slugs(one.unit.code for one in result.standings)
    return {code: f"unit-{name}" for code, name in names.items()}


def _pictures(draw: Any, result: Result, words: Words) -> list[tuple[Picture, Picture]]:
    """Each part of a picture, for a wide page and for a narrow one."""
    return [
        (draw(result, words, part=part), draw(result, words, part=part, width=NARROW))
        for part in parts_shown(result)
    ]


def _spread(result: Result, words: Words) -> list[tuple[Picture, Picture]]:
    if not is_spread_shown(result):
        return []
    return [(spread_picture(result, words), spread_picture(result, words, width=NARROW))]


def _style(result: Result, words: Words) -> str:
    own = files("steelyard.papers.report").joinpath("style.css").read_text(encoding="utf-8")
    running = _css_string(words.title(result.scheme))
    head = f"@page {{ @top-left {{ content: {running} }} }}"
    return "\n".join([look.tokens(), look.elements(), look.page_style(), own, head])


def _css_string(said: str) -> str:
    """The text as a CSS string that no character can end.

    >>> _css_string('a"<')
    '"a\\\\22 \\\\3c "'
    """
    safe = "".join(one if one.isalnum() or one == " " else f"\\{ord(one):x} " for one in said)
    return f'"{safe}"'


def spoken(said: str, lang: Lang) -> Markup:
    """A text marked as the other language, where the scheme has it in that one alone.

    >>> spoken("GDP per capita", "zh"), spoken("江门市", "zh"), spoken("江门市", "en")
    (Markup('<span lang="en">GDP per capita</span>'), Markup('江门市'), Markup('<span lang="zh-CN">江门市</span>'))
    """
    is_chinese = any("\u4e00" <= letter <= "\u9fff" for letter in said)
    if lang == "en" and is_chinese:
        return Markup('<span lang="zh-CN">{}</span>').format(said)
    if lang == "zh" and not is_chinese and _LATIN_WORD.search(said):
        return Markup('<span lang="en">{}</span>').format(said)
    return escape(said)


_LATIN_WORD = re.compile(r"[A-Za-z]{3}")


@cache
def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("steelyard.papers.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["inline"] = lambda picture: Markup(picture.inline())
    environment.filters["spoken"] = spoken
    environment.filters["fragment"] = environment.filters["urlencode"]
    return environment.get_template("report.html.j2")
