"""What the worker does for deliveries. Each may be run twice, or die, without harm."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from steelyard.supply.actions.snapshots import carry_out


@app.task(name="freeze_snapshot")
def freeze_snapshot(snapshot: int) -> None:
    """Freeze what was asked for; frozen already, it stays as it is."""
    carry_out(snapshot=snapshot, now=timezone.now())
