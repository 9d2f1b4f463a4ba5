"""The form for leads outside: sealed at once, no cookie, nothing kept by the browser, all faults at once."""

from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.test import Client

from steelyard.letterbox.leads import LeadLetter, read_letter
from steelyard.letterbox.sealing import opened, public_half
from steelyard.publication.package import Head
from steelyard.publication.publishing import publish
from steelyard.website.messages import public
from tests.website.shelf import KEY, PUBLISHED_AT

SEALING = X25519PrivateKey.generate()
WHO, REACH, TEXT = "鸩鹮举报人", "13999990000", "鸓鷅的台账是补做的"
FORM = {
    "unit": "", "item": "", "matter": "", "text": TEXT, "place": "某镇市场", "happened": "去年底",
    "name": WHO, "contact": REACH, "once": "o" * 24,
}  # fmt: skip


@pytest.fixture
def box(settings: Any, tmp_path: Path) -> Path:
    """Where leads lie outside."""
    settings.TAKES_LEADS = "steelyard.website.leads.put_lead"
    settings.MESSAGES = tmp_path / "outbox"
    return settings.MESSAGES


@pytest.fixture
def with_key(shelf: Path, settings: Any, tmp_path: Path) -> None:
    """On the shelf the office names the key that it is to be sealed to."""
    settings.PUBLICATIONS = tmp_path / "shelf"
    shutil.copytree(shelf, settings.PUBLICATIONS)
    head = Head(kind="prose", series=public.SERIES, title=public.TITLE, published_at=PUBLISHED_AT)
    document = public.document_of([], public_half(SEALING))
    publish(settings.PUBLICATIONS, head, {public.FILE: public.written(document)}, KEY)


def sent(**changes: str) -> Any:
    return Client(enforce_csrf_checks=True).post("/en/report/", FORM | changes)


def in_the(box: Path) -> list[LeadLetter]:
    return [read_letter(opened(one.read_bytes(), SEALING)) for one in sorted(box.glob("*.json"))]


def test_a_lead_is_sealed_before_it_lies_anywhere(with_key: None, box: Path) -> None:
    answer = sent()
    (letter,) = in_the(box)
    assert (answer.status_code, len(answer.cookies)) == (200, 0)
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert letter.number in answer.text
    assert (letter.name, letter.contact, letter.text) == (WHO, REACH, TEXT)
    for word in (WHO, REACH, "鸓鷅", "某镇市场"):
        assert word not in answer.text, "what was typed is not shown again"
    (path,) = box.glob("*.json")
    assert path.stat().st_mode & 0o777 == 0o600
    kept = path.read_text(encoding="utf-8")
    assert set(json.loads(kept)) == {"format", "key", "content"}
    assert [one.name for one in box.iterdir()] == [f"{letter.number}.json"]


def test_sent_twice_is_one_lead_with_one_receipt(with_key: None, box: Path) -> None:
    first, again = sent(), sent()
    assert first.context["receipt"] == again.context["receipt"]
    assert len(in_the(box)) == 1


def test_nobody_need_say_who_they_are(with_key: None, box: Path) -> None:
    assert sent(name="", contact="").status_code == 200
    (letter,) = in_the(box)
    assert (letter.name, letter.contact) == ("", "")


def test_without_a_key_of_the_office_nothing_is_kept(box: Path) -> None:
    answer = sent()
    assert answer.status_code == 503
    assert "nothing was kept" in answer.text
    assert TEXT in answer.text
    assert not box.exists()


def test_all_faults_are_said_at_once_with_what_was_typed(with_key: None, box: Path) -> None:
    answer = sent(text="", place="", unit="", item="nothing", matter="半句", website="x")
    assert answer.status_code == 422
    assert {one.code for one in answer.context["refusals"]} == {
        "machine", "no_place", "no_text", "unknown_item",
    }  # fmt: skip
    assert 'aria-invalid="true"' in answer.text
    assert 'value="半句"' in answer.text
    assert f'value="{WHO}"' in answer.text
    assert answer["Cache-Control"] == "no-store"
    assert not box.exists()


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"text": "<script>alert(1)</script>"}, 200),
        ({"text": "=cmd|' /C calc'!A0"}, 200),
        ({"unit": "440100' OR 1=1"}, 422),
        ({"text": "a\0b"}, 422),
        ({"name": "a\r\nBcc: x@y.cn"}, 422),
        ({"text": "x" * 4001}, 422),
        ({"unit": "x" * 4001}, 422),
        ({"text": "x" * (10 << 20)}, 413),
    ],
)
def test_an_attack_is_refused_or_is_only_words(
    with_key: None, box: Path, changes: dict[str, str], status: int
) -> None:
    answer = sent(**changes)
    assert answer.status_code == status
    assert "<script>alert" not in answer.text
    assert len(list(box.glob("*.json"))) == (status == 200)


def test_too_many_from_one_place_are_refused_with_what_was_typed(with_key: None, box: Path) -> None:
    answers = [sent(text=f"第{number}件") for number in range(6)]
    assert [one.status_code for one in answers] == [200] * 5 + [429]
    assert "第5件" in answers[-1].text
    assert len(in_the(box)) == 5


def test_no_log_says_what_was_sent(
    with_key: None, box: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        sent()
        sent(text="", happened="鵱鷜")
        sent(text="x" * (3 << 20))
    said = "".join(f"{one.getMessage()}{one.args}{one.exc_info}" for one in caplog.records)
    assert [word for word in (WHO, REACH, "鸓鷅", "某镇市场", "鵱鷜") if word in said] == []


def test_units_and_items_are_those_of_the_published_assessments(box: Path) -> None:
    page = Client().get("/zh-hans/report/")
    units, items = page.context["units"], page.context["items"]
    assert {"江门", "江门市"} & {title.zh for title in units.values()}
    assert items
    for form in ("unit", "item", "text", "place", "name", "contact"):
        assert f'<label for="{form}">' in page.text


def test_the_form_is_found_from_the_contact_page_an_assessment_and_every_foot() -> None:
    for address in ("/en/contact/", "/en/results/guangdong-2021/", "/en/"):
        assert 'href="/en/report/"' in Client().get(address).text, address
