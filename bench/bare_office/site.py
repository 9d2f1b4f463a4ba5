"""Three views: one writes a row, one shows the list of deliveries, one an item that is scored."""

from __future__ import annotations

import os
import re
from functools import cache

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.bare_office.settings")
application = get_wsgi_application()

from django.db import connection  # noqa: E402
from django.template import Engine, Template  # noqa: E402
from django.template.context import make_context  # noqa: E402

from steelyard.assessment.forms.scoring import mark_of  # noqa: E402
from steelyard.assessment.models import Answer, Deduction, MaterialUse, Score  # noqa: E402
from steelyard.assessment.queries.assessments import issued, scheme_of  # noqa: E402
from steelyard.assessment.queries.scoring import ScoreRow, judgement_of, typed_of  # noqa: E402
from steelyard.assessment.rules.judging import STATUSES, Judging, RowFacts  # noqa: E402
from steelyard.assessment.rules.states import ScoreState  # noqa: E402
from steelyard.assessment.views.scoring.item import Box, RowShown  # noqa: E402
from steelyard.look.language import say  # noqa: E402
from steelyard.people.lists import ROWS  # noqa: E402
from steelyard.supply.models import Delivery  # noqa: E402
from steelyard.supply.views.lists import USUAL  # noqa: E402

TABLE = (
    "CREATE TABLE IF NOT EXISTS bench_note (id bigserial PRIMARY KEY, account bigint, note text)"
)


def write(request: HttpRequest) -> HttpResponse:
    """One row, by whoever is signed in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_note (account, note) VALUES (%s, %s)",
            [request.user.pk, request.POST["note"]],
        )
    return redirect("/listed/")


def listed(request: HttpRequest) -> HttpResponse:
    """The newest deliveries in the very table of the office's page."""
    found = Delivery.objects.select_related("body").order_by("-uploaded_at", "id")[:ROWS]
    context = make_context({"page": _Rows(found), "sort": USUAL}, request)
    return HttpResponse(_table().render(context))


class _Rows(list[Delivery]):
    """Rows with what the table's caption asks of a page: how many there are in all."""

    @property
    def paginator(self) -> object:
        return Delivery.objects.all()


@cache
def _table() -> Template:
    """The table of the office's page, cut out of it."""
    engine = Engine.get_default()
    source = engine.get_template("supply/deliveries.html").source
    begin, end = source.index("<table>"), source.index("</table>")
    return engine.from_string(
        f"{{% load i18n saying look deliveries office %}}{source[begin:end]}</table>"
    )


def scored(request: HttpRequest, code: str, item: str) -> HttpResponse:
    """The units of an item in the very table of the page on which they are scored."""
    found = Score.objects.filter(assessment__code=code, item=item)
    scores = list(found.select_related("unit", "body", "scored_by", "assessment"))
    answers = {
        one.submission.unit_id: one
        for one in Answer.objects.filter(
            submission__assessment__code=code, item=item
        ).select_related("submission")
    }
    uses: dict[int, list[MaterialUse]] = {}
    for use in MaterialUse.objects.filter(
        answer__submission__assessment__code=code, answer__item=item
    ).select_related("material"):
        uses.setdefault(use.answer_id, []).append(use)
    deductions = list(Deduction.objects.filter(score__in=scores))
    version = issued(scores[0].assessment)
    assert version is not None
    scheme = scheme_of(version)
    full = scheme.full[item]
    of = Judging(item, (scheme.inputs["plan_points"],), "plan_points", full, full)
    rows = [_row(one, of, answers.get(one.unit_id), uses, deductions) for one in scores]
    told = {
        "rows": rows, "of": of, "item": scheme.item[item], "assessment": scores[0].assessment,
        "can_edit": True, "is_judged": True, "statuses": list(STATUSES.items()), "claim_answers": [],
    }  # fmt: skip
    return HttpResponse(_scored().render(make_context(told, request)))


def _row(
    score: Score, of: Judging, answer: Answer | None, uses: dict[int, list[MaterialUse]],
    deductions: list[Deduction],
) -> RowShown:  # fmt: skip
    judgement = judgement_of(score, [one for one in deductions if one.score_id == score.pk])
    typed = typed_of(judgement)
    facts = RowFacts(score.unit.code, score.unit.name, ScoreState(score.state))
    material = tuple(uses.get(answer.pk, ())) if answer else ()
    row = ScoreRow(score, facts, typed, judgement, answer, material)
    name = f"s{score.pk}-f-plan_points"
    return RowShown(
        row=row, prefix=f"s{score.pk}-", typed=typed, mark=mark_of(typed), seen=score.version,
        boxes=[Box(name, say(of.judged[0].title), "", "")], kept=[], can_edit=True, points="", why="",
    )  # fmt: skip


_TABLE = re.compile(r"{% scroll label %}.*?{% endscroll %}", re.DOTALL)


@cache
def _scored() -> Template:
    """The table of the office's page, cut out of it."""
    engine = Engine.get_default()
    source = engine.get_template("assessment/scoring/item.html").source
    found = _TABLE.search(source)
    assert found is not None, "the page has no table"
    return engine.from_string(f"{{% load i18n saying look %}}{found.group()}")


urlpatterns = [
    path("write/", write),
    path("listed/", listed),
    path("scored/<slug:code>/<str:item>/", scored),
    path("", include("steelyard.supply.urls")),  # the rows lead there
    path("", include("steelyard.assessment.urls")),
    path("files/", include("steelyard.files.urls")),
]
