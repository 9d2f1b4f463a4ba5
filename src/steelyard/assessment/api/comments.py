"""征求意见: what was said of a draft of the scheme: list, say, change, withdraw, answer, take up again."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema

from steelyard.assessment.actions.schemes import comments as actions
from steelyard.assessment.api.said import (
    WRITTEN,
    Code,
    Number,
    Page,
    SeenIn,
    TextOut,
    Word,
    Words,
    name,
    one_of,
    read,
    text,
)
from steelyard.assessment.forms.comments import AnswerForm, CarriedOutForm, EditCommentForm
from steelyard.assessment.models import Assessment, Comment
from steelyard.assessment.permissions import may_not, no_right_to
from steelyard.assessment.queries.assessments import bodies_for
from steelyard.assessment.queries.schemes.comments import (
    comments_seen_by,
    organisations_that_comment,
)
from steelyard.assessment.rules.states import CommentState
from steelyard.assessment.views.finding import find
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, refuse_if_any
from steelyard.people.lists import answer_of
from steelyard.people.models import Organisation
from steelyard.people.refused import ToMend, answered
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, who_and_when

router = Router()


class CommentOut(Schema):
    """What an organisation says of an item (``item`` "": of the whole), and the office's answer.

    ``carried_out``: of an adopted one, where the scheme follows it, or why it does not, if somebody had to
    say so. ``version`` goes back as ``seen``.
    """

    number: int
    scheme: int
    round: int
    item: str
    about: TextOut
    organisation: str
    text: str
    said_by: str
    said_at: datetime
    state: CommentState
    answer: str
    answered_by: str
    answered_at: datetime | None
    carried_out: str
    version: int


class CommentsOut(Schema):
    count: int
    pages: int
    comments: list[CommentOut]


class CommentsIn(Schema):
    """``item``: "-" for comments on the whole."""

    item: Word = ""
    state: CommentState | None = None
    organisation: Word = ""
    page: Page = 1


class CommentIn(Schema):
    """``organisation``: the code of the one on whose behalf; ``item`` "" for the whole."""

    organisation: Word
    item: Word = ""
    text: Words


class NoCommentsIn(Schema):
    """``taken_back``: it has some after all."""

    organisation: Word
    taken_back: bool = False


class EditCommentIn(SeenIn):
    text: Words


class AnswerCommentIn(SeenIn):
    adopted: bool
    reason: Words


class CarriedOutIn(SeenIn):
    """Where the scheme follows an adopted comment, or why it does not."""

    carried_out: Words


class SaidOut(Schema):
    """The office knows."""

    organisation: str
    comments: Literal[0]


REFUSED = {200: CommentOut, **WRITTEN}
LIST = "/{slug:code}/scheme/comments"
ONE = f"{LIST}/{{number}}"


@router.get(LIST, response=CommentsOut)
def list_comments(request: HttpRequest, code: Code, asked: Query[CommentsIn]) -> dict[str, Any]:
    """All for the office; for others their own, and those of a round that is closed."""
    found = comments_seen_by(request.held, find(request, code), request.today)
    if asked.item:
        found = found.filter(item="" if asked.item == "-" else asked.item)
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.organisation:
        found = found.filter(organisation__code=asked.organisation)
    return answer_of(found.order_by("item", "id"), asked.page, "comments", _out)


@router.get(ONE, response=CommentOut)
def read_comment(request: HttpRequest, code: Code, number: Number) -> dict[str, Any]:
    return _out(_find(request, code, number))


@router.post(LIST, response=REFUSED)
def comment(request: HttpRequest, code: Code, said: CommentIn) -> dict[str, Any]:
    """Say something of the draft that is out, on behalf of an organisation."""
    found = find(request, code)
    speaks_for = _speaker(request, found, said.organisation)
    made = answered(lambda: actions.comment(
        assessment=found.pk, organisation=speaks_for.pk, item=said.item, text=said.text,
        **who_and_when(request)))  # fmt: skip
    return _out(_find(request, code, made.pk))


@router.post("/{slug:code}/scheme/no-comments", response={200: SaidOut, **WRITTEN})
def have_none(request: HttpRequest, code: Code, said: NoCommentsIn) -> dict[str, Any]:
    """无意见: an organisation has looked, and has nothing to say. Refused while a comment of it stands; taken
    back before it comments."""
    found = find(request, code)
    speaks_for = _speaker(request, found, said.organisation)
    act = actions.take_back_no_comments if said.taken_back else actions.say_nothing
    answered(lambda: act(
        assessment=found.pk, organisation=speaks_for.pk, **who_and_when(request)))  # fmt: skip
    return {"organisation": speaks_for.code, "comments": 0}


@router.post(f"{ONE}/edit", response=REFUSED)
def edit(request: HttpRequest, code: Code, number: Number, said: EditCommentIn) -> dict[str, Any]:
    """Say it otherwise, as long as it is out and not answered."""
    row = _own(request, code, number)
    told = read(EditCommentForm({"text": said.text, "version": said.seen}))
    answered(lambda: actions.edit_comment(
        comment=row.pk, text=told["text"], seen=said.seen, **who_and_when(request)))  # fmt: skip
    return _out(_find(request, code, number))


@router.post(f"{ONE}/withdraw", response=REFUSED)
def withdraw(request: HttpRequest, code: Code, number: Number, said: SeenIn) -> dict[str, Any]:
    row = _own(request, code, number)
    answered(
        lambda: actions.withdraw_comment(comment=row.pk, seen=said.seen, **who_and_when(request))
    )
    return _out(_find(request, code, number))


@router.post(f"{ONE}/answer", response=REFUSED)
def answer(
    request: HttpRequest, code: Code, number: Number, said: AnswerCommentIn
) -> dict[str, Any]:
    """Adopt it or not, with the reason. For the office."""
    row = _for_the_office(request, code, number)
    sent = {"adopted": "yes" if said.adopted else "no", "reason": said.reason, "version": said.seen}
    told = read(AnswerForm(sent))
    answered(lambda: actions.answer_comment(
        comment=row.pk, adopted=said.adopted, reason=told["reason"], seen=said.seen,
        **who_and_when(request)))  # fmt: skip
    return _out(_find(request, code, number))


@router.post(f"{ONE}/take-up", response=REFUSED)
def take_up(request: HttpRequest, code: Code, number: Number, said: SeenIn) -> dict[str, Any]:
    """Think an answer over: the comment waits again. For the office."""
    row = _for_the_office(request, code, number)
    answered(
        lambda: actions.take_up_comment(comment=row.pk, seen=said.seen, **who_and_when(request))
    )
    return _out(_find(request, code, number))


@router.post(f"{ONE}/carried-out", response=REFUSED)
def account_for(
    request: HttpRequest, code: Code, number: Number, said: CarriedOutIn
) -> dict[str, Any]:
    """Say where an adopted comment is carried out, or why it is not, before the scheme is settled: its item
    says what it said. For the office."""
    row = _for_the_office(request, code, number)
    told = read(CarriedOutForm({"carried_out": said.carried_out, "version": said.seen}))
    answered(lambda: actions.account_for_comment(
        comment=row.pk, text=told["carried_out"], seen=said.seen, **who_and_when(request)))  # fmt: skip
    return _out(_find(request, code, number))


# --- the steps --------------------------------------------------------------------------------


def _find(request: HttpRequest, code: str, number: int) -> Comment:
    seen = comments_seen_by(request.held, find(request, code), request.today)
    return one_of(seen.filter(pk=number).first())


def _speaker(request: HttpRequest, found: Assessment, code: str) -> Organisation:
    """The organisation of a code, if this person speaks for it.

    Raises:
        Refused: they speak for nobody.
        ToMend: not for this one.
    """
    below = bodies_for(found, request.today).values()
    mine = {one.code: one for one in organisations_that_comment(request.held, below, request.today)}
    if not mine:
        refuse_if_any([no_right_to(Action.COMMENT_ON_SCHEME)])
    if code not in mine:
        said = Text(
            f"您不代表“{code}”提意见；可代表：{'、'.join(sorted(mine))}",
            f"you do not comment for {code!r}; you may for: {', '.join(sorted(mine))}",
        )
        raise ToMend([Refusal("unknown_organisation", said, "organisation")])
    return mine[code]


def _own(request: HttpRequest, code: str, number: int) -> Comment:
    row = _find(request, code, number)
    return _allowed(request, row, Action.COMMENT_ON_SCHEME, row.organisation_id)


def _for_the_office(request: HttpRequest, code: str, number: int) -> Comment:
    row = _find(request, code, number)
    return _allowed(request, row, Action.RUN_ASSESSMENT, find(request, code).office_id)


def _allowed(request: HttpRequest, row: Comment, action: Action, towards: int) -> Comment:
    refusals = may_not(request.held, action, towards, request.today)
    if refusals:
        raise NotAllowed(refusals)
    return row


def _out(one: Comment) -> dict[str, Any]:
    return {
        "number": one.pk, "scheme": one.scheme.number, "round": one.round, "item": one.item,
        "about": text(one.about), "organisation": one.organisation.code, "text": one.text,
        "said_by": name(one.said_by), "said_at": one.said_at, "state": one.state,
        "answer": one.answer, "answered_by": name(one.answered_by),
        "answered_at": one.answered_at, "carried_out": one.carried_out, "version": one.version,
    }  # fmt: skip
