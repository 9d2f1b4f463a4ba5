"""Addresses, days and amounts on the pages of registers."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from steelyard.look.language import lang
from steelyard.papers.periods import day_text
from steelyard.website.areas import Area
from steelyard.website.shown import Shown, number_text
from steelyard.website.sums import Figure, Statistic

register = template.Library()


@register.simple_tag
def public_url(area: Area | str, page: str = "", *given: str) -> str:
    """The address of a page of an area: itself, a register, an entry, a selection, a statistic."""
    code = area.code if isinstance(area, Area) else area
    return reverse(f"website:{code}_{page}" if page else f"website:{code}", args=given)


@register.simple_tag
def querystring_of(**query: str) -> str:
    return f"?{urlencode(query)}"


@register.filter
def day(said: str) -> str:
    """2021-12-31 as the reader of the page writes it."""
    return day_text(date.fromisoformat(said), lang()) if said else ""


@register.filter
def cell(one: Shown) -> SafeString:
    """A cell, with its link or as a mark; a list has hundreds, so no template of its own."""
    if one.kind == "tag":
        return format_html(
            '<span class="tag{}">{}</span>', f" tag-{one.tag}" if one.tag else "", one.text
        )
    if one.address:
        return format_html('<a href="{}">{}</a>', one.address, one.text)
    return conditional_escape(one.text)


@register.filter
def figure(one: Figure) -> str:
    """A figure of a statistic: what it is, at least what it is, or that it is hidden."""
    if one.value is None:
        return pgettext("figure", "hidden")
    said = number_text(one.value)
    return gettext("at least %s") % said if one.is_least else said


@register.filter
def by_year(statistic: Statistic) -> list[tuple[int, list[Figure], int]]:
    """Each year with the totals of every table, and how long the bar of its count is."""
    first, *_ = statistic.tables
    return [
        (year, [table.totals[number] for table in statistic.tables], share)
        for number, (year, _, share) in enumerate(first.bars)
    ]
