"""Floods are stopped for all processes of a site, and nobody's address is kept for that."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

from steelyard.letterbox.limiting import OF_ALL, PER_PLACE, WITHIN, Limiter

NOW = datetime(2026, 1, 5, 9, 30)
PLACE = "203.0.113.7"


def asks(path: Path, place: str = PLACE, now: datetime = NOW, kind: str = "message") -> bool:
    """As another process would: nothing is remembered but what stands in the file."""
    return Limiter(path).lets_through(kind, place, now)


def test_every_process_sees_the_same_count(tmp_path: Path) -> None:
    path = tmp_path / "senders"
    with get_context("spawn").Pool(2) as pool:
        told = pool.map(asks, [path] * (PER_PLACE + 3))
    assert sum(told) == PER_PLACE


def test_two_at_once_are_two(tmp_path: Path) -> None:
    path = tmp_path / "senders"
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(asks, [path] * 40))
    assert sum(told) == PER_PLACE


def test_looking_up_does_not_use_up_the_messages(tmp_path: Path) -> None:
    path = tmp_path / "senders"
    assert all(asks(path, f"198.51.100.{n}", kind="state") for n in range(OF_ALL))
    assert not asks(path, kind="state")
    assert asks(path)


def test_no_address_is_written_and_the_key_goes_with_the_day(tmp_path: Path) -> None:
    path = tmp_path / "senders"
    asks(path)
    first = path.read_text()
    assert PLACE not in first
    assert path.stat().st_mode & 0o777 == 0o600
    asks(path, "198.51.100.1", NOW + timedelta(days=1))
    second = path.read_text()
    assert PLACE not in second
    assert not set(first.split('"')) & {one for one in second.split('"') if len(one) >= 32}


def test_after_an_hour_it_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "senders"
    assert [asks(path) for _ in range(PER_PLACE + 1)][-1] is False
    assert asks(path, now=NOW + WITHIN)
    Limiter(path).forget(datetime.now())
    assert path.exists(), "it was written just now"
    Limiter(path).forget(datetime.now() + WITHIN)
    assert not path.exists()


def test_file_that_is_none_counts_nothing(tmp_path: Path) -> None:
    path = tmp_path / "senders"
    for content in ("", "{", "[]", '{"day": 1, "key": 2, "seen": 3}'):
        path.write_text(content)
        assert asks(path)
