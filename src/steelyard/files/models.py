"""Contents (bytes, once each), files (a content under a name, with a mark) and what they hang on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from steelyard.files.rules.kinds import KINDS, Kind
from steelyard.files.rules.marks import MARKS, Mark
from steelyard.people.models import Organisation
from steelyard.trail.traced import Traced


class Content(Traced):
    """Bytes that lie in the store under their hash, however many files there are of them."""

    sha256 = models.CharField(_("hash"), max_length=71, unique=True)
    size = models.BigIntegerField(_("size"))
    kind = models.CharField(
        _("kind"), max_length=10, choices=[(kind.value, KINDS[kind].en) for kind in Kind]
    )
    first_at = models.DateTimeField(_("first received"))

    class Meta(Traced.Meta):
        verbose_name = _("content")
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="content_not_empty"),
            models.CheckConstraint(
                condition=Q(sha256__regex="^sha256:[0-9a-f]{64}$"), name="content_tagged_hash"
            ),
        ]

    def __str__(self) -> str:
        return self.sha256


class File(Traced):
    """What someone sent: a content under a name, of an organisation, with a mark of who may have it."""

    content = models.ForeignKey(
        Content, on_delete=models.PROTECT, related_name="files", verbose_name=_("content")
    )
    name = models.CharField(_("file name"), max_length=140)
    mark = models.CharField(
        _("confidentiality"), max_length=12, choices=[(mark.value, MARKS[mark].en) for mark in Mark]
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("sent by"),
    )
    sent_at = models.DateTimeField(_("sent"))

    class Meta(Traced.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(mark__in=[mark.value for mark in Mark]), name="file_mark_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Attachment(Traced):
    """A file hangs on one row of any table; while it does, it cannot be deleted."""

    file = models.ForeignKey(
        File, on_delete=models.PROTECT, related_name="attachments", verbose_name=_("file")
    )
    table_name = models.CharField(_("table"), max_length=63)
    row_id = models.BigIntegerField(_("row"))
    purpose = models.CharField(_("purpose"), max_length=40, blank=True)

    class Meta(Traced.Meta):
        verbose_name = _("attachment")
        constraints = [
            models.UniqueConstraint(
                fields=("table_name", "row_id", "purpose", "file"), name="attachment_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file} @ {self.table_name} {self.row_id}"
