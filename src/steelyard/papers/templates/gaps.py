"""Does a package hold every part that it names, and name every part that it uses?

Word calls a file with such a gap damaged, and the libraries stumble over it, or make a paper of it that lacks its
styles. Source: ECMA-376, Part 2 (Open Packaging Conventions), relationships.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where

_USED = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)


def gaps(trees: Mapping[str, Any], parts: Mapping[str, bytes]) -> Iterator[Fault]:
    """Parts that are named and missing; relations that are used and missing."""
    there = {name.lower() for name in parts}
    for name, tree in trees.items():
        if name.endswith(".rels"):
            yield from (
                _missing(target)
                for target in _targets(source_of(name), tree)
                if target.lower() not in there
            )
        else:
            known = _ids(trees.get(relations_of(name)))
            if not _used(tree) <= known:
                yield _unnamed(name)


def source_of(relations: str) -> str:
    """The part whose relations these are; "" for those of the package."""
    folder, name = posixpath.split(relations)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def relations_of(part: str) -> str:
    """
    >>> relations_of("word/document.xml")
    'word/_rels/document.xml.rels'
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _targets(source: str, tree: Any) -> Iterator[str]:
    """The parts inside that a part relates to, by their names in the package."""
    for one in _relations(tree):
        target = _decoded(one.get("Target", "").partition("#")[0])
        if target and one.get("TargetMode", "").lower() != "external":
            folder = "/" + posixpath.dirname(source)
            yield posixpath.normpath(posixpath.join(folder, target)).lstrip("/")


def _decoded(target: str) -> str:
    """
    >>> _decoded("media/%E5%9B%BE%201.png")
    'media/图 1.png'
    """
    octets = re.sub(
        rb"%([0-9A-Fa-f]{2})", lambda found: bytes.fromhex(found[1].decode()), target.encode()
    )
    return octets.decode(errors="replace")


def _ids(tree: Any) -> set[str]:
    return {one.get("Id", "") for one in _relations(tree)} if tree is not None else set()


def _relations(tree: Any) -> Iterator[Any]:
    return (one for one in tree if isinstance(one.tag, str))


def _used(tree: Any) -> set[str]:
    return {
        value
        for one in tree.iter()
        if isinstance(one.tag, str)
        for name, value in one.attrib.items()
        if value and name.startswith(_USED)
    }


_MEND = Text(
    "请用 Word、Excel 或者 WPS 打开原件，另存后再上传",
    "open the original with Word, Excel or WPS, save it anew, and send that",
)


def _missing(name: str) -> Fault:
    what = Text(
        "文件内部缺少一部分，已经损坏", "a part of the file is missing inside it: it is damaged"
    )
    return Fault("missing-part", what, _MEND, Where(key=name))


def _unnamed(name: str) -> Fault:
    what = Text(
        "文件内部缺少各部分之间的关联（样式、页眉、页脚、图片由此找到），已经损坏",
        "the relations by which styles, headers, footers and pictures are found are missing: the file is damaged",
    )
    return Fault("missing-relations", what, _MEND, Where(key=name))
