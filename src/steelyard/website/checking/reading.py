"""What does a page offer a visitor? Read from its HTML: links, headings, fields, what hinders the keyboard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

_UNNAMED = frozenset({"hidden", "submit", "button", "image", "reset"})
_CLICKED = frozenset({"a", "button", "input", "select", "textarea", "summary", "label", "area"})


@dataclass(slots=True)
class Read:
    """What stands on a page."""

    lang: str = ""
    title: str = ""
    main_headings: int = 0
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    other_languages: list[str] = field(default_factory=list)
    pictures_without_text: int = 0
    fields_without_name: int = 0
    keyboard_traps: int = 0
    text_fields: int = 0
    is_searchable: bool = False
    foot: str = ""

    @property
    def has_skip_link(self) -> bool:
        """The first link leads to a place on the page itself that is there."""
        first = self.links[0] if self.links else ""
        return first.startswith("#") and first[1:] in self.ids


def read(html: str) -> Read:
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.found()


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Read()
        self.inside: list[str] = []
        self.labelled: set[str] = set()
        self.unnamed: list[str] = []
        self.hidden_fields = 0

    def found(self) -> Read:
        self.page.fields_without_name = sum(one not in self.labelled for one in self.unnamed)
        self.page.title = " ".join(self.page.title.split())
        return self.page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag in ("title", "footer", "label"):
            self.inside.append(tag)
        if has.get("id"):
            self.page.ids.add(has["id"])
        self._hinders(tag, has)
        if tag == "html":
            self.page.lang = has.get("lang", "")
        elif tag == "h1":
            self.page.main_headings += 1
        elif tag in ("a", "area") and "href" in has:
            self.page.links.append(has["href"])
            self.page.is_searchable |= has["href"].partition("?")[0].endswith("/search/")
        elif tag == "link":
            self._linked(has)
        elif tag in ("img", "script"):
            self._loads(tag, has)
        elif tag == "label":
            self.labelled.add(has.get("for", ""))
        elif tag in ("input", "select", "textarea"):
            self._field(tag, has)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            self.inside.remove(tag)

    def handle_data(self, data: str) -> None:
        if "title" in self.inside:
            self.page.title += data
        if "footer" in self.inside:
            self.page.foot += data

    def _hinders(self, tag: str, has: Mapping[str, str]) -> None:
        """An order of its own, or a click on what the keyboard does not reach."""
        order = has.get("tabindex", "0")
        if order.isdecimal() and int(order) > 0:
            self.page.keyboard_traps += 1
        if "onclick" in has and tag not in _CLICKED and "tabindex" not in has:
            self.page.keyboard_traps += 1

    def _linked(self, has: Mapping[str, str]) -> None:
        if has.get("rel") == "alternate" and has.get("hreflang"):
            self.page.other_languages.append(has["hreflang"])
        elif has.get("rel") in ("stylesheet", "icon") and has.get("href"):
            self.page.loaded.append(has["href"])

    def _loads(self, tag: str, has: Mapping[str, str]) -> None:
        if has.get("src"):
            self.page.loaded.append(has["src"])
        if tag == "img" and "alt" not in has:
            self.page.pictures_without_text += 1

    def _field(self, tag: str, has: Mapping[str, str]) -> None:
        kind = has.get("type", "text")
        if tag == "textarea":
            self.page.text_fields += 1
        if tag == "input" and kind == "search":
            self.page.is_searchable = True
        is_named = "label" in self.inside or has.get("aria-label") or has.get("aria-labelledby")
        if not is_named and not (tag == "input" and kind in _UNNAMED):
            self.unnamed.append(has.get("id") or " ")
