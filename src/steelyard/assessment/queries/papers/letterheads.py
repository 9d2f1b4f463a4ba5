"""What is an office called on its papers?"""

from __future__ import annotations

from django.db.models import QuerySet

from steelyard.assessment.models import Letterhead
from steelyard.assessment.rules.papers.letterheads import Named
from steelyard.people.models import Organisation


def letterheads_of(office: int) -> QuerySet[Letterhead]:
    """Every version, the one in use first."""
    return Letterhead.objects.filter(office=office).select_related("made_by").order_by("-number")


def named(office: Organisation) -> Named:
    """As it wants to be called; the name of the organisation before it ever said so."""
    found = letterheads_of(office.pk).first()
    if found is None:
        return Named(office.name_zh, office.name_en)
    return Named(found.name_zh, found.name_en, found.code)
