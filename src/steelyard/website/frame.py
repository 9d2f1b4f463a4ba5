"""What stands around every public page: the areas, the other language, whether anything is a sample."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import translate_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from steelyard.website.areas import AREAS
from steelyard.website.site import site_at


def frame(request: HttpRequest) -> dict[str, object]:
    """For templates: ``areas``, ``here`` (the path), ``in_zh`` and ``in_en``, this page in each language; ``written``."""
    path = request.path
    return {
        "areas": AREAS.values(),
        "here": path,
        "in_zh": translate_url(path, "zh-hans"),
        "in_en": translate_url(path, "en"),
        "written": SimpleLazyObject(_written),
    }


def _written() -> frozenset[str]:
    """The addresses of pages of prose that there are, so that nothing links to one that there is not."""
    site = site_at(timezone.now())
    found = {path for _, path in site.prose}
    return frozenset(found | {"news"} if site.has_news else found)
