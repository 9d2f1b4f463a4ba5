"""What is done in an assessment, in the words of the trail: each part has a file of its own."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.assessment.words import (
    assessments,
    collection,
    differences,
    forgery,
    papers,
    reviews,
    schemes,
    scoring,
    supplied,
    visits,
    weighings,
)
from steelyard.assessment.words.codes import CODES
from steelyard.kernel.bilingual import Text

__all__ = ["CODES", "LABELS", "TITLES", "VALUES"]

_PARTS = (
    assessments,
    collection,
    differences,
    forgery,
    papers,
    reviews,
    schemes,
    scoring,
    supplied,
    visits,
    weighings,
)

TITLES: Mapping[str, Text] = {code: text for part in _PARTS for code, text in part.TITLES.items()}
VALUES: Mapping[tuple[str, str], Mapping[str, Text]] = {
    column: texts for part in _PARTS for column, texts in part.VALUES.items()
}
LABELS: Mapping[tuple[str, str], Text] = {
    (table, column): text
    for part in _PARTS
    for table, columns in part.COLUMNS.items()
    for column, text in columns.items()
}
