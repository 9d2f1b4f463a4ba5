"""What the worker does for assessments. Each may be run twice, or die, without harm."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from steelyard.assessment.actions.weighings import carry_out


@app.task(name="weigh_frozen", lock="weigh_frozen")
def weigh_frozen(weighing: int) -> None:
    """Freeze and weigh what was asked for, one weighing at a time; ended already, it stays as it is."""
    carry_out(weighing=weighing, now=timezone.now)


@app.task(name="publish_sample_year", lock="weigh_frozen")
def publish_sample_year(weighing: int) -> None:
    """Of a demonstration: it waits for the weighing, and does nothing anywhere else."""
    from steelyard.assessment.demo.publishing import publish_sample_year

    publish_sample_year(weighing=weighing, now=timezone.now())
