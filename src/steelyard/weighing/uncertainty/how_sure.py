"""How sure is a rank? Weigh again and again with the scheme's choices drawn at random, and count.

    how_sure(result, 10_000).units[0].ranks

The flow: the scheme's ``[uncertainty]`` becomes a :class:`Model`, blocks of random rows go through it
on several threads, and a :class:`Tally` counts what came out. Monte-Carlo as in Saisana, Saltelli and
Tarantola (2005); the shares of ranks are the rank acceptability indices of Lahdelma, Hokkanen and
Salminen (1998).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from threading import Lock

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.uncertainty import Uncertainty
from steelyard.weighing.result import Result, Standing
from steelyard.weighing.uncertainty import intervals, sentences
from steelyard.weighing.uncertainty.findings import HowSure, PairDoubt, UnitDoubt
from steelyard.weighing.uncertainty.model import Model, Whole
from steelyard.weighing.uncertainty.models import model_of
from steelyard.weighing.uncertainty.refused import seed_below_zero
from steelyard.weighing.uncertainty.replications import Block, blocks, columns_of, for_each
from steelyard.weighing.uncertainty.swaps import Swaps
from steelyard.weighing.uncertainty.tally import HALVES, Tally

MOST_REPLICATIONS = 10_000_000
Progress = Callable[[int, int], None]


def how_sure(
    result: Result,
    replications: int,
    *,
    seed: int | None = None,
    threads: int = 1,
    progress: Progress | None = None,
) -> HowSure:
    """Rank intervals, probabilities of ranks and grades, and doubtful neighbours of a result.

    ``seed`` is the scheme's own if none is given. Equal seeds give equal findings on any number of
    threads. ``progress`` is told (replications done, of all).

    Raises:
        Faulty: too few or too many replications, a seed below 0, nothing that could vary, or an
            alternative that cannot be computed.
    """
    varied = result.scheme.uncertainty or Uncertainty()
    seed = varied.seed if seed is None else seed
    check_chance(result, replications, seed)
    model = model_of(result)
    pairs = _neighbours(result)
    tally = replicated(result, model, replications, seed=seed, threads=threads, progress=progress)
    return HowSure(
        replications=replications,
        seed=seed,
        confidence=varied.confidence,
        factors={factor.name: factor.title for factor in model.factors},
        units=tuple(_units(result, model, tally, replications)),
        pairs=tuple(_pairs(result, pairs, tally, replications)),
        covers=sentences.covers(
            model.factors, replications, varied.confidence, all_ranked=not tally.ranks[:, 0].any()
        ),
        omits=sentences.omits(result.scheme),
    )


# --- replications ----------------------------------------------------------------------------------


def replicated(
    result: Result,
    model: Model,
    replications: int,
    *,
    seed: int,
    threads: int,
    progress: Progress | None = None,
) -> Tally:
    """What came of so many replications, counted."""
    rows = _rows_of(model, _neighbours(result))
    tally = Tally.empty(len(model.units), len(result.scheme.grades), rows, replications)
    columns, done, lock = columns_of(model), 0, Lock()

    def weigh_block(block: Block) -> None:
        nonlocal done
        tally.add(block, model.outcomes(block.rows(columns, seed)))
        with lock:
            done += block.ends - block.starts
            if progress is not None:
                progress(done, replications)

    for_each(blocks(model, replications), weigh_block, threads)
    return tally


def _rows_of(model: Model, pairs: list[tuple[str, str]]) -> tuple[Whole, Whole]:
    row = {unit: index for index, unit in enumerate(model.units)}
    ahead, behind = ([row[pair[side]] for pair in pairs] for side in (0, 1))
    return np.array(ahead, np.intp), np.array(behind, np.intp)


def _neighbours(result: Result) -> list[tuple[str, str]]:
    """Each ranked unit and the next behind it. Two that share a rank have no order that could be true."""
    ranked = [one for one in result.standings if one.rank is not None]
    return [(a.unit.code, b.unit.code) for a, b in pairwise(ranked) if a.rank != b.rank]


# --- what was found ----------------------------------------------------------------------------------


def _units(result: Result, model: Model, tally: Tally, replications: int) -> Iterator[UnitDoubt]:
    """In the order of the ranking."""
    row = {unit: index for index, unit in enumerate(model.units)}
    for standing in result.standings:
        yield _unit(result, standing, tally, row[standing.unit.code], replications)


def _unit(
    result: Result, standing: Standing, tally: Tally, row: int, replications: int
) -> UnitDoubt:
    counts = tally.ranks[row]
    confidence = (result.scheme.uncertainty or Uncertainty()).confidence
    return UnitDoubt(
        unit=standing.unit.code,
        rank=standing.rank,
        ranks=intervals.of_ranks(counts, confidence),
        median_rank=intervals.median_rank(counts),
        scores=intervals.of_scores(tally.scores[:, row], confidence),
        rank_shares=_rank_shares(counts, replications),
        unranked=int(counts[0]) / replications,
        grade=standing.grade,
        grade_shares=_grade_shares(result, tally.grades[row], replications),
    )


def _rank_shares(counts: Whole, replications: int) -> dict[int, float]:
    whole = counts.reshape(-1, HALVES).sum(axis=1)  # rank r and r ½ together
    return {
        int(place): int(whole[place]) / replications for place in np.flatnonzero(whole) if place
    }


def _grade_shares(result: Result, counts: Whole, replications: int) -> Mapping[str, float]:
    codes = [*(grade.code for grade in result.scheme.grades), ""]
    return {
        code: int(count) / replications
        for code, count in zip(codes, counts, strict=True)
        if code or count
    }


def _pairs(
    result: Result, pairs: list[tuple[str, str]], tally: Tally, replications: int
) -> Iterator[PairDoubt]:
    swaps = Swaps(result) if pairs else None
    for (ahead, behind), halves in zip(pairs, tally.ahead, strict=True):
        assert swaps is not None
        probability = int(halves) / (2 * replications)
        error = float(np.sqrt(probability * (1 - probability) / replications))
        swap, why = swaps.between(ahead, behind)
        yield PairDoubt(ahead, behind, probability, error, swap, why)


# --- what is refused ---------------------------------------------------------------------------------


def check_chance(result: Result, replications: int, seed: int) -> None:
    """Refuse numbers that make no sense, all at once.

    Raises:
        Faulty: see :func:`how_sure`.
    """
    fewest = intervals.fewest((result.scheme.uncertainty or Uncertainty()).confidence)
    faults = []
    if not fewest <= replications <= MOST_REPLICATIONS:
        faults.append(_how_many(replications, fewest))
    if seed < 0:
        faults.append(seed_below_zero(seed))
    if faults:
        raise Faulty(faults)


def _how_many(replications: int, fewest: int) -> Fault:
    usual = max(10_000, fewest)
    return Fault(
        "wrong-option",
        Text(f"重算{replications}次，{'太少，定不出区间的两端' if replications < fewest else '太多'}",
             f"{replications} replications are too "
             + ("few to tell where an interval ends" if replications < fewest else "many")),
        Text(f"请写{fewest}至{MOST_REPLICATIONS}之间的次数，例如{usual}",
             f"write a number from {fewest} to {MOST_REPLICATIONS}, such as {usual}"),
        Where(file="--uncertainty"),
    )  # fmt: skip
