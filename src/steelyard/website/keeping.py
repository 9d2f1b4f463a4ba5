"""Pages that are asked for again and again are made once: whole answers, kept while nothing changes.

A layer of WSGI in front of Django. What it keeps belongs to one state of the shelf: at a correction,
at any other change of the folder and at the minute of an embargo everything is forgotten. Only an answer
that is the same for everyone is kept: of GET, status 200, without a cookie, varying on nothing but
how it is compressed. Pages with a question (``?…``) have a place of their own, so that whoever makes up
questions cannot drive out the others; in each place what was not asked for longest goes first.
"""

from __future__ import annotations

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email.utils import format_datetime
from threading import Lock
from typing import Any

from django.utils import timezone

from steelyard.website.site import Site, site_at

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Start = Callable[..., object]
Application = Callable[[Environ, Start], Iterable[bytes]]

MOST_BYTES = 48_000_000
"""Of answers without a question, in each process."""

MOST_BYTES_ASKED = 12_000_000
"""Of answers to questions."""

LARGEST = 4_000_000
"""A longer answer is passed on and not kept."""

OLDEST = 60.0
"""Seconds after which an answer is made anew: a page may say which day it is."""

_SHORT = 500
"""Bytes below which compressing saves nothing."""

_WORDS = ("text/", "application/json", "application/xml", "image/svg+xml", "application/rss+xml",
          "application/atom+xml", "application/ld+json")  # fmt: skip
_OF_ONE_REQUEST = frozenset({"x-request-id", "content-length", "date", "etag", "vary"})


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that is kept: as it is, and compressed if that helps."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    packed: bytes
    tag: str
    made_at: float

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed) + 500


