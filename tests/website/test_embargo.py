"""Until its minute nothing of a publication is anywhere: no page, no list, no count, no file, no kept page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory, override_settings

from steelyard.kernel.bilingual import Text
from steelyard.publication.publishing import publish
from steelyard.website.keeping import Kept
from steelyard.website.site import site_at
from tests.publication.papers import KEY, NINE, assessment, files, head, unit

SECRET, UNTIL = "Zhaoqing-under-embargo", NINE + timedelta(days=30)
SECOND = timedelta(seconds=1)
SERIES = "guangdong-2022"
SHARED = ("", "results/", "search/?q=embargo", "search/", "sitemap/", "plan/", "data/")
ROOT = ("/sitemap.xml", "/sitemap-1.xml", "/robots.txt", "/data/catalog.jsonld", "/data/catalog.ttl",
        f"/data/{SERIES}/ranking.csv", f"/data/{SERIES}/assessment.json",
        "/feeds/results.zh.atom", "/feeds/results.en.atom", "/feeds/news.zh.atom")  # fmt: skip
OWN = tuple(f"results/{SERIES}/{rest}" for rest in ("", "x/", "corrections/"))


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    """One assessment that is shown, and one with other figures that is not yet."""
    publish(tmp_path, head(), files(), KEY)
    hidden = assessment(
        unit("x", "1", "9"), unit("s", "2", "8.125", title={"zh": SECRET, "en": SECRET}),
        series=SERIES, title={"zh": SECRET, "en": SECRET}, period="2022",
    )  # fmt: skip
    later = head(series=SERIES, title=Text(SECRET, SECRET), embargo_until=UNTIL)
    publish(tmp_path, later, files(hidden), KEY)
    with override_settings(PUBLICATIONS=tmp_path, PUBLICATION_KEYS=(KEY.public,)):
        yield tmp_path


def unmarked(page: bytes) -> bytes:
    """Without the marks that the search puts around what it found."""
    return page.replace(b"<mark>", b"").replace(b"</mark>", b"")


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def test_nothing_of_it_is_anywhere_a_second_before(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(UNTIL - SECOND, monkeypatch)
    client = Client()
    for lang in ("en", "zh-hans"):
        for path in (*(f"/{lang}/{one}" for one in (*SHARED, *OWN)), *ROOT):
            answer = client.get(path)
            said = unmarked(b"".join(answer) if answer.streaming else answer.content)
            assert SECRET.encode() not in said + str(answer.headers).encode(), path
            assert SERIES.encode() not in said or answer.status_code in (302, 404), path
        for path in OWN:
            assert client.get(f"/{lang}/{path}").status_code == 404


TELLING = ("/en/results/", *(f"/en/{one}" for one in OWN), "/en/search/?q=embargo", "/en/data/",
           "/en/sitemap/", "/data/catalog.jsonld", "/data/catalog.ttl", "/feeds/results.en.atom",
           "/feeds/results.zh.atom", f"/data/{SERIES}/assessment.json")  # fmt: skip
"""Where it stands once it may: an address that never says anything would prove nothing above."""


def test_it_is_there_at_the_second(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at(UNTIL, monkeypatch)
    for path in TELLING:
        answer = Client().get(path)
        assert answer.status_code == 200, path
        assert SECRET.encode() in unmarked(answer.content), path
    assert f"/en/results/{SERIES}/" in Client().get("/sitemap-1.xml").text


def test_a_kept_page_changes_at_the_second(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [UNTIL - SECOND]
    kept = Kept(WSGIHandler(), lambda _: True, state=lambda: site_at(now[0]))

    def page() -> bytes:
        at(now[0], monkeypatch)
        environ = RequestFactory().get("/en/results/").environ
        return b"".join(kept(environ, lambda *_: None))

    assert [SECRET.encode() in page() for _ in range(2)] == [False, False]
    now[0] = UNTIL
    assert SECRET.encode() in page()
    now[0] = UNTIL - SECOND  # a clock that is set back
    assert SECRET.encode() not in page()


def test_the_site_knows_when_it_changes_next(own: Path) -> None:
    assert site_at(UNTIL - SECOND).changes_at == UNTIL
    assert site_at(UNTIL).changes_at is None
