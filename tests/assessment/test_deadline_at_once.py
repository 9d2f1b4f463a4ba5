"""Forty officers save across the very second in which the collection closes, by the clock of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, connections

from steelyard.assessment.actions import collection as actions
from steelyard.assessment.models import Answer, Submission
from steelyard.assessment.queries.collection import hash_of_submission
from steelyard.assessment.rules.collection.answers import Typed
from steelyard.assessment.rules.states import Stage, SubmissionState
from steelyard.kernel.refusals import Refused
from steelyard.people.models import Account, Organisation
from steelyard.people.rules.roles import Role
from steelyard.trail.models import Entry
from steelyard.trail.versions import ChangedMeanwhile
from tests.assessment.database_clock import midnight_after
from tests.assessment.year import Year
from tests.supply.office import account

pytestmark = pytest.mark.django_db(transaction=True)

ITEMS = ("A1", "A2", "B1", "B2")
OFFICERS = 5
"""For each item of both cities: forty."""
BEFORE = timedelta(seconds=1)

CLOCK = """
CREATE SCHEMA a_clock;
CREATE TABLE a_clock.ahead (by interval NOT NULL);
INSERT INTO a_clock.ahead VALUES ('0');
CREATE FUNCTION a_clock.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
    AS $$ SELECT pg_catalog.clock_timestamp() + (SELECT by FROM a_clock.ahead) $$;
"""
"""The built-in clock, which goes on, so far ahead: of every connection that looks there first."""


@pytest.fixture
def year() -> Iterator[Year]:
    found = Year()
    found.at(Stage.COLLECTING)
    _ = found.tan, found.huang
    with connection.cursor() as cursor:
        cursor.execute(CLOCK)
    yield found
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA a_clock CASCADE")


@contextmanager
def by_the_clock() -> Iterator[None]:
    """A connection of its own, under the test's clock."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SET search_path = a_clock, public, pg_catalog")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET search_path")
        connections.close_all()


