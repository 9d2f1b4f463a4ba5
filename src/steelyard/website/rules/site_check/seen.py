"""What a run saw of a site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from steelyard.kernel.bilingual import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSeen:
    """A page as it was answered. ``clicks`` from the first page of its language; None: no link leads there."""

    address: str
    status: int = 200
    seconds: float = 0.0
    clicks: int | None = 0
    lang: str = "zh-Hans"
    title: str = "title"
    main_headings: int = 1
    has_skip_link: bool = True
    pictures_without_text: int = 0
    fields_without_name: int = 0
    keyboard_traps: int = 0
    """Elements that a pointer alone can use, or that come in an order of their own (``tabindex`` above 0)."""
    other_languages: tuple[str, ...] = ("zh-Hans", "en")
    links: tuple[str, ...] = ()
    text_fields: int = 0
    is_searchable: bool = True
    foot: str = ""


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A link that leads nowhere: on which page it stands, where it leads, what was answered."""

    page: str
    target: str
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSeen:
    """A column of the site. ``newest`` is the latest date in it; None if nothing there bears one."""

    code: str
    title: Text
    address: str
    kind: str
    entries: int
    newest: date | None = None


@dataclass(frozen=True, slots=True)
class MessageSeen:
    """A message of the public: its number, the day it came, the day it was answered, if it was."""

    number: str
    received_on: date
    answered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Everything that a run saw. ``messages`` is None where the run could not see them.

    ``home`` are the first pages, by language; ``sitemap`` the addresses that the sitemap pages link to.
    ``left_out``: pages of long lists that were not visited.
    """

    today: date
    pages: Mapping[str, PageSeen]
    home: Mapping[str, str]
    columns: Sequence[ColumnSeen] = ()
    home_changed_on: date | None = None
    dead_links: Sequence[DeadLink] = ()
    sitemap: frozenset[str] = frozenset()
    services: Mapping[str, bool] = field(default_factory=dict)
    messages: Sequence[MessageSeen] | None = None
    icp: str = ""
    missing_pages: Sequence[str] = ()
    left_out: int = 0


def good_pages(seen: Seen) -> Iterator[PageSeen]:
    yield from (one for one in seen.pages.values() if one.status == 200)
