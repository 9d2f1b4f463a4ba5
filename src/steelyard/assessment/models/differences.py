"""Where a unit's own figure and the supplied one differ, and which was taken."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from steelyard.assessment.models.assessments import Assessment
from steelyard.assessment.models.moving import (
    known_states,
    moves_by_the_table,
    never_altered,
    never_deleted,
    someone,
    state_column,
    would_change,
)
from steelyard.assessment.rules.differences.settling import TAKEN
from steelyard.assessment.rules.states import DIFFERENCE, DifferenceState
from steelyard.people.models import Organisation
from steelyard.trail.traced import Traced


def _settlements_stay() -> pgtrigger.Trigger:
    """What was settled is written down beside it before it is settled otherwise or opened again."""
    stood = pgtrigger.Q(old__state=DifferenceState.SETTLED)
    return pgtrigger.Trigger(
        name="settlements_stay",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=stood
        & would_change("state", "taken", "value", "reason", "settled_by", "settled_at"),
        func="""
            IF NOT EXISTS (
                SELECT 1 FROM assessment_settlement WHERE difference_id = OLD.id
                    AND taken = OLD.taken AND value = OLD.value AND reason = OLD.reason
                    AND settled_by_id = OLD.settled_by_id AND settled_at = OLD.settled_at
            ) THEN
                RAISE EXCEPTION 'an earlier settlement stays visible' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        """,
    )


class Difference(Traced):
    """A gap between two figures of a unit for one input. Both stay; ``value`` is the one that counts.

    ``supplied`` "" is: none was supplied; ``reported`` "": an amendment has made the unit's own figure another
    one.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="differences")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    input_code = models.CharField(_("input"), max_length=60)
    reported = models.CharField(_("self-reported figure"), max_length=80, blank=True)
    supplied = models.CharField(_("supplied figure"), max_length=80, blank=True)
    state = state_column(DIFFERENCE)
    taken = models.CharField(
        _("taken"), max_length=10, blank=True, choices=[(one.value, TAKEN[one].en) for one in TAKEN]
    )
    value = models.CharField(_("figure that counts"), max_length=80, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    settled_by = someone(may_be_nobody=True)
    settled_at = models.DateTimeField(_("settled at"), null=True)

    class Meta(Traced.Meta):
        verbose_name = _("difference")
        ordering = ("input_code", "unit__code")
        constraints = [
            models.UniqueConstraint(
                fields=("assessment", "unit", "input_code"), name="difference_once"
            ),
            known_states(DIFFERENCE, "difference_state"),
            models.CheckConstraint(
                condition=~Q(state=DifferenceState.SETTLED)
                | ~Q(taken="") & ~Q(value="") & ~Q(reason="")
                & Q(settled_by__isnull=False, settled_at__isnull=False),
                name="difference_settled_with_reason",
            ),
        ]  # fmt: skip
        triggers = [
            *Traced.Meta.triggers,
            pgtrigger.ReadOnly(name="found_as_found", fields=["assessment", "unit", "input_code"]),
            moves_by_the_table(DIFFERENCE),
            never_deleted(),
            _settlements_stay(),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.input_code}"


class Settlement(Traced):
    """As a difference was settled once, and does not stand any more: since when, by whom and why.

    ``why_no_more``: the reason of the settlement that took its place, or why it was opened again.
    """

    difference = models.ForeignKey(Difference, on_delete=models.PROTECT, related_name="earlier")
    reported = models.CharField(_("self-reported figure"), max_length=80)
    supplied = models.CharField(_("supplied figure"), max_length=80, blank=True)
    taken = models.CharField(
        _("taken"), max_length=10, choices=[(one.value, TAKEN[one].en) for one in TAKEN]
    )
    value = models.CharField(_("figure that counted"), max_length=80)
    reason = models.TextField(_("reason"))
    settled_by = someone()
    settled_at = models.DateTimeField(_("settled at"))
    why_no_more = models.TextField(_("why it stands no more"))
    ended_by = someone()
    ended_at = models.DateTimeField(_("stood until"))

    class Meta(Traced.Meta):
        verbose_name = _("earlier settlement")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(value="") & ~Q(reason="") & ~Q(why_no_more=""),
                name="settlement_whole",
            )
        ]
        triggers = [*Traced.Meta.triggers, never_altered()]

    def __str__(self) -> str:
        return f"{self.difference}: {self.value}"
