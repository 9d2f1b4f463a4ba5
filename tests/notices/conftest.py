"""People and a database whose transactions are real, for tests of workers that run side by side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connections, transaction

from steelyard.people.models import Account, Holding, Organisation

TABLES = (
    "notices_extension, notices_deadline, notices_notice, notices_mail, notices_preference,"
    " people_holding, people_placement, people_account, people_organisation, trail_entry,"
    " procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers"
)


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """What is written is seen by other connections. Afterwards the tables are emptied, for which
    the triggers that forbid it must be put to sleep: the database's owner alone may do that."""
    with django_db_blocker.unblock():
        yield
        with transaction.atomic(), connections["default"].cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(f"TRUNCATE {TABLES} CASCADE")
        connections.close_all()


def organisation(code: str = "440100", kind: str = "city") -> Organisation:
    return Organisation.objects.create(
        code=code, name_zh=f"机构{code}", kind=kind, starts=date(2000, 1, 1)
    )


def account(name: str = "李明", **told: object) -> Account:
    number = Account.objects.count()
    return Account.objects.create(
        **{"username": f"user{number}", "name": name, "email": f"u{number}@example.org", **told}
    )


def holding(who: Account, where: Organisation, role: str = "city_officer") -> Holding:
    return Holding.objects.create(
        account=who, organisation=where, role=role, starts=date(2020, 1, 1)
    )
