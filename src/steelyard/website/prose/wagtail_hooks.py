"""Wagtail's menu, cut down to what is decided there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from steelyard.look.language import say
from steelyard.website.prose.approving import offered
from steelyard.website.prose.withheld import load_withheld

KEPT = ("explorer", "images", "documents", "reports")


@hooks.register("construct_main_menu")
def keep_what_is_decided_here(request: HttpRequest, items: list) -> None:  # noqa: ARG001
    items[:] = [one for one in items if one.name in KEPT]


@hooks.register("construct_page_action_menu")
def offer_approval_to_others_alone(
    items: list[Any], request: HttpRequest, context: dict[str, Any]
) -> None:
    items[:] = offered(items, context.get("page"), request.user)


@hooks.register("before_edit_page")
def say_why_it_is_not_published(request: HttpRequest, page: Page) -> None:
    if request.method != "GET":
        return
    for one in load_withheld():
        if one.page == page.pk:
            for reason in one.said:
                messages.warning(request, say(reason))
