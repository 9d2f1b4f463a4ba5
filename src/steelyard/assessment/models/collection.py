"""What a city files: answers to the items, the material behind them, objections to records of others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
from steelyard.assessment.rules.collection.claims import CLAIMS
from steelyard.assessment.rules.states import OBJECTION, SUBMISSION, ObjectionState, SubmissionState
from steelyard.files.models import File
from steelyard.notices.models import Deadline
from steelyard.people.models import Organisation
from steelyard.supply.models import Delivery, DeliveryRequest
from steelyard.trail.traced import Traced

CLOSES = "(deadline.due + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'"
"""The second at which a submission closes: the end of the day on which its ``deadline`` is due."""

IN_TIME = f"""
    PERFORM 1 FROM assessment_submission WHERE id = {{of}} FOR SHARE;
    SELECT assessment.stage, submission.state, submission.filed_late_at, {CLOSES}
    INTO stage, standing, late, closes
    FROM assessment_submission submission
        JOIN assessment_assessment assessment ON assessment.id = submission.assessment_id
        LEFT JOIN notices_deadline deadline ON deadline.id = submission.deadline_id
    WHERE submission.id = {{of}};
    IF stage <> 'collecting' THEN
        RAISE EXCEPTION 'the assessment is %, and collects no more', stage
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF standing <> 'filling' THEN
        RAISE EXCEPTION 'the submission is %, and not altered', standing
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF late IS NULL AND clock_timestamp() >= closes THEN
        RAISE EXCEPTION 'the submission closed at %', closes USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
"""
"""By the clock of the database, read when the row and its entry of the trail are written: the day ends for all at
the same second, and no entry of what was taken is later.

The lock comes first: whoever puts the submission up, or ends the collection, waits for those who are
writing, and whoever writes later sees what they did.
"""


def within_time(of: str) -> pgtrigger.Trigger:
    """Nothing is filled in once the submission is put up or its deadline passed, unless it is filed late. Triggers
    fire in the order of their names: this one after the trail's."""
    return pgtrigger.Trigger(
        name="within_time",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[
            ("stage", "text"), ("standing", "text"), ("late", "timestamptz"),
            ("closes", "timestamptz"),
        ],
        func=IN_TIME.format(of=of),
    )  # fmt: skip


def put_up_within_time() -> pgtrigger.Trigger:
    """Nor is it put up after its deadline, unless it is filed late."""
    return pgtrigger.Trigger(
        name="within_time",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(
            old__state=SubmissionState.FILLING, new__state=SubmissionState.APPROVING,
            new__filed_late_at__isnull=True,
        ),
        declare=[("closes", "timestamptz")],
        func=f"""
    SELECT {CLOSES} INTO closes FROM notices_deadline deadline WHERE deadline.id = NEW.deadline_id;
    IF clock_timestamp() >= closes THEN
        RAISE EXCEPTION 'the submission closed at %', closes USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
""",
    )  # fmt: skip


