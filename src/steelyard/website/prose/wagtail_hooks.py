"""Wagtail's menu, cut down to what is decided there."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail import hooks

KEPT = ("explorer", "images", "documents", "reports")


@hooks.register("construct_main_menu")
def keep_what_is_decided_here(request: HttpRequest, items: list) -> None:  # noqa: ARG001
    items[:] = [one for one in items if one.name in KEPT]
