"""The people of a demonstration, and the first person of an office that has none."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import MD5PasswordHasher

from steelyard.config import appoint as first
from steelyard.config import demo
from steelyard.kernel.refusals import Refused
from steelyard.people.models import Account, Holding, Organisation, Placement
from steelyard.people.rules.roles import Role
from steelyard.trail.models import Entry

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_passwords(settings: pytest.FixtureRequest) -> None:
    settings.PASSWORD_HASHERS = [f"{MD5PasswordHasher.__module__}.MD5PasswordHasher"]


def test_every_role_has_one_account_and_every_organisation_its_place() -> None:
    opened = demo.load_demo(now=NOW)
    assert demo.let_in() == len(Role)
    assert [user for user, _ in opened] == [role.value for role in Role]
    assert Organisation.objects.count() == 1 + 21 + 7 + 16
    assert set(Placement.objects.values_list("parent__code").distinct()) == {
        ("440000",),
        ("440700",),
    }
    for role in Role:
        holding = Holding.objects.get(role=role)
        assert holding.account.username == role.value
        assert authenticate(username=role.value, password=demo.PASSWORD) == holding.account
        assert holding.account.is_demo


def test_loading_again_changes_nothing() -> None:
    demo.load_demo(now=NOW)
    written = Entry.objects.count()
    assert demo.load_demo(now=NOW) == []
    assert Entry.objects.count() == written


def appointed(username: str = "li", code: str = "440000") -> str:
    return first.appoint(
        username=username, name="李明", code=code, organisation="某省知识产权局",
        kind="department", now=NOW,
    )  # fmt: skip


def test_the_first_administrator_can_sign_in_and_holds_the_role_from_today() -> None:
    password = appointed()
    account = authenticate(username="li", password=password)
    holding = Holding.objects.get(account=account)
    assert (holding.role, str(holding.organisation), holding.starts) == (
        Role.ADMINISTRATOR,
        "某省知识产权局",
        date(2026, 3, 2),
    )
    assert not account.is_demo


def test_an_organisation_that_is_there_is_taken_as_it_is() -> None:
    demo.load_demo(now=NOW)
    appointed(code="440700")
    assert Holding.objects.get(account__username="li").organisation.name_zh == "江门市"


def test_a_user_name_that_is_taken_is_refused_and_nothing_is_opened() -> None:
    appointed()
    with pytest.raises(Refused):
        appointed(code="another")
    assert Organisation.objects.count() == 1
    assert Account.objects.count() == 1
