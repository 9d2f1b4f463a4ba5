"""Which figures of an assessment are missing now, what their bodies say of them, what the office decided?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from steelyard.assessment.models import (
    Assessment,
    Figure,
    MissingFigure,
    SchemeVersion,
    SheetVersion,
)
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.queries.figures.counting import (
    reported_by_units,
    settled_figures,
    supplied_figures,
)
from steelyard.assessment.rules.figures.counting import Key
from steelyard.assessment.rules.figures.lacks import Lack
from steelyard.assessment.rules.figures.missing import Decided, Missing, Said, missing, needed
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.states import ScoreState, SheetState


def load_missing(assessment: Assessment) -> tuple[Missing, ...]:
    """Of those that bodies supply or units report, in the order of the scheme; nothing before a scheme is issued."""
    version = issued(assessment)
    if version is None:
        return ()
    wanted = _needed(version.content_hash, version.pk)
    if not wanted:
        return ()
    inputs = {code for _, code in wanted}
    there = supplied_figures(assessment, inputs).keys() | settled_figures(assessment, inputs).keys()
    own = inputs & set(division_of(version).inputs(Way.OWN))
    there |= reported_by_units(assessment, own).keys() if own else set()
    if wanted.keys() <= there:
        return ()
    return missing(
        scheme_of(version), wanted, there, said_of_lacking(assessment), decided_of(assessment),
        _without(assessment),
    )  # fmt: skip


@lru_cache(maxsize=16)
def _needed(content_hash: str, number: int) -> Mapping[Key, tuple[str, ...]]:
    version = SchemeVersion(pk=number, content_hash=content_hash)
    return needed(scheme_of(version), division_of(version))


def said_of_lacking(
    assessment: Assessment, inputs: Collection[str] | None = None
) -> dict[Key, Said]:
    """(unit, input) → what the last signed version says of a figure that it does not have."""
    last = SheetVersion.objects.filter(sheet=OuterRef("sheet_version__sheet")).order_by("-number")
    found = Figure.objects.filter(
        sheet_version__sheet__assessment=assessment, value="",
        sheet_version=Subquery(last.values("pk")[:1]),
    ).exclude(sheet_version__sheet__state=SheetState.OUTDATED)  # fmt: skip
    if inputs is not None:
        found = found.filter(sheet_version__sheet__input_code__in=inputs)
    rows = found.values_list("unit", "sheet_version__sheet__input_code", "status", "note")
    return {(unit, code): Said(Lack(status), note) for unit, code, status, note in rows}


def decided_of(assessment: Assessment) -> dict[Key, Decided]:
    """(unit, input) → what was decided last."""
    rows = MissingFigure.objects.filter(assessment=assessment).select_related("unit", "decided_by")
    return {
        (one.unit.code, one.input_code): Decided(
            Lack(one.status), one.reason, str(one.decided_by), timezone.localdate(one.decided_at)
        )
        for one in rows.order_by("pk")
    }


def decisions_that_stand(
    assessment: Assessment, inputs: Collection[str] | None = None
) -> dict[Key, Decided]:
    """(unit, input) → what was decided last, but for those of which the body has said otherwise since. They
    stay when all is frozen. Where there is a figure meanwhile, that counts."""
    found = {
        key: one
        for key, one in decided_of(assessment).items()
        if inputs is None or key[1] in inputs
    }
    said = said_of_lacking(assessment, {code for _, code in found}) if found else {}
    return {
        key: one for key, one in found.items() if key not in said or said[key].status is one.status
    }


def _without(assessment: Assessment) -> list[Key]:
    """(unit, item) that was found not to apply."""
    given = assessment.scores.filter(state=ScoreState.SCORED, status="not_applicable").order_by()
    return list(given.values_list("unit__code", "item"))
