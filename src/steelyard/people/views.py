"""Pages of people: what is waiting for me, organisations, accounts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from steelyard.people.waiting import waiting_for


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Everyone's first page."""
    found = waiting_for(request.user.pk, request.held, request.today)
    return render(request, "people/waiting.html", {"waiting": found, "today": request.today})
