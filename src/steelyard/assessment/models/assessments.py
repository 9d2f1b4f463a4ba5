"""One assessment: an office assesses the units below it over a period, by a scheme."""

from __future__ import annotations

from datetime import date, timedelta

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from steelyard.assessment.models.moving import (
    kept_while,
    known_states,
    moves_by_the_table,
    never_deleted,
    someone,
    state_column,
)
from steelyard.assessment.rules.schemes.units import units_of_region
from steelyard.assessment.rules.states import ASSESSMENT, Stage
from steelyard.kernel.bilingual import Text
from steelyard.look.language import say
from steelyard.people.models import Organisation
from steelyard.trail.traced import Traced


class Assessment(Traced):
    """An assessment 考核 of one period. ``code`` is its address, for ever.

    ``within``: the unit below the office whose own units are assessed; None for those of the office's own
    region. ``cut_off``: the day up to which records count, set by somebody when the collection opens; on it the
    clock freezes them in their name. ``scoring_urged_on``: the day on which the scoring bodies were urged
    last. Withdrawn, it keeps the reason, who gave it, and when.
    """

    office = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("office")
    )
    code = models.SlugField(_("code"), max_length=60, unique=True)
    title_zh = models.CharField(_("title in Chinese"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    within = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="assessed_within",
        verbose_name=_("within"),
    )  # fmt: skip
    sample = models.BooleanField(_("sample"), default=False)
    stage = state_column(ASSESSMENT)
    cut_off = models.DateField(_("cut-off"), null=True)
    cut_off_by = someone(may_be_nobody=True)
    filing_urged_on = models.DateField(_("filing urged on"), null=True)
    scoring_urged_on = models.DateField(_("scoring urged on"), null=True)
    opened_by = someone()
    opened_at = models.DateTimeField(_("opened at"))
    withdrawn_why = models.TextField(_("why it was withdrawn"), blank=True)
    withdrawn_by = someone(may_be_nobody=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta(Traced.Meta):
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ("-starts", "code")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="assessment_days"),
            models.CheckConstraint(
                condition=Q(within__isnull=True) | ~Q(within=F("office")),
                name="assessment_within_another",
            ),
            known_states(ASSESSMENT, "assessment_stage", "stage"),
            models.CheckConstraint(
                condition=Q(
                    stage=Stage.WITHDRAWN, withdrawn_by__isnull=False, withdrawn_at__isnull=False
                )
                & ~Q(withdrawn_why="")
                | ~Q(stage=Stage.WITHDRAWN)
                & Q(withdrawn_why="", withdrawn_by__isnull=True, withdrawn_at__isnull=True),
                name="assessment_withdrawn_with_a_reason",
            ),
        ]
        triggers = [
            *Traced.Meta.triggers,
            pgtrigger.ReadOnly(
                name="opened_as_opened", fields=["office", "code", "starts", "ends", "within"]
            ),
            kept_while(
                (Stage.WITHDRAWN,),
                "withdrawn_why",
                "withdrawn_by",
                "withdrawn_at",
                column="stage",
            ),
            moves_by_the_table(ASSESSMENT, "stage"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return say(self.title)

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)

    @property
    def region(self) -> Organisation:
        """Whose units are assessed."""
        return self.within or self.office

    @property
    def units_said(self) -> Text:
        """Whom it assesses: "districts of Jiangmen"."""
        return units_of_region(self.region.kind, self.region.name)

    @property
    def stage_title(self) -> Text:
        return ASSESSMENT.states[Stage(self.stage)]

    @property
    def last_day(self) -> date:
        return self.ends - timedelta(1)
