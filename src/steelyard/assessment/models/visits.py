"""On-site checks 实地检查, and leads 线索 from the public, whose informants are protected."""

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
from steelyard.assessment.rules.leads import CHANNELS
from steelyard.assessment.rules.states import LEAD, VISIT, LeadState, VisitState
from steelyard.people.models import Organisation
from steelyard.trail.traced import Traced

ONLY_WHILE_OPEN = """
    IF (SELECT state FROM assessment_visit WHERE id = NEW.visit_id) IN ('done', 'cancelled') THEN
        RAISE EXCEPTION 'the visit is over: its findings stand'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""
TOLD = ("text", "channel", "office", "receipt", "matter", "place", "happened")
PLACED = ("unit", "assessment")
TOLD_WOULD_CHANGE = functools.reduce(
    operator.or_,
    (pgtrigger.Q(**{f"old__{one}__isnull": False}) & would_change(one) for one in PLACED),
    would_change(*TOLD),
)
"""What was told stays; which unit and which assessment it is about is said once."""


def while_it_is_open() -> pgtrigger.Trigger:
    """Of a visit that is done, or was cancelled, the findings stand as they are."""
    return pgtrigger.Trigger(
        name="only_while_open",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=ONLY_WHILE_OPEN,
    )


class Visit(Traced):
    """A visit to a unit. An unannounced one does not exist for the unit until it is done.

    Its history is the office's: who sees the trail of the unit does not see it.
    """

    whose = "assessment"

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="visits")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    planned_on = models.DateField(_("planned for"))
    is_unannounced = models.BooleanField(_("unannounced"), default=False)
    team = models.CharField(_("team"), max_length=400)
    places = models.TextField(_("where"), blank=True)
    items = models.JSONField(_("items"), default=list)
    state = state_column(VISIT)
    announced_by = someone(may_be_nobody=True)
    announced_at = models.DateTimeField(_("announced at"), null=True)
    visited_on = models.DateField(_("visited on"), null=True)
    summary = models.TextField(_("summary"), blank=True)
    reason = models.TextField(_("why it was cancelled"), blank=True)
    planned_by = someone()
    planned_at = models.DateTimeField(_("planned at"))
    reported_by = someone(may_be_nobody=True)
    reported_at = models.DateTimeField(_("reported at"), null=True)

    class Meta(Traced.Meta):
        verbose_name = _("visit")
        ordering = ("planned_on", "id")
        constraints = [
            known_states(VISIT, "visit_state"),
            models.CheckConstraint(
                condition=~Q(state="announced")
                | Q(announced_by__isnull=False, announced_at__isnull=False),
                name="visit_announced_whole",
            ),
            models.CheckConstraint(
                condition=Q(is_unannounced=False)
                | ~Q(state="announced") & Q(announced_at__isnull=True),
                name="visit_unannounced_stays_so",
            ),
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(visited_on__isnull=False, reported_by__isnull=False, reported_at__isnull=False),
                name="visit_reported_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(reason=""), name="visit_cancelled_with_reason"
            ),
        ]
        triggers = [
            *Traced.Meta.triggers,
            kept_while(
                (VisitState.DONE, VisitState.CANCELLED),
                "planned_on", "is_unannounced", "team", "places", "items", "announced_by",
                "announced_at", "visited_on", "summary", "reason", "reported_by", "reported_at",
            ),
            moves_by_the_table(VISIT),
            never_deleted(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit} · {self.planned_on}"


class Finding(Traced):
    """What was seen on a visit, about an item; photographs hang on it as files."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="findings")
    item = models.CharField(_("item"), max_length=40, blank=True)
    is_defect = models.BooleanField(_("defect"), default=True)
    text = models.TextField(_("finding"))
    place = models.CharField(_("place"), max_length=140, blank=True)
    found_by = someone()
    found_at = models.DateTimeField(_("found at"))

    class Meta(Traced.Meta):
        verbose_name = _("finding")
        ordering = ("id",)
        triggers = [*Traced.Meta.triggers, while_it_is_open(), never_deleted()]

    def __str__(self) -> str:
        return self.text[:60]


class Lead(Traced):
    """What somebody told of a unit, by the hotline, the form, a letter. Who told is kept apart.

    One that came by the public form has a receipt. It may belong to no assessment yet, and name no
    unit that we know: then it waits in the inbox of an office.

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
