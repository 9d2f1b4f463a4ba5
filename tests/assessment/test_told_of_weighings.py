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
