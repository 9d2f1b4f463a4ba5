"""Last year's result of a demonstration, published as ``steelyard publish`` does: so that a city of the running
year sees how its rivals stood. A sample, which its title says.

It is asked for with the weighing and done by the worker after it, so that nobody waits for it.
"""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

from steelyard.assessment import results
from steelyard.assessment.models import Assessment, Weighing
from steelyard.assessment.rules.states import WeighingState
from steelyard.kernel.bilingual import Text
from steelyard.publication.package import Head, Package
from steelyard.publication.publishing import assessment_files, publish
from steelyard.publication.region_map import read_region_map
from steelyard.publication.scope import Scope
from steelyard.publication.signing import read_key
from steelyard.regions import SAMPLED
from steelyard.weighing.document import read_result
from steelyard.weighing.result import Result

WHY = Text("样本重新计分", "the sample was weighed again")


def publish_once_weighed(found: Assessment) -> None:
    from steelyard.assessment.tasks import publish_sample_year as later

    later.defer(weighing=found.weighings.get().pk)


def publish_sample_year(*, weighing: int, now: datetime) -> Package | None:
    """Put it on the shelf, once; None where it was not weighed, is no sample, or this is no demonstration."""
    found = Weighing.objects.select_related("assessment").get(pk=weighing)
    is_weighed = found.state == WeighingState.DONE
    if not (settings.ENVIRONMENT.demo and found.assessment.sample and is_weighed):
        return None
    result = _result_of(found)
    scope = Scope(
        series=f"sample-office-{found.assessment.code}", ranks=True, points=True, items=True,
        replay=True,
    )  # fmt: skip
    head = Head(
        kind="assessment", series=scope.series, title=result.scheme.title, published_at=now,
        sample=True,
    )  # fmt: skip
    files = assessment_files(result, scope, region_map=read_region_map(SAMPLED["guangdong"]))
    key = read_key(Path(settings.PUBLISHING_KEY))
    return publish(Path(settings.PUBLICATIONS), head, files, key, reason=WHY)


def _result_of(found: Weighing) -> Result:
    """Weighed again from what was kept, as from a file that somebody took away."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "result.json"
        path.write_bytes(results.content_of(found.result_hash))
        return read_result(path)
