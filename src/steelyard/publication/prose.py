"""Pages of prose as a publication: one JSON file a page and language, pictures and documents by their hash.

    prose/zh-hans/index.json, prose/en/news/first.json …   the pages, by their address below the language
    files/<hash>.jpg …                                     what they show and offer

Text with marks is HTML of a few elements. Whoever exports cleans it; here, when it is written and again
when it is read, what is not on the list is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import Any, Literal, get_args

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where, raise_if_any
from steelyard.kernel.hashes import tagged

FORMAT = "steelyard-prose/1"
INDEX = "index"
"""The name of a language's first page, whose address is empty."""

Language = Literal["zh-hans", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
Kind = Literal["home", "news_list", "article", "plain", "contact"]
KINDS: tuple[Kind, ...] = get_args(Kind)

PATH = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*|")
FILE = re.compile(r"[0-9a-f]{64}\.(jpg|png|pdf|docx|xlsx|csv|txt|zip)")

ALLOWED: Mapping[str, frozenset[str]] = {
    "p": frozenset(), "br": frozenset(), "b": frozenset(), "strong": frozenset(), "i": frozenset(),
    "em": frozenset(), "sub": frozenset(), "sup": frozenset(), "a": frozenset({"href"}),
}  # fmt: skip
"""Element → attributes that a text may have. Nothing else is published."""

ADDRESS = re.compile(r"(https?://|mailto:|/(?!/)|#)[^\s\"'<>`\\]*", re.IGNORECASE)
"""Where a link may lead: to another site, to a mailbox, within this site."""


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    html: str


@dataclass(frozen=True, slots=True)
class Listing:
    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """``alt``: what it shows, for those who do not see it. Never empty."""

    file: str
    width: int
    height: int
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    file: str
    title: str
    size: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that stands out, and where it is from. ``source`` is never empty."""

    value: str
    what: str
    source: str
    address: str = ""


Block = Heading | Paragraph | Listing | Quote | Table | Picture | Document | Figure
BLOCKS: Mapping[str, type[Block]] = {
    "heading": Heading, "paragraph": Paragraph, "list": Listing, "quote": Quote, "table": Table,
    "picture": Picture, "document": Document, "figure": Figure,
}  # fmt: skip
_NAMES = {of: name for name, of in BLOCKS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProsePage:
    """One page in one language, as the public reads it. ``path``: below the language, "" the first."""

    kind: Kind
    lang: Language
    path: str
    title: str
    summary: str = ""
    day: date
    changed_at: datetime
    sample: bool = False
    blocks: tuple[Block, ...] = ()

    @property
    def name(self) -> str:
        """Its file in the package."""
        return f"prose/{self.lang}/{self.path or INDEX}.json"

    def of_kind(self, name: str) -> tuple[Block, ...]:
        return tuple(one for one in self.blocks if kind_of(one) == name)


def kind_of(block: Block) -> str:
    """
    >>> kind_of(Quote("…"))
    'quote'
    """
    return _NAMES[type(block)]


def file_name(content: bytes, ending: str) -> str:
    """A picture's or document's name in the package: its hash, so that another content is another name.

    >>> file_name(b"", "jpg")[:8]
    'e3b0c442'
    """
    return f"{tagged(content).partition(':')[2]}.{ending}"


def prose_files(pages: Iterable[ProsePage], held: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every file of a publication of prose. ``held``: pictures and documents by name.

    Raises:
        Faulty: with every page that has what may not be published, and every file that is not there.
    """
    listed = sorted(pages, key=lambda one: (one.lang, one.path))
    faults = [fault for page in listed for fault in against(page)]
    faults += [
        _no_such_file(page.name, name)
        for page in listed
        for name in files_of(page)
        if name not in held
    ]
    raise_if_any(faults)
    found = {page.name: _written(page) for page in listed}
    used = {name for page in listed for name in files_of(page)}
    return found | {f"files/{name}": held[name] for name in sorted(used)}


def read_prose(name: str, document: Any) -> ProsePage:
    """The page in a JSON file of a package, checked as it was when it was written.

    Raises:
        Faulty: it is none, or has what may not be published.
    """
    try:
        page = ProsePage(
            kind=_one_of(document["kind"], KINDS),
            lang=_one_of(document["lang"], LANGUAGES),
            path=str(document["path"]),
            title=str(document["title"]),
            summary=str(document["summary"]),
            day=date.fromisoformat(document["day"]),
            changed_at=datetime.fromisoformat(document["changed_at"]),
            sample=bool(document["sample"]),
            blocks=tuple(_block(one) for one in document["blocks"]),
        )
        if document["format"] != FORMAT or page.name != name:
            raise ValueError(f"{document['format']} {page.name}")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise_if_any([_no_page(name, error)])
        raise
    raise_if_any(list(against(page)))
    return page


def against(page: ProsePage) -> Iterator[Fault]:
    """Everything in a page that may not be published."""
    if not PATH.fullmatch(page.path):
        yield _wrong_path(page.name, page.path)
    for number, block in enumerate(page.blocks, 1):
        for fault in _against_block(block):
            yield fault.at(Where(file=page.name, key=f"blocks.{number}"))


def _against_block(block: Block) -> Iterator[Fault]:
    for text in _marked(block):
        yield from (_wrong(one) for one in stray(text))
    if isinstance(block, Figure) and not block.source:
        yield _no_source(block.value)
    if isinstance(block, Figure) and block.address and not ADDRESS.fullmatch(block.address):
        yield _wrong(block.address)
    if isinstance(block, Picture) and not block.alt.strip():
        yield _no_alternative(block.file)
    if isinstance(block, Picture | Document) and not FILE.fullmatch(block.file):
        yield _wrong(block.file)


def files_of(page: ProsePage) -> tuple[str, ...]:
    return tuple(one.file for one in page.blocks if isinstance(one, Picture | Document))


def stray(html: str) -> tuple[str, ...]:
    """What stands in a marked text and is not on the list.

    >>> stray('<p>See <a href="https://example.org/">there</a>.</p>')
    ()
    >>> stray('<p onclick="x()"><a href="javascript:x()">a</a></p><script>x()</script>')
    ('onclick', 'javascript:x()', 'script', '/script')
    """
    reader = _Strays()
    reader.feed(html)
    reader.close()
    return tuple(reader.found)


class _Strays(HTMLParser):
    """Reads as a browser does, and notes every element, attribute and address that is not allowed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.found.append(tag)
            return
        for name, value in attrs:
            if name not in ALLOWED[tag]:
                self.found.append(name)
            elif name == "href" and not ADDRESS.fullmatch(value or ""):
                self.found.append(value or "href")

    def handle_endtag(self, tag: str) -> None:
        if tag not in ALLOWED:
            self.found.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:  # noqa: ARG002
        self.found.append("<!--")

    def handle_decl(self, decl: str) -> None:  # noqa: ARG002
        self.found.append("<!")

    def handle_pi(self, data: str) -> None:  # noqa: ARG002
        self.found.append("<?")

    def unknown_decl(self, data: str) -> None:  # noqa: ARG002
        self.found.append("<![")


def _marked(block: Block) -> tuple[str, ...]:
    """The texts of a block that hold marks; all others are plain and escaped when shown."""
    if isinstance(block, Paragraph):
        return (block.html,)
    return block.items if isinstance(block, Listing) else ()


def _written(page: ProsePage) -> bytes:
    document = {
        "format": FORMAT,
        "kind": page.kind,
        "lang": page.lang,
        "path": page.path,
        "title": page.title,
        "summary": page.summary,
        "day": page.day.isoformat(),
        "changed_at": page.changed_at.isoformat(timespec="seconds"),
        "sample": page.sample,
        "blocks": [{"type": kind_of(one)} | asdict(one) for one in page.blocks],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _block(document: Mapping[str, Any]) -> Block:
    """
    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    of = BLOCKS[document["type"]]
    given = {one.name: _value(document[one.name], str(one.type)) for one in fields(of)}
    return of(**given)


def _value(value: Any, wanted: str) -> Any:
    """A value as its field wants it; nothing is turned into something else."""
    if wanted == "tuple[tuple[str, ...], ...]":
        return tuple(_value(one, "tuple[str, ...]") for one in value)
    if wanted == "tuple[str, ...]":
        return tuple(_value(one, "str") for one in _list(value))
    if type(value).__name__ != wanted:
        raise TypeError(f"{value!r} is not {wanted}")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    return value


def _one_of(value: Any, known: tuple[Any, ...]) -> Any:
    if value not in known:
        raise ValueError(f"{value!r} is none of {known}")
    return value


def address_of(path: PurePosixPath | str) -> tuple[str, str]:
    """The language and address that a page's file in a package stands for.

    >>> address_of("prose/en/news/first.json"), address_of("prose/zh-hans/index.json")
    (('en', 'news/first'), ('zh-hans', ''))
    """
    _, lang, *rest = PurePosixPath(path).with_suffix("").parts
    address = "/".join(rest)
    return lang, "" if address == INDEX else address


def _no_page(name: str, error: Exception) -> Fault:
    return Fault(
        "no-prose-page",
        Text(f"不是网页内容：{error}", f"this is no page of prose: {error}"),
        Text("请重新发布", "publish it again"),
        Where(file=name),
    )


def _wrong(what: str) -> Fault:
    shown = what[:60]
    return Fault(
        "not-published-in-prose",
        Text(
            f"“{shown}”不在公开网页允许的格式、链接和文件之列",
            f"{shown!r} is not among the marks, links and files that a public page may have",
        ),
        Text(
            "请删去或者改写：链接以 https:// 、http:// 、mailto: 或者 / 开头",
            "take it out or write it anew: links start with https://, http://, mailto: or /",
        ),
    )


def _wrong_path(name: str, path: str) -> Fault:
    return Fault(
        "not-published-in-prose",
        Text(f"网址“{path[:60]}”不能公开", f"the address {path[:60]!r} cannot be published"),
        Text("请用小写字母、数字和单个连字符", "use small letters, figures and single hyphens"),
        Where(file=name),
    )


def _no_source(value: str) -> Fault:
    return Fault(
        "figure-without-source",
        Text(f"数字“{value[:40]}”没有来源", f"the figure {value[:40]!r} has no source"),
        Text("请写明来源", "say where it is from"),
    )


def _no_alternative(file: str) -> Fault:
    return Fault(
        "picture-without-alternative",
        Text(f"图片{file[:12]}没有替代文字", f"the picture {file[:12]} has no alternative text"),
        Text("请写明图片内容，中英文都要", "say what it shows, in both languages"),
    )


def _no_such_file(name: str, file: str) -> Fault:
    return Fault(
        "prose-file-missing",
        Text(f"缺少文件{file[:12]}", f"the file {file[:12]} is missing"),
        Text("请重新上传", "upload it again"),
        Where(file=name),
    )
