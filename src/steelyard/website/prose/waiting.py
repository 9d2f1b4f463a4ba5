"""What waits about prose: pages to mend for whoever writes, pages of others to review for whoever reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from steelyard.people.rules.reach import Held
from steelyard.people.waiting import Waiting
from steelyard.website.prose.approving import writers
from steelyard.website.prose.groups import may_enter, may_publish
from steelyard.website.prose.withheld import load_withheld


def waiting(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:
    return [
        *(_to_mend() if may_enter(held, today) else ()),
        *(_to_review(account) if may_publish(held, today) else ()),
    ]


def _to_mend() -> Iterator[Waiting]:
    for one in load_withheld():
        said = _("Not published as it stands: “%(title)s”") % {"title": one.title}
        yield Waiting(said, reverse("wagtailadmin_pages:edit", args=[one.page]), None, _("Website"))


def _to_review(account: int) -> Iterator[Waiting]:
    from wagtail.models import Page, WorkflowState

    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    numbers = [int(one) for one in states.values_list("object_id", flat=True)]
    for page in Page.objects.filter(pk__in=numbers).order_by("pk"):
        if account not in writers(page):
            said = _("Review “%(title)s”") % {"title": page.draft_title or page.title}
            yield Waiting(
                said, reverse("wagtailadmin_pages:edit", args=[page.pk]), None, _("Website")
            )
