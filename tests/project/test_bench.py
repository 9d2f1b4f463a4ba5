"""A benchmark says how long ours took, beside what, and whether that is within its limits."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bench.measure import Case, Seconds, Times, command, measure
from bench.report import rows
from bench.run import Failed, all_cases, measured, reported


class Stopwatch:
    """A clock that only moves when an act says how long it took."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def act(self, *seconds: float) -> Callable[[], None]:
        """An act that takes each of ``seconds`` in turn, the first of them for the warm-up."""
        left = list(seconds)

        def run() -> None:
            self.seconds += left.pop(0)

        return run


def case(clock: Stopwatch) -> Case:
    return Case(
        name="weigh",
        ours=clock.act(9, 1, 2, 3, 4, 5),
        peer=clock.act(9, 2, 4, 6, 8, 10),
        peer_name="by hand",
        runs=5,
    )


def test_times_are_medians_with_quartiles_and_leave_out_the_warm_up() -> None:
    clock = Stopwatch()
    measured = measure(case(clock), clock)
    assert (measured.ours, measured.peer, measured.ratio) == (Times(3, 2, 4), Times(6, 4, 8), 0.5)


def test_an_act_may_tell_how_long_it_took() -> None:
    measured = measure(Case("save", lambda: Seconds(0.25), limit_seconds=1, runs=3), Stopwatch())
    assert measured.ours.median == 0.25


@pytest.mark.parametrize(
    ("limits", "verdict"),
    [
        ({}, ""),
        ({"limit_seconds": 3}, "within"),
        ({"limit_seconds": 2.9}, "OVER"),
        ({"limit_ratio": 0.5}, "within"),
        ({"limit_ratio": 0.4}, "OVER"),
        ({"limit_seconds": 3, "limit_ratio": 0.4}, "OVER"),
    ],
)
def test_limit_is_kept_or_broken(limits: dict[str, float], verdict: str) -> None:
    clock = Stopwatch()
    [row] = rows([measure(replace(case(clock), **limits), clock)])
    assert row[-1] == verdict


@pytest.mark.parametrize(("limit", "verdict"), [(8000, "within"), (1, "OVER")])
def test_memory_of_a_process_is_kept_within_a_limit(limit: float, verdict: str) -> None:
    case = Case("hold", command(sys.executable, "-c", "b'x' * 10_000_000"),
                limit_seconds=60, limit_megabytes=limit, runs=1, warm_up=False)  # fmt: skip
    [row] = rows([measure(case)])
    assert row[-1] == verdict
    assert row[-3].endswith(" MB")


def test_memory_of_an_act_in_this_process_is_refused() -> None:
    with pytest.raises(ValueError, match="process of its own"):
        Case("alone", list, limit_seconds=1, limit_megabytes=1)


def test_figure_without_peer_or_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="without a peer or a limit"):
        Case(name="alone", ours=list)


def test_every_case_has_a_name_of_its_own() -> None:
    names = [one.name for one in all_cases()]
    assert len(names) == len(set(names)) > 0


def amiss() -> None:
    raise RuntimeError("the page answered 500")


def test_one_case_that_fails_does_not_lose_the_others() -> None:
    cases = [
        Case(name, act, limit_seconds=60, runs=1)
        for name, act in (("a", list), ("b", amiss), ("c", list))
    ]
    results, failures = measured(cases)
    assert [one.case.name for one in results] == ["a", "c"]
    assert failures == [Failed("b", "RuntimeError: the page answered 500")]


def test_table_is_printed_without_what_failed_and_the_page_is_left_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results, _ = measured([Case("a", list, limit_seconds=60, runs=1)])
    kept = tmp_path / "benchmarks.md"
    assert reported(results, [Failed("b", "RuntimeError: why")], kept) == 1
    said = capsys.readouterr()
    assert "| a " in said.out
    assert "NOT MEASURED: b: RuntimeError: why" in said.err
    assert not kept.exists()
    assert reported(results, [], kept) == 0
    assert "| a " in kept.read_text(encoding="utf-8")
