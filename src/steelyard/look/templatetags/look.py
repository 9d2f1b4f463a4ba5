"""Parts of pages that are more than an include: each draws the template of its name in ``look/``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from steelyard.kernel.bilingual import Text
from steelyard.look.cards import labelled
from steelyard.look.language import say

register = template.Library()
_SAYS_SAMPLE = ("样本", "Sample")


@register.inclusion_tag("look/crumbs.html")
def crumbs(
    *pairs: object,
    below: Iterable[tuple[object, object]] = (),
    here: object = "",
    label: object = "",
) -> dict[str, Any]:
    """``{% crumbs up _("Results") here=it.title %}``: addresses and titles in turn, then this page.

    ``below``: more such pairs, of a length that a template does not know. Without an address a title
    stands alone: the reader may not go there.
    """
    above = [*zip(pairs[::2], pairs[1::2], strict=True), *below]
    return {"above": above, "here": here, "label": label}


@register.inclusion_tag("look/tag.html")
def tag(words: object, kind: str = "") -> dict[str, Any]:
    """``{% tag _("late") "bad" %}``"""
    return {"words": words, "kind": kind}


@register.simple_tag
def titled(title: Text, is_sample: bool = False) -> SafeString:
    """``{% titled it.title it.sample %}``: a title, with the mark of a sample unless it says so itself."""
    said = conditional_escape(say(title))
    if not is_sample or said.startswith(_SAYS_SAMPLE):
        return SafeString(said)
    return SafeString(f"{said} {render_to_string('look/sample.html').strip()}")


@register.simple_block_tag
def scroll(content: str, label: object = "") -> SafeString:
    """``{% scroll _("Rows") %}<table>…</table>{% endscroll %}``

    Of the class ``stacked`` it is cards on a telephone, each cell with its column's heading.
    """
    told = {"content": SafeString(labelled(content)), "label": label}
    return SafeString(render_to_string("look/scroll.html", told).strip())


@register.simple_block_tag
def instant(content: str, name: str) -> SafeString:
    """``{% instant "list" %}…{% endinstant %}``: a part whose links and forms change it alone.

    The server answers with the whole page, as it does without script. ``hx-boost="false"`` on whatever
    leads elsewhere. The page has ``look/instant_head.html`` in its head.
    """
    told = {"content": SafeString(content), "name": name}
    return SafeString(render_to_string("look/instant.html", told).strip())
