"""Files of a folder go to whom their kind belongs; what is cut, foreign, huge or open holds up no other."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from steelyard.letterbox import intake
from steelyard.letterbox.outbox import MOST, NotTaken, put
from steelyard.letterbox.sealing import public_half, sealed

NOW = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
KEY = X25519PrivateKey.generate()


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Two kinds: notes, which may lie open, and secrets. What was taken in, in order."""
    taken: list[bytes] = []

    def take(content: bytes, _now: datetime) -> bool:
        is_new = content not in taken
        taken.append(content)
        return is_new

    monkeypatch.setattr(intake, "_KINDS", {})
    intake.announce("note", take)
    intake.announce("secret", take, only_sealed=True)
    return taken


def letter(kind: str, text: str = "") -> bytes:
    return json.dumps({"format": kind, "text": text}).encode()


def test_each_letter_is_taken_in_once_and_stays_where_it_is(
    known: list[bytes], tmp_path: Path
) -> None:
    put(tmp_path, "a", letter("note"))
    put(tmp_path, "b", sealed(letter("secret"), public_half(KEY)))
    assert intake.take_folder(tmp_path, KEY, now=NOW) == intake.Taken(2, 0, ())
    assert intake.take_folder(tmp_path, KEY, now=NOW) == intake.Taken(0, 2, ())
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.json", "b.json"]


def test_whatever_is_none_is_named_and_the_others_are_taken_in(
    known: list[bytes], tmp_path: Path
) -> None:
    good = sealed(letter("secret"), public_half(KEY))
    changed = json.loads(good)
    changed["content"] = changed["content"][:-8]
    for name, content in {
        "changed": json.dumps(changed).encode(),
        "cut": good[:-30],
        "deep": b'{"format":' + b"[" * 90_000,
        "foreign": sealed(letter("secret"), public_half(X25519PrivateKey.generate())),
        "huge": b" " * (10 << 20),
        "list": b"[1]",
        "no_key": json.dumps(changed | {"key": "x25519:AAAA"}).encode(),
        "open": letter("secret"),
        "unknown": letter("another"),
        "zeros": b"\0" * 90,
    }.items():
        put(tmp_path, name, content)
    put(tmp_path, "zz", good)
    taken = intake.take_folder(tmp_path, KEY, now=NOW)
    assert (taken.new, taken.known) == (1, 0)
    assert [one.partition(".")[0] for one in taken.refused] == [
        "changed", "cut", "deep", "foreign", "huge", "list", "no_key", "open", "unknown", "zeros",
    ]  # fmt: skip


def test_a_box_that_is_full_or_missing_takes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST > 1
    monkeypatch.setattr("steelyard.letterbox.outbox.MOST", 1)
    assert put(tmp_path, "a", b"x")
    assert not put(tmp_path, "a", b"y")
    for folder, name in ((tmp_path, "b"), (None, "a"), (tmp_path / "a.json", "c")):
        with pytest.raises(NotTaken):
            put(folder, name, b"x")
