"""The sheet that a team takes along: each item in words, and what the unit signed of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q

from steelyard.assessment.models import Answer, Assessment, Visit
from steelyard.assessment.queries.assessments import issued, scheme_of
from steelyard.assessment.queries.schemes.readings import leave_what_stands
from steelyard.assessment.rules.figures import said_figure
from steelyard.assessment.rules.states import SubmissionState
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import plain
from steelyard.scheme.model import Input, Scheme
from steelyard.scheme.wording.say_item import item_in_words
from steelyard.scheme.wording.speech import rows_of


def items_of(assessment: Assessment) -> Mapping[str, Text]:
    """The leaves of the scheme in force: code → title, in its order."""
    scheme = _scheme(assessment)
    return {leaf.code: leaf.title for leaf in scheme.leaves} if scheme else {}


def _scheme(assessment: Assessment) -> Scheme | None:
    version = issued(assessment)
    return scheme_of(version) if version else None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """An item to look at: its rule in words, and what the unit said of it, if it has signed."""

    code: str
    title: str
    points: str
    rule: str
    material: str
    self_score: str = ""
    statement: str = ""
    figures: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the team takes along. ``is_signed``: the unit's own account is, so that it is on it."""

    rows: Sequence[SheetRow]
    is_signed: bool


def load_sheet(visit: Visit, lang: Lang) -> Sheet:
    """The sheet of a visit, in a language."""
    version = issued(visit.assessment)
    if version is None:
        return Sheet((), False)
    scheme = scheme_of(version)
    written = {row["code"]: row for row in rows_of(scheme.document, "items")}
    answers = _answers(visit)
    rows = [
        _row(scheme, leaf.code, written[leaf.code], answers.get(leaf.code), lang)
        for leaf in scheme.leaves
        if leaf.code in visit.items
    ]
    return Sheet(rows, _has_signed(visit))


def _row(
    scheme: Scheme, code: str, written: Mapping, answer: Answer | None, lang: Lang
) -> SheetRow:
    item = next(leaf for leaf in scheme.leaves if leaf.code == code)
    rule = item_in_words(written, scheme.document, lang)
    points = "" if item.points is None else plain(item.points)
    told = SheetRow(code, item.title.say(lang), points, rule, item.material.say(lang))
    if answer is None:
        return told
    figures = [
        _figure(scheme.inputs.get(name), name, str(value), lang)
        for name, value in answer.figures.items()
    ]
    own = "" if answer.self_score is None else plain(Fraction(answer.self_score))
    return SheetRow(
        code, told.title, points, rule, told.material, own, answer.statement, figures
    )  # fmt: skip


def _figure(source: Input | None, code: str, value: str, lang: Lang) -> tuple[str, str]:
    """A figure and its title, as people read them; one that the scheme no longer has, as it is kept."""
    if source is None:
        return code, value
    measure = source.unit_of_measure.say(lang) if source.type != "share" else ""
    gap = " " if measure and lang == "en" else ""
    return source.title.say(lang) or code, f"{said_figure(value, source).say(lang)}{gap}{measure}"


def _signed(visit: Visit) -> Q:
    return Q(
        submission__assessment=visit.assessment_id, submission__unit=visit.unit_id,
        submission__state=SubmissionState.LOCKED,
    )  # fmt: skip


def _answers(visit: Visit) -> dict[str, Answer]:
    """What the unit said and signed; what it has not signed is its own."""
    found = Answer.objects.filter(_signed(visit), item__in=visit.items)
    leave_what_stands(visit.assessment_id, found)
    return {one.item: one for one in found}


def _has_signed(visit: Visit) -> bool:
    return visit.assessment.submissions.filter(
        unit=visit.unit_id, state=SubmissionState.LOCKED
    ).exists()
