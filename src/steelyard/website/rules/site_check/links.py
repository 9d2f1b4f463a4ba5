"""Do links lead somewhere, and is everything within a few clicks?"""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.kernel.bilingual import Text
from steelyard.website.rules.site_check.checks import Check, Wrong
from steelyard.website.rules.site_check.seen import Seen, good_pages


def dead_links(seen: Seen, _check: Check) -> Sequence[Wrong]:
    return [
        Wrong(
            Text(f"{one.target} 打不开（{one.status}）", f"{one.target} is dead ({one.status})"),
            one.page,
        )
        for one in seen.dead_links
    ]


def sitemap(seen: Seen, _check: Check) -> Sequence[Wrong]:
    if not seen.sitemap:
        return [Wrong(Text("没有网站地图", "there is no sitemap"))]
    dead = {one.target for one in seen.dead_links}
    missing = [
        Wrong(Text(f"没有“{one.title.zh}”栏目", f"{one.title.en} is not on it"), one.address)
        for one in seen.columns
        if one.entries and one.address not in seen.sitemap and not _is_below(one.address, seen)
    ]
    unlinked = [
        Wrong(Text("没有链接到达", "no link leads there"), address)
        for address in seen.missing_pages
    ]
    return [
        *missing,
        *unlinked,
        *(
            Wrong(Text("链接打不开", "the link is dead"), one)
            for one in sorted(seen.sitemap & dead)
        ),
    ]


def _is_below(address: str, seen: Seen) -> bool:
    """A column without a page of its own is listed if anything of it is."""
    return address in seen.home.values() and bool(seen.sitemap)


def three_clicks(seen: Seen, check: Check) -> Sequence[Wrong]:
    most = check.terms["clicks"]
    return [
        Wrong(Text(f"要点{one.clicks}次", f"it takes {one.clicks} clicks"), one.address)
        for one in good_pages(seen)
        if one.clicks is not None and one.clicks > most
    ]
