"""Every role × every action of an assessment: who may, written out a second time, and tried on the action itself.

Each is done as its page or a program does it, by somebody who may; then a new account tries the very same for each
role that there is, held where whoever did it holds theirs. So an action that asks for no right, or for another one,
is seen here, and a new one that is not in the table fails.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from steelyard.assessment.models import Submission
from steelyard.assessment.rules.approvals import Subject
from steelyard.assessment.rules.leads import Channel
from steelyard.assessment.rules.papers.kinds import designs
from steelyard.assessment.rules.states import LeadMove, Stage
from steelyard.people.rules.roles import Role
from steelyard.people.sheets import Brought
from tests.assessment import forms as of_pages
from tests.assessment.api import changing
from tests.assessment.api import forms as of_programs
from tests.assessment.files import drawn, received
from tests.assessment.reported import the_sheet, typed
from tests.assessment.roles_and_actions import EVERY, Told, noted, roles_that_may
from tests.assessment.scored import Scored
from tests.assessment.visits import lead
from tests.assessment.year import Year
from tests.people.builders import signed_in
from tests.people.forms import Form

pytestmark = pytest.mark.django_db

OFFICE, HEAD, SUPPLIES, SCORES = (
    Role.ASSESSING_OFFICE, Role.OFFICE_HEAD, Role.SUPPLYING_BODY, Role.SCORING_BODY,
)  # fmt: skip
UNIT, SIGNS, DEPARTMENT = Role.CITY_OFFICER, Role.CITY_HEAD, Role.DEPARTMENT_OFFICER
COMMENTS, FILLS = (SUPPLIES, SCORES, UNIT), (UNIT, DEPARTMENT)

MAY: Mapping[str, tuple[Role, ...]] = {
    "amendments.move_amendment": (OFFICE,),
    "amendments.propose": (OFFICE,),
    "approvals.set_steps": (OFFICE,),
    "assessments.open_assessment": (OFFICE,),
    "collection.answers.give_items": (UNIT,),
    "collection.answers.save_answer": FILLS,
    "collection.materials.file_material": FILLS,
    "collection.materials.stop_using": FILLS,
    "collection.materials.use_material": FILLS,
    "collection.objections.answer_objection": (OFFICE, SUPPLIES),
    "collection.objections.contest": FILLS,
    "collection.sheets.bring_answers": FILLS,
    "collection.submissions.decide_on": (SIGNS,),
    "collection.submissions.file_late": (UNIT,),
    "collection.submissions.put_up": (UNIT,),
    "collection.submissions.take_back": (UNIT,),
    "comments.account_for_comment": (OFFICE,),
    "comments.answer_comment": (OFFICE,),
    "comments.comment": COMMENTS,
    "comments.edit_comment": COMMENTS,
    "comments.say_nothing": COMMENTS,
    "comments.take_back_no_comments": COMMENTS,
    "comments.take_up_comment": (OFFICE,),
    "comments.withdraw_comment": COMMENTS,
    "differences.compare_again": (OFFICE,),
    "differences.reopen": (OFFICE,),
    "differences.settle": (OFFICE,),
    "differences.settle_anew": (OFFICE,),
    "findings.correct_finding": (OFFICE,),
    "findings.record_finding": (OFFICE,),
    "forgery.decide": (HEAD,),
    "forgery.hear": (OFFICE, SCORES),
    "forgery.raise_suspicion": (OFFICE, SCORES),
    "forgery.state_case": (UNIT, SIGNS),
    "form_leads.place_lead": (OFFICE,),
    "leads.check_lead": (OFFICE,),
    "leads.conclude_lead": (OFFICE,),
    "leads.open_informant": (HEAD,),
    "leads.receive_lead": (OFFICE,),
    "missing.let_count_as_missing": (OFFICE,),
    "papers.use_default": (OFFICE,),
    "papers.use_template": (OFFICE,),
    "report_corrections.correct_report": (OFFICE,),
    "reviews.draws.draw_files": (OFFICE,),
    "reviews.files.note_file": (OFFICE,),
    "reviews.marks.save_review": (),  # but for the reviewer to whom the file was given
    "reviews.reviewers.assign_reviewers": (OFFICE,),
    "reviews.reviewers.assign_third": (OFFICE,),
    "reviews.reviewers.replace_reviewer": (OFFICE,),
    "reviews.reviewers.urge_reviewers": (OFFICE,),
    "schemes.approve": (OFFICE,),
    "schemes.draft": (OFFICE,),
    "schemes.edit": (OFFICE,),
    "schemes.tick_off": (OFFICE,),
    "scoring.reopen": (SCORES,),
    "scoring.score_rows": (SCORES,),
    "scoring_clocks.urge_scoring": (OFFICE,),
    "stages.move_on": (OFFICE,),
    "supplied.drafts.bring": (SUPPLIES,),
    "supplied.drafts.correct": (SUPPLIES,),
    "supplied.drafts.fill": (SUPPLIES,),
    "supplied.drafts.take_back": (SUPPLIES,),
    "supplied.signatures.fill_and_sign": (SUPPLIES,),
    "supplied.signatures.sign": (SUPPLIES,),
    "supplied.urging.urge": (OFFICE,),
    "visits.announce_visit": (OFFICE,),
    "visits.cancel_visit": (OFFICE,),
    "visits.change_visit": (OFFICE,),
    "visits.plan_visit": (OFFICE,),
    "visits.report_visit": (OFFICE,),
    "weighings.asking.ask_again": (OFFICE,),
}

PARTS = frozenset(
    {
        "approvals.decide", "collection.objections.start_clock", "comments.ask_for_comments",
        "comments.end_the_round",
    }
)  # fmt: skip
"""Of another action, which asks for the right; the steps of an approval are for whom the office chose."""


# --- what no form of theirs does ------------------------------------------------------------------


def at(year: Year, stage: Stage) -> Told:
    year.at(stage)
    return {"assessment": year.assessment.pk, "by": year.chen.pk, "now": year.now}


def of_a_lead(year: Year) -> Told:
    year.at(Stage.COLLECTING)
    return {"lead": lead(year).pk, "by": year.chen.pk, "now": year.now}


def of_the_sheet(year: Year) -> Told:
    year.at(Stage.COLLECTING)
    return {"sheet": the_sheet().pk, "by": year.li.pk, "now": year.now}


def of_a_template(year: Year) -> Told:
    year.at(Stage.ISSUED)
    told = {"office": year.province.pk, "design": next(iter(designs())), "seen": 0}
    return {**told, "by": year.chen.pk, "now": year.now}


def a_review_given_away(year: Year) -> Told:
    year.at(Stage.COLLECTING)
    file = received(year, drawn(year))[0]
    mine = set(file.reviews.values_list("reviewer", flat=True))
    (free,) = {one.pk for one in year.experts} - mine
    return {
        "review": file.reviews.first().pk,
        "reviewer": free,
        "by": year.chen.pk,
        "now": year.now,
    }


def answers_brought(year: Year) -> Told:
    year.at(Stage.COLLECTING)
    brought = Brought("a.csv", b"item,self-score,version\nA1,5,0\n")
    number = Submission.objects.get(unit=year.jiangmen).pk
    return {"submission": number, "brought": brought, "by": year.tan.pk, "now": year.now}


def nothing_taken_back(year: Year) -> Told:
    told = at(year, Stage.COMMENTS)
    return {**told, "organisation": year.jiangmen.pk, "by": year.tan.pk}


FIGURES = Brought("a.csv", b"code,figure,value,reason\n440100,closed_in_time,92%,\n")

TOLD: Mapping[str, Callable[[Year], Told]] = {
    "approvals.set_steps": lambda year: {
        **at(year, Stage.DRAFTING), "subject": Subject.SUBMISSION, "steps": [],
    },
    "collection.sheets.bring_answers": answers_brought,
    "comments.take_back_no_comments": nothing_taken_back,
    "form_leads.place_lead": lambda year: {
        **of_a_lead(year), "assessment": year.assessment.pk, "unit": year.jiangmen.pk,
    },
    "leads.check_lead": of_a_lead,
    "leads.conclude_lead": lambda year: {
        **of_a_lead(year), "move": LeadMove.CLOSE, "conclusion": "样本：不实",
    },
    "leads.open_informant": lambda year: {
        **of_a_lead(year), "reason": "核实", "by": year.zhao.pk,
    },
    "leads.receive_lead": lambda year: {
        **at(year, Stage.COLLECTING), "unit": year.jiangmen.pk, "channel": Channel.HOTLINE,
        "text": "样本：群众反映",
    },
    "papers.use_default": of_a_template,
    "papers.use_template": lambda year: {
        **of_a_template(year), "name": "通知.docx", "content": b"x",
    },
    "reviews.reviewers.replace_reviewer": a_review_given_away,
    "schemes.tick_off": lambda year: {**at(year, Stage.DRAFTING), "seen": 1},
    "supplied.drafts.bring": lambda year: {**of_the_sheet(year), "brought": FIGURES},
    "supplied.signatures.fill_and_sign": lambda year: {
        **of_the_sheet(year), "typed": typed("95%", "85%"), "seen": 1,
    },
}  # fmt: skip

FORMS: tuple[Callable[[Year], Form], ...] = (
    *of_programs.FORMS, *changing.FORMS, of_pages.a_scheme_from_a_file,
)  # fmt: skip

REACHED: set[str] = set()


@pytest.fixture
def year(settings: Any, tmp_path: Path) -> Year:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    return Scored()


@pytest.mark.parametrize("form_of", FORMS, ids=lambda one: one.__name__)
def test_what_a_form_does_is_for_these_roles(form_of: Callable[[Year], Form], year: Year) -> None:
    form = form_of(year)
    client = signed_in(form.by)
    with noted() as calls, transaction.atomic():
        assert form.send(client)[0] in (200, 302)
        transaction.set_rollback(True)
    asked = {name: told for name, told in calls.items() if name not in PARTS}
    REACHED.update(asked)
    assert asked
    may = {name: roles_that_may(name, told) for name, told in asked.items()}
    assert may == {name: set(MAY[name]) for name in asked}


@pytest.mark.parametrize("name", TOLD)
def test_what_is_done_without_such_a_form_is_for_these_roles(name: str, year: Year) -> None:
    REACHED.add(name)
    assert roles_that_may(name, TOLD[name](year)) == set(MAY[name])


def test_every_action_is_in_the_table_and_tried(request: pytest.FixtureRequest) -> None:
    assert set(MAY) | PARTS == set(EVERY)
    here = [one for one in request.session.items if one.module is request.module]
    if len(here) == len(FORMS) + len(TOLD) + 1:  # not where somebody runs a few of them
        assert set(MAY) - REACHED == set()
