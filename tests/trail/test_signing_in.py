"""Signing in is in the trail under the name of whoever signed in."""

import pytest
from django.test import Client

from steelyard.people.models import Account
from steelyard.trail.models import Entry

pytestmark = pytest.mark.django_db


def test_the_last_sign_in_is_noted_by_the_account_itself() -> None:
    li = Account.objects.create(username="li", name="李明")
    li.set_password("long-enough-2026")
    li.save()
    Client().post("/account/login/", {"login": "li", "password": "long-enough-2026"})
    last = Entry.objects.filter(table_name="people_account", row_id=li.pk).first()
    assert last.before["last_login"] is None
    assert last.after["last_login"] is not None
    assert last.actor == li.pk


def test_a_wrong_password_leaves_nothing_in_the_name_of_the_account() -> None:
    li = Account.objects.create(username="li", name="李明")
    Client().post("/account/login/", {"login": "li", "password": "guessed"})
    assert not Entry.objects.filter(actor=li.pk).exists()
