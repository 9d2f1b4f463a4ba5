"""How does mail leave the office? Said by one address in the environment.

``STEELYARD_MAIL``: ``smtp://user:password@host:587`` (STARTTLS), ``smtps://…:465`` (TLS from the
start) or ``smtp+plain://host:25`` (none, for a relay on the same machine or network). Without it a
demonstration prints mails, and production sends none: everybody's notices are on their page.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

BACKENDS = "django.core.mail.backends."
PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Django's settings of mail, and whether there is a way out at all."""

    backend: str
    is_on: bool
    sender: str
    site: str
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def mail_settings(*, production: bool, told: Mapping[str, str] = os.environ) -> MailSettings:
    """The way out for mail, ``sender`` and the site's own address, to which mails link.

    >>> mail_settings(production=True, told={}).is_on
    False

    Raises:
        ValueError: the address is of no kind that we know.
    """
    site = told.get("STEELYARD_SITE", "http://127.0.0.1:8000").rstrip("/")
    sender = told.get("STEELYARD_MAIL_FROM", "steelyard@localhost")
    address = told.get("STEELYARD_MAIL", "")
    if not address:
        kind = "dummy" if production else "console"
        return MailSettings(f"{BACKENDS}{kind}.EmailBackend", not production, sender, site)
    return _by_smtp(address, sender, site)


def _by_smtp(address: str, sender: str, site: str) -> MailSettings:
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname:
        known = ", ".join(f"{scheme}://host" for scheme in PORTS)
        raise ValueError(f"STEELYARD_MAIL must be one of {known} STEELYARD_MAIL应为以上之一")
    return MailSettings(
        f"{BACKENDS}smtp.EmailBackend",
        True,
        sender,
        site,
        parts.hostname,
        parts.port or PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        starttls=parts.scheme == "smtp",
        tls=parts.scheme == "smtps",
    )
