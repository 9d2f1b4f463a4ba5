"""Would this site pass an inspection of government websites? What was seen goes in, findings come out.

``site_check.toml`` has the checks with their sources, terms and first days; ``LOOKS`` has for each how it is looked
at. To add one: a table there, a function here. A look answers with what is wrong, ``[]`` if nothing is, and
None where this run could not see it: that is for a person, and never a pass.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources import files
from typing import Any, Literal

from steelyard.kernel.bilingual import Text

Weight = Literal["veto", "practical"]
State = Literal["passed", "failed", "not_seen"]


# --- what was seen --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSeen:
    """A page as it was answered. ``clicks`` from the first page of its language; None: no link leads there."""

    address: str
    status: int = 200
    seconds: float = 0.0
    clicks: int | None = 0
    lang: str = "zh-Hans"
    title: str = "title"
    main_headings: int = 1
    has_skip_link: bool = True
    pictures_without_text: int = 0
    fields_without_name: int = 0
    keyboard_traps: int = 0
    """Elements that a pointer alone can use, or that come in an order of their own (``tabindex`` above 0)."""
    other_languages: tuple[str, ...] = ("zh-Hans", "en")
    links: tuple[str, ...] = ()
    text_fields: int = 0
    is_searchable: bool = True
    foot: str = ""


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A link that leads nowhere: on which page it stands, where it leads, what was answered."""

    page: str
    target: str
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSeen:
    """A column of the site. ``newest`` is the latest date in it; None if nothing there bears one."""

    code: str
    title: Text
    address: str
    kind: str
    entries: int
    newest: date | None = None


