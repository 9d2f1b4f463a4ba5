"""A program loses the connection before the answer, and sends the same request again: it is done once.

What the database lost half-way has left nothing, and the next try does it. What was done, and the answer
lost, is not done twice: the same request is answered as the first would have been, or refused with a code
that says how the thing stands now, and nothing more is written and nobody is told again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from steelyard.notices.models import Notice
from steelyard.trail.models import Entry
from tests.assessment.api import changing
from tests.assessment.api import forms as creating
from tests.assessment.scored import Scored
from tests.assessment.year import Year
from tests.people.builders import signed_in
from tests.people.forms import Form

pytestmark = pytest.mark.django_db(transaction=True)

FORMS = {**creating.FORMS, **changing.FORMS}
A_WRITE = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(?:assessment|files|supply|notices)_')
CHANGED, STATE = "changed_meanwhile", "wrong_state"
AGAIN: Mapping[Callable[[Year], Form], tuple[int, list[str]]] = {
    changing.an_item_less: (404, []),
    **{
        form_of: (409, [code])
        for code, those in {
            CHANGED: (
                changing.another_comment, changing.a_comment_accounted_for,
                changing.an_answered_objection,
                changing.a_difference_settled_otherwise,
                changing.figures, changing.a_settled_difference,
                changing.a_difference_opened_again, changing.a_score_opened_again,
                changing.a_file_noted, changing.a_review, changing.another_plan,
                changing.an_announced_visit, changing.a_cancelled_visit, changing.a_reported_visit,
                changing.a_corrected_report, changing.a_corrected_finding, changing.a_stated_case,
                changing.a_hearing,
                changing.a_decision,
            ),
            STATE: (
                changing.a_move, changing.a_withdrawn_comment, changing.an_answered_comment,
                changing.a_comment_taken_up, changing.put_up, changing.taken_back,
            ),
            "no_amendment": (changing.a_move_of_an_amendment,),
            "urged_today": (changing.an_urged_sheet, changing.urged_scoring, changing.urged_units, changing.urged_sheets),
            "nobody_to_urge": (changing.urged_reviewers,),
        }.items()
        for form_of in those
    },
}  # fmt: skip
"""What the second try is told where it is not the answer of the first. It is done, whoever reads it anew
sees that it is; what was taken out is there no more."""


@pytest.fixture
def year(settings: Any, tmp_path: Path) -> Year:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    return Scored()


def test_every_request_that_writes_is_sent_again_here() -> None:
    assert set(changing.FORMS.values()) == creating.CHANGES


@pytest.mark.parametrize("form_of", FORMS, ids=lambda one: one.__name__)
def test_what_was_lost_on_the_way_is_done_once(
    form_of: Callable[[Year], Form], year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = form_of(year)
    client = signed_in(form.by)
    client.raise_request_exception = False
    before = written()
    with connection.execute_wrapper(_lost_after_writing):
        assert form.send(client)[0] == 500
    connection.close()
    assert written() == before, "lost half-way, nothing of it is there"
    with monkeypatch.context() as broken:
        broken.setattr("steelyard.config.answers.metrics.count", _ends)
        assert form.send(client)[0] == 500
    done = written()
    assert done != before, "it is done, and the answer lost"
    status, said = form.send(client)
    assert (status, _codes(said)) == AGAIN.get(form_of, (200, [])), said
    assert form.send(client) == (status, said)
    assert written() == done, "sent again, nothing more is written"


def written() -> tuple[int, int]:
    return Entry.objects.count(), Notice.objects.count()


def _codes(said: str) -> list[str]:
    told = json.loads(said)
    return [one["code"] for one in told.get("refusals", ())]


def _ends(*_: object) -> None:
    raise RuntimeError("the process ends here")


def _lost_after_writing(execute: Any, sql: str, *told: Any) -> Any:
    """The database ends the connection as soon as something was written, uncommitted."""
    found = execute(sql, *told)
    if A_WRITE.match(sql):
        execute("SELECT pg_terminate_backend(pg_backend_pid())", None, False, told[2])
    return found
