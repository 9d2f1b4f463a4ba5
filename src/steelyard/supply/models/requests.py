"""A body is asked for a table by a day. What was asked for stays as it was asked."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from steelyard.people.models import Organisation
from steelyard.supply.models.deliveries import SAME, Delivery
from steelyard.supply.rules.requests import MOVES, STATES, State
from steelyard.trail.traced import Traced


class DeliveryRequest(Traced):
    """A body is asked for a table of a period by a day. When it is due, its deadline says.

    What was asked for stays as it was asked; its state moves by the table of moves alone.
    ``corrects``: the accepted delivery that is to be corrected, if that is what is asked for.
    ``delivery``: the one that met it. ``days_late``: of the latest of its clocks, never less.
    """

    body = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="requests", verbose_name=_("body")
    )
    table_code = models.CharField(_("table"), max_length=60)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    covers = models.CharField(_("covers"), max_length=400, blank=True)
    cut_off = models.DateField(_("cut-off"))
    working_days = models.PositiveSmallIntegerField(_("working days"))
    note = models.TextField(_("note"), blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"))
    state = models.CharField(
        _("state"), max_length=10, choices=[(one.value, STATES[one].en) for one in State]
    )
    corrects = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, null=True, related_name="asked_to_correct"
    )
    delivery = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, null=True, related_name="requests"
    )
    met_on = models.DateField(_("met on"), null=True)
    days_late = models.PositiveSmallIntegerField(_("working days late"), default=0)
    urged_on = models.DateField(_("urged on"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    reason = models.TextField(_("why it was withdrawn"), blank=True)

    class Meta(Traced.Meta):
        verbose_name = _("delivery request")
        verbose_name_plural = _("delivery requests")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=("starts", "ends", "body"), name="request_of_a_period"),
            models.Index(fields=("delivery",), name="request_met_by"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="request_days"),
            models.CheckConstraint(
                condition=Q(cut_off__gte=F("starts")), name="request_cut_off_in_its_period"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in State]), name="request_state"
            ),
            models.UniqueConstraint(
                fields=SAME, condition=Q(state=State.OPEN), name="request_one_open"
            ),
            models.UniqueConstraint(
                fields=("delivery",), condition=Q(state=State.MET), name="request_met_once"
            ),
            models.CheckConstraint(
                condition=Q(state=State.MET, delivery__isnull=False, met_on__isnull=False)
                | ~Q(state=State.MET) & Q(delivery__isnull=True, met_on__isnull=True),
                name="request_met_by_something",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WITHDRAWN)
                & Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True, reason="")
                | Q(state=State.WITHDRAWN, withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                & ~Q(reason=""),
                name="request_withdrawn_with_reason",
            ),
        ]
        triggers = [
            *Traced.Meta.triggers,
            pgtrigger.ReadOnly(
                name="asked_as_asked",
                fields=[
                    "body", "table_code", "starts", "ends", "covers", "cut_off", "working_days",
                    "note", "asked_by", "asked_at", "corrects",
                ],
            ),
            pgtrigger.FSM(
                name="moves",
                field="state",
                transitions=sorted(
                    {(a.value, b.value) for (a, _), b in MOVES.items() if a is not b}
                ),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.table_code} {self.starts}/{self.ends} ← {self.body}"
