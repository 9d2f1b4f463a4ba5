"""Footnotes: a part of the file of its own, which python-docx does not know.

Each note is written once; where it is mentioned again, a field refers to its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from steelyard.papers.official.paper import Note
from steelyard.papers.official.xml import element, field, paragraph, run, run_properties

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))


class Footnotes:
    """The notes of one paper, and where each was first mentioned."""

    def __init__(self, notes: Sequence[Note]) -> None:
        self.notes = tuple(notes)
        self._mentioned: set[Note] = set()

    def mention(self, note: Note) -> list[Any]:
        """The mark in the text: of the note itself the first time, of its number after that."""
        number = self.notes.index(note) + 1
        mark = run_properties(style="FootnoteReference")
        if note in self._mentioned:
            return [field(f"NOTEREF {_name(number)} \\f \\h", str(number), mark)]
        self._mentioned.add(note)
        reference = element("w:r", None, mark, element("w:footnoteReference", {"id": number}))
        return [
            element("w:bookmarkStart", {"id": number, "name": _name(number)}),
            reference,
            element("w:bookmarkEnd", {"id": number}),
        ]

    def attach(self, document: Any) -> None:
        """Write the part, and tell the settings which of its notes are the lines above the notes."""
        if not self.notes:
            return
        from docx.opc.oxml import serialize_part_xml
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        content = serialize_part_xml(self._part())
        uri = PackURI("/word/footnotes.xml")
        part = Part(uri, _TYPE, content, document.part.package)
        document.part.relate_to(part, _RELATION)
        self._in_settings(document.settings.element)

    def _part(self) -> Any:
        made = element("w:footnotes")
        for code, kind in _SEPARATORS:
            line = element("w:r", None, element(f"w:{kind}"))
            made.append(
                element("w:footnote", {"type": kind, "id": code}, paragraph("FootnoteText", [line]))
            )
        for number, note in enumerate(self.notes, 1):
            mark = element(
                "w:r",
                None,
                run_properties(style="FootnoteReference"),
                element("w:footnoteRef"),
            )
            said = paragraph("FootnoteText", [mark, run(f" {note.text}")])
            made.append(element("w:footnote", {"id": number}, said))
        return made

    def _in_settings(self, settings: Any) -> None:
        from docx.oxml.ns import qn

        listed = [element("w:footnote", {"id": code}) for code, _ in _SEPARATORS]
        settings.find(qn("w:compat")).addprevious(element("w:footnotePr", None, *listed))


def _name(number: int) -> str:
    return f"_Note{number}"
