"""The catalogue of open data: every dataset and every file, in DCAT-AP's words, as JSON-LD and as Turtle.

One small graph is made (:func:`graph`), of nodes with properties in order; two serializers write it. No
library for RDF is among our requirements, and the graph needs no more than IRIs, texts and typed values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from steelyard.kernel.bilingual import Text
from steelyard.publication.package import Package, media_type
from steelyard.publication.register_files import file_stem, schema_path, statistic_table
from steelyard.website.areas import AREAS
from steelyard.website.site import Site

PREFIXES: Mapping[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA = "https://www.iana.org/assignments/media-types/"
TITLE = Text("权衡开放数据目录", "Steelyard: catalogue of open data")
ABOUT = Text(
    "本站公布的全部数据集及其文件。", "Every dataset published on this site, with its files."
)
PUBLISHER = Text("权衡", "Steelyard")


@dataclass(frozen=True, slots=True)
class Distribution:
    """One file of a dataset. ``path``: its address on the site; ``schema``: that of its schema, if it has one."""

    title: Text
    path: str
    media: str
    size: int
    hash: str
    schema: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """``key`` tells it from every other and is part of its IRI; ``page``: below a language."""

    key: str
    title: Text
    about: Text
    page: str
    licence: str
    issued: datetime
    modified: datetime
    version: str
    sample: bool
    files: tuple[Distribution, ...]


def datasets(site: Site) -> Iterator[Dataset]:
    """Every assessment, register and statistic that is shown now."""
    for published in site.assessments.values():
        it = published.assessment
        package = published.package
        paths = [one for one in package.files if one.startswith("downloads/")]
        yield _dataset(
            site, package, it.series, it.title, it.note, f"results/{it.series}/",
            it.sample, ["assessment.json", *paths],
        )  # fmt: skip
    for kind, found in (("registers", site.registers), ("statistics", site.statistics)):
        for (area, code), document in found.items():
            package = _package_of(site, f"{kind}/{area}/{code}.json")
            table = statistic_table(document) if kind == "statistics" else document
            stem = file_stem(table)
            paths = [
                f"{kind}/{area}/{code}.json", f"downloads/{stem}.csv", f"downloads/{stem}.xlsx",
            ]  # fmt: skip
            yield _dataset(
                site, package, f"{area}-{kind}-{code}", Text(**document["title"]),
                Text(**document["note"]), _page(kind, area, code), document["sample"], paths,
            )  # fmt: skip


def _page(kind: str, area: str, code: str) -> str:
    if area not in AREAS:
        return "results/history/"
    base = AREAS[area].address
    return f"{base}/statistics/{code}/" if kind == "statistics" else f"{base}/{code}/"


def _package_of(site: Site, path: str) -> Package:
    """The publication that a document stands in: the last that has it, as pages read them."""
    found = [one for one in site.shelf.current(site.now, "registers") if path in one.hashes]
    return found[-1]


def _dataset(
    site: Site, package: Package, key: str, title: Text, about: Text, page: str, sample: bool,
    paths: Sequence[str],
) -> Dataset:  # fmt: skip
    *_, first = site.shelf.shown_at(site.now)[package.head.series]
    mark = Text("（样本）", " (sample)") if sample else Text()
    return Dataset(
        key=key,
        title=Text(f"{title.zh}{mark.zh}", f"{title.say('en')}{mark.en}"),
        about=about,
        page=page,
        licence=package.head.licence,
        issued=first.head.published_at,
        modified=package.head.published_at,
        version=str(package.head.number),
        sample=sample,
        files=tuple(_distribution(package, one) for one in paths if one in package.hashes),
    )


def _distribution(package: Package, path: str) -> Distribution:
    name = path.rpartition("/")[2]
    schema = "assessment.schema.json" if path == "assessment.json" else schema_path(path)
    return Distribution(
        Text(name, name), _address(package, path), media_type(path), package.sizes[path],
        package.hashes[path], _address(package, schema) if schema in package.hashes else "",
    )  # fmt: skip


def _address(package: Package, path: str) -> str:
    return f"/data/{package.head.series}/{quote(path)}"


# the graph


@dataclass(frozen=True, slots=True)
class Iri:
    iri: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A text in a language, or a value of a type."""

    text: str
    lang: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """Something with properties; without an IRI it stands inside what names it."""

    iri: str
    type: str
    properties: tuple[tuple[str, Value], ...]


Value = Iri | Literal | Node


def graph(found: Sequence[Dataset], origin: str) -> tuple[Node, ...]:
    """The catalogue, its datasets and their files; ``origin`` is the site's: ``https://…`` without a slash."""
    base = f"{origin}/data/catalog"
    catalog = Node(base, "dcat:Catalog", (
        *_said("dct:title", TITLE),
        *_said("dct:description", ABOUT),
        ("dct:publisher", Node("", "foaf:Agent", tuple(_said("foaf:name", PUBLISHER)))),
        *(("dct:language", Literal(one)) for one in ("zh-Hans", "en")),
        ("foaf:homepage", Iri(f"{origin}/zh-hans/data/")),
        *_latest(found),
        *(("dcat:dataset", Iri(f"{base}#{one.key}")) for one in found),
    ))  # fmt: skip
    nodes = [catalog]
    for one in found:
        nodes.append(_dataset_node(one, origin, base))
        nodes += [_file_node(file, one, origin, f"{base}#{one.key}.{number}")
                  for number, file in enumerate(one.files, 1)]  # fmt: skip
    return tuple(nodes)


