"""Where does the site stand on the web? In links that must be whole: sitemap, feeds, metadata."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

HREFLANG = {"zh-hans": "zh-Hans", "en": "en"}
"""The name of a language in addresses, and in the markup of pages."""


def root_of(request: HttpRequest) -> str:
    """``https://example.gov.cn``: as the settings say it, else as the visitor asked for it."""
    said: str = getattr(settings, "PUBLIC_URL", "")
    return said.rstrip("/") or f"{request.scheme}://{request.get_host()}"
