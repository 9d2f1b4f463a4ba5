"""An index scheme as a function of chance: rows of numbers in, scores, ranks and grades out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.method import Method
from steelyard.scheme.model import ROOT
from steelyard.scheme.uncertainty import EVERY_LEAF, Uncertainty
from steelyard.weighing.index.aggregate import CannotAggregate
from steelyard.weighing.index.columns import Columns
from steelyard.weighing.index.screen import screened
from steelyard.weighing.index.spec import Spec
from steelyard.weighing.index.tree import Joined
from steelyard.weighing.index_scheme import spec_of
from steelyard.weighing.points.board import Board
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.errors import error_title, sampled
from steelyard.weighing.uncertainty.factors import left_out_title, slices_of
from steelyard.weighing.uncertainty.index.alternatives import (
    Alternatives,
    Steps,
    all_joined,
    stacked,
)
from steelyard.weighing.uncertainty.index.join import WITHOUT_WEIGHTS, Combination
from steelyard.weighing.uncertainty.index.shape import Shape
from steelyard.weighing.uncertainty.index.standing import Standing
from steelyard.weighing.uncertainty.index.weights import Weights, varied_nodes
from steelyard.weighing.uncertainty.model import Array, Factor, Outcomes, Whole


class IndexModel:
    """The model of an index scheme's result.

    Every combination of the methods that act on columns is computed once; a replication picks one and
    joins its leaves by weights of its own. Where raw values vary, from sampling errors, the leaves that
    they enter go through all the steps in each replication.

    Raises:
        Faulty: a combination that cannot be computed, or a choice that an index does not have.
    """

    def __init__(self, result: Result) -> None:
        self._result, self._scheme = result, result.scheme
        self._varied = result.scheme.uncertainty or Uncertainty()
        self._board = Board(result.scheme, result.values)
        whole = spec_of(result.scheme, result.values)
        kept, _, self._enough = screened(whole.columns, whole.method.screen)
        self._spec = whole.only(kept, self._enough)
        self._alternatives = Alternatives.of(self._spec.method, self._varied)
        self._errors = tuple(sampled(self._board, error) for error in self._varied.errors)
        self._standing = Standing(result, self._board)
        self._of_the_index = self._spec.columns.keys() | self._spec.denominators.keys()
        self._refuse()
        self._specs = [replace(self._spec, method=one) for one in self._methods()]
        joined = all_joined(self._specs)
        if self._varied.spread is not None and self._varied.spread.within is None:
            all_joined([_all_counting(spec, self._varied.spread.of) for spec in self._specs])
        self._shape = Shape.of(joined[0])
        self._combinations = [
            self._combination(spec, stacked(one.scores, self._shape.leaves))
            for spec, one in zip(self._specs, joined, strict=True)
        ]
        self._weights = self._all_weights([one.weights for one in joined])
        self._refuse_what_needs_every_child()

    def _methods(self) -> Iterator[Method]:
        return self._alternatives.methods(self._spec.method)

    def _combination(self, spec: Spec, table: Array) -> Combination:
        how = {group: spec.aggregate(group) for group in self._shape.children}
        return Combination(self._shape, table, how)

    def _all_weights(self, given: Sequence[Mapping[str, Mapping[str, float]]]) -> Weights:
        base = np.array(
            [
                [weight for group in self._shape.children for weight in _base(group, one, made)]
                for one, made in zip(given, self._combinations, strict=True)
            ]
        )
        spread = self._varied.spread
        left_out = [
            self._shape.column[leaf]
            for leaf in self._shape.leaves
            if EVERY_LEAF in self._varied.leave_out or leaf in self._varied.leave_out
        ]
        return Weights(
            self._shape,
            base,
            spread,
            varied_nodes(self._shape, spread),
            np.array(left_out, np.intp),
        )

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(unit.code for unit in self._scheme.assessed)

    # --- what varies -----------------------------------------------------------------------------

    @cached_property
    def factors(self) -> tuple[Factor, ...]:
        """Those that take a column at least, in the order of their columns."""
        columns = {
            "weights": self._weights.varied.size,
            **{
                name: int(size > 1)
                for name, size in zip(_METHODS, self._alternatives.sizes, strict=True)
            },
            "leave_out": int(self._weights.left_out.size > 0),
        }
        found = [Factor(name, self._title(name), size) for name, size in columns.items() if size]
        found += [
            Factor(
                f"error:{one.input}",
                error_title(self._scheme.inputs[one.input], one.rows.size, len(self.units)),
                one.rows.size,
            )
            for one in self._errors
            if one.rows.size
        ]
        return tuple(found)

    def _title(self, name: str) -> Text:
        if name == "weights":
            return _spread_title(self._varied)
        if name == "leave_out":
            return left_out_title(self._weights.left_out.size)
        size = dict(zip(_METHODS, self._alternatives.sizes, strict=True))[name]
        said = _METHODS[name]
        return Text(f"{said.zh}（{size}种之一）", f"{said.en} (one of {size} ways)")

    @cached_property
    def _columns(self) -> Mapping[str, slice]:
        return slices_of(self.factors)

    # --- replications ------------------------------------------------------------------------------

    def outcomes(self, rows: Array) -> Outcomes:
        combination = self._chosen_combination(rows)
        weights = self._weights.drawn(
            combination, self._numbers("weights", rows), self._without(rows)
        )
        drawn = {
            one.input: one.drawn(self._numbers(f"error:{one.input}", rows))
            for one in self._errors
            if one.rows.size
        }
        if drawn.keys() & self._of_the_index:
            scores = self._anew(drawn, combination, weights)
        else:
            scores = self._joined(combination, weights)
        return self._standing.outcomes(
            {node: self._over_all(one) for node, one in scores.items()},
            {code: self._in_place(code, values) for code, values in drawn.items()},
        )

    def _joined(self, combination: Whole, weights: Array) -> dict[str, Array]:
        """The nodes that are asked for; rows of the same combination are joined together."""
        shape = len(weights), len(self._spec.units)
        found = {node: np.empty(shape) for node in (ROOT, *self._standing.nodes)}
        for place in np.unique(combination):
            own = np.flatnonzero(combination == place)
            of = self._combinations[place].of(self._standing.nodes, weights[own])
            for node, scores in of.items():
                found[node][own] = scores
        return found

    def _over_all(self, scores: Array) -> Array:
        """Over all units: those screened out have none."""
        if self._enough.all():
            return scores
        whole = np.full((len(scores), len(self.units)), np.nan)
        whole[:, self._enough] = scores
        return whole

    def _in_place(self, code: str, values: Array) -> Array:
        """Drawn values over all units; NaN for those whose value does not vary."""
        whole = np.full((len(values), len(self.units)), np.nan)
        for one in self._errors:
            if one.input == code:
                whole[:, one.rows] = values
        return whole

    def _numbers(self, factor: str, rows: Array) -> Array:
        return rows[:, self._columns.get(factor, slice(0, 0))]

    def _chosen_combination(self, rows: Array) -> Whole:
        found = np.zeros(len(rows), np.intp)
        for name, size in zip(_METHODS, self._alternatives.sizes, strict=True):
            found *= size
            if size > 1:
                found += (self._numbers(name, rows)[:, 0] * size).astype(np.intp)
        return found

    def _without(self, rows: Array) -> Whole | None:
        """0 for nothing left out, else one more than the place of the leaf."""
        if "leave_out" not in self._columns:
            return None
        choices = self._weights.left_out.size + 1
        return np.asarray((self._numbers("leave_out", rows)[:, 0] * choices).astype(np.intp))

    def _anew(
        self, drawn: Mapping[str, Array], combination: Whole, weights: Array
    ) -> dict[str, Array]:
        """Every replication from its own raw values; weights drawn about the scheme's given ones.

        Only the leaves that the drawn values enter are computed anew.
        """
        rows: list[dict[str, Array]] = []
        for row in range(len(weights)):
            values = {code: of_units[row] for code, of_units in drawn.items()}
            spec = self._with_values(values, combination[row])
            joined = _joined_as_drawn(spec, drawn, self._leaves[combination[row]])
            one = self._combination(spec, stacked(joined.scores, self._shape.leaves))
            rows.append(one.of(self._standing.nodes, weights[row : row + 1]))
        return {node: np.concatenate([one[node] for one in rows]) for node in rows[0]}

    def _with_values(self, drawn: Mapping[str, Array], combination: int) -> Spec:
        spec = self._specs[combination]
        columns, denominators = dict(spec.columns), dict(spec.denominators)
        for one in self._errors:
            if one.input not in drawn:
                continue
            for tables in (columns, denominators):
                if one.input in tables:
                    whole = np.full(len(self.units), np.nan)
                    whole[self._enough] = tables[one.input]
                    whole[one.rows] = drawn[one.input]
                    tables[one.input] = whole[self._enough]
        entered = {code: columns[code] for code in columns if self._enters(drawn, code)}
        return replace(spec, columns=entered, denominators=denominators)

    def _enters(self, drawn: Collection[str], leaf: str) -> bool:
        return leaf in drawn or self._spec.item(leaf).denominator in drawn

    @cached_property
    def _leaves(self) -> list[Columns]:
        """The leaves of every combination, as delivered."""
        return [
            dict(zip(self._shape.leaves, one.table.T, strict=True)) for one in self._combinations
        ]

    # --- what is refused ---------------------------------------------------------------------------

    def _refuse(self) -> None:
        faults = [_panel(panel.list) for panel in self._varied.panels]
        known = self._of_the_index | self._standing.inputs
        faults += [_not_in_the_index(one.input) for one in self._errors if one.input not in known]
        if faults:
            raise Faulty(faults)

    def _refuse_what_needs_every_child(self) -> None:
        """Order weights, or bounds of shares, may not fit what remains when a leaf is left out."""
        faults: dict[str, Fault] = {}
        for place, one in enumerate(self._combinations):
            if not any(how.by in WITHOUT_WEIGHTS for how in one.how.values()):
                continue
            for leaf in range(self._weights.left_out.size):
                try:
                    one.total(self._without_one(place, leaf))
                except CannotAggregate as error:
                    faults.setdefault(error.why.en, _does_not_fit(error))
        if faults:
            raise Faulty(list(faults.values()))

    def _without_one(self, combination: int, leaf: int) -> Array:
        """The weights of a combination, as (1, nodes), without the leaf at a place of those left out."""
        rows = np.full((1, self._weights.varied.size), 0.5)
        return self._weights.drawn(np.array([combination]), rows, np.array([leaf + 1]))


_METHODS: Mapping[str, Text] = {
    "impute": Text("缺失值的填补方法", "how missing values are filled"),
    "treat": Text("异常值的处理方法", "how outliers are treated"),
    "normalise": Text("标准化方法", "the normalisation"),
    "aggregate": Text("合成方法", "the aggregation"),
}


def _spread_title(varied: Uncertainty) -> Text:
    assert varied.spread is not None
    if varied.spread.within is None:
        return Text("任意权重", "any weights at all")
    share = f"{float(100 * varied.spread.within):g}%"
    return Text(f"权重上下浮动{share}，再折算为原合计",
                f"weights up to {share} more or less, then brought back to their sum")  # fmt: skip


def _joined_as_drawn(spec: Spec, drawn: Collection[str], delivered: Columns) -> Joined:
    """The tables of one replication, from the drawn leaves and those as delivered.

    Raises:
        Faulty: the values that were drawn cannot be computed, though those delivered can.
    """
    try:
        return Steps().joined(spec, others=delivered)
    except Faulty as error:
        inputs = ", ".join(sorted(drawn))
        raise Faulty([_not_as_drawn(fault, inputs) for fault in error.faults]) from error


def _not_as_drawn(fault: Fault, inputs: str) -> Fault:
    return replace(
        fault,
        what=Text(f"按抽样误差取的值（{inputs}）无法计算：{fault.what.zh}",
                  f"values within the sampling error of {inputs} cannot be computed: {fault.what.en}"),
        mend=Text("请核对standard_error的计量单位，或在inputs中写明least和most，使取值不越界",
                  "check the unit of standard_error, or state least and most in inputs, so that no such value is "
                  "drawn"),
    )  # fmt: skip


def _base(
    group: str, given: Mapping[str, Mapping[str, float]], made: Combination
) -> Sequence[float]:
    """Of a group's children. Where a method asks for no weights, 0 must mean left out and nothing else."""
    own = list(given[group].values())
    return [1 / len(own)] * len(own) if made.how[group].by in WITHOUT_WEIGHTS else own


