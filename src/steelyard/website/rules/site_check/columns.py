"""Is what stands on the site fresh, and does every column hold something?"""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.kernel.bilingual import Text
from steelyard.website.rules.site_check.checks import Check, Wrong
from steelyard.website.rules.site_check.days import age, last_updated
from steelyard.website.rules.site_check.seen import ColumnSeen, Seen


def home_fresh(seen: Seen, check: Check) -> Sequence[Wrong]:
    if seen.home_changed_on is None:
        return [Wrong(Text("首页没有注明日期的内容", "nothing on the home page bears a date"))]
    if age(seen, seen.home_changed_on) <= check.terms["days"]:
        return []
    return [Wrong(last_updated(seen.home_changed_on, seen))]


def columns_fresh(seen: Seen, check: Check) -> Sequence[Wrong]:
    return _if_many(_stale(seen, check, ("news", "notices")), check)


def columns_kept_up(seen: Seen, check: Check) -> Sequence[Wrong]:
    return _if_many(_stale(seen, check, ("news", "notices", "records")), check)


def columns_filled(seen: Seen, check: Check) -> Sequence[Wrong]:
    empty = [
        Wrong(Text(f"“{one.title.zh}”是空的", f"{one.title.en} is empty"), one.address)
        for one in seen.columns
        if not one.entries
    ]
    return _if_many(empty, check)


def columns_due(seen: Seen, check: Check) -> Sequence[Wrong]:
    return _stale(seen, check, ("news", "notices", "records"))


def _if_many(wrong: Sequence[Wrong], check: Check) -> Sequence[Wrong]:
    return wrong if len(wrong) >= check.terms["fails_at"] else []


def _stale(seen: Seen, check: Check, kinds: Sequence[str]) -> list[Wrong]:
    """Columns that are past their term. What bears no date was not updated; what is empty is told elsewhere."""
    return [
        Wrong(_stale_says(one, seen), one.address)
        for one in seen.columns
        if one.kind in kinds
        and one.entries
        and (one.newest is None or age(seen, one.newest) > check.terms[one.kind])
    ]


def _stale_says(one: ColumnSeen, seen: Seen) -> Text:
    last = (
        Text("没有日期", "bears no date") if one.newest is None else last_updated(one.newest, seen)
    )
    return Text(f"“{one.title.zh}”{last.zh}", f"{one.title.en}: {last.en}")
