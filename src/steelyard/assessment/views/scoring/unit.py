"""One unit on one item, for ever: what it says, which figures count, what was judged; and scoring it again."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from steelyard.assessment.actions.scoring import reopen
from steelyard.assessment.forms.scoring import ReopenForm
from steelyard.assessment.models import Assessment, Score
from steelyard.assessment.permissions import may_not, no_right_to
from steelyard.assessment.queries.figures.origins import NOWHERE, Origin, load_origins
from steelyard.assessment.queries.forgery import (
    counted_until,
    is_uncounted,
    suspicions_seen_by,
)
from steelyard.assessment.queries.scoring import (
    FigureShown,
    ItemPage,
    ScoreRow,
    load_item,
    scores_seen_by,
    sees_what_was_said,
)
from steelyard.assessment.queries.visits import since
from steelyard.assessment.rules.collection.claims import CLAIMS
from steelyard.assessment.rules.figures import said_figure
from steelyard.assessment.rules.judging import CLAIM_ANSWERS, STATUSES, ones_own
from steelyard.assessment.rules.schemes.division import WAYS
from steelyard.assessment.rules.states import Stage, SuspicionState
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.reviews.results import behind
from steelyard.assessment.views.scoring.item import may_raise
from steelyard.assessment.views.scoring.saying import said_points, said_reason
from steelyard.files.queries import fetchable
from steelyard.kernel.exact import shown
from steelyard.look.language import say
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import (
    NotAllowed,
    done,
    posted,
    status_of,
    who_and_when,
)
from steelyard.trail.side_by_side import show_both


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure on the page of one unit's item."""

    title: str
    way: str
    value: str
    reported: str
    supplied: str
    was: str | None
    of: FigureShown
    origin: Origin


@require_safe
def unit_item(request: HttpRequest, code: str, item: str, unit: str) -> HttpResponse:
    found = find(request, code)
    page, row = _one(request, found, item, unit)
    body = row.score.body_id
    may_score = not may_not(request.held, Action.SCORE_ITEMS, body, request.today)
    is_open = Stage(found.stage) is Stage.SCORING
    told = suspicions_seen_by(request.held, found, request.today)
    suspicions = list(told.filter(unit=row.score.unit_id, item=item))
    until = counted_until(found)
    findings = since(row.findings, row.score.scored_at)
    files = {use.material.file_id for use in row.materials}
    files |= {each.pk for one in findings for each in one.photographs}
    context = {
        "assessment": found, "item": page.duty.item, "row": row, "of": page.of,
        "fetchable": fetchable(files, request.user.pk, request.held, request.today),
        "full": shown(page.of.full), "points": said_points(row), "why": said_reason(row, page),
        "judged": [
            (say(one.title) or one.code, say(said_figure(row.judgement.judged.get(one.code, ""), one)))
            for one in page.of.judged
        ],
        "status": say(STATUSES[row.score.status]) if row.score.status in STATUSES else "",
        "claim": say(CLAIMS[row.facts.claimed]) if row.facts.claimed in CLAIMS else "",
        "claim_answer": say(CLAIM_ANSWERS[row.score.claim]) if row.score.claim in CLAIM_ANSWERS else "",
        "is_above": page.is_above(row),
        "facts": _facts(request, found, row),
        "reviews": behind(row.reviews),
        "findings": findings,
        "suspicions": suspicions,
        "uncounted_since": until if any(is_uncounted(one, until) for one in suspicions) else None,
        "may_reopen": may_score and is_open and row.is_scored and not row.facts.is_own,
        "may_raise": may_raise(request, page) and not row.facts.is_own
        and (row.suspicion is None or row.suspicion.state == SuspicionState.CLEARED),
        "sees_all": scores_seen_by(request.held, found, request.today) is not None,
    }  # fmt: skip
    return render(request, "assessment/scoring/unit_item.html", context)


def _one(
    request: HttpRequest, found: Assessment, item: str, unit: str
) -> tuple[ItemPage, ScoreRow]:
    score = (
        Score.objects.filter(assessment=found, item=item, unit__code=unit)
        .select_related("assessment")
        .first()
    )
    if score is None or not sees_what_was_said(request.held, score, request.today):
        raise Http404
    page = load_item(found, item, request.held, request.now)
    row = page and next((one for one in page.rows if one.score.pk == score.pk), None)
    if page is None or row is None:
        raise Http404
    return page, row


def _facts(request: HttpRequest, found: Assessment, row: ScoreRow) -> list[Fact]:
    codes = [one.input.code for one in row.figures]
    origins = load_origins(found, row.score.unit.code, codes, request.held, request.today)
    return [_fact(one, origins.get(one.input.code, NOWHERE)) for one in row.figures]


def _fact(one: FigureShown, origin: Origin) -> Fact:
    counted = one.counted
    return Fact(
        say(one.input.title) or one.input.code, say(WAYS[one.way]), say(one.said),
        say(said_figure(one.reported, one.input)),
        say(said_figure(counted.supplied, one.input)) if counted else "",
        say(one.said_was) if one.is_changed else None, one, origin,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def reopen_one(request: HttpRequest, code: str, item: str, unit: str) -> HttpResponse:
    found = find(request, code)
    page, row = _one(request, found, item, unit)
    if may_not(request.held, Action.SCORE_ITEMS, row.score.body_id, request.today):
        raise NotAllowed([no_right_to(Action.SCORE_ITEMS)])
    if row.facts.is_own:
        raise NotAllowed([ones_own(row.facts)])
    form = ReopenForm(posted(request), initial={"version": row.score.version})
    here = reverse("assessment:unit_item", args=[code, item, unit])
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = done(form, lambda: reopen(
            score=row.score.pk, why=told["why"], seen=told["version"], **who_and_when(request)
        ))  # fmt: skip
        if made is not None:
            messages.success(request, _("Open again."))
            return redirect("assessment:score_item", code, item)
        if form.meanwhile:
            return show_both(request, form.meanwhile, back=here)
    context = {"assessment": found, "item": page.duty.item, "row": row, "form": form, "here": here}
    return render(request, "assessment/scoring/reopen.html", context, status=status_of(form))
