"""Every address of the office, asked by everyone: how the walk is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver

MARKS = {
    200: "o",
    204: "o",
    400: "?",
    401: "S",
    403: "!",
    404: "-",
    405: "x",
    409: "=",
    422: "?",
    429: "#",
}
"""``o`` answered, ``S`` sent to sign in, ``>`` sent elsewhere, ``-`` there is no such thing,
``x`` not by this method, ``!`` refused, ``=`` changed meanwhile, ``?`` not understood."""


EDITORS = "editors/"
"""Wagtail's hundreds of addresses stand behind one gate: here once, all of them in tests/website/prose."""


def addresses(
    resolver: URLResolver | None = None, before: str = "", *, below: str = ""
) -> Iterator[str]:
    """Every pattern of the urlconf, as it is written there; of the editors' only if asked for ``below``."""
    for pattern in (resolver or get_resolver()).url_patterns:
        written = before + str(pattern.pattern)
        if written == EDITORS and below != EDITORS:
            yield written
        elif isinstance(pattern, URLResolver):
            yield from addresses(pattern, written, below=below)
        else:
            yield written


@dataclass(frozen=True)
class Numbers:
    """Which object stands for each kind in an address."""

    organisation: int
    account: int
    role: int
    delivery: int = 0
    file: int = 0
    request: int = 0
    assessment: str = "none"

    def fill(self, pattern: str) -> str:
        own = {
            "organisations": self.organisation,
            "accounts": self.account,
            "roles": self.role,
            "history": self.organisation,
            "deliveries": self.delivery,
            "files": self.file,
            "requests": self.request,
        }
        filled, area = "/" + pattern, pattern.removeprefix("api/").split("/")[0]
        for written, value in (
            ("<int:pk>", str(own.get(area, NONE))),
            ("<int:number>", str(own.get(area, NONE))),
            ("/<number>", f"/{own.get(area, NONE)}"),
            ("/<version>", "/1"),
            ("moves/<move>", "moves/send_out"),
            ("amendment/<move>", "amendment/check"),
            ("<item>", "A1"),
            ("<unit>", "none"),
            ("<figure>", "none"),
            ("<file>", "result.json"),
            ("<use>", str(NONE)),
            ("<finding>", str(NONE)),
            ("<slug:table>", "people_organisation"),
            ("<slug:move>", "sign"),
            ("<slug:series>", "none"),
            ("assessments/<slug:code>", f"assessments/{self.assessment}"),
            ("<slug:code>", "none"),
            ("<slug:way>", "up"),
            ("<slug:subject>", "scheme"),
            ("<slug:unit>", "none"),
            ("<int:use>", str(NONE)),
            ("<int:at>", "0"),
            ("<int:finding>", str(NONE)),
            ("<slug:slug>", "none"),
            ("<str:name>", "none"),
            ("<slug:kind>", "notice"),
            ("<slug:lang>", "zh"),
            ("<slug:form>", "word"),
            ("<str:of>", "none"),
            (r"^(?P<table>[-\w]+)/(?P<number>\d{1,18})/history\.(?P<ending>csv|xlsx)$",
             f"people_organisation/{self.organisation}/history.csv"),
            (r"^confirm-email/(?P<key>[-:\w]+)/$", "confirm-email/key/"),
            (r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", "password/reset/key/1-k/"),
            ("^account/(email|confirm-email)/", "account/email/"),
            (r"^(?P<provider_id>[^/]+)/", "sso/"),
        ):  # fmt: skip
            filled = filled.replace(written, value)
        return filled


FOR_EVERYONE = ("zh-hans/", "en/", "data/", "feeds/", "sitemap", "robots.txt")
"""The public site, which knows nobody; tested in tests/website."""


def office_addresses() -> Iterator[str]:
    """Those of the office itself: not the public site's, and not those of the editors' library."""
    return (one for one in addresses() if not one.startswith((*FOR_EVERYONE, EDITORS)))


NONE = 987654321


def ask(client: Client, method: str, address: str) -> HttpResponse:
    """Ask as if nothing came of it: what is written is taken back, who signed out is in again."""
    kept = client.cookies.copy()
    with transaction.atomic():
        answer = getattr(client, method)(address)
        transaction.set_rollback(True)
    client.cookies = kept
    return answer


def mark(answer: HttpResponse) -> str:
    if answer.status_code in (301, 302):
        return "S" if answer.headers["Location"].startswith("/account/login/") else ">"
    return MARKS.get(answer.status_code, str(answer.status_code))
