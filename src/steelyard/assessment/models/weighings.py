"""A weighing of the frozen records, run in the background."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from steelyard.assessment.models.assessments import Assessment
from steelyard.assessment.models.moving import (
    kept_while,
    known_states,
    moves_by_the_table,
    never_deleted,
    someone,
    state_column,
)
from steelyard.assessment.models.schemes import SchemeVersion
from steelyard.assessment.rules.states import WEIGHING, WeighingState
from steelyard.supply.models import Snapshot
from steelyard.trail.traced import Traced


class Weighing(Traced):
    """The scheme's answer to the frozen records. ``progress``: percent.

    ``result_hash``: of result.json. ``papers``: file → hash of what was written of it for people.
    ``seed``: of the replications; none are made if the scheme varies nothing. ``attempts``: how often
    the worker began with it; more than one if it died on the way. ``reopened_why``: after this one was
    refused the scoring was opened again, by whom and when; the row stays as it was frozen.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="weighings")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    replications = models.PositiveIntegerField(_("replications"), default=10_000)
    seed = models.PositiveBigIntegerField(_("seed"))
    state = state_column(WEIGHING)
    progress = models.PositiveSmallIntegerField(_("progress"), default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    result_hash = models.CharField(_("hash of the result"), max_length=80, blank=True)
    papers = models.JSONField(_("papers"), default=dict)
    faults = models.JSONField(_("faults"), default=list)
    asked_by = someone()
    asked_at = models.DateTimeField(_("asked at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    reopened_why = models.TextField(_("why the scoring was opened again"), blank=True)
    reopened_by = someone(may_be_nobody=True)
    reopened_at = models.DateTimeField(_("opened again at"), null=True)

    class Meta(Traced.Meta):
        verbose_name = _("weighing")
        ordering = ("-id",)
        constraints = [
            known_states(WEIGHING, "weighing_state"),
            models.CheckConstraint(
                condition=~Q(state=WeighingState.DONE) | ~Q(result_hash=""), name="weighing_has_result"
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="weighing_progress"),
            models.CheckConstraint(
                condition=Q(reopened_why="", reopened_by__isnull=True, reopened_at__isnull=True)
                | Q(state=WeighingState.REFUSED, reopened_by__isnull=False, reopened_at__isnull=False)
                & ~Q(reopened_why=""),
                name="weighing_reopened_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=("assessment",), condition=Q(state__in=("asked", "running")),
                name="weighing_one_at_a_time",
            ),
        ]  # fmt: skip
        triggers = [
            *Traced.Meta.triggers,
            pgtrigger.ReadOnly(
                name="asked_as_asked",
                fields=["assessment", "snapshot", "scheme", "replications", "seed", "asked_by"],
            ),
            kept_while(
                (WeighingState.DONE, WeighingState.REFUSED),
                "progress", "attempts", "result_hash", "papers", "faults", "ended_at",
            ),
            moves_by_the_table(WEIGHING),
            never_deleted(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.assessment} · {self.pk}"
