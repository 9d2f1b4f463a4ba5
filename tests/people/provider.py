"""A small OpenID Connect provider on this machine: it says of everybody that they are ``person``.

What a test wants it to do wrong it sets: other claims, another key, silence.
"""

from __future__ import annotations

import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "steelyard", "between-us-two"
KEY_NUMBER = "2022-05"


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """``claims`` and ``userinfo`` are told over what is true; ``key`` signs, ``public`` is shown."""

    person: str = "he"
    key: Any = field(default_factory=new_key)
    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    granted: dict[str, dict[str, str]] = field(default_factory=dict)
    public: Any = None
    algorithm: str = "RS256"
    broken: frozenset[str] = frozenset()
    token: str = ""

    def __post_init__(self) -> None:
        self.public = self.key.public_key()

    def settings(self) -> dict[str, str]:
        """What the environment of the office says of it."""
        return {
            "STEELYARD_OIDC_URL": f"{self.address}/realm/",
            "STEELYARD_OIDC_CLIENT": CLIENT,
            "STEELYARD_OIDC_SECRET": SECRET,
            "STEELYARD_OIDC_NAME": "省统一认证",
        }

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": f"{self.address}/realm",
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        told = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.public))
        return {"keys": [told | {"kid": KEY_NUMBER, "alg": "RS256", "use": "sig"}]}

    def who(self) -> dict[str, Any]:
        told = {"sub": f"number-of-{self.person}", "preferred_username": self.person}
        return told | self.userinfo

    def signed(self, nonce: str) -> str:
        now = int(time.time())
        told = {
            "iss": f"{self.address}/realm", "aud": CLIENT, "sub": f"number-of-{self.person}",
            "iat": now, "exp": now + 60, "nonce": nonce, **self.claims,
        }  # fmt: skip
        told = {name: value for name, value in told.items() if value is not None}
        return jwt.encode(told, self.key, self.algorithm, {"kid": KEY_NUMBER})


class Asked(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        told = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.provider.asked.append(parts.path)
        if parts.path in self.provider.broken:
            self.said({"error": "server_error"}, 500)
        elif parts.path == "/realm/.well-known/openid-configuration":
            self.said(self.provider.discovery())
        elif parts.path == "/keys":
            self.said(self.provider.keys())
        elif parts.path == "/userinfo":
            self.said(self.provider.who())
        elif parts.path == "/authorize":
            code = f"code-{len(self.provider.granted)}"
            self.provider.granted[code] = told
            back = urlencode({"code": code, "state": told["state"]})
            self.send_response(302)
            self.send_header("Location", f"{told['redirect_uri']}?{back}")
            self.end_headers()
        else:
            self.said({}, 404)

    def do_POST(self) -> None:
        self.provider.asked.append(self.path)
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        told = {name: values[0] for name, values in parse_qs(sent).items()}
        granted = self.provider.granted.pop(told.get("code", ""), None)
        if granted is None or told.get("client_secret") != SECRET or not proves(told, granted):
            self.said({"error": "invalid_grant"}, 400)
            return
        token = self.provider.token or self.provider.signed(granted["nonce"])
        self.said({"access_token": "a", "token_type": "Bearer", "id_token": token})

    def said(self, told: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def proves(told: dict[str, str], granted: dict[str, str]) -> bool:
    """Whether who fetches the token is who sent the person (PKCE)."""
    hashed = sha256(told.get("code_verifier", "").encode()).digest()
    return urlsafe_b64encode(hashed).rstrip(b"=").decode() == granted.get("code_challenge")


@contextmanager
def running(person: str = "he") -> Iterator[Provider]:
    provider = Provider(person)
    handler = type("Handler", (Asked,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
