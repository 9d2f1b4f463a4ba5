"""Snapshots: deliveries that are frozen together."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from steelyard.people.models import Organisation
from steelyard.supply.models.deliveries import Delivery
from steelyard.trail.traced import Traced


class Snapshot(Traced):
    """The accepted deliveries of a period, frozen: asked for, then frozen or refused with faults.

    ``folder`` is its name among the snapshots in the office's home.
    """

    class Status(models.TextChoices):
        ASKED = "asked", _("being frozen")
        FROZEN = "frozen", _("frozen")
        REFUSED = "refused", _("refused")

    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="snapshots")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)
    identifier = models.CharField(_("identifier"), max_length=80, blank=True)
    folder = models.CharField(max_length=100, blank=True)
    rows = models.PositiveBigIntegerField(_("rows"), null=True)
    faults = models.JSONField(default=list)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    deliveries = models.ManyToManyField(Delivery, through="Listed", related_name="snapshots")

    class Meta(Traced.Meta):
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="snapshot_days"),
            models.UniqueConstraint(
                fields=("office", "starts", "ends"), condition=Q(status="asked"),
                name="snapshot_one_being_frozen",
            ),
            models.CheckConstraint(
                condition=~Q(status="frozen") | ~Q(identifier="") & ~Q(folder=""), name="snapshot_frozen_is_named"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.identifier or f"{self.starts}/{self.ends}"


class Listed(Traced):
    """A delivery on the cover list of a snapshot."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="listed")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="listed")

    class Meta(Traced.Meta):
        verbose_name = _("delivery of a snapshot")
        constraints = [models.UniqueConstraint(fields=("snapshot", "delivery"), name="listed_once")]

    def __str__(self) -> str:
        return f"{self.delivery} @ {self.snapshot}"
