"""Which base samples are taken? Powers of two, neither too small to say anything nor too large to hold."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.weighing.uncertainty.refused import nothing_is_drawn, seed_below_zero

LEAST, MOST = 2**4, 2**14
_CELLS = 2**27  # of ranks kept in single precision: half a gigabyte


def check(base: int, seed: int, units: int, factors: int) -> None:
    """Refuse what cannot be asked, all of it at once.

    Sobol' sequences are balanced at powers of two only (Owen 1998; Joe and Kuo 2008).

    Raises:
        Faulty: the base is no such power, or its ranks would not fit; the seed is below 0; nothing varies.
    """
    faults = list(_faults(base, seed, units, factors))
    if faults:
        raise Faulty(faults)


def _faults(base: int, seed: int, units: int, factors: int) -> Iterator[Fault]:
    if not factors:
        yield nothing_is_drawn()
    if not is_power(base) or not LEAST <= base <= MOST:
        yield _no_base(base)
    elif base > largest(units, factors):
        yield _too_large(base, largest(units, factors))
    if seed < 0:
        yield seed_below_zero(seed)


def is_power(base: int) -> bool:
    """
    >>> [n for n in range(20) if is_power(n)]
    [1, 2, 4, 8, 16]
    """
    return base > 0 and base & (base - 1) == 0


def largest(units: int, factors: int) -> int:
    """The largest base whose ranks can be held: units × (factors + 2) × base of them.

    >>> largest(300, 10), largest(2000, 30)
    (16384, 2048)
    """
    room = _CELLS // (max(units, 1) * (factors + 2))
    return min(MOST, 1 << max(room.bit_length() - 1, 0))


def nearest(base: int) -> tuple[int, ...]:
    """The bases that are taken on both sides of a number.

    >>> nearest(1000), nearest(0), nearest(10**9)
    ((512, 1024), (16,), (16384,))
    """
    held = min(max(base, LEAST), MOST)
    below = 1 << (held.bit_length() - 1)
    return (below,) if below == held else (below, 2 * below)


def _no_base(base: int) -> Fault:
    near = nearest(base)
    return Fault(
        "wrong-option",
        Text(f"基础样本{base}不能用：须是{LEAST}到{MOST}之间的2的幂",
             f"{base} is no base sample: it must be a power of two from {LEAST} to {MOST}"),
        Text(f"最接近的是{'或'.join(map(str, near))}", f"the nearest is {' or '.join(map(str, near))}"),
        Where(file="--sensitivity"),
    )  # fmt: skip


def _too_large(base: int, fits: int) -> Fault:
    return Fault(
        "wrong-option",
        Text(f"基础样本{base}对这么多单位和选择来说太大，内存容纳不下",
             f"a base sample of {base} is too large to be held for so many units and choices"),
        Text(f"最大可用{fits}", f"the largest that fits is {fits}"),
        Where(file="--sensitivity"),
    )  # fmt: skip
