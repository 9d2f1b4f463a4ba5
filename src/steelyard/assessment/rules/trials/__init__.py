"""A draft tried on last year's values: what each rule would have given, and is the scheme fit to issue?"""

from steelyard.assessment.rules.trials.on_last_year import (
    Trial,
    tried,
)

__all__ = [
    "Trial",
    "tried",
]
