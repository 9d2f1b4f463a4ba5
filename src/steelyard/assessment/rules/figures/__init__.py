"""How is a figure read and filled in? Kept it is in its exact writing, the same in every language."""

from steelyard.assessment.rules.figures.writing import (
    YES_NO,
    as_typed,
    in_field,
    in_percent,
    said_figure,
)

__all__ = [
    "YES_NO",
    "as_typed",
    "in_field",
    "in_percent",
    "said_figure",
]
