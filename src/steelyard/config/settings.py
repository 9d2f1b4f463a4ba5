"""The settings of the office. What differs from machine to machine comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path

from steelyard.config.database.address import database_settings
from steelyard.config.environment import read_environment
from steelyard.config.logs import logging_settings
from steelyard.config.mail import mail_settings
from steelyard.config.openid import form_targets, openid_providers
from steelyard.config.prose_settings import *  # noqa: F403
from steelyard.config.prose_settings import APPS as PROSE_APPS
from steelyard.config.publishing_key import NAME, own_keys

ENVIRONMENT = read_environment()
HERE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
DATABASES = {"default": database_settings(ENVIRONMENT)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "steelyard.trail",  # first, so that it knows who signs in before anyone notes it
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "steelyard.look",
    "steelyard.website",
    "pgtrigger",
    "steelyard.people",
    "steelyard.notices",
    "procrastinate.contrib.django",
    "steelyard.files",
    "steelyard.supply",
    "steelyard.assessment",
    "steelyard.history",
    *PROSE_APPS,
    "steelyard.config.apps.OfficeConfig",
    "allauth",  # after ours, whose words come first
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "steelyard.config.answers.middleware.noted",
    "steelyard.config.answers.secured.secured",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "steelyard.files.upload_names.names_as_sent",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "steelyard.people.signed_in.SignedIn",
    "steelyard.trail.middleware.actor",
    "steelyard.people.standing.standing",
    "steelyard.website.prose.gate.gate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "steelyard.config.answers.lost.lost",
]
ROOT_URLCONF = "steelyard.config.urls"
WSGI_APPLICATION = "steelyard.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "steelyard.people.standing.office",
                "steelyard.website.frame.frame",
            ],
        },
    }
]
FORM_RENDERER = "steelyard.config.answers.render.OfficeForms"

AUTH_USER_MODEL = "people.Account"
LOGIN_URL = "/account/login/"
KNOWS_NOBODY = ("/zh-hans/", "/en/", "/data/", "/feeds/", "/sitemap", "/robots.txt")
"""The public site: the same for everyone, whoever is signed in."""
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/account/login/"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 10}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "name", "email")}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
ACCOUNT_ADAPTER = "steelyard.people.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]  # nobody signs up by themselves
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False  # gone with the browser window
ACCOUNT_RATE_LIMITS = {
    "login": "",  # who signs in is not counted: at nine a whole office comes from one address
    "login_failed": "60/m/ip,5/5m/key",
    "reset_password": "20/m/ip,3/10m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
"""Counted in the database, so that they hold over all processes."""
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "office_cache",
    }
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("STEELYARD_PROXIES", "0"))

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from the administrator
MFA_TOTP_ISSUER = "Steelyard"
MFA_FORMS = {
    "add_webauthn": "steelyard.people.passkey_forms.AddPasskey",
    "edit_webauthn": "steelyard.people.passkey_forms.NamePasskey",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.production

SOCIALACCOUNT_ADAPTER = "steelyard.people.adapters.Providers"
SOCIALACCOUNT_PROVIDERS = openid_providers(os.environ)
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = ENVIRONMENT.production

SECOND_FACTOR_REQUIRED = ENVIRONMENT.production
"""Whether the roles of ``roles.SECOND_FACTOR`` count only with a second factor."""

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [HERE / "config" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

MAIL = mail_settings(production=ENVIRONMENT.production)
EMAIL_BACKEND, DEFAULT_FROM_EMAIL, EMAIL_TIMEOUT = MAIL.backend, MAIL.sender, 20
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER = MAIL.host, MAIL.port, MAIL.user
EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.password, MAIL.starttls, MAIL.tls
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a grid of 200 rows

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.home / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # else WhiteNoise warns of it
STATICFILES_DIRS = [HERE / "config" / "static"]
WHITENOISE_USE_FINDERS = not ENVIRONMENT.production

PUBLICATIONS = ENVIRONMENT.home / "publications"
PUBLICATION_KEYS = own_keys(ENVIRONMENT.home)
"""The shelf of the public site, as those outside will see it, and whose signature holds there."""
PUBLISHING_KEY = ENVIRONMENT.home / "keys" / NAME
MEDIA_ROOT = ENVIRONMENT.home / "prose"
COUNTS_SENDERS = ENVIRONMENT.home / "senders"
"""Where all processes count from where messages come, as hashes of an hour."""
SEALING_KEY = ENVIRONMENT.home / "keys" / "messages.key"
"""Opens what the public site sealed to this office."""
TAKES_MESSAGES = "steelyard.website.messages.actions.take_message"
FINDS_MESSAGE = "steelyard.website.messages.actions.find_message"
"""What becomes of a message from the public's contact page: inside, a row. And who knows its state."""
TAKES_LEADS = "steelyard.assessment.actions.leads.form_leads.take_lead"
"""What becomes of a lead from the public's form: inside, a row and a seal."""

FILE_UPLOAD_HANDLERS = [
    "steelyard.files.upload_limit.NothingEndless",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.production
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.production else 0
CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "base-uri": "'none'",
    "img-src": "'self' data:",  # the code that an authenticator app photographs is made for one page
    "form-action": form_targets(os.environ),
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
LOGGING = logging_settings(is_production=ENVIRONMENT.production)
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "steelyard.config.answers.refused.form_expired"
