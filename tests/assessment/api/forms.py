"""What creates something in an assessment, as a program sends it: the forms of the pages, told as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from steelyard.assessment.actions.supplied import fill
from steelyard.assessment.models import Draw, SchemeVersion
from steelyard.assessment.rules.supplied.cells import Typed
from steelyard.supply.models import Snapshot
from tests.assessment import forms as of_pages
from tests.assessment.api.asking import HERE
from tests.assessment.lacking import KEY
from tests.assessment.year import Year, scheme
from tests.people.forms import Form

ONE = "/api/assessments/<slug:code>"


def as_program(form: Form, path: str, **said: Any) -> Form:
    return replace(form, address=f"{HERE}{path}", told=said, as_json=not form.files)


def below(form: Form, part: str) -> str:
    """The number in the address of the page, after a part of it."""
    return form.address.split(f"/{part}/")[1].split("/")[0]


def an_assessment(year: Year) -> Form:
    form = of_pages.an_assessment(year)
    said = {
        "office": year.province.code, "code": "2023", "title_zh": "考核", "starts": "2023-01-01",
        "ends": "2024-01-01",
    }  # fmt: skip
    return replace(form, address="/api/assessments", told=said, as_json=True)


def a_draft(year: Year) -> Form:
    assert year.assessment
    return as_program(
        Form("", {}, year.chen, SchemeVersion), "/scheme/draft", document=scheme().document, seen=0
    )


def an_approval_of_the_scheme(year: Year) -> Form:
    form = of_pages.an_approval_of_the_scheme(year)
    return as_program(form, "/scheme/approval", seen_hash=form.told["seen_hash"])


def an_amendment(year: Year) -> Form:
    return as_program(of_pages.an_amendment(year), "/scheme/amendment", why="口径有误")


def a_comment(year: Year) -> Form:
    form = of_pages.a_comment(year)
    said = {"organisation": year.jiangmen.code, "item": "A1", "text": "口径不明"}
    return as_program(form, "/scheme/comments", **said)


def an_approval_of_a_submission(year: Year) -> Form:
    form = of_pages.an_approval_of_a_submission(year)
    return as_program(form, f"/submissions/{below(form, 'submissions')}/decisions", **form.told)


def material(year: Year) -> Form:
    form = of_pages.material(year)
    path = f"/submissions/{below(form, 'submissions')}/items/B2/material"
    return as_program(replace(form, files=("file",)), path, title="方案")


def material_once_more(year: Year) -> Form:
    form = of_pages.material_once_more(year)
    path = f"/submissions/{below(form, 'submissions')}/items/B2/material/use"
    return as_program(form, path, **form.told)


def an_objection(year: Year) -> Form:
    form = of_pages.an_objection(year)
    path = f"/submissions/{below(form, 'submissions')}/figures/trained/objections"
    return as_program(form, path, record="T2", text="应为104人")


def a_signed_sheet(year: Year) -> Form:
    form = of_pages.a_signed_sheet(year)
    number = below(form, "sheets")
    typed = {"440100": Typed("92.3%", "全年"), "440700": Typed("", "未统计", "missing")}
    filled = fill(sheet=int(number), typed=typed, by=year.li.pk, now=year.now)
    return as_program(form, f"/sheets/{number}/sign", seen=filled.version)


def a_decision_about_a_missing_figure(year: Year) -> Form:
    form = of_pages.a_decision_about_a_missing_figure(year)
    figures = [{"unit": KEY[0], "figure": KEY[1]}]
    return as_program(form, "/missing-figures/decide", figures=figures, reason=form.told["reason"])


def a_draw(year: Year) -> Form:
    form = of_pages.a_draw(year)
    snapshot = Snapshot.objects.get(pk=form.told["snapshot"]).identifier
    numbers = {name: int(form.told[name]) for name in ("wanted", "reserves", "days")}
    return as_program(form, "/reviews/draws", **form.told | numbers | {"snapshot": snapshot})


def reviewers(year: Year) -> Form:
    form = of_pages.reviewers(year)
    path = f"/reviews/draws/{Draw.objects.get().pk}/reviewers"
    return as_program(form, path, reviewers=form.told["reviewers"], days=5)


def a_third_reviewer(year: Year) -> Form:
    form = of_pages.a_third_reviewer(year)
    return as_program(form, f"/reviews/files/{below(form, 'files')}/third", **form.told)


def a_visit(year: Year) -> Form:
    form = of_pages.a_visit(year)
    said = {
        "unit": "440700",
        "planned_on": form.told["planned_on"],
        "team": "一组",
        "items": ["A1"],
    }
    return as_program(form, "/visits", **said)


def a_finding(year: Year) -> Form:
    form = replace(of_pages.a_finding(year), files=())
    path = f"/visits/{below(form, 'visits')}/findings"
    return as_program(form, path, text="台账缺失", item="A1", place="市场")


def a_suspicion(year: Year) -> Form:
    form = of_pages.a_suspicion(year)
    return as_program(form, "/suspicions", unit="440700", item="B2", about="statement", grounds="公章有误")  # fmt: skip


def a_weighing(year: Year) -> Form:
    form = of_pages.a_weighing(year)
    return as_program(form, "/weighings", **form.told)


FORMS: Mapping[Callable[[Year], Form], str] = {
    an_assessment: "/api/assessments",
    a_draft: f"{ONE}/scheme/draft",
    an_approval_of_the_scheme: f"{ONE}/scheme/approval",
    an_amendment: f"{ONE}/scheme/amendment",
    a_comment: f"{ONE}/scheme/comments",
    an_approval_of_a_submission: f"{ONE}/submissions/<number>/decisions",
    material: f"{ONE}/submissions/<number>/items/<item>/material",
    material_once_more: f"{ONE}/submissions/<number>/items/<item>/material/use",
    an_objection: f"{ONE}/submissions/<number>/figures/<figure>/objections",
    a_signed_sheet: f"{ONE}/sheets/<number>/sign",
    a_decision_about_a_missing_figure: f"{ONE}/missing-figures/decide",
    a_draw: f"{ONE}/reviews/draws",
    reviewers: f"{ONE}/reviews/draws/<number>/reviewers",
    a_third_reviewer: f"{ONE}/reviews/files/<number>/third",
    a_visit: f"{ONE}/visits",
    a_finding: f"{ONE}/visits/<number>/findings",
    a_suspicion: f"{ONE}/suspicions",
    a_weighing: f"{ONE}/weighings",
}
"""Each that creates something, and its address."""

CHANGES = {
    f"{ONE}/{path}"
    for path in (
        "moves/<move>", "scheme/amendment/<move>", "scheme/no-comments",
        "scheme/comments/<number>/edit", "scheme/comments/<number>/withdraw",
        "scheme/comments/<number>/answer", "scheme/comments/<number>/take-up",
        "scheme/comments/<number>/carried-out",
        "scheme/draft/<section>", "scheme/draft/<section>/<key>",
        "scheme/draft/<section>/<key>/delete", "scheme/draft/items/<key>/move",
        "submissions/<number>/put-up", "submissions/<number>/take-back",
        "submissions/<number>/late", "submissions/<number>/departments",
        "submissions/<number>/items/<item>", "submissions/<number>/items/<item>/material/<use>/off",
        "objections/<number>/answer", "sheets/<number>/figures", "sheets/<number>/correct",
        "sheets/<number>/take-back", "sheets/<number>/urge", "differences/<number>/settle", "differences/<number>/anew",
        "differences/<number>/reopen",
        "compare-again", "urge-scoring", "urge-units", "urge-sheets", "scoring/<item>", "scoring/<item>/<unit>/reopen",
        "reviews/files/<number>/note", "reviews/mine/<number>", "reviews/draws/<number>/urge",
        "visits/<number>/plan", "visits/<number>/announce", "visits/<number>/cancel",
        "visits/<number>/report", "visits/<number>/correct", "visits/<number>/findings/<finding>",
        "visits/<number>/findings/<finding>/photographs", "suspicions/<number>/state",
        "suspicions/<number>/hear", "suspicions/<number>/decide",
    )
}  # fmt: skip
"""They change what is there, and the version that was seen tells two of them apart."""
