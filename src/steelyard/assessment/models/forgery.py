"""Forged or false material: suspected, heard, confirmed or cleared; visible ever after."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from steelyard.assessment.models.assessments import Assessment
from steelyard.assessment.models.collection import Material
from steelyard.assessment.models.moving import (
    kept_while,
    known_states,
    moves_by_the_table,
    never_deleted,
    someone,
    state_column,
)
from steelyard.assessment.rules.forgery import ABOUT, About
from steelyard.assessment.rules.states import SUSPICION, SuspicionState
from steelyard.people.models import Organisation
from steelyard.trail.traced import Traced


class Suspicion(Traced):
    """Somebody holds what a unit said of an item to be forged or false. Confirmed, the item is zero.

    ``about``: what is doubted; ``material``: the piece, if it is one in particular.

    ``body``: the one that scores the item. ``statement``: what the unit wrote itself. ``heard_on``: the
    day on which it was heard; ``was_silent``: it said nothing by its day.
    """

    whose = "assessment"
    """In the trail: of the office."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="suspicions")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(_("item"), max_length=40)
    material = models.ForeignKey(
        Material, on_delete=models.PROTECT, null=True, related_name="suspicions"
    )
    about = models.CharField(
        _("what is doubted"), max_length=10, choices=[(one.value, ABOUT[one].en) for one in About],
        default=About.MATERIAL.value,
    )  # fmt: skip
    grounds = models.TextField(_("grounds"))
    raised_by = someone()
    raised_at = models.DateTimeField(_("raised at"))
    state = state_column(SUSPICION)
    heard_by = someone(may_be_nobody=True)
    heard_at = models.DateTimeField(_("heard at"), null=True)
    heard_on = models.DateField(_("heard on"), null=True)
    statement = models.TextField(_("statement of the unit"), blank=True)
    stated_by = someone(may_be_nobody=True)
    stated_at = models.DateTimeField(_("stated at"), null=True)
    was_silent = models.BooleanField(_("was silent"), default=False)
    hearing = models.TextField(_("what the unit said"), blank=True)
    decided_by = someone(may_be_nobody=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decision = models.TextField(_("decision"), blank=True)

    class Meta(Traced.Meta):
        verbose_name = _("suspicion of forged material")
        ordering = ("-id",)
        constraints = [
            known_states(SUSPICION, "suspicion_state"),
            models.CheckConstraint(
                condition=~Q(state__in=("heard", "confirmed"))
                | ~Q(hearing="")
                & Q(heard_by__isnull=False, heard_at__isnull=False, heard_on__isnull=False),
                name="suspicion_heard",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("confirmed", "cleared"))
                | ~Q(decision="") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="suspicion_decided_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("raised_by")),
                name="suspicion_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(statement="", stated_by__isnull=True, stated_at__isnull=True)
                | ~Q(statement="") & Q(stated_by__isnull=False, stated_at__isnull=False),
                name="suspicion_statement_is_somebodys",
            ),
            models.CheckConstraint(
                condition=~Q(was_silent=True) | Q(statement=""), name="suspicion_silent_or_stated"
            ),
            models.CheckConstraint(
                condition=Q(material__isnull=True) | Q(about="material"),
                name="suspicion_about_its_material",
            ),
            models.UniqueConstraint(
                fields=("assessment", "unit", "item"),
                condition=Q(state__in=("suspected", "heard")),
                name="suspicion_one_open",
            ),
        ]
        triggers = [
            *Traced.Meta.triggers,
            pgtrigger.ReadOnly(
                name="raised_as_raised",
                fields=["assessment", "unit", "body", "item", "about", "material", "grounds", "raised_by",
                        "raised_at"],
            ),
            kept_while(
                (SuspicionState.CONFIRMED, SuspicionState.CLEARED),
                "statement", "stated_by", "stated_at", "was_silent", "hearing", "heard_by",
                "heard_at", "heard_on", "decision", "decided_by", "decided_at",
            ),
            moves_by_the_table(SUSPICION),
            never_deleted(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit} · {self.item}"
