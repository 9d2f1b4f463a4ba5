"""One drawn file: what became of it, both reviews side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from steelyard.assessment.actions import reviews as actions
from steelyard.assessment.actions.reviews.files import in_stage
from steelyard.assessment.forms.reviews import (
    NoteForm,
    ReviewerForm,
)
from steelyard.assessment.models import Assessment, DrawnFile, FileReview
from steelyard.assessment.queries import reviews as queries
from steelyard.assessment.queries.reviews import Sight, Stands
from steelyard.assessment.rules.reviews.checklists import FileType
from steelyard.assessment.rules.reviews.draws import DRAWS_IN
from steelyard.assessment.rules.reviews.marks import STANDINGS, Standing, points_lost
from steelyard.assessment.rules.states import DRAWN_FILE, FileMove, FileState
from steelyard.assessment.views.reviews.seen import (
    draws_files,
    eyes_of,
    file_of,
    must_draw,
    others_for,
)
from steelyard.kernel.exact import shown
from steelyard.look.language import say
from steelyard.people.models import Account
from steelyard.people.views.asking import (
    done,
    posted,
    status_of,
    who_and_when,
)
from steelyard.trail.side_by_side import show_both


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, code: str, number: int, move: str) -> HttpResponse:
    """Receive a file, note it as missing, or replace it by a reserve."""
    found, file = file_of(request, code, number)
    if move not in (FileMove.RECEIVE, FileMove.MISS, FileMove.EXCUSE):
        raise Http404
    must_draw(request, found)
    form = NoteForm(
        posted(request), is_replaced=move == FileMove.EXCUSE, initial={"version": file.version}
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        noted = done(form, lambda: actions.note_file(
            file=file.pk, move=FileMove(move), reason=told["reason"], seen=told["version"],
            **who_and_when(request)))  # fmt: skip
        if form.meanwhile:
            at = reverse("assessment:drawn_file", args=[found.code, file.pk])
            return show_both(request, form.meanwhile, back=at)
        if noted is not None:
            messages.success(request, _("Done."))
            return redirect(_back(request, found, file))
    context = {
        "assessment": found, "file": file, "form": form, "move": move,
        "title": say(DRAWN_FILE.moves[FileMove(move)]), "type": queries.type_of(file.draw),
        "back": request.POST.get("back", ""),
        "not_just_now": [
            say(one.text)
            for one in (
                *in_stage(found),
                *DRAWN_FILE.against(FileState(file.state), FileMove(move)),
            )
        ],
    }  # fmt: skip
    return render(request, "assessment/reviews/note.html", context, status=status_of(form))


def _back(request: HttpRequest, found: Assessment, file: DrawnFile) -> str:
    """To the list that it was noted in, else to the file."""
    back = request.POST.get("back", "")
    if back and url_has_allowed_host_and_scheme(back, None):
        return back
    return reverse("assessment:drawn_file", args=[found.code, file.pk])


@dataclass(frozen=True, slots=True)
class Column:
    """A review beside the other: whose it is (for the office), whether it is done."""

    review: FileReview
    title: str
    who: Account | None
    lost: str


@dataclass(frozen=True, slots=True)
class DefectRow:
    title: str
    cells: tuple[str, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Before:
    """What a reviewer found before they marked the file anew."""

    title: str
    who: Account | None
    done_at: datetime
    set_aside_at: datetime
    found: tuple[str, ...]
    lost: str


@require_safe
def file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found, one = file_of(request, code, number)
    return shown_file(request, found, one)


def shown_file(
    request: HttpRequest, found: Assessment, one: DrawnFile, form: ReviewerForm | None = None
) -> HttpResponse:
    eyes = eyes_of(request, found)
    one = queries.with_reviews(DrawnFile.objects.filter(pk=one.pk)).get()
    stands, of = queries.stands(one), queries.type_of(one.draw)
    listed = list(one.reviews.select_related("reviewer").prefetch_related("marks"))
    mine = next((review for review in listed if review.reviewer_id == request.user.pk), None)
    side_by_side = _columns(eyes, stands, of, listed, mine)
    draws_them = draws_files(request, found) and found.stage in DRAWS_IN
    context = {
        "assessment": found, "file": one, "stands": stands, "type": of,
        "type_title": say(of.title),
        "standing": say(STANDINGS[stands.standing]), "columns": side_by_side,
        "rows": _rows(of, [column.review for column in side_by_side]),
        "before": _before(eyes, of, side_by_side, listed),
        "points": "" if stands.outcome is None else shown(stands.outcome.points),
        "possible": shown(of.possible),
        "reviews": listed if eyes.everything else [],
        "mine": mine, "everything": eyes.everything,
        "moves": _moves(one) if draws_them else [],
        "wants_third": draws_them and stands.standing is Standing.DIFFER
        and not any(review.settles for review in listed),
        "replaces": draws_them and one.state in (FileState.ASKED, FileState.RECEIVED),
        "form": form or ReviewerForm(reviewers=others_for(request, found, one)),
        "is_refused": form is not None,
    }  # fmt: skip
    status = status_of(form)
    return render(request, "assessment/reviews/file.html", context, status=status)


def _columns(
    eyes: Sight, stands: Stands, of: FileType, listed: Sequence[FileReview], mine: FileReview | None
) -> list[Column]:
    """Nobody sees marks before both are done; a unit sees them when its file is settled, and no names."""
    both_done = stands.standing in (Standing.DIFFER, Standing.SETTLED)
    if not both_done or not (eyes.everything or mine or stands.state is FileState.REVIEWED):
        return []
    is_for_all = eyes.everything or mine is not None
    shown_ones = [one for one in listed if one.done_at and (is_for_all or _settled_by(one, listed))]
    return [
        Column(
            one,
            _("Third reviewer") if one.settles else _("Reviewer %(n)s") % {"n": at},
            one.reviewer if eyes.everything else None,
            shown(points_lost(of, queries.found_by(one))),
        )
        for at, one in enumerate(shown_ones, 1)
    ]


def _before(
    eyes: Sight, of: FileType, columns: Sequence[Column], listed: Sequence[FileReview]
) -> list[Before]:
    """What was marked and then marked anew, for whoever sees the marks, and for the office: that two
    differed stays visible."""
    if not columns and not eyes.everything:
        return []
    titles = {defect.code: say(defect.title) for defect in of.defects}
    at = {one.pk: number for number, one in enumerate(listed, 1)}
    return [
        Before(
            _("Reviewer %(n)s") % {"n": at[one.review_id]},
            one.reviewer if eyes.everything else None,
            one.done_at,
            one.set_aside_at,
            tuple(_marked(titles, one.marks)),
            shown(points_lost(of, {code: mark["times"] for code, mark in one.marks.items()})),
        )
        for one in queries.earlier_reviews(listed)
    ]


def _marked(titles: Mapping[str, str], marks: Mapping[str, Any]) -> Iterator[str]:
    for code, mark in marks.items():
        yield f"{titles.get(code, code)} · {mark['times']} × {mark['note']}".rstrip(" ×")


def _settled_by(one: FileReview, listed: Sequence[FileReview]) -> bool:
    """For the unit: the third's word, else what both found."""
    has_third = any(other.settles and other.done_at for other in listed)
    return one.settles if has_third else True


def _rows(of: FileType, listed: Sequence[FileReview]) -> list[DefectRow]:
    marks = [{mark.defect: mark for mark in one.marks.all()} for one in listed]
    rows = []
    for defect in of.defects:
        own = [held.get(defect.code) for held in marks]
        if not any(own):
            continue
        times = {one.times if one else 0 for one in own}
        cells = tuple(f"{one.times} × {one.note}".rstrip(" ×") if one else "–" for one in own)
        rows.append(DefectRow(say(defect.title), cells, len(times) > 1))
    return rows


def _moves(one: DrawnFile) -> list[tuple[str, str]]:
    if one.is_reserve:
        return []
    state = FileState(one.state)
    return [
        (move, say(DRAWN_FILE.moves[move]))
        for move in DRAWN_FILE.moves_from(state)
        if move is not FileMove.REVIEW
    ]
