"""Who published this, and is it as they published it? Ed25519 signatures (RFC 8032)."""

from __future__ import annotations

import base64
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.kernel.write_once import write_once

ALGORITHM = "ed25519"


@dataclass(frozen=True, slots=True)
class Key:
    """The key that a publisher signs with. Its public half may be known to all."""

    private: Ed25519PrivateKey

    @classmethod
    def from_seed(cls, seed: bytes) -> Key:
        """The key of 32 bytes: for tests and samples alone, since who knows the seed can sign."""
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    @property
    def public(self) -> str:
        """The public half as text: algorithm and base64.

        >>> Key.from_seed(bytes(32)).public
        'ed25519:O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik='
        """
        return _written(self.private.public_key())

    def sign(self, content: bytes) -> str:
        """The signature of ``content``, in base64."""
        return base64.b64encode(self.private.sign(content)).decode()


def is_signed_by(public: str, content: bytes, signature: str) -> bool:
    """Whether the holder of a public key's other half signed exactly these bytes.

    >>> key = Key.from_seed(bytes(32))
    >>> is_signed_by(key.public, b"1", key.sign(b"1")), is_signed_by(key.public, b"2", key.sign(b"1"))
    (True, False)
    """
    algorithm, _, coded = public.partition(":")
    if algorithm != ALGORITHM:
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(coded, validate=True))
        key.verify(base64.b64decode(signature, validate=True), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def make_key(path: Path) -> Key:
    """A new key, kept in a file that its owner alone may read, and ``path.pub`` beside it.

    Raises:
        Faulty: there is a file already; it is left as it is.
    """
    key = Key(Ed25519PrivateKey.generate())
    content = key.private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    if not write_once(path, content):
        raise Faulty([_is_there(path)])
    path.with_name(path.name + ".pub").write_text(key.public + "\n", encoding="utf-8")
    return key


def kept_key(path: Path) -> Key:
    """The key in a file, made the first time; of several who make it at once, all have that of the first.

    Raises:
        Faulty: it cannot be read, or holds another kind of key.
    """
    if not path.exists():
        with suppress(Faulty):
            return make_key(path)
    return read_key(path)


def read_key(path: Path) -> Key:
    """The key in a file that :func:`make_key` wrote.

    Raises:
        Faulty: it cannot be read, or holds another kind of key.
    """
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise Faulty([_no_key(path)]) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise Faulty([_no_key(path)])
    return Key(private)


def read_trusted(path: Path) -> tuple[str, ...]:
    """The public keys in a file, one a line; empty lines and what follows ``#`` do not count.

    Raises:
        Faulty: it cannot be read, or a line is no key; every such line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Faulty([_no_trusted(path)]) from error
    said = [(number, line.partition("#")[0].strip()) for number, line in enumerate(lines, 1)]
    keys = [(number, line) for number, line in said if line]
    if faults := [_no_public(path, number) for number, line in keys if not _is_public(line)]:
        raise Faulty(faults)
    return tuple(line for _, line in keys)


def _is_public(line: str) -> bool:
    algorithm, _, coded = line.partition(":")
    try:
        return algorithm == ALGORITHM and len(base64.b64decode(coded, validate=True)) == 32
    except ValueError:
        return False


def _written(public: Ed25519PublicKey) -> str:
    raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return f"{ALGORITHM}:{base64.b64encode(raw).decode()}"


def _is_there(path: Path) -> Fault:
    return Fault(
        "key-is-there",
        Text("此处已有密钥，不予覆盖", "there is a key already, which is not overwritten"),
        Text("请换一个文件名；确要换钥，先移走旧的", "name another file; to change keys, first move the old one away"),
        Where(file=str(path)),
    )  # fmt: skip


def _no_key(path: Path) -> Fault:
    return Fault(
        "no-signing-key",
        Text("读不出Ed25519私钥", "no Ed25519 private key can be read from it"),
        Text(
            "用 steelyard publish --new-key 生成一个", "make one with steelyard publish --new-key"
        ),
        Where(file=str(path)),
    )


def _no_trusted(path: Path) -> Fault:
    return Fault(
        "no-trusted-keys",
        Text("读不出可信公钥清单", "the list of trusted keys cannot be read"),
        Text("给出一个文本文件，一行一个公钥", "give a text file with a public key a line"),
        Where(file=str(path)),
    )


def _no_public(path: Path, line: int) -> Fault:
    return Fault(
        "no-public-key",
        Text("此行不是公钥", "this line is no public key"),
        Text("应为 ed25519: 加44个字符，即 .pub 文件的内容", "it is ed25519: and 44 characters, like a .pub file"),
        Where(file=str(path), line=line),
    )  # fmt: skip
