"""Write the letter to a unit as a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from steelyard.kernel.bilingual import Lang, Text
from steelyard.papers.letter.letter import letter_paper
from steelyard.papers.official import paper_bytes
from steelyard.tables.write import write_whole
from steelyard.weighing.advice.levers import Cost
from steelyard.weighing.result import Result
from steelyard.weighing.what_if import find_unit


def write_letter(
    result: Result, unit: str, lang: Lang, issued_on: date, out: Path,
    *, cut_off: date | None = None, costs: Sequence[Cost] | None = None, issuer: Text | None = None,
) -> Path:  # fmt: skip
    """Write ``letter.docx`` into ``out``, or ``out`` itself if it is named ``….docx``.

    ``unit`` is a code or a title; ``issued_on`` the day that the letter bears.

    Raises:
        Faulty: no such unit.
    """
    code = find_unit(result.scheme, unit)
    paper = letter_paper(
        result, code, lang, issued_on, cut_off=cut_off, costs=costs, issuer=issuer
    )  # fmt: skip
    path = out if out.suffix == ".docx" else out / "letter.docx"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, paper_bytes(paper))
    return path
