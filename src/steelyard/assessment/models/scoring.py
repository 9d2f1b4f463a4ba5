"""What scoring bodies judge: one row an item and unit, with a reason for every deduction."""

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
    sealed,
    someone,
    state_column,
)
from steelyard.assessment.rules.judging import CLAIM_ANSWERS, STATUSES
from steelyard.assessment.rules.states import SCORE, ScoreState
from steelyard.people.models import Organisation
from steelyard.trail.traced import Traced


class Score(Traced):
    """A body's judgement of one item of one unit.

    ``judged``: input → what was judged, in its exact writing, for the inputs that this body judges.
    ``status``: what it says of the item as a whole, "" if nothing; the scheme says what that leads to.
    The points follow from both by the scheme's rule. ``claim``: its answer to what the unit claims.
    ``figures``: input → the supplied or computed figure that stood beside it when it was scored, so
    that whoever looks sees whether one changed since.
    """

    whose = "assessment"
    """In the trail: of the office, not of the unit, which sees its scores when they are frozen."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="scores")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(_("item"), max_length=40)
    judged = models.JSONField(_("judged"), default=dict)
    status = models.CharField(
        _("status"), max_length=16, blank=True,
        choices=[(one.value, STATUSES[one].en) for one in STATUSES],
    )  # fmt: skip
    claim = models.CharField(
        _("answer to the claim"), max_length=14, blank=True,
        choices=[(one.value, CLAIM_ANSWERS[one].en) for one in CLAIM_ANSWERS],
    )  # fmt: skip
    reason = models.TextField(_("reason"), blank=True)
    figures = models.JSONField(_("figures when scored"), default=dict)
    state = state_column(SCORE)
    scored_by = someone(may_be_nobody=True)
    scored_at = models.DateTimeField(_("scored at"), null=True)
    why_again = models.TextField(_("why it is scored again"), blank=True)
    reopened_by = someone(may_be_nobody=True)
    reopened_at = models.DateTimeField(_("reopened at"), null=True)

    class Meta(Traced.Meta):
        verbose_name = _("score")
        ordering = ("item", "unit__code")
        constraints = [
            models.UniqueConstraint(fields=("assessment", "item", "unit"), name="score_once"),
            known_states(SCORE, "score_state"),
            models.CheckConstraint(
                condition=Q(state=ScoreState.OPEN)
                | Q(scored_by__isnull=False, scored_at__isnull=False),
                name="scored_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(status="") | ~Q(reason=""), name="score_status_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(claim="") | ~Q(reason=""), name="score_claim_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True)
                | ~Q(why_again="") & Q(reopened_by__isnull=False),
                name="score_reopened_with_reason",
            ),
        ]
        triggers = [
            *Traced.Meta.triggers,
            kept_while(
                (ScoreState.SCORED,),
                "judged", "status", "claim", "reason", "figures", "scored_by", "scored_at",
            ),
            moves_by_the_table(SCORE),
            never_deleted(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.item} · {self.unit}"


class Deduction(Traced):
    """Points taken away from an item that is judged, and why. They add up to what is missing."""

    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="deductions")
    points = models.DecimalField(_("points"), max_digits=9, decimal_places=4)
    reason = models.TextField(_("reason"))

    class Meta(Traced.Meta):
        verbose_name = _("deduction")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(points__gt=0) & ~Q(reason=""), name="deduction_whole"
            )
        ]
        triggers = [
            *Traced.Meta.triggers,
            sealed("the deductions of a given score are not altered", """
                SELECT 1 FROM assessment_score WHERE state = 'scored'
                    AND id IN (CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.score_id END,
                               CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.score_id END)
            """, pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"-{self.points}: {self.reason[:40]}"
