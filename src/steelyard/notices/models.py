"""Deadlines, notices, and the mails that carry them: an outbox."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from steelyard.kernel.bilingual import Text
from steelyard.notices.rules.digests import Mode
from steelyard.notices.rules.mails import MOVES, State
from steelyard.notices.rules.texts import Kind
from steelyard.people.models import Account, Organisation
from steelyard.people.rules.roles import ROLES, Role
from steelyard.trail.traced import Traced

FROZEN = ["area", "object_id", "task", "starts", "working_days", "first_due", "counted_zh"]


class Deadline(Traced):
    """Something is due, by an organisation: of whoever holds a role there, or of one account.

    ``area`` and ``object_id``: of what; ``task``: what is to be done with it, a code of the area.
    What was counted when it started stays; ``due`` alone moves, by an :class:`Extension`.
    """

    class End(models.TextChoices):
        MET = "met", _("met")
        DROPPED = "dropped", _("dropped")

    area = models.CharField(_("area"), max_length=40)
    object_id = models.BigIntegerField(_("object"))
    task = models.CharField(_("task"), max_length=40)
    what_zh = models.CharField(_("what, in Chinese"), max_length=200)
    what_en = models.CharField(_("what, in English"), max_length=200, blank=True)
    path = models.CharField(_("address"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="deadlines"
    )
    role = models.CharField(
        _("role"),
        max_length=30,
        blank=True,
        choices=[(role.value, ROLES[role].en) for role in Role],
    )
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True)
    starts = models.DateField(_("starts"))
    working_days = models.PositiveSmallIntegerField(_("working days"))
    first_due = models.DateField(_("due at first"))
    counted_zh = models.TextField(_("how it was counted"))
    counted_en = models.TextField(_("how it was counted, in English"))
    provisional = models.BooleanField(_("provisional"))
    due = models.DateField(_("due"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end = models.CharField(_("how it ended"), max_length=10, choices=End.choices, blank=True)

    class Meta(Traced.Meta):
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ("due", "id")
        indexes = [
            models.Index(
                fields=("organisation", "role"),
                name="deadline_open_of",
                condition=Q(ended_on__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("area", "object_id", "task"),
                condition=Q(ended_on__isnull=True),
                name="deadline_open_once",
            ),
            models.CheckConstraint(
                condition=Q(account__isnull=True) ^ Q(role=""), name="deadline_role_or_account"
            ),
            models.CheckConstraint(
                condition=Q(first_due__gt=F("starts"), due__gte=F("first_due")),
                name="deadline_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end="")
                | (Q(ended_on__isnull=False) & ~Q(end="")),
                name="deadline_ends_somehow",
            ),
            models.CheckConstraint(condition=Q(path__startswith="/"), name="deadline_path_is_ours"),
        ]
        triggers = [
            *Traced.Meta.triggers,
            pgtrigger.ReadOnly(name="frozen", fields=[*FROZEN, "counted_en", "provisional"]),
        ]

    def __str__(self) -> str:
        return f"{self.what_zh} ≤ {self.due}"

    @property
    def what(self) -> Text:
        return Text(self.what_zh, self.what_en)

    @property
    def how(self) -> Text:
        return Text(self.counted_zh, self.counted_en)

    @property
    def is_provisional(self) -> bool:
        """Whether a day that no notice had settled was counted, when it started or was put off."""
        return self.provisional or any(one.provisional for one in self.extensions.all())


class Extension(Traced):
    """A deadline was put off: by whom, why, from which day to which. None is ever changed."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="extensions")
    working_days = models.PositiveSmallIntegerField(_("working days"))
    reason = models.TextField(_("reason"))
    was_due = models.DateField(_("was due"))
    due = models.DateField(_("due"))
    counted_zh = models.TextField(_("how it was counted"))
    counted_en = models.TextField(_("how it was counted, in English"))
    provisional = models.BooleanField(_("provisional"))
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta(Traced.Meta):
        verbose_name = _("extension")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(due__gt=F("was_due")), name="extension_goes_on"),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_a_reason"),
            models.UniqueConstraint(
                fields=("deadline", "was_due"), name="extension_once_from_a_day"
            ),
        ]
        triggers = [
            *Traced.Meta.triggers,
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    @property
    def how(self) -> Text:
        return Text(self.counted_zh, self.counted_en)

    def __str__(self) -> str:
        return f"{self.was_due} → {self.due}"


class Preference(Traced):
    """When an account gets mail: of each notice at once, or of all of a day together."""

    account = models.OneToOneField(
        Account, on_delete=models.PROTECT, related_name="notice_preference"
    )
    mode = models.CharField(
        _("mail"),
        max_length=10,
        choices=[
            (Mode.AT_ONCE.value, _("at once, one mail a notice")),
            (Mode.DIGEST.value, _("one mail a working day, in the morning")),
        ],
        default=Mode.AT_ONCE.value,
    )

    class Meta(Traced.Meta):
        verbose_name = _("preference of notices")

    def __str__(self) -> str:
        return f"{self.account}: {self.mode}"


class Mail(Traced):
    """One mail to one account. Its state moves by the table of moves alone; the key is used once.

    ``tried_at``: when the last attempt was written down, which is before the mail goes out.
    """

    key = models.CharField(_("key"), max_length=100, unique=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="mails")
    state = models.CharField(
        _("state"), max_length=10, choices=[(s.value, s.value) for s in State], default="waiting"
    )
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    created_at = models.DateTimeField(_("written"))
    next_at = models.DateTimeField(_("next try"))
    tried_at = models.DateTimeField(_("last try"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    trouble = models.CharField(_("trouble"), max_length=200, blank=True)

    class Meta(Traced.Meta):
        verbose_name = _("mail")
        ordering = ("id",)
        indexes = [
            models.Index(fields=("next_at",), name="mail_under_way", condition=Q(state="waiting")),
            models.Index(fields=("tried_at",), name="mail_tried", condition=Q(state="trying")),
        ]
        triggers = [
            *Traced.Meta.triggers,
            pgtrigger.FSM(
                name="moves",
                field="state",
                transitions=sorted({(a.value, b.value) for (a, _), b in MOVES.items()}),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.state}"


class Notice(Traced):
    """An account is told of something, once: ``key`` says of what, and is unique.

    Written in the transaction of what it tells of. ``words`` fill the text of its kind.
    ``deadlines``: the numbers of those that it tells of together, if it tells of posts that nobody holds.
    ``packed_at``: when it was decided which mail it goes into, or that none is needed.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(_("kind"), max_length=30, choices=[(k.value, k.value) for k in Kind])
    area = models.CharField(_("area"), max_length=40)
    object_id = models.BigIntegerField(_("object"))
    path = models.CharField(_("address"), max_length=200)
    words = models.JSONField(_("words"), default=dict)
    key = models.CharField(_("key"), max_length=150, unique=True)
    deadlines = models.JSONField(_("deadlines"), default=list, blank=True)
    created_at = models.DateTimeField(_("when"))
    packed_at = models.DateTimeField(_("packed"), null=True, blank=True)
    mail = models.ForeignKey(Mail, on_delete=models.PROTECT, null=True, related_name="notices")
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta(Traced.Meta):
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=("account", "-id"), name="notice_of_account"),
            models.Index(
                fields=("account",), name="notice_unread", condition=Q(read_at__isnull=True)
            ),
            models.Index(
                fields=("id",), name="notice_unpacked", condition=Q(packed_at__isnull=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(path__startswith="/"), name="notice_path_is_ours"),
            models.CheckConstraint(
                condition=Q(mail__isnull=True) | Q(packed_at__isnull=False),
                name="notice_packed_if_mailed",
            ),
        ]

    def __str__(self) -> str:
        return self.key
