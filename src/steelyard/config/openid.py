"""Is there an OpenID Connect provider through which people sign in? The environment says so.

``STEELYARD_OIDC_URL`` (of its ``/.well-known/openid-configuration``, without that part),
``STEELYARD_OIDC_CLIENT``, ``STEELYARD_OIDC_SECRET``, and if wanted ``STEELYARD_OIDC_NAME``, what
the button says. Where its user names are the office's own, ``STEELYARD_OIDC_SAME_NAMES=1`` signs
in whoever has the same one; otherwise each person connects it once, signed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

IDENTIFIER = "sso"


class ProviderIncomplete(Exception):
    """A provider is named without all that is needed to speak to it."""


def openid_providers(told: Mapping[str, str]) -> dict[str, Any]:
    """allauth's setting of providers; empty where none is told of.

    >>> openid_providers({})
    {}

    Raises:
        ProviderIncomplete: the address is there, and the client or its secret is not.
    """
    url = told.get("STEELYARD_OIDC_URL", "")
    if not url:
        return {}
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
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def form_targets(told: Mapping[str, str]) -> str:
    """Where our forms may lead: here, and to the provider, to which signing in leads on.

    >>> form_targets({})
    "'self'"
    >>> form_targets({"STEELYARD_OIDC_URL": "https://login.example.org/realms/ip"})
    "'self' https://login.example.org"
    """
    parts = urlsplit(told.get("STEELYARD_OIDC_URL", ""))
    return f"'self' {parts.scheme}://{parts.netloc}" if parts.netloc else "'self'"
