"""What the search finds: one small source for each kind. To add a kind, write a source and list it.

Sources say what the site shows now; what is embargoed is not on it, and so is never found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from django.utils.html import strip_tags

from steelyard.kernel.bilingual import LANGS, Text
from steelyard.publication.briefings import BriefingText
from steelyard.website.areas import AREAS
from steelyard.website.register import Register, Row
from steelyard.website.searching import Searchable
from steelyard.website.shown import ANNOUNCED, announced_title, entry_address
from steelyard.website.site import Site

KINDS: Mapping[str, Text] = {
    "result": Text("考核结果", "Results"),
    "area": Text("栏目", "Areas"),
    "counter": Text("办事", "Services"),
    "register": Text("登记簿", "Registers"),
    "entry": Text("条目", "Entries"),
    "prose": Text("文章", "Pages"),
    "briefing": Text("简报", "Briefings"),
}
"""What each kind is called, in the order of the page."""

COUNTER_PAGES: Mapping[str, tuple[Text, Text]] = {
    "which": (
        Text("我的案子归哪个法院？", "Which court hears my case?"),
        Text("管辖 级别管辖 地域管辖 知识产权法庭 起诉 立案",
             "jurisdiction, level and place, intellectual property tribunals, to file a case"),
    ),
    "days": (
        Text("期限有几天？", "How many days are there?"),
        Text("上诉期 举证期限 答辩期 审限 工作日",
             "time limits for appeal, evidence, answer and trial, working days"),
    ),
    "fees": (
        Text("要交多少费？", "What does it cost?"),
        Text("诉讼费 案件受理费 保全费 减半", "court fees, fee for accepting a case, preservation"),
    ),
    "materials": (
        Text("要带哪些材料？", "Which papers are needed?"),
        Text("立案材料 起诉状 身份证明 证据清单",
             "papers to file: statement of claim, proof of identity, list of evidence"),
    ),
}  # fmt: skip


RESULTS = Text("考核结果", "Results")
_HISTORY = Text(
    "历年知识产权保护考核的排名、得分、等次和理由",
    "Rankings, points, grades and reasons of the assessments, year by year",
)


def results(site: Site) -> Iterator[Searchable]:
    """Every assessment, every city of it, and every item with its rule.

    A city is called by its name alone, or a search for words of the assessment's title would find
    every city before the assessment.
    """
    yield Searchable("result", RESULTS, _HISTORY, "results/")
    for series, published in site.assessments.items():
        it = published.assessment
        base = f"results/{series}/"
        yield Searchable("result", it.title, it.issuer, base)
        for unit in it.units.values():
            said = _both(it.title, it.grades.get(unit.grade, Text()))
            yield Searchable("result", unit.title, said, f"{base}{unit.code}/")
        shown = {code for one in it.listed for code in one.items}
        for item in it.items:
            if item.code in shown:
                said = _both(it.title, item.rule)
                yield Searchable("result", item.title, said, f"{base}items/{item.code}/")


def _both(first: Text, second: Text) -> Text:
    if not second:
        return first
    return Text(f"{first.zh}；{second.zh}", f"{first.say('en')}; {second.say('en')}")


def areas(_site: Site) -> Iterator[Searchable]:
    for one in AREAS.values():
        yield Searchable("area", one.title, one.lead, f"{one.address}/")


def counters(_site: Site) -> Iterator[Searchable]:
    for code, (title, text) in COUNTER_PAGES.items():
        yield Searchable("counter", title, text, f"courts/{code}/")


def registers(site: Site) -> Iterator[Searchable]:
    """Every register and every statistic, as a whole."""
    for one in site.books.values():
        if one.area in AREAS:
            note = Text(**one.document["note"])
            yield Searchable("register", one.title, note, f"{AREAS[one.area].address}/{one.code}/")
    for sums in site.sums.values():
        if sums.area in AREAS:
            note = Text(**sums.document["note"])
            address = f"{AREAS[sums.area].address}/statistics/{sums.code}/"
            yield Searchable("register", sums.title, note, address)


FOUND_THROUGH_OTHERS = (("plan", "reports"),)
"""Registers whose entries stand on the page of what they are about, and are found there."""


def entries(site: Site) -> Iterator[Searchable]:
    for name, register in site.books.items():
        if name in FOUND_THROUGH_OTHERS:
            continue
        for number, row in enumerate(register.rows):
            if address := entry_address(register, row):
                title = _entry_title(register, row)
                yield Searchable("entry", title, register.text_of(number), address)


def _entry_title(register: Register, row: Row) -> Text:
    if (register.area, register.code) == ANNOUNCED:
        return announced_title(register, row)
    return Text(register.titled(row), register.titled(row))


def prose(site: Site) -> Iterator[Searchable]:
    """Every page of prose, each in its own language."""
    for page in site.prose.values():
        said = " ".join([page.summary, *(words_in(block) for block in page.blocks)])
        if page.lang == "en":
            title, text = Text("", page.title), Text("", said)
        else:
            title, text = Text(page.title), Text(said)
        address = f"{page.path}/" if page.path else ""
        yield Searchable("prose", title, text, address, "en" if page.lang == "en" else "zh")


def briefings(site: Site) -> Iterator[Searchable]:
    for slug, published in site.briefings.items():
        texts = published.briefing.texts
        title = Text(*(texts[one].title if one in texts else "" for one in LANGS))
        text = Text(*(_said(texts[one]) if one in texts else "" for one in LANGS))
        yield Searchable("briefing", title, text, f"briefings/{slug}/")


def _said(text: BriefingText) -> str:
    """Its passages with their figures, as they are read."""
    return " ".join(
        "".join(piece if isinstance(piece, str) else piece.text for piece in passage.pieces)
        for passage in text.passages
    )


def words_in(block: object) -> str:
    """The words of a block of prose, whatever it is, without its markup."""
    said = [getattr(block, name, "") for name in ("text", "caption", "title", "what", "value")]
    said += [strip_tags(getattr(block, "html", "")), *getattr(block, "items", ())]
    said += [cell for row in getattr(block, "rows", ()) for cell in row]
    return " ".join(strip_tags(str(one)) for one in said if one)


Source = Callable[[Site], Iterator[Searchable]]
SOURCES: tuple[Source, ...] = (results, areas, counters, registers, entries, prose, briefings)


def everything(site: Site) -> Iterator[Searchable]:
    for source in SOURCES:
        yield from source(site)
