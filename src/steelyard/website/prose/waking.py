"""Who hears that something was published? The worker, at once; it looks every minute all the same.

Wagtail's own mails about moderation are not sent: what waits stands on everyone's first page.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction


def listen() -> None:
    from wagtail.models import TaskState, WorkflowState
    from wagtail.signals import (
        page_published,
        page_slug_changed,
        page_unpublished,
        post_page_move,
        task_submitted,
        workflow_approved,
        workflow_rejected,
        workflow_submitted,
    )

    for signal in (page_published, page_unpublished, post_page_move, page_slug_changed):
        signal.connect(something_changed)
    task_submitted.disconnect(
        sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification"
    )
    for signal, uid in (
        (workflow_submitted, "workflow_state_submitted_email_notification"),
        (workflow_rejected, "workflow_state_rejected_email_notification"),
        (workflow_approved, "workflow_state_approved_email_notification"),
    ):
        signal.disconnect(sender=WorkflowState, dispatch_uid=uid)


def something_changed(**_: Any) -> None:
    from steelyard.website.prose.tasks import wake

    transaction.on_commit(wake, robust=True)
