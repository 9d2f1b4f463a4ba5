"""Forged material, against the database: raised, heard, decided by another, visible ever after."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from steelyard.assessment.actions.forgery import decide, hear, raise_suspicion, state_case
from steelyard.assessment.models import Submission, Suspicion
from steelyard.assessment.queries.frozen import load_collected
from steelyard.assessment.queries.scoring import load_item
from steelyard.assessment.rules.forgery import About
from steelyard.assessment.rules.states import Stage, StageMove, SuspicionMove
from steelyard.kernel.refusals import Refused
from steelyard.notices.models import Deadline, Notice
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.trail.versions import ChangedMeanwhile
from tests.assessment.scored import Scored, plan
from tests.once import World, world_of
from tests.supply.office import account

pytestmark = pytest.mark.django_db
LIST = "/assessments/2021/suspicions/"


def a_year() -> Scored:
    found = Scored()
    found.scoring()
    for person in (
        found.chen,
        found.zhao,
        found.sun,
        found.gu,
        found.tan,
        found.huang,
        found.liang,
    ):
        assert person.pk
    return found


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Scored]) -> Scored:
    return standing.copy()


def as_(person: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def raised(year: Scored, **changes: Any) -> Suspicion:
    told = {
        "assessment": year.assessment.pk, "unit": "440700", "item": "B2", "grounds": "公章与备案不符",
        "material": year.plan.pk, "by": year.sun.pk, "now": year.now,
    }  # fmt: skip
    return raise_suspicion(**told | changes)


def heard(year: Scored, one: Suspicion, by: Account | None = None) -> Suspicion:
    """The unit states its case, and the office hears it."""
    if not one.statement:
        one = stated(year, one)
    return hear(
        suspicion=one.pk, hearing="系扫描错误", heard_on=timezone.localdate(year.now),
        seen=one.version, by=(by or year.chen).pk, now=year.now,
    )  # fmt: skip


def decided(
    year: Scored, one: Suspicion, move: str = "confirm", by: Account | None = None
) -> Suspicion:
    return decide(
        suspicion=one.pk, move=SuspicionMove(move), decision="经核对原件，系伪造", seen=one.version,
        by=(by or year.zhao).pk, now=year.now,
    )  # fmt: skip


def refused(act: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        act()
    return [one.code for one in caught.value.refusals]


def forged_in(year: Scored) -> list[tuple[str, str]]:
    """(unit, item): of which it is weighed that they are forged."""
    return [(one.unit, one.item) for one in load_collected(year.assessment, year.now).forged]


def told_of(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("account__name", flat=True))


def test_forged_material_gives_the_item_nothing_and_all_concerned_are_told(year: Scored) -> None:
    year.score("B2", guangzhou=plan("10"), jiangmen=plan("10"))
    one = raised(year)
    assert told_of("suspicion_raised") == {"谭科长", "黄市长", "陈主任", "钱科长", "赵局长"}
    one = decided(year, heard(year, one))
    assert (one.state, one.decided_by) == ("confirmed", year.zhao)
    assert told_of("suspicion_confirmed") == {"谭科长", "黄市长", "陈主任", "钱科长", "孙组长"}
    assert forged_in(year) == [("440700", "B2")]
    page = load_item(year.assessment, "B2", None, year.now)
    assert page is not None
    assert {row.facts.unit: row.follows.points for row in page.rows} == {"440100": 10, "440700": 0}


def test_a_cleared_suspicion_changes_no_points_and_stays_visible(year: Scored) -> None:
    year.score("B2", jiangmen=plan("10"))
    decided(year, heard(year, raised(year)), "clear")
    assert forged_in(year) == []
    assert "cleared" in as_(year.tan).get(LIST).text
    assert raised(year).state == "suspected"  # for other reasons it may be suspected again


@pytest.mark.parametrize("who", ["gu", "zhao", "li", "tan", "huang", "mo", "liang"])
def test_only_the_office_or_the_body_of_the_item_raises_one(year: Scored, who: str) -> None:
    assert refused(lambda: raised(year, by=getattr(year, who).pk)) == ["not_allowed"]


@pytest.mark.parametrize("who", ["sun", "gu", "zhao", "tan", "huang"])
def test_only_the_office_writes_down_what_the_unit_said(year: Scored, who: str) -> None:
    one = raised(year)
    assert refused(lambda: heard(year, one, getattr(year, who))) == ["not_allowed"]


@pytest.mark.parametrize("who", ["sun", "gu", "chen", "tan", "huang"])
def test_only_the_head_of_the_office_decides(year: Scored, who: str) -> None:
    one = heard(year, raised(year))
    assert refused(lambda: decided(year, one, by=getattr(year, who))) == ["not_allowed"]


def test_nobody_decides_on_what_they_raised_and_the_database_holds_to_it(year: Scored) -> None:
    both = account(
        "两职",
        office=(Role.ASSESSING_OFFICE, year.province),
        head=(Role.OFFICE_HEAD, year.province),
    )
    one = heard(year, raised(year, by=both.pk))
    assert refused(lambda: decided(year, one, by=both)) == ["not_allowed"]
    with pytest.raises(IntegrityError):
        Suspicion.objects.filter(pk=one.pk).update(
            state="confirmed", decision="伪造", decided_by=both, decided_at=year.now
        )


def test_nobody_is_condemned_unheard(year: Scored) -> None:
    one = raised(year)
    assert refused(lambda: decided(year, one)) == ["wrong_state"]
    assert decided(year, one, "clear").state == "cleared"


def test_one_suspicion_of_an_item_at_a_time_and_who_is_slower_is_told(year: Scored) -> None:
    one = raised(year)
    assert refused(lambda: raised(year, by=year.chen.pk)) == ["open_already"]
    heard(year, one)
    with pytest.raises(ChangedMeanwhile):
        decided(year, one)


def test_material_of_another_item_is_refused(year: Scored) -> None:
    assert refused(lambda: raised(year, item="A1")) == ["not_of_the_item"]


def test_an_open_suspicion_keeps_the_records_from_being_frozen(year: Scored) -> None:
    raised(year)
    assert "open_suspicions" in refused(lambda: year.move(StageMove.FREEZE))


@pytest.mark.parametrize(
    ("who", "status"),
    [("chen", 200), ("zhao", 200), ("sun", 200), ("tan", 200), ("huang", 200),
     ("gu", 404), ("li", 404), ("liang", 404), ("mo", 404)],
)  # fmt: skip
def test_while_nothing_is_decided_only_office_body_and_unit_know(
    year: Scored, who: str, status: int
) -> None:
    one = raised(year)
    client = as_(getattr(year, who))
    assert client.get(f"{LIST}{one.pk}/").status_code == status
    assert client.get(LIST).status_code == status
    assert ("Forged material" in client.get("/assessments/2021/").text) == (status == 200)


def test_an_auditor_sees_it_once_it_is_decided(year: Scored) -> None:
    auditor = account("审计员", office=(Role.AUDITOR, year.province))
    one = heard(year, raised(year))
    assert as_(auditor).get(f"{LIST}{one.pk}/").status_code == 404
    item = "/assessments/2021/scoring/B2/"
    assert "suspected" not in as_(auditor).get(item).text
    assert "suspected" in as_(year.chen).get(item).text
    decided(year, one)
    assert as_(auditor).get(f"{LIST}{one.pk}/").status_code == 200


def test_it_goes_through_the_pages_and_is_visible_ever_after(year: Scored) -> None:
    year.score("B2", guangzhou=plan("10"), jiangmen=plan("10"))
    raising = f"{LIST}raise/B2/440700/"
    assert raising in as_(year.sun).get("/assessments/2021/scoring/B2/440700/").text
    assert as_(year.sun).post(raising, {"grounds": ""}).status_code == 422
    sent = {"grounds": "公章与备案不符", "about": f"piece-{year.plan.pk}"}
    here = as_(year.sun).post(raising, sent)["Location"]
    today = timezone.localdate().isoformat()
    told = {"version": "1", "hearing": "系扫描错误", "heard_on": today}
    early = as_(year.chen).post(f"{here}hear/", told)
    assert early.status_code == 409
    assert "has not answered yet" in early.text
    case = {"version": "1", "statement": "原件可供核对"}
    assert "Saved." in as_(year.huang).post(f"{here}state/", case, follow=True).text
    told["version"] = "2"
    assert as_(year.sun).post(f"{here}hear/", told).status_code == 403
    assert "Saved." in as_(year.chen).post(f"{here}hear/", told, follow=True).text
    assert as_(year.zhao).get(f"{here}decide/burn/").status_code == 404
    reasons = {"version": "3", "decision": "经核对原件，系伪造"}
    assert "Saved." in as_(year.zhao).post(f"{here}decide/confirm/", reasons, follow=True).text
    year.assessment.stage = Stage.FROZEN
    year.assessment.save()
    for who in (year.tan, year.sun, year.chen):
        assert "found to be forged" in as_(who).get("/assessments/2021/scoring/B2/440700/").text
        assert "found to be forged: 1" in as_(who).get("/assessments/2021/").text


# --- the case of the unit -------------------------------------------------------------------


def stated(year: Scored, one: Suspicion, by: Account | None = None) -> Suspicion:
    return state_case(
        suspicion=one.pk, statement="原件可供核对", seen=one.version,
        by=(by or year.huang).pk, now=year.now,
    )  # fmt: skip


def test_the_unit_has_working_days_to_state_its_case_and_the_office_is_told(year: Scored) -> None:
    one = raised(year)
    due = Deadline.objects.get(task="answer_suspicion")
    assert (due.organisation, due.working_days, due.ended_on) == (year.jiangmen, 5, None)
    one = stated(year, one)
    due.refresh_from_db()
    assert due.end == Deadline.End.MET
    assert told_of("suspicion_answered") == {"陈主任", "钱科长"}
    assert refused(lambda: stated(year, one)) == ["stated_already"]
    assert decided(year, heard(year, one)).statement == "原件可供核对"


def test_the_office_hears_nobody_before_the_unit_answered_or_its_day_has_passed(
    year: Scored,
) -> None:
    one = raised(year)
    here, wanted = f"{LIST}{one.pk}/", "hear/"

    def at_once() -> Suspicion:
        return hear(
            suspicion=one.pk, hearing="电话中承认", heard_on=timezone.localdate(year.now),
            seen=None, by=year.chen.pk, now=year.now,
        )  # fmt: skip

    assert refused(at_once) == ["days_to_answer"]
    assert wanted not in as_(year.chen).get(here).text
    stated(year, one)
    assert wanted in as_(year.chen).get(here).text
    assert at_once().state == "heard"


@pytest.mark.parametrize("who", ["chen", "zhao", "sun", "gu", "li", "mo", "liang", "feng"])
def test_only_who_speaks_for_the_unit_states_its_case(year: Scored, who: str) -> None:
    one = raised(year)
    assert refused(lambda: stated(year, one, getattr(year, who))) == ["not_allowed"]


def test_a_unit_that_says_nothing_is_heard_once_its_day_has_passed(year: Scored) -> None:
    one = raised(year)

    def silent() -> Suspicion:
        return hear(
            suspicion=one.pk, hearing="", heard_on=None, was_silent=True, seen=one.version,
            by=year.chen.pk, now=year.now,
        )  # fmt: skip

    assert refused(silent) == ["not_due_yet"]
    year.now += timedelta(20)
    found = silent()
    assert (found.state, found.was_silent) == ("heard", True)
    assert Deadline.objects.get(task="answer_suspicion").end == Deadline.End.DROPPED
    assert decided(year, found).state == "confirmed"


def test_the_unit_states_its_case_on_a_page_and_the_office_reads_it(year: Scored) -> None:
    one = raised(year)
    here = f"{LIST}{one.pk}/"
    assert "state/" in as_(year.huang).get(here).text
    assert as_(year.sun).post(f"{here}state/", {"version": 1, "statement": "x"}).status_code == 403
    assert as_(year.huang).post(f"{here}state/", {"version": 1}).status_code == 422
    sent = {"version": "1", "statement": "原件可供核对"}
    assert "Saved." in as_(year.huang).post(f"{here}state/", sent, follow=True).text
    assert "原件可供核对" in as_(year.chen).get(f"{here}hear/").text
    silent = {"version": "2", "was_silent": "on"}
    assert as_(year.chen).post(f"{here}hear/", silent).status_code == 422


def test_it_is_visible_ever_after_on_the_unit_s_own_page_of_the_item(year: Scored) -> None:
    decided(year, heard(year, raised(year)))
    own = Submission.objects.get(unit=year.jiangmen, assessment=year.assessment)
    page = as_(year.tan).get(f"/assessments/2021/submissions/{own.pk}/items/B2/")
    assert "found to be forged" in page.text


def test_only_what_the_unit_signed_can_be_doubted(year: Scored) -> None:
    nothing = {"item": "A2", "by": year.chen.pk, "material": None}
    assert refused(lambda: raised(year, **nothing)) == ["nothing_filed"]
    without = {"item": "A1", "by": year.chen.pk, "material": None}
    assert refused(lambda: raised(year, **without)) == ["not_filed"]
    with pytest.raises(Refused) as caught:
        raised(year, **without)
    assert "the statement, the self-score" in caught.value.refusals[0].text.en
    one = raised(year, **without, about=About.STATEMENT)
    assert (one.about, one.material) == ("statement", None)
    shown = as_(year.chen).get(f"{LIST}{one.pk}/").content.decode()
    assert "the statement" in shown


def test_where_the_unit_signed_nothing_the_page_says_so_and_offers_no_form(year: Scored) -> None:
    asked = as_(year.chen)
    shown = asked.get(f"{LIST}raise/A2/440700/").content.decode()
    assert "nothing of its own to be doubted" in shown
    assert "Raise the suspicion" not in shown
    shown = asked.get(f"{LIST}raise/B2/440700/").content.decode()
    for said in (year.plan.title, "all material of the item", "the statement", "the self-score"):
        assert said in shown
    told = {"about": "self_score", "grounds": "自评分没有依据"}
    assert asked.post(f"{LIST}raise/B2/440700/", told).status_code == 302
    assert Suspicion.objects.get().about == "self_score"


def test_the_database_holds_that_a_piece_of_material_is_material(year: Scored) -> None:
    with pytest.raises(IntegrityError):
        Suspicion.objects.create(
            assessment=year.assessment, unit=year.jiangmen, body=year.market, item="B2",
            material=year.plan, about="statement", grounds="x", raised_by=year.sun, raised_at=year.now,
        )  # fmt: skip


def test_the_steps_are_called_alike_on_every_page(year: Scored) -> None:
    one = raised(year)
    shown = as_(year.chen).get(f"{LIST}{one.pk}/hear/").content.decode()
    assert "<h1>Write down what the unit said" in shown
    assert ">Write down what the unit said</button>" in shown
    one = heard(year, one)
    for move, title in (("confirm", "Find it forged"), ("clear", "Clear it")):
        shown = as_(year.zhao).get(f"{LIST}{one.pk}/decide/{move}/").content.decode()
        assert f"<h1>{title}" in shown
        assert f">{title}</button>" in shown
