"""A delivery: one body's rows of one table for one period. What was signed is not altered."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from steelyard.people.models import Organisation
from steelyard.supply.rules.deliveries import COLLECTED, OPEN, STATUSES, Status
from steelyard.trail.traced import Traced

SAME = ("body", "table_code", "starts", "ends", "covers")
"""What is asked for, and what a body delivers: two of these are of the same thing."""

KEY = (*SAME, "collection")
"""What makes two deliveries deliveries of the same thing. What bodies deliver is of no collection."""

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


def replaces_the_same_thing() -> pgtrigger.Trigger:
    columns = ("body_id", "table_code", "starts", "ends", "covers", "collection")
    before, now = (", ".join(f"{of}.{name}" for name in columns) for of in ("was", "NEW"))
    return pgtrigger.Trigger(
        name="replaces_the_same_thing",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (
                SELECT FROM supply_delivery was WHERE was.id = NEW.replaces_id AND ({before}) = ({now})
            ) THEN
                RAISE EXCEPTION 'delivery % replaces one of another thing', NEW.name
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        """,
    )


class Delivery(Traced):
    """One body's rows of one table for one period, with the name of whoever signs for it.

    ``collection``: "" of what a body delivers; of what an office collected itself and froze, the name of
    what it belongs to, which whoever collects it gives. Such a delivery is signed and accepted at once,
    and only that collection replaces it.

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
    collection = models.CharField(_("collection"), max_length=60, blank=True)
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
            models.Index(
                fields=("collection",), condition=~Q(collection=""), name="delivery_of_a_collection"
            ),
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
                fields=KEY, condition=Q(status__in=sorted(OPEN)), name="delivery_one_under_way"
            ),
            models.UniqueConstraint(
                fields=KEY, condition=Q(status=Status.ACCEPTED), name="delivery_one_accepted"
            ),
            models.CheckConstraint(
                condition=Q(collection="") | Q(status__in=sorted(COLLECTED)),
                name="delivery_collected_is_never_under_way",
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
            replaces_the_same_thing(),
            pgtrigger.ReadOnly(name="stays_in_its_collection", fields=["collection"]),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.name
