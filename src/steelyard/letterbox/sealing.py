"""Outside, a message is sealed to the office: whoever reads the folder there, or on the way, reads no message.

The public half of the office's key stands in the signed packages of the series ``messages``; the other
half never leaves the office. A fresh key a message (X25519), HKDF with SHA-256 over both public
halves, ChaCha20-Poly1305. Who sealed it is not proved: anyone may write to an office.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from steelyard.kernel.write_once import write_once

FORMAT = "steelyard-sealed-message/1"
ALGORITHM = "x25519"
_NONCE = bytes(12)
"""A key seals one message and is thrown away, so that its nonce may be always the same."""


def sealed(content: bytes, public: str) -> bytes:
    """
    Raises:
        ValueError: ``public`` is no public key.

    >>> key = X25519PrivateKey.generate()
    >>> opened(sealed(b"words", public_half(key)), key)
    b'words'
    """
    once, office = X25519PrivateKey.generate(), _public(public)
    key = _shared(once.exchange(office), once.public_key(), office)
    document = {
        "format": FORMAT,
        "key": public_half(once),
        "content": base64.b64encode(ChaCha20Poly1305(key).encrypt(_NONCE, content, None)).decode(),
    }
    return (json.dumps(document, indent=1) + "\n").encode()


def is_sealed(content: bytes) -> bool:
    try:
        document = json.loads(content)
    except ValueError:
        return False
    return isinstance(document, dict) and document.get("format") == FORMAT


def opened(content: bytes, key: X25519PrivateKey) -> bytes:
    """
    Raises:
        ValueError: it was sealed to another key, or was changed.
    """
    document: dict[str, Any] = json.loads(content)
    once = _public(str(document["key"]))
    shared = _shared(key.exchange(once), once, key.public_key())
    try:
        return ChaCha20Poly1305(shared).decrypt(
            _NONCE, base64.b64decode(document["content"], validate=True), None
        )
    except InvalidTag as error:
        raise ValueError("it was sealed to another key, or was changed on its way") from error


def public_half(key: X25519PrivateKey) -> str:
    return f"{ALGORITHM}:{base64.b64encode(key.public_key().public_bytes_raw()).decode()}"


def office_key(path: Path) -> X25519PrivateKey:
    """The office's key; made once, and readable by its owner alone."""
    if not path.exists():
        write_once(path, base64.b64encode(X25519PrivateKey.generate().private_bytes_raw()) + b"\n")
    return X25519PrivateKey.from_private_bytes(base64.b64decode(path.read_bytes()))


def _public(said: str) -> X25519PublicKey:
    algorithm, _, coded = said.partition(":")
    if algorithm != ALGORITHM:
        raise ValueError(f"{said[:20]!r} is no key to seal to")
    return X25519PublicKey.from_public_bytes(base64.b64decode(coded, validate=True))


def _shared(secret: bytes, once: X25519PublicKey, office: X25519PublicKey) -> bytes:
    info = FORMAT.encode() + once.public_bytes_raw() + office.public_bytes_raw()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret)
