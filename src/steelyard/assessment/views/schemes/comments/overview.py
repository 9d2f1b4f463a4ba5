"""What was said of a draft: the list, and the same as a sheet."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from steelyard.assessment.forms.comments import CommentFilterForm
from steelyard.assessment.models import Assessment, Comment, SchemeVersion
from steelyard.assessment.queries.schemes.comments import (
    asked_of,
    comments_due,
    comments_seen_by,
    due_for,
    has_no_comments,
    is_insider,
    standing_comments,
)
from steelyard.assessment.rules.states import COMMENT, CommentState
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.schemes.comments.finding import organisations_spoken_for, scheme_out
from steelyard.assessment.views.schemes.comments.lines import line_of
from steelyard.kernel.bilingual import Text
from steelyard.look.language import say
from steelyard.look.moments import to_the_minute
from steelyard.people.lists import page_of
from steelyard.people.models import Organisation
from steelyard.people.views.downloads import XLSX, download
from steelyard.tables.plain_workbook import plain_workbook

MOST_EXPORTED = 5000


@require_safe
def comments(request: HttpRequest, code: str) -> HttpResponse:
    found = find(request, code)
    form, rows = _asked(request, found)
    page = page_of(rows, request)
    version = scheme_out(found)
    insider = is_insider(request.held, found, request.today)
    mine = organisations_spoken_for(request, found)
    context = {
        "assessment": found,
        "page": page,
        "lines": [line_of(one, insider=insider) for one in page],
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
            to_the_minute(one.said_at), say(COMMENT.states[CommentState(one.state)]), one.answer,
            str(one.answered_by or ""), to_the_minute(one.answered_at), one.round, one.carried_out,
        ]
        for one in rows[:MOST_EXPORTED]
    ]  # fmt: skip
    content = plain_workbook(_("Comments"), headings, cells)
    return download(content, f"{found.code}-comments.xlsx", XLSX)
