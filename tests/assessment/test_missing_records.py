"""A figure that is counted from records is not found missing only when it is too late: before the freeze it is known."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from steelyard.assessment.actions.missing import let_count_as_missing
from steelyard.assessment.actions.scoring import RowWanted, score_rows
from steelyard.assessment.actions.weighings import carry_out
from steelyard.assessment.queries.figures.missing_records import (
    are_counted,
    load_missing_records,
    load_without_base,
)
from steelyard.assessment.rules.figures.lacks import Lack
from steelyard.assessment.rules.judging import Typed
from steelyard.assessment.rules.states import ScoreState, StageMove, SuspicionMove, WeighingState
from steelyard.kernel.refusals import Refused
from steelyard.notices.models import Notice
from steelyard.people.models import Account
from steelyard.supply.actions import snapshots
from tests.assessment.api.asking import get, told
from tests.assessment.frozen_year import TRAININGS, accepted, scored
from tests.assessment.lacking import WHY, admitting
from tests.assessment.test_forgery_weighed import suspected
from tests.assessment.year import Year
from tests.once import World, world_of

pytestmark = pytest.mark.django_db
MISSING = "/assessments/2021/missing/"
SIDE_BY_SIDE = "/assessments/2021/side-by-side/440700/"
ITEM = "/assessments/2021/scoring/B1/440700/"
FIGURES = [("440100", "trained"), ("440700", "trained")]
SHARE = """
SELECT place AS unit, id AS record, persons AS numerator, persons AS denominator
FROM trainings
WHERE held_on >= :from AND held_on < :to
"""


def without_trainings(outcome: str = "") -> Year:
    year = Year(document=admitting(outcome) if outcome else None)
    scored(year, with_trainings=False)
    return year


refusing = world_of(without_trainings)
weighing_it = world_of(lambda: without_trainings("zero"))


def on(year: Year) -> date:
    return timezone.localdate(year.now)


def decide(year: Year) -> None:
    let_count_as_missing(
        assessment=year.assessment.pk, figures=FIGURES, reason=WHY, by=year.chen.pk, now=year.now
    )


def confirmed(year: Year) -> None:
    """What was opened again by the decision is scored as it stands."""
    rows = year.assessment.scores.filter(state=ScoreState.OPEN)
    score_rows(
        assessment=year.assessment.pk, item="B1", by=year.sun.pk, now=year.now,
        rows={one.pk: RowWanted(one.version, Typed()) for one in rows},
    )  # fmt: skip


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.refusals]


def page(year: Year, at: str = MISSING, who: Account | None = None, status: int = 200) -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(who or year.chen)
    answer = client.get(at)
    assert answer.status_code == status
    return answer.content.decode() if status == 200 else ""


def test_what_nobody_delivered_stands_in_the_way_of_the_freeze_with_table_period_and_body(
    refusing: World[Year],
) -> None:
    year = refusing.copy()
    with pytest.raises(Refused) as stands:
        year.move(StageMove.FREEZE)
    assert codes(stands) == ["missing_figures"]
    assert "Jiangmen: B1 Persons trained" in stands.value.refusals[0].text.en
    assert "Trainings and publicity, 2021: not delivered (Market regulator)" in page(year)
    with pytest.raises(Refused) as refused:
        decide(year)
    assert codes(refused) == ["scheme_refuses", "scheme_refuses"]


def test_delivered_it_is_missing_no_longer_and_the_year_is_weighed(refusing: World[Year]) -> None:
    year = refusing.copy()
    accepted(year, "trainings", TRAININGS)
    assert load_missing_records(year.assessment, on(year)) == ()
    year.move(StageMove.FREEZE)
    done = carry_out(weighing=year.assessment.weighings.get().pk, now=lambda: year.now)
    assert (done.state, done.faults) == (WeighingState.DONE, [])


def test_what_is_cut_off_later_than_the_year_is_as_good_as_not_delivered(
    refusing: World[Year],
) -> None:
    year = refusing.copy()
    accepted(year, "trainings", TRAININGS, cut_off=date(2022, 3, 1))
    assert [
        (one.unit, one.input) for one in load_missing_records(year.assessment, on(year))
    ] == FIGURES
    assert "2022-01-10" in page(year)
    assert "delivered with a cut-off later than" in page(year)


def test_where_the_scheme_weighs_it_the_office_decides_and_the_year_is_weighed(
    weighing_it: World[Year],
) -> None:
    year = weighing_it.copy()
    decide(year)
    confirmed(year)
    assert [one.is_decided for one in load_missing_records(year.assessment, on(year))] == [
        True,
        True,
    ]
    assert WHY in page(year)
    year.move(StageMove.FREEZE)
    done = carry_out(weighing=year.assessment.weighings.get().pk, now=lambda: year.now)
    assert (done.state, done.faults) == (WeighingState.DONE, [])


def test_a_score_that_was_given_before_the_decision_is_open_again_once(
    weighing_it: World[Year],
) -> None:
    """Whoever confirmed all as it stood knew of no decision."""
    year = weighing_it.copy()
    given = year.assessment.scores.filter(item="B1")
    assert set(given.values_list("state", flat=True)) == {ScoreState.SCORED}
    decide(year)
    assert set(given.values_list("state", flat=True)) == {ScoreState.OPEN}
    others = year.assessment.scores.exclude(item="B1")
    assert set(others.values_list("state", flat=True)) == {ScoreState.SCORED}
    with pytest.raises(Refused) as refused:
        year.move(StageMove.FREEZE)
    assert codes(refused) == ["unscored_items"]
    assert Notice.objects.filter(kind="scores_reopened", account=year.sun).count() == 1
    confirmed(year)
    decide(year)
    assert set(given.values_list("state", flat=True)) == {ScoreState.SCORED}


def test_what_was_decided_stays_on_its_page_when_all_is_frozen(weighing_it: World[Year]) -> None:
    year = weighing_it.copy()
    assert "Market regulator" in page(year).split("Trainings and publicity, 2021")[0]
    assert "Ask for it or urge" in page(year)
    decide(year)
    confirmed(year)
    year.move(StageMove.FREEZE)
    carry_out(weighing=year.assessment.weighings.get().pk, now=lambda: year.now)
    kept = load_missing_records(year.assessment, on(year))
    assert [(one.unit, one.input) for one in kept] == FIGURES
    assert all(one.is_decided and one.why for one in kept)
    said = page(year)
    assert all(word in said for word in (WHY, str(year.chen), "counts as lacking", "All is frozen"))
    assert "Trainings and publicity, 2021: not delivered (Market regulator)" in said
    assert "No figure is missing" not in said
    assert "2 counted as lacking" in page(year, "/assessments/2021/")
    listed = told(year.chen, "/missing-figures")
    assert (listed["count"], listed["undecided"]) == (2, 0)
    assert {one["reason"] for one in listed["figures"]} == {WHY}


def test_a_unit_reads_beside_its_points_that_a_figure_counts_as_lacking_who_decided_it_and_why(
    weighing_it: World[Year],
) -> None:
    year = weighing_it.copy()
    decide(year)
    for at in (SIDE_BY_SIDE, ITEM):
        assert page(year, at, year.tan, status=404) == ""
    confirmed(year)
    year.move(StageMove.FREEZE)
    carry_out(weighing=year.assessment.weighings.get().pk, now=lambda: year.now)
    for who in (year.chen, year.tan):
        for at in (SIDE_BY_SIDE, ITEM):
            said = page(year, at, who)
            assert all(
                word in said for word in ("missing", WHY, str(year.chen), "counts as lacking")
            )
        (figure,) = told(who, "/scoring/B1/440700")["figures"]
        assert figure["value"] == ""
        assert (figure["decided"]["status"], figure["decided"]["reason"]) == ("missing", WHY)
        assert (figure["decided"]["by"], figure["decided"]["on"]) == (str(year.chen), str(on(year)))


def a_share(outcome: str) -> dict[str, object]:
    """The scheme, with the figure as a share, and what no base leads to."""
    told = admitting()
    inputs = [
        row | ({"records": SHARE, "tally": "ratio"} if row["code"] == "trained" else {})
        for row in told["inputs"]
    ]
    return {**told, "inputs": inputs, "on": {"no_base": outcome}}


def test_nothing_to_divide_by_is_known_once_the_records_are_counted() -> None:
    year = Year(document=a_share("refuse"))
    scored(year, with_trainings=False)
    accepted(year, "trainings", TRAININGS.replace("2021-05-26,8,150", "2021-05-26,8,0"))
    assert load_missing_records(year.assessment, on(year)) == ()
    assert not are_counted(year.assessment, on(year))
    assert "not counted yet" in page(year)
    told = {
        "starts": date(2021, 1, 1),
        "ends": date(2022, 1, 1),
        "by": year.chen.pk,
        "now": year.now,
    }
    snapshots.freeze(office=year.province, **told)
    assert are_counted(year.assessment, on(year))
    (one,) = load_missing_records(year.assessment, on(year))
    assert (one.unit, one.status, one.refused_by) == ("440700", Lack.NO_BASE, ("B1",))
    with pytest.raises(Refused, match="missing_figures"):
        year.move(StageMove.FREEZE)


def dividing(outcome: str, **states: str) -> dict[str, object]:
    """The scheme, with a rule that has nothing to divide by where a share is all."""
    told = admitting()
    items = [
        row | ({"rule": {"points": "plan_points / (1 - closed_in_time)"}} if row["code"] == "B2" else {})
        for row in told["items"]
    ]  # fmt: skip
    return {**told, "items": items, "on": {"no_base": outcome, **states}}


def scored_and_counted(outcome: str, **states: str) -> Year:
    year = Year(document=dividing(outcome, **states))
    scored(year, c440100="100%")
    told = {"starts": date(2021, 1, 1), "ends": date(2022, 1, 1), "by": year.chen.pk}
    assert load_without_base(year.assessment, on(year)) == (), "nothing is counted yet"
    snapshots.freeze(office=year.province, now=year.now, **told)
    return year


def test_a_rule_with_nothing_to_divide_by_is_told_before_the_freeze_by_unit_and_item() -> None:
    year = scored_and_counted("refuse")
    with pytest.raises(Refused) as stands:
        year.move(StageMove.FREEZE)
    assert codes(stands) == ["nothing_to_divide_by"]
    assert "(1): Guangzhou: B2" in stands.value.refusals[0].text.en
    assert "Guangzhou: B2" in page(year, "/assessments/2021/")
    assert "nothing to divide by" in page(year, "/assessments/2021/scoring/B2/440100/")


def test_where_the_scheme_says_what_it_leads_to_it_is_no_obstacle() -> None:
    year = scored_and_counted("zero")
    year.move(StageMove.FREEZE)
    done = carry_out(weighing=year.assessment.weighings.get().pk, now=lambda: year.now)
    assert (done.state, done.faults) == (WeighingState.DONE, [])


def test_what_is_late_is_not_asked_for_a_base() -> None:
    """Nobody filed: the scheme says what that leads to, and its rule is not asked."""
    year = scored_and_counted("refuse", late="zero")
    assert load_without_base(year.assessment, on(year)) == ()
    year.move(StageMove.FREEZE)


def test_a_rule_that_asks_another_question_first_needs_no_figure() -> None:
    told = admitting()
    items = [
        row | ({"full_if": "plan_points > 8"} if row["code"] == "B1" else {})
        for row in told["items"]
    ]
    year = Year(document={**told, "items": items, "on": {"missing": "refuse"}})
    scored(year, with_trainings=False)
    assert load_missing_records(year.assessment, on(year)) == ()
    year.move(StageMove.FREEZE)
    done = carry_out(weighing=year.assessment.weighings.get().pk, now=lambda: year.now)
    assert (done.state, done.faults) == (WeighingState.DONE, [])


def test_an_item_that_was_found_forged_needs_no_figure(refusing: World[Year]) -> None:
    year = refusing.copy()
    year.huang  # noqa: B018  (somebody to be told)
    suspected(year, SuspicionMove.CONFIRM, item="B1")
    assert [one.unit for one in load_missing_records(year.assessment, on(year))] == ["440700"]


def test_a_veto_by_it_is_told_as_the_total() -> None:
    told = admitting()
    veto = {
        "code": "idle",
        "when": "trained < 1",
        "then": {"lower_by": 1},
        "title": {"zh": "无培训", "en": "idle"},
    }
    year = Year(document={**told, "vetoes": [veto]})
    scored(year, with_trainings=False)
    assert {one.refused_by for one in load_missing_records(year.assessment, on(year))} == {("",)}


def test_programs_are_told_what_was_not_delivered(refusing: World[Year]) -> None:
    year = refusing.copy()
    listed = get(year.chen, "/missing-figures").json()
    assert [one["is_computed"] for one in listed["figures"]] == [True, True]
    assert "2021" in listed["figures"][0]["not_delivered"][0]["zh"]


def test_it_asks_as_often_however_much_is_missing(refusing: World[Year]) -> None:
    year = refusing.copy()
    load_missing_records(year.assessment, on(year))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        load_missing_records(year.assessment, on(year))
    assert len(asked) == ASKED


ASKED = 15
