"""What a table has in common with its table of moves: the column, the check, the triggers that hold it and
keep what was decided."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable
from enum import StrEnum
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


def would_change(*columns: str) -> pgtrigger.Q:
    """One of these columns would be another than before."""
    changes = (pgtrigger.Q(**{f"old__{one}__df": pgtrigger.F(f"new__{one}")}) for one in columns)
    return functools.reduce(operator.or_, changes)


def kept_while(
    states: Iterable[StrEnum], *columns: str, column: str = "state"
) -> pgtrigger.Protect:
    """What was signed, scored or decided stays as it was said, until a move of the table opens it again."""
    here = pgtrigger.Q(**{f"old__{column}__in": [one.value for one in states]})
    stays = pgtrigger.Q(**{f"new__{column}": pgtrigger.F(f"old__{column}")})
    return pgtrigger.Protect(
        name="kept", operation=pgtrigger.Update, condition=here & stays & would_change(*columns)
    )


def sealed(why: str, when: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    """A write is refused while the query ``when`` finds anything."""
    return pgtrigger.Trigger(
        name="sealed",
        when=pgtrigger.Before,
        operation=operation,
        func=f"""
            IF EXISTS ({when}) THEN
                RAISE EXCEPTION '{why}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


def someone(*, may_be_nobody: bool = False) -> models.ForeignKey:
    """An account that did it."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=may_be_nobody
    )
