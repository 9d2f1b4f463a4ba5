"""Whatever a program asks about an assessment, the API answers as its OpenAPI document says, and never fails.

Most questions are pointed at things that there are: a year as it goes by, at several stages, with
something of every kind in it; each address with a number is pointed at rows that it can name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, islice
from typing import Any

import pytest
import schemathesis
from django.test import Client

from steelyard.assessment.models import Finding, MaterialUse
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from tests.assessment.api.asking import API
from tests.assessment.full_year import GOES_BY, stages
from tests.assessment.inside import NUMBERS, all_rows
from tests.assessment.visits import NAME, PHONE, TEXT
from tests.assessment.year import Year
from tests.once import made_once
from tests.supply.fuzzing import walk
from tests.supply.office import account

pytestmark = pytest.mark.django_db

NAMES: Mapping[str, tuple[object, ...]] = {
    "code": ("2021",), "item": ("B2", "A1", "B1"), "unit": ("440700",), "figure": ("trained",),
    "version": (1,), "name": ("result.json", "none"), "key": ("B2", "trained"),
}  # fmt: skip
"""What else an address can name."""
OF_THE_OFFICE = (NAME, PHONE, TEXT)
"""Of a lead: who told it and what; nobody outside the office ever reads it."""
OF_JIANGMEN = (*OF_THE_OFFICE, "方案已印发", "应为160人", "公章与备案不符", "鸰鵙检查一组")
"""What Jiangmen filed, contested, and is suspected of: no other city reads it."""


COLLECTING, SCORING, FROZEN = 4, 6, len(GOES_BY)


@pytest.fixture(scope="module")
def year(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Year]:  # fmt: skip
    """At a stage, once for all who ask there; what they write is taken back."""
    with made_once(django_db_blocker, tmp_path_factory):
        yield year_at(request.param)


def year_at(stage: int) -> Year:
    """A year in which all has happened up to that stage, and at it."""
    year = Year()
    for who in ("zhao", "li", "sun", "gu", "tan", "huang", "liang", "mo"):
        assert getattr(year, who).pk
    assert list(islice(stages(year), stage + 1))
    return year


class Aim:
    """Points a question at what there is: the assessment, and a thing by what stands before its number."""

    def __init__(self) -> None:
        self.there = {before: list(all_rows(model)) for before, model in NUMBERS.items()}
        self.there["versions"] = [1]
        self.asked = count()

    def __call__(self, case: schemathesis.Case) -> None:
        given = dict(case.path_parameters or {})
        turn = next(self.asked)
        for name, values in NAMES.items():
            if name in given:
                given[name] = values[turn % len(values)]
        before = case.path.partition("/{number}")[0].rsplit("/", 1)[-1]
        if "number" in given and turn % 8 and self.there.get(before):
            given["number"] = self.there[before][turn % len(self.there[before])]
        given |= dict(_below(given))
        case.path_parameters = given


def _below(given: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """A finding with its visit, a use of material with its submission and item."""
    if "finding" in given and (finding := Finding.objects.first()):
        yield from (("finding", finding.pk), ("number", finding.visit_id))
    if "use" in given and (use := MaterialUse.objects.select_related("answer").first()):
        yield from (
            ("use", use.pk),
            ("number", use.answer.submission_id),
            ("item", use.answer.item),
        )


def person(year: Year, who: str) -> Account | None:
    return {
        "nobody": lambda: None,
        "auditor": lambda: (
            Account.objects.filter(holdings__role=Role.AUDITOR).first()
            or account("审计", office=(Role.AUDITOR, year.province))
        ),
        "no role": lambda: account("无"),
        "expert": lambda: year.experts[0],
    }.get(who, lambda: getattr(year, who))()


@dataclass(frozen=True)
class Caller:
    """``answers``: at least so many of the questions are answered, so that the walk is known to arrive."""

    stage: int
    who: str
    answers: int = 0
    hidden: tuple[str, ...] = ()
    with_token: bool = True


CALLERS = (
    Caller(COLLECTING, "tan", 30, OF_THE_OFFICE),
    Caller(COLLECTING, "liang", 20, OF_JIANGMEN),
    Caller(COLLECTING, "no role", hidden=OF_JIANGMEN, with_token=False),
    Caller(SCORING, "chen", 50),
    Caller(SCORING, "sun", 10, OF_THE_OFFICE),
    Caller(SCORING, "expert", 10, OF_THE_OFFICE),
    Caller(SCORING, "auditor", 10),
    Caller(SCORING, "nobody", hidden=OF_JIANGMEN),
    Caller(SCORING, "nobody", hidden=OF_JIANGMEN, with_token=False),
    Caller(FROZEN, "huang", 30, OF_THE_OFFICE),
)


@pytest.mark.parametrize(
    ("year", "caller"),
    [pytest.param(one.stage, one, id=f"{one.stage}-{one.who}") for one in CALLERS],
    indirect=["year"],
    scope="module",  # else of the caller's, and the year is made for each
)
def test_every_answer_is_as_the_document_says_and_says_nothing_of_others(
    year: Year, caller: Caller
) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    asks = person(year, caller.who)
    if asks is not None:
        client.force_login(asks)
    client.get("/files/send/" if asks else "/account/login/")
    token = client.cookies["csrftoken"].value if caller.with_token else ""
    answers, wrong = walk(
        client, token=token, wants=lambda path: path.startswith(API), aims=Aim(), each=2,
        leaks=lambda said: "".join(f"says {word}" for word in caller.hidden if word in said),
    )  # fmt: skip
    assert wrong == []
    assert set(answers) <= {200, 400, 401, 403, 404, 409, 422}
    assert sum(answers.values()) > 150
    if asks is None:
        assert set(answers) <= {401, 403}
    assert answers[200] >= caller.answers


@pytest.mark.parametrize("year", [SCORING], indirect=True)
def test_the_walk_is_pointed_at_rows_that_there_are(year: Year) -> None:
    """So that it cannot come to ask of nothing: of every kind of number there is one by the scoring."""
    of_later = {"weighings"}
    assert {before for before, rows in Aim().there.items() if not rows} <= of_later
