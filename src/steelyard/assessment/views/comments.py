"""征求意见: what was said of a draft, one comment, what is answered; the list as a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from steelyard.assessment.actions.schemes import comments as actions
from steelyard.assessment.forms.schemes import (
    AnswerForm,
    CarriedOutForm,
    CommentFilterForm,
    CommentForm,
    EditCommentForm,
)
from steelyard.assessment.models import Assessment, Comment, SchemeVersion
from steelyard.assessment.permissions import may_not, no_right_to
from steelyard.assessment.queries.assessments import bodies_for, under_way
from steelyard.assessment.queries.schemes.comments import (
    asked_of,
    comments_due,
    comments_seen_by,
    due_for,
    has_no_comments,
    is_followed,
    is_insider,
    organisations_that_comment,
    standing_comments,
)
from steelyard.assessment.rules.drafting import Row, tree
from steelyard.assessment.rules.schemes.verdicts import grades_said, vetoes_said
from steelyard.assessment.rules.schemes.writing_rules import in_words
from steelyard.assessment.rules.states import COMMENT, CommentState, SchemeState
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.schemes.finding import runs
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refused
from steelyard.look.language import lang, say
from steelyard.people.forms import OfficeForm
from steelyard.people.lists import page_of
from steelyard.people.models import Organisation
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import (
    NotAllowed,
    done,
    posted,
    refused_for_a_right,
    status_of,
    who_and_when,
)
from steelyard.people.views.downloads import XLSX, download
from steelyard.tables.plain_workbook import plain_workbook
from steelyard.trail.side_by_side import show_both, version_of
from steelyard.trail.versions import ChangedMeanwhile

MOST_EXPORTED = 5000
KINDS = {"open": "warn", "adopted": "good", "refused": "bad", "withdrawn": "past"}


@dataclass(frozen=True, slots=True)
class Line:
    comment: Comment
    state: str
    kind: str
    is_left: bool = False
    """Adopted, and the draft does not show it: for the office, until the scheme is settled."""


@require_safe
def comments(request: HttpRequest, code: str) -> HttpResponse:
    found = find(request, code)
    form, rows = _asked(request, found)
    page = page_of(rows, request)
    version = _out(found)
    insider = is_insider(request.held, found, request.today)
    mine = _mine(request, found)
    context = {
        "assessment": found,
        "page": page,
        "lines": [_line(one, insider=insider) for one in page],
        "form": form,
        "is_filtered": any(form.wanted(name) for name in form.fields),
        "version": version,
        "may_comment": version is not None and bool(mine),
        "mine": mine,
        **(_spoken(version, mine) if version is not None else {}),
        "due": due_for(version, mine[0].pk) if version is not None and mine else None,
        "asked": asked_of(version) if version is not None and insider else [],
        "comments_due": comments_due(version) if version is not None else None,
        "is_insider": insider,
        "rounds": max((one.round for one in page), default=1),
    }
    return render(request, "assessment/scheme/comments.html", context)


def _spoken(version: SchemeVersion, mine: list[Organisation]) -> dict[str, bool]:
    """Of those for whom a person speaks: whether one has no comments, all have none, one has not spoken."""
    none = [has_no_comments(version, one.pk) for one in mine]
    return {
        "has_none": any(none),
        "all_have_none": all(none),
        "may_have_none": any(not standing_comments(version, one.pk).exists() for one in mine)
        and not all(none),
    }


def _line(one: Comment, *, insider: bool) -> Line:
    is_left = (
        insider and one.scheme.state in ("draft", "out") and is_followed(one, one.scheme) is False
    )
    return Line(one, say(COMMENT.states[CommentState(one.state)]), KINDS[one.state], is_left)


def _asked(request: HttpRequest, found: Assessment) -> tuple[CommentFilterForm, QuerySet[Comment]]:
    seen = comments_seen_by(request.held, found, request.today)
    items = sorted(set(seen.order_by().values_list("item", "about_zh", "about_en").distinct()))
    who = Organisation.objects.filter(pk__in=seen.order_by().values("organisation"))
    form = CommentFilterForm(
        request.GET,
        items=[(code or "-", f"{code} {say(Text(zh, en))}".strip()) for code, zh, en in items],
        organisations=[(one.code, say(one.name)) for one in who.order_by("code")],
    )
    form.is_valid()
    if form.wanted("item"):
        seen = seen.filter(item="" if form.wanted("item") == "-" else form.wanted("item"))
    if form.wanted("state"):
        seen = seen.filter(state=form.wanted("state"))
    if form.wanted("organisation"):
        seen = seen.filter(organisation__code=form.wanted("organisation"))
    return form, seen.order_by("item", "id")


@require_safe
def export(request: HttpRequest, code: str) -> HttpResponseBase:
    """The list as it is filtered, as a sheet."""
    found = find(request, code)
    _form, rows = _asked(request, found)
    headings = [
        _("Code of the item"),
        pgettext("of a scheme", "Item"),
        _("Organisation"),
        _("Comment"),
        _("Said by"),
        _("Said at"),
        _("State"),
        _("Reason"),
        _("Answered by"),
        _("Answered at"),
        _("Round"),
        _("Where it is carried out"),
    ]
    cells = [
        [
            one.item, say(one.about), say(one.organisation.name), one.text, str(one.said_by),
            _moment(one.said_at), say(COMMENT.states[CommentState(one.state)]), one.answer,
            str(one.answered_by or ""), _moment(one.answered_at), one.round, one.carried_out,
        ]
        for one in rows[:MOST_EXPORTED]
    ]  # fmt: skip
    content = plain_workbook(_("Comments"), headings, cells)
    return download(content, f"{found.code}-comments.xlsx", XLSX)


def _moment(at) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""


def _out(found: Assessment) -> SchemeVersion | None:
    version = under_way(found)
    return version if version is not None and version.state == SchemeState.OUT else None


def _mine(request: HttpRequest, found: Assessment) -> list:
    below = bodies_for(found, request.today).values()
    return list(organisations_that_comment(request.held, below, request.today))


@require_http_methods(["GET", "HEAD", "POST"])
def new_comment(request: HttpRequest, code: str) -> HttpResponse:
    found = find(request, code)
    mine = _mine(request, found)
    if not mine:
        raise NotAllowed([no_right_to(Action.COMMENT_ON_SCHEME)])
    version = _out(found)
    rows = tree(version.document) if version is not None else ()
    below = bodies_for(found, request.today).values()
    form = CommentForm(
        posted(request), organisations=organisations_that_comment(request.held, below, request.today),
        items=[(row.code, f"{'　' * row.depth}{row.code} {say(row.title)}") for row in rows if row.code],
        initial={"item": request.GET.get("item", ""), "organisation": mine[0] if len(mine) == 1 else None},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = done(form, lambda: actions.comment(
            assessment=found.pk, organisation=told["organisation"].pk, item=told["item"],
            text=told["text"], **who_and_when(request),
        ))  # fmt: skip
        if made is not None:
            messages.success(request, _("Your comment is with the office."))
            return redirect("assessment:comments", found.code)
    document = version.document if version is not None else {}
    context = {
        "assessment": found, "form": form, "version": version,
        "said_grades": grades_said(document), "said_vetoes": vetoes_said(document),
    }  # fmt: skip
    return render(request, "assessment/scheme/new_comment.html", context, status=status_of(form))


@require_POST
def say_nothing(request: HttpRequest, code: str) -> HttpResponse:
    """Nothing to say, for each organisation that this person speaks for and that has not commented; or,
    taken back, something after all."""
    found = find(request, code)
    mine = _mine(request, found)
    if not mine:
        raise NotAllowed([no_right_to(Action.COMMENT_ON_SCHEME)])
    version, is_taken_back = _out(found), "take_back" in request.POST
    if version is not None:
        mine = [one for one in mine if not standing_comments(version, one.pk).exists()] or mine
    act = actions.take_back_no_comments if is_taken_back else actions.say_nothing
    try:
        with transaction.atomic():
            for one in mine:
                act(assessment=found.pk, organisation=one.pk, **who_and_when(request))
    except Refused as refused:
        refused_for_a_right(refused)
        messages.error(request, " ".join(say(one.text) for one in refused.refusals))
    else:
        messages.success(request, _TAKEN_BACK if is_taken_back else _SAID_NONE)
    return redirect("assessment:comments", found.code)


_SAID_NONE = gettext_lazy("The office knows that you have no comments.")
_TAKEN_BACK = gettext_lazy("Taken back: you can comment now.")


@require_http_methods(["GET", "HEAD", "POST"])
def one_comment(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A comment with its answer: its own people change it while it is out, the office answers it."""
    found = find(request, code)
    comment = _find(request, found, number)
    return _page(request, found, comment)


