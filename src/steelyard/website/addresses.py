"""Which public pages are there now? One registry, which sitemap, feeds, metadata and site check read.

Every page below a language that a visitor can reach by links is here, computed from what the shelf shows; a
test walks the site from its first page and compares. Whoever adds a page adds it to one of ``SOURCES``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from steelyard.kernel.bilingual import Text
from steelyard.publication.package import Package
from steelyard.website.areas import AREAS
from steelyard.website.shown import ANNOUNCED, announced_title, entry_address

if TYPE_CHECKING:
    from steelyard.website.register import Register
    from steelyard.website.site import PublishedAssessment, Site

LANGUAGES = ("zh-hans", "en")

Freshness = Literal["news", "notices", "records", "standing"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the site: where it stands, and how fresh its entries must be."""

    code: str
    address: str
    kind: Freshness
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A page, by its path below a language: ``results/guangdong-2021/``.

    ``above`` is the page it belongs to. ``day``: when what it shows was published; None if nothing on it
    bears a date. An ``is_entry`` page is content of its column, and not its table of contents.
    ``files`` are those that can be taken away, below ``/data/``.
    """

    path: str
    title: Text
    column: str
    above: str = ""
    day: date | None = None
    changed_at: datetime | None = None
    is_entry: bool = False
    files: tuple[str, ...] = ()
    package: Package | None = None


@cache
def columns() -> Mapping[str, Column]:
    """The columns in their order, by code."""
    text = files("steelyard.website").joinpath("columns.toml").read_text(encoding="utf-8")
    found = {}
    for one in tomllib.loads(text)["columns"]:
        title = Text(**one["title"]) if "title" in one else AREAS[one["code"]].title
        found[one["code"]] = Column(one["code"], one["address"], one["kind"], title)
    return found


def addresses_of(site: Site) -> Mapping[str, Address]:
    """Every page by its path, the first page first."""
    found: dict[str, Address] = {}
    for source in SOURCES:
        for one in source(site):
            found[one.path] = one
    newest = max((one.changed_at for one in found.values() if one.changed_at), default=None)
    home = Address(path="", title=Text("首页", "Home"), column="", changed_at=newest)
    return {"": home, **found}


def trail_to(address: Address, known: Mapping[str, Address]) -> list[Address]:
    """The pages from the first to this one."""
    trail = [address]
    while trail[0].path:
        above = known.get(trail[0].above)
        if above is None or above in trail:
            break
        trail.insert(0, above)
    return trail


# --- sources --------------------------------------------------------------------------------


def _prose(site: Site) -> Iterator[Address]:
    pages: dict[str, dict[str, Any]] = {}
    for (lang, path), page in site.prose.items():
        pages.setdefault(path, {})[lang] = page
    if site.has_news and "news" not in pages:
        yield Address(path="news/", title=columns()["news"].title, column="news")
    for path, some in sorted(pages.items()):
        if not path:
            continue
        one = some.get("zh-hans") or some["en"]
        title = Text(one.title, some["en"].title if "en" in some else one.title)
        is_article = one.kind == "article"
        column = path.partition("/")[0]
        moments = [page.changed_at for page in some.values()]
        moments += [_midnight(page.day) for page in some.values() if is_article and page.day]
        yield Address(
            path=f"{path}/",
            title=title,
            column=column if column in columns() else "site",
            above="news/" if is_article else ("about/" if path.startswith("about/") else ""),
            day=max((page.day for page in some.values() if page.day), default=None)
            if is_article
            else None,
            changed_at=max(moments, default=None),
            is_entry=one.kind != "news_list",
        )
    if "contact" not in pages:
        yield Address(
            path="contact/", title=columns()["contact"].title, column="contact", is_entry=True
        )
    state = Text("留言办理情况", "What became of a message")
    yield Address(path="contact/state/", title=state, column="contact", above="contact/")
    report = Text("反映问题线索", "Report a matter")
    yield Address(path="report/", title=report, column="contact", above="contact/")


def _results(site: Site) -> Iterator[Address]:
    moments = [_shown(one.package) for one in site.assessments.values()]
    yield Address(
        path="results/",
        title=columns()["results"].title,
        column="results",
        changed_at=max(moments, default=None),
    )
    history = Text("历年公布结果", "Results as announced")
    yield Address(path="results/history/", title=history, column="results", above="results/")
    if announced := site.books.get(ANNOUNCED):
        for row in announced.rows:
            yield Address(
                path=entry_address(announced, row), title=announced_title(announced, row),
                column="results", above="results/history/",
            )  # fmt: skip
    for series, published in site.assessments.items():
        yield from _assessment(f"results/{series}/", published)


def _assessment(at: str, published: PublishedAssessment) -> Iterator[Address]:
    it, package = published.assessment, published.package
    told: dict[str, Any] = {"column": "results", "changed_at": _shown(package)}
    yield Address(
        path=at, title=it.title, above="results/", is_entry=True, day=_shown(package).date(),
        files=_files(package, "downloads/"), package=package, **told,
    )  # fmt: skip
    yield Address(
        path=f"{at}compare/", title=Text("两市比较", "Two cities compared"), above=at, **told
    )
    yield Address(path=f"{at}downloads/", title=Text("下载", "Downloads"), above=at, **told)
    title = Text("发布和更正", "Publications and corrections")
    yield Address(path=f"{at}corrections/", title=title, above=at, **told)
    pointed = {code for one in it.listed for code in one.items}
    for item in it.items:
        if item.code in pointed:
            yield Address(path=f"{at}items/{item.code}/", title=item.title, above=at, **told)
    for code, unit in it.units.items():
        yield Address(path=f"{at}{code}/", title=unit.title, above=at, **told)
        if it.scope.points and any(one.code == code for one in it.listed):
            years = Text("两年比较", "Two years compared")
            yield Address(path=f"{at}{code}/years/", title=years, above=f"{at}{code}/", **told)


COUNTERS = {
    "which": Text("我的案子归哪个法院？", "Which court hears my case?"),
    "days": Text("期限有几天？", "How many days are there?"),
    "fees": Text("要交多少费？", "What does it cost?"),
    "materials": Text("要带哪些材料？", "Which papers are needed?"),
}


def _areas(site: Site) -> Iterator[Address]:
    shown: dict[tuple[str, str], Package] = {}
    for package in site.shelf.current(site.now, "registers"):
        for name in package.files:
            folder, _, rest = name.partition("/")
            if folder in ("registers", "statistics"):
                area_code, _, code = rest.removesuffix(".json").partition("/")
                shown[area_code, code] = package
    for area in AREAS.values():
        moments = [_shown(one) for (code, _), one in shown.items() if code == area.code]
        at = f"{area.address}/"
        has_numbers = any(
            key[0] == area.code and one["rows"] for key, one in site.statistics.items()
        )
        newest = max(moments, default=None)
        yield Address(
            path=at, title=area.title, column=area.code, changed_at=newest,
            is_entry=has_numbers, day=newest.date() if newest and has_numbers else None,
        )  # fmt: skip
        for (code, name), found in site.sums.items():
            if code == area.code:
                yield Address(
                    path=f"{at}statistics/{name}/", title=Text(**found.document["title"]),
                    column=code, above=at, changed_at=newest,
                )  # fmt: skip
        for (code, name), register in site.books.items():
            if code == area.code:
                yield from _register(register, shown[code, name], f"{at}{name}/", at)
    for code, title in COUNTERS.items():
        yield Address(
            path=f"courts/{code}/", title=title, column="courts", above="courts/", is_entry=True
        )


def _register(register: Register, package: Package, at: str, above: str) -> Iterator[Address]:
    """A register, and a page for each of its entries."""
    changed_at = _shown(package)
    yield Address(
        path=at, title=register.title, column=register.area, above=above, changed_at=changed_at,
        day=changed_at.date(), is_entry=bool(register.rows), package=package,
        files=_files(package, f"registers/{register.area}/{register.code}."),
    )  # fmt: skip
    for address, number in register.addresses.items():
        title = register.titled(register.rows[number])
        yield Address(
            path=f"{at}{address}/", title=Text(title, title), column=register.area, above=at,
            changed_at=changed_at,
        )  # fmt: skip


def _briefings(site: Site) -> Iterator[Address]:
    moments = [_shown(one.package) for one in site.briefings.values()]
    yield Address(
        path="briefings/",
        title=columns()["briefings"].title,
        column="briefings",
        changed_at=max(moments, default=None),
    )
    for series, one in site.briefings.items():
        yield Address(
            path=f"briefings/{series}/", title=one.briefing.title, column="briefings",
            above="briefings/", is_entry=True, day=one.first_published.date(),
            changed_at=_shown(one.package), files=_files(one.package, "downloads/"),
            package=one.package,
        )  # fmt: skip


PAGES_OF_THE_SITE = {
    "search/": Text("站内搜索", "Search"),
    "data/": Text("开放数据", "Open data"),
    "design/": Text("设计规范", "Design"),
}


def _of_the_site(_site: Site) -> Iterator[Address]:
    for path, title in PAGES_OF_THE_SITE.items():
        yield Address(path=path, title=title, column="site", is_entry=True)
    yield Address(path="sitemap/", title=Text("网站地图", "Sitemap"), column="site", is_entry=True)


SOURCES: tuple[Callable[[Site], Iterator[Address]], ...] = (
    _prose, _briefings, _results, _areas, _of_the_site,
)  # fmt: skip


def _files(package: Package, folder: str) -> tuple[str, ...]:
    series = package.head.series
    return tuple(
        f"{series}/{name.removeprefix('downloads/')}"
        for name in package.files
        if name.startswith(folder)
    )


def _shown(package: Package) -> datetime:
    return package.head.shown_from


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
