"""A page as its parts: what tests ask of HTML and SVG."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "img", "link", "input", "hr"}
REFERENCE = {"src", "href", "xlink:href", "action", "srcset", "data", "poster"}


@dataclass
class Page(HTMLParser):
    """Elements, texts and references of a page, and what is wrong with its tags."""

    source: str
    faults: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self.feed(self.source)
        self.close()
        self.faults += [f"{tag} is never closed" for tag in self._open]

    def __hash__(self) -> int:
        return id(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, attrs)
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, attrs)

    def _note(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in REFERENCE:
                self.references.append(value or "")
            if name.startswith("on"):
                self.faults.append(f"{tag} has the handler {name}")
            if name == "style":
                self.references += urls(value or "")

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self._open[-1:]}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._open:
            return
        if self._open[-1] == "style":
            self.references += urls(data)
        elif data.strip():
            self.texts.append((self._open[-1], " ".join(data.split())))

    @property
    def text(self) -> str:
        return "\n".join(said for _, said in self.texts)

    def within(self, tag: str) -> list[str]:
        """What stands directly in elements of that name."""
        return [said for element, said in self.texts if element == tag]


def urls(css: str) -> list[str]:
    return re.findall(r"url\(\s*['\"]?([^)'\"]*)", css) + re.findall(r"@import\s+(\S+)", css)
