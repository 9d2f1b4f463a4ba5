"""征求意见: ask for comments, comment, answer what was said."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.models import Assessment, Comment, SchemeVersion
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import (
    bodies_for,
    division_of,
    under_way,
    units_of,
)
from steelyard.assessment.queries.schemes.comments import (
    AREA,
    TASK,
    comments_due,
    deadlines_of_comments,
    due_for,
    has_no_comments,
    standing_comments,
    task_of,
)
from steelyard.assessment.rules import drafting
from steelyard.assessment.rules.schemes.carrying_out import hash_of
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.schemes.rounds import was_held
from steelyard.assessment.rules.states import COMMENT, CommentMove, CommentState, SchemeState
from steelyard.assessment.telling.schemes import tell_of_answer
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, refuse_if_any
from steelyard.kernel.refusing import refusal
from steelyard.notices.actions import (
    Due,
    end_all,
    end_deadline,
    reopen_deadline,
    start_deadlines,
)
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action, Role
from steelyard.trail.acting import acting
from steelyard.trail.versions import refuse_if_changed

LONGEST = 2000
"""Characters of a comment or an answer."""


def ask_for_comments(
    *, found: Assessment, version: SchemeVersion, working_days: int, by: int, now: datetime
) -> None:
    """Each unit and each body that the scheme names has a day. Part of sending the draft out."""
    path = reverse("assessment:comments", args=[found.code])
    what = Text(
        f"对{found.title_zh}细则提出意见",
        f"Comment on the scheme of {found.title_en or found.title_zh}",
    )
    start_deadlines(
        area=AREA, task=TASK, working_days=working_days, by=by, now=now,
        dues=[
            Due(version.pk, what, path, organisation, role, task=task_of(version, organisation))
            for organisation, role in _asked(found, version, timezone.localdate(now)).items()
        ],
    )  # fmt: skip


def _asked(found: Assessment, version: SchemeVersion, today: date) -> dict[int, Role]:
    """Organisation → the role that speaks for it."""
    below = bodies_for(found, today)
    divided = division_of(version)
    asked: dict[int, Role] = {one.pk: Role.CITY_OFFICER for one in units_of(version).values()}
    supply = {body for code, body in divided.body.items() if divided.way[code] is not Way.JUDGED}
    for code in sorted(supply & set(below)):
        asked.setdefault(below[code], Role.SUPPLYING_BODY)
    for duty in divided.duties:
        if duty.scoring_body in below:
            asked.setdefault(below[duty.scoring_body], Role.SCORING_BODY)
    return asked


def end_the_round(*, version: SchemeVersion, by: int, now: datetime) -> None:
    """The draft is no longer out: nobody is waited for, and whether the round was held to its end is kept. Part
    of closing the round."""
    if version.state == SchemeState.OUT and was_held(
        comments_due(version), timezone.localdate(now)
    ):
        version.held_round = version.rounds
    end_all(those=deadlines_of_comments(version), by=by, now=now, met=False)


# --- to say something --------------------------------------------------------------------------


def comment(
    *, assessment: int, organisation: int, item: str, text: str, by: int, now: datetime
) -> Comment:
    """Say something of an item, or of the whole (``item`` "").  The same said twice is there once.

    Raises:
        Refused: it is not for ``by``, the draft is not out, the time is over, or the organisation said that
            it has no comments.
    """
    with acting("comment_on_scheme", by=by):
        version = _out(assessment, organisation, by, now)
        if has_no_comments(version, organisation):
            refuse_if_any([_said_none()])
        refuse_if_any(_without_text(text))
        about = _about(version, item)
        refuse_if_any(about.refusals)
        said = {
            "scheme": version, "round": version.rounds, "item": item,
            "organisation_id": organisation, "text": text.strip(), "state": CommentState.OPEN,
        }  # fmt: skip
        there = Comment.objects.filter(**said).first()
        made = there or Comment.objects.create(
            about_zh=about.title.zh[:200], about_en=about.title.en[:200], said_by_id=by,
            said_at=now, of_hash=hash_of(version.document, item), **said,
        )  # fmt: skip
        _has_spoken(version, organisation, by, now)
        return made


def say_nothing(*, assessment: int, organisation: int, by: int, now: datetime) -> None:
    """无意见: an organisation has looked, and has nothing to say.

    Raises:
        Refused: it is not for ``by``, the draft is not out, the time is over, or comments of the
            organisation stand.
    """
    with acting("have_no_comments", by=by):
        version = _out(assessment, organisation, by, now)
        stand = standing_comments(version, organisation).count()
        if stand:
            refuse_if_any([_has_commented(stand)])
        _has_spoken(version, organisation, by, now)


def take_back_no_comments(*, assessment: int, organisation: int, by: int, now: datetime) -> None:
    """An organisation that had no comments has some after all: it is waited for again, until its day.

    Raises:
        Refused: it is not for ``by``, the draft is not out, or the time is over.
    """
    with acting("take_back_no_comments", by=by):
        version = _out(assessment, organisation, by, now)
        if has_no_comments(version, organisation):
            _has_not_spoken(version, organisation, by, now)


def edit_comment(*, comment: int, text: str, by: int, now: datetime, seen: int) -> Comment:
    """
    Raises:
        Refused: it is not for ``by``, it is answered, the draft is not out, or the time is over.
        ChangedMeanwhile: a colleague changed it since.
    """
    with acting("edit_comment", by=by):
        found = _own(comment, CommentMove.EDIT, by, now)
        refuse_if_any(_without_text(text))
        refuse_if_changed(found, seen, text=text.strip())
        found.text = text.strip()
        found.save()
        return found


def withdraw_comment(*, comment: int, by: int, now: datetime, seen: int) -> Comment:
    """With the last one withdrawn the organisation has not spoken, and is waited for again.

    Raises:
        Refused: it is not for ``by``, it is answered, the draft is not out, or the time is over.
        ChangedMeanwhile: a colleague changed it since.
    """
    with acting("withdraw_comment", by=by):
        found = _own(comment, CommentMove.WITHDRAW, by, now)
        refuse_if_changed(found, seen)
        found.state = CommentState.WITHDRAWN
        found.save()
        if not standing_comments(found.scheme, found.organisation_id).exists():
            _has_not_spoken(found.scheme, found.organisation_id, by, now)
        return found


def _own(number: int, move: CommentMove, by: int, now: datetime) -> Comment:
    looked = Comment.objects.select_related("scheme").get(pk=number)
    version = _out(looked.scheme.assessment_id, looked.organisation_id, by, now)
    found = Comment.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=number)
    if found.scheme_id != version.pk or found.round != version.rounds:
        refuse_if_any([_is_not_out()])
    refuse_if_any(COMMENT.against(CommentState(found.state), move))
    return found


def _out(assessment: int, organisation: int, by: int, now: datetime) -> SchemeVersion:
    """The version that is out, for whoever may speak for an organisation below the office."""
    today = timezone.localdate(now)
    found = held_still(assessment)
    refuse_if_any(may_not(load_held(by, today), Action.COMMENT_ON_SCHEME, organisation, today))
    if organisation not in bodies_for(found, today).values():
        refuse_if_any([_is_not_out()])
    version = under_way(found)
    if version is None or version.state != SchemeState.OUT:
        refuse_if_any([_is_not_out()])
        raise AssertionError
    due = due_for(version, organisation)
    if due is not None and today > due:
        refuse_if_any([refusal(
            "too_late",
            Text(f"征求意见已于{due}截止", f"the time for comments was over on {due}"),
            Text("确需补充的，请考核办延长期限", "ask the office to extend it if you need to"),
        )])  # fmt: skip
    return version


def _is_not_out() -> Refusal:
    return refusal(
        "not_out",
        Text("细则现在不在征求意见", "the scheme is not out for comments"),
        Text("请与考核办联系", "ask the office"),
    )


def _has_commented(stand: int) -> Refusal:
    return refusal(
        "comments_stand",
        Text(f"本单位已提出{stand}条意见，不能同时答复“无意见”",
             f"your organisation has commented ({stand}): it cannot have no comments as well"),
        Text("如无意见，请先逐条撤回", "withdraw each comment first if it has none"),
    )  # fmt: skip


def _said_none() -> Refusal:
    return refusal(
        "said_none",
        Text("本单位已答复“无意见”", "your organisation said that it has no comments"),
        Text("如有意见，请先在意见页撤回该答复", "take that back first, on the page of comments"),
    )


def _without_text(text: str) -> tuple[Refusal, ...]:
    if text.strip():
        return ()
    return (Refusal("no_text", Text("请写明意见", "write the comment"), "text"),)


class _About:
    def __init__(self, title: Text, refusals: tuple[Refusal, ...] = ()) -> None:
        self.title, self.refusals = title, refusals


def _about(version: SchemeVersion, item: str) -> _About:
    if not item:
        return _About(Text("总体", "The whole"))
    row = next((row for row in drafting.tree(version.document) if row.code == item), None)
    if row is not None:
        return _About(row.title)
    said = Text(f"细则中没有项目{item}", f"the scheme has no item {item}")
    return _About(Text(), (Refusal("no_such_item", said, "item"),))


def _has_spoken(version: SchemeVersion, organisation: int, by: int, now: datetime) -> None:
    task = task_of(version, organisation)
    end_deadline(area=AREA, object_id=version.pk, task=task, by=by, now=now)


def _has_not_spoken(version: SchemeVersion, organisation: int, by: int, now: datetime) -> None:
    task = task_of(version, organisation)
    reopen_deadline(area=AREA, object_id=version.pk, task=task, by=by, now=now)


# --- to answer ----------------------------------------------------------------------------------


def answer_comment(
    *, comment: int, adopted: bool, reason: str, by: int, now: datetime, seen: int
) -> Comment:
    """Adopt or refuse a comment, with the reason.

    Raises:
        Refused: it is not for ``by``, it is answered already, or the scheme is issued.
        ChangedMeanwhile: it was changed since it was seen.
    """
    with acting("answer_comment", by=by):
        move = CommentMove.ADOPT if adopted else CommentMove.REFUSE
        found = _for_the_office(comment, move, by, now)
        if not reason.strip():
            refuse_if_any([Refusal("no_reason", Text("请写明理由", "say why"), "reason")])
        refuse_if_changed(found, seen, answer=reason.strip())
        found.state = COMMENT.after(CommentState(found.state), move)
        found.answer, found.answered_by_id, found.answered_at = reason.strip(), by, now
        found.save()
        found.version += 1
        tell_of_answer(found, by=by, now=now)
        return found


def take_up_comment(*, comment: int, by: int, now: datetime, seen: int) -> Comment:
    """An answer is thought over: the comment waits again.

    Raises:
        Refused: it is not for ``by``, it has no answer, or the scheme is issued.
        ChangedMeanwhile: it was changed since it was seen.
    """
    with acting("take_up_comment", by=by):
        found = _for_the_office(comment, CommentMove.REVIEW, by, now)
        refuse_if_changed(found, seen)
        found.state = CommentState.OPEN
        found.carried_out, found.carried_out_by, found.carried_out_at = "", None, None
        found.save()
        return found


def account_for_comment(*, comment: int, text: str, by: int, now: datetime, seen: int) -> Comment:
    """Where the scheme follows a comment that was adopted, or why it does not after all.

    Raises:
        Refused: it is not for ``by``, it was not adopted, nothing is said, or the scheme is settled.
        ChangedMeanwhile: it was changed since it was seen.
    """
    with acting("account_for_comment", by=by):
        found = _for_the_office(comment, CommentMove.ACCOUNT, by, now)
        if not text.strip():
            said = Text(
                "请写明在何处落实，或者为何不改", "say where it is carried out, or why it is not"
            )
            refuse_if_any([Refusal("no_text", said, "carried_out")])
        refuse_if_changed(found, seen, carried_out=text.strip())
        found.carried_out, found.carried_out_by_id, found.carried_out_at = text.strip(), by, now
        found.save()
        found.version += 1
        return found


def _for_the_office(number: int, move: CommentMove, by: int, now: datetime) -> Comment:
    today = timezone.localdate(now)
    looked = Comment.objects.select_related("scheme").get(pk=number)
    held_still(looked.scheme.assessment_id)
    found = (
        Comment.objects.select_for_update(of=("self",))
        .select_related("scheme__assessment")
        .get(pk=number)
    )
    office = found.scheme.assessment.office_id
    refuse_if_any(may_not(load_held(by, today), Action.RUN_ASSESSMENT, office, today))
    if found.scheme.state not in (SchemeState.DRAFT, SchemeState.OUT):
        refuse_if_any([refusal(
            "settled",
            Text("征求意见已经结束，答复不再改动", "the comments are closed: answers stand"),
            Text("要改请先退回重拟", "have the scheme drafted again first"),
        )])  # fmt: skip
    refuse_if_any(COMMENT.against(CommentState(found.state), move))
    return found
