"""Everyone's first page, and what everyone may do for themselves."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_supported_language_variant
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from steelyard.people import actions
from steelyard.people.models import Holding
from steelyard.people.waiting import waiting_for


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    found = waiting_for(request.user.pk, request.held, request.today)
    return render(request, "people/waiting.html", {"waiting": found, "today": request.today})


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """My own account: the roles I hold, my password, my second factor."""
    holdings = Holding.objects.filter(account=request.user).select_related("organisation")
    told = {"holdings": holdings.order_by("-starts", "pk"), "today": request.today}
    return render(request, "people/me.html", told)


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """In which language the pages are read; kept in a cookie, and for mails with the account."""
    language = request.POST.get("language", "")
    try:
        language = get_supported_language_variant(language)
    except LookupError:
        return set_language(request)
    if request.user.is_authenticated:
        actions.choose_language(language=language, by=request.user.pk, now=request.now)
    return set_language(request)


@login_not_required
def no_such_page(_request: HttpRequest, *_told: object) -> HttpResponse:
    """Stands before an address of a library that the office does not offer."""
    raise Http404
