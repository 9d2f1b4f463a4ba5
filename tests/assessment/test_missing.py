"""No figure is missing when it is too late: the office urges, or decides about it before it is scored and frozen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client

from steelyard.assessment.actions import supplied as sheets
from steelyard.assessment.actions.missing import let_count_as_missing
from steelyard.assessment.actions.weighings import carry_out
from steelyard.assessment.models import MissingFigure
from steelyard.assessment.queries.figures.missing import load_missing
from steelyard.assessment.queries.frozen import load_collected
from steelyard.assessment.queries.scoring import FigureShown, load_item
from steelyard.assessment.rules.judging import Typed as Row
from steelyard.assessment.rules.states import Stage, StageMove, WeighingState
from steelyard.assessment.rules.supplied.cells import Typed
from steelyard.kernel.refusals import Refused
from steelyard.notices.models import Notice
from steelyard.people.models import Account
from tests.assessment.api.asking import done, get, post, refused
from tests.assessment.frozen_year import JUDGED, PLACES, TRAININGS, accepted
from tests.assessment.lacking import (
    KEY,
    LACKS,
    WHY,
    admitting,
    comparing_without_figures,
    lacking_year,
    signed_with,
)
from tests.assessment.reported import the_sheet
from tests.assessment.scored import Scored
from tests.assessment.year import Year
from tests.once import World, world_of

pytestmark = pytest.mark.django_db
MISSING = "/assessments/2021/missing/"
NONE = Typed("", "本年未统计", "missing")
BODIES = [{"zh": "市场监督管理部门", "en": "Market regulator"}]


def decide(
    year: Year, *keys: tuple[str, str], by: Account | None = None, reason: str = WHY
) -> list[MissingFigure]:
    return let_count_as_missing(
        assessment=year.assessment.pk, figures=keys or [KEY], reason=reason,
        by=(by or year.chen).pk, now=year.now,
    )  # fmt: skip


def compared(year: Year, jiangmen: Typed = NONE) -> Year:
    """Signed with Jiangmen's figure lacking; the collection is over."""
    year.at(Stage.COLLECTING)
    signed_with(year, jiangmen)
    year.now += timedelta(60)
    year.move(StageMove.COMPARE)
    return year


lacking = world_of(lambda: compared(lacking_year()))


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.refusals]


