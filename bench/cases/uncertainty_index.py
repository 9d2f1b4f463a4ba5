"""How much does it cost to ask how sure an index is, beside a bare loop over the same alternatives?

Ours counts ranks, grades, neighbours and scores, keeps ties and missing values apart, and gives the same
answer on any number of threads. The bare loop counts ranks. Both begin with the alternatives at hand.
"All choices" are weights, every method and a leaf left out. Sampling errors of raw values are not among
them: the leaves that those enter cannot be made beforehand.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from bench.bare_index import Bare
from bench.cases.index import some_index
from bench.measure import Case, Command, command
from steelyard.scheme.model import Scheme
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.how_sure import replicated
from steelyard.weighing.uncertainty.index.model import IndexModel
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh

ROOT = Path(__file__).resolve().parents[2]
_ASEM = ROOT / "examples/asem"


def cases() -> Iterator[Case]:
    yield Case(
        name="10,000 replications of ASEM (51 × 49)",
        ours=partial(_ours, "asem", 10_000, 1),
        peer=partial(_bare, "asem", 10_000, 1),
        peer_name="a bare NumPy loop, one thread",
        limit_ratio=2,
    )
    yield Case(
        name="20,000 replications of 300 units × 100 indicators, all choices, 2 threads",
        ours=partial(_ours, "large", 20_000, 2),
        peer=partial(_bare, "large", 20_000, 2),
        peer_name="its bare loop, 2 threads",
        limit_ratio=2,
        runs=5,
    )
    yield Case(
        name="100,000 replications of 300 × 100, all choices, 2 threads, a process of its own",
        ours=in_a_process("ours", 300, 100_000),
        peer=in_a_process("bare", 300, 100_000),
        peer_name="its bare loop, likewise",
        limit_ratio=2,
        limit_megabytes=1000,
        runs=3,
        warm_up=False,
    )
    yield Case(
        name="20,000 replications of 300 × 100, beside a tenth of the replications",
        ours=partial(_ours, "large", 20_000, 2),
        peer=partial(_ours, "large", 2_000, 2),
        peer_name="2,000 replications",
        limit_ratio=15,  # linear is 10
        runs=5,
    )
    yield Case(
        name="20,000 replications of 300 × 100, beside a tenth of the units",
        ours=partial(_ours, "large", 20_000, 2),
        peer=partial(_ours, "small", 20_000, 2),
        peer_name="30 units",
        limit_ratio=15,  # linear is 10
        runs=5,
    )


def in_a_process(what: str, units: int, replications: int) -> Command:
    return command(
        sys.executable, "-c",
        f"from bench.cases.uncertainty_index import run; run({what!r}, {units}, {replications})",
    )  # fmt: skip


def run(what: str, units: int, replications: int) -> None:
    act = _ours if what == "ours" else _bare
    act({300: "large", 30: "small"}[units], replications, 2)


def _ours(which: str, replications: int, threads: int) -> object:
    result, model, _ = _prepared(which)
    return replicated(result, model, replications, seed=1, threads=threads)


def _bare(which: str, replications: int, threads: int) -> object:
    return _prepared(which)[2].counts(replications, 1, threads)


@cache
def _prepared(which: str) -> tuple[Result, IndexModel, Bare]:
    result = asem() if which == "asem" else _index({"large": 300, "small": 30}[which])
    model = IndexModel(result)
    return result, model, Bare(model, within=0.25, leaves_out=which != "asem")


def asem() -> Result:
    """With what its scheme admits, but no leaf left out."""
    scheme = Scheme.read(_ASEM / "scheme.toml")
    assert scheme.uncertainty is not None
    scheme = replace(scheme, uncertainty=replace(scheme.uncertainty, leave_out=()))
    return weigh(scheme, Values.read(scheme, _ASEM / "data"))


def _index(units: int) -> Result:
    return some_index(
        units, 100,
        method={
            "impute": {"by": "group_mean"}, "treat": {"by": "winsorise", "then": "log"},
            "normalise": {"by": "min_max", "onto": [1, 100]}, "aggregate": {"by": "arithmetic"},
        },
        uncertainty={
            "weights": {"within": "25%"}, "impute": [{"by": "median"}], "treat": [{"by": "none"}],
            "normalise": [{"by": "z_score", "onto": [100, 10]}, {"by": "rank"}],
            "aggregate": [[{"by": "arithmetic"}, {"by": "geometric"}]], "leave_out": "one",
        },
    )  # fmt: skip
