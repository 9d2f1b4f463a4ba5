"""What supplying bodies deliver for an assessment: one sheet an indicator, all units on it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from steelyard.assessment.models.assessments import Assessment
from steelyard.assessment.models.moving import (
    known_states,
    moves_by_the_table,
    never_altered,
    never_deleted,
    someone,
    state_column,
)
from steelyard.assessment.rules.figures.lacks import LACKS, Lack
from steelyard.assessment.rules.states import SHEET
from steelyard.people.models import Organisation
from steelyard.trail.traced import Traced


def lack_column(**more: bool) -> models.CharField:
    """How a figure is lacking."""
    choices = [(one.value, LACKS[one].en) for one in LACKS]
    return models.CharField(_("how it is lacking"), max_length=16, choices=choices, **more)


class Sheet(Traced):
    """A supplying body owes the figures of one input of the scheme for all units.

    ``draft``: unit → figure as typed and note, for the eyes of the body alone until it signs.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="sheets")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sheets")
    input_code = models.CharField(_("input"), max_length=60)
    state = state_column(SHEET)
    draft = models.JSONField(_("draft"), default=dict)
    why = models.TextField(_("why it is corrected"), blank=True)
    urged_on = models.DateField(_("urged on"), null=True)

    class Meta(Traced.Meta):
        verbose_name = _("sheet of figures")
        ordering = ("input_code",)
        constraints = [
            models.UniqueConstraint(fields=("assessment", "input_code"), name="sheet_once"),
            known_states(SHEET, "sheet_state"),
            models.CheckConstraint(
                condition=~Q(state__in=("mending", "outdated")) | ~Q(why=""),
                name="sheet_mended_with_reason",
            ),
        ]
        triggers = [*Traced.Meta.triggers, moves_by_the_table(SHEET), never_deleted()]

    def __str__(self) -> str:
        return f"{self.assessment} · {self.input_code}"


class SheetVersion(Traced):
    """A sheet as it was signed. A correction is the next number, and says why."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    why = models.TextField(_("why it was corrected"), blank=True)
    signed_by = someone()
    signed_at = models.DateTimeField(_("signed at"))
    days_late = models.PositiveSmallIntegerField(_("working days late"), default=0)

    class Meta(Traced.Meta):
        verbose_name = _("signed sheet")
        ordering = ("sheet", "-number")
        constraints = [
            models.UniqueConstraint(fields=("sheet", "number"), name="sheet_number_once"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(why=""), name="sheet_correction_says_why"
            ),
        ]
        triggers = [*Traced.Meta.triggers, never_altered()]

    def __str__(self) -> str:
        return f"{self.sheet} · {self.number}"


class Figure(Traced):
    """The figure of one unit on a signed sheet, in its exact writing; "" is: none, and then ``status`` says
    how it is lacking, and the note why."""

    sheet_version = models.ForeignKey(
        SheetVersion, on_delete=models.PROTECT, related_name="figures"
    )
    unit = models.CharField(_("unit"), max_length=12)
    value = models.CharField(_("value"), max_length=80, blank=True)
    status = lack_column(blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)

    class Meta(Traced.Meta):
        verbose_name = _("supplied figure")
        ordering = ("unit",)
        constraints = [
            models.UniqueConstraint(fields=("sheet_version", "unit"), name="figure_once"),
            models.CheckConstraint(
                condition=~Q(value="") & Q(status="")
                | Q(value="") & Q(status__in=list(Lack)) & ~Q(note=""),
                name="figure_or_why_there_is_none",
            ),
        ]
        triggers = [*Traced.Meta.triggers, never_altered()]

    def __str__(self) -> str:
        return f"{self.unit}: {self.value}"


class MissingFigure(Traced):
    """The office lets a figure that is missing count so, as the scheme's rule says, with its reason.

    ``status``: how it was lacking when that was decided. Of several of a figure the last one counts, as long
    as there is no figure and the body says no other status of it.
    """

    whose = "assessment"
    """In the trail: of the office, not of the unit."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="missing_figures"
    )
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    input_code = models.CharField(_("input"), max_length=60)
    status = lack_column()
    reason = models.TextField(_("reason"))
    decided_by = someone()
    decided_at = models.DateTimeField(_("decided at"))

    class Meta(Traced.Meta):
        verbose_name = _("missing figure")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=list(Lack)) & ~Q(reason=""), name="missing_with_reason"
            )
        ]
        triggers = [*Traced.Meta.triggers, never_altered(), never_deleted()]

    def __str__(self) -> str:
        return f"{self.unit} · {self.input_code}: {self.status}"
