"""News and white papers as publications: the text, its figures as footnotes, and what became of them since.

A briefing is made of the brief that ``steelyard brief`` makes (:mod:`steelyard.papers.brief`), in both
languages, and holds no more than its pages say. Keys of records are published for open tables alone; for
these a digest of every row goes with it, so that :mod:`steelyard.publication.briefing_check` can say later
which rows changed.

    briefing.json                  the text of both languages, the figures, what they were asked of
    downloads/briefing.zh.docx …   the same as a paper, and its figures as data with their schema
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.kernel.hashes import tagged
from steelyard.kernel.periods import Period
from steelyard.papers.brief.compute import Asked
from steelyard.papers.brief.document import figures_document, schema_bytes
from steelyard.papers.brief.figure import Figure
from steelyard.papers.brief.fill import Brief, Filled
from steelyard.papers.brief.read import read_template
from steelyard.papers.brief.reads import Reads
from steelyard.papers.brief.show import exact_text
from steelyard.papers.brief.template import Kind, Spec, Standing
from steelyard.papers.brief.word import brief_paper
from steelyard.papers.brief.write import brief_of
from steelyard.papers.official import paper_bytes
from steelyard.records.catalogue.model import Catalogue
from steelyard.weighing.result import Result

FORMAT = "steelyard-briefing/1"
BRIEFING = "briefing.json"
"""The file of a package that holds it."""

MOST_ROWS = 1000
"""A figure of more rows than so many keeps no digests; its rows are counted."""

LANGUAGES: tuple[Lang, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A figure where the text mentions it: its footnote's number, its name, what is read there."""

    number: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    standing: Standing
    pieces: tuple[str | Mentioned, ...]


