"""Scoring, against the database: what is written, what is refused, what nobody may do."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from functools import cache, partial

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from steelyard.assessment.actions.scoring import RowsChanged, RowWanted, reopen, score_rows
from steelyard.assessment.models import Score
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.queries.frozen import load_collected
from steelyard.assessment.queries.scoring import load_item
from steelyard.assessment.rules.frozen import Row, rows_of
from steelyard.assessment.rules.judging import Typed
from steelyard.assessment.rules.states import ScoreState, Stage, StageMove
from steelyard.assessment.waiting.scoring import waiting_scores
from steelyard.kernel.refusals import Refused
from steelyard.notices.models import Deadline
from steelyard.people import lists
from steelyard.people.models import Account, Holding
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Role
from steelyard.trail.models import Entry
from steelyard.trail.versions import ChangedMeanwhile
from tests.assessment.frozen_year import PLACES, TRAININGS, accepted
from tests.assessment.scored import Scored, plan
from tests.once import World, world_of
from tests.supply.office import account, organisation

pytestmark = pytest.mark.django_db

SHORT = "1.5 缺少年度计划", "0.5 逾期报送"


def scoring() -> Scored:
    found = Scored()
    found.scoring()
    return found


standing = world_of(scoring)


@pytest.fixture
def year(standing: World[Scored]) -> Scored:
    return standing.copy()


def as_(person: Account, language: str = "zh-hans") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(person)
    return client


def refused(act: object) -> list[str]:
    with pytest.raises(Refused) as caught:
        act()  # type: ignore[operator]
    return [one.code for one in caught.value.refusals]


def points(year: Scored, item: str) -> dict[str, object]:
    page = load_item(year.assessment, item, None, year.now)
    assert page is not None
    return {row.facts.unit: row.follows.points for row in page.rows}


def test_both_units_are_scored_at_once_and_the_points_follow(year: Scored) -> None:
    assert year.score("B2", guangzhou=plan("10"), jiangmen=plan("8", *SHORT)) == 2
    score = year.score_of("B2", year.jiangmen)
    assert (score.state, score.judged, score.scored_by) == (
        "scored",
        {"plan_points": "8"},
        year.sun,
    )
    assert [(float(one.points), one.reason) for one in score.deductions.all()] == [
        (1.5, "缺少年度计划"), (0.5, "逾期报送"),
    ]  # fmt: skip
    assert points(year, "B2") == {"440100": 10, "440700": 8}


def test_figures_from_a_sheet_lead_to_points_and_stay_beside_the_score(year: Scored) -> None:
    assert points(year, "A1") == {"440100": 40, "440700": 30}
    year.score("A1", jiangmen=Typed())
    assert year.score_of("A1", year.jiangmen).figures == {"closed_in_time": "0.85"}


def test_all_rows_at_fault_are_refused_at_once_and_nothing_is_written(year: Scored) -> None:
    with pytest.raises(Refused) as caught:
        year.score("B2", guangzhou=plan("11"), jiangmen=plan("8"))
    assert [(one.field, one.code) for one in caught.value.refusals] == [
        ("440100", "out_of_bounds"), ("440700", "deductions_short"),
    ]  # fmt: skip
    assert not Score.objects.filter(state=ScoreState.SCORED).exists()


def test_one_row_at_fault_keeps_the_others_from_being_written(year: Scored) -> None:
    assert refused(lambda: year.score("B2", guangzhou=plan("10"), jiangmen=plan("8"))) == [
        "deductions_short"
    ]
    assert not Score.objects.filter(state=ScoreState.SCORED).exists()


def test_the_same_form_sent_twice_is_saved_once(year: Scored) -> None:
    score = year.score_of("B2", year.jiangmen)
    rows = {score.pk: RowWanted(score.version, plan("8.0", *SHORT))}
    told = {"assessment": year.assessment.pk, "item": "B2", "by": year.sun.pk, "now": year.now}
    assert [score_rows(rows=rows, **told), score_rows(rows=rows, **told)] == [1, 0]
    entries = Entry.objects.filter(row_id=score.pk, action="score_items")
    assert entries.filter(table_name="assessment_score").count() == 1


def test_who_comes_second_is_told_what_the_first_one_scored(year: Scored) -> None:
    seen = year.score_of("B2", year.jiangmen).version
    year.score("B2", jiangmen=plan("8", *SHORT))
    with pytest.raises(RowsChanged) as caught:
        year.score("B2", seen=seen, guangzhou=plan("10"), jiangmen=plan("10"))
    (row,) = caught.value.rows.values()
    assert row.judgement.judged == {"plan_points": "8"}
    assert year.score_of("B2", year.guangzhou).state == ScoreState.OPEN


@pytest.mark.parametrize("who", ["chen", "zhao", "li", "gu", "tan", "huang", "mo"])
def test_only_the_body_that_scores_the_item_scores_it(year: Scored, who: str) -> None:
    assert refused(lambda: year.score("B2", getattr(year, who), jiangmen=plan("10"))) == [
        "not_allowed"
    ]


@pytest.mark.parametrize("where", ["jiangmen", "bureau"])
def test_nobody_scores_a_unit_in_which_or_below_which_they_hold_any_role(
    year: Scored, where: str
) -> None:
    sun = year.sun
    Holding.objects.create(
        account=sun, organisation=getattr(year, where), role=Role.EDITOR,
        starts=year.today - timedelta(900),
    )  # fmt: skip
    both = lambda: year.score("B2", guangzhou=plan("10"), jiangmen=plan("10"))  # noqa: E731
    assert refused(both) == ["not_allowed"]
    assert year.score("B2", guangzhou=plan("10")) == 1
    page = as_(sun).get("/assessments/2021/scoring/B2/")
    assert f"s{year.score_of('B2', year.jiangmen).pk}-seen" not in page.text
    year.now += timedelta(minutes=1)
    assert refused(lambda: year.score("A1", jiangmen=Typed())) == ["not_allowed"]


def test_a_score_is_opened_again_with_a_reason_and_what_it_said_stays(year: Scored) -> None:
    year.score("B2", jiangmen=plan("8", *SHORT))
    score = year.score_of("B2", year.jiangmen)
    told = {"score": score.pk, "by": year.sun.pk, "now": year.now}
    assert refused(lambda: reopen(why=" ", seen=score.version, **told)) == ["no_reason"]
    with pytest.raises(ChangedMeanwhile):
        reopen(why="录入有误", seen=score.version - 1, **told)
    reopen(why="录入有误", seen=score.version, **told)
    again = year.score_of("B2", year.jiangmen)
    assert (again.state, again.why_again, again.judged) == (
        "open",
        "录入有误",
        {"plan_points": "8"},
    )
    assert refused(lambda: reopen(why="录入有误", seen=None, **told)) == ["wrong_state"]
    year.score("B2", jiangmen=plan("10"))
    assert not year.score_of("B2", year.jiangmen).deductions.exists()


def test_a_figure_corrected_after_scoring_is_seen_on_the_score(year: Scored) -> None:
    year.score("A1", guangzhou=Typed(), jiangmen=Typed())
    year.signed("closed_in_time", {"440100": "0.97", "440700": "0.79"}, why="漏计两件")
    page = load_item(year.assessment, "A1", None, year.now)
    assert page is not None
    changed = {row.facts.unit: [(one.was, one.value) for one in row.changed] for row in page.rows}
    assert changed == {"440100": [], "440700": [("0.85", "0.79")]}
    said = as_(year.sun).get("/assessments/2021/scoring/A1/").text
    assert "85%" in said
    assert "79%" in said
    listed = as_(year.sun, "en").get("/assessments/2021/scoring/?show=changed").text
    assert "changed since: 1" in listed
    assert "B2" not in listed


def test_nobody_confirms_points_by_a_figure_that_they_never_saw(year: Scored) -> None:
    """The page was opened, the figure corrected, then all were confirmed as they stand."""
    client = as_(year.sun, "en")
    page = client.get("/assessments/2021/scoring/A1/").content.decode()
    sent = dict(re.findall(r'type="hidden" name="(s[^"]+)" value="([^"]*)"', page))
    sent = {name: html.unescape(value) for name, value in sent.items()} | {"all": "1"}
    assert any(name.endswith("rests") for name in sent)
    year.signed("closed_in_time", {"440100": "0.97", "440700": "0.79"}, why="漏计两件")
    answer = client.post("/assessments/2021/scoring/A1/", sent)
    assert answer.status_code == 422
    assert "changed since you looked" in answer.content.decode()
    assert not year.assessment.scores.filter(item="A1", state=ScoreState.SCORED).exists()
    page = answer.content.decode()
    again = dict(re.findall(r'type="hidden" name="(s[^"]+)" value="([^"]*)"', page))
    again = {name: html.unescape(value) for name, value in again.items()} | {"all": "1"}
    assert client.post("/assessments/2021/scoring/A1/", again).status_code == 302
    assert year.assessment.scores.filter(item="A1", state=ScoreState.SCORED).count() == 2


def test_nothing_is_scored_once_all_is_frozen(year: Scored) -> None:
    accepted(year, "places", PLACES)
    accepted(year, "trainings", TRAININGS)
    for item, by in (("A1", year.sun), ("B1", year.sun)):
        year.score(item, by, guangzhou=Typed(), jiangmen=Typed())
    files = Typed({"file_points": "100"})
    year.score("A2", year.gu, guangzhou=files, jiangmen=files)
    year.score("B2", guangzhou=plan("10"), jiangmen=plan("10"))
    year.assessment.stage = Stage.FROZEN
    year.assessment.save()
    assert refused(lambda: year.score("B2", jiangmen=plan("10"))) == ["wrong_stage"]


def test_the_order_in_which_rows_are_scored_leaves_the_same_scores(year: Scored) -> None:
    files = Typed({"file_points": "80"}, reason="两卷缺页")
    year.score("A2", year.gu, jiangmen=files)
    year.score("B2", jiangmen=plan("8", *SHORT))
    year.score("B2", guangzhou=plan("10"))
    first = {(one.item, one.unit_id): one.judged for one in Score.objects.all()}
    for one in Score.objects.filter(state=ScoreState.SCORED):
        reopen(
            score=one.pk, why="再评", seen=None, now=year.now,
            by=(year.gu if one.body_id == year.panel.pk else year.sun).pk,
        )  # fmt: skip
    year.score("B2", guangzhou=plan("10"), jiangmen=plan("8", *SHORT))
    year.score("A2", year.gu, jiangmen=files)
    assert {(one.item, one.unit_id): one.judged for one in Score.objects.all()} == first


ACTS = {
    ("A2", "guangzhou"): Typed({"file_points": "80"}, reason="两卷缺页"),
    ("A2", "jiangmen"): Typed({"file_points": "100"}),
    ("B2", "guangzhou"): plan("10"),
    ("B2", "jiangmen"): plan("8", *SHORT),
    ("A1", "guangzhou"): Typed({}),
    ("A1", "jiangmen"): Typed({}, reason="低于95%"),
}


class TestOrder(TestCase):
    """Whatever is scored first, one row at a time, what is frozen in the end is the same."""

    @settings(max_examples=6, deadline=None)
    @given(st.permutations(list(ACTS)))
    def test_the_order_of_scoring_changes_nothing(self, order: list[tuple[str, str]]) -> None:
        assert frozen_of(tuple(order)) == frozen_of(tuple(ACTS))


@cache
def frozen_of(order: tuple[tuple[str, str], ...]) -> dict[str, list[Row]]:
    with transaction.atomic():
        year = Scored()
        year.scoring()
        for item, unit in order:
            year.score(item, year.gu if item == "A2" else year.sun, **{unit: ACTS[item, unit]})
        version = issued(year.assessment)
        rows = rows_of(
            load_collected(year.assessment, year.now), scheme_of(version),
            division_of(version),
        )  # fmt: skip
        transaction.set_rollback(True)
    return {table: rows[table] for table in ("judgements", "item_statuses") if table in rows}


def test_a_status_that_was_given_is_weighed(year: Scored) -> None:
    year.score("B2", guangzhou=Typed(status="no_material", reason="未提交"))
    judged = load_collected(year.assessment, year.now).judged
    assert [(one.unit, one.item, one.status) for one in judged] == [("440100", "B2", "no_material")]


# --- pages ----------------------------------------------------------------------------------------

ITEM = "/assessments/2021/scoring/B2/"


def form_of(year: Scored, at: str = ITEM, **rows: dict[str, str]) -> dict[str, str]:
    """What the page would send: marks and versions as it showed them."""
    page = as_(year.sun).get(at).text
    sent = dict(re.findall(r'name="(s\d+-(?:seen|was|beside))" value="([^"]*)"', page))
    item = at.partition("?")[0].rstrip("/").rpartition("/")[2]
    for name, typed in rows.items():
        number = year.score_of(item, getattr(year, name)).pk
        sent |= {f"s{number}-{key}": value for key, value in typed.items()}
    return sent


def test_a_form_writes_only_the_rows_that_somebody_touched(year: Scored) -> None:
    sent = form_of(year, jiangmen={"f-plan_points": "8", "deductions": "\r\n".join(SHORT)})
    answer = as_(year.sun).post(ITEM, sent | {"save": "1"})
    assert answer.status_code == 302
    assert answer["Location"] == ITEM
    assert year.score_of("B2", year.jiangmen).state == ScoreState.SCORED
    assert year.score_of("B2", year.guangzhou).state == ScoreState.OPEN


def test_what_was_typed_is_kept_and_every_row_at_fault_is_named(year: Scored) -> None:
    sent = form_of(
        year, jiangmen={"f-plan_points": "8", "reason": "我的话"}, guangzhou={"f-plan_points": "11"}
    )
    answer = as_(year.sun).post(ITEM, sent)
    assert answer.status_code == 422
    assert "广州市：" in answer.text
    assert "江门市：" in answer.text
    assert "我的话" in answer.text
    assert 'value="11"' in answer.text


def test_both_versions_are_shown_to_who_comes_second(year: Scored) -> None:
    sent = form_of(year, jiangmen={"f-plan_points": "10"})
    year.score("B2", jiangmen=plan("8", *SHORT))
    answer = as_(year.sun, "en").post(ITEM, sent)
    assert answer.status_code == 409
    assert "scored it first: 8 · 1.5 缺少年度计划 · 0.5 逾期报送. You typed: 10." in answer.text


def test_saving_and_going_on_leads_to_the_next_item_that_waits(year: Scored) -> None:
    full = {"f-plan_points": "10"}
    sent = form_of(year, jiangmen=full, guangzhou=full)
    answer = as_(year.sun).post(ITEM, sent | {"next": "1"})
    assert answer["Location"] == "/assessments/2021/scoring/A1/"
    answer = as_(year.sun).post("/assessments/2021/scoring/A1/", seen_of(year, "A1") | {"all": "1"})
    assert answer.status_code == 302
    assert {one.state for one in Score.objects.filter(item="A1")} == {"scored"}


@pytest.fixture
def by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many units as there are pages."""
    monkeypatch.setattr(
        "steelyard.assessment.views.scoring.item.page_of", partial(lists.page_of, size=1)
    )


