"""Tell accounts of something, each once, in the transaction of what they are told of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from steelyard.kernel.bilingual import Text
from steelyard.notices.models import Notice
from steelyard.notices.rules.texts import Kind


def tell(
    kind: Kind,
    to: Iterable[int],
    *,
    area: str,
    object_id: int,
    path: str,
    words: Mapping[str, Text],
    once: str,
    now: datetime,
) -> None:
    """Tell accounts of something, each once: ``once`` names what happened.

    Call it inside the transaction of what it tells of: both are written or neither is. Who was
    told already under the same ``once`` is not told again. ``path``: where it is to be seen.
    ``words`` fill the places of the kind's text; what each kind has is in ``rules/texts.py``.

    Raises:
        RuntimeError: there is no transaction.
    """
    write_notices(notices(kind, to, area, object_id, path, words, once, now))


def notices(
    kind: Kind, to: Iterable[int], area: str, object_id: int, path: str,
    words: Mapping[str, Text], once: str, now: datetime,
) -> list[Notice]:  # fmt: skip
    said = {place: {"zh": text.zh, "en": text.en} for place, text in words.items()}
    return [
        Notice(
            account_id=account, kind=kind.value, area=area, object_id=object_id, path=path, words=said,
            key=f"{once}:{account}", created_at=now,
        )
        for account in dict.fromkeys(to)
    ]  # fmt: skip


def write_notices(those: Sequence[Notice]) -> None:
    """All of them at once, in the transaction of what they tell of."""
    if not connection.in_atomic_block:
        raise RuntimeError("tell() belongs in the transaction of what it tells of: use acting()")
    Notice.objects.bulk_create(those, ignore_conflicts=True)
    if not any(call is _wake_the_sender for _, call, *_ in connection.run_on_commit):
        transaction.on_commit(_wake_the_sender, robust=True)


def _wake_the_sender() -> None:
    """Mail leaves a moment later rather than within the minute; nothing hangs on it."""
    from steelyard.notices.tasks import wake

    wake()
