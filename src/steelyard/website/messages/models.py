"""Messages of the public, and what they were answered."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from steelyard.people.models import Account
from steelyard.trail.traced import Traced
from steelyard.website.messages.rules import MOVES, STATES, State


class PublicMessage(Traced):
    """A message as it came in, once; its state, its answer, and what of both is published.

    The trail never holds who sent it: name, address and text are among its secret columns.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    lookup = models.CharField(_("hash of number and code"), max_length=71)
    digest = models.CharField(_("digest"), max_length=71, unique=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    mail = models.CharField(_("mail"), max_length=200, blank=True)
    subject = models.CharField(_("subject"), max_length=120)
    text = models.TextField(_("message"))
    lang = models.CharField(_("language"), max_length=10)
    sent_at = models.DateTimeField(_("sent"))
    taken_at = models.DateTimeField(_("taken in"))
    due = models.DateField(_("to be answered by"))
    state = models.CharField(
        _("state"),
        max_length=10,
        default="received",
        choices=[(s.value, STATES[s].en) for s in State],
    )
    answer = models.TextField(_("answer"), blank=True)
    ended_at = models.DateTimeField(_("answered"), null=True, blank=True)
    ended_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mailed_at = models.DateTimeField(_("answer mailed"), null=True, blank=True)
    mail_trouble = models.CharField(_("trouble with the mail"), max_length=200, blank=True)
    public_question = models.TextField(_("question as published"), blank=True)
    public_answer = models.TextField(_("answer as published"), blank=True)

    class Meta(Traced.Meta):
        verbose_name = _("message of the public")
        verbose_name_plural = _("messages of the public")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state="received", ended_at__isnull=True)
                | (~Q(state="received") & Q(ended_at__isnull=False)),
                name="message_ends_somehow",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | ~Q(answer=""), name="message_answered_with_words"
            ),
            models.CheckConstraint(
                condition=Q(public_question="", public_answer="")
                | (~Q(public_question="") & ~Q(public_answer="")),
                name="message_published_with_its_answer",
            ),
        ]
        triggers = [
            *Traced.Meta.triggers,
            pgtrigger.FSM(
                name="moves",
                field="state",
                transitions=sorted((a.value, b.value) for a, to in MOVES.items() for b in to),
            ),
            pgtrigger.ReadOnly(
                name="frozen",
                fields=["number", "lookup", "digest", "subject", "text", "sent_at", "due"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"
