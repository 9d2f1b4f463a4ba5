"""Fill a fresh office with a year that is being scored: 21 cities, each with a statement and material.

``python -m bench.scoring_fill PIECES`` prints as JSON who is signed in, and what is to be scored.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.db.models import Model  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.office_fill import SINCE, session_of  # noqa: E402
from steelyard.assessment.models import (  # noqa: E402
    Answer,
    Assessment,
    Material,
    MaterialUse,
    SchemeVersion,
    Score,
    Submission,
)
from steelyard.assessment.rules.states import Stage, SubmissionState  # noqa: E402
from steelyard.config.demo import PROVINCE  # noqa: E402
from steelyard.files.models import Content, File  # noqa: E402
from steelyard.people.models import Account, Holding, Organisation, Placement  # noqa: E402
from steelyard.people.rules.roles import Role  # noqa: E402

CITIES, CODE, ITEM, TEAM = 21, "bench-scoring", "P1", "bench-team"
NOW = timezone.now()


def main(pieces: int) -> None:
    with transaction.atomic():
        scorer = _filled(pieces)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(json.dumps({"scorer": session_of(scorer), "code": CODE, "item": ITEM}))


def _filled(pieces: int) -> Account:
    top = Organisation.objects.get(code=PROVINCE)
    team = _below(top, TEAM, "测速工作组", "department")
    cities = [_below(top, f"bench{at:02}", f"测速{at}市", "city") for at in range(CITIES)]
    scorer = Account.objects.create(username=TEAM, name="测速组长", password="!")
    Holding.objects.create(
        account=scorer, organisation=team, role=Role.SCORING_BODY, starts=SINCE
    )  # fmt: skip
    found = Assessment.objects.create(
        office=top, code=CODE, title_zh="测速考核", title_en="Bench", starts=date(2025, 1, 1),
        ends=date(2026, 1, 1), sample=True, stage=Stage.COLLECTING, opened_by=scorer, opened_at=NOW,
    )  # fmt: skip
    version = SchemeVersion.objects.create(
        assessment=found, number=1, state="issued", held_round=1, document=_scheme(cities),
        content_hash="sha256:bench", made_by=scorer, made_at=NOW, issued_by=scorer, issued_at=NOW,
    )  # fmt: skip
    for at, city in enumerate(cities):
        _filed(found, version, city, scorer, pieces, at)
    for stage in (Stage.COMPARING, Stage.SCORING):
        found.stage = stage
        found.save()
    Score.objects.bulk_create(
        Score(assessment=found, unit=city, body=team, item=ITEM) for city in cities
    )
    return scorer


def _below(top: Organisation, code: str, title: str, kind: str) -> Organisation:
    made = Organisation.objects.create(
        code=code, name_zh=title, name_en=code, kind=kind, starts=SINCE
    )
    Placement.objects.create(organisation=made, parent=top, starts=SINCE)
    return made


def _scheme(cities: list[Organisation]) -> dict[str, Any]:
    both = {"zh": "方案质量", "en": "Quality of the plan"}
    return {
        "format": "steelyard-scheme/1", "code": CODE, "version": "1", "title": both,
        "label": "sample", "family": "points", "issuer": both,
        "period": {"starts": "2025-01-01", "ends": "2026-01-01"},
        "bodies": {TEAM: both},
        "units": [{"code": one.code, "title": {"zh": one.name_zh, "en": one.code}} for one in cities],
        "inputs": [{"code": "plan_points", "title": both, "type": "number", "least": 0, "most": 10,
                    "judged": True}],
        "items": [{"code": ITEM, "title": both, "points": 10, "supplying_body": TEAM,
                   "scoring_body": TEAM, "rule": {"points": "plan_points"}}],
        "grades": [{"code": "all", "title": {"zh": "全部", "en": "all"}}],
    }  # fmt: skip


def _filed(
    found: Assessment, version: SchemeVersion, city: Organisation, by: Account, pieces: int, at: int
) -> None:
    """A statement and so many pieces of material, signed."""
    submission = Submission.objects.create(assessment=found, unit=city)
    answer = Answer.objects.create(
        submission=submission, item=ITEM, self_score=9, saved_by=by, saved_at=NOW,
        statement="样本：本年度制定了工作方案，明确了责任分工和时间安排，并按季度检查落实情况。" * 2,
    )  # fmt: skip
    for piece in range(pieces):
        digits = f"{at * 1000 + piece + 1:064x}"
        content = Content.objects.create(
            sha256=f"sha256:{digits}", size=1, kind="pdf", first_at=NOW
        )  # fmt: skip
        file = File.objects.create(
            content=content, name=f"材料{piece}.pdf", mark="internal", organisation=city, sent_by=by,
            sent_at=NOW,
        )  # fmt: skip
        material = Material.objects.create(
            unit=city, file=file, title=f"样本材料{piece}", kind="pdf", filed_by=by, filed_at=NOW
        )
        used = _as_far_as_there(MaterialUse, used_by=by, used_at=NOW)
        MaterialUse.objects.create(answer=answer, material=material, pages="3-5", **used)
    submission.state = SubmissionState.APPROVING
    submission.save()
    for name, value in _as_far_as_there(Submission, scheme=version).items():
        setattr(submission, name, value)
    submission.state, submission.content_hash = SubmissionState.LOCKED, "sha256:bench"
    submission.signed_by, submission.signed_at = by, NOW
    submission.save()


def _as_far_as_there(model: type[Model], **told: Any) -> dict[str, Any]:
    """Of these, the columns that a table has."""
    names = {one.name for one in model._meta.concrete_fields}
    return {name: value for name, value in told.items() if name in names}


if __name__ == "__main__":
    main(int(sys.argv[1]))
