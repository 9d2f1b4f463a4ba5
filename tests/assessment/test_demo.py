"""The assessments of a demonstration: every screen is full on first start, and loading again changes nothing."""

from __future__ import annotations

from collections import Counter

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.utils import timezone

from steelyard.assessment.actions.weighings import carry_out
from steelyard.assessment.demo import load_demo_assessments
from steelyard.assessment.models import (
    Answer,
    Assessment,
    Material,
    SheetVersion,
    Submission,
    Weighing,
)
from steelyard.assessment.views.parts import parts_for
from steelyard.config.demo import POSTS, load_demo
from steelyard.config.prepare import _load_deliveries
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.trail.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(settings: pytest.FixtureRequest) -> None:
    settings.PASSWORD_HASHERS = [f"{MD5PasswordHasher.__module__}.MD5PasswordHasher"]
    load_demo(now=timezone.now())
    _load_deliveries()
    load_demo_assessments(timezone.now())


def counted(code: str, part: str) -> Counter[str]:
    rows = getattr(Assessment.objects.get(code=code), part)
    return Counter(rows.values_list("state", flat=True))


def test_a_year_is_complete_and_a_year_is_at_mid_collection(loaded: None) -> None:
    assert dict(Assessment.objects.values_list("code", "stage")) == {
        "2024": "frozen",
        "2025": "collecting",
    }
    assert counted("2024", "submissions") == {"locked": 21}
    assert counted("2024", "sheets") == {"signed": 9}
    assert counted("2024", "scores") == {"scored": 21 * 18}
    assert set(counted("2024", "differences")) == {"settled"}
    assert counted("2025", "submissions") == {"filling": 21}
    assert counted("2025", "sheets") == {"signed": 4, "open": 5}
    assert SheetVersion.objects.filter(sheet__assessment__code="2025", number=2).count() == 1
    city = POSTS[Role.CITY_OFFICER]
    answers = Answer.objects.filter(submission__assessment__code="2025")
    for one in Submission.objects.filter(assessment__code="2025").select_related("unit"):
        wanted = 13 if one.unit.code == city else 10
        assert answers.filter(submission=one, self_score__isnull=False).count() >= wanted - 1
    given = answers.filter(department__code=POSTS[Role.DEPARTMENT_OFFICER])
    assert {one.submission.unit.code for one in given} == {city}
    assert Material.objects.filter(unit__code=city).count() >= 3


def test_nobody_can_sign_in_with_the_accounts_that_are_opened_besides(loaded: None) -> None:
    others = Account.objects.exclude(username__in=[role.value for role in Role])
    assert others.exists()
    assert all(one.is_demo and not one.has_usable_password() for one in others)


def test_loading_again_changes_nothing(loaded: None) -> None:
    written = Entry.objects.count()
    load_demo_assessments(timezone.now())
    assert Entry.objects.count() == written


ROLES = (
    Role.ASSESSING_OFFICE, Role.OFFICE_HEAD, Role.SUPPLYING_BODY, Role.SCORING_BODY, Role.CITY_OFFICER,
    Role.CITY_HEAD, Role.DEPARTMENT_OFFICER, Role.AUDITOR,
)  # fmt: skip


def test_the_page_of_each_assessment_answers_every_role_and_is_not_empty(loaded: None) -> None:
    for role in ROLES:
        client = Client()
        client.force_login(Account.objects.get(username=role.value))
        for code in ("2024", "2025"):
            answered = client.get(f"/assessments/{code}/", headers={"accept-language": "zh-hans"})
            assert answered.status_code == 200, (role, code)
            assert f"样本：{code}年度" in answered.content.decode(), (role, code)
            for part in parts_for(answered.wsgi_request, Assessment.objects.get(code=code)):
                if part.url:
                    assert client.get(part.url).status_code == 200, (role, code, part.url)


def test_the_records_of_the_year_that_is_complete_are_frozen_and_weighed(loaded: None) -> None:
    asked = Weighing.objects.get()
    done = carry_out(weighing=asked.pk, now=timezone.now)
    assert done.faults == []
    assert done.state == "done"
    assert done.result_hash
