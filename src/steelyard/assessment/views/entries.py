"""What is answered to a form whose script keeps its entries until they are saved (`static/assessment/saving.js`)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect


def saved(request: HttpRequest, leads_to: str) -> HttpResponse:
    """All is saved: on to another page. A script that sent the form is told so, and forgets what it kept."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": leads_to})
    return HttpResponseRedirect(leads_to)
