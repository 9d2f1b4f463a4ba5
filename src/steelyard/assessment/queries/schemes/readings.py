"""As what was a figure given? Each by the scheme in force at the moment, whatever amendments have made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from steelyard.assessment.models import Answer, Assessment, SchemeVersion
from steelyard.assessment.queries.assessments import scheme_of
from steelyard.assessment.rules.amendments import Shifted, shifted
from steelyard.assessment.rules.figures import said_figure
from steelyard.assessment.rules.states import SchemeState
from steelyard.scheme.model import Input

IN_FORCE = (SchemeState.ISSUED, SchemeState.REPLACED)


@dataclass(frozen=True, slots=True)
class Readings:
    """The versions that are or were in force, the newest first."""

    versions: Sequence[SchemeVersion]

    def version_at(self, at: datetime) -> SchemeVersion | None:
        return next((one for one in self.versions if one.issued_at and one.issued_at <= at), None)

    def as_given(self, code: str, at: datetime) -> Input | None:
        """What the figure was then; None if nobody was asked for it."""
        version = self.version_at(at)
        return scheme_of(version).inputs.get(code) if version is not None else None

    def until(self, scheme: int | None) -> Readings:
        """Without the versions that came after one; None: all of them."""
        numbers = [one.pk for one in self.versions]
        return Readings(self.versions[numbers.index(scheme) :]) if scheme in numbers else self

    def shift(self, code: str, value: str, at: datetime) -> Shifted | None:
        """How a figure is another one now than when this was given, so that it is out; None: it still stands."""
        if len(self.versions) < 2 or not value:
            return None
        was, now = self.as_given(code, at), scheme_of(self.versions[0]).inputs.get(code)
        found = shifted(was, now, [value]) if was is not None and now is not None else None
        return found if found is not None and found.is_out else None

    def meant(self, code: str, at: datetime) -> Input:
        """As :meth:`as_given`; of what nobody was asked for then, as it is now."""
        return (
            self.as_given(code, at) or scheme_of(self.versions[0]).inputs.get(code) or Input(code)
        )


def load_readings(assessment: Assessment | int) -> Readings:
    found = SchemeVersion.objects.filter(assessment=assessment, state__in=IN_FORCE)
    return Readings(tuple(found.defer("document", "sent").order_by("-issued_at")))


def leave_what_stands(
    assessment: Assessment | int, answers: Iterable[Answer], *, read_by: int | None = None
) -> None:
    """Of each answer its ``figures`` as they may be read by a version of the scheme, None: the one in force;
    those that amendments until then have made other ones are its ``outdated``, as they were meant."""
    readings = load_readings(assessment).until(read_by)
    for one in answers:
        one.outdated = {
            code: said_figure(str(value), readings.meant(code, one.saved_at))
            for code, value in one.figures.items()
            if value and readings.shift(code, str(value), one.saved_at) is not None
        }
        one.figures = {
            code: value for code, value in one.figures.items() if code not in one.outdated
        }


def as_last_asked_for(assessment: Assessment, code: str) -> Input:
    """Of a figure that the scheme in force does not have."""
    for version in load_readings(assessment).versions:
        found = scheme_of(version).inputs.get(code)
        if found is not None:
            return found
    return Input(code)


def own_figures(assessment: Assessment) -> dict[str, dict[str, str]]:
    """Input → unit → what it reports itself, of what still says what it said; of one that it gives with
    several items, the one saved last."""
    readings = load_readings(assessment)
    answers = Answer.objects.filter(submission__assessment=assessment).order_by("saved_at", "pk")
    found: dict[str, dict[str, str]] = {}
    for unit, figures, at in answers.values_list("submission__unit__code", "figures", "saved_at"):
        for code, value in figures.items():
            if value and readings.shift(code, str(value), at) is None:
                found.setdefault(code, {})[unit] = str(value)
    return found
