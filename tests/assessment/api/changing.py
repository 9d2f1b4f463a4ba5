"""What changes something in an assessment, as a program sends it: each in a year that has come so far.

``seen`` is the version of what is changed, as the program read it before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from steelyard.assessment.actions import collection, forgery, supplied
from steelyard.assessment.actions.schemes import amendments, comments
from steelyard.assessment.actions.stages import Terms, move_on
from steelyard.assessment.models import (
    Answer,
    Assessment,
    Comment,
    Difference,
    DrawnFile,
    FileReview,
    Finding,
    MaterialUse,
    Objection,
    SchemeVersion,
    Score,
    Sheet,
    Submission,
    Suspicion,
    Visit,
)
from steelyard.assessment.queries.assessments import under_way
from steelyard.assessment.rules.states import Stage, StageMove
from steelyard.people.models import Account
from tests.assessment import forms as of_pages
from tests.assessment.api.asking import HERE
from tests.assessment.api.asking import told as read_by
from tests.assessment.api.forms import ONE
from tests.assessment.files import drawn, files_of, received
from tests.assessment.meetings import a_suspicion
from tests.assessment.reported import comparing, the_sheet, typed
from tests.assessment.scored import Scored, plan
from tests.assessment.visits import PNG, announced, found_on, plan_of, planned, reported
from tests.assessment.year import Year
from tests.people.forms import Form


def sent(by: Account, path: str, of: type[Model], **said: Any) -> Form:
    return Form(f"{HERE}{path}", said, by, of, as_json=True)


def version_of(row: Model) -> int:
    row.refresh_from_db()
    return int(row.version)  # type: ignore[attr-defined]


# --- stages, the scheme, what is said of it ---------------------------------------------------


def a_move(year: Year) -> Form:
    year.drafted()
    seen = version_of(year.assessment)
    return sent(year.chen, "/moves/send_out", Assessment, seen=seen, days_to_comment=5)


def a_move_of_an_amendment(year: Year) -> Form:
    year.at(Stage.ISSUED)
    amendments.propose(assessment=year.assessment.pk, why="笔误", by=year.chen.pk, now=year.now)
    amended = under_way(year.assessment)
    assert amended is not None
    seen = version_of(amended)
    return sent(year.chen, "/scheme/amendment/drop", SchemeVersion, seen=seen)


def nothing_to_say(year: Year) -> Form:
    assert year.tan
    year.drafted()
    move_on(
        assessment=year.assessment.pk, move=StageMove.SEND_OUT, by=year.chen.pk, now=year.now,
        terms=Terms(days_to_comment=5),
    )  # fmt: skip
    return sent(year.tan, "/scheme/no-comments", Comment, organisation="440700")


def said(year: Year) -> Comment:
    year.at(Stage.COMMENTS)
    one = comments.comment(
        assessment=year.assessment.pk, organisation=year.jiangmen.pk, item="A1", text="口径不明",
        by=year.tan.pk, now=timezone.now(),
    )  # fmt: skip
    one.refresh_from_db()
    return one


def another_comment(year: Year) -> Form:
    one = said(year)
    path = f"/scheme/comments/{one.pk}/edit"
    return sent(year.tan, path, Comment, seen=one.version, text="请写明口径")


def a_withdrawn_comment(year: Year) -> Form:
    one = said(year)
    return sent(year.tan, f"/scheme/comments/{one.pk}/withdraw", Comment, seen=one.version)


def an_answered_comment(year: Year) -> Form:
    one = said(year)
    told = {"adopted": True, "reason": "合理", "seen": one.version}
    return sent(year.chen, f"/scheme/comments/{one.pk}/answer", Comment, **told)


def a_comment_taken_up(year: Year) -> Form:
    one = said(year)
    comments.answer_comment(
        comment=one.pk, adopted=True, reason="合理", by=year.chen.pk, now=timezone.now(),
        seen=one.version,
    )  # fmt: skip
    seen = version_of(one)
    return sent(year.chen, f"/scheme/comments/{one.pk}/take-up", Comment, seen=seen)


def a_comment_accounted_for(year: Year) -> Form:
    one = said(year)
    comments.answer_comment(
        comment=one.pk, adopted=True, reason="合理", by=year.chen.pk, now=timezone.now(),
        seen=one.version,
    )  # fmt: skip
    told = {"seen": version_of(one), "carried_out": "在填报说明中写明"}
    return sent(year.chen, f"/scheme/comments/{one.pk}/carried-out", Comment, **told)


def in_a_draft(year: Year, path: str, **told: Any) -> Form:
    seen = version_of(year.drafted())
    return sent(year.chen, f"/scheme/draft/{path}", SchemeVersion, seen=seen, **told)


NEW = {"code": "B3", "parent": "B", "title": {"zh": "新项", "en": "New"}, "points": 5}


def a_new_item(year: Year) -> Form:
    return in_a_draft(year, "items", member=NEW)


def another_item(year: Year) -> Form:
    return in_a_draft(year, "items/B2", member=NEW)


def an_item_less(year: Year) -> Form:
    return in_a_draft(year, "items/B2/delete")


def an_item_moved(year: Year) -> Form:
    return in_a_draft(year, "items/B2/move", way="up")


# --- the collection ---------------------------------------------------------------------------


def own(year: Year) -> Submission:
    year.at(Stage.COLLECTING)
    return Submission.objects.get(unit=year.jiangmen)


def put_up(year: Year) -> Form:
    one = own(year)
    return sent(
        year.tan,
        f"/submissions/{one.pk}/put-up",
        Submission,
        seen=one.version,
        why_unanswered="本年没有内容",
    )


def taken_back(year: Year) -> Form:
    one = own(year)
    collection.put_up(
        submission=one.pk, why_unanswered="本年没有内容", by=year.tan.pk, now=timezone.now()
    )
    seen = version_of(one)
    return sent(year.tan, f"/submissions/{one.pk}/take-back", Submission, seen=seen)


def filed_late(year: Year) -> Form:
    year.now -= timedelta(60)
    one = own(year)
    return sent(year.tan, f"/submissions/{one.pk}/late", Submission, why="停电")


def items_given(year: Year) -> Form:
    one = own(year)
    given = [{"item": "B2", "was": "", "to": "440700-market"}]
    return sent(year.tan, f"/submissions/{one.pk}/departments", Answer, given=given)


def an_answer(year: Year) -> Form:
    one = own(year)
    told = {"seen": 0, "self_score": "7", "statement": "有方案"}
    return sent(year.tan, f"/submissions/{one.pk}/items/B2", Answer, **told)


def material_taken_off(year: Year) -> Form:
    from tests.files.builders import BytesIO

    one = own(year)
    use = collection.file_material(
        submission=one.pk, item="B2", name="plan.png", content=BytesIO(PNG), by=year.tan.pk,
        now=timezone.now(),
    )  # fmt: skip
    path = f"/submissions/{one.pk}/items/B2/material/{use.pk}/off"
    return sent(year.tan, path, MaterialUse)


def an_answered_objection(year: Year) -> Form:
    own(year)
    of_pages.records(year)
    one = collection.contest(
        assessment=year.assessment.pk, unit=year.jiangmen, input_code="trained", record="T2",
        text="应为104人", by=year.tan.pk, now=timezone.now(),
    )  # fmt: skip
    told = {"move": "uphold", "reason": "已核", "seen": version_of(one)}
    he = Account.objects.get(holdings__organisation=one.body, holdings__role="supplying_body")
    return sent(he, f"/objections/{one.pk}/answer", Objection, **told)


# --- supplied figures and differences -----------------------------------------------------------


def figures(year: Year) -> Form:
    assert year.li
    year.at(Stage.COLLECTING)
    one = the_sheet()
    told = {"440100": {"value": "95%"}, "440700": {"value": "85%"}}
    return sent(year.li, f"/sheets/{one.pk}/figures", Sheet, seen=one.version, figures=told)


def a_signed_sheet(year: Year) -> Sheet:
    assert year.li
    year.at(Stage.COLLECTING)
    one = the_sheet()
    supplied.fill_and_sign(
        sheet=one.pk, typed=typed("95%", "85%"), by=year.li.pk, now=timezone.now()
    )
    return one


def a_correction(year: Year) -> Form:
    one = a_signed_sheet(year)
    seen = version_of(one)
    return sent(year.li, f"/sheets/{one.pk}/correct", Sheet, seen=seen, reason="口径有误")


def a_correction_taken_back(year: Year) -> Form:
    assert year.li
    one = a_signed_sheet(year)
    supplied.correct(
        sheet=one.pk, reason="口径有误", seen=version_of(one), by=year.li.pk, now=timezone.now()
    )
    return sent(year.li, f"/sheets/{one.pk}/take-back", Sheet, seen=version_of(one))


def an_urged_sheet(year: Year) -> Form:
    assert year.li
    year.at(Stage.COLLECTING)
    return sent(year.chen, f"/sheets/{the_sheet().pk}/urge", Sheet)


def urged_sheets(year: Year) -> Form:
    assert year.li
    year.at(Stage.COLLECTING)
    return sent(year.chen, "/urge-sheets", Sheet)


def a_settled_difference(year: Year) -> Form:
    comparing(year)
    one = Difference.objects.get()
    told = {"taken": "supplied", "reason": "台账只支持85%", "seen": one.version}
    return sent(year.chen, f"/differences/{one.pk}/settle", Difference, **told)


def _settled(year: Year) -> Difference:
    from steelyard.assessment.actions.differences import settle

    comparing(year)
    one = Difference.objects.get()
    settle(
        difference=one.pk, taken="supplied", reason="台账只支持85%", by=year.chen.pk,
        now=timezone.now(),
    )  # fmt: skip
    return one


def a_difference_settled_otherwise(year: Year) -> Form:
    one = _settled(year)
    told = {"seen": version_of(one), "taken": "reported", "reason": "补充台账支持90%"}
    return sent(year.chen, f"/differences/{one.pk}/anew", Difference, **told)


def a_difference_opened_again(year: Year) -> Form:
    one = _settled(year)
    told = {"seen": version_of(one), "reason": "又有新材料"}
    return sent(year.chen, f"/differences/{one.pk}/reopen", Difference, **told)


def compared_again(year: Year) -> Form:
    comparing(year)
    Difference.objects.update(supplied="0.8")
    return sent(year.chen, "/compare-again", Difference)


# --- scoring ------------------------------------------------------------------------------------


def scoring(year: Year) -> Scored:
    assert isinstance(year, Scored)
    assert year.sun
    year.scoring()
    return year


def scores(year: Year) -> Form:
    found = scoring(year)
    (row,) = (one for one in read_by(found.sun, "/scoring/B2")["scores"] if one["unit"] == "440100")
    said = {"unit": "440100", "seen": row["version"], "rests": {}, "beside": row["beside"]}
    judged = {"judged": {"plan_points": "10"}}
    return sent(found.sun, "/scoring/B2", Score, scores=[said | judged])


def a_score_opened_again(year: Year) -> Form:
    found = scoring(year)
    found.score("B2", guangzhou=plan("10"))
    row = Score.objects.get(item="B2", unit=found.guangzhou)
    told = {"seen": row.version, "why": "漏看附件"}
    return sent(found.sun, "/scoring/B2/440100/reopen", Score, **told)


def urged_units(year: Year) -> Form:
    year.at(Stage.COLLECTING)
    return sent(year.chen, "/urge-units", Assessment)


def urged_scoring(year: Year) -> Form:
    found = scoring(year)
    return sent(found.chen, "/urge-scoring", Assessment)


# --- file review ----------------------------------------------------------------------------------


def a_file_noted(year: Year) -> Form:
    year.at(Stage.SCORING)
    one = files_of(drawn(year), "440700")[0]
    told = {"move": "receive", "seen": version_of(one)}
    return sent(year.chen, f"/reviews/files/{one.pk}/note", DrawnFile, **told)


def a_review(year: Year) -> Form:
    year.at(Stage.SCORING)
    received(year, drawn(year))
    one = FileReview.objects.order_by("pk")[0]
    told = {"seen": one.version, "marks": {"late": {"times": 1, "note": "第3页"}}}
    return sent(one.reviewer, f"/reviews/mine/{one.pk}", FileReview, **told)


def urged_reviewers(year: Year) -> Form:
    year.at(Stage.SCORING)
    draw = drawn(year)
    received(year, draw)
    return sent(year.chen, f"/reviews/draws/{draw.pk}/urge", FileReview)


# --- visits and suspicions ----------------------------------------------------------------------


def collecting(year: Year) -> Year:
    year.at(Stage.COLLECTING)
    return year


def another_plan(year: Year) -> Form:
    one = planned(collecting(year))
    plan = plan_of(year)
    told = {
        "seen": one.version,
        "planned_on": str(plan.planned_on),
        "team": "二组",
        "items": ["A1"],
    }
    return sent(year.chen, f"/visits/{one.pk}/plan", Visit, **told)


def an_announced_visit(year: Year) -> Form:
    one = planned(collecting(year))
    return sent(year.chen, f"/visits/{one.pk}/announce", Visit, seen=version_of(one))


def a_cancelled_visit(year: Year) -> Form:
    one = announced(collecting(year))
    told = {"seen": version_of(one), "reason": "台风"}
    return sent(year.chen, f"/visits/{one.pk}/cancel", Visit, **told)


def a_reported_visit(year: Year) -> Form:
    one = announced(collecting(year))
    found_on(year, one)
    told = {"seen": version_of(one), "visited_on": str(timezone.localdate()), "summary": "较好"}
    return sent(year.chen, f"/visits/{one.pk}/report", Visit, **told)


def a_corrected_report(year: Year) -> Form:
    one = reported(year, announced(collecting(year)))
    told = {"seen": version_of(one), "visited_on": str(timezone.localdate()), "summary": "良好",
            "reason": "笔误"}  # fmt: skip
    return sent(year.chen, f"/visits/{one.pk}/correct", Visit, **told)


def a_corrected_finding(year: Year) -> Form:
    one = planned(collecting(year))
    row = found_on(year, one)
    told = {"seen": version_of(row), "text": "台账不全", "item": "A1"}
    return sent(year.chen, f"/visits/{one.pk}/findings/{row.pk}", Finding, **told)


def photographs(year: Year) -> Form:
    one = planned(collecting(year))
    row = found_on(year, one)
    path = f"{HERE}/visits/{one.pk}/findings/{row.pk}/photographs"
    told = {"seen": version_of(row)}
    return Form(path, told, year.chen, Finding, ("photographs",), PNG + b"2", "另一张.png")


def a_stated_case(year: Year) -> Form:
    one = a_suspicion(year)
    told = {"seen": version_of(one), "statement": "系扫描件不清"}
    return sent(year.tan, f"/suspicions/{one.pk}/state", Suspicion, **told)


def _answered(year: Year) -> Suspicion:
    one = a_suspicion(year)
    told = {"by": year.tan.pk, "now": timezone.now()}
    return forgery.state_case(suspicion=one.pk, statement="误盖", seen=None, **told)


def a_hearing(year: Year) -> Form:
    one = _answered(year)
    told = {"seen": version_of(one), "heard_on": str(timezone.localdate()), "hearing": "误盖"}
    return sent(year.chen, f"/suspicions/{one.pk}/hear", Suspicion, **told)


def a_decision(year: Year) -> Form:
    one = _answered(year)
    forgery.hear(
        suspicion=one.pk, hearing="误盖", heard_on=timezone.localdate(), seen=None, by=year.chen.pk,
        now=timezone.now(),
    )  # fmt: skip
    told = {"seen": version_of(one), "move": "clear", "decision": "属实"}
    return sent(year.zhao, f"/suspicions/{one.pk}/decide", Suspicion, **told)


FORMS: Mapping[Callable[[Year], Form], str] = {
    form_of: f"{ONE}/{path}"
    for form_of, path in (
        (a_move, "moves/<move>"),
        (a_move_of_an_amendment, "scheme/amendment/<move>"),
        (nothing_to_say, "scheme/no-comments"),
        (another_comment, "scheme/comments/<number>/edit"),
        (a_withdrawn_comment, "scheme/comments/<number>/withdraw"),
        (an_answered_comment, "scheme/comments/<number>/answer"),
        (a_comment_taken_up, "scheme/comments/<number>/take-up"),
        (a_comment_accounted_for, "scheme/comments/<number>/carried-out"),
        (a_new_item, "scheme/draft/<section>"),
        (another_item, "scheme/draft/<section>/<key>"),
        (an_item_less, "scheme/draft/<section>/<key>/delete"),
        (an_item_moved, "scheme/draft/items/<key>/move"),
        (put_up, "submissions/<number>/put-up"),
        (taken_back, "submissions/<number>/take-back"),
        (filed_late, "submissions/<number>/late"),
        (items_given, "submissions/<number>/departments"),
        (an_answer, "submissions/<number>/items/<item>"),
        (material_taken_off, "submissions/<number>/items/<item>/material/<use>/off"),
        (an_answered_objection, "objections/<number>/answer"),
        (figures, "sheets/<number>/figures"),
        (a_correction, "sheets/<number>/correct"),
        (a_correction_taken_back, "sheets/<number>/take-back"),
        (an_urged_sheet, "sheets/<number>/urge"),
        (urged_sheets, "urge-sheets"),
        (a_settled_difference, "differences/<number>/settle"),
        (a_difference_settled_otherwise, "differences/<number>/anew"),
        (a_difference_opened_again, "differences/<number>/reopen"),
        (compared_again, "compare-again"),
        (scores, "scoring/<item>"),
        (a_score_opened_again, "scoring/<item>/<unit>/reopen"),
        (urged_scoring, "urge-scoring"),
        (urged_units, "urge-units"),
        (a_file_noted, "reviews/files/<number>/note"),
        (a_review, "reviews/mine/<number>"),
        (urged_reviewers, "reviews/draws/<number>/urge"),
        (another_plan, "visits/<number>/plan"),
        (an_announced_visit, "visits/<number>/announce"),
        (a_cancelled_visit, "visits/<number>/cancel"),
        (a_reported_visit, "visits/<number>/report"),
        (a_corrected_report, "visits/<number>/correct"),
        (a_corrected_finding, "visits/<number>/findings/<finding>"),
        (photographs, "visits/<number>/findings/<finding>/photographs"),
        (a_stated_case, "suspicions/<number>/state"),
        (a_hearing, "suspicions/<number>/hear"),
        (a_decision, "suspicions/<number>/decide"),
    )
}
"""Each that changes what is there, and its address."""
