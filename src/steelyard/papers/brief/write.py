"""Write a brief into a folder: the page, the Word paper, the figures and the schema they follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault, Faulty, Where, raise_if_any
from steelyard.kernel.hashes import tagged
from steelyard.papers.brief.compute import Asked, figures_of
from steelyard.papers.brief.document import figures_bytes, schema_bytes
from steelyard.papers.brief.fill import Brief, filled
from steelyard.papers.brief.page import brief_html
from steelyard.papers.brief.read import read_template
from steelyard.papers.brief.reads import Reads
from steelyard.papers.brief.template import Template
from steelyard.papers.brief.word import brief_paper
from steelyard.papers.official import paper_bytes
from steelyard.papers.periods import period_text
from steelyard.records.catalogue.model import PLACES
from steelyard.tables.write import write_whole
from steelyard.weighing.document import result_bytes
from steelyard.weighing.result import Result

_PLACES = f"SELECT code AS code, title_zh AS zh, title_en AS en FROM {PLACES}"


def write_brief(
    template_path: Path, reads: Reads, result: Result | None, unit: str, lang: Lang, out: Path,
    *, issued_on: date | None = None,
) -> list[Path]:  # fmt: skip
    """Write ``brief.html``, ``brief.docx``, ``figures.json`` and ``figures.schema.json``.

    Raises:
        Faulty: the template has faults, a query is refused, the unit is unknown or has no
            figure at all, or result and records do not belong together. Nothing is written then.
    """
    template = read_template(template_path)
    brief = brief_of(template, reads, result, unit, lang, str(template_path))
    if brief.figures and all(one.state == "no_data" for one in brief.figures):
        raise Faulty([_nothing_known(brief.unit, brief.unit_code)])
    found = brief_files(brief, reads, issued_on=issued_on)
    paths = []
    for name, content in found.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
        paths.append(path)
    return paths


def brief_files(
    brief: Brief, reads: Reads, *, issued_on: date | None = None
) -> Mapping[str, bytes]:
    """Every file by its name."""
    return {
        "brief.html": brief_html(brief, reads.catalogue).encode(),
        "brief.docx": paper_bytes(brief_paper(brief, reads.catalogue, issued_on)),
        "figures.json": figures_bytes(brief),
        "figures.schema.json": schema_bytes(),
    }


def brief_of(
    template: Template, reads: Reads, result: Result | None, unit: str, lang: Lang, file: str
) -> Brief:
    """The brief of one unit in one language. ``unit`` is its code or its title."""
    raise_if_any(_apart(reads, result))
    code, title = _place(reads, unit)
    figures = figures_of(template, Asked(reads, result, code), file)
    names = {"unit": title, "period": period_text(reads.period)}
    headline, signature, paragraphs, in_order = filled(template, figures, names, lang)
    return Brief(
        lang=lang,
        kind=template.kind,
        title=headline,
        unit=title,
        unit_code=code,
        period=reads.period,
        signature=signature,
        paragraphs=paragraphs,
        figures=in_order,
        identifier=reads.identifier,
        result_hash="" if result is None else tagged(result_bytes(result)),
    )


def _place(reads: Reads, unit: str) -> tuple[str, Text]:
    """The unit's code and title, as the records know places."""
    rows = reads.rows(_PLACES)
    for row in rows:
        if unit in (row["code"], row["zh"], row["en"]):
            return row["code"], Text(row["zh"] or "", row["en"] or "")
    what = Text(f"记录中没有“{unit}”", f"the records know no place {unit!r}")
    mend = Text("请用places表中的代码或名称", "use a code or a title of the table places")
    raise Faulty([Fault("unknown-unit", what, mend, Where(key=unit))])


def _nothing_known(title: Text, code: str) -> Fault:
    what = Text(
        f"模板要的数字，“{title.zh}”一个也没有",
        f"of the figures that the template asks for, {title.en or code!r} has none",
    )
    mend = Text(
        "请核对模板是写给哪一级单位的，再改--unit",
        "see what units the template is for, and name one with --unit",
    )
    return Fault("nothing-known", what, mend, Where(key=code))


def _apart(reads: Reads, result: Result | None) -> Iterator[Fault]:
    """A result and records that do not belong together."""
    if result is None:
        return
    of, records = result.scheme.period, reads.period
    if of != records:
        what = Text(
            f"考核结果的期间是{of}，数据快照是{records}",
            f"the result is of {of}, the snapshot of {records}",
        )
        mend = Text("请用同一期间的结果和快照", "use a result and a snapshot of the same period")
        yield Fault("periods-differ", what, mend)
    computed = result.values.snapshot
    if computed not in ("", reads.identifier):
        what = Text(
            f"考核结果由另一数据快照算出：{computed[:23]}…，而这里是{reads.identifier[:23]}…",
            f"the result was computed from another snapshot, {computed[:23]}…; this is {reads.identifier[:23]}…",
        )
        mend = Text(
            "请用算出该结果的快照，或用此快照重新计分（steelyard weigh）",
            "use the snapshot that it came from, or weigh again with this one",
        )
        yield Fault("snapshots-differ", what, mend)
