"""What is made once is whole or not there, whoever else makes it at the same moment."""

from __future__ import annotations

import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from steelyard.config.environment import _own_secret
from steelyard.kernel.write_once import write_once
from steelyard.letterbox.outbox import put
from steelyard.letterbox.sealing import office_key, public_half
from steelyard.publication.signing import kept_key, read_trusted

AT_ONCE = 8


def all_at_once(do: Callable[[int], object]) -> list[object]:
    barrier = Barrier(AT_ONCE)

    def one(number: int) -> object:
        barrier.wait()
        return do(number)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(one, range(AT_ONCE)))


def test_the_first_writes_and_is_read_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "one"
    assert write_once(path, b"first")
    assert not write_once(path, b"second")
    assert path.read_bytes() == b"first"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        write_once(tmp_path / "one", "no bytes")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_of_several_at_once_one_writes(tmp_path: Path) -> None:
    for turn in range(20):
        path = tmp_path / str(turn)
        wrote = all_at_once(lambda number: write_once(path, bytes([number]) * 100_000))  # noqa: B023
        assert wrote.count(True) == 1
        assert path.read_bytes() == bytes([wrote.index(True)]) * 100_000


@pytest.mark.parametrize(
    "key",
    [
        lambda path: kept_key(path).public,
        lambda path: public_half(office_key(path)),
        lambda path: _own_secret(path.parent),
    ],
    ids=["publishing", "letters", "secret"],
)
def test_all_who_make_a_key_at_once_have_the_same(
    tmp_path: Path, key: Callable[[Path], str]
) -> None:
    for turn in range(20):
        found = all_at_once(lambda _: key(tmp_path / str(turn) / "key"))  # noqa: B023
        assert len(set(found)) == 1
        assert found[0]


def test_a_key_has_its_public_half_beside_it(tmp_path: Path) -> None:
    made = kept_key(tmp_path / "key")
    assert read_trusted(tmp_path / "key.pub") == (made.public,)
    assert kept_key(tmp_path / "key").public == made.public


def test_a_letter_that_is_sent_twice_at_once_is_kept_once(tmp_path: Path) -> None:
    for turn in range(20):
        kept = all_at_once(lambda _: put(tmp_path, f"L-{turn}", b"sealed" * 1000))  # noqa: B023
        assert sorted(kept, key=str) == [False] * (AT_ONCE - 1) + [True]
        assert (tmp_path / f"L-{turn}.json").read_bytes() == b"sealed" * 1000
