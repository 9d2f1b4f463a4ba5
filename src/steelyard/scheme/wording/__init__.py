"""A rule in words, as offices write it, and such words back as a rule.

``say_rule`` and its neighbours turn the parts of a rule into a sentence, in Chinese or English;
``recognise`` turns the usual sentences of scoring tables into parts, or says what it could not
understand. Both work on the plain document, as it stands in the scheme file after reading.
"""

from steelyard.scheme.wording.naming import NeededInput
from steelyard.scheme.wording.recognise import Recognised, rule_from_words
from steelyard.scheme.wording.say_item import item_in_words, veto_in_words
from steelyard.scheme.wording.say_rule import rule_in_words

__all__ = [
    "NeededInput",
    "Recognised",
    "item_in_words",
    "rule_from_words",
    "rule_in_words",
    "veto_in_words",
]
