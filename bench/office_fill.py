"""Fill a fresh office: officers who are signed in, each with a delivery to save, and a long list.

``python -m bench.office_fill OFFICERS ROWS`` prints as JSON who is signed in, and what is theirs.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from typing import Any

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.bare_office.site import TABLE  # noqa: E402
from steelyard.config.demo import PROVINCE  # noqa: E402
from steelyard.people.models import Account, Holding, Organisation, Placement  # noqa: E402
from steelyard.people.rules.roles import Role  # noqa: E402
from steelyard.regions import SAMPLED  # noqa: E402
from steelyard.supply.actions import deliveries as actions  # noqa: E402
from steelyard.supply.models import Delivery  # noqa: E402
from steelyard.supply.queries import load_catalogue  # noqa: E402

SINCE = date(2000, 1, 1)
SHEET = SAMPLED["guangdong"] / "sample_deliveries/sample_trainings_2025.csv"
_KEPT = "file_hash", "file_name", "rows", "fault_count", "faults", "cut_off", "starts", "ends"


def main(officers: int, rows: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    with transaction.atomic():
        bodies = _bodies(officers)
        people = _people(bodies)
        office = Account.objects.get(username=Role.ASSESSING_OFFICE.value)
        _long_list(bodies, people, office, rows)
    mine = _to_save(bodies, people)
    signed_in = [
        {"account": one.pk, "delivery": delivery.pk, "session": session_of(one)}
        for one, delivery in zip(people, mine, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(json.dumps({"officers": signed_in, "reader": session_of(office)}))


def _bodies(count: int) -> list[Organisation]:
    """So many bodies below the province."""
    top = Organisation.objects.get(code=PROVINCE)
    bodies = Organisation.objects.bulk_create(
        Organisation(
            code=f"bench-{at}", name_zh=f"测速单位{at}", name_en=f"Body {at}",
            kind="department", starts=SINCE,
        )
        for at in range(count)
    )  # fmt: skip
    Placement.objects.bulk_create(
        Placement(organisation=one, parent=top, starts=SINCE) for one in bodies
    )
    return bodies


def _people(bodies: list[Organisation]) -> list[Account]:
    """One supplier a body."""
    people = Account.objects.bulk_create(
        Account(username=f"bench-{at}", name=f"测速{at}", password="!")
        for at, _ in enumerate(bodies)
    )
    Holding.objects.bulk_create(
        Holding(account=one, organisation=body, role=Role.SUPPLYING_BODY, starts=SINCE)
        for one, body in zip(people, bodies, strict=True)
    )
    return people


def _to_save(bodies: list[Organisation], people: list[Account]) -> list[Delivery]:
    """A draft of each officer; the first is sent in earnest, the others hold the same sheet."""
    said = actions.Details(
        table="trainings", starts=date(2025, 1, 1), ends=date(2026, 1, 1),
        cut_off=date(2025, 12, 31), sample=True,
    )  # fmt: skip
    sheet = actions.File(SHEET.name, SHEET.read_bytes())
    first = actions.upload(
        body=bodies[0], details=said, file=sheet, by=people[0].pk, now=timezone.now()
    )
    same = {name: getattr(first, name) for name in _KEPT}
    others = Delivery.objects.bulk_create(
        Delivery(
            name=f"bench-{body.pk}", body=body, table_code="trainings", status="draft", sample=True,
            uploaded_by=one, uploaded_at=first.uploaded_at, **same,
        )
        for one, body in zip(people[1:], bodies[1:], strict=True)
    )  # fmt: skip
    return [first, *others]


def _long_list(
    bodies: list[Organisation], people: list[Account], office: Account, rows: int
) -> None:
    """Accepted deliveries of all bodies, of other periods than those that are saved, and newer."""
    tables, tomorrow = sorted(load_catalogue().tables), timezone.now() + timedelta(days=1)
    listed = []
    for at in range(rows):
        by = at % len(bodies)
        year, table = divmod(at // len(bodies), len(tables))
        when = tomorrow - timedelta(seconds=at)
        told: dict[str, Any] = {"uploaded_at": when, "signed_at": when, "decided_at": when}
        listed.append(
            Delivery(
                name=f"list-{at}", body=bodies[by], table_code=tables[table], rows=at % 900 + 1,
                starts=date(2005 + year, 1, 1), ends=date(2006 + year, 1, 1),
                cut_off=date(2005 + year, 12, 31), status="accepted", file_hash="sha256:none",
                file_name="list.csv", uploaded_by=people[by], signer=people[by],
                signer_name=str(people[by]), decided_by=office, **told,
            )
        )  # fmt: skip
    Delivery.objects.bulk_create(listed, batch_size=1000)


def session_of(account: Account) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
