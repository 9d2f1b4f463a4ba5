"""The papers of an assessment: which there are, what each may say, as what file, from which template.

kinds.py (which papers) → fields.py (what a template may name) → defaults.py (the templates that come
with the office) and samples.py (values for a preview of a paper that does not exist yet).
"""

from steelyard.assessment.rules.papers.fields import FIELDS
from steelyard.assessment.rules.papers.kinds import (
    FORMATS,
    LANG_TITLES,
    PAPERS,
    Design,
    Format,
    PaperFacts,
    PaperKind,
)

__all__ = [
    "FIELDS",
    "FORMATS",
    "LANG_TITLES",
    "PAPERS",
    "Design",
    "Format",
    "PaperFacts",
    "PaperKind",
]
