"""A message is taken in once, answered within its days, and forgotten; the trail never knew its sender."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client, override_settings

from steelyard.kernel.faults import Faulty
from steelyard.kernel.refusals import Refused
from steelyard.kernel.working_days import WorkingDays
from steelyard.letterbox.sealing import office_key, public_half
from steelyard.notices.models import Deadline
from steelyard.notices.queries import load_calendar
from steelyard.notices.rules.mails import Event
from steelyard.notices.transport import Outcome
from steelyard.people.rules.roles import Role
from steelyard.trail.models import Entry
from steelyard.website.messages import actions
from steelyard.website.messages.models import PublicMessage
from steelyard.website.messages.outbox import put_message
from steelyard.website.messages.promise import answer_days
from steelyard.website.messages.rules import Message, Sent, received
from tests.people.builders import NOW, Region, person, region, signed_in

pytestmark = pytest.mark.django_db

SENT = Sent(name="梁敏", mail="liang@example.org", subject="一处错误", text="表中第三行不对。")
FORM = {
    "name": "梁敏",
    "mail": "",
    "subject": "一处错误",
    "text": "表中第三行不对。",
    "once": "o" * 24,
}


def message(**change: str) -> Message:
    return received(replace(SENT, **change), "once", NOW)[0]


@pytest.fixture
def guangdong() -> Region:
    return region()


def taken(**change: str) -> PublicMessage:
    assert actions.take_message(message(**change), now=NOW)
    return PublicMessage.objects.latest("pk")


def test_a_message_is_taken_in_once_and_its_days_run(guangdong: Region) -> None:
    person("e", Role.EDITOR, guangdong.guangdong)
    row = taken()
    assert not actions.take_message(message(), now=NOW + timedelta(hours=1))
    (deadline,) = Deadline.objects.all()
    assert (deadline.role, deadline.organisation, deadline.object_id) == (
        "editor",
        guangdong.guangdong,
        row.pk,
    )
    calendar: WorkingDays = load_calendar()
    assert isinstance(calendar, WorkingDays)
    assert row.due == deadline.due > NOW.date() + timedelta(answer_days())


def test_the_trail_never_knew_who_sent_it(guangdong: Region) -> None:
    taken()
    told = json.dumps([[one.before, one.after] for one in Entry.objects.all()], ensure_ascii=False)
    for secret in (SENT.name, SENT.mail, SENT.subject, SENT.text):
        assert secret not in told


def carried(folder: Path) -> tuple[int, int, tuple[str, ...]]:
    """What ``steelyard messages FOLDER`` does."""
    taken = actions.take_folder(folder, now=NOW)
    return taken.new, taken.known, taken.refused


def test_a_folder_is_taken_in_once_and_what_is_no_message_is_named(
    guangdong: Region, tmp_path: Path
) -> None:
    with override_settings(MESSAGES=tmp_path):
        assert put_message(message(), now=NOW)
        assert not put_message(message(), now=NOW)
        put_message(message(text="另一件"), now=NOW)
    (tmp_path / "x.json").write_text("{}")
    new, known, refused = carried(tmp_path)
    assert (new, known, len(refused)) == (2, 0, 1)
    new, known, refused = carried(tmp_path)
    assert (new, known, len(refused)) == (0, 2, 1)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("2*.json")} == {0o600}


def test_an_editor_answers_and_the_deadline_is_met(guangdong: Region) -> None:
    editor, row = person("e", Role.EDITOR, guangdong.guangdong), taken()
    client = signed_in(editor)
    assert row.subject in client.get("/messages/").text
    assert client.post(f"/messages/{row.pk}/answer/", {"answer": " "}).status_code == 422
    assert client.post(f"/messages/{row.pk}/answer/", {"answer": "已更正。"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.answer, row.ended_by) == ("answered", "已更正。", editor)
    assert Deadline.objects.get().end in ("met", "")
    with pytest.raises(Refused):
        actions.close_message(message=row.pk, by=editor.pk, now=NOW)


def test_who_is_no_editor_answers_nothing_and_an_editor_publishes_no_answer(
    guangdong: Region,
) -> None:
    row, clerk = taken(), person("k", Role.CLERK, guangdong.guangdong)
    editor = person("e", Role.EDITOR, guangdong.guangdong)
    with pytest.raises(Refused):
        actions.answer_message(message=row.pk, answer="a", by=clerk.pk, now=NOW)
    actions.answer_message(message=row.pk, answer="a", by=editor.pk, now=NOW)
    with pytest.raises(Refused):
        actions.publish_answer(message=row.pk, question="q", answer="a", by=editor.pk, now=NOW)


def test_whoever_wrote_the_answer_takes_it_off_but_does_not_publish_it(guangdong: Region) -> None:
    row, moderator = taken(), person("m", Role.MODERATOR, guangdong.guangdong)
    other = person("m2", Role.MODERATOR, guangdong.guangdong)
    actions.answer_message(message=row.pk, answer="已更正。", by=moderator.pk, now=NOW)
    public, address = (
        {"question": "哪里不对？", "answer": "已更正。"},
        f"/messages/{row.pk}/publish/",
    )
    own, others = signed_in(moderator), signed_in(other)
    assert "another moderator" in own.get(f"/messages/{row.pk}/").text
    refused = own.post(address, public)
    assert (refused.status_code, "another moderator" in refused.text) == (422, True)
    assert "another moderator" not in others.get(f"/messages/{row.pk}/").text
    assert others.post(address, public).status_code == 302
    row.refresh_from_db()
    assert row.public_answer == "已更正。"
    assert own.post(address, {"question": "", "answer": ""}).status_code == 302
    row.refresh_from_db()
    assert row.public_answer == ""


def test_an_answer_is_mailed_once_and_a_doubtful_mail_never_again(
    guangdong: Region, settings: Any
) -> None:
    settings.MAIL = replace(settings.MAIL, is_on=True)
    editor, sent = person("e", Role.EDITOR, guangdong.guangdong), []

    def transport(mail: EmailMessage) -> Outcome:
        sent.append(mail)
        return Outcome(Event.NO_ANSWER, "Timeout")

    for row in (taken(), taken(mail="", text="无邮箱")):
        actions.answer_message(message=row.pk, answer="已更正。", by=editor.pk, now=NOW)
    assert actions.mail_answers(now=NOW, transport=transport) == 1
    assert actions.mail_answers(now=NOW, transport=transport) == 0
    assert [one.to for one in sent] == [["liang@example.org"]]
    assert PublicMessage.objects.get(mail="liang@example.org").mail_trouble == "Timeout"


def test_what_is_published_names_nobody(guangdong: Region, shelf_of_ours: Path) -> None:
    row = taken()
    package = actions.publish_messages(now=NOW)
    assert package is not None
    content = package.read("messages.json").decode()
    for secret in (SENT.name, SENT.mail, SENT.subject, SENT.text, row.number):
        assert secret not in content
    taken(text="另一件")
    soon = NOW + timedelta(
        seconds=1
    )  # the page looks by the clock, perhaps a moment after NOW was read
    assert actions.publish_messages(now=soon) == package, "what is received goes out every hour"
    moderator = person("m", Role.MODERATOR, guangdong.guangdong)
    actions.answer_message(message=row.pk, answer="已更正。", by=moderator.pk, now=soon)
    answered = actions.publish_messages(now=soon)
    assert answered.head.number == 2, "that it was answered goes out at once"
    assert answered.document("messages.json")["states"][row.lookup]["state"] == "answered"
    other = person("m2", Role.MODERATOR, guangdong.guangdong)
    actions.publish_answer(
        message=row.pk, question="哪里不对？", answer="已更正。", by=other.pk, now=NOW
    )
    after = actions.publish_messages(now=soon)
    assert after is not None
    assert after.head.number == 3
    assert "哪里不对？" in Client().get("/zh-hans/contact/").text


def test_who_sent_it_is_struck_out_after_a_year(guangdong: Region) -> None:
    editor, row = person("e", Role.EDITOR, guangdong.guangdong), taken()
    actions.answer_message(message=row.pk, answer="a", by=editor.pk, now=NOW)
    assert actions.forget_people(now=NOW + timedelta(364)) == 0
    assert actions.forget_people(now=NOW + timedelta(366)) == 1
    row.refresh_from_db()
    assert (row.name, row.mail, row.subject) == ("", "", SENT.subject)


def test_the_contact_page_takes_a_message_without_cookie_and_tells_its_state(
    guangdong: Region, shelf_of_ours: Path
) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/en/contact/", FORM)
    assert (answer.status_code, len(answer.cookies)) == (200, 0)
    assert answer["Cache-Control"] == "no-store"
    receipt = answer.context["receipt"]
    asked = {"number": receipt.number, "code": receipt.code}
    assert "received, to be answered" in client.post("/en/contact/state/", asked).text
    wrong = client.post("/en/contact/state/", asked | {"code": "AAAA"}).text
    assert "No message is known" in wrong
    assert PublicMessage.objects.count() == 1
    client.post("/en/contact/", FORM)
    assert PublicMessage.objects.count() == 1


def test_a_machine_a_flood_and_a_fault_are_refused_with_what_was_typed(guangdong: Region) -> None:
    client = Client()
    assert client.post("/en/contact/", FORM | {"website": "x"}).status_code == 422
    wrong = client.post("/en/contact/", FORM | {"mail": "nobody"})
    assert wrong.status_code == 422
    assert "一处错误" in wrong.text
    told = [client.post("/en/contact/", FORM | {"text": str(n)}).status_code for n in range(6)]
    assert told == [200] * 5 + [429]


def test_a_box_that_cannot_keep_a_message_says_so(guangdong: Region, settings: Any) -> None:
    settings.TAKES_MESSAGES = "steelyard.website.messages.outbox.put_message"
    settings.MESSAGES = None
    answer = Client().post("/en/contact/", FORM)
    assert answer.status_code == 503
    assert "out of order" in answer.text


def test_who_looks_up_too_often_is_told_so_and_may_still_write(guangdong: Region) -> None:
    client, asked = Client(), {"number": "20260105-ABCDEF", "code": "AAAA"}
    told = [client.post("/en/contact/state/", asked) for _ in range(6)]
    assert [one.status_code for one in told] == [200] * 5 + [429]
    assert "asked too often" in told[-1].text
    assert "No message is known" not in told[-1].text
    assert client.post("/en/contact/", FORM).status_code == 200


def test_count_that_cannot_be_kept_takes_no_message(
    guangdong: Region, settings: Any, tmp_path: Path
) -> None:
    settings.COUNTS_SENDERS = tmp_path  # a folder, not a file
    assert Client().post("/en/contact/", FORM).status_code == 503
    assert Client().post("/en/contact/state/", {"number": "1", "code": "1"}).status_code == 503
    assert not PublicMessage.objects.exists()


def test_promise_is_the_sites_own_and_says_so(guangdong: Region) -> None:
    page = Client().get("/en/contact/").text
    assert f"promises an answer within {answer_days()} working days" in page
    assert "for requests of disclosure" in page


@pytest.mark.parametrize("written", ["", "[messages]\nanswer_working_days = 0",
                                     "[messages]\nanswer_working_days = 90"])  # fmt: skip
def test_region_that_promises_nothing_that_would_pass_is_refused(
    written: str, tmp_path: Path
) -> None:
    path = tmp_path / "website.toml"
    path.write_text(written)
    with pytest.raises(Faulty, match="no-answer-days"):
        answer_days(path)


def outside(folder: Path) -> Any:
    return override_settings(MESSAGES=folder)


def test_message_is_sealed_outside_and_opened_by_the_office_alone(
    guangdong: Region, shelf_of_ours: Path, tmp_path: Path, settings: Any
) -> None:
    actions.publish_messages(now=NOW)
    box = tmp_path / "box"
    with outside(box):
        assert put_message(message(), now=NOW)
        assert not put_message(message(), now=NOW), "the same message is the same file"
    (path,) = box.glob("*.json")
    for secret in (SENT.name, SENT.mail, SENT.subject, SENT.text):
        assert secret not in path.read_text(encoding="utf-8")
    ours, settings.SEALING_KEY = settings.SEALING_KEY, tmp_path / "another.key"
    new, _, refused = carried(box)
    assert (new, len(refused)) == (0, 1)
    assert "sealed to another key" in refused[0]
    settings.SEALING_KEY = ours
    assert carried(box) == (1, 0, ())
    assert PublicMessage.objects.get().text == SENT.text


@pytest.mark.parametrize("field", ["key", "content", "format"])
def test_sealed_message_that_was_changed_is_refused(
    guangdong: Region, shelf_of_ours: Path, tmp_path: Path, field: str
) -> None:
    actions.publish_messages(now=NOW)
    with outside(tmp_path / "box"):
        put_message(message(), now=NOW)
    (path,) = (tmp_path / "box").glob("*.json")
    document = json.loads(path.read_bytes())
    document[field] = document[field][::-1]
    path.write_text(json.dumps(document))
    new, known, refused = carried(tmp_path / "box")
    assert (new, known, len(refused)) == (0, 0, 1)


def test_key_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "messages.key"
    first = public_half(office_key(path))
    assert public_half(office_key(path)) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["messages.key"]
