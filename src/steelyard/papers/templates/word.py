"""A paper from a template that the office edits in Word: checked whole, then filled.

packages.py (may this file be a template) → spots.py (where its tags are) → word_check.py and language.py
(what is wrong with them) → docxtpl, in a sandbox, over the file as it was checked.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING, Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where, raise_if_any
from steelyard.papers.packed import packed, without_time
from steelyard.papers.templates.fields import Field, Values, checked
from steelyard.papers.templates.language import Language, is_of_the_language, scope_of
from steelyard.papers.templates.packages import Package, opened
from steelyard.papers.templates.spots import TAG, Spot, spots
from steelyard.papers.templates.word_check import Check
from steelyard.papers.templates.word_surroundings import against_surroundings

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_NAMED = {
    "document.main+xml": Text("正文", "body"),
    "header+xml": Text("页眉", "header"),
    "footer+xml": Text("页脚", "footer"),
    "footnotes+xml": Text("脚注", "footnotes"),
}
"""The parts that are filled, by the ending of their type."""


def word_faults(template: bytes, fields: Iterable[Field]) -> tuple[Fault, ...]:
    """Everything that is wrong with a template; empty if it can be used."""
    try:
        _checked(template, tuple(fields))
    except Faulty as faulty:
        return faulty.faults
    return ()


def fill_word(template: bytes, fields: Iterable[Field], values: Values) -> bytes:
    """The paper as .docx: the same template and values give the same bytes.

    Raises:
        Faulty: the template is at fault, see :func:`word_faults`.
        ValueError: the values are not those of the fields.
    """
    asked = tuple(fields)
    row = checked(asked, values)
    filled = _checked(template, asked)
    filled.render(dict(row), Language())
    target = io.BytesIO()
    filled.save(target)
    return without_time(target.getvalue())


def _checked(template: bytes, fields: tuple[Field, ...]) -> DocxTemplate:
    """The template with every tag in one run, free of faults, ready to be filled.

    Raises:
        Faulty: it is not.
    """
    package = opened(template, "docx")
    check = Check(fields)
    for name, named in _filled_parts(package):
        check.part(_spots(package.trees[name], named))
    ours = {name for name, _ in _filled_parts(package)}
    check.faults += against_surroundings(package, ours, scope_of(fields))
    raise_if_any(dict.fromkeys(check.faults))
    filler = _filler()(io.BytesIO(packed(_written(package))))
    sources = list(_sources(filler))
    if not all(map(is_of_the_language, sources)) or _tags(sources) != _plain(check.tags):
        raise Faulty([_unreadable()])
    return filler


def _filled_parts(package: Package) -> Iterator[tuple[str, Text]]:
    for ending, named in _NAMED.items():
        for name in package.of_type(f"wordprocessingml.{ending}"):
            if name in package.trees:
                yield name, named


def _spots(part: Any, named: Text) -> Iterator[Spot]:
    return spots(part, named)


def _written(package: Package) -> dict[str, bytes]:
    from lxml import etree

    ours = {name for name, _ in _filled_parts(package)}
    return {
        name: etree.tostring(
            package.trees[name], xml_declaration=True, encoding="UTF-8", standalone=True
        )
        if name in ours
        else content
        for name, content in package.parts.items()
    }


def _sources(filler: DocxTemplate) -> Iterator[str]:
    """Each part as docxtpl hands it to Jinja."""
    filler.render_init()
    yield filler.patch_xml(filler.get_xml())
    for uri in (filler.HEADER_URI, filler.FOOTER_URI):
        for _, part in filler.get_headers_footers(uri):
            yield filler.patch_xml(filler.get_part_xml(part))
    for part in filler.docx.part.package.parts:
        if part.content_type.endswith("wordprocessingml.footnotes+xml"):
            yield filler.patch_xml(part.blob.decode())


def _tags(sources: Iterable[str]) -> list[str]:
    """The tags of the file as it will be filled: no more and no others than were checked."""
    return _plain(unescape(tag) for source in sources for tag in TAG.findall(source))


def _plain(tags: Iterable[str]) -> list[str]:
    """Tags in any order, without the letter that says what goes with them."""
    return sorted(re.sub(r"^\{%(?:p|tr)?\s+", "{% ", tag) for tag in tags)


def _filler() -> type[DocxTemplate]:
    """docxtpl, without its own ways of escaping, and with what it leaves mended."""
    from docxtpl import DocxTemplate

    class Filler(DocxTemplate):  # type: ignore[misc, unused-ignore]
        def render_xml_part(
            self,
            src_xml: str,
            part: Any,  # noqa: ARG002
            context: Any,
            jinja_env: Any = None,
        ) -> str:
            """As it is inherited, but ``{_{`` in a value stays what it is."""
            made = jinja_env.from_string(src_xml).render(context)
            return _mended(self.resolve_listing(made))

        def fix_tables(self, xml: str) -> Any:
            """The number of columns never changes here."""
            from lxml import etree

            return etree.fromstring(xml)

        def render_properties(self, context: Any, jinja_env: Any = None) -> None:  # noqa: ARG002
            """Title and author: what else a file says of itself is that of the template."""
            about = self.docx.core_properties
            about.title = _property(about.title, context)
            about.author = _property(about.author, context)
            about.last_modified_by = ""
            about.modified = datetime(2000, 1, 1, tzinfo=UTC)

    return Filler


def _property(text: str, context: Any) -> str:
    """Word takes no more than 255 characters."""
    filled = Language(escapes=False).from_string(text).render(context)
    return filled.replace("\n", "")[:255]


def _mended(xml: str) -> str:
    """A part as Word wants it: a paragraph at the end of each cell, no table without rows."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn
    from lxml import etree

    tree = parse_xml(xml.encode())
    for table in list(tree.iter(qn("w:tbl"))):
        if table.find(f".//{qn('w:tr')}") is None:
            table.getparent().remove(table)
    holders = [*tree.iter(qn("w:tc"), qn("w:hdr"), qn("w:ftr"), qn("w:footnote"))]
    for holder in holders:
        if len(holder) == 0 or holder[-1].tag not in (qn("w:p"), qn("w:sdt")):
            etree.SubElement(holder, qn("w:p"))
    made: str = etree.tostring(tree, encoding="unicode")
    return made


def _unreadable() -> Fault:
    return Fault(
        "not-readable",
        Text("模板中的标记合起来读不出", "the tags of the template cannot be read together"),
        Text("请检查各段首尾是否有零散的括号", "look for stray braces at the ends of paragraphs"),
        Where(),
    )
