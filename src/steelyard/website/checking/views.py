"""The report of the last site check, for those who write and publish the site."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action
from steelyard.website.checking.office import last_report
from steelyard.website.prose.withheld import load_withheld

STATES = ("failed", "not_seen", "passed")


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    if not reach(request.held, Action.EDIT_PROSE, request.today):
        raise Http404
    found = last_report()
    told: dict[str, Any] = {"report": found, "withheld": load_withheld()}
    if found:
        told |= {
            "run_at": datetime.fromisoformat(found["run_at"]),
            "veto": _of_weight(found, "veto"),
            "practical": _of_weight(found, "practical"),
            "briefings": found.get("briefings", []),
        }
    return render(request, "checking/report.html", told)


def _of_weight(report: dict[str, Any], weight: str) -> dict[str, list[Any]]:
    """What is wrong on top, then what is for a person; apart from it, what is in order."""
    found = [one for one in report["findings"] if one["weight"] == weight]
    by_state = {state: [one for one in found if one["state"] == state] for state in STATES}
    return {"open": by_state["failed"] + by_state["not_seen"], "in_order": by_state["passed"]}
