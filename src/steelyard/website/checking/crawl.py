"""Walk a site from its first pages along every link, as a visitor would, and write down what is seen."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import unquote, urljoin, urlsplit

from steelyard.website.addresses import COUNTERS, LANGUAGES, columns
from steelyard.website.checking.fetching import Fetch, Fetched
from steelyard.website.checking.reading import Read, read
from steelyard.website.rules.site_check.seen import (
    ColumnSeen,
    DeadLink,
    MessageSeen,
    PageSeen,
    Seen,
)

MOST_PAGES = 20_000
"""So many addresses of a site are visited; the run says when there were more."""

MOST_OF_A_LIST = 100
"""Of the pages right below one page so many are visited: the entries of a long register are all made alike."""

_URL = re.compile(r"<url>(.*?)</url>", re.DOTALL)
_LOC = re.compile(r"<loc>(.*?)</loc>")
_LASTMOD = re.compile(r"<lastmod>(.*?)</lastmod>")
_A_PAGE = re.compile(r"page=[0-9]{1,6}")
_OURS = "http://site.invalid"
"""A host that is nobody's, to tell links within the site from others."""


@dataclass
class Walk:
    """What was fetched so far: answers by address, and for each how many clicks away it is."""

    fetch: Fetch
    fetched: dict[str, Fetched] = field(default_factory=dict)
    read: dict[str, Read] = field(default_factory=dict)
    clicks: dict[str, int] = field(default_factory=dict)
    stands_on: dict[str, str] = field(default_factory=dict)
    anchors: list[tuple[str, str, str]] = field(default_factory=list)
    below: Counter[str] = field(default_factory=Counter)
    left_out: set[str] = field(default_factory=set)

    def get(self, address: str) -> Fetched:
        if address not in self.fetched:
            self.fetched[address] = self.fetch(address)
        return self.fetched[address]


def seen_on(
    fetch: Fetch,
    *,
    today: date,
    columns_seen: Sequence[ColumnSeen] | None = None,
    home_changed_on: date | None = None,
    messages: Sequence[MessageSeen] | None = None,
    icp: str = "",
) -> Seen:
    """Everything that a walk sees. Columns and their dates come from the sitemap, unless they are known better."""
    home = {lang: f"/{lang}/" for lang in LANGUAGES}
    walk = walked(fetch, home.values())
    listed = dict(_in_sitemap(walk))
    pages = {address: _page(address, walk) for address in walk.read}
    for address, one in walk.fetched.items():
        if address in home.values() and one.status != 200:
            pages[address] = PageSeen(address=address, status=one.status, seconds=one.seconds)
    return Seen(
        today=today,
        pages=pages,
        home=home,
        columns=_columns_of(listed) if columns_seen is None else columns_seen,
        home_changed_on=home_changed_on or listed.get(home[LANGUAGES[0]]),
        dead_links=list(_dead(walk)),
        sitemap=frozenset(
            _inside(address, link)[0]
            for address in home.values()
            for link in _links(walk, f"{address}sitemap/")
        )
        - {""},
        services={
            f"/{lang}/courts/{code}/": walk.get(f"/{lang}/courts/{code}/").status == 200
            for lang in LANGUAGES
            for code in COUNTERS
        },
        messages=messages,
        icp=icp,
        missing_pages=sorted(
            address
            for address in listed
            if address not in walk.read and walk.below[above(address)] <= MOST_OF_A_LIST
        ),
        left_out=len(walk.left_out),
    )


def walked(fetch: Fetch, starts: Sequence[str] | Iterator[str] | object) -> Walk:
    """Breadth first, so that the number of clicks is the least that leads there."""
    walk = Walk(fetch)
    waiting: deque[str] = deque()
    for start in starts:  # type: ignore[attr-defined]
        walk.clicks[start] = 0
        waiting.append(start)
    while waiting:
        address = waiting.popleft()
        if len(walk.fetched) >= MOST_PAGES:
            walk.left_out |= {address, *waiting}
            break
        answer = walk.get(address)
        if answer.location and 300 <= answer.status < 400:
            _follow(walk, waiting, address, answer.location)
        if answer.status == 200 and answer.kind.startswith("text/html"):
            walk.read[address] = read(answer.content.decode("utf-8", "replace"))
            for link in [*walk.read[address].links, *walk.read[address].loaded]:
                _follow(walk, waiting, address, link)
    return walk


