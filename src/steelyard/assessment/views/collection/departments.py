"""Give the items of a unit to its departments."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from steelyard.assessment.actions.collection import give_items
from steelyard.assessment.queries.collection import departments_of
from steelyard.assessment.views.collection.finding import Seen, find_within
from steelyard.kernel.refusals import Refused
from steelyard.look.language import say
from steelyard.people.models import Organisation
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import refused_for_a_right, who_and_when
from steelyard.trail.side_by_side import Pair, show_both
from steelyard.trail.versions import ChangedMeanwhile

WAS, TO = "was-", "to-"


@require_http_methods(["GET", "HEAD", "POST"])
def departments(request: HttpRequest, code: str, number: int) -> HttpResponse:
    seen = find_within(request, code, number)
    seen.refuse_unless_may(Action.DIVIDE_ITEMS)
    listed = list(departments_of(seen.submission.unit_id, request.today))
    if request.method != "POST":
        return _shown(request, seen, listed)
    given = _given(request.POST, seen)
    try:
        count = give_items(submission=number, given=given, **who_and_when(request))
    except ChangedMeanwhile as error:
        return _both(request, seen, listed, error, given)
    except Refused as refused:
        refused_for_a_right(refused)
        texts = [say(one.text) for one in refused.refusals]
        return _shown(request, seen, listed, texts, given, status=409)
    messages.success(request, _("Items given: %(count)s.") % {"count": count})
    return redirect("assessment:submission", code, number)


def _given(sent: QueryDict, seen: Seen) -> dict[str, tuple[int | None, int | None]]:
    return {
        one.item.code: (_number(sent.get(WAS + one.item.code)), _number(sent.get(TO + one.item.code)))
        for one in seen.all_questions
        if TO + one.item.code in sent
    }  # fmt: skip


def _number(text: str | None) -> int | None:
    is_one = bool(text) and text.isdecimal() and text.isascii() and len(text) < 19
    return int(text) if is_one and text else None


def _shown(
    request: HttpRequest, seen: Seen, listed: list[Organisation], refusals: list[str] | None = None,
    typed: Mapping[str, tuple[int | None, int | None]] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    typed = typed or {}
    lines = [
        (
            one.item,
            seen.given_to(one.item.code),
            typed.get(one.item.code, (None, seen.given_to(one.item.code)))[1],
        )
        for one in seen.all_questions
    ]
    context = {
        "assessment": seen.submission.assessment, "submission": seen.submission, "lines": lines,
        "departments": listed, "refusals": refusals or [],
        "not_just_now": [say(one.text) for one in seen.not_just_now],
    }  # fmt: skip
    return render(request, "assessment/collection/departments.html", context, status=status)


def _both(
    request: HttpRequest, seen: Seen, listed: list[Organisation], error: ChangedMeanwhile,
    given: Mapping[str, tuple[int | None, int | None]],
) -> HttpResponse:  # fmt: skip
    """Item by item, to whom it was, is and would be given; sent again as it is now."""
    names = {one.pk: say(one.name) for one in listed}
    titles = {one.item.code: say(one.item.title) for one in seen.all_questions}
    sent, pairs = request.POST.copy(), []
    for item, (was, to) in given.items():
        now_with = seen.given_to(item)
        sent[WAS + item] = str(now_with or "")
        if now_with in (was, to):
            continue
        said = [names.get(one, _("the unit itself")) for one in (was, now_with, to)]
        chosen = "theirs" if to == was else ""
        pairs.append(
            Pair(TO + item, f"{item} {titles[item]}", *said, str(now_with or ""), str(to or ""), chosen)
        )  # fmt: skip
    back = reverse("assessment:departments", args=[seen.submission.assessment.code, seen.submission.pk])  # fmt: skip
    return show_both(request, error, sent, pairs=pairs, told=[], back=back)
