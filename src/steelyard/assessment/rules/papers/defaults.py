"""The templates that come with Steelyard, one for each kind of paper, language and format."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from steelyard.assessment.rules.papers.kinds import Design, Format
from steelyard.assessment.rules.papers.letters import LETTERS
from steelyard.assessment.rules.papers.sheets import SHEETS
from steelyard.papers.official import Paper, paper_bytes
from steelyard.papers.templates.defaults import excel_sheet, word_sheet


@lru_cache(maxsize=128)
def default_template(design: Design, organ: str = "") -> bytes:
    """The file, the same for the same version of Steelyard.

    ``organ``: the name of whoever issues the letter, for which its red mark is made as large as fits.
    """
    letter = LETTERS.get((design.kind, design.lang))
    if letter is not None:
        return paper_bytes(_measured(letter, organ))
    sheet = SHEETS[design.kind, design.lang]
    return word_sheet(sheet) if design.format is Format.WORD else excel_sheet(sheet)


def _measured(letter: Paper, organ: str) -> Paper:
    if not organ:
        return letter
    filled = letter.head.issuer.replace("{{ office }}", organ)
    return replace(letter, head=replace(letter.head, measured=filled))
