"""What is a unit asked, by which version of the scheme?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from steelyard.assessment.models import (
    SchemeVersion,
    Submission,
)
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.rules.collection.answers import Question, questions
from steelyard.assessment.rules.schemes.division import Way
from steelyard.kernel.bilingual import Lang
from steelyard.scheme.wording.say_item import item_in_words

OF_OTHERS = frozenset({Way.JUDGED, Way.COUNTED})
"""Ways of figures that no unit is asked for: the body that scores gives them, or the office counts them."""


def version_of_submission(submission: Submission) -> SchemeVersion:
    """The version of the scheme by which a submission is read: once signed, that of its signature."""
    if submission.scheme_id:
        return SchemeVersion.objects.defer("document").get(pk=submission.scheme_id)
    return issued(submission.assessment)


def questions_of(version: SchemeVersion, unit_code: str) -> list[Question]:
    return list(_questions(version.content_hash, version.pk, unit_code))


@lru_cache(maxsize=256)
def _questions(content_hash: str, number: int, unit_code: str) -> tuple[Question, ...]:
    version = SchemeVersion(pk=number, content_hash=content_hash)
    scheme, divided = scheme_of(version), division_of(version)
    asked = {
        duty.item.code: tuple(code for code in duty.inputs if divided.way[code] not in OF_OTHERS)
        for duty in divided.duties
    }
    unit = scheme.unit.get(unit_code)
    return tuple(questions(scheme, unit.group if unit else "", asked))


def in_words(version: SchemeVersion, item: str, lang: Lang) -> str:
    """The rule of an item, as one reads it."""
    return _words(version.content_hash, version.pk, lang).get(item, "")


@lru_cache(maxsize=32)
def _words(content_hash: str, number: int, lang: Lang) -> Mapping[str, str]:
    scheme = scheme_of(SchemeVersion(pk=number, content_hash=content_hash))
    items: Any = scheme.document.get("items", ())
    return {one["code"]: item_in_words(one, scheme.document, lang) for one in items}
