"""What stands around every public page: the areas, the other language, whether anything is a sample."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import translate_url

from steelyard.website.areas import AREAS


def frame(request: HttpRequest) -> dict[str, object]:
    """For templates: ``areas``, ``here`` (the path), ``in_zh`` and ``in_en``, this page in each language."""
    path = request.path
    return {
        "areas": AREAS.values(),
        "here": path,
        "in_zh": translate_url(path, "zh-hans"),
        "in_en": translate_url(path, "en"),
    }
