"""A reviewer marks a file by its checklist."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from steelyard.assessment.actions import reviews as actions
from steelyard.assessment.actions.reviews import Marked
from steelyard.assessment.forms.reviews import MarksForm
from steelyard.assessment.models import Assessment, FileReview
from steelyard.assessment.permissions import no_right_to
from steelyard.assessment.queries import reviews as queries
from steelyard.assessment.rules.reviews.checklists import FileType
from steelyard.assessment.rules.reviews.draws import DRAWS_IN
from steelyard.assessment.rules.reviews.marks import points_lost
from steelyard.assessment.rules.states import FileState
from steelyard.assessment.views.entries import saved
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.reviews.seen import own_review
from steelyard.kernel.exact import shown
from steelyard.look.language import say
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import (
    NotAllowed,
    done,
    posted,
    status_of,
    who_and_when,
)
from steelyard.trail.side_by_side import Pair, show_both


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The checklist as a form. ``act``: count (nothing is written), save, finish."""
    found = find(request, code)
    one = own_review(request, found, number)
    if not reach(request.held, Action.REVIEW_FILES, request.today):
        raise NotAllowed([no_right_to(Action.REVIEW_FILES)])
    of = queries.type_of(one.file.draw)
    there = {mark.defect: Marked(mark.times, mark.note) for mark in one.marks.all()}
    form = MarksForm(posted(request), of=of, marked=there, initial={"version": one.version})
    act = request.POST.get("act", "save")
    if request.method == "POST" and form.is_valid() and act != "count":
        marked = form.marked()
        review = done(form, lambda: actions.save_review(
            review=one.pk, marked=marked, finish=act == "finish", seen=form.cleaned_data["version"],
            no_defect=form.cleaned_data["no_defect"], **who_and_when(request)))  # fmt: skip
        if form.meanwhile:
            pairs = _pairs(of, there, marked)
            return show_both(request, form.meanwhile, pairs=pairs, told=(), along=[("act", act)])
        if review is not None:
            return _after(request, found, review, act)
    found_now = {code: one.times for code, one in _so_far(form, there).items()}
    reviews = list(one.file.reviews.prefetch_related("marks"))
    may_mark = one.done_at is None or queries.may_mark_anew(reviews)
    context = {
        "assessment": found, "review": one, "file": one.file, "type": of, "form": form,
        "type_title": say(of.title), "rows": form.rows(),
        "lost": shown(points_lost(of, found_now)),
        "points": shown(of.possible - points_lost(of, found_now)), "possible": shown(of.possible),
        "is_fatal": any(d.fatal and found_now.get(d.code) for d in of.defects),
        "is_defective": points_lost(of, found_now) > of.defective_above,
        "is_open": found.stage in DRAWS_IN and one.file.state == FileState.RECEIVED and may_mark,
        "marked_rows": [(d, there[d.code]) for d in of.defects if d.code in there],
    }  # fmt: skip
    status = 200 if act == "count" and form.is_bound else status_of(form)
    return render(request, "assessment/reviews/mine.html", context, status=status)


def _so_far(form: MarksForm, there: Mapping[str, Marked]) -> Mapping[str, Marked]:
    return form.marked() if form.is_bound and hasattr(form, "cleaned_data") else there


def _after(request: HttpRequest, found: Assessment, review: FileReview, act: str) -> HttpResponse:
    """Saved: here again. Finished: the next one that waits, else the list."""
    if act != "finish":
        messages.success(request, _("Saved."))
        return saved(request, reverse("assessment:my_review", args=[found.code, review.pk]))
    messages.success(request, _("The review is finished."))
    after = (
        queries.waiting_for_reviewer(request.user.pk).filter(file__draw__assessment=found).first()
    )
    if after is not None:
        return saved(request, reverse("assessment:my_review", args=[found.code, after.pk]))
    return saved(request, reverse("assessment:reviews", args=[found.code]))


def _pairs(of: FileType, there: Mapping[str, Marked], mine: Mapping[str, Marked]) -> list[Pair]:
    """Where what was saved meanwhile and what is about to be saved differ."""
    pairs = []
    for one in of.defects:
        theirs, own = there.get(one.code, Marked(0)), mine.get(one.code, Marked(0))
        title = say(one.title)
        for name, label, a, b in (
            (f"times_{one.code}", title, str(theirs.times), str(own.times)),
            (f"note_{one.code}", f"{title} · {_('Note')}", theirs.note, own.note),
        ):
            if a != b:
                pairs.append(Pair(name, label, "", a, b, a, b, ""))
    return pairs
