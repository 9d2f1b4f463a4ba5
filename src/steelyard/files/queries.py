"""Reads: the files of my organisations, and one file if I may have it."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, QuerySet

from steelyard.files.attached import sees_any
from steelyard.files.models import File
from steelyard.files.rules.marks import Kept, Mark, may_fetch
from steelyard.people.rules.reach import Held


def own_organisations(held: tuple[Held, ...], on: date) -> frozenset[int]:
    return frozenset(one.organisation for one in held if one.is_held_on(on))


def files_of(organisations: frozenset[int]) -> QuerySet[File]:
    """Newest first, with all that a list shows."""
    return (
        File.objects.filter(organisation__in=organisations)
        .select_related("content", "organisation", "sent_by")
        .annotate(times_attached=Count("attachments"))
        .order_by("-id")
    )


def load_file(file: int, account: int, held: tuple[Held, ...], on: date) -> File | None:
    """The file, if this account may fetch it today; else it does not exist for it."""
    found = (
        File.objects.filter(pk=file).select_related("content", "organisation", "sent_by").first()
    )
    if found is None:
        return None
    kept = Kept(Mark(found.mark), found.organisation_id)
    attached = found.attachments.values_list("table_name", "row_id")
    allowed = may_fetch(kept, held, on) or may_fetch(
        kept, held, on, sees_what_it_is_attached_to=sees_any(account, held, on, attached)
    )
    return found if allowed else None
