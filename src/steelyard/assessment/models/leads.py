"""Leads 线索 from the public, whose informants are protected."""

from __future__ import annotations

import functools
import operator

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from steelyard.assessment.models.assessments import Assessment
from steelyard.assessment.models.moving import (
    kept_while,
    known_states,
    moves_by_the_table,
    never_altered,
    never_deleted,
    someone,
    state_column,
    would_change,
)
from steelyard.assessment.models.visits import Visit
from steelyard.assessment.rules.leads import CHANNELS
from steelyard.assessment.rules.states import LEAD, LeadState
from steelyard.people.models import Organisation
from steelyard.trail.traced import Traced

TOLD = ("text", "channel", "office", "receipt", "matter", "place", "happened")
PLACED = ("unit", "assessment")
TOLD_WOULD_CHANGE = functools.reduce(
    operator.or_,
    (pgtrigger.Q(**{f"old__{one}__isnull": False}) & would_change(one) for one in PLACED),
    would_change(*TOLD),
)
"""What was told stays; which unit and which assessment it is about is said once."""


class Lead(Traced):
    """What somebody told of a unit, by the hotline, the form, a letter. Who told is kept apart.

    Whoever told it was given the number of its receipt. One that came by the public form may belong to no
    assessment yet, and name no unit that we know: then it waits in the inbox of an office.

    What was told and concluded never stands in the trail, and the history is the office's: a text may
    give away who wrote it, and a unit does not learn that there is a lead.
    """

    whose = "office"

    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, null=True, related_name="leads"
    )
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    item = models.CharField(_("item"), max_length=40, blank=True)
    channel = models.CharField(
        _("channel"), max_length=10, choices=[(one.value, CHANNELS[one].en) for one in CHANNELS]
    )
    text = models.TextField(_("what was told"))
    receipt = models.CharField(_("receipt"), max_length=20, unique=True, null=True)
    matter = models.CharField(_("matter"), max_length=120, blank=True)
    place = models.CharField(_("where it happened"), max_length=250, blank=True)
    happened = models.CharField(_("when it happened"), max_length=120, blank=True)
    received_by = someone(may_be_nobody=True)
    received_at = models.DateTimeField(_("received at"))
    state = state_column(LEAD)
    conclusion = models.TextField(_("conclusion"), blank=True)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, related_name="leads")
    concluded_by = someone(may_be_nobody=True)
    concluded_at = models.DateTimeField(_("concluded at"), null=True)

    class Meta(Traced.Meta):
        verbose_name = _("lead")
        ordering = ("-id",)
        constraints = [
            known_states(LEAD, "lead_state"),
            models.CheckConstraint(
                condition=~Q(state__in=("confirmed", "unfounded"))
                | ~Q(conclusion="") & Q(concluded_by__isnull=False, concluded_at__isnull=False),
                name="lead_concluded_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(assessment__isnull=True) | Q(unit__isnull=False),
                name="lead_placed_whole",
            ),
            models.CheckConstraint(
                condition=Q(assessment__isnull=False) | Q(state__in=("new", "unfounded")),
                name="lead_placed_before_it_is_checked",
            ),
        ]
        triggers = [
            *Traced.Meta.triggers,
            kept_while(
                (LeadState.CONFIRMED, LeadState.UNFOUNDED),
                "conclusion", "concluded_by", "concluded_at",
            ),
            moves_by_the_table(LEAD),
            pgtrigger.Protect(
                name="told_stays", operation=pgtrigger.Update, condition=TOLD_WOULD_CHANGE
            ),
            never_deleted(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"#{self.pk}"


class Informant(Traced):
    """Who told of a lead, sealed with the key of the office; it never stands in the trail."""

    lead = models.OneToOneField(Lead, on_delete=models.PROTECT, related_name="informant")
    sealed = models.BinaryField(_("sealed"))

    class Meta(Traced.Meta):
        verbose_name = _("informant")
        triggers = [*Traced.Meta.triggers, never_altered()]

    def __str__(self) -> str:
        return "***"


class InformantRead(Traced):
    """Somebody opened the seal of an informant, and why."""

    informant = models.ForeignKey(Informant, on_delete=models.PROTECT, related_name="reads")
    by = someone()
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"))

    class Meta(Traced.Meta):
        verbose_name = _("reading of an informant")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="read_with_reason")]
        triggers = [*Traced.Meta.triggers, never_altered()]

    def __str__(self) -> str:
        return f"{self.by} · {self.at}"
