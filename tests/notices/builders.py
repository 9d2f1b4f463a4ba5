"""The people that are told."""

from __future__ import annotations

from datetime import date

from steelyard.people.models import Account, Holding, Organisation


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
