"""Snapshots: freeze the accepted deliveries of a period, and take the cover list away."""

from __future__ import annotations

import io
import logging
import tempfile
import zipfile
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from steelyard.files.store import NotAsKept
from steelyard.kernel.periods import Period
from steelyard.look.language import say
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, done, posted, status_of, who_and_when
from steelyard.people.views.downloads import ZIP, download
from steelyard.records.intake.delivery import written_period
from steelyard.supply.actions.snapshots import freeze_soon, write_cover
from steelyard.supply.checking import from_json
from steelyard.supply.forms import FreezeForm
from steelyard.supply.frozen import harm_to
from steelyard.supply.models import Snapshot
from steelyard.supply.permissions import no_right_to
from steelyard.supply.queries import (
    load_catalogue,
    load_listed,
    offices_that_freeze,
    seen_by,
    snapshots_seen_by,
)
from steelyard.supply.rules.deliveries import STATUSES, Status

log = logging.getLogger(__name__)

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
            told = {
                "office": form.cleaned_data["office"],
                "starts": wanted.starts,
                "ends": wanted.ends,
            }
            found = done(form, lambda: freeze_soon(**told, **who_and_when(request)))
            if found is not None:
                if found.identifier:
                    messages.success(request, _("Frozen."))
                return redirect("supply:snapshot", found.pk)
    listed = snapshots_seen_by(request.held, request.today).select_related("office", "asked_by")
    context = {"form": form, "snapshots": listed[:100]}
    return render(request, "supply/snapshots.html", context, status=status_of(form))


@require_safe
def snapshot(request: HttpRequest, number: int) -> HttpResponse:
    found = _find(request, number)
    tables, seen = load_catalogue().tables, _seen(request, found)
    context = {
        "snapshot": found,
        "period": _period(found),
        "faults": [say(from_json(one)) for one in found.faults],
        "listed": [
            (one, say(tables[one.table_code].title), say(STATUSES[Status(one.status)]))
            for one in load_listed(found)
            if one.pk in seen
        ],
        "is_whole": _is_whole(found, seen),
        "harm": _harm(request, found),
    }  # fmt: skip
    return render(request, "supply/snapshot.html", context)


def _harm(request: HttpRequest, found: Snapshot) -> NotAsKept | None:
    """Whether what was frozen lies there still as it was; the log is told if it does not."""
    harm = harm_to(found.folder, found.identifier) if found.folder else None
    if harm is not None:
        log.error("%s: %s (%s)", request.path, harm.code, harm.tagged)
    return harm


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
    name = _period(found).replace("/", "-")
    return download(target.getvalue(), f"deliveries-{name}.zip", ZIP)


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
