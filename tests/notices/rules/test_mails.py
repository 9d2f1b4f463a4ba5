"""Which mails are written, what becomes of them, and what they do not say."""

from datetime import date, datetime, timedelta
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.kernel.working_days import WorkingDays
from steelyard.notices.rules import texts
from steelyard.notices.rules.digests import (
    Letter,
    Mode,
    Told,
    digest_is_due,
    letters_at_once,
    letters_of_the_day,
    needs_no_mail,
)
from steelyard.notices.rules.mails import MOVES, PAUSES, Event, State, not_taken
from steelyard.notices.rules.texts import OPEN_WORDS, WORDS, Kind

NOW = datetime(2026, 3, 4, 9)


def places(text: str) -> set[str]:
    return {place for _, place, _, _ in Formatter().parse(text) if place}


@pytest.mark.parametrize("kind", Kind)
def test_a_mail_says_nothing_but_open_words(kind: Kind) -> None:
    words = WORDS[kind]
    assert places(words.mail.zh) <= OPEN_WORDS
    assert places(words.mail.en) <= OPEN_WORDS


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_words_in_both_languages_with_the_same_places(kind: Kind) -> None:
    words = WORDS[kind]
    assert all((words.title.zh, words.title.en, words.mail.zh, words.mail.en))
    assert places(words.title.zh) == places(words.title.en)
    assert places(words.mail.zh) == places(words.mail.en)


def test_a_word_that_is_missing_in_one_language_is_said_in_the_other() -> None:
    words = {
        "what": {"zh": "海关备案数据", "en": ""},
        "due": {"zh": "2026-03-09", "en": "2026-03-09"},
    }
    assert texts.title(Kind.DEADLINE_STARTED, words, "en") == "海关备案数据: due by 2026-03-09"


def test_a_mail_of_one_notice_has_it_as_its_subject() -> None:
    mail = texts.mail_of(("Deine",), "李明", "http://x/notices/1/", "zh")
    assert mail.subject == "[权衡] Deine"
    assert mail.body.startswith("李明，您好：\n\nDeine\n\n请登录后查看：\nhttp://x/notices/1/\n")


def test_a_mail_of_many_lists_them() -> None:
    mail = texts.mail_of(("one", "two"), "Li Ming", "http://x/notices/", "en")
    assert mail.subject == "[Steelyard] You have 2 notices"
    assert "- one\n- two\n" in mail.body


TABLE = {
    (State.WAITING, Event.CLAIMED): State.TRYING,
    (State.TRYING, Event.ACCEPTED): State.SENT,
    (State.TRYING, Event.NOT_TAKEN): State.WAITING,
    (State.TRYING, Event.TRIED_ENOUGH): State.GIVEN_UP,
    (State.TRYING, Event.NO_ANSWER): State.UNSURE,
    (State.TRYING, Event.FOUND_DEAD): State.UNSURE,
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", Event)
def test_a_mail_moves_by_the_table_alone(state: State, event: Event) -> None:
    assert MOVES.get((state, event)) == TABLE.get((state, event))


@pytest.mark.parametrize("state", [State.SENT, State.UNSURE, State.GIVEN_UP])
def test_what_was_or_may_have_been_sent_is_never_tried_again(state: State) -> None:
    assert not [event for event in Event if (state, event) in MOVES]


def test_a_mail_that_is_not_taken_is_tried_again_later_and_later_and_then_given_up() -> None:
    answers = [not_taken(tries, NOW) for tries in range(1, len(PAUSES) + 2)]
    assert [event for event, _ in answers] == [Event.NOT_TAKEN] * 5 + [Event.TRIED_ENOUGH]
    assert [at - NOW for _, at in answers[:-1]] == list(PAUSES)
    assert sorted(PAUSES) == list(PAUSES)
    assert PAUSES[0] > timedelta(0)


told = st.builds(
    Told,
    notice=st.integers(1, 10_000),
    account=st.integers(1, 5),
    mode=st.sampled_from(Mode),
    has_address=st.booleans(),
    is_read=st.booleans(),
)


@given(st.lists(told, unique_by=lambda one: one.notice))
def test_each_notice_goes_into_one_mail_or_needs_none(waiting: list[Told]) -> None:
    letters = letters_at_once(waiting) + letters_of_the_day(waiting, date(2026, 3, 4))
    packed = sorted(notice for letter in letters for notice in letter.notices)
    assert packed == sorted(one.notice for one in waiting if not needs_no_mail(one))
    assert len({letter.key for letter in letters}) == len(letters)


@given(st.lists(told, unique_by=lambda one: one.notice))
def test_a_digest_is_one_an_account_and_day(waiting: list[Told]) -> None:
    letters = letters_of_the_day(waiting, date(2026, 3, 4))
    assert len({letter.account for letter in letters}) == len(letters)


def test_a_digest_holds_all_of_an_account_in_order() -> None:
    waiting = [
        Told(n, account, Mode.DIGEST, True, False) for n, account in ((9, 1), (3, 2), (4, 1))
    ]
    assert letters_of_the_day(waiting, date(2026, 3, 4)) == (
        Letter("digest:1:2026-03-04", 1, (4, 9)),
        Letter("digest:2:2026-03-04", 2, (3,)),
    )


def test_what_was_read_on_the_page_needs_no_mail() -> None:
    assert letters_at_once([Told(1, 1, Mode.AT_ONCE, has_address=True, is_read=True)]) == ()


@pytest.mark.parametrize(
    ("local", "due"),
    [
        (datetime(2026, 3, 4, 8, 29), False),
        (datetime(2026, 3, 4, 8, 30), True),
        (datetime(2026, 3, 4, 23, 0), True),
        (datetime(2026, 3, 7, 9, 0), False),
    ],
)
def test_a_digest_is_written_in_the_morning_of_a_working_day(local: datetime, due: bool) -> None:
    assert digest_is_due(local, WorkingDays()) == due
