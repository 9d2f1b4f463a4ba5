"""Is this file one that may be a template? Asked of the package, before any library opens it.

Nothing in a template may run, fetch or hide: no macros, no objects of other programs, no way to
another file, no document type in the XML, no size that would fill the memory.
Source: ECMA-376, Part 2 (Open Packaging Conventions).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.papers.templates.gaps import gaps, source_of

Kind = Literal["docx", "xlsx"]

MOST_BYTES = 5 << 20
MOST_UNPACKED = 40 << 20
MOST_XML = 10 << 20
"""Bytes unpacked of a part that is XML: trees of it take many times as much memory."""
MOST_PARTS = 1_000
MOST_RATIO = 200
"""Unpacked to packed, for a part of more than 1 MB. Deflate reaches 1,000; a written text some 30."""
_RATIO_FROM = 1 << 20

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_NAMES = {
    "docx": Text("Word（.docx）", "Word (.docx)"),
    "xlsx": Text("Excel（.xlsx）", "Excel (.xlsx)"),
}
_XML = (".xml", ".rels", ".vml")
_TYPES = "[Content_Types].xml"

_MACROS = ("macroenabled", "vbaproject", "vbadata", "macrosheet", "intlmacrosheet", "customui")
_OBJECTS = (
    "oleobject", "/package", "/control", "activex", "afchunk", "subdocument", "/frame",
    "mailmerge", "embeddings", "webextension", "attachedtoolbars",
)  # fmt: skip
_LINKS = (
    "externallink",
    "/connections",
    "querytable",
    "attachedtemplate",
    "xmlmaps",
    "volatiledependencies",
)
_HYPERLINK = "/hyperlink"
_WEB = ("http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a template by name, in their order, and those that are XML as trees."""

    parts: Mapping[str, bytes]
    trees: Mapping[str, Any]
    types: Mapping[str, str]
    """The content type of every part that has one of its own."""
    main: str

    def of_type(self, ending: str) -> Iterator[str]:
        return (name for name, type_ in self.types.items() if type_.endswith(ending))


def opened(content: bytes, kind: Kind) -> Package:
    """
    Raises:
        Faulty: it is no such file, or one that may not be a template; all reasons that were found.
    """
    parts = _unpacked(content, kind)
    trees = _trees(parts)
    types = _types(trees)
    main = next((name for name, type_ in types.items() if type_ == _MAIN[kind]), "")
    found = [*_against_macros(types, parts), *_against_objects(types, trees, parts)]
    if not found and (main not in trees or _hidden_xml(types, trees, parts)):
        found = [_no_such_file(kind)]
    found = found or list(gaps(trees, parts))
    if found:
        raise Faulty(found)
    return Package(parts, trees, types, main)


def _unpacked(content: bytes, kind: Kind) -> dict[str, bytes]:
    if len(content) > MOST_BYTES:
        raise Faulty([_too_large(f"{MOST_BYTES >> 20} MB")])
    if content.startswith(_OLE):
        raise Faulty([_old_or_locked(kind)])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bombs(archive)
            names = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
            if len({name.lower() for name in names}) < len(names):
                raise Faulty([_no_such_file(kind)])
            return {name: archive.read(name) for name in names}
    except (
        zipfile.BadZipFile,
        RuntimeError,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
    ) as error:
        if isinstance(error, Faulty):
            raise
        raise Faulty([_no_such_file(kind)]) from error


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    """By the sizes of the directory, which bind: zipfile reads no more of a part than is declared."""
    entries = archive.infolist()
    if len(entries) > MOST_PARTS or sum(one.file_size for one in entries) > MOST_UNPACKED:
        raise Faulty([_too_large(f"{MOST_UNPACKED >> 20} MB")])
    if any(one.file_size > MOST_XML for one in entries if one.filename.endswith(_XML)):
        raise Faulty([_too_large(f"XML {MOST_XML >> 20} MB")])
    if any(
        one.file_size > max(_RATIO_FROM, MOST_RATIO * max(one.compress_size, 1)) for one in entries
    ):
        raise Faulty([_too_large(f"× {MOST_RATIO}")])


def _trees(parts: Mapping[str, bytes]) -> dict[str, Any]:
    """
    Raises:
        Faulty: a part is not XML though its name says so, or declares a document type.
    """
    from lxml import etree

    trees, found = {}, []
    for name, content in parts.items():
        if not name.endswith(_XML):
            continue
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            tree = etree.fromstring(content, parser)
        except etree.XMLSyntaxError:
            found.append(_broken_part(name))
            continue
        if tree.getroottree().docinfo.doctype:
            found.append(_document_type(name))
        trees[name] = tree
    if found:
        raise Faulty(found)
    return trees


def _types(trees: Mapping[str, Any]) -> dict[str, str]:
    if _TYPES not in trees:
        return {}
    return {
        one.get("PartName", "").lstrip("/"): one.get("ContentType", "")
        for one in trees[_TYPES]
        if isinstance(one.tag, str) and one.tag.endswith("}Override")
    }


