"""Is what an assessment came to a sample, and why? As its papers say it: by the result itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from steelyard.assessment import results
from steelyard.assessment.models import Assessment, SchemeVersion, Weighing
from steelyard.assessment.queries.assessments import scheme_of
from steelyard.assessment.rules.states import Stage, WeighingState
from steelyard.files.store import NotAsKept
from steelyard.kernel.bilingual import Text
from steelyard.records.tally.sources import samples_read
from steelyard.supply.frozen import opened
from steelyard.supply.models import Delivery
from steelyard.supply.queries import load_catalogue


@dataclass(frozen=True, slots=True)
class Sample:
    """Why a result is one: its scheme says so itself, or some of the deliveries that it reads are samples."""

    by_scheme: bool
    deliveries: tuple[tuple[int, Text], ...]
    """Number of each, and table and period in words."""


def is_sample(found: Assessment) -> bool:
    """As it was opened, or as its latest result says: what its pages and papers are marked by."""
    if found.sample or found.stage != Stage.FROZEN:
        return found.sample
    done = found.weighings.filter(state=WeighingState.DONE)
    last = done.values_list("result_hash", flat=True).first()
    return bool(last) and label_of(last) == "sample"


def why_sample(weighing: Weighing) -> Sample | None:
    """None if the result is none, or if there is no result."""
    if not weighing.result_hash or label_of(weighing.result_hash) != "sample":
        return None
    names = _names_of_samples(weighing)
    read = Delivery.objects.filter(snapshots=weighing.snapshot_id, name__in=names).order_by("name")
    return Sample(
        scheme_of(weighing.scheme).label == "sample", tuple((one.pk, _named(one)) for one in read)
    )


def label_of(result_hash: str) -> str:
    """Of a kept result, which is the same for ever; "" if it is not there any more as it was kept."""
    try:
        return _label(result_hash)
    except NotAsKept:
        return ""


@lru_cache(maxsize=32)
def _label(result_hash: str) -> str:
    return str(json.loads(results.content_of(result_hash)).get("label", ""))


def _names_of_samples(weighing: Weighing) -> tuple[str, ...]:
    """None are named where the snapshot is not there any more as it was frozen; its page says that."""
    scheme, snapshot = weighing.scheme, weighing.snapshot
    try:
        return _samples(snapshot.folder, snapshot.identifier, scheme.content_hash, scheme.pk or 0)
    except NotAsKept:
        return ()


@lru_cache(maxsize=32)
def _samples(folder: str, identifier: str, content_hash: str, number: int) -> tuple[str, ...]:
    scheme = scheme_of(SchemeVersion(pk=number, content_hash=content_hash))
    with opened(folder, identifier) as records:
        return tuple(one.id for one in samples_read(scheme, records))


def _named(one: Delivery) -> Text:
    title = load_catalogue().tables[one.table_code].title
    return Text(
        f"{title.say('zh')}（{one.body_name_zh or one.body_name_en}）",
        f"{title.say('en')} ({one.body_name_en or one.body_name_zh})",
    )
