"""Deliveries, the requests for them, and the snapshots that they are frozen into. What was signed is not altered."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from steelyard.people.models import Organisation
from steelyard.supply.rules.deliveries import OPEN, STATUSES, Status
from steelyard.supply.rules.requests import MOVES, STATES, State
from steelyard.trail.traced import Traced

SAME = ("body", "table_code", "starts", "ends", "covers")
"""What makes two deliveries deliveries of the same thing."""

SEALED = (
    "name", "body_id", "table_code", "starts", "ends", "covers", "cut_off", "file_hash", "file_name",
    "rows", "sample", "source", "licence", "replaces_id", "why",
)  # fmt: skip
"""What stays as it was signed, until the signature is withdrawn or the delivery returned."""

_ALTERED = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in SEALED)


def signed_is_sealed() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="signed_is_sealed",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            IF OLD.status IN ('signed', 'accepted', 'replaced') AND ({_ALTERED}) THEN
                RAISE EXCEPTION 'delivery % is signed and not altered', OLD.name
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        """,
    )


class Delivery(Traced):
    """One body's rows of one table for one period, with the name of whoever signs for it.

    The file is kept by its hash; typed rows are kept as such a file too. ``faults`` are those found
    when it came in, at most :data:`FAULTS_KEPT`; ``fault_count`` counts all of them.
    """

    name = models.CharField(_("name"), max_length=200, unique=True)
    body = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="deliveries", verbose_name=_("body")
    )
    table_code = models.CharField(_("table"), max_length=60)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    covers = models.CharField(_("covers"), max_length=400, blank=True)
    cut_off = models.DateField(_("cut-off"))
    status = models.CharField(
        _("status"), max_length=10, choices=[(one.value, STATUSES[one].en) for one in Status]
    )
    file_hash = models.CharField(max_length=80)
    file_name = models.CharField(_("file"), max_length=200)
    rows = models.PositiveBigIntegerField(_("rows"), null=True)
    fault_count = models.PositiveIntegerField(_("faults"), default=0)
    faults = models.JSONField(default=list)
    sample = models.BooleanField(_("sample"), default=False)
    source = models.CharField(_("source"), max_length=400, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    signer_name = models.CharField(_("signed by"), max_length=100, blank=True)
    body_name_zh = models.CharField(max_length=100, blank=True)
    body_name_en = models.CharField(max_length=100, blank=True)
    signed_at = models.DateTimeField(_("signed at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="corrections"
    )
    why = models.TextField(_("why it is corrected"), blank=True)

    class Meta(Traced.Meta):
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=("body", "status", "-id"), name="delivery_of_a_body"),
            models.Index(fields=("table_code", "starts", "ends"), name="delivery_of_a_period"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="delivery_days"),
            models.CheckConstraint(
                condition=Q(cut_off__gte=F("starts")), name="delivery_cut_off_in_its_period"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[one.value for one in Status]), name="delivery_status"
            ),
            models.UniqueConstraint(
                fields=SAME, condition=Q(status__in=sorted(OPEN)), name="delivery_one_under_way"
            ),
            models.UniqueConstraint(
                fields=SAME, condition=Q(status=Status.ACCEPTED), name="delivery_one_accepted"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.DISCARDED])
                | Q(signer__isnull=False, signed_at__isnull=False, fault_count=0, rows__gt=0)
                & ~Q(signer_name=""),
                name="delivery_signed_whole",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.DISCARDED, Status.SIGNED])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="delivery_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.RETURNED) | ~Q(reason=""),
                name="delivery_returned_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, why="") | Q(replaces__isnull=False) & ~Q(why=""),
                name="delivery_correction_says_why",
            ),
        ]
        triggers = [
            *Traced.Meta.triggers,
            signed_is_sealed(),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.name


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
