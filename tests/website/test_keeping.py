"""What is kept of the public site, for how long, and what never is."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory, override_settings

from steelyard.publication.publishing import publish
from steelyard.publication.shelf import Shelf, read_shelf
from steelyard.website.keeping import LARGEST, OLDEST, Kept
from steelyard.website.site import Site, site_at
from tests.publication.papers import KEY, NINE, assessment, files, head, unit

Told = dict[str, str]


class Application:
    """Counts how often it is asked, and answers as it was told."""

    def __init__(self, body: bytes = b"x" * 2000, status: str = "200 OK", **headers: str) -> None:
        self.asked: list[str] = []
        self.body, self.status, self.closed = body, status, 0
        self.headers = {"Content-Type": "text/html; charset=utf-8"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        self.meanwhile: Callable[[], object] = lambda: None

    def __call__(self, environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        self.asked.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        self.meanwhile()
        start(self.status, list(self.headers.items()))
        return _Body(self)


class _Body(list[bytes]):
    def __init__(self, of: Application) -> None:
        super().__init__([of.body[:7], of.body[7:]])
        self.of = of

    def close(self) -> None:
        self.of.closed += 1


class Asking:
    """A kept application, its clock, and the state of the shelf."""

    def __init__(self, application: Application, **bounds: int) -> None:
        self.now, self.site = 0.0, Site(Shelf(), NINE, ())
        self.seen: list[tuple[str, int]] = []
        self.kept = Kept(
            application, lambda path: path != "/office/", state=lambda: self.site,
            clock=lambda: self.now,
            noted=lambda _, path, status, __: self.seen.append((path, status)), **bounds,
        )  # fmt: skip

    def ask(self, path: str = "/en/", **more: str) -> tuple[int, Told, bytes]:
        method = more.pop("method", "GET")
        environ = RequestFactory().generic(method, path).environ | more
        told: list[Any] = []
        body = self.kept(environ, lambda status, headers, *_: told.extend([status, headers]))
        content = b"".join(body)
        getattr(body, "close", lambda: None)()
        return int(told[0][:3]), dict(told[1]), content

    def change(self) -> None:
        self.site = Site(Shelf(), NINE, ())


def test_a_page_is_made_once() -> None:
    application = Application()
    asking = Asking(application)
    assert asking.ask()[0] == 200
    status, told, body = asking.ask()
    assert (status, body, application.asked) == (200, application.body, ["GET /en/"])
    assert told["Content-Length"] == "2000"
    assert told["Cache-Control"] == "public, no-cache"
    assert application.closed == 1
    assert asking.seen == [("/en/", 200)]


def test_it_is_compressed_once_and_said_as_it_is_asked_for() -> None:
    asking = Asking(Application())
    _, told, packed = asking.ask(HTTP_ACCEPT_ENCODING="gzip, br")
    assert told["Content-Encoding"] == "gzip"
    assert told["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed) == b"x" * 2000
    _, plain, body = asking.ask(HTTP_ACCEPT_ENCODING="gzip;q=0")
    assert "Content-Encoding" not in plain
    assert body == b"x" * 2000
    assert plain["ETag"] != told["ETag"]


def test_whoever_has_it_is_told_that_nothing_changed() -> None:
    asking = Asking(Application())
    tag = asking.ask()[1]["ETag"]
    status, told, body = asking.ask(HTTP_IF_NONE_MATCH=f'"other", W/{tag}')
    assert (status, body, told["ETag"]) == (304, b"", tag)
    assert "Content-Length" not in told
    assert asking.ask(HTTP_IF_NONE_MATCH='"other"')[0] == 200


def test_the_head_of_a_page_is_the_page_without_its_body() -> None:
    application = Application()
    asking = Asking(application)
    status, told, body = asking.ask(method="HEAD")
    assert (status, body, told["Content-Length"]) == (200, b"", "2000")
    assert asking.ask()[2] == application.body
    assert application.asked == ["GET /en/"]


def test_the_head_of_an_error_has_no_body_either() -> None:
    asking = Asking(Application(status="404 Not Found"))
    assert asking.ask(method="HEAD")[::2] == (404, b"")


def test_everything_is_forgotten_when_the_shelf_changes() -> None:
    application = Application(b"old" * 500)
    asking = Asking(application)
    old = asking.ask()[1]["ETag"]
    application.body = b"new" * 500
    asking.change()
    status, told, body = asking.ask(HTTP_IF_NONE_MATCH=old)
    assert (status, body) == (200, b"new" * 500)
    assert told["ETag"] != old


def test_an_answer_that_was_overtaken_while_it_was_made_is_not_kept() -> None:
    application = Application(b"old" * 500)
    asking = Asking(application)
    application.meanwhile = asking.change
    asking.ask()
    application.body, application.meanwhile = b"new" * 500, lambda: None
    assert asking.ask()[2] == b"new" * 500


def test_a_failure_over_a_package_that_was_replaced_meanwhile_is_tried_again() -> None:
    application = Application(status="500 Internal Server Error")
    asking = Asking(application)

    def once() -> None:
        asking.change()
        application.status = "200 OK" if len(application.asked) == 2 else application.status

    application.meanwhile = once
    assert asking.ask()[0] == 200
    assert len(application.asked) == application.closed == 2


def test_an_answer_grows_old() -> None:
    application = Application()
    asking = Asking(application)
    asking.ask()
    asking.now = OLDEST + 1
    asking.ask()
    assert len(application.asked) == 2


@pytest.mark.parametrize(
    "application",
    [
        Application(Set_Cookie="a=b"), Application(Vary="Cookie"),
        Application(Cache_Control="private"), Application(Cache_Control="no-store"),
        Application(status="404 Not Found"), Application(status="302 Found"),
        Application(body=b"x" * (LARGEST + 1)),
    ],
    ids=["cookie", "vary", "private", "no-store", "missing", "moved", "large"],
)  # fmt: skip
def test_what_is_not_the_same_for_all_is_passed_on_as_it_is(application: Application) -> None:
    asking = Asking(application)
    for _ in range(2):
        status, told, body = asking.ask(HTTP_ACCEPT_ENCODING="gzip")
        assert (f"{status}", body) == (application.status[:3], application.body)
        assert told == application.headers
    assert len(application.asked) == application.closed == 2


@pytest.mark.parametrize(
    "more",
    [
        {"method": "POST"}, {"path": "/office/"}, {"HTTP_AUTHORIZATION": "Basic eA=="},
        {"HTTP_RANGE": "bytes=0-1"}, {"path": "/sitemap.xml", "HTTP_COOKIE": "language=en"},
    ],
    ids=["post", "office", "authorization", "range", "cookie"],
)  # fmt: skip
def test_what_may_differ_from_one_to_another_is_not_even_looked_up(more: Told) -> None:
    application = Application()
    asking = Asking(application)
    for _ in range(2):
        asking.ask(**dict(more))
    assert len(application.asked) == 2


def test_one_address_of_the_site_is_not_told_at_another() -> None:
    application = Application()
    asking = Asking(application)
    for host in ("a", "b"):
        asking.ask(HTTP_HOST=host)
    assert len(application.asked) == 2


def test_made_up_questions_do_not_drive_out_the_pages() -> None:
    application = Application()
    asking = Asking(application, most_bytes=10_000, most_bytes_asked=10_000)
    asking.ask("/en/")
    for at in range(50):
        asking.ask(f"/en/?made={at}")
    assert asking.kept.asked.size <= 10_000
    asking.ask("/en/")
    assert application.asked.count("GET /en/") == 51
    asking.ask("/en/?made=49")
    assert len(application.asked) == 51


def test_what_was_not_asked_for_longest_goes_first() -> None:
    application = Application()
    asking = Asking(application, most_bytes=5_500)
    for path in ("/en/1/", "/en/2/", "/en/1/", "/en/3/", "/en/1/"):
        asking.ask(path)
    assert application.asked == ["GET /en/1/", "GET /en/2/", "GET /en/3/"]


@pytest.fixture
def own(tmp_path: Path) -> Iterable[Path]:
    with override_settings(PUBLICATIONS=tmp_path, PUBLICATION_KEYS=(KEY.public,)):
        yield tmp_path


def shown(now: datetime) -> Asking:
    asking = Asking(Application())
    asking.kept = Kept(WSGIHandler(), lambda _: True, state=lambda: site_at(now))
    return asking


def test_a_kept_page_is_corrected_at_once(own: Path) -> None:
    publish(own, head(), files(), KEY)
    asking = shown(datetime.now(UTC))
    page = "/en/results/guangdong-2021/"
    before = asking.ask(page)[1]["ETag"]
    assert asking.ask(page, HTTP_IF_NONE_MATCH=before)[0] == 304
    better = assessment(unit("x", "1", "9.75"), unit("y", "2", "8"))
    later = head(published_at=NINE + timedelta(hours=1))
    publish(own, later, files(better), KEY, reason=later.title)
    status, _, body = asking.ask(page, HTTP_IF_NONE_MATCH=before)
    assert status == 200
    assert b"9.75" in body


def test_the_kept_page_says_when_its_newest_publication_was_first_shown(own: Path) -> None:
    publish(own, head(), files(), KEY)
    _, told, _ = shown(datetime.now(UTC)).ask("/en/results/")
    assert told["Last-Modified"] == "Tue, 01 Mar 2022 01:00:00 GMT"


def test_a_damaged_package_is_not_shown_and_the_others_are(own: Path) -> None:
    publish(own, head(), files(), KEY)
    bad = publish(own, head(series="guangdong-2020"), files(), KEY).path
    content = bytearray(bad.read_bytes())
    at = content.index(b"assessment.json") + len("assessment.json") + 5
    content[at] ^= 0xFF
    bad.write_bytes(bytes(content))
    shelf = read_shelf(own, [KEY.public])
    assert [one.head.series for one in shelf.packages] == ["guangdong-2021"]
    assert shelf.faults
    assert shown(datetime.now(UTC)).ask("/en/results/guangdong-2021/")[0] == 200
