"""One run of the site check: what was seen, what the rules find in it, and the document that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.website.addresses import LANGUAGES, columns
from steelyard.website.checking.crawl import seen_on
from steelyard.website.checking.fetching import Fetch
from steelyard.website.rules.site_check import findings
from steelyard.website.rules.site_check.checks import Finding, Wrong, fails, read_checks
from steelyard.website.rules.site_check.seen import ColumnSeen, MessageSeen, Seen
from steelyard.website.site import Site

FORMAT = "steelyard-site-report/1"
MOST = 20
"""Of what is wrong so much is said of each check; of the rest how many there are."""


def check_site(
    fetch: Fetch,
    *,
    now: datetime,
    today: date,
    site: Site | None = None,
    messages: Sequence[MessageSeen] | None = None,
    icp: str = "",
) -> dict[str, Any]:
    """The report as a document. ``site`` knows the columns better than the sitemap does, where it is given."""
    home = None
    if site is not None and (changed := site.addresses[""].changed_at):
        home = changed.date()
    seen = seen_on(
        fetch,
        today=today,
        columns_seen=None if site is None else columns_of(site),
        home_changed_on=home,
        messages=messages,
        icp=icp,
    )
    return report(seen, findings(seen, read_checks()), now)


def columns_of(site: Site) -> list[ColumnSeen]:
    """Every column with its entries and the latest date among them."""
    found = []
    for column in columns().values():
        if not column.address:
            continue
        mine = [
            one for one in site.addresses.values() if one.column == column.code and one.is_entry
        ]
        days = [one.day for one in mine if one.day]
        found.append(
            ColumnSeen(
                code=column.code, title=column.title, kind=column.kind, entries=len(mine),
                address=f"/{LANGUAGES[0]}/{column.address}/", newest=max(days, default=None),
            )
        )  # fmt: skip
    return found


def report(seen: Seen, found: Sequence[Finding], now: datetime) -> dict[str, Any]:
    veto, practical = fails(found, "veto"), fails(found, "practical")
    return {
        "format": FORMAT,
        "run_at": now.isoformat(timespec="seconds"),
        "today": str(seen.today),
        "pages": len(seen.pages),
        "left_out": seen.left_out,
        "verdict": "failed" if veto else "passed",
        "failed_veto": len(veto),
        "failed_practical": len(practical),
        "findings": [_finding(one) for one in found],
    }


def _finding(one: Finding) -> dict[str, Any]:
    check = one.check
    return {
        "code": check.code,
        "weight": check.weight,
        "state": one.state,
        "title": _both(check.title),
        "source": _both(check.source),
        "sure": check.sure,
        "count": len(one.wrong),
        "wrong": [_wrong(each) for each in one.wrong[:MOST]],
    }


def _wrong(one: Wrong) -> Mapping[str, Any]:
    return {"what": _both(one.what), "where": one.where}


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
