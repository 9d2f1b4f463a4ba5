"""A small shelf for tests: a sample of Guangdong at a fiftieth of its size, weighed and published."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from steelyard.kernel.bilingual import Lang, Text
from steelyard.papers.brief.fill import Brief
from steelyard.publication import prose
from steelyard.publication.briefings import briefing_files, briefs_of
from steelyard.publication.package import Head, Package
from steelyard.publication.publishing import assessment_files, publish, snapshot_files
from steelyard.publication.registers import read_register_list
from steelyard.publication.scope import Scope
from steelyard.publication.signing import Key
from steelyard.records.announced import announced
from steelyard.records.behind import records_behind
from steelyard.records.catalogue.read import shipped
from steelyard.records.material import material_titles
from steelyard.records.sample.write import write_sample
from steelyard.records.snapshot.freeze import freeze
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.records.tally.tally import tallied
from steelyard.regions import sampled
from steelyard.scheme.model import Scheme
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.how_sure import how_sure
from steelyard.weighing.weigh import weigh

KEY = Key.from_seed(b"a key of tests, known to everyone"[:32])
SERIES = "guangdong-2021"
RECORDS = "guangdong-records"
PUBLISHED_AT = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)
EVERYTHING = Scope(
    series=SERIES, ranks=True, points=True, items=True, records=True, material=True,
    intervals=True, replay=True,
)  # fmt: skip


@cache
def deliveries() -> Path:
    """A fiftieth of the sample's records, drawn once a process; not to be written to."""
    folder = Path(mkdtemp(prefix="steelyard-shelf-")) / "deliveries"
    write_sample(sampled("guangdong").home, folder, 2021, scale=0.02)
    return folder


@cache
def snapshot() -> Snapshot:
    """Those records, frozen once a process."""
    region, drawn = sampled("guangdong"), deliveries()
    title = Text("样本：广东省2021年数据快照", "Sample: snapshot of Guangdong, 2021")
    return freeze(
        [region.real, drawn], drawn.with_name("snapshot"), period="2021",
        catalogue=shipped(), title=title,
    )  # fmt: skip


@cache
def result() -> Result:
    scheme = Scheme.read(sampled("guangdong").scheme)
    found = weigh(scheme, tallied(scheme, snapshot()).values)

    return replace(found, how_sure=how_sure(found, 1000))


def publish_assessment(folder: Path, scope: Scope = EVERYTHING, **more: object) -> Package:
    """The assessment on a shelf, within a scope; ``more`` goes into its head."""
    told = {"published_at": PUBLISHED_AT, "sample": True, **more}
    reason = told.pop("reason", None)
    head = Head(kind="assessment", series=scope.series, title=result().scheme.title, **told)
    return publish(folder, head, assessed(scope), KEY, reason=reason)


@cache
def assessed(scope: Scope) -> Mapping[str, bytes]:
    """The files of the assessment within a scope."""
    scheme = result().scheme
    return assessment_files(
        result(), scope,
        records=_records_behind(),
        announced=announced(snapshot(), "2021"),
        material=material_titles(scheme, snapshot()),
    )  # fmt: skip


@cache
def _records_behind() -> Mapping[str, int]:
    return records_behind(result().scheme, snapshot())


@cache
def registers() -> Mapping[str, bytes]:
    """The files of the registers."""
    return snapshot_files(snapshot(), read_register_list(snapshot().catalogue))


def publish_registers(folder: Path) -> Package:
    title = Text("样本：广东省公开记录", "Sample: open records of Guangdong")
    head = Head(
        kind="registers", series=RECORDS, title=title, published_at=PUBLISHED_AT, sample=True
    )
    return publish(folder, head, registers(), KEY)


BRIEFING = "jiangmen-2021-news"


def publish_briefing(folder: Path, **more: object) -> Package:
    """The news of Jiangmen on a shelf; ``more`` goes into its head."""
    briefs, files = briefed()
    told = {"published_at": PUBLISHED_AT, "sample": briefs["zh"].is_sample, **more}
    reason = told.pop("reason", None)
    title = Text(briefs["zh"].title, briefs["en"].title)
    head = Head(kind="briefing", series=BRIEFING, title=title, **told)
    return publish(folder, head, files, KEY, reason=reason)


@cache
def briefed() -> tuple[Mapping[Lang, Brief], Mapping[str, bytes]]:
    """The news of Jiangmen in both languages, and its files."""
    briefs = briefs_of(sampled("guangdong").home / "brief_news.toml", snapshot(), None, "440700")
    return briefs, briefing_files(briefs, snapshot())


PROSE: dict[str, prose.Kind] = {
    "": "home", "news": "news_list", "news/first": "article", "about": "plain", "about/people": "plain",
    "privacy": "plain", "copyright": "plain", "accessibility": "plain", "contact": "contact",
}  # fmt: skip
DOT = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PICTURE, PAPER = prose.file_name(DOT, "png"), prose.file_name(b"a paper", "txt")


def publish_prose(folder: Path) -> Package:
    """Every kind of page in both languages, each with every kind of block."""
    pages = [_written(path, kind, lang) for path, kind in PROSE.items() for lang in prose.LANGUAGES]
    files = prose.prose_files(pages, {PICTURE: DOT, PAPER: b"a paper"})
    head = Head(
        kind="prose", series="prose", title=Text("网页", "Pages"), published_at=PUBLISHED_AT
    )
    return publish(folder, head, files, KEY)


def _written(path: str, kind: prose.Kind, lang: prose.Language) -> prose.ProsePage:
    name = path.rpartition("/")[2]
    title, some = (
        (f"页面{name}", "若干文字") if lang == "zh-hans" else (f"Page {name}", "Some words")
    )
    blocks: tuple[prose.Block, ...] = (
        prose.Heading(some),
        prose.Paragraph(f'<p>{some} <a href="/{lang}/about/">{some}</a></p>'),
        prose.Listing((some, some)),
        prose.Quote(some, some),
        prose.Table(some, (some, "2021"), ((some, "3"),)),
        prose.Picture(PICTURE, 40, 30, some, some),
        prose.Document(PAPER, some, 7),
        prose.Figure("42", some, some, "https://example.org/"),
    )
    return prose.ProsePage(
        kind=kind, lang=lang, path=path, title=title, summary=some, changed_at=PUBLISHED_AT,
        day=date(2022, 3, 1), sample=kind == "article",
        blocks=blocks,
    )  # fmt: skip
