"""Whose is a row? Its history may be seen by those who see the trail of that organisation.

The tables say so themselves: a row belongs to the organisation that it names first, else to that
of the row it hangs on, else to those in which its account ever held a role. A test lists the answer
for every table.

What was told to a person who serves in two organisations can be of either. So the history of what
hangs on an account alone is seen by who sees the trail of all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from steelyard.people.models import Account, Holding, Organisation

Row = Mapping[str, Any]
"""Column → value as the trail keeps it."""

DEEP = 4
"""How many rows a row may hang on before it belongs to nobody."""


def names_its_organisation(model: type[models.Model]) -> models.ForeignKey | None:
    """The first column that says whose a row is: an organisation, else another row, else a person.

    A table whose rows name an organisation that must not see them says itself which column it is,
    by an attribute ``whose``.
    """
    said = getattr(model, "whose", "")
    if said:
        return model._meta.get_field(said)
    keys = [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and not field.null
    ]
    wanted = (
        lambda to: to is Organisation,
        lambda to: to not in (Organisation, Account),
        lambda to: to is Account,
    )
    return next((key for fits in wanted for key in keys if fits(key.related_model)), None)


def organisations_of(model: type[models.Model], row: Row, deep: int = DEEP) -> frozenset[int]:
    """The organisations that a row belongs to; none, if it belongs to the office as a whole."""
    if model is Organisation:
        return frozenset({row["id"]})
    if model is Account:
        return frozenset(
            Holding.objects.filter(account=row["id"]).values_list("organisation", flat=True)
        )
    key = names_its_organisation(model)
    if key is None or deep == 0 or row.get(key.column) is None:
        return frozenset()
    if key.related_model is Organisation:
        return frozenset({row[key.column]})
    above = key.related_model._base_manager.filter(pk=row[key.column]).values().first()
    if key.related_model is Account:
        above = {"id": row[key.column]}
    return organisations_of(key.related_model, above, deep - 1) if above else frozenset()


def hangs_on_an_account(model: type[models.Model], deep: int = DEEP) -> bool:
    """Whether its rows are of persons and of no one organisation, such as what they were told."""
    key = names_its_organisation(model)
    if key is None or deep == 0 or key.related_model is Organisation:
        return False
    return key.related_model is Account or hangs_on_an_account(key.related_model, deep - 1)


def is_still_its_own(model: type[models.Model], row: Row) -> bool:
    """Whether a row is no business of anybody above its organisation yet, such as words not signed.

    A table with such rows says so itself, by a function ``still_its_own`` of a row.
    """
    said = getattr(model, "still_its_own", None)
    return said is not None and bool(said(row))
