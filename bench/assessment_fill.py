"""Fill a fresh office with an assessment that collects: cities whose officers are signed in.

``python -m bench.assessment_fill OFFICERS ITEMS`` prints as JSON who is signed in, and which item is
theirs.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.urls import set_urlconf  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.bare_office.site import TABLE  # noqa: E402
from bench.office_fill import SINCE, session_of  # noqa: E402
from steelyard.assessment.actions.assessments import Wanted, open_assessment  # noqa: E402
from steelyard.assessment.actions.schemes import approve, draft  # noqa: E402
from steelyard.assessment.actions.stages import Terms, move_on  # noqa: E402
from steelyard.assessment.models import Assessment, Submission  # noqa: E402
from steelyard.assessment.queries.assessments import under_way  # noqa: E402
from steelyard.assessment.rules.states import StageMove  # noqa: E402
from steelyard.config.demo import PROVINCE  # noqa: E402
from steelyard.kernel.bilingual import Text  # noqa: E402
from steelyard.people.models import Account, Holding, Organisation  # noqa: E402
from steelyard.people.rules.roles import Role  # noqa: E402

CODE = "bench"
PERIOD = date(2026, 1, 1), date(2027, 1, 1)
"""A year of its own: the sample region collects the one before."""


def main(officers: int, items: int) -> None:
    set_urlconf("steelyard.config.urls")  # the bare site has other addresses
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    cities = list(
        Organisation.objects.filter(kind="city", placements__parent__code=PROVINCE).order_by("code")
    )
    people = [(city, at, _officer(city, at)) for city in cities for at in range(officers)]
    found = _collect(_scheme(cities, items))
    ours = Submission.objects.filter(assessment=found)  # beside those of the sample region
    numbers = dict(ours.values_list("unit_id", "pk"))
    told = [
        {"account": who.pk, "submission": numbers[city.pk], "item": _item(at), "session": session_of(who)}
        for city, at, who in people
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(json.dumps({"officers": told}))


def _officer(city: Organisation, at: int) -> Account:
    name = f"bench-{city.code}-{at}"
    account = Account.objects.create(username=name, name=name, password="!")
    Holding.objects.create(account=account, organisation=city, role=Role.CITY_OFFICER, starts=SINCE)
    return account


def _item(at: int) -> str:
    return f"I{at + 1}"


def _scheme(cities: list[Organisation], items: int) -> dict[str, Any]:
    """Items that a team judges, one point of ten for each input."""
    leaves = [_item(at) for at in range(items)]
    return {
        "format": "steelyard-scheme/1", "code": "bench", "version": "1", "label": "sample",
        "family": "points", "title": {"zh": "样本：测速细则", "en": "Sample: a scheme to measure"},
        "period": {"starts": PERIOD[0], "ends": PERIOD[1]},
        "issuer": {"zh": "测速", "en": "Measurements"},
        "bodies": {"assessment_team": {"zh": "考核工作组", "en": "Assessment team"}},
        "units": [{"code": one.code, "title": {"zh": one.name_zh, "en": one.name_en}} for one in cities],
        "inputs": [
            {"code": f"given_{one.lower()}", "title": {"zh": f"{one}评定分", "en": f"Points of {one}"},
             "type": "number", "least": 0, "most": 10, "judged": True}
            for one in leaves
        ],
        "items": [
            {"code": one, "title": {"zh": f"项目{one}", "en": f"Item {one}"}, "points": 10,
             "supplying_body": "assessment_team", "scoring_body": "assessment_team",
             "rule": {"points": f"given_{one.lower()}"}}
            for one in leaves
        ],
        "grades": [{"code": "pass", "title": {"zh": "合格", "en": "pass"}}],
    }  # fmt: skip


def _collect(document: dict[str, Any]) -> Assessment:
    """Lead it to its collection, as its people would."""
    now = timezone.now()
    office = Organisation.objects.get(code=PROVINCE)
    runs = Account.objects.get(username=Role.ASSESSING_OFFICE.value)
    head = Account.objects.get(username=Role.OFFICE_HEAD.value)
    second = Account.objects.create(username="bench-office", name="bench-office", password="!")
    Holding.objects.create(
        account=second, organisation=office, role=Role.ASSESSING_OFFICE, starts=SINCE
    )
    wanted = Wanted(
        code=CODE, title=Text("样本：测速", "Sample: measured"), starts=PERIOD[0], ends=PERIOD[1],
        sample=True,
    )  # fmt: skip
    found = open_assessment(office=office.pk, wanted=wanted, by=runs.pk, now=now)
    draft(assessment=found.pk, document=document, by=runs.pk, now=now)
    for move in (StageMove.SEND_OUT, StageMove.CLOSE_COMMENTS):
        move_on(assessment=found.pk, move=move, by=runs.pk, now=now)
    for who in (second, head):
        now += timedelta(seconds=1)
        version = under_way(found)
        seen = version.content_hash if version else ""
        approve(assessment=found.pk, seen_hash=seen, by=who.pk, now=now)
    for move in (StageMove.ISSUE, StageMove.COLLECT):
        move_on(assessment=found.pk, move=move, by=runs.pk, now=now, terms=Terms(days_to_fill=20))
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
