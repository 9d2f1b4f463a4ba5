"""Every combination of the methods that act on columns, each computed once by the ordinary steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty
from steelyard.scheme.method import Aggregate, Impute, Method, Normalise, Treat
from steelyard.scheme.uncertainty import Uncertainty
from steelyard.weighing.index import called, leaves
from steelyard.weighing.index.columns import Array, Columns
from steelyard.weighing.index.log import Log
from steelyard.weighing.index.spec import Spec
from steelyard.weighing.index.tree import Joined, join


@dataclass(frozen=True)
class Alternatives:
    """What the scheme admits could have been done otherwise, its own way first in each list."""

    impute: tuple[Impute, ...]
    treat: tuple[Treat, ...]
    normalise: tuple[Normalise, ...]
    aggregate: tuple[tuple[Aggregate, ...], ...]

    @classmethod
    def of(cls, method: Method, varied: Uncertainty) -> Alternatives:
        return cls(
            (method.impute, *varied.impute),
            (method.treat, *varied.treat),
            (method.normalise, *varied.normalise),
            (method.aggregate, *varied.aggregate),
        )

    @property
    def sizes(self) -> tuple[int, int, int, int]:
        return len(self.impute), len(self.treat), len(self.normalise), len(self.aggregate)

    def methods(self, own: Method) -> Iterator[Method]:
        """The whole method of every combination, the last list running fastest."""
        for impute, treat, normalise, aggregate in product(
            self.impute, self.treat, self.normalise, self.aggregate
        ):
            yield replace(own, impute=impute, treat=treat, normalise=normalise, aggregate=aggregate)


class Steps:
    """The steps on columns, each computed once for all combinations that share it."""

    def __init__(self) -> None:
        self._done: dict[tuple[object, ...], tuple[Log, dict[str, Array]]] = {}

    def joined(self, spec: Spec, *, others: Columns | None = None) -> Joined:
        """The leaves and groups of one combination. ``others`` are leaves that are known already.

        Raises:
            Faulty: what this combination cannot compute.
        """
        with np.errstate(all="ignore"):
            before, leaves_ = self._normalised(spec)
            log = _after(before)
            joined = join(spec, log, {**(others or {}), **leaves_})
        log.stop_if_faulty()
        return joined

    def _normalised(self, spec: Spec) -> tuple[Log, dict[str, Array]]:
        method = spec.method

        def step() -> tuple[Log, dict[str, Array]]:
            before, columns = self._treated(spec)
            log = _after(before)
            return log, leaves.normalised_all(spec, log, columns)

        return self._once((method.impute, method.treat, method.normalise), step)

    def _treated(self, spec: Spec) -> tuple[Log, dict[str, Array]]:
        def step() -> tuple[Log, dict[str, Array]]:
            before, columns = self._imputed(spec)
            log = _after(before)
            found = leaves.treated_all(spec, log, columns)
            return log, {code: one.column for code, one in found.items()}

        return self._once((spec.method.impute, spec.method.treat), step)

    def _imputed(self, spec: Spec) -> tuple[Log, dict[str, Array]]:
        def step() -> tuple[Log, dict[str, Array]]:
            log = Log(spec.names)
            columns = leaves.denominated_all(spec, log, spec.columns)
            columns = leaves.transformed_all(spec, log, columns)
            return log, leaves.imputed_all(spec, log, columns)

        return self._once((spec.method.impute,), step)

    def _once(
        self, key: tuple[object, ...], step: Callable[[], tuple[Log, dict[str, Array]]]
    ) -> tuple[Log, dict[str, Array]]:
        if key not in self._done:
            self._done[key] = step()
        return self._done[key]


def _after(log: Log) -> Log:
    """A log that goes on from another and leaves that as it is."""
    return Log(log.names, faults=list(log.faults), broken=set(log.broken))


def all_joined(specs: Sequence[Spec]) -> list[Joined]:
    """Every combination.

    Raises:
        Faulty: what any of them cannot compute, each named, all at once.
    """
    steps, found, faults = Steps(), [], dict[tuple[str, str], Fault]()
    for spec in specs:
        try:
            found.append(steps.joined(spec))
        except Faulty as error:
            said = _named(spec.method)
            for fault in error.faults:
                key = (fault.what.en, fault.where.key or "")
                faults.setdefault(key, replace(fault, what=_in(said, fault.what)))
    if faults:
        raise Faulty(list(faults.values()))
    return found


def _in(combination: Text, what: Text) -> Text:
    return Text(
        f"[uncertainty]允许的一种组合（{combination.zh}）无法计算：{what.zh}",
        f"a combination that [uncertainty] admits ({combination.en}) cannot be computed: {what.en}",
    )


def _named(method: Method) -> Text:
    steps = [
        called.IMPUTE[method.impute.by], called.TREAT[method.treat.by],
        called.NORMALISE[method.normalise.by],
        *(called.AGGREGATE[level.by] for level in method.aggregate),
    ]  # fmt: skip
    return Text("、".join(one.zh for one in steps), ", ".join(one.en for one in steps))


def stacked(columns: Mapping[str, Array], codes: Sequence[str]) -> Array:
    return np.column_stack([columns[code] for code in codes])
