"""What a message may be; its number and code; that nothing of a person is where it should not be."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from steelyard.website.messages.rules import (
    MOVES,
    Sent,
    State,
    lookup_of,
    may_move,
    read_message,
    received,
    refusals_of,
    written,
)

NOW = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
ONCE = "a value that the form was given"
SENT = Sent(name="梁敏", mail="liang@example.org", subject="一处错误", text="第三行\r\n不对。")


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"mail": ""}, []),
        ({"name": " ", "text": ""}, ["no_name", "no_text"]),
        ({"trap": "http://spam.example"}, ["machine"]),
        ({"mail": "nobody"}, ["no_mail_address"]),
        ({"mail": "a@b.cn\nBcc: c@d.cn"}, ["mail_lines", "no_mail_address"]),
        ({"subject": "a\r\nBcc: c@d.cn"}, ["subject_lines"]),
        ({"text": "x" * 4001}, ["text_too_long"]),
    ],
)
def test_a_message_is_refused_for_every_reason(change: dict[str, str], codes: list[str]) -> None:
    assert [one.code for one in refusals_of(replace(SENT, **change))] == codes


def test_the_same_form_sent_twice_is_the_same_message() -> None:
    first, receipt = received(SENT, ONCE, NOW)
    again, same = received(SENT, ONCE, NOW.replace(minute=50))
    assert (first.digest, receipt) == (again.digest, same)
    other, _ = received(SENT, "another form", NOW)
    assert other.number != first.number


def test_number_and_code_find_the_message_and_the_code_is_kept_nowhere() -> None:
    message, receipt = received(SENT, ONCE, NOW)
    assert message.lookup == lookup_of(receipt.number, receipt.code.lower())
    assert message.lookup != lookup_of(receipt.number, "AAAA-AAAA-AAAA-AAAA")
    plain = receipt.code.replace("-", "")
    assert receipt.code not in written(message).decode()
    assert plain not in written(message).decode()


def test_a_message_is_read_as_it_was_written() -> None:
    message, _ = received(SENT, ONCE, NOW)
    assert read_message(written(message)) == message


@pytest.mark.parametrize(
    "change",
    [
        {"format": "steelyard-message/2"},
        {"number": "../../x"},
        {"lookup": "x"},
        {"sent_at": "2026-01-05T09:30:00"},
        {"text": ""},
        {"subject": "a\nBcc: x@y.cn"},
        {"name": 7},
        {"more": "x"},
    ],
)
def test_a_file_that_is_no_message_is_refused(change: dict[str, object]) -> None:
    message, _ = received(SENT, ONCE, NOW)
    document = json.loads(written(message)) | change
    with pytest.raises((ValueError, TypeError)):
        read_message(json.dumps(document).encode())


@pytest.mark.parametrize("now", State)
@pytest.mark.parametrize("to", State)
def test_a_message_moves_as_the_table_says(now: State, to: State) -> None:
    assert may_move(now, to) is (to in MOVES[now])
    assert not (now is State.ANSWERED and may_move(now, to))