@pytest.mark.usefixtures("by_one")
def test_many_units_are_scored_page_by_page(year: Scored) -> None:
    first, second = f"{ITEM}?page=1", f"{ITEM}?page=2"
    page = as_(year.sun, "en").get(first).text
    assert "scoring/B2/440100/" in page
    assert "scoring/B2/440700/" not in page
    assert "Units 1 to 1 of 2." in page
    assert "Save and next page" in page
    full = {"f-plan_points": "10"}
    answer = as_(year.sun).post(first, form_of(year, first, guangzhou=full) | {"next": "1"})
    assert answer["Location"] == second
    answer = as_(year.sun).post(second, form_of(year, second, jiangmen=full) | {"save": "1"})
    assert answer["Location"] == second
    answer = as_(year.sun).post(second, form_of(year, second) | {"next": "1"})
    assert answer["Location"] == "/assessments/2021/scoring/A1/"
    assert {one.state for one in Score.objects.filter(item="B2")} == {"scored"}


@pytest.mark.usefixtures("by_one")
def test_what_is_at_fault_on_a_later_page_is_told_on_that_page(year: Scored) -> None:
    there = f"{ITEM}?page=2"
    sent = form_of(year, there, jiangmen={"f-plan_points": "11", "reason": "我的话"})
    answer = as_(year.sun).post(there, sent | {"save": "1"})
    assert answer.status_code == 422
    assert "江门市：" in answer.text
    assert "我的话" in answer.text
    assert f'hx-post="{there}"' in answer.text
    assert "scoring/B2/440100/" not in answer.text


