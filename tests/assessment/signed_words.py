"""What a unit wrote of an item and signed, in a year that is past its collection."""

from __future__ import annotations

from django.db import connection, transaction

from steelyard.assessment.models import Answer, Submission
from tests.assessment.year import Year


def signs(year: Year, unit: str, item: str) -> None:
    """A statement of one item, as if it had been signed in time: no trigger looks at the day."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Submission.objects.filter(assessment=year.assessment, unit__code=unit).update(
            state="locked",
            content_hash="sha256:0",
            scheme=year.version,
            signed_by=year.huang,
            signed_at=year.now,
        )
        Answer.objects.create(
            submission=Submission.objects.get(assessment=year.assessment, unit__code=unit), item=item,
            statement="样本：已按期完成", saved_by=year.huang, saved_at=year.now,
        )  # fmt: skip
        cursor.execute("SET LOCAL session_replication_role = origin")
