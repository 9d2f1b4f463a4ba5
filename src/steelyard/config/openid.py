"""Is there an OpenID Connect provider through which people sign in? The environment says so.

``STEELYARD_OIDC_URL`` (of its ``/.well-known/openid-configuration``, without that part),
``STEELYARD_OIDC_CLIENT``, ``STEELYARD_OIDC_SECRET``, and if wanted ``STEELYARD_OIDC_NAME``, what
the button says. Where its user names are the office's own, ``STEELYARD_OIDC_SAME_NAMES=1`` signs
in whoever has the same one; otherwise each person connects it once, signed in. Where signing in leads
on to other hosts than the provider's own, ``STEELYARD_OIDC_HOSTS`` names them, with commas between.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

IDENTIFIER = "sso"
OURS = "steelyard.people.openid.provider.Provider"
"""The class that speaks to it."""

ON_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


class ProviderIncomplete(Exception):
    """A provider is named without all that is needed to speak to it, or to speak to it alone."""


def openid_providers(told: Mapping[str, str]) -> dict[str, Any]:
    """allauth's setting of providers; without an app where none is told of.

    >>> openid_providers({})["openid_connect"]["APPS"]
    []

    Raises:
        ProviderIncomplete: the address is there, and the client or its secret is not; or what is
            said to it could be read on the way.
    """
    url = told.get("STEELYARD_OIDC_URL", "").rstrip("/")
    if not url:
        return _providers([])
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ON_THIS_MACHINE:
        raise ProviderIncomplete(
            f"STEELYARD_OIDC_URL must begin with https:// 应以https://开头：{url}"
        )
    missing = [n for n in ("STEELYARD_OIDC_CLIENT", "STEELYARD_OIDC_SECRET") if not told.get(n)]
    if missing:
        raise ProviderIncomplete(
            f"STEELYARD_OIDC_URL is set without {', '.join(missing)} 缺少{'、'.join(missing)}"
        )
    app = {
        "provider_id": IDENTIFIER,
        "name": told.get("STEELYARD_OIDC_NAME") or "OpenID Connect",
        "client_id": told["STEELYARD_OIDC_CLIENT"],
        "secret": told["STEELYARD_OIDC_SECRET"],
        "settings": {
            "server_url": url,
            "same_names": told.get("STEELYARD_OIDC_SAME_NAMES") == "1",
        },
    }
    return _providers([app])


def _providers(apps: list[dict[str, Any]]) -> dict[str, Any]:
    return {"openid_connect": {"provider_class": OURS, "OAUTH_PKCE_ENABLED": True, "APPS": apps}}


def form_targets(told: Mapping[str, str]) -> str:
    """Where our forms may lead: here, and to the provider, to which signing in leads on.

    >>> form_targets({})
    "'self'"
    >>> form_targets({"STEELYARD_OIDC_URL": "https://login.example.org/realms/ip",
    ...               "STEELYARD_OIDC_HOSTS": "id.example.org, sms.example.org"})
    "'self' https://login.example.org https://id.example.org https://sms.example.org"
    """
    parts = urlsplit(told.get("STEELYARD_OIDC_URL", ""))
    if not parts.netloc:
        return "'self'"
    further = [host.strip() for host in told.get("STEELYARD_OIDC_HOSTS", "").split(",")]
    origins = [f"{parts.scheme}://{parts.netloc}", *(f"https://{host}" for host in further if host)]
    return " ".join(["'self'", *origins])
