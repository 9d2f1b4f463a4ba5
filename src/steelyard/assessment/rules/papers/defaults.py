"""The templates that come with Steelyard, one for each kind of paper, language and format."""

from __future__ import annotations

from functools import lru_cache

from steelyard.assessment.rules.papers.kinds import Design, Format
from steelyard.assessment.rules.papers.letters import LETTERS
from steelyard.assessment.rules.papers.sheets import SHEETS
from steelyard.papers.official import paper_bytes
from steelyard.papers.templates.defaults import excel_sheet, word_sheet


@lru_cache(maxsize=32)
def default_template(design: Design) -> bytes:
    """The file, the same for the same version of Steelyard."""
    letter = LETTERS.get((design.kind, design.lang))
    if letter is not None:
        return paper_bytes(letter)
    sheet = SHEETS[design.kind, design.lang]
    return word_sheet(sheet) if design.format is Format.WORD else excel_sheet(sheet)
