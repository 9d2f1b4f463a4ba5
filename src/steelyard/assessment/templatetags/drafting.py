"""How a page of the scheme says what the check finds."""

from __future__ import annotations

from django import template

from steelyard.assessment.rules.drafting import in_page_words, place_in_words, what_to_do
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault
from steelyard.look.language import say

register = template.Library()


@register.filter
def in_words(text: Text) -> str:
    """A sentence of the check, without the names of a scheme file."""
    return say(in_page_words(text))


@register.filter
def mend(fault: Fault) -> str:
    """What to do about what the check finds, by the fields of the pages."""
    return say(what_to_do(fault))


@register.filter
def place(key: str) -> str:
    """Where in the draft a fault stands."""
    return say(place_in_words(key))
