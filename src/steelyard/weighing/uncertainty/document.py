"""What was found of a result's doubts as plain data: three sections of ``result.json``.

They are there only if they were asked for. Keys stand in the order of the fields of ``findings``, floats
are as they are, and a fraction is a whole number or its exact text, as ranks are elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.weighing.result import Result

SECTIONS = ("how_sure", "sensitivity", "audit")


def doubts_document(result: Result) -> dict[str, object]:
    """The sections that the result has."""
    found = {section: getattr(result, section) for section in SECTIONS}
    return {section: _plain(one) for section, one in found.items() if one is not None}


def _plain(found: object) -> object:
    match found:
        case Text():
            return {"zh": found.zh, "en": found.en}
        case Fraction():
            return int(found) if found.denominator == 1 else plain(found)
        case Mapping():
            return {str(key): _plain(found[key]) for key in _in_order(found)}
        case tuple():
            return [_plain(one) for one in found]
        case _ if is_dataclass(found):
            return {each.name: _plain(getattr(found, each.name)) for each in fields(found)}
    return found


def _in_order(found: Mapping[object, object]) -> list[object]:
    """Places from the first; names as they stand."""
    places = [key for key in found if isinstance(key, int)]
    return [*sorted(places)] if len(places) == len(found) else [*found]
