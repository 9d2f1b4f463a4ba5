"""Two people save the same thing: who comes second is told, and nothing is overwritten unseen.

A form carries the version it was filled in from. Saving asks whether the row still has it, under
a lock; if not, the three states are laid side by side: as it was seen, as it now is, as it was
about to be saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models, transaction

from steelyard.trail.models import Entry
from steelyard.trail.traced import Traced

Row = Mapping[str, Any]
"""Column → value, without the version."""

T = TypeVar("T", bound=Traced)


@dataclass
class ChangedMeanwhile(Exception):
    """Someone saved this after it was seen.

    ``before``: as it was when seen, {} if the trail no longer tells; ``theirs``: as it is now, {}
    if it was deleted; ``mine``: as it was about to be saved. ``version``: of ``theirs``, 0 if gone.
    """

    model: type[models.Model]
    before: Row
    theirs: Row
    mine: Row
    version: int

    def __str__(self) -> str:
        what = "deleted" if not self.theirs else f"changed: {', '.join(self.differ())}"
        return f"{self.model._meta.label} was {what} meanwhile; look at both and save again"

    def differ(self) -> tuple[str, ...]:
        """The columns in which the two savers differ."""
        return tuple(
            column for column, value in self.mine.items() if self.theirs.get(column) != value
        )


def save_unless_changed(instance: T, seen_version: int) -> T:
    """Save a row if nobody has since it was seen.

    Raises:
        ChangedMeanwhile: somebody has; nothing was written.
    """
    model = type(instance)
    with transaction.atomic():
        theirs = model._base_manager.select_for_update().filter(pk=instance.pk).first()
        if theirs is None or theirs.version != seen_version:
            raise ChangedMeanwhile(
                model,
                _as_seen(model, instance.pk, seen_version),
                row_of(theirs) if theirs else {},
                row_of(instance),
                theirs.version if theirs else 0,
            )
        instance.save(force_update=True)
    instance.version = seen_version + 1
    return instance


def row_of(instance: models.Model) -> Row:
    return {
        field.attname: field.to_python(getattr(instance, field.attname))
        for field in instance._meta.concrete_fields
        if field.name != "version"
    }


def _as_seen(model: type[models.Model], pk: int, version: int) -> Row:
    """The row as the trail has it under that version."""
    entry = Entry.objects.filter(
        table_name=model._meta.db_table, row_id=pk, after__version=version
    ).first()
    if entry is None:
        return {}
    return {
        field.attname: field.to_python(entry.after.get(field.column))
        for field in model._meta.concrete_fields
        if field.name != "version"
    }
