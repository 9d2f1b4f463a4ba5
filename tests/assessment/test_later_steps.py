"""A day that is put off past the cut-off of records, or past another later day of the same assessment, is told before
it is signed and ever after; a provisional day is called so where the unit reads it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from steelyard.assessment.models import Assessment, Submission
from steelyard.assessment.queries.later_steps import CUT_OFF, later_steps
from steelyard.assessment.rules.states import Stage
from steelyard.kernel.refusals import Refused
from steelyard.notices.actions import extend_deadline
from steelyard.notices.later import steps_passed
from steelyard.notices.models import Deadline, Extension
from steelyard.people.models import Account
from tests.assessment.reported import comparing
from tests.assessment.year import Year

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Year:
    """Records are cut off two days after the submissions are due."""
    found = Year()
    found.at(Stage.COLLECTING)
    Assessment.objects.filter(pk=found.assessment.pk).update(
        cut_off=clock(found).due + timedelta(2)
    )
    found.assessment.refresh_from_db()
    return found


def clock(year: Year) -> Deadline:
    return Submission.objects.get(unit=year.jiangmen).deadline


def signed_in(who: Account, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(who)
    return client


def page(year: Year, who: Account, language: str = "en") -> str:
    path = f"/assessments/2021/submissions/{Submission.objects.get(unit=year.jiangmen).pk}/"
    return signed_in(who, language).get(path).content.decode()


def of_the_deadline(year: Year, who: Account) -> str:
    return signed_in(who).get(f"/deadlines/{clock(year).pk}/").content.decode()


def put_off(year: Year, **told: object):
    sent = {"working_days": 5, "reason": "系统停机", "version": clock(year).version, **told}
    return signed_in(year.chen).post(f"/deadlines/{clock(year).pk}/", sent)


def test_before_it_is_signed_the_page_names_the_days_ahead(year: Year) -> None:
    said = of_the_deadline(year, year.chen)
    ahead = said.split('id="ahead"')[1].split("</ul>")[0]
    assert f"{year.assessment.cut_off} cut-off of records" in ahead
    assert "It may end after a later day" in said
    assert "It ends after a later day" not in said


def test_past_the_cut_off_it_is_put_off_knowingly_alone(year: Year) -> None:
    answer = put_off(year)
    assert answer.status_code == 422
    assert f"after a later day of the same work: {year.assessment.cut_off} cut-off" in (
        answer.content.decode()
    )
    assert not Extension.objects.exists()
    assert put_off(year, passes_knowingly="on").status_code == 302
    assert Extension.objects.count() == 1


def test_the_action_refuses_it_to_whoever_does_not_know(year: Year) -> None:
    told = {"deadline": clock(year).pk, "reason": "系统停机", "by": year.chen.pk, "now": year.now}
    with pytest.raises(Refused) as refused:
        extend_deadline(working_days=5, **told)
    assert [one.code for one in refused.value.refusals] == ["passes_a_later_step"]
    assert [one.field for one in refused.value.refusals] == ["passes_knowingly"]


def test_up_to_the_cut_off_itself_nothing_is_asked(year: Year) -> None:
    Assessment.objects.update(cut_off=clock(year).due + timedelta(60))
    assert put_off(year).status_code == 302


def test_ever_after_unit_and_office_read_that_it_ends_too_late(year: Year) -> None:
    assert "cut-off of records" not in page(year, year.tan)
    put_off(year, passes_knowingly="on")
    said = f"after {year.assessment.cut_off}, cut-off of records"
    assert said in page(year, year.tan)
    assert f"晚于{year.assessment.cut_off}：数据截止日" in page(year, year.tan, "zh-hans")
    for who in (year.tan, year.chen):
        assert "It ends after a later day of the same work" in of_the_deadline(year, who)


def test_once_it_has_passed_a_day_a_further_extension_is_not_asked_of_that_day_again(
    year: Year,
) -> None:
    put_off(year, passes_knowingly="on")
    assert put_off(year, reason="再次停机").status_code == 302
    assert Extension.objects.count() == 2


def test_a_day_that_a_calendar_not_announced_was_counted_for_is_called_provisional(
    year: Year,
) -> None:
    settled = clock(year)
    if not settled.provisional:
        assert "provisional" not in page(year, year.tan)
    Extension.objects.create(
        deadline=settled, working_days=1, reason="停机", was_due=settled.due,
        due=settled.due + timedelta(1), counted_zh="试", counted_en="x", provisional=True,
        by=year.chen, at=year.now,
    )  # fmt: skip
    assert "provisional" in page(year, year.tan)
    assert "暂定" in page(year, year.tan, "zh-hans")
    assert "provisional" in of_the_deadline(year, year.tan)
    listed = signed_in(year.chen).get("/deadlines/").content.decode()
    assert listed.count("provisional") >= 1
    (ours,) = (
        one
        for one in signed_in(year.tan).get("/api/deadlines").json()["deadlines"]
        if one["number"] == settled.pk
    )
    assert ours["provisional"] is True


def test_a_corrected_sheet_is_due_before_the_differences_are_settled() -> None:
    year = Year()
    comparing(year)
    settling = Deadline.objects.get(task="settle")
    sheets = Deadline.objects.filter(task="supply").first() or Deadline(
        area="assessment", task="supply", path="/assessments/2021/sheets/1/", due=settling.due
    )
    assert [one.on for one in later_steps(sheets)] == [year.assessment.cut_off, settling.due]
    assert [one.what for one in later_steps(settling)] == [CUT_OFF]


def test_a_deadline_of_another_work_has_no_later_days(year: Year) -> None:
    Assessment.objects.update(cut_off=date(2022, 1, 10))
    other = Deadline(area="supply", task="supply", path="/requests/1/", due=timezone.localdate())
    assert list(later_steps(other)) == []
    assert steps_passed(clock(year))[0].on == date(2022, 1, 10)
