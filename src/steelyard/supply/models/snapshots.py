"""Snapshots: deliveries that are frozen together."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from steelyard.people.models import Organisation
from steelyard.supply.models.deliveries import Delivery
from steelyard.trail.traced import Traced


class Snapshot(Traced):
    """The accepted deliveries of a period, frozen: asked for, then frozen or refused with faults.

    ``collection``: whose rows it takes beside those of bodies, "" for no one's.
    ``folder`` is its name among the snapshots in the office's home.
    """

    class Status(models.TextChoices):
        ASKED = "asked", _("being frozen")
        FROZEN = "frozen", _("frozen")
        REFUSED = "refused", _("refused")

    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="snapshots")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    collection = models.CharField(_("collection"), max_length=60, blank=True)
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
                fields=("office", "starts", "ends", "collection"), condition=Q(status="asked"),
                name="snapshot_one_being_frozen",
            ),
            models.CheckConstraint(
                condition=~Q(status="frozen") | ~Q(identifier="") & ~Q(folder=""), name="snapshot_frozen_is_named"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.identifier or f"{self.starts}/{self.ends}"


def lists_no_other_collection() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="lists_no_other_collection",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
            IF EXISTS (
                SELECT FROM supply_delivery one, supply_snapshot whole
                WHERE one.id = NEW.delivery_id AND whole.id = NEW.snapshot_id AND one.collection <> ''
                    AND (one.collection, one.body_id) <> (whole.collection, whole.office_id)
            ) THEN
                RAISE EXCEPTION 'snapshot % takes nothing of another collection', NEW.snapshot_id
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        """,
    )


class Listed(Traced):
    """A delivery on the cover list of a snapshot: of a body, or of the snapshot's own collection."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="listed")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="listed")

    class Meta(Traced.Meta):
        verbose_name = _("delivery of a snapshot")
        constraints = [models.UniqueConstraint(fields=("snapshot", "delivery"), name="listed_once")]
        triggers = [*Traced.Meta.triggers, lists_no_other_collection()]

    def __str__(self) -> str:
        return f"{self.delivery} @ {self.snapshot}"