def _latest(found: Sequence[Dataset]) -> Iterator[tuple[str, Value]]:
    if found:
        yield "dct:modified", _moment(max(one.modified for one in found))


def _dataset_node(one: Dataset, origin: str, base: str) -> Node:
    return Node(f"{base}#{one.key}", "dcat:Dataset", (
        *_said("dct:title", one.title),
        *_said("dct:description", one.about or one.title),
        ("dct:identifier", Literal(one.key)),
        ("dct:issued", _moment(one.issued)),
        ("dct:modified", _moment(one.modified)),
        ("dcat:version", Literal(one.version)),
        ("dct:publisher", Node("", "foaf:Agent", tuple(_said("foaf:name", PUBLISHER)))),
        *_licence(one),
        *(("dcat:landingPage", Iri(f"{origin}/{lang}/{one.page}")) for lang in ("zh-hans", "en")),
        *(("dcat:distribution", Iri(f"{base}#{one.key}.{number}"))
          for number in range(1, len(one.files) + 1)),
    ))  # fmt: skip


def _file_node(file: Distribution, one: Dataset, origin: str, iri: str) -> Node:
    algorithm, _, value = file.hash.partition(":")
    return Node(iri, "dcat:Distribution", (
        *_said("dct:title", file.title),
        ("dcat:accessURL", Iri(f"{origin}{file.path}")),
        ("dcat:downloadURL", Iri(f"{origin}{file.path}")),
        ("dcat:mediaType", Iri(f"{MEDIA}{file.media}")),
        ("dcat:byteSize", Literal(str(file.size), type="xsd:nonNegativeInteger")),
        ("spdx:checksum", Node("", "spdx:Checksum", (
            ("spdx:algorithm", Iri(f"{PREFIXES['spdx']}checksumAlgorithm_{algorithm}")),
            ("spdx:checksumValue", Literal(value, type="xsd:hexBinary")),
        ))),
        ("dct:issued", _moment(one.issued)),
        ("dct:modified", _moment(one.modified)),
        *_licence(one),
        *((("dct:conformsTo", Iri(f"{origin}{file.schema}")),) if file.schema else ()),
    ))  # fmt: skip


def _said(name: str, text: Text) -> Iterator[tuple[str, Value]]:
    if text.zh:
        yield name, Literal(text.zh, lang="zh-Hans")
    if text.en:
        yield name, Literal(text.en, lang="en")


def _licence(one: Dataset) -> Iterator[tuple[str, Value]]:
    """A licence named by its address is an IRI; by its name, a text."""
    if one.licence:
        is_address = re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", one.licence)
        yield "dct:license", Iri(one.licence) if is_address else Literal(one.licence)


def _moment(moment: datetime) -> Literal:
    return Literal(moment.isoformat(timespec="seconds"), type="xsd:dateTime")


def json_ld(nodes: Sequence[Node]) -> str:
    """The graph as JSON-LD."""
    document = {"@context": dict(PREFIXES), "@graph": [_json_node(one) for one in nodes]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _json_node(node: Node) -> dict[str, object]:
    found: dict[str, object] = {"@id": node.iri} if node.iri else {}
    found["@type"] = node.type
    for name in dict.fromkeys(name for name, _ in node.properties):
        values = [_json_value(value) for other, value in node.properties if other == name]
        found[name] = values[0] if len(values) == 1 else values
    return found


def _json_value(value: Value) -> object:
    match value:
        case Iri(iri):
            return {"@id": iri}
        case Node():
            return _json_node(value)
        case Literal(text, lang, type_):
            marks = {"@language": lang} if lang else {"@type": type_} if type_ else {}
            return {"@value": text, **marks}


def turtle(nodes: Sequence[Node]) -> str:
    """The graph as Turtle."""
    heads = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    return heads + "".join(
        f"\n<{_iri(one.iri)}> {_turtle_properties(one, '  ')} .\n" for one in nodes
    )


def _turtle_properties(node: Node, indent: str) -> str:
    lines = [f"a {node.type}"]
    lines += [f"{name} {_turtle_value(value, indent)}" for name, value in node.properties]
    return f" ;\n{indent}".join(lines)


def _turtle_value(value: Value, indent: str) -> str:
    match value:
        case Iri(iri):
            return f"<{_iri(iri)}>"
        case Node():
            return f"[ {_turtle_properties(value, indent + '  ')} ]"
        case Literal(text, lang, type_):
            return f'"{_escaped(text)}"' + (f"@{lang}" if lang else f"^^{type_}" if type_ else "")


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _escaped(text: str) -> str:
    r"""
    >>> _escaped('a "b"\n\\')
    'a \\"b\\"\\n\\\\'
    """
    return "".join(
        _ESCAPES.get(one, one if one >= " " and one != "\x7f" else f"\\u{ord(one):04X}")
        for one in text
    )


def _iri(iri: str) -> str:
    """An IRI with what may not stand between < and > in percent."""
    return re.sub(r'[\x00-\x20<>"{}|\\^`]', lambda found: quote(found[0]), iri)
