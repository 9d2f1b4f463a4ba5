"""What was last published of an earlier assessment? Read from the shelf of signed packages, and nowhere else.

An earlier assessment counts as published when a package that is shown today holds the very scheme by
which it was weighed, together with the values that compute it again. All that is known of its units is
then read from that package: whatever the office weighed and did not publish is not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from steelyard.assessment.models import Assessment, SchemeVersion, Weighing
from steelyard.assessment.queries.assessments import scheme_of
from steelyard.assessment.rules.standing.past import Past, past_of
from steelyard.assessment.rules.states import WeighingState
from steelyard.assessment.rules.trials.earlier import Earlier, that_count
from steelyard.kernel.hashes import canonical, tagged
from steelyard.publication.package import Package
from steelyard.publication.results import read_assessment
from steelyard.publication.shelf import Shelf, Stamp, read_shelf, stamp_of

Key = tuple[Path, str]
NONE = ""


@dataclass(frozen=True)
class Publication:
    """An earlier assessment, and the package in which it was last published."""

    assessment: Assessment
    package: Package

    @property
    def key(self) -> Key:
        """What names its package among all."""
        return self.package.path, self.package.identifier


def last_published(found: Assessment, now: datetime) -> Publication | None:
    """The latest earlier assessment of the same units by the same office that is published at ``now``; of
    several over one period, the one published last."""
    shown = {one.assessment.pk: one for one in publications_before(found, now)}
    latest = that_count(
        Earlier(
            one.assessment.pk, one.assessment.starts, one.assessment.ends, one.package.head.number,
            one.package.head.shown_from,
        )
        for one in shown.values()
    )  # fmt: skip
    return shown[latest[0].number] if latest else None


def publications_before(found: Assessment, now: datetime) -> list[Publication]:
    """Each of the earlier assessments that is published at ``now``, with the package in which it was last."""
    packages = _shelf(stamp_of(Path(settings.PUBLICATIONS))).current(now, "assessment")
    by_scheme = {
        _scheme_in(one.path, one.identifier): one
        for one in sorted(packages, key=lambda one: one.head.shown_from)
    }
    if not by_scheme.keys() - {NONE}:
        return []
    last: dict[int, Publication] = {}
    for version in _weighed_before(found, now):
        package = by_scheme.get(_hash_of(version.content_hash, version.pk))
        if package is not None:
            last.setdefault(version.assessment_id, Publication(version.assessment, package))
    return list(last.values())


def _weighed_before(found: Assessment, now: datetime) -> QuerySet[SchemeVersion]:
    """The schemes by which earlier assessments were weighed by then, the latest first."""
    done = Weighing.objects.filter(state=WeighingState.DONE, ended_at__lte=now)
    return (
        SchemeVersion.objects.filter(
            assessment__office=found.office_id, assessment__within=found.within_id,
            assessment__ends__lte=found.starts,
            pk__in=done.values("scheme"),
        )
        .defer("document")
        .select_related("assessment")
        .order_by("-assessment__starts", "-id")
    )  # fmt: skip


@lru_cache(maxsize=1)
def _shelf(stamp: Stamp) -> Shelf:  # noqa: ARG001  (what makes it another)
    return read_shelf(Path(settings.PUBLICATIONS), settings.PUBLICATION_KEYS)


@lru_cache(maxsize=64)
def _scheme_in(path: Path, identifier: str) -> str:  # noqa: ARG001  (what makes it another)
    """The hash of the scheme whose values a package holds; :data:`NONE` if it holds no values."""
    package = Package.open(path, settings.PUBLICATION_KEYS)
    if _replay_in(package) is None:
        return NONE
    return str(package.document("assessment.json")["hashes"].get("scheme", NONE))


@lru_cache(maxsize=4)
def past_in(path: Path, identifier: str) -> Past:  # noqa: ARG001
    """What a package says of every unit.

    Raises:
        Faulty: it is not as it was published any more.
    """
    package = Package.open(path, settings.PUBLICATION_KEYS)
    replay = _replay_in(package)
    assert replay is not None, f"{path.name} holds no values"
    return past_of(read_assessment(package.document("assessment.json")), package.read(replay))


def _replay_in(package: Package) -> str | None:
    return next((name for name in package.files if name.endswith("replay.zip")), None)


@lru_cache(maxsize=16)
def _hash_of(content_hash: str, number: int) -> str:
    """As a package tells the hash of its scheme."""
    version = SchemeVersion(pk=number, content_hash=content_hash)
    return tagged(canonical(scheme_of(version).document))