def client_of(who: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(who)
    return client


def test_scoring_does_not_begin_before_every_missing_figure_is_decided(
    lacking: World[Year],
) -> None:
    year = lacking.copy()
    with pytest.raises(Refused) as stands:
        year.move(StageMove.SCORE)
    assert codes(stands) == ["missing_figures"]
    assert "Jiangmen: A1" in stands.value.refusals[0].text.en
    page = client_of(year.chen).get("/assessments/2021/").content.decode()
    assert "Jiangmen: A1" in page
    assert "1 of 1 not decided yet" in page
    (one,) = decide(year)
    assert (one.status, one.reason, one.decided_by) == ("missing", WHY, year.chen)
    assert decide(year) == [one]
    assert year.move(StageMove.SCORE).stage == Stage.SCORING


def test_without_a_signed_sheet_each_unit_is_named() -> None:
    year = comparing_without_figures(lacking_year())
    with pytest.raises(Refused) as stands:
        year.move(StageMove.SCORE)
    said = stands.value.refusals[0].text
    assert "Guangzhou: A1" in said.en
    assert "Jiangmen: A1" in said.en
    decide(year, KEY, ("440100", "closed_in_time"))
    year.move(StageMove.SCORE)


def test_where_the_scheme_refuses_only_a_figure_helps() -> None:
    year = compared(Year())
    with pytest.raises(Refused) as stands:
        decide(year)
    assert codes(stands) == ["scheme_refuses"]
    page = client_of(year.chen).get(MISSING).content.decode()
    assert "The scheme does not weigh A1 without it" in page


def test_a_figure_that_is_supplied_or_settled_is_missing_no_longer(lacking: World[Year]) -> None:
    year = lacking.copy()
    told = {"sheet": the_sheet().pk, "by": year.li.pk, "now": year.now}
    sheets.correct(reason="补报", **told)
    signed_with(year, Typed("80%"))
    assert load_missing(year.assessment) == ()
    with pytest.raises(Refused) as stands:
        decide(year)
    assert codes(stands) == ["not_missing"]
    year.move(StageMove.SCORE)


def test_when_its_body_says_otherwise_it_is_decided_anew(lacking: World[Year]) -> None:
    year = lacking.copy()
    decide(year)
    told = {"sheet": the_sheet().pk, "by": year.li.pk, "now": year.now}
    sheets.correct(reason="情形有误", **told)
    signed_with(year, Typed("", "本市没有此项业务", "not_applicable"))
    assert [one.is_decided for one in load_missing(year.assessment)] == [False]
    (one,) = decide(year)
    assert one.status == "not_applicable"


def test_beside_the_points_stands_a_decision_about_what_the_body_says_now(
    lacking: World[Year],
) -> None:
    year = lacking.copy()
    decide(year)
    year.move(StageMove.SCORE)
    (figure,) = _figures(year)
    assert (figure.value, figure.lack.zh) == ("", "缺失")
    assert (figure.decided.reason, figure.decided.by) == (WHY, str(year.chen))
    page = client_of(year.sun).get("/assessments/2021/scoring/A1/").content.decode()
    assert WHY in page
    told = {"sheet": the_sheet().pk, "by": year.li.pk, "now": year.now}
    sheets.correct(reason="情形有误", **told)
    signed_with(year, Typed("", "本市没有此项业务", "not_applicable"))
    assert [one.decided for one in _figures(year)] == [None]
    decide(year)
    assert [one.lack.zh for one in _figures(year)] == ["不适用"]
    sheets.correct(reason="补报", **told)
    signed_with(year, Typed("80%"))
    assert [(one.value, one.decided) for one in _figures(year)] == [("0.8", None)]


def _figures(year: Year) -> tuple[FigureShown, ...]:
    page = load_item(year.assessment, "A1", None, year.now)
    return next(row.figures for row in page.rows if row.facts.unit == "440700")


def test_only_the_office_decides_with_a_reason(lacking: World[Year]) -> None:
    year = lacking.copy()
    for who in (year.li, year.tan, year.sun):
        with pytest.raises(Refused) as stands:
            decide(year, by=who)
        assert stands.value.lacks_a_right
        assert client_of(who).get(MISSING).status_code == 404
    with pytest.raises(Refused, match="no_reason"):
        decide(year, reason=" ")
    assert client_of(year.zhao).get(MISSING).status_code == 200
    assert client_of(year.zhao).post(MISSING, {}).status_code == 403


def test_the_page_names_what_the_body_says_and_takes_the_decision(lacking: World[Year]) -> None:
    year = lacking.copy()
    client = client_of(year.chen)
    page = client.get(MISSING).content.decode()
    assert "本年未统计" in page
    assert f'value="{LACKS}"' in page
    empty = client.post(MISSING, {"reason": WHY})
    assert empty.status_code == 422
    assert WHY in empty.content.decode()
    kept = client.post(MISSING, {"figures": [LACKS], "reason": ""})
    assert kept.status_code == 422
    assert " checked>" in kept.content.decode()
    answer = client.post(MISSING, {"figures": [LACKS], "reason": WHY}, follow=True)
    assert WHY in answer.content.decode()
    assert "陈主任 · 20" in answer.content.decode()
    assert client.post(f"/assessments/2021/sheets/{the_sheet().pk}/urge/").status_code == 302
    assert Notice.objects.filter(account=year.li, kind="request_urged").count() == 1


def test_programs_list_and_decide(lacking: World[Year]) -> None:
    year = lacking.copy()
    path = "/missing-figures"
    listed = get(year.chen, path).json()
    assert (listed["count"], listed["undecided"]) == (1, 1)
    assert listed["figures"][0] | {"title": None} == {
        "unit": "440700", "figure": "closed_in_time", "title": None, "items": ["A1"],
        "status": "missing", "is_computed": False, "not_delivered": [], "bodies": BODIES, "is_signed": True, "note": "本年未统计", "is_decided": False,
        "reason": "", "decided_by": "", "decided_on": None, "refused_by": [],
    }  # fmt: skip
    asked = {"figures": [{"unit": KEY[0], "figure": KEY[1]}], "reason": WHY}
    assert refused(post(year.li, f"{path}/decide", **asked))[0] in (403, 404)
    assert get(year.tan, path).status_code == 404
    assert done(year.chen, f"{path}/decide", **asked)["undecided"] == 0


def scoring(year: Scored) -> Scored:
    """All is supplied and scored but A1, and then Jiangmen's figure is taken away."""
    year.scoring()
    told = {"sheet": the_sheet().pk, "by": year.li.pk, "now": year.now}
    sheets.correct(reason="数据有误", **told)
    signed_with(year, NONE)
    return year


def test_nobody_scores_as_it_stands_by_a_figure_that_nobody_decided_about() -> None:
    year = scoring(Scored(document=admitting()))
    with pytest.raises(Refused) as stands:
        year.score("A1", jiangmen=Row())
    assert codes(stands) == ["figure_missing"]
    year.score("A1", guangzhou=Row())
    decide(year)
    year.score("A1", jiangmen=Row())


def test_the_points_follow_from_how_it_is_lacking() -> None:
    year = Scored(document=admitting("full"))
    scoring(year)
    page = load_item(year.assessment, "A1", (), year.now)
    assert page is not None
    assert [(row.facts.unit, row.follows.points) for row in page.rows][1] == ("440700", 40)


def test_the_freeze_meets_no_missing_figure_that_nobody_decided_about() -> None:
    year = Scored(document=admitting())
    year.at(Stage.COLLECTING)
    accepted(year, "places", PLACES)
    accepted(year, "trainings", TRAININGS)
    signed_with(year, Typed("85%"))
    year.now += timedelta(60)
    year.move(StageMove.COMPARE)
    year.move(StageMove.SCORE)
    for score in year.assessment.scores.all():
        score.judged, score.state = JUDGED[score.item], "scored"
        score.scored_by, score.scored_at = year.sun, year.now
        score.save()
    told = {"sheet": the_sheet().pk, "by": year.li.pk, "now": year.now}
    sheets.correct(reason="数据有误", **told)
    signed_with(year, NONE)
    year.assessment.scores.all().update(state="scored", scored_by=year.sun, scored_at=year.now)
    with pytest.raises(Refused) as stands:
        year.move(StageMove.FREEZE)
    assert codes(stands) == ["missing_figures"]
    decide(year)
    row = next(
        one for one in load_collected(year.assessment, year.now).supplied if one.unit == KEY[0]
    )
    assert (row.value, row.status) == ("", "missing")
    assert row.note == f"本年未统计；考核办决定按“缺失”计：{WHY}"
    opened = year.assessment.scores.filter(state="open")
    assert {(one.unit.code, one.item) for one in opened} == {
        (KEY[0], "A1")
    }  # to be looked at again
    opened.update(state="scored", scored_by=year.sun, scored_at=year.now)
    year.move(StageMove.FREEZE)
    done_ = carry_out(weighing=year.assessment.weighings.get().pk, now=lambda: year.now)
    assert (done_.state, done_.faults) == (WeighingState.DONE, [])


def test_the_database_keeps_a_decision_as_it_was_made_with_its_reason(lacking: World[Year]) -> None:
    year = lacking.copy()
    decide(year)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        MissingFigure.objects.update(reason="另")
    with pytest.raises(IntegrityError, match="missing_with_reason"), transaction.atomic():
        MissingFigure.objects.create(
            assessment=year.assessment, unit=year.jiangmen, input_code="trained", status="missing",
            reason="", decided_by=year.chen, decided_at=year.now,
        )  # fmt: skip
