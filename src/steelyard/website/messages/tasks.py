"""What the worker does for messages: answers leave by mail, states and published answers go out."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from steelyard.website.messages import actions


@app.periodic(cron="* * * * *")
@app.task(name="carry_answers", queueing_lock="carry_answers")
def carry_answers(**_: int) -> None:
    """Every minute."""
    actions.mail_answers(now=timezone.now())
    actions.publish_messages(now=timezone.now())