class Place:
    """So many bytes of answers; what was not asked for longest goes first."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        self._answers: OrderedDict[tuple[str, ...], Answer] = OrderedDict()

    def __len__(self) -> int:
        return len(self._answers)

    def find(self, key: tuple[str, ...], now: float) -> Answer | None:
        found = self._answers.get(key)
        if found is None or now - found.made_at > OLDEST:
            return None
        self._answers.move_to_end(key)
        return found

    def keep(self, key: tuple[str, ...], answer: Answer) -> None:
        before = self._answers.pop(key, None)
        self.size -= before.size if before else 0
        self._answers[key] = answer
        self.size += answer.size
        while self.size > self.most_bytes:
            _, gone = self._answers.popitem(last=False)
            self.size -= gone.size

    def clear(self) -> None:
        self._answers.clear()
        self.size = 0


class Kept:
    """An application whose public pages are kept.

    ``is_public`` says of which paths answers may be the same for everyone; of the others nothing is even
    looked at. ``noted`` is told of every answer that Django did not see: its method, path, status, seconds.
    """

    def __init__(
        self,
        application: Application,
        is_public: Callable[[str], bool],
        *,
        state: Callable[[], Site] = lambda: site_at(timezone.now()),
        clock: Callable[[], float] = time.monotonic,
        noted: Callable[[str, str, int, float], None] | None = None,
        most_bytes: int = MOST_BYTES,
        most_bytes_asked: int = MOST_BYTES_ASKED,
    ) -> None:
        self._application, self._is_public = application, is_public
        self._state, self._clock, self._noted = state, clock, noted
        self.plain, self.asked = Place(most_bytes), Place(most_bytes_asked)
        self._site: Site | None = None
        self._lock = Lock()

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        if not self._may_be_kept(environ):
            return self._application(environ, start)
        began, site = self._clock(), self._state()
        key, place = _key(environ), self.asked if environ.get("QUERY_STRING") else self.plain
        with self._lock:
            self._forget_unless(site)
            found = place.find(key, began)
        if found is None:
            return self._made(environ, start, site, key, place)
        status, body = _answered(found, environ, start)
        if self._noted:
            self._noted(
                environ["REQUEST_METHOD"], environ["PATH_INFO"], status, self._clock() - began
            )
        return body

    def _may_be_kept(self, environ: Environ) -> bool:
        path = environ.get("PATH_INFO", "")
        return (
            environ["REQUEST_METHOD"] in ("GET", "HEAD")
            and self._is_public(path)
            and "HTTP_AUTHORIZATION" not in environ
            and "HTTP_RANGE" not in environ
            and (_names_its_language(path) or not environ.get("HTTP_COOKIE"))
        )

    def _forget_unless(self, site: Site) -> None:
        """What is kept belongs to this state of the shelf, or is forgotten."""
        if site is not self._site:
            self._site = site
            self.plain.clear()
            self.asked.clear()

    def _made(
        self, environ: Environ, start: Start, site: Site, key: tuple[str, ...], place: Place
    ) -> Iterable[bytes]:
        """Have Django make it; keep it if it is whole, the same for all, and nothing changed meanwhile."""
        made = _Making(self._application, environ)
        now = self._state()
        if made.code >= 500 and now is not site:
            made.close()  # a package was replaced while it was read
            made = _Making(self._application, environ)
        if made.is_whole and made.is_the_same_for_all:
            answer = _answer(made, site, self._clock())
            with self._lock:
                self._forget_unless(now)
                if now is site and answer.size <= place.most_bytes:
                    place.keep(key, answer)
            return _answered(answer, environ, start)[1]
        start(made.status, made.headers, *made.exception)
        if environ["REQUEST_METHOD"] == "HEAD":
            made.close()
            return []
        return made


class _Making:
    """An answer as the application makes it, read ahead as far as may be kept. HEAD is asked as GET."""

    def __init__(self, application: Application, environ: Environ) -> None:
        self.status, self.headers, self.exception = "500 Internal Server Error", Headers(), ()
        self._answer = application({**environ, "REQUEST_METHOD": "GET"}, self._start)
        self._rest = iter(self._answer)
        self._read: list[bytes] = []
        self.is_whole = self._is_closed = False
        self._read_ahead()

    def _start(self, status: str, headers: Headers, *exception: Any) -> None:
        self.status, self.headers, self.exception = status, headers, exception  # type: ignore[assignment]

    def _read_ahead(self) -> None:
        if self._said_length() > LARGEST:
            return
        size = 0
        for chunk in self._rest:
            self._read.append(chunk)
            size += len(chunk)
            if size > LARGEST:
                return
        self.is_whole = True
        self.close()

    def _said_length(self) -> int:
        return next((int(value) for name, value in self.headers if name.lower() == "content-length"), 0)  # fmt: skip

    @property
    def code(self) -> int:
        return int(self.status[:3])

    @property
    def body(self) -> bytes:
        return b"".join(self._read)

    @property
    def is_the_same_for_all(self) -> bool:
        told = {name.lower(): value.lower() for name, value in self.headers}
        varies = {one.strip() for one in told.get("vary", "").split(",")} - {""}
        control = told.get("cache-control", "")
        return (
            self.code == 200
            and "set-cookie" not in told
            and "content-encoding" not in told
            and varies <= {"accept-encoding", "accept-language"}
            and not any(word in control for word in ("private", "no-store"))
        )

    def __iter__(self) -> Iterator[bytes]:
        yield from self._read
        yield from self._rest

    def close(self) -> None:
        """Once, however often the web server and we ask for it."""
        close = getattr(self._answer, "close", None)
        if close and not self._is_closed:
            self._is_closed = True
            close()


def _answer(made: _Making, site: Site, now: float) -> Answer:
    body = made.body
    kind = next((value for name, value in made.headers if name.lower() == "content-type"), "")
    packed = b""
    if len(body) > _SHORT and kind.startswith(_WORDS):
        packed = gzip.compress(body, 6, mtime=0)
    headers = [one for one in made.headers if one[0].lower() not in _OF_ONE_REQUEST]
    said = {name.lower() for name, _ in headers}
    if "cache-control" not in said:
        headers.append(("Cache-Control", "public, no-cache"))
    if "last-modified" not in said and (since := _since(site)):
        headers.append(("Last-Modified", since))
    vary = "Accept-Encoding"
    if any(name.lower() == "vary" and "language" in value.lower() for name, value in made.headers):
        vary = "Accept-Language, Accept-Encoding"
    headers.append(("Vary", vary))
    tag = hashlib.sha256(body).hexdigest()[:32]
    return Answer(tuple(headers), body, packed if len(packed) < len(body) else b"", tag, now)


def _since(site: Site) -> str:
    """When the newest of what is shown was shown first.

    Told, and never asked about: a package that was taken away leaves an older moment behind, so only
    the tag says whether an answer is still the same.
    """
    shown = site.shelf.shown_at(site.now).values()
    moments = [versions[0].head.shown_from for versions in shown]
    return format_datetime(max(moments), usegmt=True) if moments else ""


def _answered(answer: Answer, environ: Environ, start: Start) -> tuple[int, list[bytes]]:
    """Say a kept answer in the manner that was asked for: compressed, or "not modified", or its head."""
    is_packed = bool(answer.packed) and _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
    headers: Headers = [*answer.headers, ("ETag", f'"{answer.tag}{"-gzip" if is_packed else ""}"')]
    if _has_it(answer, environ.get("HTTP_IF_NONE_MATCH", "")):
        kept = [one for one in headers if one[0].lower() != "content-type"]
        start("304 Not Modified", kept)
        return 304, []
    body = answer.packed if is_packed else answer.body
    if is_packed:
        headers.append(("Content-Encoding", "gzip"))
    headers.append(("Content-Length", str(len(body))))
    start("200 OK", headers)
    return 200, [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _has_it(answer: Answer, said: str) -> bool:
    tags = {one.strip().removeprefix("W/") for one in said.split(",")}
    return not tags.isdisjoint({"*", f'"{answer.tag}"', f'"{answer.tag}-gzip"'})


def _takes_gzip(said: str) -> bool:
    """
    >>> _takes_gzip("br, gzip"), _takes_gzip("gzip;q=0"), _takes_gzip("identity"), _takes_gzip("*")
    (True, False, False, False)
    """
    for one in said.lower().split(","):
        name, _, quality = one.partition(";")
        if name.strip() == "gzip":
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _key(environ: Environ) -> tuple[str, ...]:
    """Everything that the answer depends on. A page says its own address, so the host is part of it."""
    path = environ.get("PATH_INFO", "")
    return (
        path,
        environ.get("QUERY_STRING", ""),
        environ.get("wsgi.url_scheme", ""),
        environ.get("HTTP_HOST", ""),
        environ.get("HTTP_X_FORWARDED_PROTO", ""),
        environ.get("HTTP_HX_REQUEST", ""),
        "" if _names_its_language(path) else environ.get("HTTP_ACCEPT_LANGUAGE", ""),
    )


def _names_its_language(path: str) -> bool:
    return path.startswith(("/zh-hans/", "/en/"))