@dataclass(frozen=True, slots=True)
class BriefingText:
    """The briefing in one language. ``names``: the figures in the order of their footnotes, from 1."""

    title: str
    signature: str
    passages: tuple[Passage, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFigure:
    """A figure as it was published. ``rows`` is None where their number is hidden, ``digests`` of open rows.

    ``value`` is exact; ``shown`` is as the text has it. ``spec`` is what was asked, to be asked again.
    """

    spec: Spec
    shown: Text
    state: str
    value: str
    bound: str
    why: Text
    sample: bool
    result_field: str
    rows: int | None
    digests: Mapping[str, str]
    tables: Mapping[str, Text]
    bodies: tuple[Text, ...]
    source: Text

    @property
    def name(self) -> str:
        return self.spec.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """A published briefing, as pages read it."""

    kind: Kind
    unit_code: str
    unit: Text
    period: Period
    snapshot: str
    result: str
    sample: bool
    texts: Mapping[Lang, BriefingText]
    figures: Mapping[str, PublishedFigure] = field(default_factory=dict)

    @property
    def title(self) -> Text:
        return Text(self.texts["zh"].title, self.texts["en"].title)


# --- made -----------------------------------------------------------------------------------


def briefs_of(
    template: Path, reads: Reads, result: Result | None, unit: str
) -> Mapping[Lang, Brief]:
    """The brief in both languages.

    Raises:
        Faulty: as ``steelyard brief`` does; or none of its figures is known.
    """
    read = read_template(template)
    found = {lang: brief_of(read, reads, result, unit, lang, template.name) for lang in LANGUAGES}
    if all(one.state == "no_data" for one in found["zh"].figures):
        raise Faulty([_nothing_known(found["zh"].unit)])
    return found


def briefing_files(
    briefs: Mapping[Lang, Brief],
    reads: Reads,
    result: Result | None = None,
    *,
    issued_on: date | None = None,
) -> dict[str, bytes]:
    """Every file of a publication of a briefing."""
    asked = Asked(reads, result, briefs["zh"].unit_code)
    mark = "sample-" if briefs["zh"].is_sample else ""
    found = {BRIEFING: _json(briefing_document(briefs, asked))}
    for lang, brief in briefs.items():
        paper = paper_bytes(brief_paper(brief, reads.catalogue, issued_on))
        found[f"downloads/{mark}briefing.{lang}.docx"] = paper
        found[f"downloads/{mark}figures.{lang}.json"] = _json(_figures(brief, reads.catalogue))
    return found | {"downloads/figures.schema.json": schema_bytes()}


def briefing_document(briefs: Mapping[Lang, Brief], asked: Asked) -> dict[str, Any]:
    brief = briefs["zh"]
    said = {one["name"]: one for one in figures_document(brief)["figures"]}
    return {
        "format": FORMAT,
        "kind": brief.kind,
        "unit": {"code": brief.unit_code, **_both(brief.unit)},
        "period": {"from": str(brief.period.starts), "to": str(brief.period.ends)},
        "label": "sample" if brief.is_sample else "real",
        "snapshot": brief.identifier,
        "result": brief.result_hash,
        "texts": {lang: _text_document(one) for lang, one in briefs.items()},
        "figures": [
            _figure_document(one, said[one.name], asked)
            for one in sorted(brief.figures, key=lambda one: one.name)
        ],
    }


def is_open(tables: Iterable[str], catalogue: Catalogue) -> bool:
    """Whether the keys of these tables' rows are for everyone."""
    return all(catalogue.tables[one].disclosure == "open" for one in tables)


def digests_of(spec: Spec, asked: Asked) -> dict[str, str]:
    """Of every record behind a figure, what tells one state of it from another."""
    said: dict[str, list[str]] = {}
    for row in asked.reads.rows(spec.records, asked.parameters):
        held = [str(row.get(name)) for name in ("value", "value_en", "day", "bound", "source")]
        said.setdefault(str(row["record"]), []).append(json.dumps(held, ensure_ascii=False))
    return {key: tagged("\n".join(sorted(rows)).encode()) for key, rows in sorted(said.items())}


def _figures(brief: Brief, catalogue: Catalogue) -> dict[str, Any]:
    """The figures as data, without the keys of what is not open."""
    document = figures_document(brief)
    for one in document["figures"]:
        if not is_open(one["tables"], catalogue):
            one["records"] = []
    return document


def _text_document(brief: Brief) -> dict[str, Any]:
    return {
        "title": brief.title,
        "signature": brief.signature,
        "passages": [_passage_document(one) for one in brief.paragraphs],
        "names": [one.name for one in brief.figures],
    }


def _passage_document(one: Filled) -> dict[str, Any]:
    pieces = [
        piece
        if isinstance(piece, str)
        else {"number": piece.number, "name": piece.figure.name, "text": piece.text}
        for piece in one.pieces
    ]
    return {"standing": one.standing, "pieces": pieces}


def _figure_document(one: Figure, said: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
    """``said`` is what ``steelyard brief`` says of it."""
    spec, catalogue = one.spec, asked.reads.catalogue
    keeps = spec.records and one.state == "known" and one.behind.rows <= MOST_ROWS
    return {
        **{name: said[name] for name in ("name", "title", "shown", "state", "bound", "why")},
        **{name: said[name] for name in ("label", "rows", "bodies", "source")},
        "value": exact_text(one.value),
        "query": spec.records.strip(),
        "tally": spec.tally,
        "field": spec.result or "",
        "result_field": one.result_field,
        "show": spec.show,
        "scale": spec.scale,
        "rounding": spec.rounding,
        "measure": _both(spec.measure),
        "measure_of_one": spec.measure_of_one,
        "tables": {code: _both(catalogue.tables[code].title) for code in one.behind.tables},
        "digests": digests_of(spec, asked)
        if keeps and is_open(one.behind.tables, catalogue)
        else {},
    }


# --- read again -----------------------------------------------------------------------------


def read_briefing(document: Mapping[str, Any]) -> Briefing:
    """
    Raises:
        Faulty: it is none, or of another format.
    """
    try:
        if document["format"] != FORMAT:
            raise ValueError(document["format"])
        return _read(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Faulty([_no_briefing(error)]) from error


def _read(document: Mapping[str, Any]) -> Briefing:
    unit, period = document["unit"], document["period"]
    figures = [_read_figure(one) for one in document["figures"]]
    return Briefing(
        kind=cast("Kind", document["kind"]),
        unit_code=unit["code"],
        unit=Text(unit["zh"], unit["en"]),
        period=Period(date.fromisoformat(period["from"]), date.fromisoformat(period["to"])),
        snapshot=document["snapshot"],
        result=document["result"],
        sample=document["label"] == "sample",
        texts={lang: _read_text(document["texts"][lang]) for lang in LANGUAGES},
        figures={one.name: one for one in figures},
    )


def _read_text(one: Mapping[str, Any]) -> BriefingText:
    passages = tuple(Passage(each["standing"], tuple(_pieces(each))) for each in one["passages"])
    return BriefingText(one["title"], one["signature"], passages, tuple(one["names"]))


def _pieces(passage: Mapping[str, Any]) -> Iterator[str | Mentioned]:
    for piece in passage["pieces"]:
        yield piece if isinstance(piece, str) else Mentioned(**piece)


def _read_figure(one: Mapping[str, Any]) -> PublishedFigure:
    spec = Spec(
        name=one["name"],
        title=Text(**one["title"]),
        records=one["query"],
        tally=one["tally"],
        result=one["field"] or None,
        measure=Text(**one["measure"]),
        measure_of_one=one.get("measure_of_one", ""),  # packages of before it was told have none
        show=one["show"],
        rounding=one["rounding"],
        scale=one["scale"],
    )
    return PublishedFigure(
        spec=spec,
        shown=Text(**one["shown"]),
        state=one["state"],
        value=one["value"],
        bound=one["bound"],
        why=Text(**one["why"]),
        sample=one["label"] == "sample" and one["state"] != "no_data",
        result_field=one["result_field"],
        rows=one["rows"],
        digests=one["digests"],
        tables={code: Text(**title) for code, title in one["tables"].items()},
        bodies=tuple(Text(**body) for body in one["bodies"]),
        source=Text(**one["source"]),
    )


def corrected(before: Briefing, after: Briefing) -> Sequence[tuple[PublishedFigure, Text]]:
    """The figures that a later publication says otherwise, each with how it stood before."""
    found = []
    for name, one in after.figures.items():
        old = before.figures.get(name)
        if old and (old.shown, old.value, old.state) != (one.shown, one.value, one.state):
            found.append((one, old.shown))
    return found


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _nothing_known(unit: Text) -> Fault:
    return Fault(
        "nothing-known",
        Text(f"模板要的数字，“{unit.zh}”一个也没有", f"of the figures asked for, {unit.en} has none"),
        Text("请核对模板是写给哪一级单位的", "see what units the template is for"),
    )  # fmt: skip


def _no_briefing(error: Exception) -> Fault:
    return Fault(
        "not-a-briefing",
        Text(f"不是简报：{error}", f"this is no briefing: {error}"),
        Text("请用 steelyard publish briefing 重新发布", "publish it again with steelyard publish briefing"),
        Where(file=BRIEFING),
    )  # fmt: skip
