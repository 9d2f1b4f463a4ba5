"""The rows that a model is asked, block by block, on as many threads as there are.

Every block has a generator of its own, keyed by the seed and the block's number, so that the same
seed draws the same rows on any number of threads, and more replications only add to fewer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

import numpy as np

from steelyard.weighing.uncertainty.model import Array, Model

_MOST_ROWS = 1024
_LEAST_ROWS = 64
_MOST_THREADS = 256  # more than any machine has use for; millions would only take its memory
_CELLS = 2**21  # of one array: 16 MB

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Block:
    """Replications ``starts`` up to ``ends`` of a seed."""

    number: int
    starts: int
    ends: int

    def rows(self, columns: int, seed: int) -> Array:
        """Its rows, (replications, columns), each number from 0 up to below 1."""
        key = np.random.SeedSequence(seed, spawn_key=(self.number,))
        return np.random.Generator(np.random.PCG64(key)).random((self.ends - self.starts, columns))


def blocks(model: Model, replications: int) -> Iterator[Block]:
    """All replications in blocks whose size depends on the model alone."""
    size = _rows_per_block(model)
    for number, starts in enumerate(range(0, replications, size)):
        yield Block(number, starts, min(starts + size, replications))


def columns_of(model: Model) -> int:
    return sum(factor.columns for factor in model.factors)


def _rows_per_block(model: Model) -> int:
    width = max(len(model.units), columns_of(model), 1)
    return max(_LEAST_ROWS, min(_MOST_ROWS, _CELLS // width))


def for_each(things: Iterable[T], work: Callable[[T], None], threads: int) -> None:
    """Do the work on each thing, taken in order, several at a time.

    What one raises stops the others before their next thing, as does the keyboard.
    """
    waiting, threads = _OneAtATime(iter(things)), min(threads, _MOST_THREADS)

    def work_on() -> None:
        for thing in waiting:
            try:
                work(thing)
            except BaseException:
                waiting.stop()
                raise

    if threads == 1:
        return work_on()
    from threadpoolctl import threadpool_limits

    # Threads of the linear algebra would wait for the same processors as ours.
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(threads) as pool:
        try:
            for worker in [pool.submit(work_on) for _ in range(threads)]:
                worker.result()
        finally:
            waiting.stop()
    return None


class _OneAtATime(Generic[T]):
    """An iterator that several threads may walk together, until it is stopped."""

    def __init__(self, things: Iterator[T]) -> None:
        self._things, self._lock, self._stopped = things, Lock(), False

    def __iter__(self) -> Iterator[T]:
        return self

    def __next__(self) -> T:
        with self._lock:
            if self._stopped:
                raise StopIteration
            return next(self._things)

    def stop(self) -> None:
        self._stopped = True
