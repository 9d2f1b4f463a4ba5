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
SHARED = ("", "results/", "search/?q=embargo", "search/", "sitemap/", "plan/")
ROOT = ("/sitemap.xml", "/robots.txt", "/data/", "/data/catalogue.jsonld", "/data/catalogue.json",
        f"/data/{SERIES}/ranking.csv", f"/data/{SERIES}/assessment.json", "/feeds/")  # fmt: skip
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
            said = b"".join(answer) if answer.streaming else answer.content
            assert SECRET.encode() not in said + str(answer.headers).encode(), path
            assert SERIES.encode() not in said or answer.status_code in (302, 404), path
        for path in OWN:
            assert client.get(f"/{lang}/{path}").status_code == 404


def test_it_is_there_at_the_second(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at(UNTIL, monkeypatch)
    for path in ("results/", *OWN):
        answer = Client().get(f"/en/{path}")
        assert answer.status_code == 200
        assert SECRET in answer.text


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