def _hidden_xml(
    types: Mapping[str, str], trees: Mapping[str, Any], parts: Mapping[str, bytes]
) -> bool:
    """Whether a part that a library would read as XML goes by another ending, and so was not looked at."""
    defaults = {
        one.get("Extension", "").lower(): one.get("ContentType", "")
        for one in trees[_TYPES]
        if isinstance(one.tag, str) and one.tag.endswith("}Default")
    }
    by_name = {name.lower(): type_ for name, type_ in types.items()}
    return any(
        by_name.get(name.lower(), defaults.get(name.rpartition(".")[2].lower(), "")).endswith("xml")
        for name in parts
        if name not in trees and not name.endswith("/")
    )


def _against_macros(types: Mapping[str, str], parts: Mapping[str, bytes]) -> Iterator[Fault]:
    said = [*types.values(), *parts]
    found = next((one for one in said if any(sign in one.lower() for sign in _MACROS)), "")
    if found:
        yield Fault(
            "macros",
            Text("文件带有宏程序", "the file carries macros"),
            Text("请另存为不带宏的 .docx 或者 .xlsx", "save it as .docx or .xlsx, without them"),
            Where(key=found.rpartition("/")[2]),
        )


def _against_objects(
    types: Mapping[str, str], trees: Mapping[str, Any], parts: Mapping[str, bytes]
) -> Iterator[Fault]:
    for name in [*parts, *types.values()]:
        if any(sign in name.lower() for sign in ("embeddings/", "activex", "webextension")):
            yield _embedded(name.rpartition("/")[2])
            break
    for name, tree in trees.items():
        if name.endswith(".rels"):
            for relation in tree:
                if isinstance(relation.tag, str):
                    yield from _against_relation(source_of(name), relation)


def _against_relation(source: str, relation: Any) -> Iterator[Fault]:
    kind, target = relation.get("Type", "").lower(), relation.get("Target", "")
    is_outside = relation.get("TargetMode", "").lower() == "external"
    if any(kind.endswith(sign) or sign in kind for sign in _OBJECTS if sign[0] != "/") or any(
        kind.endswith(sign) for sign in _OBJECTS if sign[0] == "/"
    ):
        if not (kind.endswith("/package") and not is_outside and source == ""):
            yield _embedded(target)
    elif any(sign in kind for sign in _LINKS) or (is_outside and not _is_web_link(kind, target)):
        yield _linked(source, target)


def _is_web_link(kind: str, target: str) -> bool:
    return kind.endswith(_HYPERLINK) and target.lower().startswith(_WEB)


def _no_such_file(kind: Kind) -> Fault:
    named = _NAMES[kind]
    return Fault(
        "not-a-template",
        Text(
            f"不是{named.zh}文件，或者文件已经损坏", f"this is no {named.en} file, or it is damaged"
        ),
        Text("请用 Word、Excel 或者 WPS 另存一次", "save it anew with Word, Excel or WPS"),
    )


def _old_or_locked(kind: Kind) -> Fault:
    named = _NAMES[kind]
    return Fault(
        "old-or-locked",
        Text(
            "文件是旧格式（.doc、.xls），或者加了密码",
            "the file is of an old format (.doc, .xls), or locked with a password",
        ),
        Text(f"请去掉密码，另存为{named.zh}", f"remove the password and save it as {named.en}"),
    )


def _too_large(limit: str) -> Fault:
    return Fault(
        "too-large",
        Text(
            f"文件太大，或者解开后太大（上限 {limit}）",
            f"the file is too large, packed or unpacked (limit {limit})",
        ),
        Text("请删去大图片后重新保存", "take out large pictures and save it again"),
    )


def _broken_part(name: str) -> Fault:
    return Fault(
        "broken-part",
        Text("文件内部有一部分读不出", "a part of the file cannot be read"),
        Text("请用 Word、Excel 或者 WPS 另存一次", "save it anew with Word, Excel or WPS"),
        Where(key=name),
    )


def _document_type(name: str) -> Fault:
    return Fault(
        "document-type",
        Text(
            "文件内部声明了文档类型（DOCTYPE），可能藏有实体",
            "a part declares a document type, which may hide entities",
        ),
        Text("请用 Word、Excel 或者 WPS 另存一次", "save it anew with Word, Excel or WPS"),
        Where(key=name),
    )


def _embedded(name: str) -> Fault:
    return Fault(
        "embedded-object",
        Text("文件内嵌有其他程序的对象", "the file holds an object of another program"),
        Text("请删去内嵌对象；需要时改为图片", "remove it; put a picture in its place if needed"),
        Where(key=name),
    )


def _linked(source: str, target: str) -> Fault:
    return Fault(
        "external-link",
        Text(
            f"文件引用了外部文件或者数据“{target[:80]}”，打开时会去读取",
            f"the file refers to “{target[:80]}” outside of it, which is read when it is opened",
        ),
        Text(
            "请断开链接；图片改为嵌入，模板改为 Normal",
            "break the link; embed pictures, and use the template Normal",
        ),
        Where(key=source),
    )
