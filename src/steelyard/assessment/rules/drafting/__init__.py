"""A scheme under hand: its tree as a person reads it, and one change at a time made to it.

A draft is a document, and may have any fault: an item without a code, two of one code, a parent that
is not there. All of it is shown, and can be mended. Nothing here looks at what a rule means; the
check does (:func:`faults_of`).
"""

from steelyard.assessment.rules.drafting.beginnings import begun, codes_of_units, fitted, told_text
from steelyard.assessment.rules.drafting.changes import (
    Change,
    added,
    hung_from,
    moved,
    renamed_body,
    with_bodies,
    with_member,
    without,
)
from steelyard.assessment.rules.drafting.faults import Faults, faults_of
from steelyard.assessment.rules.drafting.mending import what_to_do
from steelyard.assessment.rules.drafting.naming import in_page_words, names_of, place_in_words
from steelyard.assessment.rules.drafting.rows import (
    Document,
    Listed,
    Row,
    as_text,
    assessed,
    below,
    find,
    listed,
    tree,
)

__all__ = [
    "Change",
    "Document",
    "Faults",
    "Listed",
    "Row",
    "added",
    "as_text",
    "assessed",
    "begun",
    "below",
    "codes_of_units",
    "faults_of",
    "find",
    "fitted",
    "hung_from",
    "in_page_words",
    "listed",
    "moved",
    "names_of",
    "place_in_words",
    "renamed_body",
    "told_text",
    "tree",
    "what_to_do",
    "with_bodies",
    "with_member",
    "without",
]
