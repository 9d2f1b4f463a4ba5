"""A brief as an official paper: its figures' origins are footnotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from steelyard.papers.brief.fill import Brief, Filled
from steelyard.papers.brief.notes import note_text
from steelyard.papers.brief.template import Standing
from steelyard.papers.official import Note, Paper, Paragraph
from steelyard.papers.official.paper import Level
from steelyard.records.catalogue.model import Catalogue

_LEVELS: Mapping[Standing, Level] = {
    "text": 0, "heading": 1, "subheading": 2, "point": 3, "subpoint": 4,
}  # fmt: skip


def brief_paper(brief: Brief, catalogue: Catalogue, issued_on: date | None = None) -> Paper:
    """The paper of a brief. Without a day of issue it bears none."""
    return Paper(
        lang=brief.lang,
        title=brief.title,
        is_sample=brief.is_sample,
        paragraphs=tuple(
            Paragraph(tuple(_pieces(one, brief, catalogue)), _LEVELS[one.standing])
            for one in brief.paragraphs
        ),
        signature=brief.signature,
        issued_on=issued_on,
    )


def _pieces(one: Filled, brief: Brief, catalogue: Catalogue) -> Iterator[str | Note]:
    for piece in one.pieces:
        if isinstance(piece, str):
            yield piece
        else:
            yield piece.text
            yield Note(note_text(piece.figure, catalogue, brief.lang))
