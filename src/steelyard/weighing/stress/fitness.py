"""Is a scheme fit to issue?

    stress(scheme)                    what its form alone shows
    stress(scheme, last_years_values) what last year's data show

To read the tests, read ``TESTS``; to add one, write a function of a :class:`Trial` and put it there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.model import Scheme
from steelyard.weighing.result import Result
from steelyard.weighing.stress.decides_nothing import items_that_decide_nothing
from steelyard.weighing.stress.edges import ladders_with_units_on_the_edge
from steelyard.weighing.stress.findings import Stress, Told, in_order
from steelyard.weighing.stress.lacking import data_that_many_lack
from steelyard.weighing.stress.outliers import items_that_one_unit_decides
from steelyard.weighing.stress.policies import Policy
from steelyard.weighing.stress.policy import what_policy_forbids
from steelyard.weighing.stress.quotas import grades_as_they_would_fall
from steelyard.weighing.stress.reversals import order_that_turns
from steelyard.weighing.stress.size import items_that_measure_size
from steelyard.weighing.stress.standing_in_the_way import standing_in_the_way
from steelyard.weighing.stress.ties import ties_to_expect
from steelyard.weighing.stress.trial import Trial
from steelyard.weighing.stress.twice import items_counted_twice
from steelyard.weighing.stress.verifiable import points_nobody_can_verify
from steelyard.weighing.stress.vetoes import vetoes_that_strike_many
from steelyard.weighing.stress.weight import one_item_that_decides
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh

TESTS: tuple[Callable[[Trial], Told], ...] = (
    data_that_many_lack,
    what_policy_forbids,
    points_nobody_can_verify,
    items_that_decide_nothing,
    one_item_that_decides,
    items_that_measure_size,
    items_counted_twice,
    items_that_one_unit_decides,
    order_that_turns,
    ladders_with_units_on_the_edge,
    grades_as_they_would_fall,
    ties_to_expect,
    vetoes_that_strike_many,
)


def stress(
    scheme: Scheme,
    values: Values | None = None,
    *,
    policies: Sequence[Policy] | None = None,
    size: str = "",
    seed: int = 1,
) -> Stress:
    """Put a scheme to the test before it goes out.

    Args:
        values: last year's data. Without them only the form of the scheme is tested, and the answer says
            which tests wait for data.
        policies: what documents in force forbid or discourage; see
            :func:`~steelyard.weighing.stress.policies.read_policies`.
        size: the input that says how large a unit is; without it one called population, output or number of
            firms, if there is one.
        seed: of what is simulated or sampled. Equal seeds give equal answers.

    Raises:
        Faulty: ``size`` is no input of the scheme; or a value is of another type than a rule needs.
    """
    if size and size not in scheme.inputs:
        raise Faulty([_no_such_size(scheme, size)])
    result, could_not = (None, ()) if values is None else weighed(scheme, values)
    lines = standing_in_the_way(scheme, values) if values is not None and could_not else ()
    trial = Trial(
        scheme if result is None else result.scheme, result, policies, size, seed, could_not,
        lines or could_not,
    )  # fmt: skip
    told = [test(trial) for test in TESTS]
    sample = scheme.label == "sample" or (values is not None and values.sample)
    return Stress(
        scheme=scheme.code,
        title=scheme.title,
        label="sample" if sample else scheme.label,
        units=len(trial.units),
        leaves=len(scheme.leaves),
        with_data=values is not None,
        findings=in_order(tuple(finding for one in told for finding in one.findings)),
        sound=tuple(text for one in told for text in one.sound),
        waits=tuple(text for one in told for text in one.waits),
    )


def weighed(scheme: Scheme, values: Values) -> tuple[Result, tuple[Text, ...]]:
    """The result, and what stood in the way of it: missing values where the scheme refuses them.

    Then a scheme that takes a missing value as not applicable is weighed instead.
    """
    try:
        return weigh(scheme, values), ()
    except Faulty as refused:
        could_not = tuple(fault.what for fault in refused.faults)
        try:
            return weigh(_lenient(scheme), values), could_not
        except Faulty:
            raise refused from None


def _lenient(scheme: Scheme) -> Scheme:
    on = dict(scheme.on) | {"missing": "not_applicable", "no_base": "not_applicable"}
    items = tuple(
        replace(item, on={state: led for state, led in item.on.items() if led != "refuse"})
        for item in scheme.items
    )
    return replace(scheme, on=on, items=items)


def _no_such_size(scheme: Scheme, size: str) -> Fault:
    known = ", ".join(list(scheme.inputs)[:12])
    return Fault(
        "unknown-input",
        Text(f"没有数据项“{size}”", f"there is no input {size!r}"),
        Text(f"可用：{known}", f"use one of {known}"),
        Where(file="--size"),
    )