def _follow(walk: Walk, waiting: deque[str], page: str, link: str) -> None:
    target, anchor = _inside(page, link)
    if not target:
        return
    if anchor:
        walk.anchors.append((page, target, anchor))
    if target in walk.clicks or target in walk.left_out:
        return
    walk.below[above(target)] += 1
    if walk.below[above(target)] > MOST_OF_A_LIST:
        walk.left_out.add(target)
        return
    walk.stands_on[target] = page
    if target.partition("?")[0] == page.partition("?")[0]:  # turning the pages of a list is no step
        walk.clicks[target] = walk.clicks[page]
        waiting.appendleft(target)
    else:
        walk.clicks[target] = walk.clicks[page] + 1
        waiting.append(target)


def above(address: str) -> str:
    """
    >>> above("/en/plan/tasks/T1/"), above("/en/plan/?page=2"), above("/en/")
    ('/en/plan/tasks/', '/en/plan/', '/')
    """
    path, _, asked = address.partition("?")
    return path if asked else path.rstrip("/").rpartition("/")[0] + "/"


def _inside(page: str, link: str) -> tuple[str, str]:
    """Where a link on a page leads within the site, and the anchor; empty if away.

    Of its question no more is kept than the page of a list: other questions are without end. What is
    asked for may have another anchor than the page itself, of which then nothing is said.
    """
    parts = urlsplit(urljoin(_OURS + page, link))
    if f"{parts.scheme}://{parts.netloc}" != _OURS:
        return "", ""
    asked = f"?{parts.query}" if _A_PAGE.fullmatch(parts.query) else ""
    is_whole = asked or not parts.query
    return unquote(parts.path) + asked, unquote(parts.fragment) if is_whole else ""


def _links(walk: Walk, address: str) -> list[str]:
    return walk.read[address].links if address in walk.read else []


def _dead(walk: Walk) -> Iterator[DeadLink]:
    """Answers that say no, and anchors that are nowhere on their page."""
    for address, answer in walk.fetched.items():
        if address in walk.stands_on and not 200 <= answer.status < 400:
            yield DeadLink(walk.stands_on[address], address, answer.status)
    seen: set[tuple[str, str]] = set()
    for page, target, anchor in walk.anchors:
        if target in walk.read and (target, anchor) not in seen:
            seen.add((target, anchor))
            if anchor not in walk.read[target].ids:
                yield DeadLink(page, f"{target}#{anchor}", walk.fetched[target].status)


def _page(address: str, walk: Walk) -> PageSeen:
    one, answer = walk.read[address], walk.fetched[address]
    return PageSeen(
        address=address, status=answer.status, seconds=answer.seconds, clicks=walk.clicks.get(address),
        lang=one.lang, title=one.title, main_headings=one.main_headings,
        has_skip_link=one.has_skip_link, pictures_without_text=one.pictures_without_text,
        fields_without_name=one.fields_without_name, keyboard_traps=one.keyboard_traps,
        other_languages=tuple(one.other_languages),
        links=tuple(target for link in one.links if (target := _inside(address, link)[0])),
        text_fields=one.text_fields, is_searchable=one.is_searchable, foot=one.foot,
    )  # fmt: skip


# --- the sitemap ----------------------------------------------------------------------------


def _in_sitemap(walk: Walk) -> Iterator[tuple[str, date | None]]:
    """Every address of ``/sitemap.xml`` and its parts, and the day it was last changed."""
    index = walk.get("/sitemap.xml")
    for at in _LOC.findall(index.content.decode("utf-8", "replace")):
        part = walk.get(urlsplit(at).path)
        for url in _URL.findall(part.content.decode("utf-8", "replace")):
            where, when = _LOC.search(url), _LASTMOD.search(url)
            if where:
                yield unquote(urlsplit(where.group(1)).path), _day(when.group(1)) if when else None


def _day(said: str) -> date | None:
    try:
        return datetime.fromisoformat(said).date()
    except ValueError:
        return None


def _columns_of(listed: Mapping[str, date | None]) -> list[ColumnSeen]:
    """The columns with what the sitemap has below them, in the first language."""
    found = []
    for one in columns().values():
        if not one.address:
            continue
        at = f"/{LANGUAGES[0]}/{one.address}/"
        inside = {address: day for address, day in listed.items() if address.startswith(at)}
        below = [day for address, day in inside.items() if address != at]
        days = [day for day in inside.values() if day]
        entries = len(inside) if one.kind == "standing" else len(below)
        found.append(
            ColumnSeen(
                code=one.code, title=one.title, address=at, kind=one.kind, entries=entries,
                newest=max(days, default=None),
            )
        )  # fmt: skip
    return found
