"""A rule in words, as offices write it, and such words back as a rule.

``rule_in_words`` and its neighbours turn the parts of a rule into a sentence, in Chinese or English;
``rule_from_words`` turns the usual sentences of scoring tables into parts, or says what it could not
understand. Both work on the plain document, as it stands in the scheme file after reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from steelyard.scheme.wording.say_grades import veto_in_words
from steelyard.scheme.wording.say_item import item_in_words
from steelyard.scheme.wording.say_rule import rule_in_words

if TYPE_CHECKING:
    from steelyard.scheme.wording.naming import NeededInput
    from steelyard.scheme.wording.recognise import Recognised, rule_from_words

__all__ = [
    "NeededInput",
    "Recognised",
    "item_in_words",
    "rule_from_words",
    "rule_in_words",
    "veto_in_words",
]


def __getattr__(name: str) -> Any:
    """The reader is loaded when it is asked for: a report only speaks."""
    if name in __all__:
        from steelyard.scheme.wording import naming, recognise

        return getattr(naming if name == "NeededInput" else recognise, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
