"""Put another template of a paper to use, or go back to the one that comes with Steelyard."""

from steelyard.assessment.actions.papers.templates import (
    use_default,
    use_template,
)

__all__ = [
    "use_default",
    "use_template",
]
