"""The forms of an assessment that create something, each in a year that has come so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.utils import timezone

from steelyard.assessment.models import (
    Approval,
    Assessment,
    Comment,
    Draw,
    FileReview,
    Finding,
    Lead,
    MaterialUse,
    MissingFigure,
    Objection,
    SchemeVersion,
    Sheet,
    SheetVersion,
    Submission,
    Suspicion,
    Visit,
    Weighing,
)
from steelyard.assessment.rules.states import Stage
from steelyard.supply.actions.snapshots import freeze
from tests.assessment.files import SEED, both, drawn, frozen, received
from tests.assessment.frozen_year import PLACES, TRAININGS, accepted
from tests.assessment.frozen_year import frozen as frozen_year
from tests.assessment.lacking import LACKS, comparing_without_figures
from tests.assessment.signed_words import signs
from tests.assessment.visits import PNG, planned
from tests.assessment.year import SCHEME, Year
from tests.people.forms import Form

HERE = "/assessments/2021/"


def an_assessment(year: Year) -> Form:
    told = {"office": year.province.pk, "code": "2023", "title_zh": "考核", "starts": "2023-01-01",
            "ends": "2024-01-01"}  # fmt: skip
    return Form("/assessments/open/", told, year.chen, Assessment)


def a_scheme_from_a_file(year: Year) -> Form:
    assert year.assessment
    return Form(
        f"{HERE}scheme/import/", {"version": "0"}, year.chen, SchemeVersion, ("file",),
        SCHEME.read_bytes(), "scheme.toml",
    )  # fmt: skip


def a_scheme_to_begin_with(year: Year) -> Form:
    assert year.assessment
    told = {"begin_with": "", "version": "0"}
    return Form(f"{HERE}scheme/begin/", told, year.chen, SchemeVersion)


def a_comment(year: Year) -> Form:
    year.at(Stage.COMMENTS)
    told = {"organisation": year.jiangmen.pk, "item": "A1", "text": "口径不明"}
    return Form(f"{HERE}scheme/comments/new/", told, year.tan, Comment)


def an_approval_of_the_scheme(year: Year) -> Form:
    year.at(Stage.CHECKED)
    told = {"seen_hash": year.version.content_hash, "decision": "approved", "reason": ""}
    return Form(f"{HERE}scheme/approval/", told, year.qian, Approval)


def an_amendment(year: Year) -> Form:
    year.at(Stage.ISSUED)
    return Form(f"{HERE}scheme/amendment/", {"why": "口径有误"}, year.chen, SchemeVersion)


def submission_of(year: Year) -> Submission:
    year.at(Stage.COLLECTING)
    return Submission.objects.get(unit=year.jiangmen)


def material(year: Year) -> Form:
    found = submission_of(year)
    told = {"title": "方案", "document_number": "", "pages": "3", "kind": "方案文本"}
    address = f"{HERE}submissions/{found.pk}/items/B2/material/"
    return Form(address, told, year.tan, MaterialUse, ("content",), PNG, "plan.png")


def material_once_more(year: Year) -> Form:
    from steelyard.assessment.actions.collection.materials import file_material
    from tests.files.builders import BytesIO

    found = submission_of(year)
    use = file_material(
        submission=found.pk, item="A1", name="plan.png", content=BytesIO(PNG), by=year.tan.pk,
        now=timezone.now(),
    )  # fmt: skip
    address = f"{HERE}submissions/{found.pk}/items/B2/material/use/"
    told = {"material": use.material_id, "pages": "4", "kind": "方案文本"}
    return Form(address, told, year.tan, MaterialUse)


def an_approval_of_a_submission(year: Year) -> Form:
    from steelyard.assessment.actions.collection.submissions import put_up
    from steelyard.assessment.queries.collection import hash_of_submission

    found = submission_of(year)
    put_up(
        why_unanswered="其余各项本年没有内容",
        submission=found.pk,
        by=year.tan.pk,
        now=timezone.now(),
    )
    found.refresh_from_db()
    told = {"seen_hash": hash_of_submission(found)}
    return Form(f"{HERE}submissions/{found.pk}/approve/", told, year.huang, Approval)


def an_objection(year: Year) -> Form:
    found = submission_of(year)
    records(year)
    told = {"text": "应为104人"}
    address = f"{HERE}submissions/{found.pk}/figures/trained/contest/?record=T2"
    return Form(address, told | {"record": "T2"}, year.tan, Objection)


def records(year: Year) -> None:
    accepted(year, "places", PLACES)
    accepted(year, "trainings", TRAININGS)
    freeze(
        office=year.province, starts=date(2021, 1, 1), ends=date(2022, 1, 1), by=year.chen.pk,
        now=year.now,
    )  # fmt: skip


def a_signed_sheet(year: Year) -> Form:
    year.at(Stage.COLLECTING)
    sheet = Sheet.objects.get(input_code="closed_in_time")
    told = {"v-440100": "92.3%", "n-440100": "全年", "v-440700": "", "s-440700": "missing",
            "n-440700": "未统计", "sign": "1", "seen": str(sheet.version)}  # fmt: skip
    return Form(f"{HERE}sheets/{sheet.pk}/", told, year.li, SheetVersion)


def a_draw(year: Year) -> Form:
    year.at(Stage.SCORING)
    told = {"snapshot": frozen(year).pk, "file_type": "trademark", "input_code": "file_points",
            "wanted": "3", "reserves": "2", "days": "5", "seed": SEED, "seed_origin": "福彩3D",
            "witness": "钱科长"}  # fmt: skip
    return Form(f"{HERE}reviews/draw/", told, year.chen, Draw)


def a_weighing(year: Year) -> Form:
    """After one that was refused."""
    one = frozen_year(year)
    for state in ("running", "refused"):
        one.state = state
        one.save()
    return Form(f"{HERE}weighings/again/", {"seen": one.pk}, year.chen, Weighing)


def a_suspicion(year: Year) -> Form:
    year.at(Stage.SCORING)
    signs(year, "440700", "B2")
    told = {"about": "statement", "grounds": "公章有误"}
    return Form(f"{HERE}suspicions/raise/B2/440700/", told, year.sun, Suspicion)


def a_visit(year: Year) -> Form:
    year.at(Stage.COLLECTING)
    told = {"unit": year.jiangmen.pk, "planned_on": timezone.localdate().isoformat(), "team": "一组",
            "places": "", "items": ["A1"]}  # fmt: skip
    return Form(f"{HERE}visits/plan/", told, year.chen, Visit)


def a_finding(year: Year) -> Form:
    year.at(Stage.COLLECTING)
    one = planned(year)
    told = {"item": "A1", "is_defect": "True", "text": "台账缺失", "place": "市场"}
    address = f"{HERE}visits/{one.pk}/findings/"
    return Form(address, told, year.chen, Finding, ("photographs",), PNG, "a.png")


def a_lead(year: Year) -> Form:
    year.at(Stage.COLLECTING)
    told = {"unit": year.jiangmen.pk, "channel": "hotline", "item": "A1", "text": "未处理",
            "name": "某人", "contact": "1", "note": ""}  # fmt: skip
    return Form(f"{HERE}leads/receive/", told, year.chen, Lead)


def reviewers(year: Year) -> Form:
    year.at(Stage.SCORING)
    draw = drawn(year)
    told = {"reviewers": [one.pk for one in year.experts[:2]], "days": "5"}
    address = f"{HERE}reviews/draws/{draw.pk}/reviewers/"
    return Form(address, told, year.chen, FileReview, more=10)


def a_third_reviewer(year: Year) -> Form:
    year.at(Stage.SCORING)
    file = received(year, drawn(year))[0]
    both(year, file, {"late": 1}, {})
    (third,) = {one.pk for one in year.experts} - set(
        file.reviews.values_list("reviewer", flat=True)
    )
    told = {"reviewer": third}
    return Form(f"{HERE}reviews/files/{file.pk}/third/", told, year.chen, FileReview)


def a_decision_about_a_missing_figure(year: Year) -> Form:
    told = {"figures": [LACKS], "reason": "来源单位没有这项记录"}
    comparing_without_figures(year)
    return Form(f"{HERE}missing/", told, year.chen, MissingFigure)


FORMS: Mapping[Callable[[Year], Form], str] = {
    an_assessment: "/assessments/open/",
    a_scheme_from_a_file: "/assessments/<slug:code>/scheme/import/",
    a_scheme_to_begin_with: "/assessments/<slug:code>/scheme/begin/",
    a_comment: "/assessments/<slug:code>/scheme/comments/new/",
    an_approval_of_the_scheme: "/assessments/<slug:code>/scheme/approval/",
    an_amendment: "/assessments/<slug:code>/scheme/amendment/",
    material: "/assessments/<slug:code>/submissions/<int:number>/items/<str:item>/material/",
    material_once_more: (
        "/assessments/<slug:code>/submissions/<int:number>/items/<str:item>/material/use/"
    ),
    an_approval_of_a_submission: "/assessments/<slug:code>/submissions/<int:number>/approve/",
    an_objection: (
        "/assessments/<slug:code>/submissions/<int:number>/figures/<str:input_code>/contest/"
    ),
    a_signed_sheet: "/assessments/<slug:code>/sheets/<int:number>/",
    a_decision_about_a_missing_figure: "/assessments/<slug:code>/missing/",
    a_draw: "/assessments/<slug:code>/reviews/draw/",
    a_weighing: "/assessments/<slug:code>/weighings/again/",
    a_suspicion: "/assessments/<slug:code>/suspicions/raise/<str:item>/<str:unit>/",
    a_visit: "/assessments/<slug:code>/visits/plan/",
    a_finding: "/assessments/<slug:code>/visits/<int:number>/findings/",
    a_lead: "/assessments/<slug:code>/leads/receive/",
    reviewers: "/assessments/<slug:code>/reviews/draws/<int:number>/reviewers/",
    a_third_reviewer: "/assessments/<slug:code>/reviews/files/<int:number>/third/",
}
"""Each that creates something, and its address."""
