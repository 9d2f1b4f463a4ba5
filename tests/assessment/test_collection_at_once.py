"""Many officers of a city at once, each on a connection of its own: nothing is lost, nothing doubled,
nothing taken after the end."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from steelyard.assessment.actions import collection as actions
from steelyard.assessment.models import Answer, Material, Submission
from steelyard.assessment.queries.collection import hash_of, hash_of_submission, load_answers
from steelyard.assessment.rules.collection.answers import Typed
from steelyard.assessment.rules.states import Stage, SubmissionState
from steelyard.kernel.faults import Faulty
from steelyard.kernel.refusals import Refusal, Refused
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.people.sheets import Brought
from steelyard.trail.models import Entry
from steelyard.trail.versions import ChangedMeanwhile
from tests.assessment.test_collection import PDF
from tests.assessment.year import Year
from tests.supply.office import account

pytestmark = pytest.mark.django_db(transaction=True)

ITEMS = ("A1", "A2", "B1", "B2")
SAVES = 5


@pytest.fixture
def year() -> Year:
    found = Year()
    found.at(Stage.COLLECTING)
    _ = found.tan, found.huang
    return found


def officers(year: Year, count: int) -> list[Account]:
    return [account(f"经办{at}", city=(Role.CITY_OFFICER, year.jiangmen)) for at in range(count)]


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> str:
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            deed()
        except Refused as refused:
            return refused.refusals[0].code
        except ChangedMeanwhile:
            return "changed_meanwhile"
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [one.result(timeout=90) for one in [pool.submit(run, deed) for deed in deeds]]


def save(year: Year, item: str, by: Account, seen: int | None = None, **typed: Any) -> Answer:
    number = Submission.objects.get(unit=year.jiangmen).pk
    return actions.save_answer(
        submission=number, item=item, typed=Typed(**typed), seen=seen, by=by.pk, now=year.now
    )


def saved(item: str) -> list[str]:
    """Every statement that the trail has of an item, in order."""
    row = Answer.objects.get(item=item)
    entries = Entry.objects.filter(table_name="assessment_answer", row_id=row.pk).order_by("id")
    return [entry.after["statement"] for entry in entries]


def test_many_who_save_items_of_their_own_lose_and_double_nothing(year: Year) -> None:
    def work(item: str, who: Account) -> Callable[[], None]:
        def deed() -> None:
            version = 0
            for at in range(SAVES):
                answer = save(year, item, who, version, statement=f"{item} {at}")
                version = answer.version

        return deed

    people = officers(year, len(ITEMS))
    done = at_once(*(work(item, who) for item, who in zip(ITEMS, people, strict=True)))
    assert done == [""] * len(ITEMS)
    assert {item: saved(item) for item in ITEMS} == {
        item: [f"{item} {at}" for at in range(SAVES)] for item in ITEMS
    }


def test_of_many_who_save_the_same_item_one_is_kept_and_the_others_are_told(year: Year) -> None:
    people = officers(year, 6)
    for seen in (0, 1):
        deeds = [
            lambda who=who, seen=seen: save(year, "B2", who, seen, statement=f"{seen} {who.name}")
            for who in people
        ]
        assert sorted(at_once(*deeds)) == ["", *["changed_meanwhile"] * 5]
    assert [one.partition(" ")[0] for one in saved("B2")] == ["0", "1"]


def test_the_same_content_sent_at_once_by_many_is_kept_once(year: Year) -> None:
    number = Submission.objects.get(unit=year.jiangmen).pk
    deeds = [
        lambda who=who, item=item: actions.file_material(
            submission=number, item=item, name="方案.pdf", content=io.BytesIO(PDF), by=who.pk,
            now=year.now,
        )
        for who, item in zip(officers(year, 4), ITEMS, strict=True)
    ]  # fmt: skip
    assert at_once(*deeds) == [""] * 4
    assert Material.objects.get().uses.count() == 4


def test_what_is_saved_while_it_is_put_up_and_signed_is_signed_or_refused(year: Year) -> None:
    """Whoever comes too late is told; what was signed is what is there."""
    people = officers(year, 4)
    number = Submission.objects.get(unit=year.jiangmen).pk

    def sign() -> None:
        actions.put_up(
            why_unanswered="其余各项本年没有内容", submission=number, by=year.tan.pk, now=year.now
        )
        seen = hash_of_submission(Submission.objects.get(pk=number))
        actions.decide_on(submission=number, seen_hash=seen, by=year.huang.pk, now=year.now)

    deeds = [
        lambda item=item, who=who: save(year, item, who, self_score="1")
        for item, who in zip(ITEMS, people, strict=True)
    ]
    *saves, signing = at_once(*deeds, sign)
    assert signing == ""
    found = Submission.objects.get(pk=number)
    assert found.state == SubmissionState.LOCKED
    answers = load_answers(found)
    assert set(answers) == {i for i, code in zip(ITEMS, saves, strict=True) if code == ""}
    assert {code for code in saves if code} <= {"not_filling"}
    assert found.content_hash == hash_of(answers, found.why_unanswered)


def test_a_sheet_and_a_form_at_once_leave_both_or_say_so(year: Year) -> None:
    number = Submission.objects.get(unit=year.jiangmen).pk
    one, two = officers(year, 2)
    content = b"item,self-score,version\nA1,5,0\nA2,6,0\n"

    def bring() -> None:
        try:
            actions.bring_answers(
                submission=number, brought=Brought("a.csv", content), by=two.pk, now=year.now
            )
        except Faulty as faulty:
            code = faulty.faults[0].code
            raise Refused([Refusal(code, faulty.faults[0].what)]) from faulty

    results = at_once(lambda: save(year, "A1", one, 0, self_score="4"), bring)
    scores = {answer.item: answer.self_score for answer in Answer.objects.all()}
    if results == ["", "changed_meanwhile"]:
        assert scores == {"A1": 4}
    else:
        assert results == ["changed_meanwhile", ""]
        assert scores == {"A1": 5, "A2": 6}
