"""What the worker does for the trail by itself."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from steelyard.trail.sealing import seal_days


@app.periodic(cron="29 * * * *")
@app.task(name="seal_trail", queueing_lock="seal_trail")
def seal_trail(**_: int) -> None:
    """Every hour, so that a night that was missed is caught up; most hours there is nothing to seal."""
    seal_days(timezone.now())
