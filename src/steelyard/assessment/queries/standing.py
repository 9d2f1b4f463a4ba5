"""What the live standing of a unit rests on: its own answers, the newest records, the rivals' past."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.db.models import Count

from steelyard.assessment import results
from steelyard.assessment.models import Answer, Assessment, SchemeVersion, Submission, Weighing
from steelyard.assessment.queries.assessments import (
    division_of,
    issued,
    newest_snapshot,
    scheme_of,
)
from steelyard.assessment.queries.counting import values_from_records
from steelyard.assessment.rules.standing import (
    Estimate,
    Past,
    Said,
    estimate,
    estimated_scheme,
    estimated_values,
)
from steelyard.assessment.rules.states import WeighingState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact
from steelyard.kernel.hashes import canonical, tagged
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import scheme_from_document
from steelyard.supply.models import Snapshot
from steelyard.weighing.advice.search import Limits
from steelyard.weighing.values import Value, Values, typed

SECONDS, PLANS = 3.0, 200
"""So long the cheapest way up is looked for, while the page waits."""


@dataclass(frozen=True)
class Standing:
    """An estimate and what it rests on."""

    estimate: Estimate
    scheme: Scheme
    snapshot: Snapshot | None
    rivals: Weighing | None


def load_standing(found: Assessment, unit: str) -> Standing | None:
    """None where it cannot be estimated: no scheme is issued, or it is an index."""
    version = issued(found)
    if version is None or scheme_of(version).family != "points":
        return None
    snapshot, rivals = newest_snapshot(found), last_weighing(found)
    said = load_said(found, unit)
    answers = tagged(canonical({code: _plain(one) for code, one in said.items()}))
    scheme = _scheme(version.content_hash, version.pk)
    told = _estimate(
        version.content_hash, version.pk, unit, answers,
        snapshot.pk if snapshot else None, rivals.result_hash if rivals else "",
        _Told(said),
    )  # fmt: skip
    return Standing(told, scheme, snapshot, rivals)


def last_weighing(found: Assessment) -> Weighing | None:
    """The last finished weighing of an earlier assessment of the same units by the same office."""
    return (
        Weighing.objects.filter(
            assessment__office=found.office_id, assessment__within=found.within,
            assessment__ends__lte=found.starts, state=WeighingState.DONE,
        )
        .select_related("assessment")
        .order_by("-assessment__starts", "-id")
        .first()
    )  # fmt: skip


def load_said(found: Assessment, unit: str) -> dict[str, Said]:
    """What the unit filed, item by item."""
    submission = Submission.objects.filter(assessment=found, unit__code=unit).first()
    if submission is None:
        return {}
    answers = Answer.objects.filter(submission=submission).annotate(pieces=Count("uses"))
    return {
        one.item: Said(
            None if one.self_score is None else Fraction(one.self_score),
            {code: str(value) for code, value in one.figures.items() if value not in (None, "")},
            one.claim, one.pieces,
        )
        for one in answers
    }  # fmt: skip


def _plain(one: Said) -> list[Any]:
    return [str(one.self_score), dict(sorted(one.figures.items())), one.claim, one.material]


class _Told:
    """Answers that a cache does not look at: their hash stands beside them."""

    def __init__(self, said: dict[str, Said]) -> None:
        self.said = said

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Told)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=64)
def _estimate(
    content_hash: str, version: int, unit: str, answers: str,  # noqa: ARG001  (what makes it another)
    snapshot: int | None, rivals: str, told: _Told,
) -> Estimate:  # fmt: skip
    issued_one = SchemeVersion(pk=version, content_hash=content_hash)
    divided, scheme = division_of(issued_one), _scheme(content_hash, version)
    frozen = Snapshot.objects.filter(pk=snapshot).first()
    records = values_from_records(frozen, issued_one) if frozen else Values()
    values, known = estimated_values(scheme, divided, unit, records, told.said, _past(rivals))
    limits = Limits(seconds=SECONDS, clock=time.monotonic, plans=PLANS)
    return estimate(scheme, divided, unit, values, known, told.said, _said_of(rivals), limits)


def _said_of(rivals: str) -> Text:
    if rivals:
        return Text("其他单位按上一次考核的计分数据计", "the others as they were last weighed")
    return Text("其他单位的数据尚无", "nothing is known of the others")


@lru_cache(maxsize=8)
def _scheme(content_hash: str, number: int) -> Scheme:
    version = SchemeVersion(pk=number, content_hash=content_hash)
    return estimated_scheme(scheme_of(version), division_of(version), scheme_from_document)


@lru_cache(maxsize=4)
def _past(result_hash: str) -> Past | None:
    if not result_hash:
        return None
    held = json.loads(results.content_of(result_hash))
    scheme = scheme_from_document(held["scheme"])
    values: dict[str, dict[str, Value]] = {}
    for unit, code, period, text, *_ in held["values"]["cells"]:
        kind = scheme.inputs[code].type if code in scheme.inputs else "number"
        value = typed(text, kind)
        if value is not None and period == scheme.period_label:
            values.setdefault(unit, {})[code] = value
    points: dict[str, dict[str, Fraction]] = {}
    for code, told in held["items"].items():
        for unit, score in told.items():
            if score["points"] is not None:
                points.setdefault(unit, {})[code] = exact(score["points"])
    return Past(values, points)
