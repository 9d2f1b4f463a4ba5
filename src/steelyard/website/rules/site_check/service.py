"""Does the site answer, and do those behind it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from steelyard.kernel.bilingual import Text
from steelyard.website.rules.site_check.checks import Check, Wrong
from steelyard.website.rules.site_check.days import age
from steelyard.website.rules.site_check.seen import PageSeen, Seen


def site_up(seen: Seen, check: Check) -> Sequence[Wrong] | None:
    """So many tries, of which fewer than so many per cent failed or took too long.

    The inspection tries for a week, at intervals; this is one run, and a moment's answer.
    """
    if len(seen.pages) < check.terms["tries"]:
        return [
            Wrong(Text("首页打不开", "the home page does not open"), at) for at in _down_home(seen)
        ] or None
    slow = [one for one in seen.pages.values() if _is_down(one, check)]
    if len(slow) * 100 < check.terms["per_cent"] * len(seen.pages):
        return []
    return [
        Wrong(
            Text(
                f"打不开或用时{one.seconds:.0f}秒", f"not opened, or only after {one.seconds:.0f} s"
            ),
            one.address,
        )
        for one in slow
    ]


def _down_home(seen: Seen) -> Iterator[str]:
    yield from (
        at for at in seen.home.values() if at not in seen.pages or seen.pages[at].status != 200
    )


def _is_down(one: PageSeen, check: Check) -> bool:
    return one.status != 200 or one.seconds > check.terms["seconds"]


def enquiry(seen: Seen, _check: Check) -> Sequence[Wrong]:
    """A form with room for a message, in every language."""
    for lang, home in seen.home.items():
        mine = [
            one for one in seen.pages.values() if one.address.startswith(home) and one.text_fields
        ]
        if not mine:
            return [
                Wrong(
                    Text("没有可以留言的页面", "no page has room for a message"), f"{home} ({lang})"
                )
            ]
    return []


def answered(seen: Seen, check: Check) -> Sequence[Wrong] | None:
    if seen.messages is None:
        return None
    since = seen.today - timedelta(days=check.terms["within"])
    late = [
        one
        for one in seen.messages
        if one.received_on >= since
        and one.answered_on is None
        and age(seen, one.received_on) > check.terms["days"]
    ]
    return [
        Wrong(
            Text(f"{one.received_on}收到，尚未答复", f"came on {one.received_on}, not answered"),
            one.number,
        )
        for one in late
    ]


def services(seen: Seen, _check: Check) -> Sequence[Wrong]:
    return [
        Wrong(Text("办事页面打不开", "the page of the service does not open"), address)
        for address, is_there in seen.services.items()
        if not is_there
    ]


def serious_errors(_seen: Seen, _check: Check) -> None:
    """Only people can tell."""
    return
