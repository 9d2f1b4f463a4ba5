"""Every role × every action of an assessment: who may, written out a second time, and tried on the action itself.

Each is done as its page or a program does it, by somebody who may; then a new account tries the very same for each
role that there is, held where whoever did it holds theirs. So an action that asks for no right, or for another one,
is seen here, and a new one that is not in the table fails.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from steelyard.assessment.models import Submission
from steelyard.assessment.rules.approvals import Subject
from steelyard.assessment.rules.leads import Channel
from steelyard.assessment.rules.papers.kinds import designs
from steelyard.assessment.rules.papers.letterheads import Named
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
from tests.assessment.visits import PNG, lead
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
    "schemes.amendments.move_amendment": (OFFICE,),
    "schemes.amendments.propose": (OFFICE,),
    "approvals.set_steps": (OFFICE,),
    "assessments.open_assessment": (OFFICE,),
    "collection.answers.give_items": (UNIT,),
    "collection.answers.save_answer": FILLS,
    "collection.materials.file_material": FILLS,
    "collection.materials.file_materials": FILLS,
    "collection.materials.stop_using": FILLS,
    "collection.materials.use_material": FILLS,
    "collection.objections.answer_objection": (OFFICE, SUPPLIES),
    "collection.objections.contest": FILLS,
    "collection.sheets.bring_answers": FILLS,
    "collection.submissions.decide_on": (SIGNS,),
    "collection.submissions.file_late": (UNIT,),
    "collection.submissions.put_up": (UNIT,),
    "collection.submissions.take_back": (UNIT,),
    "collection.urging.urge_units": (OFFICE,),
    "schemes.comments.account_for_comment": (OFFICE,),
    "schemes.comments.answer_comment": (OFFICE,),
    "schemes.comments.comment": COMMENTS,
    "schemes.comments.edit_comment": COMMENTS,
    "schemes.comments.say_nothing": COMMENTS,
    "schemes.comments.take_back_no_comments": COMMENTS,
    "schemes.comments.take_up_comment": (OFFICE,),
    "schemes.comments.withdraw_comment": COMMENTS,
    "differences.compare_again": (OFFICE,),
    "differences.reopen": (OFFICE,),
    "differences.settle": (OFFICE,),
    "differences.settle_anew": (OFFICE,),
    "visits.findings.correct_finding": (OFFICE,),
    "visits.findings.record_finding": (OFFICE,),
    "forgery.suspicions.decide": (HEAD,),
    "forgery.suspicions.hear": (OFFICE, SCORES),
    "forgery.suspicions.raise_suspicion": (OFFICE, SCORES),
    "forgery.suspicions.state_case": (UNIT, SIGNS),
    "leads.form_leads.place_lead": (OFFICE,),
    "leads.handling.check_lead": (OFFICE,),
    "leads.handling.conclude_lead": (OFFICE,),
    "leads.handling.open_informant": (HEAD,),
    "leads.handling.receive_lead": (OFFICE,),
    "missing.let_count_as_missing": (OFFICE,),
    "papers.letterheads.set_letterhead": (OFFICE,),
    "papers.templates.use_default": (OFFICE,),
    "papers.templates.use_template": (OFFICE,),
    "visits.report_corrections.correct_report": (OFFICE,),
    "reviews.draws.draw_files": (OFFICE,),
    "reviews.files.note_file": (OFFICE,),
    "reviews.marks.save_review": (),  # but for the reviewer to whom the file was given
    "reviews.reviewers.assign_reviewers": (OFFICE,),
    "reviews.reviewers.assign_third": (OFFICE,),
    "reviews.reviewers.replace_reviewer": (OFFICE,),
    "reviews.reviewers.urge_reviewers": (OFFICE,),
    "schemes.versions.approve": (OFFICE,),
    "schemes.versions.draft": (OFFICE,),
    "schemes.versions.edit": (OFFICE,),
    "schemes.versions.tick_off": (OFFICE,),
    "scoring.scores.reopen": (SCORES,),
    "scoring.scores.score_rows": (SCORES,),
    "scoring.clocks.urge_scoring": (OFFICE,),
    "stages.move_on": (OFFICE,),
    "supplied.drafts.bring": (SUPPLIES,),
    "supplied.drafts.correct": (SUPPLIES,),
    "supplied.drafts.fill": (SUPPLIES,),
    "supplied.drafts.take_back": (SUPPLIES,),
    "supplied.signatures.fill_and_sign": (SUPPLIES,),
    "supplied.signatures.sign": (SUPPLIES,),
    "supplied.signatures.sign_together": (SUPPLIES,),
    "supplied.urging.urge": (OFFICE,),
    "supplied.urging.urge_sheets": (OFFICE,),
    "visits.planning.announce_visit": (OFFICE,),
    "visits.planning.cancel_visit": (OFFICE,),
    "visits.planning.change_visit": (OFFICE,),
    "visits.planning.plan_visit": (OFFICE,),
    "visits.planning.report_visit": (OFFICE,),
    "weighings.asking.ask_again": (OFFICE,),
}

PARTS = frozenset(
    {
        "approvals.decide", "collection.objections.start_clock", "schemes.comments.ask_for_comments",
        "schemes.comments.end_the_round",
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


def several_files(year: Year) -> Told:
    year.at(Stage.COLLECTING)
    number = Submission.objects.get(unit=year.jiangmen).pk
    files = [("a.png", BytesIO(PNG)), ("b.png", BytesIO(PNG + b"2"))]
    return {
        "submission": number, "item": "B2", "files": files, "by": year.tan.pk, "now": year.now,
    }  # fmt: skip


def several_sheets(year: Year) -> Told:
    year.at(Stage.COLLECTING)
    return {"sheets": {the_sheet().pk: 1}, "by": year.li.pk, "now": year.now}


def nothing_taken_back(year: Year) -> Told:
    told = at(year, Stage.COMMENTS)
    return {**told, "organisation": year.jiangmen.pk, "by": year.tan.pk}


FIGURES = Brought("a.csv", b"code,figure,value,reason\n440100,closed_in_time,92%,\n")

TOLD: Mapping[str, Callable[[Year], Told]] = {
    "approvals.set_steps": lambda year: {
        **at(year, Stage.DRAFTING), "subject": Subject.SUBMISSION, "steps": [],
    },
    "collection.materials.file_materials": several_files,
    "collection.sheets.bring_answers": answers_brought,
    "schemes.comments.take_back_no_comments": nothing_taken_back,
    "leads.form_leads.place_lead": lambda year: {
        **of_a_lead(year), "assessment": year.assessment.pk, "unit": year.jiangmen.pk,
    },
    "leads.handling.check_lead": of_a_lead,
    "leads.handling.conclude_lead": lambda year: {
        **of_a_lead(year), "move": LeadMove.CLOSE, "conclusion": "样本：不实",
    },
    "leads.handling.open_informant": lambda year: {
        **of_a_lead(year), "reason": "核实", "by": year.zhao.pk,
    },
    "leads.handling.receive_lead": lambda year: {
        **at(year, Stage.COLLECTING), "unit": year.jiangmen.pk, "channel": Channel.HOTLINE,
        "text": "样本：群众反映",
    },
    "papers.letterheads.set_letterhead": lambda year: {
        "office": year.province.pk, "wanted": Named("样本考核办公室"), "seen": 0, "by": year.chen.pk,
        "now": year.now,
    },
    "papers.templates.use_default": of_a_template,
    "papers.templates.use_template": lambda year: {
        **of_a_template(year), "name": "通知.docx", "content": b"x",
    },
    "reviews.reviewers.replace_reviewer": a_review_given_away,
    "schemes.versions.tick_off": lambda year: {**at(year, Stage.DRAFTING), "seen": 1},
    "supplied.drafts.bring": lambda year: {**of_the_sheet(year), "brought": FIGURES},
    "supplied.signatures.sign_together": several_sheets,
    "supplied.signatures.fill_and_sign": lambda year: {
        **of_the_sheet(year), "typed": typed("95%", "85%"), "seen": 1,
    },
}  # fmt: skip

FORMS: tuple[Callable[[Year], Form], ...] = (
    *of_programs.FORMS, *changing.FORMS, of_pages.a_scheme_from_a_file,
)  # fmt: skip

REACHED: Mapping[str, tuple[str, ...]] = {
    "an_assessment": ("assessments.open_assessment",),
    "a_draft": ("schemes.versions.draft",),
    "an_approval_of_the_scheme": ("schemes.versions.approve",),
    "an_amendment": ("schemes.amendments.propose",),
    "a_comment": ("schemes.comments.comment",),
    "an_approval_of_a_submission": ("collection.submissions.decide_on",),
    "material": ("collection.materials.file_material",),
    "material_once_more": ("collection.materials.use_material",),
    "an_objection": ("collection.objections.contest",),
    "a_signed_sheet": ("supplied.signatures.sign",),
    "a_decision_about_a_missing_figure": ("missing.let_count_as_missing",),
    "a_draw": ("reviews.draws.draw_files",),
    "reviewers": ("reviews.reviewers.assign_reviewers",),
    "a_third_reviewer": ("reviews.reviewers.assign_third",),
    "a_visit": ("visits.planning.plan_visit",),
    "a_finding": ("visits.findings.record_finding",),
    "a_suspicion": ("forgery.suspicions.raise_suspicion",),
    "a_weighing": ("weighings.asking.ask_again",),
    "a_move": ("stages.move_on",),
    "a_move_of_an_amendment": ("schemes.amendments.move_amendment",),
    "nothing_to_say": ("schemes.comments.say_nothing",),
    "another_comment": ("schemes.comments.edit_comment",),
    "a_withdrawn_comment": ("schemes.comments.withdraw_comment",),
    "an_answered_comment": ("schemes.comments.answer_comment",),
    "a_comment_taken_up": ("schemes.comments.take_up_comment",),
    "a_comment_accounted_for": ("schemes.comments.account_for_comment",),
    "a_new_item": ("schemes.versions.edit",),
    "another_item": ("schemes.versions.edit",),
    "an_item_less": ("schemes.versions.edit",),
    "an_item_moved": ("schemes.versions.edit",),
    "put_up": ("collection.submissions.put_up",),
    "taken_back": ("collection.submissions.take_back",),
    "filed_late": ("collection.submissions.file_late",),
    "items_given": ("collection.answers.give_items",),
    "an_answer": ("collection.answers.save_answer",),
    "material_taken_off": ("collection.materials.stop_using",),
    "an_answered_objection": ("collection.objections.answer_objection",),
    "figures": ("supplied.drafts.fill",),
    "a_correction": ("supplied.drafts.correct",),
    "a_correction_taken_back": ("supplied.drafts.take_back",),
    "an_urged_sheet": ("supplied.urging.urge",),
    "urged_sheets": ("supplied.urging.urge_sheets",),
    "a_settled_difference": ("differences.settle",),
    "a_difference_settled_otherwise": ("differences.settle_anew",),
    "a_difference_opened_again": ("differences.reopen",),
    "compared_again": ("differences.compare_again",),
    "scores": ("scoring.scores.score_rows",),
    "a_score_opened_again": ("scoring.scores.reopen",),
    "urged_scoring": ("scoring.clocks.urge_scoring",),
    "urged_units": ("collection.urging.urge_units",),
    "a_file_noted": ("reviews.files.note_file",),
    "a_review": ("reviews.marks.save_review",),
    "urged_reviewers": ("reviews.reviewers.urge_reviewers",),
    "another_plan": ("visits.planning.change_visit",),
    "an_announced_visit": ("visits.planning.announce_visit",),
    "a_cancelled_visit": ("visits.planning.cancel_visit",),
    "a_reported_visit": ("visits.planning.report_visit",),
    "a_corrected_report": ("visits.report_corrections.correct_report",),
    "a_corrected_finding": ("visits.findings.correct_finding",),
    "photographs": ("visits.findings.correct_finding",),
    "a_stated_case": ("forgery.suspicions.state_case",),
    "a_hearing": ("forgery.suspicions.hear",),
    "a_decision": ("forgery.suspicions.decide",),
    "a_scheme_from_a_file": ("schemes.versions.draft",),
}
"""The actions that each form enters, in whatever order they run."""


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
    assert set(asked) == set(REACHED[form_of.__name__])
    may = {name: roles_that_may(name, told) for name, told in asked.items()}
    assert may == {name: set(MAY[name]) for name in asked}


@pytest.mark.parametrize("name", TOLD)
def test_what_is_done_without_such_a_form_is_for_these_roles(name: str, year: Year) -> None:
    assert roles_that_may(name, TOLD[name](year)) == set(MAY[name])


def test_every_action_is_in_the_table_and_tried() -> None:
    assert set(MAY) | PARTS == set(EVERY)
    assert {one.__name__ for one in FORMS} == set(REACHED)
    tried = {action for entered in REACHED.values() for action in entered}
    assert set(MAY) <= tried | set(TOLD)
