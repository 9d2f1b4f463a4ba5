"""The trail: one entry a write. Nothing changes or deletes an entry; the database refuses."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from steelyard.trail.traced import never_truncated, written_by_triggers


class Entry(models.Model):
    """One write of one row: ``before`` None for a new row, ``after`` None for a deleted one.

    ``actor``: the account, None for the system itself. ``action``: what the person did, in the
    words of the action's code; ``request`` ties together what one request wrote. Where no person
    was named and no request, ``action`` is ``sql:`` with the database user and the program.
    """

    table_name = models.CharField(_("table"), max_length=63)
    row_id = models.BigIntegerField(_("row"))
    verb = models.CharField(_("write"), max_length=6)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    actor = models.BigIntegerField(_("who"), null=True)
    action = models.CharField(_("action"), max_length=60)
    request = models.CharField(_("request"), max_length=36)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("entry of the trail")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=("table_name", "row_id", "-id"), name="trail_of_a_row"),
            BrinIndex(fields=["at"], name="trail_of_a_day"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            never_truncated(),
            written_by_triggers(),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.table_name} {self.row_id}"


class Seal(models.Model):
    """One day of the trail, sealed: the hash of its entries, chained to the day before."""

    day = models.DateField(_("day"), unique=True)
    entries = models.PositiveBigIntegerField(_("entries"))
    digest = models.CharField(_("digest"), max_length=71)
    before = models.CharField(_("seal of the day before"), max_length=71)
    seal = models.CharField(_("seal"), max_length=71, unique=True)

    class Meta:
        verbose_name = _("seal of the trail")
        ordering = ("-day",)
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            never_truncated(),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.seal}"
