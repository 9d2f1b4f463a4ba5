"""What the live standing of a unit rests on: its own answers, the newest records, what was published of rivals."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache

from django.db.models import Count, QuerySet
from django.utils import timezone

from steelyard.assessment.models import Answer, Assessment, SchemeVersion, Submission
from steelyard.assessment.queries.assessments import (
    division_of,
    issued,
    scheme_of,
    snapshot_that_counts,
)
from steelyard.assessment.queries.earlier.published import Key, Publication, last_published, past_in
from steelyard.assessment.queries.figures.counting import (
    settled_figures,
    supplied_figures,
    values_from_records,
)
from steelyard.assessment.queries.figures.missing import said_of_lacking
from steelyard.assessment.queries.frozen import days_late
from steelyard.assessment.queries.schemes.readings import leave_what_stands
from steelyard.assessment.rules.figures.lacks import Lack
from steelyard.assessment.rules.standing.estimate import Estimate, estimate
from steelyard.assessment.rules.standing.past import Past
from steelyard.assessment.rules.standing.told import Told, told
from steelyard.assessment.rules.standing.values import (
    Given,
    Said,
    estimated_scheme,
    estimated_values,
)
from steelyard.assessment.rules.states import Stage, SuspicionState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.people.models import Organisation
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.scheme.given import DAYS_FILED_LATE
from steelyard.scheme.model import Scheme
from steelyard.supply.models import Snapshot
from steelyard.weighing.advice.search import Limits
from steelyard.weighing.values import Values

GIVEN_AT = frozenset({Stage.COMPARING, Stage.SCORING, Stage.FROZEN})
"""From when on the figures of the bodies count in it: before, the unit could sign what they supplied as its own."""
OPEN = frozenset({Stage.COLLECTING, Stage.COMPARING, Stage.SCORING, Stage.FROZEN})
"""The stages at which a unit asks where it would stand."""
SECONDS, PLANS = 3.0, 200
"""So long the cheapest way up is looked for, while the page waits."""


@dataclass(frozen=True)
class Standing:
    """An estimate and what it rests on. ``rivals``: where their values were published, None if nowhere;
    ``with_given``: the figures of the bodies count in it."""

    estimate: Estimate
    snapshot: Snapshot | None
    rivals: Publication | None
    with_given: bool = False

    @property
    def told(self) -> Told | None:
        return told(self.estimate)


def units_standing(found: Assessment, held: Iterable[Held], on: date) -> QuerySet[Organisation]:
    """The units whose standing a person may see: they are their officer or signatory."""
    if Stage(found.stage) not in OPEN:
        return Organisation.objects.none()
    units = Submission.objects.filter(assessment=found).values("unit")
    return Organisation.objects.filter(pk__in=units).filter(
        pk__in=reach(held, Action.SEE_STANDING, on)
    )


def load_standing(found: Assessment, unit: str, now: datetime) -> Standing | None:
    """None where it cannot be estimated: no scheme is issued, or it is an index."""
    version = issued(found)
    if version is None or scheme_of(version).family != "points":
        return None
    snapshot, rivals = snapshot_that_counts(found), last_published(found, now)
    estimated = _estimate(
        version.content_hash, version.pk, unit, _as_text(load_said(found, unit)),
        _given_as_text(load_given(found, version, unit) | _counted_of(found, unit, now)),
        snapshot.pk if snapshot else None, rivals.key if rivals else None,
    )  # fmt: skip
    return Standing(estimated, snapshot, rivals, Stage(found.stage) in GIVEN_AT)


def load_said(found: Assessment, unit: str) -> dict[str, Said]:
    """What the unit filed, item by item."""
    submission = Submission.objects.filter(assessment=found, unit__code=unit).first()
    if submission is None:
        return {}
    forgery: dict[str, SuspicionState] = {}
    for item, state in (
        found.suspicions.filter(unit__code=unit).order_by("pk").values_list("item", "state")
    ):
        if forgery.get(item) is not SuspicionState.CONFIRMED:
            forgery[item] = SuspicionState(state)
    answers = Answer.objects.filter(submission=submission).annotate(pieces=Count("uses"))
    leave_what_stands(found, answers)
    return {
        one.item: Said(
            None if one.self_score is None else Fraction(one.self_score),
            {code: str(value) for code, value in one.figures.items() if value not in (None, "")},
            one.claim, one.pieces, forgery.get(one.item),
        )
        for one in answers
    }  # fmt: skip


def load_given(found: Assessment, version: SchemeVersion, unit: str) -> dict[str, Given]:
    """Input → what counts of it: settled, else signed on a sheet, with how it is lacking if that says so.
    Nothing while the unit still answers."""
    if Stage(found.stage) not in GIVEN_AT:
        return {}
    codes = set(division_of(version).way)
    lacking = {
        code: Given("", one.status)
        for (of, code), one in said_of_lacking(found).items()
        if of == unit
    }
    signed = {
        code: Given(value) for (of, code), value in supplied_figures(found).items() if of == unit
    }
    settled = {
        code: Given(one.value)
        for (of, code), one in settled_figures(found, codes).items()
        if of == unit
    }
    return lacking | signed | settled


def _counted_of(found: Assessment, unit: str, now: datetime) -> dict[str, Given]:
    """What the office counts of a unit besides what was found of its items."""
    one = found.submissions.filter(unit__code=unit).select_related("deadline").first()
    late = days_late(one, timezone.localdate(now)) if one else 0
    return {DAYS_FILED_LATE: Given(str(late))}


def _given_as_text(given: Mapping[str, Given]) -> str:
    rows = [[code, one.value, one.lack] for code, one in given.items()]
    return json.dumps(rows, ensure_ascii=False, sort_keys=True)


def _given_from_text(text: str) -> dict[str, Given]:
    return {
        code: Given(value, None if lack is None else Lack(lack))
        for code, value, lack in json.loads(text)
    }


def _as_text(said: Mapping[str, Said]) -> str:
    """Answers as one text: what an estimate is kept under."""
    rows = [
        [code, None if one.self_score is None else plain(one.self_score), dict(one.figures),
         one.claim, one.material, one.forgery]
        for code, one in said.items()
    ]  # fmt: skip
    return json.dumps(rows, ensure_ascii=False, sort_keys=True)


def _from_text(text: str) -> dict[str, Said]:
    return {
        code: Said(
            None if score is None else Fraction(score), figures, claim, material,
            None if forgery is None else SuspicionState(forgery),
        )
        for code, score, figures, claim, material, forgery in json.loads(text)
    }  # fmt: skip


@lru_cache(maxsize=64)
def _estimate(
    content_hash: str,
    version: int,
    unit: str,
    answers: str,
    given: str,
    snapshot: int | None,
    rivals: Key | None,
) -> Estimate:
    issued_one = SchemeVersion(pk=version, content_hash=content_hash)
    divided, scheme = division_of(issued_one), _scheme(content_hash, version)
    frozen = Snapshot.objects.filter(pk=snapshot).first()
    records = values_from_records(frozen, issued_one) if frozen else Values()
    past, said = past_in(*rivals) if rivals else None, _from_text(answers)
    values, known = estimated_values(
        scheme, divided, unit, records, said, past, _given_from_text(given)
    )
    limits = Limits(seconds=SECONDS, clock=time.monotonic, plans=PLANS)
    return estimate(scheme, divided, unit, values, known, said, _said_of(past), limits)


def _said_of(past: Past | None) -> Text:
    if past:
        return Text("其他单位按最近一次公布的数据计", "the others as they were last published")
    return Text("其他单位没有公布的数据", "nothing is published of the others")


@lru_cache(maxsize=8)
def _scheme(content_hash: str, number: int) -> Scheme:
    version = SchemeVersion(pk=number, content_hash=content_hash)
    return estimated_scheme(scheme_of(version), division_of(version))