def _find(request: HttpRequest, found: Assessment, number: int) -> Comment:
    comment = comments_seen_by(request.held, found, request.today).filter(pk=number).first()
    if comment is None:
        raise Http404
    return comment


def _page(request: HttpRequest, found: Assessment, comment: Comment) -> HttpResponse:
    is_open = comment.state == CommentState.OPEN
    is_own = not may_not(
        request.held, Action.COMMENT_ON_SCHEME, comment.organisation_id, request.today
    )
    does_run = runs(request, found)
    insider = is_insider(request.held, found, request.today)
    asks = request.POST.get("what", "") if request.method == "POST" else ""
    initial = {"version": comment.version, "text": comment.text}
    edit = EditCommentForm(posted(request) if asks == "edit" else None, initial=initial)
    answer = AnswerForm(posted(request) if asks == "answer" else None, initial=initial)
    carried = CarriedOutForm(
        posted(request) if asks == "carried_out" else None,
        initial={**initial, "carried_out": comment.carried_out},
    )
    forms = {"edit": edit, "answer": answer, "carried_out": carried}
    if request.method == "POST":
        sent = _posted(request, found, comment, asks, forms, is_own=is_own, runs=does_run)
        if sent is not None:
            return sent
    state = comment.scheme.state
    row = _row(comment) if insider or state not in ("draft", "dropped") else None
    line = _line(comment, insider=insider)
    accounts = does_run and comment.state == "adopted" and state in ("draft", "out")
    context = {
        "assessment": found,
        "line": line,
        "comment": comment,
        "words": in_words(row.told, comment.scheme.document, lang(), is_group=row.is_group)
        if row is not None
        else "",
        "edit_item": row.key if row is not None and does_run and state == SchemeState.DRAFT else "",
        "edit": edit if is_own and is_open and state == SchemeState.OUT else None,
        "answer": answer if does_run and is_open and state in ("draft", "out") else None,
        "carried": carried if accounts and (line.is_left or comment.carried_out) else None,
        "may_take_up": does_run and comment.state in ("adopted", "refused") and state in ("draft", "out"),
    }  # fmt: skip
    form = forms.get(asks, answer)
    return render(request, "assessment/scheme/comment.html", context, status=status_of(form))


