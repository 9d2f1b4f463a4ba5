"""Whatever a program asks about an assessment, the API answers as its OpenAPI document says, and never fails.

Most questions are pointed at things that there are: a year at several stages, with what was filed,
supplied, settled, scored, visited and told in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.test import Client

from steelyard.assessment.actions.collection import save_answer
from steelyard.assessment.actions.forgery import raise_suspicion
from steelyard.assessment.models import Sheet, Submission, Suspicion
from steelyard.assessment.rules.answers import Typed
from steelyard.assessment.rules.states import Stage
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from tests.assessment.api.asking import API
from tests.assessment.scored import Scored
from tests.assessment.visits import lead, planned
from tests.supply.fuzzing import walk
from tests.supply.office import account

pytestmark = pytest.mark.django_db

ITEMS = ("B2", "A1", "B1")


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)


def collecting() -> Scored:
    """Jiangmen has filed material with an item; a visit and a lead are there."""
    year = Scored()
    year.at(Stage.COLLECTING)
    save_answer(
        submission=Submission.objects.get(unit=year.jiangmen).pk, item="B2", by=year.tan.pk,
        typed=Typed(self_score="7", statement="有方案"), now=year.now,
    )  # fmt: skip
    return year


def scoring() -> Scored:
    """Jiangmen has signed, a suspicion is raised against one of its items."""
    year = Scored()
    year.scoring()
    raise_suspicion(
        assessment=year.assessment.pk, unit="440700", item="B2", grounds="公章与备案不符",
        material=year.plan.pk, by=year.sun.pk, now=year.now,
    )  # fmt: skip
    return year


def things_of(year: Scored) -> dict[str, int]:
    return {
        "submissions": Submission.objects.get(unit=year.jiangmen).pk,
        "sheets": Sheet.objects.get(input_code="closed_in_time").pk,
        "visits": planned(year).pk,
        "leads": lead(year).pk,
        "suspicions": getattr(Suspicion.objects.first(), "pk", 1),
    }


class Aim:
    """Points a question at what there is: the assessment, and a thing by what stands before its number."""

    def __init__(self, there: dict[str, int]) -> None:
        self.there, self.asked = there, count()

    def __call__(self, case: schemathesis.Case) -> None:
        given = dict(case.path_parameters or {})
        if "code" in given:
            given["code"] = "2021"
        before = case.path.partition("/{number}")[0].rsplit("/", 1)[-1]
        if "number" in given and before in self.there and next(self.asked) % 8:
            given["number"] = self.there[before]
        if "item" in given:
            given["item"] = ITEMS[next(self.asked) % len(ITEMS)]
        if "unit" in given:
            given["unit"] = "440700"
        if "figure" in given:
            given["figure"] = "trained"
        if "version" in given:
            given["version"] = 1
        case.path_parameters = given


def person(year: Scored, who: str) -> Account | None:
    return {
        "nobody": lambda: None,
        "auditor": lambda: account("审计", office=(Role.AUDITOR, year.province)),
        "no role": lambda: account("无"),
    }.get(who, lambda: getattr(year, who))()


@pytest.mark.parametrize(
    ("stage", "who", "with_token"),
    [
        (collecting, "tan", True),
        (collecting, "no role", False),
        (scoring, "chen", True),
        (scoring, "sun", True),
        (scoring, "auditor", True),
        (scoring, "nobody", True),
        (scoring, "nobody", False),
    ],
)
def test_every_answer_is_as_the_document_says(
    stage: Callable[[], Scored], who: str, with_token: bool
) -> None:
    year = stage()
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    aim = Aim(things_of(year))
    asks = person(year, who)
    if asks is not None:
        client.force_login(asks)
    client.get("/files/send/" if asks else "/account/login/")
    token = client.cookies["csrftoken"].value if with_token else ""
    answers, wrong = walk(
        client, token=token, wants=lambda path: path.startswith(API), aims=aim, each=2
    )
    assert wrong == []
    assert set(answers) <= {200, 400, 401, 403, 404, 409, 422}
    assert sum(answers.values()) > 80
    if asks is None:
        assert set(answers) <= {401, 403}
    elif with_token:
        assert answers[200] >= 20
