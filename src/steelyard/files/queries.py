"""Reads: the files of my organisations, and one file if I may have it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Count, QuerySet

from steelyard.files.attached import seen_among, sees_any
from steelyard.files.models import Attachment, File
from steelyard.files.rules.marks import Kept, Mark, may_fetch
from steelyard.people.rules.reach import Held


def own_organisations(held: tuple[Held, ...], on: date) -> frozenset[int]:
    return frozenset(one.organisation for one in held if one.is_held_on(on))


def files_of(account: int, held: tuple[Held, ...], on: date) -> QuerySet[File]:
    """Those of one's organisations that one may fetch, newest first, with all that a list shows."""
    own = File.objects.filter(organisation__in=own_organisations(held, on))
    return (
        own.exclude(pk__in=_hidden_among(own, account, held, on))
        .select_related("content", "organisation", "sent_by")
        .annotate(times_attached=Count("attachments"))
        .order_by("-id")
    )


def _hidden_among(
    files: QuerySet[File], account: int, held: tuple[Held, ...], on: date
) -> frozenset[int]:
    """Confidential ones that are attached, and to nothing that this account may see."""
    attached = list(
        Attachment.objects.filter(file__in=files, file__mark=Mark.CONFIDENTIAL).values_list(
            "file", "table_name", "row_id"
        )
    )
    seen = seen_among(account, held, on, {(table, row) for _, table, row in attached})
    shown = {file for file, table, row in attached if (table, row) in seen}
    return frozenset(file for file, _, _ in attached) - shown


def fetchable(
    files: Collection[int], account: int, held: tuple[Held, ...], on: date
) -> frozenset[int]:
    """Those of these files that :func:`load_file` gives this account: a page links to no other."""
    if not files:
        return frozenset()
    attached = list(
        Attachment.objects.filter(file__in=files).values_list("file", "table_name", "row_id")
    )
    seen = seen_among(account, held, on, {(table, row) for _, table, row in attached})
    hung = {file for file, _, _ in attached}
    shown = {file for file, table, row in attached if (table, row) in seen}
    return frozenset(
        one.pk
        for one in File.objects.filter(pk__in=files)
        if may_fetch(
            Kept(Mark(one.mark), one.organisation_id, is_attached=one.pk in hung), held, on,
            sees_what_it_is_attached_to=one.pk in shown,
        )
    )  # fmt: skip


def load_file(file: int, account: int, held: tuple[Held, ...], on: date) -> File | None:
    """The file, if this account may fetch it today; else it does not exist for it."""
    found = (
        File.objects.filter(pk=file).select_related("content", "organisation", "sent_by").first()
    )
    if found is None:
        return None
    attached = list(found.attachments.values_list("table_name", "row_id"))
    kept = Kept(Mark(found.mark), found.organisation_id, is_attached=bool(attached))
    allowed = may_fetch(kept, held, on) or may_fetch(
        kept, held, on, sees_what_it_is_attached_to=sees_any(account, held, on, attached)
    )
    return found if allowed else None
