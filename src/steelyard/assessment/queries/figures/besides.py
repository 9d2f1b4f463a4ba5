"""What the rule of an item may ask for besides its own figures: other items, and earlier periods."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.assessments import division_of, scheme_of, snapshot_that_counts
from steelyard.assessment.queries.earlier.figures_before import figures_before
from steelyard.assessment.queries.figures.counting import figures_that_count, values_from_records
from steelyard.assessment.queries.figures.missing import said_of_lacking
from steelyard.assessment.rules.figures.counting import Key
from steelyard.assessment.rules.judging.following import (
    NOTHING_BESIDES,
    Besides,
    asks_for,
    looks_back,
)
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.states import ScoreState, SuspicionState
from steelyard.weighing.values import written

Earlier = dict[tuple[str, str, str], str]
"""(unit, input, period) → a figure in its exact writing."""


def load_besides(
    assessment: Assessment, version: SchemeVersion, item: str, now: datetime
) -> Besides:
    """Of other items what was judged and what counts now; of earlier periods what the newest records say,
    and what was weighed then, as it was when this was frozen. Nothing is asked for an item that needs none
    of it."""
    others = _asks_for(version.content_hash, version.pk, item)
    lacking = _lacking(assessment, version, others | {item})
    is_asked = _looks_back(version.content_hash, version.pk, item)
    earlier = load_earlier(assessment, version, now) if is_asked else {}
    if not others:
        is_more = earlier or lacking
        return Besides(earlier=earlier, lacking=lacking) if is_more else NOTHING_BESIDES
    figures, statuses = _figures(assessment, version, others), _statuses(assessment, others)
    return Besides(figures, statuses, earlier, lacking)


@lru_cache(maxsize=256)
def _asks_for(content_hash: str, number: int, item: str) -> frozenset[str]:
    return asks_for(scheme_of(SchemeVersion(pk=number, content_hash=content_hash)), item)


@lru_cache(maxsize=256)
def _looks_back(content_hash: str, number: int, item: str) -> bool:
    return looks_back(scheme_of(SchemeVersion(pk=number, content_hash=content_hash)), item)


def _lacking(
    assessment: Assessment, version: SchemeVersion, items: frozenset[str]
) -> dict[Key, str]:
    """(unit, input) → how its body says that a figure of these items is lacking."""
    divided = division_of(version)
    wanted = {
        code
        for duty in divided.duties if duty.item.code in items
        for code in duty.inputs if divided.way[code] is Way.SHEET
    }  # fmt: skip
    if not wanted:
        return {}
    said = said_of_lacking(assessment, wanted)
    return {key: one.status.value for key, one in said.items()}


def _figures(
    assessment: Assessment, version: SchemeVersion, others: frozenset[str]
) -> dict[Key, str]:
    duties = [one for one in division_of(version).duties if one.item.code in others]
    wanted = {code for one in duties for code in one.inputs}
    counted = figures_that_count(assessment, version, wanted)
    found = {key: one.value for key, one in counted.items()}
    given = assessment.scores.filter(item__in=others, state=ScoreState.SCORED).order_by()
    for unit, judged in given.values_list("unit__code", "judged"):
        found |= {(unit, code): value for code, value in judged.items()}
    return found


def _statuses(assessment: Assessment, others: frozenset[str]) -> dict[str, dict[str, str]]:
    """Of each, what was said of it as a whole; *forged*, where that was found, before all others."""
    given = assessment.scores.filter(item__in=others, state=ScoreState.SCORED).exclude(status="")
    found: dict[str, dict[str, str]] = {}
    for unit, item, status in given.order_by().values_list("unit__code", "item", "status"):
        found.setdefault(item, {})[unit] = status
    forged = assessment.suspicions.filter(item__in=others, state=SuspicionState.CONFIRMED)
    for unit, item in forged.order_by().values_list("unit__code", "item"):
        found.setdefault(item, {})[unit] = "forged"
    return found


# --- earlier periods ------------------------------------------------------------------------------


def load_earlier(assessment: Assessment, version: SchemeVersion, now: datetime) -> Earlier:
    scheme = scheme_of(version)
    wanted = set(scheme.earlier)
    before = figures_before(assessment, scheme, now)
    found = {key: one.value for key, one in before.items() if key[2] in wanted}
    snapshot = snapshot_that_counts(assessment)
    if snapshot is None:
        return found
    for (code, period), cells in values_from_records(snapshot, version).cells.items():
        if period in wanted:
            said = {unit: written(cell.value) for unit, cell in cells.items()}
            found |= {(unit, code, period): text for unit, text in said.items() if text}
    return found
