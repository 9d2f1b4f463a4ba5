"""Draws: the list of them, one with its files, drawing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from steelyard.assessment.actions import reviews as actions
from steelyard.assessment.forms.reviews import DrawForm
from steelyard.assessment.models import Assessment, Draw, FileReview
from steelyard.assessment.queries import reviews as queries
from steelyard.assessment.queries.assessments import issued, scheme_of
from steelyard.assessment.rules.reviews.draws import DRAWS_IN, Wanted, no_figure_of_files
from steelyard.assessment.rules.reviews.marks import STANDINGS
from steelyard.assessment.views.reviews.results import (
    draw_lines,
    line_of,
    reviewer_lines,
    titles,
    unit_lines,
)
from steelyard.assessment.views.reviews.seen import (
    draw_of,
    draws_files,
    find_reviews,
    for_the_office,
)
from steelyard.kernel.faults import Faulty
from steelyard.look.language import say
from steelyard.people.lists import page_of
from steelyard.people.views.asking import (
    done,
    posted,
    status_of,
    who_and_when,
)


@require_safe
def reviews(request: HttpRequest, code: str) -> HttpResponse:
    found, eyes = find_reviews(request, code)
    draws = page_of(queries.draws_seen(eyes, found).order_by("pk"), request)
    context = {
        "assessment": found,
        "page": draws,
        "lines": draw_lines(found, draws) if eyes.everything else titles(found, draws),
        "everything": eyes.everything,
        "draws_files": draws_files(request, found),
        "is_open": found.stage in DRAWS_IN,
        "mine": _mine(request, found),
        "due": queries.due_of_draws(request.user.pk),
    }
    return render(request, "assessment/reviews/reviews.html", context)


MOST_OPEN = 50
"""Of one's own reviews on the page; when some are done the next come up."""


def _mine(request: HttpRequest, found: Assessment) -> list[FileReview]:
    return list(queries.reviews_of(request.user.pk, found).filter(done_at=None)[:MOST_OPEN])


@require_safe
def draw(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found, eyes = find_reviews(request, code)
    one = draw_of(found, eyes, number)
    seen = queries.files_seen(eyes, found).filter(draw=one)
    files = _narrowed(request, seen)
    page = page_of(queries.with_reviews(files), request)
    draws_them = draws_files(request, found) and found.stage in DRAWS_IN
    listed = reviewer_lines(one, request.today) if eyes.everything else []
    context = {
        "assessment": found,
        "draw": one,
        "line": line_of(found, one, {}),
        "type": queries.type_of(one),
        "units": unit_lines(one, eyes, seen),
        "short": [unit for unit, there in one.population.items() if there < one.wanted],
        "page": page,
        "files": [queries.stands(file) for file in page],
        "unit": request.GET.get("unit", ""),
        "standings": {standing: say(title) for standing, title in STANDINGS.items()},
        "everything": eyes.everything,
        "draws_files": draws_them,
        "reviewers": listed,
        "may_urge": draws_them and any(line.may_be_urged for line in listed),
    }
    return render(request, "assessment/reviews/draw.html", context)


def _narrowed(request: HttpRequest, seen: Any) -> Any:
    unit = request.GET.get("unit", "")
    ordered = seen.order_by("unit__code", "place")
    return ordered.filter(unit__code=unit) if unit else ordered


@require_http_methods(["GET", "HEAD", "POST"])
def draw_files(request: HttpRequest, code: str) -> HttpResponse:
    found = for_the_office(request, code)
    form = DrawForm(
        posted(request),
        snapshots=queries.snapshots_of(found),
        types=file_types(),
        inputs=inputs_to_feed(found),
    )
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        snapshot = told.pop("snapshot")
        drawn = _done_or_faulty(form, lambda: actions.draw_files(
            assessment=found.pk, snapshot=snapshot.pk, wanted=Wanted(**told), **who_and_when(request)))  # fmt: skip
        if drawn is not None:
            messages.success(request, _("Done."))
            return redirect("assessment:draw", found.code, drawn.pk)
    context = {
        "assessment": found, "form": form, "has_snapshots": queries.snapshots_of(found).exists(),
        "lacks": None if queries.inputs_fed(found) else no_figure_of_files(),
        "is_sample": any(one.sample for one in queries.load_types().values()),
    }  # fmt: skip
    return render(request, "assessment/reviews/draw_files.html", context, status=status_of(form))


def _done_or_faulty(form: DrawForm, act: Callable[[], Draw]) -> Draw | None:
    try:
        return done(form, act)
    except Faulty as error:
        form.add_error("snapshot", "; ".join(say(fault.text) for fault in error.faults[:5]))
        return None


def file_types() -> list[tuple[str, str]]:
    return [("", "–"), *((code, say(one.title)) for code, one in queries.load_types().items())]


def inputs_to_feed(found: Assessment) -> list[tuple[str, str]]:
    version = issued(found)
    titles = scheme_of(version).inputs if version else {}
    return [
        ("", "–"),
        *(
            (code, f"{code} {say(titles[code].title)} · {say(of.said)}")
            for code, of in queries.inputs_fed(found).items()
        ),
    ]