@dataclass(frozen=True, slots=True)
class MessageSeen:
    """A message of the public: its number, the day it came, the day it was answered, if it was."""

    number: str
    received_on: date
    answered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Everything that a run saw. ``messages`` is None where the run could not see them.

    ``home`` are the first pages, by language; ``sitemap`` the addresses that the sitemap pages link to.
    ``left_out``: pages of long lists that were not visited.
    """

    today: date
    pages: Mapping[str, PageSeen]
    home: Mapping[str, str]
    columns: Sequence[ColumnSeen] = ()
    home_changed_on: date | None = None
    dead_links: Sequence[DeadLink] = ()
    sitemap: frozenset[str] = frozenset()
    services: Mapping[str, bool] = field(default_factory=dict)
    messages: Sequence[MessageSeen] | None = None
    icp: str = ""
    missing_pages: Sequence[str] = ()
    left_out: int = 0


# --- checks ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Check:
    """One check as ``site_check.toml`` has it."""

    code: str
    weight: Weight
    first_day: date
    title: Text
    source: Text
    sure: str
    terms: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong: in words, and where."""

    what: Text
    where: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a check."""

    check: Check
    state: State
    wrong: tuple[Wrong, ...] = ()


Look = Callable[[Seen, Check], Sequence[Wrong] | None]


def read_checks() -> tuple[Check, ...]:
    """The checks in their order."""
    text = files("steelyard.website.rules").joinpath("site_check.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    sources = {code: Text(**one) for code, one in document["sources"].items()}
    return tuple(_check(one, sources) for one in document["checks"])


def _check(one: Mapping[str, Any], sources: Mapping[str, Text]) -> Check:
    said = ("code", "weight", "from", "title", "source", "sure")
    return Check(
        one["code"],
        one["weight"],
        one["from"],
        Text(**one["title"]),
        sources[one["source"]],
        one["sure"],
        {name: value for name, value in one.items() if name not in said},
    )


def findings(seen: Seen, checks: Sequence[Check]) -> tuple[Finding, ...]:
    """Of every check in force on the day, what became of it."""
    return tuple(_found(seen, one) for one in checks if one.first_day <= seen.today)


def _found(seen: Seen, check: Check) -> Finding:
    wrong = LOOKS[check.code](seen, check)
    if wrong is None:
        return Finding(check, "not_seen")
    return Finding(check, "failed" if wrong else "passed", tuple(wrong))


def fails(found: Sequence[Finding], weight: Weight) -> list[Finding]:
    return [one for one in found if one.state == "failed" and one.check.weight == weight]


# --- veto -----------------------------------------------------------------------------------


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


def home_fresh(seen: Seen, check: Check) -> Sequence[Wrong]:
    if seen.home_changed_on is None:
        return [Wrong(Text("首页没有注明日期的内容", "nothing on the home page bears a date"))]
    if _age(seen, seen.home_changed_on) <= check.terms["days"]:
        return []
    return [Wrong(_last(seen.home_changed_on, seen))]


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


def _if_many(wrong: Sequence[Wrong], check: Check) -> Sequence[Wrong]:
    return wrong if len(wrong) >= check.terms["fails_at"] else []


def _stale(seen: Seen, check: Check, kinds: Sequence[str]) -> list[Wrong]:
    """Columns that are past their term. What bears no date was not updated; what is empty is told elsewhere."""
    return [
        Wrong(_stale_says(one, seen), one.address)
        for one in seen.columns
        if one.kind in kinds
        and one.entries
        and (one.newest is None or _age(seen, one.newest) > check.terms[one.kind])
    ]


def _stale_says(one: ColumnSeen, seen: Seen) -> Text:
    last = Text("没有日期", "bears no date") if one.newest is None else _last(one.newest, seen)
    return Text(f"“{one.title.zh}”{last.zh}", f"{one.title.en}: {last.en}")


def _last(day: date, seen: Seen) -> Text:
    age = _age(seen, day)
    return Text(f"最近更新于{day}，已过{age}天", f"last updated on {day}, {age} days ago")


def _age(seen: Seen, day: date) -> int:
    return (seen.today - day).days


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
        and _age(seen, one.received_on) > check.terms["days"]
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


# --- practical ------------------------------------------------------------------------------


def dead_links(seen: Seen, _check: Check) -> Sequence[Wrong]:
    return [
        Wrong(
            Text(f"{one.target} 打不开（{one.status}）", f"{one.target} is dead ({one.status})"),
            one.page,
        )
        for one in seen.dead_links
    ]


def columns_due(seen: Seen, check: Check) -> Sequence[Wrong]:
    return _stale(seen, check, ("news", "notices", "records"))


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


def search(seen: Seen, _check: Check) -> Sequence[Wrong]:
    return [
        Wrong(Text("首页没有搜索", "the home page has no search"), one.address)
        for one in _home_pages(seen)
        if not one.is_searchable
    ]


def _leads_to(seen: Seen, ending: str, what: Text) -> list[Wrong]:
    return [
        Wrong(
            Text(f"首页没有链到{what.zh}", f"the home page does not lead to {what.en}"), one.address
        )
        for one in _home_pages(seen)
        if not any(link.endswith(f"/{ending}/") for link in one.links)
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


def other_language(seen: Seen, _check: Check) -> Sequence[Wrong]:
    if len(seen.home) < 2:
        return [Wrong(Text("只有一种语言", "there is one language alone"))]
    return [
        Wrong(
            Text("没有指向另一种语言的同一页面", "it names no page in the other language"),
            one.address,
        )
        for one in _good(seen)
        if len(set(one.other_languages) - {"x-default"}) < 2
    ]


def three_clicks(seen: Seen, check: Check) -> Sequence[Wrong]:
    most = check.terms["clicks"]
    return [
        Wrong(Text(f"要点{one.clicks}次", f"it takes {one.clicks} clicks"), one.address)
        for one in _good(seen)
        if one.clicks is not None and one.clicks > most
    ]


def structure(seen: Seen, _check: Check) -> Sequence[Wrong]:
    return [Wrong(what, one.address) for one in _good(seen) for what in _of_structure(one)]


def _of_structure(one: PageSeen) -> Iterator[Text]:
    if not one.lang:
        yield Text("没有标明语言", "it does not say its language")
    if not one.title:
        yield Text("没有标题", "it has no title")
    if one.main_headings != 1:
        yield Text(f"主标题{one.main_headings}个", f"it has {one.main_headings} main headings")


def pictures(seen: Seen, _check: Check) -> Sequence[Wrong]:
    return _counted(
        seen,
        "pictures_without_text",
        Text("张图片没有替代文字", "pictures without a text in their place"),
    )


def keyboard(seen: Seen, _check: Check) -> Sequence[Wrong]:
    no_skip = [
        Wrong(Text("不能跳到正文", "no link leads past the menus to the content"), one.address)
        for one in _good(seen)
        if not one.has_skip_link
    ]
    what = Text("处不能按顺序用键盘到达", "places that the keyboard does not reach in their order")
    return [*no_skip, *_counted(seen, "keyboard_traps", what)]


def fields(seen: Seen, _check: Check) -> Sequence[Wrong]:
    return _counted(seen, "fields_without_name", Text("个填写项没有名称", "fields without a name"))


def _counted(seen: Seen, name: str, what: Text) -> list[Wrong]:
    return [
        Wrong(Text(f"{count}{what.zh}", f"{count} {what.en}"), one.address)
        for one in _good(seen)
        if (count := getattr(one, name))
    ]


def _good(seen: Seen) -> Iterator[PageSeen]:
    yield from (one for one in seen.pages.values() if one.status == 200)


def _home_pages(seen: Seen) -> Iterator[PageSeen]:
    yield from (seen.pages[at] for at in seen.home.values() if at in seen.pages)


LOOKS: Mapping[str, Look] = {
    "site_up": site_up, "home_fresh": home_fresh, "columns_fresh": columns_fresh,
    "columns_kept_up": columns_kept_up, "columns_filled": columns_filled, "enquiry": enquiry,
    "answered": answered, "services": services, "serious_errors": serious_errors,
    "dead_links": dead_links, "columns_due": columns_due, "sitemap": sitemap, "search": search,
    "privacy": privacy, "copyright": copyright, "maintainer": maintainer, "icp": icp,
    "other_language": other_language, "three_clicks": three_clicks, "structure": structure,
    "pictures": pictures, "keyboard": keyboard, "fields": fields,
}  # fmt: skip
"""How each check of ``site_check.toml`` is looked at."""
