"""Versions of an assessment's scheme, what was said of them, and who approved what."""

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
)
from steelyard.assessment.rules.approvals import DECISIONS, SUBJECTS, Decision
from steelyard.assessment.rules.states import COMMENT, SCHEME, CommentState, SchemeState
from steelyard.kernel.bilingual import Text
from steelyard.look.language import say
from steelyard.people.models import Organisation
from steelyard.people.rules.roles import Role
from steelyard.trail.traced import Traced

UNDER_WAY = (SchemeState.DRAFT, SchemeState.OUT, SchemeState.CHECKED)

SETTLED = (SchemeState.CHECKED, SchemeState.ISSUED, SchemeState.REPLACED)


def settled_is_sealed() -> pgtrigger.Trigger:
    """From the draft that goes out on, a version says what it said."""
    return pgtrigger.Trigger(
        name="settled_is_sealed",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func="""
            IF OLD.state <> 'draft' AND (NEW.document IS DISTINCT FROM OLD.document
                OR NEW.content_hash IS DISTINCT FROM OLD.content_hash
                OR NEW.number IS DISTINCT FROM OLD.number) THEN
                RAISE EXCEPTION 'version % of the scheme is %, and not altered', OLD.number, OLD.state
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        """,
    )


class SchemeVersion(Traced):
    """A version of the scheme 细则, as a document. Once issued it stands; an amendment is the next.

    ``content_hash`` is of the document in its canonical writing: what is approved, is approved of
    this hash. ``unread``: cells of the office's table that a person must still write as rules;
    ``readings``: where its words left a choice . ``rounds``: how
    often it went out for comments; ``sent``: what it said the last time; ``held_round``: the latest round that
    was held to its end, 0 if none was. ``unheard_why``: settled without one, why; who decided so, and when.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="schemes")
    number = models.PositiveIntegerField(_("version"))
    state = state_column(SCHEME)
    document = models.JSONField(_("document"))
    content_hash = models.CharField(_("hash"), max_length=80)
    unread = models.JSONField(_("not understood"), default=list)
    readings = models.JSONField(_("to be confirmed"), default=list)
    sent = models.JSONField(_("as it was out"), null=True)
    rounds = models.PositiveSmallIntegerField(_("rounds of comments"), default=0)
    held_round = models.PositiveSmallIntegerField(_("round that was held"), default=0)
    unheard_why = models.TextField(_("why without a round of comments"), blank=True)
    unheard_by = someone(may_be_nobody=True)
    unheard_at = models.DateTimeField(_("decided at"), null=True)
    source_name = models.CharField(_("file"), max_length=140, blank=True)
    based_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="amendments"
    )
    why = models.TextField(_("why it is changed"), blank=True)
    made_by = someone()
    made_at = models.DateTimeField(_("made at"))
    issued_by = someone(may_be_nobody=True)
    issued_at = models.DateTimeField(_("issued at"), null=True)

    class Meta(Traced.Meta):
        verbose_name = _("version of the scheme")
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=("assessment", "number"), name="scheme_number_once"),
            models.UniqueConstraint(
                fields=("assessment",),
                condition=Q(state=SchemeState.ISSUED),
                name="scheme_one_issued",
            ),
            models.UniqueConstraint(
                fields=("assessment",),
                condition=Q(state__in=UNDER_WAY),
                name="scheme_one_under_way",
            ),
            known_states(SCHEME, "scheme_state"),
            models.CheckConstraint(
                condition=Q(based_on__isnull=True) | ~Q(why=""), name="scheme_amendment_says_why"
            ),
            models.CheckConstraint(
                condition=Q(unheard_why="", unheard_by__isnull=True, unheard_at__isnull=True)
                | ~Q(unheard_why="") & Q(unheard_by__isnull=False, unheard_at__isnull=False),
                name="scheme_unheard_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SETTLED)
                | Q(based_on__isnull=False)
                | Q(held_round__gt=0)
                | ~Q(unheard_why=""),
                name="scheme_settled_was_heard",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(SchemeState.ISSUED, SchemeState.REPLACED))
                | Q(issued_by__isnull=False, issued_at__isnull=False),
                name="scheme_issued_by_someone",
            ),
        ]
        triggers = [
            *Traced.Meta.triggers, settled_is_sealed(), moves_by_the_table(SCHEME),
            kept_while(SETTLED, "held_round", "unheard_why", "unheard_by", "unheard_at"), never_deleted(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.assessment} · {self.number}"

    @property
    def state_title(self) -> Text:
        return SCHEME.states[SchemeState(self.state)]


def answered_is_sealed() -> pgtrigger.Trigger:
    """Whoever said something may say it otherwise until it is answered."""
    return pgtrigger.Trigger(
        name="answered_is_sealed",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func="""
            IF NEW.text IS DISTINCT FROM OLD.text AND NOT (OLD.state = 'open' AND NEW.state = 'open') THEN
                RAISE EXCEPTION 'the comment is %, and not altered', OLD.state
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        """,
    )


class Comment(Traced):
    """What a city or body says of an item of a draft (``item`` "": of the whole), and the answer.

    ``about``: the item's title as it was then; ``of_hash``: of what the item said then. ``round``: which time
    the draft was out. ``carried_out``: of an adopted one, where the scheme follows it, or why it does not; ""
    while the item itself is to show it.
    """

    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="comments")
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    item = models.CharField(_("item"), max_length=80, blank=True)
    about_zh = models.CharField(_("of what"), max_length=200, blank=True)
    about_en = models.CharField(_("of what, in English"), max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("comment"))
    said_by = someone()
    said_at = models.DateTimeField(_("said at"))
    state = state_column(COMMENT)
    answer = models.TextField(_("reason"), blank=True)
    answered_by = someone(may_be_nobody=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    of_hash = models.CharField(_("hash of what the item said"), max_length=80, blank=True)
    carried_out = models.TextField(_("where it is carried out"), blank=True)
    carried_out_by = someone(may_be_nobody=True)
    carried_out_at = models.DateTimeField(_("said where at"), null=True)

    class Meta(Traced.Meta):
        verbose_name = _("comment")
        ordering = ("item", "id")
        constraints = [
            known_states(COMMENT, "comment_state"),
            models.CheckConstraint(
                condition=Q(state__in=(CommentState.OPEN, CommentState.WITHDRAWN))
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="comment_answered_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(carried_out="")
                | Q(
                    state=CommentState.ADOPTED,
                    carried_out_by__isnull=False,
                    carried_out_at__isnull=False,
                ),
                name="comment_carried_out_if_adopted",
            ),
        ]
        triggers = [
            *Traced.Meta.triggers,
            pgtrigger.ReadOnly(
                name="said_as_said",
                fields=[
                    "scheme",
                    "round",
                    "item",
                    "about_zh",
                    "about_en",
                    "organisation",
                    "said_by",
                    "said_at",
                    "of_hash",
                ],
            ),
            answered_is_sealed(),
            kept_while(
                (CommentState.ADOPTED, CommentState.REFUSED),
                "answer",
                "answered_by",
                "answered_at",
            ),
            moves_by_the_table(COMMENT),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.text[:40]}"

    @property
    def about(self) -> Text:
        return Text(self.about_zh, self.about_en)


class ApprovalStep(Traced):
    """One step of an approval: who has to approve a subject, in which order.

    ``at_office``: the role is held in the assessing office; else in the unit whose subject it is.
    ``dropped``: it is asked no longer, and stays for what was decided at it.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="steps")
    subject = models.CharField(
        _("subject"), max_length=12, choices=[(one.value, SUBJECTS[one].en) for one in SUBJECTS]
    )
    order = models.PositiveSmallIntegerField(_("order"))
    role = models.CharField(
        _("role"), max_length=24, choices=[(one.value, one.value) for one in Role]
    )
    at_office = models.BooleanField(_("in the office"), default=False)
    title_zh = models.CharField(_("name in Chinese"), max_length=60)
    title_en = models.CharField(_("name in English"), max_length=60, blank=True)
    dropped = models.BooleanField(_("dropped"), default=False)

    class Meta(Traced.Meta):
        verbose_name = _("step of approval")
        ordering = ("subject", "order")
        constraints = [
            models.UniqueConstraint(
                fields=("assessment", "subject", "order"),
                condition=Q(dropped=False),
                name="step_order_once",
            )
        ]

    def __str__(self) -> str:
        return say(self.title)

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)


class Approval(Traced):
    """Somebody approved, or returned, what a subject said when its content had ``content_hash``."""

    step = models.ForeignKey(ApprovalStep, on_delete=models.PROTECT, related_name="approvals")
    subject_id = models.BigIntegerField(_("of what"))
    content_hash = models.CharField(_("hash"), max_length=80)
    decision = models.CharField(
        _("decision"), max_length=10, choices=[(one.value, DECISIONS[one].en) for one in DECISIONS]
    )
    reason = models.TextField(_("reason"), blank=True)
    by = someone()
    at = models.DateTimeField(_("at"))

    class Meta(Traced.Meta):
        verbose_name = _("approval")
        ordering = ("id",)
        indexes = [models.Index(fields=("step", "subject_id"), name="approval_of_a_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="approved") | ~Q(reason=""), name="returned_with_reason"
            ),
        ]
        triggers = [*Traced.Meta.triggers, never_altered()]

    def __str__(self) -> str:
        return f"{self.step}: {self.decision}"

    @property
    def decision_title(self) -> Text:
        return DECISIONS[Decision(self.decision)]
