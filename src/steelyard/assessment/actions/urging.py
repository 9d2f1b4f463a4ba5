"""Urge at most once a day: what stands against it is refused, and the day is kept with the assessment."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from steelyard.assessment.models import Assessment
from steelyard.assessment.rules.urging import Urging, against_urging
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import refuse_if_any


def note_urging(found: Assessment, day: str, *, waiting: int, nothing: Text, now: datetime) -> None:
    """Note that those who have something to do are urged today. ``day``: the field that keeps it;
    ``waiting`` of them there are, and ``nothing`` is said if there is none.

    Raises:
        Refused: nobody is to be urged, or they were urged today.
    """
    today = timezone.localdate(now)
    asked = Urging(waiting=waiting, urged_on=getattr(found, day), on=today, nothing=nothing)
    refuse_if_any(against_urging(asked))
    setattr(found, day, today)
    found.save(update_fields=[day])
