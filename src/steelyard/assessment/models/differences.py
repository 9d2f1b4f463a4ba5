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
    never_deleted,
    someone,
    state_column,
)
from steelyard.assessment.rules.settling import TAKEN
from steelyard.assessment.rules.states import DIFFERENCE, DifferenceState
from steelyard.people.models import Organisation
from steelyard.trail.traced import Traced


class Difference(Traced):
    """A gap between two figures of a unit for one input. Both stay; ``value`` is the one that counts.

    ``supplied`` "" is: none was supplied.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="differences")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    input_code = models.CharField(_("input"), max_length=60)
    reported = models.CharField(_("self-reported figure"), max_length=80)
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
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.input_code}"