def _row(comment: Comment) -> Row | None:
    """The item as the version has it now."""
    rows = tree(comment.scheme.document) if comment.item else ()
    return next((row for row in rows if row.code == comment.item), None)


def _posted(
    request: HttpRequest, found: Assessment, comment: Comment, asks: str,
    forms: Mapping[str, OfficeForm], *, is_own: bool, runs: bool,
) -> HttpResponse | None:  # fmt: skip
    allowed = {"edit": is_own, "withdraw": is_own, "answer": runs, "take_up": runs,
               "carried_out": runs}  # fmt: skip
    if not allowed.get(asks, False):
        action = Action.COMMENT_ON_SCHEME if asks in ("edit", "withdraw") else Action.RUN_ASSESSMENT
        raise NotAllowed([no_right_to(action)])
    form = forms.get(asks)
    if form is not None and not form.is_valid():
        return None
    told = {"comment": comment.pk, **who_and_when(request)}
    given = form.cleaned_data if form is not None else {}
    back = redirect("assessment:comment", found.code, comment.pk)
    try:
        match asks:
            case "edit":
                actions.edit_comment(text=given["text"], seen=given["version"], **told)
            case "withdraw":
                actions.withdraw_comment(seen=version_of(request.POST), **told)
            case "answer":
                actions.answer_comment(
                    adopted=given["adopted"] == "yes", reason=given["reason"], seen=given["version"],
                    **told,
                )  # fmt: skip
            case "carried_out":
                actions.account_for_comment(
                    text=given["carried_out"], seen=given["version"], **told
                )
            case "take_up":
                actions.take_up_comment(seen=version_of(request.POST), **told)
    except ChangedMeanwhile as error:
        return show_both(request, error, back=back.url)
    except Refused as refused:
        refused_for_a_right(refused)
        if form is not None:
            form.refuse(refused)
            return None
        messages.error(request, " ".join(say(one.text) for one in refused.refusals))
        return back
    messages.success(request, _("Done."))
    return redirect("assessment:comments", found.code) if asks == "answer" else back
