"""Of marked text, what the public gets: Wagtail's allow-list, cut down to ours. Everything else falls away."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from wagtail.rich_text import expand_db_html
from wagtail.whitelist import Whitelister, allow_without_attributes, attribute_rule

from steelyard.publication.prose import ADDRESS, ALLOWED

SWALLOWED = ("script", "style", "template", "iframe", "object", "noscript", "textarea", "title")
"""Elements whose content is no text for people: they go with all that is in them."""


def _address(said: str) -> str | None:
    return said if ADDRESS.fullmatch(said) else None


class Cleaner(Whitelister):
    element_rules = {
        "[document]": allow_without_attributes,
        **dict.fromkeys(ALLOWED, allow_without_attributes),
        "a": attribute_rule({"href": _address}),
    }

    def clean_tag_node(self, doc: BeautifulSoup, tag: Tag) -> None:
        if tag.name in SWALLOWED:
            tag.decompose()
            return
        super().clean_tag_node(doc, tag)

    def clean_unknown_node(self, doc: BeautifulSoup, node: object) -> None:  # noqa: ARG002
        node.extract()


def clean(stored: str) -> str:
    """A rich text as Wagtail keeps it, as HTML that the public may get.

    >>> clean('<p data-block-key="1">a <b onclick="x()">b</b><script>x()</script></p>')
    '<p>a <b>b</b></p>'
    """
    return Cleaner().clean(expand_db_html(stored)).strip()
