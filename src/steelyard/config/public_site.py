"""What the office and the public site outside have in common: its apps, languages, template helpers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from steelyard.publication.package import Trusted
from steelyard.publication.signing import read_trusted

APPS = (
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "steelyard.look",
    "steelyard.website",
)
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TEMPLATE_APPS = (
    "django.template.context_processors.request",
    "django.template.context_processors.i18n",
    "steelyard.website.frame.frame",
)


def trusted_keys(told: Mapping[str, str]) -> Trusted:
    """Whose signature holds: of the keys in a file, of any that a package names, or of nobody."""
    if told.get("STEELYARD_ANY_KEY") == "1":
        return None
    path = told.get("STEELYARD_PUBLICATION_KEYS")
    return read_trusted(Path(path)) if path else ()
