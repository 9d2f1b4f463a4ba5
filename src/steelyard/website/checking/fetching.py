"""How a page is asked for: from an application in this process, or over HTTP from this machine."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where

LONGEST = 30.0
"""Seconds after which an answer is not waited for any more."""

OWN = frozenset({"127.0.0.1", "::1", "localhost"})
"""Hosts that are this machine."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. ``status`` is 0 where none came."""

    status: int
    kind: str = ""
    content: bytes = b""
    location: str = ""
    seconds: float = 0.0


Fetch = Callable[[str], Fetched]


def from_application(application: Callable[..., Iterable[bytes]], host: str = "localhost") -> Fetch:
    """Ask a WSGI application in this process; no network is touched."""

    def fetch(path: str) -> Fetched:
        told: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], _fault: object = None) -> object:
            told.update(status=int(status[:3]), headers={k.lower(): v for k, v in headers})
            return lambda _data: None

        began = time.monotonic()
        answer = application(_environ(path, host), start)
        try:
            content = b"".join(answer)
        finally:
            getattr(answer, "close", lambda: None)()
        return _fetched(told["status"], told["headers"], content, time.monotonic() - began)

    return fetch


def _environ(path: str, host: str) -> dict[str, Any]:
    address, _, question = path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address.encode().decode("latin-1"),
        "QUERY_STRING": question,
        "HTTP_HOST": host,
        "SERVER_NAME": host,
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "REMOTE_ADDR": "127.0.0.1",
    }
    setup_testing_defaults(environ)
    return environ


def from_address(url: str) -> tuple[Fetch, str]:
    """Ask a server on this machine; and the path that its site begins at.

    Raises:
        Faulty: it is no address of this machine.
    """
    parts = urlsplit(url)
    if parts.scheme != "http" or parts.hostname not in OWN:
        raise Faulty([_not_here(url)])

    def fetch(path: str) -> Fetched:
        began = time.monotonic()
        connection = HTTPConnection(parts.hostname or "", parts.port or 80, timeout=LONGEST)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, HTTPException):
            return Fetched(0, seconds=time.monotonic() - began)
        finally:
            connection.close()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return _fetched(answer.status, headers, content, time.monotonic() - began)

    return fetch, parts.path or "/"


def _fetched(status: int, headers: dict[str, str], content: bytes, seconds: float) -> Fetched:
    return Fetched(
        status, headers.get("content-type", ""), content, headers.get("location", ""), seconds
    )


def _not_here(url: str) -> Fault:
    return Fault(
        "not-this-machine",
        Text(f"“{url}”不是本机的网站", f"{url!r} is no site on this machine"),
        Text("给出 http://127.0.0.1:端口，不访问其他主机", "give http://127.0.0.1:PORT; no other host is visited"),
        Where(file="--url"),
    )  # fmt: skip
