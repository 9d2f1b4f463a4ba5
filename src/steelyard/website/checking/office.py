"""The daily run inside: the public pages as this office shows them, its messages, its newest snapshots.

The last report is a file in the office's home, written anew by each run; nothing else is written.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.utils import timezone

from steelyard.kernel.faults import Faulty
from steelyard.kernel.periods import Period
from steelyard.publication.briefing_check import Differs, check_briefing
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.tables.write import write_whole
from steelyard.website.checking.fetching import from_application
from steelyard.website.checking.run import check_site
from steelyard.website.messages.models import PublicMessage
from steelyard.website.messages.rules import State
from steelyard.website.rules.site_check.seen import MessageSeen
from steelyard.website.site import PublishedBriefing, Site, site_at

log = logging.getLogger(__name__)

MOST_KEYS = 10
"""Keys of rows that the report names; of more it says how many there are."""


def run_check(*, now: datetime) -> dict[str, Any]:
    """Walk the site, check the briefings, keep the report and return it."""
    site = site_at(now)
    found = check_site(
        from_application(WSGIHandler(), _host()),
        now=now,
        today=timezone.localtime(now).date(),
        site=site,
        messages=_messages(),
        icp=getattr(settings, "ICP_NUMBER", ""),
    )
    found["briefings"] = briefings_to_look_at(site, settings.ENVIRONMENT.home / "snapshots")
    write_whole(_path(), (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode())
    return found


def last_report() -> dict[str, Any] | None:
    """The report of the last run, if there was one."""
    try:
        document: dict[str, Any] = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return document


def briefings_to_look_at(site: Site, folder: Path) -> list[dict[str, Any]]:
    """Every published briefing with the figures that the newest snapshot of its period says otherwise."""
    snapshots = newest_snapshots(folder)
    found = []
    for series, one in site.briefings.items():
        snapshot = snapshots.get(one.briefing.period)
        if snapshot is not None and snapshot.identifier != one.briefing.snapshot:
            found += _of_briefing(series, one, snapshot)
    return found


def newest_snapshots(folder: Path) -> Mapping[Period, Snapshot]:
    """Of every period the snapshot that was frozen last."""
    found: dict[Period, Snapshot] = {}
    for path in sorted(folder.glob("*"), key=_written):
        try:
            snapshot = Snapshot.open(path)
        except (Faulty, OSError):
            log.info("%s is no snapshot", path)
            continue
        found[snapshot.period] = snapshot
    return found


def _written(path: Path) -> float:
    """When, in seconds since 1970; 0 of what is gone since its name was read."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _of_briefing(series: str, one: PublishedBriefing, snapshot: Snapshot) -> list[dict[str, Any]]:
    try:
        differs = check_briefing(one.briefing, snapshot)
    except Faulty as error:
        log.warning("%s cannot be checked: %s", series, error)
        return []
    if not differs:
        return []
    title = one.briefing.title
    return [
        {
            "series": series,
            "title": {"zh": title.zh, "en": title.en},
            "snapshot": snapshot.identifier,
            "figures": [_figure(each) for each in differs],
        }
    ]


def _figure(one: Differs) -> dict[str, Any]:
    texts = {"title": one.title, "before": one.before, "after": one.after, "why": one.why}
    keys = {"added": one.added, "changed": one.changed, "withdrawn": one.withdrawn}
    return {
        "name": one.name,
        "is_another": one.is_another,
        **{name: {"zh": text.zh, "en": text.en} for name, text in texts.items()},
        **{name: list(some[:MOST_KEYS]) for name, some in keys.items()},
    }


def _messages() -> list[MessageSeen]:
    rows = PublicMessage.objects.values_list("number", "sent_at", "ended_at", "state")
    return [
        MessageSeen(
            number,
            timezone.localtime(sent_at).date(),
            timezone.localtime(ended_at).date()
            if ended_at and state != State.RECEIVED.value
            else None,
        )
        for number, sent_at, ended_at, state in rows
    ]


def _host() -> str:
    """A name that this office answers to."""
    named = [one for one in settings.ALLOWED_HOSTS if one.strip(".*")]
    return named[0].lstrip(".") if named else "localhost"


def _path() -> Path:
    return Path(settings.ENVIRONMENT.home) / "site-check.json"
