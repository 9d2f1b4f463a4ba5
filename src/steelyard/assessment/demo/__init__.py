"""Assessments of a demonstration: last year's complete, this year's at mid-collection, and so is a city's own
of its districts.

Led by the demonstration's own people with the real actions, stage by stage; only what would take
hundreds of actions is written at once. All of it is a sample, and says so.
"""

from __future__ import annotations

from datetime import datetime

from steelyard.assessment.demo.districts import Districts
from steelyard.assessment.demo.past import Past
from steelyard.assessment.demo.people import People
from steelyard.assessment.demo.running import Running
from steelyard.assessment.models import Assessment


def load_demo_assessments(now: datetime) -> None:
    """Load them, by the demonstration's accounts; once."""
    if Assessment.objects.exists():
        return
    people = People(now)
    Past(people, now).lead()
    Running(people, now).lead()
    Districts(people, now).lead()