def _all_counting(spec: Spec, of: Sequence[str]) -> Spec:
    """Any weights: a child whose own weight is 0 may count too, so that its scores must be fit for it."""
    groups = of or tuple(spec.children)
    counting = {child: 1.0 for group in groups for child in spec.children[group]}
    return replace(spec, weights={**spec.weights, **counting})


def _does_not_fit(error: CannotAggregate) -> Fault:
    return Fault(
        "cannot-leave-out",
        Text(f"去掉一项指标后无法合成：{error.why.zh}",
             f"with an indicator left out the index cannot be aggregated: {error.why.en}"),
        Text("请从leave_out中去掉该上级的指标，或改用其他合成方法",
             "leave out no indicator of that group, or aggregate it in another way"),
        Where(key="uncertainty.leave_out"),
    )  # fmt: skip


def _panel(name: str) -> Fault:
    return Fault(
        "not-of-this-family",
        Text(f"指数细则没有评委名单可以重抽（“{name}”）", f"an index has no panel to draw again ({name!r})"),
        Text("请去掉panels", "remove panels"),
        Where(key="uncertainty.panels"),
    )  # fmt: skip


def _not_in_the_index(code: str) -> Fault:
    return Fault(
        "not-in-the-index",
        Text(f"“{code}”既不是指标也不是分母，也不为等次和一票否决所用，它的抽样误差不影响结果",
             f"{code!r} is neither an indicator nor a denominator, nor asked by a grade or a veto, so that its "
             "error moves nothing"),
        Text("请去掉这一条errors，或改为指标的编码", "remove it from errors, or name an indicator"),
        Where(key="uncertainty.errors"),
    )  # fmt: skip
