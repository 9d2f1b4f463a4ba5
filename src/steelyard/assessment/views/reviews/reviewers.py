"""Who reviews: give files out, a third, another in the place of one, urge them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from steelyard.assessment.actions import reviews as actions
from steelyard.assessment.forms.reviews import (
    ReviewerForm,
    ReviewersForm,
)
from steelyard.assessment.models import FileReview
from steelyard.assessment.queries import reviews as queries
from steelyard.assessment.views.reviews.files import shown_file
from steelyard.assessment.views.reviews.results import line_of
from steelyard.assessment.views.reviews.seen import (
    draw_of,
    eyes_of,
    file_of,
    find_reviews,
    for_the_office,
    must_draw,
    reviewers_of,
)
from steelyard.kernel.refusals import Refused
from steelyard.look.language import say
from steelyard.people.views.asking import (
    done,
    posted,
    refused_for_a_right,
    status_of,
    who_and_when,
)


@require_http_methods(["GET", "HEAD", "POST"])
def reviewers(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = for_the_office(request, code)
    one = draw_of(found, eyes_of(request, found), number)
    form = ReviewersForm(posted(request), reviewers=reviewers_of(request, found))
    if request.method == "POST" and form.is_valid():
        chosen = [account.pk for account in form.cleaned_data["reviewers"]]
        shared = done(form, lambda: actions.assign_reviewers(
            draw=one.pk, reviewers=chosen, days=form.cleaned_data["days"], **who_and_when(request)))  # fmt: skip
        if shared is not None:
            _say_shared_out(request, shared)
            return redirect("assessment:draw", found.code, one.pk)
    context = {"assessment": found, "draw": one, "line": line_of(found, one, {}), "form": form}
    return render(request, "assessment/reviews/reviewers.html", context, status=status_of(form))


def _say_shared_out(request: HttpRequest, shared: actions.SharedOut) -> None:
    messages.success(request, _("Reviews given out: %(n)s.") % {"n": shared.given})
    if shared.lacking:
        said = ngettext(
            "%(n)s file still lacks two reviewers: choose more, who hold no role in its unit.",
            "%(n)s files still lack two reviewers: choose more, who hold no role in their units.",
            shared.lacking,
        )
        messages.warning(request, said % {"n": shared.lacking})


@require_POST
def third(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found, file = file_of(request, code, number)
    must_draw(request, found)
    form = ReviewerForm(request.POST, reviewers=reviewers_of(request, found))
    if form.is_valid() and done(form, lambda: actions.assign_third(
        file=file.pk, reviewer=form.cleaned_data["reviewer"].pk, **who_and_when(request))):  # fmt: skip
        messages.success(request, _("Done."))
        return redirect("assessment:drawn_file", found.code, file.pk)
    return shown_file(request, found, file, form)


@require_POST
def replace(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Somebody else does a review."""
    found, eyes = find_reviews(request, code)
    seen = queries.files_seen(eyes, found)
    one = FileReview.objects.filter(pk=number, file__in=seen).first()
    if one is None or not (eyes.everything or one.reviewer_id == request.user.pk):
        raise Http404
    must_draw(request, found)
    file = seen.get(pk=one.file_id)
    form = ReviewerForm(request.POST, reviewers=reviewers_of(request, found))
    if form.is_valid() and done(form, lambda: actions.replace_reviewer(
        review=one.pk, reviewer=form.cleaned_data["reviewer"].pk, **who_and_when(request))):  # fmt: skip
        messages.success(request, _("Done."))
        return redirect("assessment:drawn_file", found.code, file.pk)
    return shown_file(request, found, file, form)


@require_POST
def urge(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Remind those of a draw whose files are there and not done."""
    found = for_the_office(request, code)
    one = draw_of(found, eyes_of(request, found), number)
    try:
        n = actions.urge_reviewers(draw=one.pk, **who_and_when(request))
    except Refused as refused:
        refused_for_a_right(refused)
        for told in refused.refusals:
            messages.warning(request, say(told.text))
    else:
        said = ngettext("%(n)s reviewer was reminded.", "%(n)s reviewers were reminded.", n)
        messages.success(request, said % {"n": n})
    return redirect("assessment:draw", found.code, one.pk)