class Submission(Traced):
    """A unit's own account of all items 自评材料.

    ``filed_late_at``: when the unit declared, after the deadline, that it files late. ``days_late``:
    working days, of the signature. ``why_unanswered``: the unit's statement why items, or all of it, are
    left open, which is signed with it. ``content_hash``: of what was signed; ``scheme``: the version in
    force then, by which it is to be read.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="submissions")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="submissions")
    state = state_column(SUBMISSION)
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, null=True, related_name="+")
    filed_late_at = models.DateTimeField(_("filed late since"), null=True)
    why_late = models.TextField(_("why it is late"), blank=True)
    why_unanswered = models.TextField(_("why items are not answered"), blank=True)
    content_hash = models.CharField(_("hash"), max_length=80, blank=True)
    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, null=True, related_name="+")
    signed_by = someone(may_be_nobody=True)
    signed_at = models.DateTimeField(_("signed at"), null=True)
    days_late = models.PositiveSmallIntegerField(_("working days late"), default=0)

    class Meta(Traced.Meta):
        verbose_name = _("submission")
        ordering = ("unit__code",)
        constraints = [
            models.UniqueConstraint(fields=("assessment", "unit"), name="submission_once"),
            known_states(SUBMISSION, "submission_state"),
            models.CheckConstraint(
                condition=~Q(state=SubmissionState.LOCKED)
                | ~Q(content_hash="")
                & Q(signed_by__isnull=False, signed_at__isnull=False, scheme__isnull=False),
                name="submission_signed_whole",
            ),
            models.CheckConstraint(
                condition=Q(filed_late_at__isnull=True) | ~Q(why_late=""),
                name="submission_late_with_reason",
            ),
        ]
        triggers = [
            *Traced.Meta.triggers,
            kept_while(
                (SubmissionState.LOCKED,),
                "content_hash", "scheme", "signed_by", "signed_at", "days_late", "filed_late_at",
                "why_late",
            ),
            moves_by_the_table(SUBMISSION),
            put_up_within_time(),
            never_deleted(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.assessment} · {self.unit}"

    @property
    def due(self) -> date | None:
        """The last day on which it is taken in time, None if none was set."""
        return self.deadline.due if self.deadline else None


class Answer(Traced):
    """What a unit says of one item: points it gives itself, a statement, figures, a claim with grounds.

    ``figures``: input → the unit's own figure, in its exact writing. ``department``: the organisation
    inside the unit that answers for the item.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="answers")
    item = models.CharField(_("item"), max_length=40)
    self_score = models.DecimalField(_("self-score"), max_digits=9, decimal_places=4, null=True)
    figures = models.JSONField(_("own figures"), default=dict)
    statement = models.TextField(_("statement"), blank=True)
    claim = models.CharField(
        _("claim"), max_length=16, blank=True,
        choices=[(one.value, CLAIMS[one].en) for one in CLAIMS],
    )  # fmt: skip
    grounds = models.TextField(_("grounds"), blank=True)
    department = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    saved_by = someone()
    saved_at = models.DateTimeField(_("saved at"))

    class Meta(Traced.Meta):
        verbose_name = pgettext_lazy("of an item", "answer")
        ordering = ("item",)
        constraints = [
            models.UniqueConstraint(fields=("submission", "item"), name="answer_once"),
        ]
        triggers = [
            *Traced.Meta.triggers,
            within_time("COALESCE(NEW.submission_id, OLD.submission_id)"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.submission} · {self.item}"

    @staticmethod
    def still_its_own(row: Mapping[str, Any]) -> bool:
        """A unit's words are its own until it has signed them: see :mod:`steelyard.history.whose`."""
        return not Submission.objects.filter(
            pk=row["submission_id"], state=SubmissionState.LOCKED
        ).exists()


class Material(Traced):
    """Supporting material 佐证材料 of a unit: stored once, used for many items and years."""

    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="materials")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=140)
    kind = models.CharField(_("kind"), max_length=20)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    filed_by = someone()
    filed_at = models.DateTimeField(_("filed at"))

    class Meta(Traced.Meta):
        verbose_name = _("supporting material")
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=("unit", "file"), name="material_once")]
        triggers = [
            *Traced.Meta.triggers,
            pgtrigger.ReadOnly(
                name="filed_as_filed", fields=["unit", "file", "filed_by", "filed_at"]
            ),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def still_its_own(row: Mapping[str, Any]) -> bool:
        """Until a signed submission uses it."""
        return not MaterialUse.objects.filter(
            material=row["id"], answer__submission__state=SubmissionState.LOCKED
        ).exists()


STAYS_UNDER_SUSPICION = """
    IF EXISTS (
        SELECT FROM assessment_suspicion suspicion
            JOIN assessment_submission submission
                ON submission.assessment_id = suspicion.assessment_id
                AND submission.unit_id = suspicion.unit_id
            JOIN assessment_answer answer
                ON answer.submission_id = submission.id AND answer.item = suspicion.item
        WHERE answer.id = OLD.answer_id AND suspicion.state <> 'cleared'
            AND COALESCE(suspicion.material_id, OLD.material_id) = OLD.material_id
    ) THEN
        RAISE EXCEPTION 'the material is under suspicion, and stays'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
"""
"""What is held to be forged, or was found to be, stays behind its item; a suspicion that names no material
is of all of it."""


class MaterialUse(Traced):
    """A piece of material stands behind an answer; ``pages`` say where to look.

    ``kind``: of the list of material of the item, as the scheme names it, or named by who filed it.
    """

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="uses")
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="uses")
    kind = models.CharField(_("kind of material"), max_length=40, blank=True)
    pages = models.CharField(_("pages to look at"), max_length=60, blank=True)
    used_by = someone()
    used_at = models.DateTimeField(_("used since"))

    class Meta(Traced.Meta):
        verbose_name = _("material of an answer")
        constraints = [
            models.UniqueConstraint(fields=("answer", "material"), name="material_use_once")
        ]
        triggers = [
            *Traced.Meta.triggers,
            within_time(
                "(SELECT submission_id FROM assessment_answer"
                " WHERE id = COALESCE(NEW.answer_id, OLD.answer_id))"
            ),
            pgtrigger.Trigger(
                name="stays_under_suspicion",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=STAYS_UNDER_SUSPICION,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer} ← {self.material}"

    @staticmethod
    def still_its_own(row: Mapping[str, Any]) -> bool:
        """As the answer that it stands behind."""
        answer = Answer.objects.filter(pk=row["answer_id"]).values().first()
        return answer is not None and Answer.still_its_own(answer)


class Objection(Traced):
    """A unit says that a record behind a figure of its own is wrong; its source answers.

    ``delivery``: the one that the record came with. Once upheld: ``asked``, the request that it be
    corrected, and ``correction``, if one was signed before that and meets it; ``figure``: what was counted
    then.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="objections")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="objections")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    input_code = models.CharField(_("input"), max_length=60)
    record = models.CharField(_("record"), max_length=200)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("what is wrong"))
    raised_by = someone()
    raised_at = models.DateTimeField(_("raised at"))
    state = state_column(OBJECTION)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = someone(may_be_nobody=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    figure = models.CharField(_("figure when it was upheld"), max_length=80, blank=True)
    asked = models.ForeignKey(
        DeliveryRequest, on_delete=models.PROTECT, null=True, related_name="+"
    )
    correction = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(Traced.Meta):
        verbose_name = _("objection to a record")
        ordering = ("-id",)
        constraints = [
            known_states(OBJECTION, "objection_state"),
            models.UniqueConstraint(
                fields=("assessment", "unit", "input_code", "record"),
                condition=Q(state=ObjectionState.OPEN),
                name="objection_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state=ObjectionState.OPEN)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="objection_answered_with_reason",
            ),
        ]
        triggers = [
            *Traced.Meta.triggers,
            pgtrigger.ReadOnly(
                name="raised_as_raised",
                fields=["assessment", "unit", "body", "input_code", "record", "delivery", "text",
                        "raised_by", "raised_at"],
            ),
            kept_while(
                (ObjectionState.UPHELD, ObjectionState.REJECTED),
                "answer", "answered_by", "answered_at", "figure",
            ),
            moves_by_the_table(OBJECTION),
            never_deleted(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit} · {self.record}"
