"""A weighing ended: whoever asked for it is told that it was refused, the units that they can read their points."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from steelyard.assessment.actions.weighings import carry_out
from steelyard.assessment.models import Weighing
from steelyard.assessment.rules.frozen.weighings import MOST_ATTEMPTS
from steelyard.assessment.rules.states import WeighingState
from steelyard.notices.models import Notice
from tests.assessment.frozen_year import frozen
from tests.assessment.year import Year

pytestmark = pytest.mark.django_db

HERE = "/assessments/2021/"


def test_whoever_asked_is_told_that_it_could_not_be_weighed() -> None:
    year = Year()
    asked = frozen(year)
    Weighing.objects.filter(pk=asked.pk).update(attempts=MOST_ATTEMPTS)
    ended = carry_out(weighing=asked.pk, now=timezone.now)
    assert ended.state == WeighingState.REFUSED
    notice = Notice.objects.get(kind="weighing_refused")
    assert (notice.account, notice.path) == (ended.asked_by, f"{HERE}weighings/{ended.pk}/")
    assert not Notice.objects.filter(kind="points_to_read").exists()


def test_the_people_of_a_unit_are_told_that_its_points_can_be_read() -> None:
    year = Year()
    assert year.tan.pk
    assert year.huang.pk
    assert year.mo.pk
    asked = frozen(year)
    assert not Notice.objects.filter(kind="points_to_read").exists()
    carry_out(weighing=asked.pk, now=timezone.now)
    told = Notice.objects.filter(kind="points_to_read", path__contains="440700")
    assert {one.account for one in told} == {year.tan, year.huang}
    assert {one.path for one in told} == {f"{HERE}side-by-side/440700/"}
    client = Client()
    client.force_login(year.huang)
    assert client.get(told[0].path).status_code == 200
    assert f"{HERE}side-by-side/440700/" in client.get(HERE).content.decode()
    carry_out(weighing=asked.pk, now=timezone.now)
    assert told.count() == 2


def test_the_office_and_its_head_are_told_once_that_it_is_weighed() -> None:
    year = Year()
    assert year.qian.pk
    assert year.zhao.pk
    asked = frozen(year)
    assert not Notice.objects.filter(kind="weighed").exists()
    for _ in range(2):
        carry_out(weighing=asked.pk, now=timezone.now)
    told = Notice.objects.filter(kind="weighed").select_related("account")
    assert sorted(one.account.name for one in told) == sorted(["钱科长", "陈主任", "赵局长"])
    assert {one.path for one in told} == {f"{HERE}weighings/{asked.pk}/"}
    client = Client()
    for one in told:
        client.force_login(one.account)
        assert client.get(one.path).status_code == 200


def test_of_what_a_person_froze_nothing_is_said_to_be_automatic() -> None:
    year = Year()
    asked = frozen(year)
    client = Client(headers={"accept-language": "en"})
    client.force_login(year.chen)
    for at in (HERE, f"{HERE}weighings/", f"{HERE}weighings/{asked.pk}/"):
        assert "automatically on the cut-off" not in client.get(at).text
    assert not Notice.objects.filter(kind="frozen_by_itself").exists()
