"""What the worker does for the site check: a run before the day begins."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from steelyard.website.checking.office import run_check


@app.periodic(cron="40 4 * * *")
@app.task(name="check_site", queueing_lock="check_site")
def check_site(**_: int) -> None:
    """Every day."""
    run_check(now=timezone.now())
