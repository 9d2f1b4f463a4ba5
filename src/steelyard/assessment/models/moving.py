"""What a table has in common with its table of moves: the column, the check, the trigger that holds it."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from steelyard.kernel.moves import Moves


def state_column(moves: Moves[Any, Any]) -> models.CharField:
    choices = [(state.value, title.en) for state, title in moves.states.items()]
    return models.CharField(_("state"), max_length=12, choices=choices, default=moves.begins.value)


def known_states(
    moves: Moves[Any, Any], name: str, column: str = "state"
) -> models.CheckConstraint:
    known = [state.value for state in moves.states]
    return models.CheckConstraint(condition=Q(**{f"{column}__in": known}), name=name)


def moves_by_the_table(moves: Moves[Any, Any], column: str = "state") -> pgtrigger.FSM:
    return pgtrigger.FSM(name="moves", field=column, transitions=moves.steps())


def never_deleted() -> pgtrigger.Protect:
    return pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)


def never_altered() -> pgtrigger.Protect:
    """A row that is written once."""
    return pgtrigger.Protect(name="never_altered", operation=pgtrigger.Update | pgtrigger.Delete)


def someone(*, may_be_nobody: bool = False) -> models.ForeignKey:
    """An account that did it."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=may_be_nobody
    )
