"""Every gap is found, settled one by one with reason, and opened again by what touches it alone."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from steelyard.assessment.actions import differences as actions
from steelyard.assessment.actions.supplied import sign
from steelyard.assessment.models import Difference, Score, Settlement, Submission
from steelyard.assessment.queries.differences import differences_seen_by
from steelyard.assessment.rules.states import DifferenceState, ScoreState, Stage, StageMove
from steelyard.assessment.waiting.differences import waiting_differences
from steelyard.kernel.refusals import Refused
from steelyard.notices.actions import extend_deadline
from steelyard.notices.models import Deadline, Notice
from steelyard.people.models import Holding
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Role
from steelyard.trail.versions import ChangedMeanwhile
from tests.assessment.frozen_year import PLACES, TRAININGS, accepted
from tests.assessment.reported import comparing, corrected, reports, supplied, the_sheet
from tests.assessment.year import Year
from tests.once import World, world_of
from tests.supply.office import LONG_AGO

pytestmark = pytest.mark.django_db


def a_year() -> Year:
    return comparing(Year())


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def settled(year: Year, **changes) -> Difference:
    told = {"difference": Difference.objects.get(unit=year.jiangmen).pk, "taken": "supplied",
            "reason": "台账只支持85%", "by": year.chen.pk, "now": year.now}  # fmt: skip
    return actions.settle(**told | changes)


def noted() -> dict[str, tuple[str, str, str]]:
    return {
        one.unit.code: (one.state, one.reported, one.supplied)
        for one in Difference.objects.select_related("unit")
    }


def scored(year: Year) -> None:
    for one in Score.objects.all():
        one.state, one.scored_by, one.scored_at = ScoreState.SCORED, year.sun, year.now
        one.save()


def open_scores() -> set[tuple[str, str]]:
    found = Score.objects.filter(state=ScoreState.OPEN)
    return set(found.values_list("item", "unit__code"))


def test_closing_the_collection_finds_the_gap_and_no_equal_figures(year: Year) -> None:
    assert noted() == {"440700": ("open", "0.9", "0.85")}


def test_finding_again_changes_nothing(year: Year) -> None:
    before = list(Difference.objects.values())
    with_acting = {"by": year.chen.pk, "now": year.now}
    assert actions.compare(year.assessment, **with_acting) == ()
    assert list(Difference.objects.values()) == before


def test_an_open_one_blocks_the_next_stage_and_a_settled_one_does_not(year: Year) -> None:
    with pytest.raises(Refused, match="open_differences"):
        year.move(StageMove.SCORE)
    settled(year)
    year.move(StageMove.SCORE)


def test_either_figure_or_another_is_taken(year: Year) -> None:
    assert settled(year).value == "0.85"
    again = {"difference": Difference.objects.get().pk, "by": year.qian.pk, "now": year.now}
    assert actions.reopen(reason="又有新材料", **again).reason == "又有新材料"
    assert settled(year, taken="reported").value == "0.9"
    actions.reopen(reason="再核", **again)
    with pytest.raises(Refused, match="out-of-bounds"):
        settled(year, taken="other", value="190%")
    found = settled(year, taken="other", value="88%")
    assert (found.value, found.settled_by) == ("0.88", year.chen)


@pytest.mark.parametrize("at", ["jiangmen", "bureau"])
def test_nobody_settles_for_a_unit_in_which_or_below_which_they_hold_a_role(
    year: Year, at: str
) -> None:
    Holding.objects.create(
        account=year.chen, organisation=getattr(year, at), role=Role.CLERK, starts=LONG_AGO
    )
    with pytest.raises(Refused, match="ones_own_unit"):
        settled(year)
    settled(year, by=year.qian.pk)


def test_only_the_office_settles(year: Year) -> None:
    for who in (year.tan, year.huang, year.li, year.sun, year.zhao):
        with pytest.raises(Refused) as refused:
            settled(year, by=who.pk)
        assert refused.value.lacks_a_right


def test_the_second_of_two_who_settle_is_told(year: Year) -> None:
    seen = Difference.objects.get().version
    settled(year, seen=seen)
    actions.reopen(
        difference=Difference.objects.get().pk, reason="再核", by=year.qian.pk, now=year.now
    )
    with pytest.raises(ChangedMeanwhile):
        settled(year, seen=seen)


def test_a_unit_sees_its_own_and_nobody_elses(year: Year) -> None:
    today = year.today
    seen = {
        who.name: differences_seen_by(load_held(who.pk, today), today).count()
        for who in (year.tan, year.huang, year.liang, year.mo, year.li, year.sun, year.chen)
    }
    assert seen == {
        "谭科长": 1, "黄市长": 1, "梁科长": 0, "莫科员": 0, "李科长": 0, "孙组长": 0, "陈主任": 1,
    }  # fmt: skip


def test_open_ones_wait_for_the_office(year: Year) -> None:
    today = year.today

    def waits(who) -> int:
        return len(waiting_differences(who.pk, load_held(who.pk, today), today))

    assert (waits(year.chen), waits(year.tan)) == (0, 0), "it waits with its day, as a deadline"
    settled(year)
    year.move(StageMove.SCORE)
    assert waits(year.chen) == 0
    corrected(year, "95%", "80%")
    assert (waits(year.chen), waits(year.tan)) == (1, 0)


def test_a_figure_that_was_never_supplied_is_a_gap(year: Year) -> None:
    corrected(year, "95%", "")
    assert noted()["440700"] == ("open", "0.9", "")
    with pytest.raises(Refused, match="none_supplied"):
        settled(year)


def test_a_late_sheet_brings_its_figures_while_comparing() -> None:
    year = Year()
    year.at(Stage.COLLECTING)
    reports(year, year.jiangmen, {"closed_in_time": "0.9"})
    year.now += timedelta(60)
    year.move(StageMove.COMPARE)
    assert noted() == {"440700": ("open", "0.9", "")}
    supplied(year, "0.95", "0.9")
    found = Difference.objects.get()
    assert (found.state, found.taken, found.value) == ("settled", "agreed", "0.9")


def test_a_correction_opens_what_was_settled_on_the_old_figure(year: Year) -> None:
    settled(year)
    corrected(year, "95%", "84%", reason="漏计3件")
    found = Difference.objects.get()
    assert (found.state, found.supplied, found.reason, found.taken) == (
        "open",
        "0.84",
        "漏计3件",
        "",
    )


def test_a_correction_of_one_unit_leaves_the_others_alone(year: Year) -> None:
    settled(year)
    before = Difference.objects.values().get()
    corrected(year, "94%", "85%")
    assert Difference.objects.values().get(unit=year.jiangmen) == before
    assert noted()["440100"] == ("open", "0.95", "0.94")


def test_while_scoring_it_opens_the_scores_that_use_the_figure_and_tells_their_body(
    year: Year,
) -> None:
    settled(year)
    year.move(StageMove.SCORE)
    scored(year)
    corrected(year, "95%", "84%")
    assert open_scores() == {("A1", "440700")}
    notice = Notice.objects.get(kind="scores_reopened")
    assert (notice.account, notice.words["units"]["zh"]) == (year.sun, "江门市")
    with pytest.raises(Refused, match="open_differences"):
        year.move(StageMove.FREEZE)
    settled(year)


def test_signing_a_sheet_again_under_way_does_not_touch_the_stage_of_collection() -> None:
    year = Year()
    year.at(Stage.COLLECTING)
    supplied(year, "0.9", "0.8")
    assert Difference.objects.count() == 0


def test_a_difference_is_not_reopened_by_hand_while_scoring(year: Year) -> None:
    settled(year)
    year.move(StageMove.SCORE)
    with pytest.raises(Refused, match="wrong_stage"):
        actions.reopen(
            difference=Difference.objects.get().pk, reason="再核", by=year.chen.pk, now=year.now
        )


def test_a_sheet_is_not_corrected_once_the_records_are_frozen(year: Year) -> None:
    settled(year)
    year.move(StageMove.SCORE)
    scored(year)
    accepted(year, "places", PLACES)
    accepted(year, "trainings", TRAININGS)
    year.move(StageMove.FREEZE)
    with pytest.raises(Refused, match="wrong_stage"):
        corrected(year, "95%", "84%")
    with pytest.raises(Refused):
        sign(sheet=the_sheet().pk, by=year.li.pk, now=year.now)


# --- settled otherwise ------------------------------------------------------------------------------


def anew(year: Year, **changes) -> Difference:
    told = {"difference": Difference.objects.get(unit=year.jiangmen).pk, "taken": "reported",
            "reason": "补充台账支持90%", "by": year.qian.pk, "now": year.now}  # fmt: skip
    return actions.settle_anew(**told | changes)


def earlier() -> list[tuple[str, str, str, str]]:
    rows = Settlement.objects.order_by("pk").select_related("settled_by")
    return [(one.taken, one.value, one.reason, one.settled_by.name) for one in rows]


def test_a_settled_one_is_settled_otherwise_and_how_it_stood_stays(year: Year) -> None:
    with pytest.raises(Refused, match="wrong_state"):
        anew(year)
    settled(year)
    with pytest.raises(Refused, match="no_reason"):
        anew(year, reason=" ")
    with pytest.raises(Refused, match="settled_so"):
        anew(year, taken="supplied")
    found = anew(year)
    assert (found.state, found.value, found.settled_by) == ("settled", "0.9", year.qian)
    assert earlier() == [("supplied", "0.85", "台账只支持85%", "陈主任")]
    stood = Settlement.objects.get()
    assert (stood.why_no_more, stood.ended_by, stood.ended_at) == (
        "补充台账支持90%", year.qian, year.now,
    )  # fmt: skip
    anew(year, taken="other", value="88%", by=year.chen.pk)
    assert [one[1] for one in earlier()] == ["0.85", "0.9"]


def test_while_scoring_it_opens_exactly_the_scores_that_rest_on_it(year: Year) -> None:
    settled(year)
    year.move(StageMove.SCORE)
    scored(year)
    anew(year)
    assert open_scores() == {("A1", "440700")}


def test_nothing_is_settled_otherwise_once_all_is_frozen(year: Year) -> None:
    settled(year)
    year.move(StageMove.SCORE)
    year.assessment.stage = Stage.FROZEN
    year.assessment.save()
    with pytest.raises(Refused, match="wrong_stage"):
        anew(year)


def test_whoever_settled_or_approved_it_is_told_and_sees_it(year: Year) -> None:
    settled(year)
    anew(year)
    told = Notice.objects.filter(kind="settled_anew")
    assert {one.account for one in told} == {year.chen, year.huang}
    one = Difference.objects.get()
    submission = Submission.objects.get(unit=year.jiangmen)
    at = f"/assessments/2021/differences/{one.pk}/"
    for who, path, said in (
        (year.chen, at, "Settled otherwise since you settled it"),
        (year.qian, at, "Settled otherwise than before"),
        (year.huang, at, "台账只支持85%"),
        (year.huang, f"/assessments/2021/submissions/{submission.pk}/", at),
    ):
        client = Client(headers={"accept-language": "en"})
        client.force_login(who)
        assert said in client.get(path).content.decode(), (who, path)


def test_the_second_of_two_who_settle_it_otherwise_is_told(year: Year) -> None:
    seen = settled(year).version
    anew(year, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        anew(year, taken="other", value="88%", by=year.chen.pk, seen=seen)


def test_what_was_settled_stays_also_where_it_is_opened_again(year: Year) -> None:
    number = settled(year).pk
    actions.reopen(difference=number, reason="又有新材料", by=year.qian.pk, now=year.now)
    settled(year, taken="reported", reason="新材料支持90%")
    corrected(year, "95%", "80%", reason="漏计3件")
    assert [one[:2] for one in earlier()] == [("supplied", "0.85"), ("reported", "0.9")]
    why = Settlement.objects.order_by("pk").values_list("why_no_more", flat=True)
    assert list(why) == ["又有新材料", "漏计3件"]


def test_the_database_keeps_an_earlier_settlement_from_being_lost(year: Year) -> None:
    settled(year)
    for write in ({"value": "0.9"}, {"reason": "x"}, {"state": "open"}):
        with pytest.raises(IntegrityError, match="stays visible"), transaction.atomic():
            Difference.objects.update(**write)
    anew(year)
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        Settlement.objects.update(value="1")
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        Settlement.objects.all().delete()


SHARES = ("", "0.8", "0.85", "0.9", "0.95")
CORRECTED = [pair for pair in product(SHARES, repeat=2) if pair not in {("", ""), ("0.95", "0.85")}]
"""Of Guangzhou and of Jiangmen: all but no figure at all, and those that stand there already."""


def a_scored_year() -> Year:
    year = comparing(Year())
    settled(year)
    year.move(StageMove.SCORE)
    scored(year)
    return year


all_scored = world_of(a_scored_year)


@pytest.mark.parametrize(("guangzhou", "jiangmen"), CORRECTED)
def test_a_correction_moves_exactly_what_it_touches(
    all_scored: World[Year], guangzhou: str, jiangmen: str
) -> None:
    """Differences and scores of the units that it changes."""
    year = all_scored.copy()
    before, scores = noted(), {one.pk: one.version for one in Score.objects.all()}
    now = {"440100": guangzhou, "440700": jiangmen}
    moved = {unit for unit, was in (("440100", "0.95"), ("440700", "0.85")) if now[unit] != was}
    corrected(year, guangzhou, jiangmen)
    assert open_scores() == {("A1", unit) for unit in moved}
    touched = {one.pk for one in Score.objects.filter(item="A1", unit__code__in=moved)}
    assert {
        pk for pk, version in scores.items() if Score.objects.get(pk=pk).version != version
    } == touched
    reported = {"440100": "0.95", "440700": "0.9"}
    for unit, own in reported.items():
        if unit not in moved:
            assert noted().get(unit) == before.get(unit)
        elif now[unit] != own:
            assert noted()[unit] == (DifferenceState.OPEN, own, now[unit])
        else:
            assert noted().get(unit, ("settled",))[0] == DifferenceState.SETTLED


# --- the deadline of the office --------------------------------------------------------------------


def test_the_office_has_its_working_days_to_settle_them(year: Year) -> None:
    clock = Deadline.objects.get(task="settle", object_id=year.assessment.pk)
    assert (clock.organisation, clock.working_days, clock.end) == (year.province, 6, "")
    with pytest.raises(Refused):
        extend_deadline(
            deadline=clock.pk, working_days=5, reason=" ", by=year.chen.pk, now=year.now
        )
    settled(year)
    year.move(StageMove.SCORE)
    clock.refresh_from_db()
    assert clock.end == "met"


def test_where_nothing_differs_nothing_is_due() -> None:
    Year().at(Stage.COMPARING)
    assert not Deadline.objects.filter(task="settle").exists()
