"""Last year's values: those of the latest weighing of the earlier assessment that counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from steelyard.assessment.models import Assessment, SchemeVersion, Weighing
from steelyard.assessment.queries.earlier import weighings_before
from steelyard.assessment.queries.earlier.kept import read_kept
from steelyard.assessment.rules.trials import Trial, tried
from steelyard.assessment.rules.trials.carried_over import carried_over, left_behind
from steelyard.files.store import NotAsKept
from steelyard.kernel.faults import Faulty
from steelyard.records.tally import tally
from steelyard.regions import POLICIES
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import scheme_from_document
from steelyard.supply.frozen import opened
from steelyard.weighing.result import Result
from steelyard.weighing.stress.policies import Policy, read_policies
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh


@dataclass(frozen=True)
class LastYear:
    """The assessment whose values are used, its scheme and the values."""

    assessment: Assessment
    scheme: Scheme
    values: Values
    result_hash: str


def load_last_year(assessment: Assessment, now: datetime) -> LastYear | None:
    for before in weighings_before(assessment, now):
        found = read_kept(before.result_hash)
        if found is not None:
            return LastYear(before.assessment, *found, before.result_hash)
    return None


def policies() -> tuple[Policy, ...]:
    return read_policies(POLICIES)


@lru_cache(maxsize=8)
def _tried(content_hash: str, result_hash: str, version: int) -> Trial:  # noqa: ARG001
    one = SchemeVersion.objects.get(pk=version)
    scheme = scheme_from_document(one.document)
    if not result_hash:
        return tried(scheme, None, policies())
    last = read_kept(result_hash)
    if last is None:
        return tried(scheme, None, policies())
    before, values = last
    left = left_behind(values, before, scheme)
    kept = carried_over(values, before, scheme)
    kept = _with_records(kept, before, scheme, result_hash)
    return tried(scheme, kept, policies(), _weighed(result_hash), left)


def _with_records(kept: Values, before: Scheme, scheme: Scheme, result_hash: str) -> Values:
    """Also the figures that the draft counts from records and last year did not: from the records that were
    frozen then, as far as they hold what is asked for."""
    there = {code for code, _period in kept.cells}
    new = {code for code, one in scheme.inputs.items() if one.records and code not in there}
    weighing = Weighing.objects.filter(result_hash=result_hash).select_related("snapshot").first()
    frozen = weighing.snapshot if weighing is not None else None
    if not new or frozen is None or not frozen.folder:
        return kept
    then = scheme_from_document({**scheme.document, "period": before.document["period"]})
    try:
        with opened(frozen.folder, frozen.identifier) as records:
            counted = tally.supplied(then, records)
    except (Faulty, NotAsKept):
        return kept
    found = carried_over(counted, then, scheme).cells
    return replace(kept, cells={
        **kept.cells, **{key: cells for key, cells in found.items() if key[0] in new}
    })  # fmt: skip


@lru_cache(maxsize=4)
def _weighed(result_hash: str) -> Result | None:
    """Last year's result, weighed again from what was kept of it."""
    kept = read_kept(result_hash)
    return weigh(*kept) if kept is not None else None


def load_trial(version: SchemeVersion, last: LastYear | None) -> Trial:
    """The draft on last year's values; without any, by its form alone.

    Raises:
        Faulty: the draft has faults, or the values do not fit it.
    """
    result_hash = last.result_hash if last is not None else ""
    return _tried(version.content_hash, result_hash, version.pk)
