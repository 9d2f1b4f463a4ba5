"""Who told of a lead is sealed with a key of the office, which never leaves its home.

AES-256-GCM; the seal is bound to its lead, so that it opens on no other. The sealed text is filled
up to a whole number of blocks: its length does not tell how long a name is.
"""

from __future__ import annotations

import base64
import json
import os
from dataclasses import asdict
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from steelyard.assessment.rules.leads import Told
from steelyard.kernel.write_once import write_once

NAME = "informants.key"
BLOCK = 1024
_NONCE = 12


class SealBroken(Exception):
    """It was sealed with another key, for another lead, or was changed."""


def seal(told: Told, lead: int) -> bytes:
    content = json.dumps(asdict(told), ensure_ascii=False).encode()
    content = content.ljust(-(-len(content) // BLOCK) * BLOCK)
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_key()).encrypt(nonce, content, _of(lead))


def unseal(sealed: bytes, lead: int) -> Told:
    """
    Raises:
        SealBroken: it cannot be opened.
    """
    try:
        content = AESGCM(_key()).decrypt(sealed[:_NONCE], sealed[_NONCE:], _of(lead))
    except (InvalidTag, ValueError) as error:  # ValueError: the key or the seal was cut short
        raise SealBroken("sealed with another key, for another lead, or changed") from error
    return Told(**json.loads(content))


def _of(lead: int) -> bytes:
    return f"lead:{lead}".encode()


def _key() -> bytes:
    """The office's key; made once, and readable by its owner alone."""
    path: Path = settings.ENVIRONMENT.home / "keys" / NAME
    if not path.exists():
        write_once(path, base64.b64encode(AESGCM.generate_key(256)) + b"\n")
    return base64.b64decode(path.read_bytes())
