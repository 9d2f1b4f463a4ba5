"""On the cut-off day the clock freezes what is scored, in the name of who set the day; else it says why not."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client

from steelyard.assessment.actions.weighings.cut_off import keep_the_cut_offs
from steelyard.assessment.models import Submission
from steelyard.assessment.rules.states import ScoreState, Stage
from steelyard.assessment.waiting.stages import waiting_freezes
from steelyard.notices.models import Notice
from steelyard.people.models import Account, Holding
from steelyard.people.queries import load_held
from steelyard.trail.models import Entry
from tests.assessment.frozen_year import a_scored_year
from tests.assessment.year import Year, year_at
from tests.once import copy_for, world_of

pytestmark = pytest.mark.django_db

REGION = ZoneInfo(settings.TIME_ZONE)
MORNING = datetime(2022, 1, 10, 9, tzinfo=REGION)
"""A Monday, the cut-off day of the year."""
EVENING = MORNING.replace(hour=18)
A_DAY = timedelta(days=1)


collecting = world_of(lambda: year_at(Stage.COLLECTING))
all_scored = world_of(a_scored_year)
COLLECTING = pytest.mark.usefixtures("collecting")
SCORED = pytest.mark.usefixtures("all_scored")


@pytest.fixture
def year(request: pytest.FixtureRequest) -> Year:
    return copy_for(request, Year)


def stage_of(year: Year) -> str:
    year.assessment.refresh_from_db()
    return year.assessment.stage


def told() -> list[tuple[str, str]]:
    found = Notice.objects.filter(kind="freeze_waits").order_by("pk")
    return [(one.account.name, one.words["why"]["zh"]) for one in found.select_related("account")]


@SCORED
def test_it_freezes_on_the_evening_of_the_day_and_not_before(year: Year) -> None:
    for early in (EVENING - A_DAY, MORNING, EVENING - timedelta(minutes=1)):
        assert keep_the_cut_offs(early) == 0
        assert stage_of(year) == Stage.SCORING
    assert keep_the_cut_offs(EVENING) == 1
    assert stage_of(year) == Stage.FROZEN
    assert keep_the_cut_offs(EVENING + A_DAY) == 0
    weighing = year.assessment.weighings.get()
    assert (weighing.asked_by, told()) == (year.chen, [])


@SCORED
def test_the_trail_says_that_the_clock_did_it_for_whoever_set_the_day(year: Year) -> None:
    keep_the_cut_offs(EVENING)
    last = Entry.objects.filter(table_name="assessment_assessment").order_by("pk").last()
    assert (last.action, int(last.actor)) == ("freeze_on_the_cut_off", year.chen.pk)


@SCORED
def test_the_office_and_its_head_are_told_that_it_froze_by_itself(year: Year) -> None:
    people = {year.chen, year.qian, year.zhao}
    keep_the_cut_offs(EVENING)
    keep_the_cut_offs(EVENING + A_DAY)
    told = Notice.objects.filter(kind="frozen_by_itself").select_related("account")
    assert {one.account for one in told} == people
    assert len(told) == len(people)
    assert {one.words["due"]["zh"] for one in told} == {"2022-01-10"}
    assert {one.path for one in told} == {"/assessments/2021/weighings/"}


@SCORED
@pytest.mark.parametrize(
    ("lang", "by_itself", "frozen"),
    [
        ("zh", "到数据截止日自动冻结计分（截止日由陈主任确定）", "· 到数据截止日自动冻结"),
        ("en", "automatically on the cut-off, which 陈主任 had set",
         "· frozen automatically on the cut-off"),
    ],
)  # fmt: skip
def test_every_page_of_it_says_that_nobody_pressed_anything(
    year: Year, lang: str, by_itself: str, frozen: str
) -> None:
    keep_the_cut_offs(EVENING)
    weighing = year.assessment.weighings.get()
    client = Client(headers={"accept-language": lang})
    client.force_login(year.chen)
    here = "/assessments/2021/"
    assert frozen in client.get(here).text
    for at in (f"{here}weighings/", f"{here}weighings/{weighing.pk}/"):
        assert by_itself in client.get(at).text


@SCORED
def test_what_stands_against_it_is_told_once_a_working_day_and_frozen_when_it_is_gone(
    year: Year,
) -> None:
    year.qian  # noqa: B018  (works there too)
    score = year.assessment.scores.first()
    year.assessment.scores.filter(pk=score.pk).update(state=ScoreState.OPEN)
    keep_the_cut_offs(MORNING - A_DAY)
    assert told() == []
    for _ in range(2):
        keep_the_cut_offs(MORNING)
    assert sorted(name for name, _ in told()) == ["钱科长", "陈主任"]
    assert all("还有1项未评分" in why for _, why in told())
    keep_the_cut_offs(EVENING)
    keep_the_cut_offs(MORNING + A_DAY)
    assert (len(told()), stage_of(year)) == (4, Stage.SCORING)
    year.assessment.scores.filter(pk=score.pk).update(state=ScoreState.SCORED)
    assert keep_the_cut_offs(EVENING + A_DAY) == 1


@COLLECTING
def test_nobody_is_told_on_a_day_off(year: Year) -> None:
    saturday = MORNING + 5 * A_DAY
    keep_the_cut_offs(saturday)
    assert told() == []
    keep_the_cut_offs(saturday + 2 * A_DAY)
    assert [("还在“自评填报”阶段" in why) for _, why in told()] == [True, True]


@SCORED
def test_who_may_not_run_it_any_more_orders_no_freeze(year: Year) -> None:
    year.qian  # noqa: B018  (works there too)
    Holding.objects.filter(account=year.chen).update(ends=MORNING.date() - A_DAY)
    assert keep_the_cut_offs(EVENING) == 0
    assert stage_of(year) == Stage.SCORING
    assert [(name, "不会自动冻结" in why) for name, why in told()] == [("钱科长", True)]


@COLLECTING
def test_no_step_waits_for_the_office_before_it_is_possible(year: Year) -> None:
    closes = max(one.due for one in Submission.objects.select_related("deadline"))
    cut_off = MORNING.date()
    assert closes > cut_off
    assert waits(year.chen, MORNING) == []
    over = MORNING + (closes - cut_off) + A_DAY
    assert waits(year.chen, over) == [str(cut_off)]
    assert waits(year.chen, over - A_DAY) == []


def waits(account: Account, on: datetime) -> list[str]:
    held = tuple(load_held(account.pk, on.date()) or ())
    return [str(one.due) for one in waiting_freezes(account.pk, held, on.date())]


@SCORED
def test_it_waits_for_the_office_from_the_day_on_until_it_is_frozen(year: Year) -> None:
    assert (waits(year.chen, MORNING - A_DAY), waits(year.chen, MORNING)) == ([], ["2022-01-10"])
    assert waits(year.sun, MORNING) == []
    keep_the_cut_offs(EVENING)
    assert waits(year.chen, EVENING) == []
