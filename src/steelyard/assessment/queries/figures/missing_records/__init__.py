"""Which figures from records will be missing from the freeze, by what is accepted now?

What nobody delivered is told by the names of the deliveries alone. What the rows lack is told once the records
that would be frozen have been counted, as for the comparison or the scoring.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.queries.figures.counting import figures_that_count
from steelyard.assessment.queries.figures.missing import (
    decided_of,
    decisions_that_stand,
    load_missing,
)
from steelyard.assessment.queries.figures.missing_records.accepted import (
    counted_with,
    indicators_for,
    load_accepted,
    load_frozen_today,
    tables_of,
)
from steelyard.assessment.queries.figures.missing_records.bases import load_without_base
from steelyard.assessment.queries.figures.missing_records.known import as_known
from steelyard.assessment.queries.figures.missing_records.lacking import load_lacking
from steelyard.assessment.rules.figures.missing import Missing, Said, named, needed
from steelyard.assessment.rules.figures.missing_records import missing_from_records
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.states import Stage
from steelyard.kernel.bilingual import Text

__all__ = [
    "are_counted", "load_all_missing", "load_frozen_today", "load_missing_records", "load_undecided",
    "load_without_base",
]  # fmt: skip


def load_missing_records(assessment: Assessment, on: date) -> tuple[Missing, ...]:
    """In the order of the scheme, while it is scored: before, deliveries are awaited. Once all is frozen,
    those of which it was decided."""
    version = issued(assessment) if assessment.stage in (Stage.SCORING, Stage.FROZEN) else None
    if version is None or not division_of(version).inputs(Way.RECORDS):
        return ()
    if assessment.stage == Stage.FROZEN:
        return _decided_records(assessment, version, on)
    lacking, records = load_lacking(assessment, version, on)
    if not lacking:
        return ()
    values = as_known(assessment, version, records, lacking)
    return missing_from_records(
        scheme_of(version), division_of(version), values, lacking, decided_of(assessment)
    )


def _decided_records(
    assessment: Assessment, version: SchemeVersion, on: date
) -> tuple[Missing, ...]:
    """Those of which no figure came after all; of each, what was not delivered."""
    codes = frozenset(division_of(version).inputs(Way.RECORDS))
    decided = decisions_that_stand(assessment, codes)
    if not decided:
        return ()
    counted, (lacking, _records) = (
        figures_that_count(assessment, version, codes),
        load_lacking(assessment, version, on),
    )
    return tuple(
        Missing(
            unit=key[0], input=key[1], items=items, said=Said(decided[key].status, ""),
            decided=decided[key], is_computed=True, why=lacking[key].why if key in lacking else (),
            bodies=lacking[key].bodies if key in lacking else (),
        )
        for key, items in needed(scheme_of(version), division_of(version), (Way.RECORDS,)).items()
        if key in decided and key not in counted
    )  # fmt: skip


def load_all_missing(assessment: Assessment, on: date) -> tuple[Missing, ...]:
    """Of those that bodies supply, and those from records."""
    return (*load_missing(assessment), *load_missing_records(assessment, on))


def load_undecided(assessment: Assessment, listed: Iterable[Missing]) -> tuple[Text, ...]:
    """Those about which nobody decided, each with its unit and items."""
    left = [one for one in listed if not one.is_decided]
    version = issued(assessment) if left else None
    return tuple(named(scheme_of(version), one) for one in left) if version is not None else ()


def are_counted(assessment: Assessment, on: date) -> bool:
    """Whether the records that would be frozen now have been counted, so that all that they lack is known."""
    version = issued(assessment) if assessment.stage == Stage.SCORING else None
    if version is None or not division_of(version).inputs(Way.RECORDS):
        return True
    accepted = load_accepted(assessment, on)
    return (
        counted_with(assessment, accepted.counted, tables_of(indicators_for(version))) is not None
    )
