"""File review 案卷评查: which files were drawn, and what two reviewers found in each."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from steelyard.assessment.models.assessments import Assessment
from steelyard.assessment.models.moving import (
    known_states,
    moves_by_the_table,
    never_altered,
    never_deleted,
    sealed,
    someone,
    state_column,
)
from steelyard.assessment.rules.states import DRAWN_FILE, FileState
from steelyard.kernel.bilingual import Text
from steelyard.people.models import Organisation
from steelyard.supply.models import Snapshot
from steelyard.trail.traced import Traced

_FILES, _REVIEWS = "assessment_drawnfile", "assessment_filereview"


class Draw(Traced):
    """One draw of case files of a type, from the frozen table: the seed and the table give it again.

    ``seed_origin`` and ``witness``: where the seed comes from, and who stood by as it was typed.
    ``population``: unit → the files that it has. ``checklist``: the type of file and the defects that
    are looked for, as they were when it was drawn.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="draws")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    input_code = models.CharField(_("input"), max_length=60)
    table_code = models.CharField(_("table"), max_length=60)
    file_type = models.CharField(_("type of file"), max_length=60)
    seed = models.CharField(_("seed"), max_length=80)
    seed_origin = models.CharField(_("where the seed comes from"), max_length=400)
    witness = models.CharField(_("witness"), max_length=100)
    wanted = models.PositiveSmallIntegerField(_("files a unit"))
    reserves = models.PositiveSmallIntegerField(_("reserves a unit"))
    population = models.JSONField(_("files there are"), default=dict)
    checklist = models.JSONField(_("checklist"))
    drawn_by = someone()
    drawn_at = models.DateTimeField(_("drawn at"))

    class Meta(Traced.Meta):
        verbose_name = _("draw of case files")
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=("assessment", "file_type"), name="draw_once"),
            models.CheckConstraint(
                condition=Q(wanted__gt=0) & ~Q(seed="") & ~Q(seed_origin="") & ~Q(witness=""),
                name="draw_seeded",
            ),
        ]
        triggers = [*Traced.Meta.triggers, never_altered()]

    def __str__(self) -> str:
        return f"{self.assessment} · {self.file_type}"


class DrawnFile(Traced):
    """A case file that was drawn, by its key in the frozen table. ``place``: in the order of the draw.

    ``is_reserve``: it waits in reserve; called up, it is asked for like any other.
    """

    whose = "draw"
    """In the trail: of the office, so that no unit reads there who reviews its files."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="files")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    record = models.CharField(_("record"), max_length=200)
    place = models.PositiveSmallIntegerField(_("place"))
    is_reserve = models.BooleanField(_("reserve"), default=False)
    state = state_column(DRAWN_FILE)
    reason = models.TextField(_("reason"), blank=True)
    noted_by = someone(may_be_nobody=True)
    noted_at = models.DateTimeField(_("noted at"), null=True)

    class Meta(Traced.Meta):
        verbose_name = _("drawn case file")
        ordering = ("unit__code", "place")
        constraints = [
            models.UniqueConstraint(fields=("draw", "record"), name="file_drawn_once"),
            models.UniqueConstraint(fields=("draw", "unit", "place"), name="file_place_once"),
            known_states(DRAWN_FILE, "file_state"),
            models.CheckConstraint(
                condition=~Q(state="excused") | ~Q(reason=""), name="file_excused_with_reason"
            ),
        ]
        triggers = [
            *Traced.Meta.triggers,
            pgtrigger.ReadOnly(name="drawn_as_drawn", fields=["draw", "unit", "record", "place"]),
            moves_by_the_table(DRAWN_FILE),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.record

    @property
    def state_title(self) -> Text:
        return DRAWN_FILE.states[FileState(self.state)]


KEPT_FIRST = """
    IF NOT EXISTS (
        SELECT 1 FROM assessment_earlierreview
        WHERE review_id = OLD.id AND of_version = OLD.version
    ) THEN
        RAISE EXCEPTION 'a finished review is marked anew once what it said is kept'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


def keeps_what_was_found() -> pgtrigger.Trigger:
    """Whoever marks anew keeps first what was found before."""
    return pgtrigger.Trigger(
        name="keeps_what_was_found",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__done_at__isnull=False, new__done_at__isnull=True),
        func=KEPT_FIRST,
    )


class FileReview(Traced):
    """What one reviewer says of a file; of two who differ, a third settles (``settles``)."""

    file = models.ForeignKey(DrawnFile, on_delete=models.PROTECT, related_name="reviews")
    reviewer = someone()
    settles = models.BooleanField(_("settles"), default=False)
    saved_at = models.DateTimeField(_("saved at"), null=True)
    done_at = models.DateTimeField(_("done at"), null=True)
    urged_on = models.DateField(_("urged on"), null=True)

    class Meta(Traced.Meta):
        verbose_name = _("review of a case file")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=("file", "reviewer"), name="file_review_once"),
            models.UniqueConstraint(
                fields=("file",), condition=Q(settles=True), name="file_settled_once"
            ),
        ]
        triggers = [
            *Traced.Meta.triggers,
            never_deleted(),
            sealed("the review of a settled file is not altered", f"""
                SELECT 1 FROM {_FILES} WHERE id = NEW.file_id AND state = 'reviewed'
            """, pgtrigger.Insert | pgtrigger.Update),
            keeps_what_was_found(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.file} · {self.reviewer}"


class EarlierReview(Traced):
    """What a reviewer found before they marked a file anew: that two differed is never lost.

    ``marks``: defect → how many times, and where. ``done_at``: when it was finished; ``set_aside_at``:
    when it was marked anew.
    """

    review = models.ForeignKey(FileReview, on_delete=models.PROTECT, related_name="earlier")
    of_version = models.PositiveIntegerField(_("which version it was"))
    marks = models.JSONField(_("defects found"), default=dict)
    reviewer = someone()
    done_at = models.DateTimeField(_("done at"))
    set_aside_at = models.DateTimeField(_("marked anew at"))

    class Meta(Traced.Meta):
        verbose_name = _("earlier review of a case file")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=("review", "of_version"), name="earlier_review_once")
        ]
        triggers = [*Traced.Meta.triggers, never_altered()]

    def __str__(self) -> str:
        return f"{self.review} · {self.done_at}"


class Mark(Traced):
    """A defect of the checklist, found so many times in a file, with a note where."""

    review = models.ForeignKey(FileReview, on_delete=models.PROTECT, related_name="marks")
    defect = models.CharField(_("defect"), max_length=40)
    times = models.PositiveSmallIntegerField(_("times"), default=1)
    note = models.CharField(_("note"), max_length=400, blank=True)

    class Meta(Traced.Meta):
        verbose_name = _("defect found")
        constraints = [
            models.UniqueConstraint(fields=("review", "defect"), name="defect_once"),
            models.CheckConstraint(condition=Q(times__gt=0), name="defect_found"),
        ]
        triggers = [
            *Traced.Meta.triggers,
            sealed("the marks of a finished review are not altered", f"""
                SELECT 1 FROM {_REVIEWS} WHERE done_at IS NOT NULL
                    AND id IN (CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.review_id END,
                               CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.review_id END)
            """, pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.defect} × {self.times}"
