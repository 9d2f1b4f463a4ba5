"""What the first page of each language must offer and lead to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from steelyard.kernel.bilingual import Text
from steelyard.website.rules.site_check.checks import Check, Wrong
from steelyard.website.rules.site_check.seen import PageSeen, Seen


def search(seen: Seen, _check: Check) -> Sequence[Wrong]:
    return [
        Wrong(Text("首页没有搜索", "the home page has no search"), one.address)
        for one in _home_pages(seen)
        if not one.is_searchable
    ]


def privacy(seen: Seen, _check: Check) -> Sequence[Wrong]:
    return _leads_to(seen, "privacy", Text("隐私说明", "a privacy statement"))


def copyright(seen: Seen, _check: Check) -> Sequence[Wrong]:
    return _leads_to(seen, "copyright", Text("版权说明", "a copyright statement"))


def maintainer(seen: Seen, _check: Check) -> Sequence[Wrong]:
    return [
        *_leads_to(seen, "about", Text("关于我们", "who keeps it")),
        *_leads_to(seen, "contact", Text("联系方式", "how to reach them")),
    ]


def icp(seen: Seen, _check: Check) -> Sequence[Wrong] | None:
    """Known only where the number is configured."""
    if not seen.icp:
        return None
    return [
        Wrong(Text("页脚没有ICP备案号", "the ICP number is not at the foot"), one.address)
        for one in _home_pages(seen)
        if seen.icp not in one.foot
    ]


def _leads_to(seen: Seen, ending: str, what: Text) -> list[Wrong]:
    return [
        Wrong(
            Text(f"首页没有链到{what.zh}", f"the home page does not lead to {what.en}"), one.address
        )
        for one in _home_pages(seen)
        if not any(link.endswith(f"/{ending}/") for link in one.links)
    ]


def _home_pages(seen: Seen) -> Iterator[PageSeen]:
    yield from (seen.pages[at] for at in seen.home.values() if at in seen.pages)
