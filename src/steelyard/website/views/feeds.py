"""Feeds, each in both languages."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext, override

from steelyard.kernel.bilingual import Lang
from steelyard.website.feeds import FEEDS, LANGUAGE, feed_bytes
from steelyard.website.site import site_at
from steelyard.website.where import root_of


def feed(request: HttpRequest, feed: str, lang: str) -> HttpResponse:
    language: Lang = "en" if lang == "en" else "zh"
    if feed not in FEEDS or lang not in LANGUAGE:
        raise Http404
    with override(LANGUAGE[language]):
        publisher = gettext("Steelyard")
    content = feed_bytes(
        feed, language, site_at(request.now), root=root_of(request), publisher=publisher
    )
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
