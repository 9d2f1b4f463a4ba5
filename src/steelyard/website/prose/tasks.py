"""What the worker does for prose: what is due goes live or comes down, and what is live is published."""

from __future__ import annotations

import logging

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from steelyard.website.prose import actions

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="publish_prose", queueing_lock="publish_prose")
def publish_prose(**_: int) -> None:
    """Every minute, and at once when an editor's page went live or came down."""
    actions.keep_times(now=timezone.now())
    actions.publish_prose(by=None, now=timezone.now())


def wake() -> None:
    """Ask for it now. If it is asked for already, that will do."""
    try:
        publish_prose.defer()
    except AlreadyEnqueued:
        log.debug("prose is about to be published already")
