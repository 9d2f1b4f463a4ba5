"""Two scorers, two connections, one row: one of them is told, and nothing is doubled."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from steelyard.assessment.actions.scoring import RowsChanged, RowWanted, score_rows
from steelyard.assessment.models import Deduction
from steelyard.people.rules.roles import Role
from steelyard.trail.models import Entry
from tests.assessment.scored import Scored, plan
from tests.supply.office import account

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], int]) -> list[object]:
    """All of them at the same moment, each on a connection of its own: what came of each."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], int]) -> object:
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            return deed()
        except RowsChanged:
            return "told"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [one.result(timeout=60) for one in [pool.submit(run, deed) for deed in deeds]]


def test_of_two_who_score_one_row_at_once_one_is_told_and_the_same_form_counts_once() -> None:
    year = Scored()
    year.scoring()
    other = account("周组员", body=(Role.SCORING_BODY, year.team))
    score = year.score_of("B2", year.jiangmen)
    told = {"assessment": year.assessment.pk, "item": "B2", "now": year.now}
    eight = {score.pk: RowWanted(score.version, plan("8", "2 缺少年度计划"))}
    full = {score.pk: RowWanted(score.version, plan("10"))}
    sun, second = year.sun.pk, other.pk
    came = at_once(
        lambda: score_rows(rows=eight, by=sun, **told),
        lambda: score_rows(rows=full, by=second, **told),
        lambda: score_rows(rows=eight, by=sun, **told),
    )
    assert came.count("told") >= 1
    assert came.count(1) == 1
    year.score_of("B2", year.jiangmen)
    is_eight = year.score_of("B2", year.jiangmen).judged == {"plan_points": "8"}
    assert Deduction.objects.count() == int(is_eight)
    written = Entry.objects.filter(
        table_name="assessment_score", row_id=score.pk, action="score_items"
    )
    assert written.count() == 1
