"""The page of an assessment is asked for all day long: a few questions, and no records counted for a card."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from steelyard.assessment.models import DrawnFile
from steelyard.assessment.queries.counts import load_open
from steelyard.assessment.queries.figures import counting
from steelyard.assessment.queries.stages import load_state
from steelyard.assessment.rules.states import (
    DifferenceState,
    ScoreState,
    SheetState,
    Stage,
    SubmissionState,
)
from steelyard.people.models import Account
from tests.assessment.scored import Scored, plan
from tests.assessment.test_corrections import contested, delivered, upheld
from tests.assessment.year import Year

pytestmark = pytest.mark.django_db
HERE = "/assessments/2021/"
SAVEPOINTS = ("SAVEPOINT", "RELEASE SAVEPOINT")


def questions(who: Account) -> int:
    """What the page asks the database, but for the marks of transactions; of the second view."""
    client = Client()
    client.force_login(who)
    client.get(HERE)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(HERE).status_code == 200
    return sum(not one["sql"].startswith(SAVEPOINTS) for one in asked)


def test_while_it_collects_the_office_asks_as_few_questions_as_there_are_cards() -> None:
    year = Year()
    year.at(Stage.COLLECTING)
    assert questions(year.chen) == 26


def test_while_it_is_scored_what_is_missing_is_asked_for_once() -> None:
    year = Scored()
    year.scoring()
    assert questions(year.chen) == 46


def test_no_records_are_counted_for_the_card_of_the_objections(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    year = delivered()
    upheld(year, contested(year))
    counting._counted.cache_clear()
    counted: list[object] = []
    monkeypatch.setattr(counting.tally, "supplied", lambda *told: counted.append(told))
    client = Client()
    client.force_login(year.chen)
    assert f"{HERE}objections/" in client.get(HERE).text
    assert client.get(f"{HERE}objections/").status_code == 200
    assert counted == []


def test_what_still_stands_open_is_counted_as_one_counts_it_by_itself() -> None:
    year = Scored()
    year.scoring()
    year.score("B2", jiangmen=plan("10"))
    found = year.assessment
    still = load_open(found, year.today)
    assert still.unlocked == found.submissions.exclude(state=SubmissionState.LOCKED).count() == 1
    assert still.unsigned_sheets == found.sheets.exclude(state=SheetState.SIGNED).count() == 0
    assert still.open_differences == found.differences.filter(state=DifferenceState.OPEN).count()
    assert still.unscored == found.scores.exclude(state=ScoreState.SCORED).count() == 7
    assert still.unreviewed_files == DrawnFile.objects.count() == 0
    assert still.closes_on == max(found.submissions.values_list("deadline__due", flat=True))
    assert load_state(found, year.today).unscored == 7
