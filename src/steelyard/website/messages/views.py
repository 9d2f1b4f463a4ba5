"""Pages of messages inside: which wait, for how many working days yet; one, to be answered."""

from __future__ import annotations

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from steelyard.look.language import say
from steelyard.notices.queries import load_calendar
from steelyard.notices.rules.reminders import working_days_between
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import done
from steelyard.website.messages import actions
from steelyard.website.messages.forms import AnswerForm, PublishForm
from steelyard.website.messages.models import PublicMessage
from steelyard.website.messages.rules import MOVES, STATES, State

A_PAGE = 50


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Those that wait on top, the first due first."""
    _must(request, Action.EDIT_PROSE)
    rows = PublicMessage.objects.order_by("ended_at", "due", "pk")
    waiting = rows.filter(state=State.RECEIVED.value).order_by("due", "pk")
    done_with = rows.exclude(state=State.RECEIVED.value).order_by("-ended_at")
    page = Paginator(done_with, A_PAGE).get_page(request.GET.get("page"))
    page.pages = page.paginator.get_elided_page_range(page.number)
    told = {
        "waiting": [_with_words(row, request) for row in waiting],
        "done_with": [_with_words(row, request) for row in page],
        "page": page,
        "today": request.today,
    }
    return render(request, "messages/list.html", told)


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, _found(request, number))


@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    row, form = _found(request, number), AnswerForm(request.POST)
    if form.is_valid() and done(
        form,
        lambda: actions.answer_message(
            message=row.pk, answer=form.cleaned_data["answer"], by=request.user.pk, now=request.now
        ),
    ):
        return redirect("messages:list")
    return _page(request, row, answering=form)


@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    row, form = _found(request, number), AnswerForm({"answer": "-"})
    form.is_valid()
    act: Callable[[], PublicMessage] = lambda: actions.close_message(  # noqa: E731
        message=row.pk, by=request.user.pk, now=request.now
    )
    if done(form, act):
        return redirect("messages:list")
    return _page(request, row, answering=form)


@require_POST
def publish(request: HttpRequest, number: int) -> HttpResponse:
    row, form = _found(request, number), PublishForm(request.POST)
    _must(request, Action.PUBLISH_PROSE)
    if form.is_valid() and done(
        form,
        lambda: actions.publish_answer(
            message=row.pk,
            question=form.cleaned_data["question"],
            answer=form.cleaned_data["answer"],
            by=request.user.pk,
            now=request.now,
        ),
    ):
        return redirect("messages:one", row.pk)
    return _page(request, row, publishing=form)


def _must(request: HttpRequest, action: Action) -> None:
    if not reach(request.held, action, request.today):
        raise Http404


def _found(request: HttpRequest, number: int) -> PublicMessage:
    _must(request, Action.EDIT_PROSE)
    row = PublicMessage.objects.select_related("ended_by").filter(pk=number).first()
    if row is None:
        raise Http404
    return _with_words(row, request)


def _with_words(row: PublicMessage, request: HttpRequest) -> PublicMessage:
    row.state_said = say(STATES[State(row.state)])
    row.days_left = working_days_between(request.today, row.due, load_calendar())
    row.is_late = request.today > row.due
    return row


def _page(
    request: HttpRequest,
    row: PublicMessage,
    answering: AnswerForm | None = None,
    publishing: PublishForm | None = None,
) -> HttpResponse:
    moves = MOVES[State(row.state)]
    told = {
        "message": row,
        "answering": answering or (AnswerForm() if State.ANSWERED in moves else None),
        "may_close": State.CLOSED in moves,
        "publishing": publishing or _publishing(request, row),
        "is_own_answer": row.ended_by_id == request.user.pk,
        "today": request.today,
    }
    status = 422 if answering or publishing else 200
    return render(request, "messages/one.html", told, status=status)


def _publishing(request: HttpRequest, row: PublicMessage) -> PublishForm | None:
    if row.state != State.ANSWERED.value or not reach(
        request.held, Action.PUBLISH_PROSE, request.today
    ):
        return None
    return PublishForm(initial={"question": row.public_question, "answer": row.public_answer})
