"""The settings of the public site where it stands alone: no database, no accounts, no sessions.

What it shows comes from the packages in ``STEELYARD_PUBLICATIONS``, signed with a key of
``STEELYARD_PUBLICATION_KEYS``, a text file.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from steelyard.config.logs import logging_settings
from steelyard.config.public_site import APPS, LANGUAGES, TEMPLATE_APPS, trusted_keys

HERE = Path(__file__).resolve().parents[2]

SECRET_KEY = os.environ.get("STEELYARD_SECRET_KEY") or secrets.token_urlsafe(50)
"""Signs nothing that outlives the process."""

DEBUG = False
ALLOWED_HOSTS = [
    *filter(None, os.environ.get("STEELYARD_HOSTS", "").split(",")), "127.0.0.1", "localhost", "testserver",
]  # fmt: skip
INSTALLED_APPS = [*APPS]
MIDDLEWARE = [
    "steelyard.website.moment.moment",
    "steelyard.config.answers.secured.secured",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "steelyard.config.outside.urls"
WSGI_APPLICATION = "steelyard.config.outside.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": list(TEMPLATE_APPS)},
    }
]
FORM_RENDERER = "steelyard.config.answers.render.OfficeForms"
PUBLICATIONS = Path(os.environ.get("STEELYARD_PUBLICATIONS", "publications"))
PUBLICATION_KEYS = trusted_keys(os.environ)
PUBLIC_URL = os.environ.get("STEELYARD_PUBLIC_URL", "")
"""Where the site stands on the web, for whole addresses; empty: as the visitor asked for it."""
MESSAGES = Path(os.environ["STEELYARD_MESSAGES"]) if os.environ.get("STEELYARD_MESSAGES") else None
"""The outbox of messages of the public, for ``steelyard messages`` inside; None: none are taken."""
COUNTS_SENDERS = MESSAGES / ".senders" if MESSAGES else None
"""Where all processes count from where messages come, as hashes of an hour; None: each in its memory."""
TAKES_MESSAGES = "steelyard.website.messages.outbox.put_message"
FINDS_MESSAGE = "steelyard.website.messages.public.find_message"
TAKES_LEADS = "steelyard.website.leads.put_lead"
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("STEELYARD_PROXIES", "0"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 200_000

LANGUAGE_CODE = "zh-hans"
LOCALE_PATHS = [HERE / "config" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
LOGGING = logging_settings(is_production=os.environ.get("STEELYARD_PRODUCTION") == "1")
X_FRAME_OPTIONS = "DENY"

__all__ = ["LANGUAGES"]
