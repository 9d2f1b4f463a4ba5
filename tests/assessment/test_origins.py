"""A figure is followed to its end: which body, who signed it and when, which version, who settled it and why."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from steelyard.assessment.models import Difference, Sheet, Submission
from steelyard.assessment.rules.states import DifferenceState, Stage
from steelyard.people.models import Account
from tests.assessment.scored import Scored
from tests.once import World, world_of

pytestmark = pytest.mark.django_db
SIDE_BY_SIDE = "/assessments/2021/side-by-side/440700/"
CLOSED = "/assessments/2021/scoring/A1/440700/"
TRAINED = "/assessments/2021/scoring/B1/440700/"


def a_settled_year() -> Scored:
    found = Scored()
    found.scoring()
    Difference.objects.create(
        assessment=found.assessment, unit=found.jiangmen, input_code="closed_in_time", reported="0.9",
        supplied="0.85", state=DifferenceState.SETTLED, taken="supplied", value="0.85",
        reason="经核对台账", settled_by=found.qian, settled_at=found.now,
    )  # fmt: skip
    found.assessment.stage = Stage.FROZEN
    found.assessment.save()
    return found


standing = world_of(a_settled_year)


@pytest.fixture
def year(standing: World[Scored]) -> Scored:
    return standing.copy()


def seen(person: Account, at: str, lang: str = "en") -> str:
    client = Client(headers={"accept-language": lang})
    client.force_login(person)
    answer = client.get(at)
    assert answer.status_code == 200
    return answer.text.split("<tbody>")[1].split("</tbody>")[0]


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", "", page))


def moment(year: Scored) -> str:
    return f"{timezone.localtime(year.now):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize("who", ["chen", "sun", "tan"])
def test_the_body_who_signed_when_and_which_version_are_told(year: Scored, who: str) -> None:
    told = words(seen(getattr(year, who), CLOSED))
    signed = timezone.localtime(Sheet.objects.get().versions.get().signed_at)
    assert f"market · version 1 · 李科长 · {signed:%Y-%m-%d %H:%M}" in told
    assert f"settled: 经核对台账 钱科长 · {moment(year)}" in told


def test_it_is_told_in_chinese_too(year: Scored) -> None:
    told = words(seen(year.tan, CLOSED, "zh"))
    assert "省市场监督管理局 · 第1版 · 李科长 · " in told
    assert f"已核定：经核对台账 钱科长 · {moment(year)}" in told


def test_after_a_correction_the_version_that_counts_is_told(year: Scored) -> None:
    year.signed("closed_in_time", {"440100": "0.97", "440700": "0.79"}, why="漏计两件")
    assert "market · version 2 · 李科长" in words(seen(year.chen, CLOSED))


@pytest.mark.parametrize("who", ["chen", "sun", "tan"])
def test_side_by_side_says_why_a_difference_was_settled_so_and_by_whom(
    year: Scored, who: str
) -> None:
    told = words(seen(getattr(year, who), SIDE_BY_SIDE))
    assert f"settled: 经核对台账 钱科长 · {moment(year)}" in told


@pytest.mark.parametrize(
    ("who", "opens"),
    [("chen", {"sheets", "differences"}), ("sun", set()), ("tan", {"differences"})],
)
@pytest.mark.parametrize("at", [CLOSED, SIDE_BY_SIDE])
def test_what_somebody_may_open_is_a_link_and_every_link_opens(
    year: Scored, who: str, opens: set[str], at: str
) -> None:
    person = getattr(year, who)
    client = Client()
    client.force_login(person)
    links = re.findall(r'href="(/assessments/2021/(sheets|differences)/\d+/)"', seen(person, at))
    wanted = opens if at == CLOSED else opens - {"sheets"}
    assert {kind for _, kind in links} == wanted
    assert {client.get(link).status_code for link, _ in links} <= {200}


@pytest.mark.parametrize(("who", "leads"), [("chen", True), ("tan", True), ("sun", False)])
def test_a_figure_from_records_leads_to_them_those_who_may_see_them(
    year: Scored, who: str, leads: bool
) -> None:
    filed = Submission.objects.get(assessment=year.assessment, unit=year.jiangmen).pk
    rows = f"/assessments/2021/submissions/{filed}/figures/trained/"
    person = getattr(year, who)
    assert (f'href="{rows}"' in seen(person, TRAINED)) is leads
    client = Client()
    client.force_login(person)
    assert (client.get(rows).status_code == 200) is leads
