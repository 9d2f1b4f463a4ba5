"""Who may say that a page goes out? One who reviews, and wrote nothing of what has not been out yet.

    draft ─► handed in ─► approved by another ─► live, at once or at its time

Wagtail would let whoever may publish publish their own text, by many ways. All of them end in
``ProsePage.publish``, which asks here; the pages offer no way that it would refuse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.models import Page, PagePermissionTester

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import NOT_ALLOWED, Refusal, refuse_if_any

if TYPE_CHECKING:
    from wagtail.models import Revision

    from steelyard.people.models import Account

NO_REVIEWER = Refusal(
    NOT_ALLOWED,
    Text(
        "您没有审核网页的角色；草稿已经保存，请提交审核",
        "you hold no role that reviews pages; the draft is kept: hand it in",
    ),
)
OWN_TEXT = Refusal(
    NOT_ALLOWED,
    Text(
        "这一稿是您写的或者改过的，须由另一位审核员批准；草稿已经保存，请提交审核",
        "you wrote or changed this draft: another moderator approves it; it is kept as a draft: hand it in",
    ),
)


WRITTEN = ("title", "slug", "summary", "sample", "body", "day", "go_live_at", "expire_at",
           "seo_title", "search_description")  # fmt: skip
"""What of a page is written by people. Who saves it without a change wrote nothing."""


def writers(page: Page) -> frozenset[int]:
    """Accounts that wrote what was not out yet; of a page that never was out, whoever began it too."""
    out = page.last_published_at
    revisions = page.revisions.order_by("created_at", "pk")
    since = revisions if out is None else revisions.filter(created_at__gt=out)
    before = None if out is None else revisions.filter(created_at__lte=out).last()
    found = {page.owner_id} if out is None else set()
    for one in since:
        if before is None or _written(one) != _written(before):
            found.add(one.user_id)
        before = one
    return frozenset(found - {None})


def _written(revision: Revision) -> dict[str, object]:
    return {name: revision.content.get(name) for name in WRITTEN}


def refuse_unless_another_approves(page: Page, user: Account) -> None:
    """
    Raises:
        Refused: the account does not review pages, or wrote of this one what would go out.
    """
    refuse_if_any(
        [
            *([] if page.permissions_for_user(user).reviews else [NO_REVIEWER]),
            *([OWN_TEXT] if user.pk in writers(page) else []),
        ]
    )


class Permissions(PagePermissionTester):
    """What Wagtail's pages offer: nothing goes live from the form in which it is written."""

    @property
    def reviews(self) -> bool:
        return bool(super().can_publish())

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return self.reviews

    def can_set_view_restrictions(self) -> bool:
        return False


def offered(items: list[Any], page: Page | None, user: Account) -> list[Any]:
    """The buttons below a page without those that would be refused to whoever wrote it."""
    if page is None or page.pk is None or user.pk not in writers(page):
        return items
    return [one for one in items if getattr(one, "name", "") != APPROVE]


APPROVE = "approve"
