"""Two pairs of eyes: whoever wrote of a page what is not out yet does not say that it goes out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction

from steelyard.kernel.refusals import Refused
from steelyard.people.models import Account
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Role
from steelyard.website.prose.approving import OWN_TEXT, writers
from steelyard.website.prose.groups import follow_roles
from steelyard.website.prose.models import Home, NewsArticle, NewsList
from steelyard.website.prose.waiting import waiting
from tests.people.builders import Region, person, region, signed_in
from tests.website.prose.test_prose import editor, moderator, site

pytestmark = pytest.mark.django_db

FORM = {
    "title": "开庭公告",
    "slug": "hearing",
    "day": "2022-03-01",
    "summary": "",
    "body-count": "0",
}


@pytest.fixture
def guangdong() -> Region:
    return region()


@pytest.fixture
def news(trees: dict[str, Home]) -> NewsList:
    return site(trees)[1]


def another(guangdong: Region) -> Account:
    return person("z", Role.MODERATOR, guangdong.guangdong, "郑审")


def hands_in(client: Client, news: NewsList, action: str = "action-submit") -> NewsArticle:
    add = reverse("wagtailadmin_pages:add", args=["prose", "newsarticle", news.pk])
    client.post(add, FORM | {action: "1"})
    return NewsArticle.objects.get(slug="hearing")


def approves(client: Client, article: NewsArticle) -> str:
    """What the pages say to it."""
    task = article.current_workflow_state.current_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", task.pk])
    answer = client.post(
        address, {"comment": ""}, follow=True, headers={"referer": "http://testserver/editors/"}
    )
    return answer.text


def is_live(article: NewsArticle) -> bool:
    return NewsArticle.objects.get(pk=article.pk).live


def test_moderator_does_not_approve_what_they_wrote(guangdong: Region, news: NewsList) -> None:
    writes = signed_in(moderator(guangdong), "zh-hans")
    article = hands_in(writes, news)
    assert OWN_TEXT.text.zh in approves(writes, article)
    assert not is_live(article)
    approves(signed_in(another(guangdong)), article)
    assert is_live(article)


def test_moderator_does_not_approve_what_they_changed(guangdong: Region, news: NewsList) -> None:
    article = hands_in(signed_in(editor(guangdong)), news)
    reviews = signed_in(moderator(guangdong))
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    changed = FORM | {"title": "开庭公告（改）"}
    reviews.post(edit, changed | {"action-workflow-action": "1", "workflow-action-name": "approve"})
    assert not is_live(article)
    kept = NewsArticle.objects.get(pk=article.pk).get_latest_revision()
    assert kept.content["title"] == "开庭公告（改）", "their words are kept"
    approves(reviews, article)
    assert not is_live(article)
    approves(signed_in(another(guangdong)), article)
    assert is_live(article)


def test_who_saves_a_draft_without_a_change_wrote_nothing(
    guangdong: Region, news: NewsList
) -> None:
    article = hands_in(signed_in(editor(guangdong)), news)
    reviews = signed_in(moderator(guangdong))
    reviews.post(reverse("wagtailadmin_pages:edit", args=[article.pk]), FORM)
    assert article.revisions.latest("pk").user.username == "m"
    approves(reviews, article)
    assert is_live(article)


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_nothing_goes_live_from_the_form_in_which_it_is_written(
    guangdong: Region, news: NewsList, action: str
) -> None:
    writes = signed_in(moderator(guangdong))
    article = hands_in(writes, news, action)
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    writes.post(edit, FORM | {"title": "改", "action-publish": "1"})
    assert not is_live(article)
    assert "action-publish" not in writes.get(edit).text


def test_many_pages_at_once_are_no_way_around(guangdong: Region, news: NewsList) -> None:
    writes = signed_in(moderator(guangdong))
    article = hands_in(writes, news, "action-save")
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    writes.post(f"{bulk}?id={article.pk}", {"include_descendants": "on"})
    assert not is_live(article)


def test_past_the_pages_it_is_refused_too(guangdong: Region, news: NewsList) -> None:
    account = moderator(guangdong)
    article = hands_in(signed_in(account), news)
    follow_roles(account, load_held(account.pk, timezone.localdate()), timezone.localdate())
    revision = article.get_latest_revision()
    with pytest.raises(Refused, match="not_allowed"):
        revision.publish(user=account)
    with pytest.raises(Refused, match="not_allowed"):
        revision.publish(user=account, skip_permission_checks=True)
    with pytest.raises(Refused, match="not_allowed"):
        article.current_workflow_state.current_task_state.approve(user=account)
    with pytest.raises(Exception, match="permission"):
        PublishPageRevisionAction(revision, user=account).execute()
    assert not is_live(article)


def test_editor_approves_nothing_past_the_pages(guangdong: Region, news: NewsList) -> None:
    article = hands_in(signed_in(moderator(guangdong)), news)
    with pytest.raises(Refused, match="not_allowed"):
        article.get_latest_revision().publish(user=editor(guangdong))


def test_what_is_out_is_nobodys_draft(guangdong: Region, news: NewsList) -> None:
    """Who wrote the page once may approve what another changed in it."""
    writes, reviews = signed_in(moderator(guangdong)), signed_in(another(guangdong))
    article = hands_in(writes, news)
    approves(reviews, article)
    article.refresh_from_db()
    assert writers(article) == frozenset()
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    reviews.post(edit, FORM | {"title": "更正", "action-submit": "1"})
    article = NewsArticle.objects.get(pk=article.pk)
    approves(reviews, article)
    assert NewsArticle.objects.get(pk=article.pk).title == "开庭公告"
    approves(writes, article)
    assert NewsArticle.objects.get(pk=article.pk).title == "更正"


def test_own_text_does_not_wait_for_whoever_wrote_it(guangdong: Region, news: NewsList) -> None:
    account, today = moderator(guangdong), timezone.localdate()
    hands_in(signed_in(account), news)
    other = another(guangdong)
    assert waiting(account.pk, load_held(account.pk, today), today) == []
    assert len(waiting(other.pk, load_held(other.pk, today), today)) == 1


def test_time_that_was_approved_is_kept_by_the_system(guangdong: Region, news: NewsList) -> None:
    later = timezone.localtime() + timedelta(hours=2)
    writes = signed_in(editor(guangdong))
    add = reverse("wagtailadmin_pages:add", args=["prose", "newsarticle", news.pk])
    writes.post(add, FORM | {"go_live_at": f"{later:%Y-%m-%d %H:%M}", "action-submit": "1"})
    article = NewsArticle.objects.get(slug="hearing")
    approves(signed_in(moderator(guangdong)), article)
    article = NewsArticle.objects.get(pk=article.pk)
    assert (article.live, article.approved_schedule) == (False, True)
