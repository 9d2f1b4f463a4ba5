"""Which leads exist for a person, and how many of each unit? For the office only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from steelyard.assessment.models import Assessment, InformantRead, Lead
from steelyard.assessment.permissions.visits import offices_whose_leads
from steelyard.assessment.rules.states import LeadState
from steelyard.kernel.bilingual import Text
from steelyard.people.rules.reach import Held


def leads_seen_by(held: Iterable[Held], on: date) -> QuerySet[Lead]:
    """The leads that exist for a person; who told of them is in none."""
    return Lead.objects.filter(office__in=offices_whose_leads(held, on)).select_related(
        "unit", "assessment", "received_by", "concluded_by", "visit"
    )


@dataclass(frozen=True, slots=True)
class OfUnit:
    """How many leads there are of a unit, by their state."""

    unit: Text
    new: int
    checking: int
    confirmed: int
    unfounded: int

    @property
    def all(self) -> int:
        return self.new + self.checking + self.confirmed + self.unfounded


def leads_by_unit(assessment: Assessment) -> list[OfUnit]:
    """The statistics: one query."""
    rows = (
        Lead.objects.filter(assessment=assessment)
        .order_by("unit__code")
        .values("unit__code", "unit__name_zh", "unit__name_en", "state")
        .annotate(count=Count("pk"))
    )
    titles: dict[str, Text] = {}
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        titles[row["unit__code"]] = Text(row["unit__name_zh"], row["unit__name_en"])
        counts.setdefault(row["unit__code"], {})[row["state"]] = row["count"]
    return [
        OfUnit(titles[code], *(states.get(state.value, 0) for state in LeadState))
        for code, states in counts.items()
    ]


def reads_of(lead: Lead) -> list[InformantRead]:
    """Who opened the seal, when and why."""
    found = InformantRead.objects.filter(informant__lead=lead).select_related("by")
    return list(found.order_by("pk"))