def seen_of(year: Scored, item: str) -> dict[str, str]:
    page = as_(year.sun).get(f"/assessments/2021/scoring/{item}/").text
    return dict(re.findall(r'name="(s\d+-(?:seen|was|beside))" value="([^"]*)"', page))


def test_a_column_is_filled_down_the_units_without_being_saved(year: Scored) -> None:
    sent = form_of(year) | {"fill": "1", "column-plan_points": "7\r\n9"}
    answer = as_(year.sun).post(ITEM, sent)
    assert answer.status_code == 200
    assert 'value="7"' in answer.text
    assert 'value="9"' in answer.text
    assert not Score.objects.filter(state=ScoreState.SCORED).exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("sun", 200),
        ("chen", 200),
        ("zhao", 200),
        ("gu", 404),
        ("li", 404),
        ("tan", 404),
        ("mo", 404),
    ],
)
def test_the_page_of_an_item_exists_for_its_body_and_the_office(
    year: Scored, who: str, status: int
) -> None:
    assert as_(getattr(year, who)).get(ITEM).status_code == status
    posted = as_(getattr(year, who)).post(ITEM, {"save": "1"}).status_code
    assert posted == {200: 302 if who == "sun" else 403, 404: 404}[status]


@pytest.mark.parametrize("who", ["tan", "huang"])
def test_a_unit_sees_what_was_said_of_it_once_all_is_frozen_and_never_of_others(
    year: Scored, who: str
) -> None:
    client = as_(getattr(year, who))
    own, other = f"{ITEM}440700/", f"{ITEM}440100/"
    year.score("B2", guangzhou=plan("10"), jiangmen=plan("8", *SHORT))
    assert client.get(own).status_code == 404
    year.assessment.stage = Stage.FROZEN
    year.assessment.save()
    page = client.get(own)
    assert page.status_code == 200
    assert all(word in page.text for word in ("自评B2", "工作方案", "缺少年度计划", "孙组长"))
    assert client.get(other).status_code == 404