def set_ahead(moment: datetime) -> None:
    """The clock shows this moment now, and goes on."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE a_clock.ahead SET by = %s - pg_catalog.clock_timestamp()", [moment])


def at_once(deeds: list[Callable[[], str]]) -> list[str]:
    with ThreadPoolExecutor(len(deeds)) as pool:
        return [one.result(timeout=300) for one in [pool.submit(deed) for deed in deeds]]


@dataclass
class Officer:
    """Saves one item again and again until it is closed; ``taken``, ``refused``: what was said each time."""

    who: Account
    submission: int
    item: str
    taken: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def work(self, everybody_has_saved: Barrier, now: datetime) -> str:
        with by_the_clock():
            version = 0
            for at in range(100_000):
                said = f"{self.who.name} {at}"
                try:
                    answer = actions.save_answer(
                        submission=self.submission, item=self.item, typed=Typed(statement=said),
                        seen=version, by=self.who.pk, now=now,
                    )  # fmt: skip
                except ChangedMeanwhile:
                    self.refused.append(said)
                    version = Answer.objects.get(submission=self.submission, item=self.item).version
                except Refused as refused:
                    self.refused.append(said)
                    return refused.refusals[0].code
                else:
                    self.taken.append(said)
                    version = answer.version
                    if len(self.taken) == 1:
                        everybody_has_saved.wait(timeout=300)
        return "never closed"


def officers(year: Year) -> list[Officer]:
    def one(unit: Organisation, item: str, at: int) -> Officer:
        who = account(f"{unit.code}{item}经办{at}", city=(Role.CITY_OFFICER, unit))
        return Officer(who, Submission.objects.get(unit=unit).pk, item)

    return [
        one(unit, item, at)
        for unit in (year.guangzhou, year.jiangmen)
        for item in ITEMS
        for at in range(OFFICERS)
    ]


def midnight(year: Year) -> datetime:
    return midnight_after(Submission.objects.get(unit=year.jiangmen).deadline.due)


def test_what_forty_save_across_the_deadline_is_kept_once_or_left_nothing(year: Year) -> None:
    """The last second begins once each has saved something, however slow the machine is."""
    closes, people = midnight(year), officers(year)
    assert len(people) == 40
    set_ahead(closes - timedelta(hours=1))
    begin = Barrier(len(people), action=lambda: set_ahead(closes - BEFORE))
    ended = at_once([lambda one=one: one.work(begin, year.now) for one in people])
    assert ended == ["closed"] * len(people)

    entries = Entry.objects.filter(table_name="assessment_answer").order_by("id")
    kept = [entry.after["statement"] for entry in entries]
    assert sorted(kept) == sorted(said for one in people for said in one.taken)
    assert len(set(kept)) == len(kept)
    assert not set(kept) & {said for one in people for said in one.refused}
    assert all(one.taken for one in people)
    assert max(entry.at for entry in entries) < closes
    assert {one.statement for one in Answer.objects.all()} == {
        entries.filter(row_id=one.pk).last().after["statement"] for one in Answer.objects.all()
    }


def test_of_forty_who_put_up_and_sign_across_the_deadline_one_does_each(year: Year) -> None:
    closes, number = midnight(year), Submission.objects.get(unit=year.jiangmen).pk
    officer = Officer(year.tan, number, "B2")
    begin = Barrier(40, action=lambda: set_ahead(closes - BEFORE))

    def put_up() -> str:
        with by_the_clock():
            begin.wait(timeout=300)
            try:
                actions.put_up(
                    submission=number, why_unanswered="其余各项本年没有内容", by=officer.who.pk,
                    now=year.now,
                )  # fmt: skip
            except Refused as refused:
                return refused.refusals[0].code
        return ""

    set_ahead(closes - timedelta(hours=1))
    done = at_once([put_up] * 40)
    assert set(done) <= {"", "wrong_state", "closed"}
    assert done.count("") <= 1
    up = Entry.objects.filter(table_name="assessment_submission", action="put_up_submission")
    assert up.count() == done.count("")
    assert all(entry.at < closes for entry in up)
    if not up:
        return
    seen = hash_of_submission(Submission.objects.get(pk=number))

    def sign() -> str:
        with by_the_clock():
            try:
                actions.decide_on(submission=number, seen_hash=seen, by=year.huang.pk, now=year.now)
            except Refused as refused:
                return refused.refusals[0].code
        return ""

    signed = at_once([sign] * 40)
    assert set(signed) <= {"", "wrong_state"}
    locked = Entry.objects.filter(
        table_name="assessment_submission", row_id=number, after__state=SubmissionState.LOCKED
    )
    assert (locked.count(), Submission.objects.get(pk=number).state) == (1, SubmissionState.LOCKED)


MOVES_THE_CLOCK = (
    "UPDATE {table} SET {column} = %s WHERE {where} RETURNING set_config('a_clock.at', %s, true)"
)


def late_in_the_trail(table: str, column: str, value: str, where: str, closes: datetime) -> None:
    """The clock comes to the deadline after the row is written and before its entry of the trail is."""
    sql = MOVES_THE_CLOCK.format(table=table, column=column, where=where)
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        try:
            cursor.execute("SELECT set_config('a_clock.at', %s, true)",
                           [(closes - timedelta(microseconds=1)).isoformat()])  # fmt: skip
            cursor.execute("SET LOCAL search_path = a_clock, public, pg_catalog")
            cursor.execute(sql, [value, closes.isoformat()])
        finally:
            cursor.execute("ROLLBACK")


@pytest.mark.parametrize(
    ("table", "column", "value", "where"),
    [
        ("assessment_answer", "statement", "x", "true"),
        ("assessment_submission", "state", "approving", "state = 'filling'"),
    ],
)
def test_no_entry_of_what_was_taken_is_later_than_the_deadline(
    year: Year, table: str, column: str, value: str, where: str
) -> None:
    number = Submission.objects.get(unit=year.jiangmen).pk
    actions.save_answer(
        submission=number, item="A1", typed=Typed(self_score="1"), seen=0, by=year.tan.pk,
        now=year.now,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION a_clock.clock_timestamp() RETURNS timestamptz LANGUAGE sql"
            " VOLATILE AS $$ SELECT current_setting('a_clock.at')::timestamptz $$"
        )
    with pytest.raises(IntegrityError, match="the submission closed at"):
        late_in_the_trail(table, column, value, where, midnight(year))
