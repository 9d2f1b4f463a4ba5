"""Is something gone from the disk that the database tells of? The administrators hear of it, once of each loss."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from steelyard.config.kept import NotKept, missing, promised
from steelyard.kernel.bilingual import same
from steelyard.notices.actions import tell
from steelyard.notices.rules.texts import Kind
from steelyard.people.models import Holding, Placement
from steelyard.people.queries import on_day
from steelyard.people.rules.roles import Role
from steelyard.trail.acting import acting


def tell_of_lost(now: datetime) -> int:
    """How much is missing. Nothing is read for it: what was altered is found when it is read, and by a backup."""
    lost = find_lost()
    if lost:
        numbers = Counter(one.promise.name.partition("/")[0] for one in lost)
        with acting("tell_of_lost"):
            tell(
                Kind.CONTENT_LOST, administrators(timezone.localdate(now)), area="files", object_id=0,
                path=reverse("notices:list"), once=f"lost:{_named(lost)}", now=now,
                words={one: same(str(numbers[one])) for one in ("files", "weighings", "snapshots")},
            )  # fmt: skip
    return len(lost)


def find_lost() -> tuple[NotKept, ...]:
    """What is given up while one looks is missed by nobody: it is asked for twice."""
    lost = missing(settings.ENVIRONMENT.home, promised(_ask))
    still = set(promised(_ask)) if lost else set()
    return tuple(one for one in lost if one.promise in still)


def _ask(query: str) -> Iterable[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def _named(lost: Sequence[NotKept]) -> str:
    """One loss, however often it is found again."""
    names = "\n".join(sorted(one.promise.name for one in lost))
    return hashlib.sha256(names.encode()).hexdigest()


def administrators(today: date) -> list[int]:
    """Of the organisations above which there is none: they have to do with the machine."""
    below = Placement.objects.filter(on_day(today)).values("organisation")
    held = Holding.objects.filter(
        on_day(today), role=Role.ADMINISTRATOR, account__is_active=True
    ).exclude(organisation__in=below)
    return sorted(set(held.values_list("account", flat=True)))
