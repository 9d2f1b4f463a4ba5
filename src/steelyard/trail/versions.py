"""Two people save the same thing: who comes second is told, and nothing is overwritten unseen.

A form carries the version it was filled in from. Saving asks whether the row still has it, under
a lock; if not, the three states are laid side by side: as it was seen, as it now is, as it was
about to be saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models, transaction

from steelyard.trail.models import Entry
from steelyard.trail.secret_columns import SECRET
from steelyard.trail.traced import Traced

Row = Mapping[str, Any]
"""Column → value, without the version."""

QUIET: Mapping[str, tuple[str, ...]] = {"people_account": ("last_login", "language")}
"""Columns that change by themselves while others look: nobody who saves is held up by them."""

T = TypeVar("T", bound=Traced)


@dataclass
class ChangedMeanwhile(Exception):
    """Someone saved this after it was seen.

    ``before``: as it was when seen, {} if the trail no longer tells; ``theirs``: as it is now, {}
    if it was deleted; ``mine``: what was about to be saved, {} if one only wanted something done
    with it. ``version``: of ``theirs``, 0 if gone.
    """

    model: type[models.Model]
    pk: int
    before: Row
    theirs: Row
    mine: Row
    version: int
    labels: Mapping[str, str] = field(default_factory=dict)
    """What the form calls its fields, by the columns that they fill: the page speaks as the form does."""

    def __str__(self) -> str:
        what = "deleted" if not self.theirs else f"changed: {', '.join(self.differ())}"
        return f"{self.model._meta.label} was {what} meanwhile; look at both and save again"

    def differ(self) -> tuple[str, ...]:
        """The columns in which the two savers differ."""
        return tuple(
            column for column, value in self.mine.items() if self.theirs.get(column) != value
        )

    def told(self) -> tuple[str, ...]:
        """The columns that were changed since, of which ``mine`` says nothing."""
        return tuple(
            column
            for column in _that_matter(self.model)
            if self.before and self.theirs and column not in self.mine
            and self.before.get(column) != self.theirs.get(column)
        )  # fmt: skip


def save_unless_changed(instance: T, seen_version: int) -> T:
    """Save a row if nobody has since it was seen.

    Raises:
        ChangedMeanwhile: somebody has; nothing was written.
    """
    model = type(instance)
    with transaction.atomic():
        theirs = model._base_manager.select_for_update().filter(pk=instance.pk).first()
        if theirs is None or theirs.version != seen_version:
            found = changed_since(theirs or instance, seen_version, row_of(instance))
            if theirs is None or not _only_quiet(found):
                raise found
            for column in QUIET[model._meta.db_table]:
                setattr(instance, column, getattr(theirs, column))
        instance.save(force_update=True)
    instance.version = theirs.version + 1
    return instance


def refuse_if_changed(row: Traced, seen_version: int | None, **mine: Any) -> None:
    """Go on only if a row, which is held under a lock, is as it was seen; None: nobody looked.

    ``mine``: by column, what is about to be saved; none of it where something is done with the row.

    Raises:
        ChangedMeanwhile: somebody saved it since.
    """
    if seen_version is None or row.version == seen_version:
        return
    found = changed_since(row, seen_version, mine)
    if not _only_quiet(found):
        raise found


def changed_since(row: Traced, seen_version: int, mine: Row) -> ChangedMeanwhile:
    """How a row was when it was seen, how it is now, and what was about to be saved."""
    model = type(row)
    theirs = model._base_manager.filter(pk=row.pk).first()
    before = _as_seen(model, row.pk, seen_version)
    now = row_of(theirs) if theirs else {}
    return ChangedMeanwhile(model, row.pk, before, now, mine, theirs.version if theirs else 0)


def _only_quiet(found: ChangedMeanwhile) -> bool:
    columns = _that_matter(found.model)
    return bool(found.before and found.theirs) and all(
        found.before.get(column) == found.theirs.get(column) for column in columns
    )


def _that_matter(model: type[models.Model]) -> list[str]:
    """The columns that a person may be shown and has to know of. Of a secret one, the trail has none."""
    table = model._meta.db_table
    left_out = {"version", model._meta.pk.attname, *QUIET.get(table, ()), *SECRET.get(table, ())}
    return [one.attname for one in model._meta.concrete_fields if one.attname not in left_out]


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
