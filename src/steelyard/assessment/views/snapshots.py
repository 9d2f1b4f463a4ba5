"""Snapshots: freeze the accepted deliveries of a period, and take the cover list away."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from steelyard.assessment.actions.snapshots import freeze_soon, write_cover
from steelyard.assessment.checking import from_json
from steelyard.assessment.forms import FreezeForm
from steelyard.assessment.language import lang
from steelyard.assessment.models import Snapshot
from steelyard.assessment.permissions import no_right_to
from steelyard.assessment.queries import (
    load_catalogue,
    load_listed,
    offices_that_freeze,
    seen_by,
    snapshots_seen_by,
)
from steelyard.assessment.rules.deliveries import STATUSES, Status
from steelyard.kernel.periods import Period
from steelyard.kernel.refusals import Refused
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, posted, refused_for_a_right, status_of
from steelyard.records.intake.delivery import written_period

_NO_TIME = (1980, 1, 1, 0, 0, 0)


@require_http_methods(["GET", "HEAD", "POST"])
def snapshots(request: HttpRequest) -> HttpResponse:
    if not reach(request.held, Action.SEE_DELIVERY, request.today):
        raise Http404
    offices = offices_that_freeze(request.held, request.today)
    form = FreezeForm(posted(request), offices=offices) if offices else None
    if request.method == "POST":
        if form is None:
            raise NotAllowed([no_right_to(Action.FREEZE)])
        if form.is_valid():
            wanted = form.cleaned_data["period"]
            try:
                found = freeze_soon(
                    office=form.cleaned_data["office"], starts=wanted.starts, ends=wanted.ends,
                    by=request.user, now=request.now,
                )  # fmt: skip
            except Refused as refused:
                refused_for_a_right(refused)
                form.refused(refused.refusals)
            else:
                if found.identifier:
                    messages.success(request, _("Frozen."))
                return redirect("assessment:snapshot", found.pk)
    listed = snapshots_seen_by(request.held, request.today).select_related("office", "asked_by")
    context = {"form": form, "snapshots": listed[:100]}
    return render(request, "assessment/snapshots.html", context, status=status_of(form))


@require_safe
def snapshot(request: HttpRequest, number: int) -> HttpResponse:
    found = _find(request, number)
    tables, seen = load_catalogue().tables, _seen(request, found)
    context = {
        "snapshot": found,
        "period": _period(found),
        "faults": [from_json(one).say(lang()) for one in found.faults],
        "listed": [
            (one, tables[one.table_code].title.say(lang()), STATUSES[Status(one.status)].say(lang()))
            for one in load_listed(found)
            if one.pk in seen
        ],
        "is_whole": _is_whole(found, seen),
    }  # fmt: skip
    return render(request, "assessment/snapshot.html", context)


@require_safe
def cover(request: HttpRequest, number: int) -> HttpResponse:
    """The cover list with its files, for ``steelyard freeze``: anyone may make the snapshot again."""
    found = _find(request, number)
    if not _is_whole(found, _seen(request, found)):
        raise NotAllowed([no_right_to(Action.SEE_DELIVERY)])
    target = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="steelyard-") as folder:
        write_cover(Path(folder), load_listed(found))
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for path in sorted(Path(folder).iterdir()):
                package.writestr(zipfile.ZipInfo(path.name, _NO_TIME), path.read_bytes())
    answer = HttpResponse(target.getvalue(), content_type="application/zip")
    name = _period(found).replace("/", "-")
    answer["Content-Disposition"] = f'attachment; filename="deliveries-{name}.zip"'
    return answer


def _seen(request: HttpRequest, found: Snapshot) -> frozenset[int]:
    """Of the deliveries listed, those that exist for this person: organisations move, rights end."""
    listed = seen_by(request.held, request.today).filter(snapshots=found)
    return frozenset(listed.values_list("pk", flat=True))


def _is_whole(found: Snapshot, seen: frozenset[int]) -> bool:
    """The cover list is taken away whole, or not at all."""
    return found.deliveries.count() == len(seen)


def _period(found: Snapshot) -> str:
    return written_period(Period(found.starts, found.ends))


def _find(request: HttpRequest, number: int) -> Snapshot:
    found = snapshots_seen_by(request.held, request.today).select_related("office", "asked_by")
    snapshot = found.filter(pk=number).first()
    if snapshot is None:
        raise Http404
    return snapshot