@pytest.mark.parametrize("cities", [0, 4])
def test_the_page_asks_as_much_for_two_cities_as_for_six(
    year: Scored, cities: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(cities):
        unit = organisation(f"44{number}900", f"样本{number}市", "city", year.province)
        Score.objects.create(assessment=year.assessment, unit=unit, body=year.team, item="B2")
    client = as_(year.sun, "en")
    client.get(ITEM)
    with django_assert_num_queries(17):
        client.get(ITEM)


def test_a_given_score_is_opened_again_from_its_page(year: Scored) -> None:
    year.score("B2", jiangmen=plan("8", *SHORT))
    client, here = as_(year.sun), f"{ITEM}440700/"
    assert "again/" in client.get(here).text
    version = year.score_of("B2", year.jiangmen).version
    answer = client.post(f"{here}again/", {"version": version, "why": "录入有误"})
    assert answer.status_code == 302
    assert "录入有误" in client.get(ITEM).text
    assert as_(year.chen).post(f"{here}again/", {"version": 1, "why": "x"}).status_code == 403


def test_the_freeze_waits_for_every_score(year: Scored) -> None:
    with pytest.raises(Refused) as caught:
        year.move(StageMove.FREEZE)
    assert "unscored_items" in [one.code for one in caught.value.refusals]


def test_what_waits_for_a_scorer_is_one_line_or_waits_as_a_deadline(year: Scored) -> None:
    today = year.today
    assert waiting_scores(year.sun.pk, load_held(year.sun.pk, today) or (), today) == []
    Deadline.objects.filter(task__startswith="scoring-").update(ended_on=today, end="dropped")
    (line,) = waiting_scores(year.sun.pk, load_held(year.sun.pk, today) or (), today)
    assert line.url == "/assessments/2021/scoring/?show=open"
    nobody = account("某人", body=(Role.EXPERT, year.panel))
    assert waiting_scores(nobody.pk, load_held(nobody.pk, today) or (), today) == []
