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
from steelyard.assessment.rules.states import SHEET
from steelyard.people.models import Organisation
from steelyard.trail.traced import Traced


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
                condition=~Q(state="mending") | ~Q(why=""), name="sheet_mended_with_reason"
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
    """The figure of one unit on a signed sheet, in its exact writing; "" is: none."""

    sheet_version = models.ForeignKey(
        SheetVersion, on_delete=models.PROTECT, related_name="figures"
    )
    unit = models.CharField(_("unit"), max_length=12)
    value = models.CharField(_("value"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)

    class Meta(Traced.Meta):
        verbose_name = _("supplied figure")
        ordering = ("unit",)
        constraints = [
            models.UniqueConstraint(fields=("sheet_version", "unit"), name="figure_once")
        ]
        triggers = [*Traced.Meta.triggers, never_altered()]

    def __str__(self) -> str:
        return f"{self.unit}: {self.value}"
