"""What waits for whoever reviews prose: pages that were handed in."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from steelyard.people.rules.reach import Held
from steelyard.people.waiting import Waiting
from steelyard.website.prose.groups import may_publish


def waiting(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:  # noqa: ARG001
    if not may_publish(held, today):
        return []
    from wagtail.models import Page, WorkflowState

    numbers = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    pages = Page.objects.filter(
        pk__in=[int(one) for one in numbers.values_list("object_id", flat=True)]
    )
    return [
        Waiting(
            _("Review “%(title)s”") % {"title": page.draft_title or page.title},
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            None,
            _("Website"),
        )
        for page in pages.order_by("pk")
    ]
