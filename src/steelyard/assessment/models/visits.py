"""On-site checks 实地检查: the visit, what was found on it, how a report was corrected."""

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
    never_altered,
    never_deleted,
    someone,
    state_column,
    would_change,
)
from steelyard.assessment.rules.states import VISIT, VisitState
from steelyard.assessment.rules.visits.report_corrections import CORRECTED, Corrected
from steelyard.people.models import Organisation
from steelyard.trail.traced import Traced

FINDINGS_STAND = """
    CASE (SELECT state FROM assessment_visit WHERE id = NEW.visit_id)
    WHEN 'cancelled' THEN
        RAISE EXCEPTION 'the visit was cancelled: nothing is found on it'
            USING ERRCODE = 'integrity_constraint_violation';
    WHEN 'done' THEN
        IF TG_OP = 'INSERT' AND NOT EXISTS (
            SELECT 1 FROM assessment_reportcorrection
            WHERE id = NEW.correction_id AND visit_id = NEW.visit_id AND what = 'added'
        ) OR TG_OP = 'UPDATE' AND NOT EXISTS (
            SELECT 1 FROM assessment_reportcorrection
            WHERE finding_id = OLD.id AND of_version = OLD.version AND visit_id = NEW.visit_id
        ) THEN
            RAISE EXCEPTION 'the visit is reported: a finding is corrected with its reason'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSE
    END CASE;
    RETURN NEW;
"""
REPORT_STANDS = """
    IF OLD.state = 'cancelled' OR NOT EXISTS (
        SELECT 1 FROM assessment_reportcorrection
        WHERE visit_id = OLD.id AND what = 'report' AND of_version = OLD.version
    ) THEN
        RAISE EXCEPTION 'the visit is over: a report is corrected with its reason'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""
"""What is corrected was kept first, as it was, by whoever corrects it."""


def findings_stand() -> pgtrigger.Trigger:
    """Of a visit that is done the findings stand, but for a correction that keeps what they said."""
    return pgtrigger.Trigger(
        name="findings_stand",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=FINDINGS_STAND,
    )


def report_stands() -> pgtrigger.Trigger:
    """So do the day and the summary of a report."""
    over = pgtrigger.Q(old__state__in=[VisitState.DONE.value, VisitState.CANCELLED.value])
    return pgtrigger.Trigger(
        name="report_stands",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=over & would_change("visited_on", "summary"),
        func=REPORT_STANDS,
    )


class Visit(Traced):
    """A visit to a unit. An unannounced one does not exist for the unit until it is done.

    Its history is the office's: who sees the trail of the unit does not see it.
    """

    whose = "assessment"

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="visits")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    planned_on = models.DateField(_("planned for"))
    is_unannounced = models.BooleanField(_("unannounced"), default=False)
    team = models.CharField(_("team"), max_length=400)
    places = models.TextField(_("where"), blank=True)
    items = models.JSONField(_("items"), default=list)
    state = state_column(VISIT)
    announced_by = someone(may_be_nobody=True)
    announced_at = models.DateTimeField(_("announced at"), null=True)
    visited_on = models.DateField(_("visited on"), null=True)
    summary = models.TextField(_("summary"), blank=True)
    reason = models.TextField(_("why it was cancelled"), blank=True)
    planned_by = someone()
    planned_at = models.DateTimeField(_("planned at"))
    reported_by = someone(may_be_nobody=True)
    reported_at = models.DateTimeField(_("reported at"), null=True)

    class Meta(Traced.Meta):
        verbose_name = _("visit")
        ordering = ("planned_on", "id")
        constraints = [
            known_states(VISIT, "visit_state"),
            models.CheckConstraint(
                condition=~Q(state="announced")
                | Q(announced_by__isnull=False, announced_at__isnull=False),
                name="visit_announced_whole",
            ),
            models.CheckConstraint(
                condition=Q(is_unannounced=False)
                | ~Q(state="announced") & Q(announced_at__isnull=True),
                name="visit_unannounced_stays_so",
            ),
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(visited_on__isnull=False, reported_by__isnull=False, reported_at__isnull=False),
                name="visit_reported_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(reason=""), name="visit_cancelled_with_reason"
            ),
        ]
        triggers = [
            *Traced.Meta.triggers,
            kept_while(
                (VisitState.DONE, VisitState.CANCELLED),
                "planned_on", "is_unannounced", "team", "places", "items", "announced_by",
                "announced_at", "reason", "reported_by", "reported_at",
            ),
            report_stands(),
            moves_by_the_table(VISIT),
            never_deleted(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit} · {self.planned_on}"


class Finding(Traced):
    """What was seen on a visit, about an item; photographs hang on it as files."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="findings")
    item = models.CharField(_("item"), max_length=40, blank=True)
    is_defect = models.BooleanField(_("defect"), default=True)
    text = models.TextField(_("finding"))
    place = models.CharField(_("place"), max_length=140, blank=True)
    found_by = someone()
    found_at = models.DateTimeField(_("found at"))
    correction = models.OneToOneField(
        "ReportCorrection", on_delete=models.PROTECT, null=True, related_name="added"
    )
    """By which it was added to a report that was in."""

    class Meta(Traced.Meta):
        verbose_name = _("finding")
        ordering = ("id",)
        triggers = [*Traced.Meta.triggers, findings_stand(), never_deleted()]

    def __str__(self) -> str:
        return self.text[:60]


class ReportCorrection(Traced):
    """What a report said before it was corrected, who corrected it, when and why.

    ``before``: the report's day and summary, or a finding, as it was, with its photographs; nothing
    where a finding was added. Its history is the office's, as that of the visit.
    """

    whose = "visit"

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="corrections")
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, null=True, related_name="corrections"
    )
    what = models.CharField(
        _("what"), max_length=10, choices=[(one.value, CORRECTED[one].en) for one in Corrected]
    )
    of_version = models.PositiveIntegerField(_("which version it was"))
    before = models.JSONField(_("what it said before"), default=dict)
    reason = models.TextField(_("reason"))
    by = someone()
    at = models.DateTimeField(_("at"))

    class Meta(Traced.Meta):
        verbose_name = _("correction of a report")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(what="finding", finding__isnull=False)
                | Q(what__in=("report", "added"), finding__isnull=True),
                name="correction_of_what",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_with_reason"),
            models.UniqueConstraint(
                fields=("visit", "of_version"), condition=Q(what="report"),
                name="one_correction_of_a_version",
            ),
            models.UniqueConstraint(
                fields=("finding", "of_version"), name="one_correction_of_a_finding_s_version"
            ),
        ]  # fmt: skip
        triggers = [*Traced.Meta.triggers, never_altered()]

    def __str__(self) -> str:
        return f"{self.visit} · {self.at}"
