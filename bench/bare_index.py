"""A bare loop over an index's precomputed alternatives, as fast as NumPy lets us write it.

It knows that every mean is arithmetic or geometric, that nothing is missing, and what there is to count;
it checks nothing and explains nothing. Its tables are those of the model, so that both pick from the same.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from steelyard.weighing.uncertainty.index.model import IndexModel

Array = NDArray[np.float64]
_ROWS = 1024


class Bare:
    """``within`` is the spread of all weights; ``leaves_out`` says that one leaf may be left out."""

    def __init__(self, model: IndexModel, *, within: float, leaves_out: bool) -> None:
        shape = model._shape
        self.within, self.leaves_out = within, leaves_out
        self.base = model._weights.base[0]
        self.groups = [(shape.parent_column(g), s) for g, s in shape.slices.items()]
        self.leaf_columns = np.array([shape.column[leaf] for leaf in shape.leaves])
        self.kinds, self.tables = [], []
        for one in model._combinations:
            by = [one.how[group].by == "geometric" for group in shape.children]
            self.kinds.append(by)
            self.tables.append(np.ascontiguousarray(one.table.T))
        with np.errstate(
            divide="ignore", invalid="ignore"
        ):  # of tables that no lowest group joins by logarithms
            self.logs = [np.log(table) for table in self.tables]
        place = {leaf: index for index, leaf in enumerate(shape.leaves)}
        number = {group: index for index, group in enumerate(shape.children)}
        self.members = [
            (np.array([place[c] for c in own if c in place], np.intp),
             np.array([k for k, c in enumerate(own) if c in place], np.intp),
             [(k, number[c]) for k, c in enumerate(own) if c in number])
            for own in shape.children.values()
        ]  # fmt: skip
        self.units = len(model._spec.units)

    def counts(self, replications: int, seed: int, threads: int) -> Any:
        """How often each unit had each rank."""
        starts = range(0, replications, _ROWS)
        sizes = [min(_ROWS, replications - start) for start in starts]
        with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(threads) as pool:
            return sum(pool.map(self._block, sizes, range(seed, seed + len(sizes))))

    def _block(self, size: int, seed: int) -> NDArray[np.intp]:
        draw = np.random.default_rng(seed)
        weights = draw.random((size, self.base.size))
        weights *= 2 * self.within
        weights += 1 - self.within
        weights *= self.base
        if self.leaves_out:
            out = draw.integers(-1, self.leaf_columns.size, size)
            some = np.flatnonzero(out >= 0)
            weights[some, self.leaf_columns[out[some]]] = 0.0
        for _, own in self.groups:
            weights[:, own] /= weights[:, own].sum(axis=1, keepdims=True)
        chosen = draw.integers(len(self.tables), size=size)
        totals = np.empty((size, self.units))
        for place in range(len(self.tables)):
            rows = np.flatnonzero(chosen == place)
            if rows.size:
                totals[rows] = self._totals(place, weights[rows])
        return self._count(totals)

    def _totals(self, place: int, weights: Array) -> Array:
        kind, table = self.kinds[place], self.tables[place]
        if not any(kind):
            for parent, own in reversed(self.groups):
                if parent is not None:
                    weights[:, own] *= weights[:, parent, None]
            return weights[:, self.leaf_columns] @ table
        scores: list[Any] = []
        for is_geometric, (leaves, columns, groups), (_, own) in zip(
            kind, self.members, self.groups, strict=True
        ):
            mine = weights[:, own]
            source = self.logs[place] if is_geometric else table
            found = mine[:, columns] @ source[leaves] if leaves.size else 0.0
            for column, group in groups:
                child = np.log(scores[group]) if is_geometric else scores[group]
                found = found + mine[:, column, None] * child
            scores.append(np.exp(found) if is_geometric else found)
        return np.asarray(scores[-1])

    def _count(self, totals: Array) -> NDArray[np.intp]:
        order = np.argsort(-totals, axis=1)
        flat = order * self.units + np.arange(self.units)
        found = np.bincount(flat.ravel(), minlength=self.units**2)
        return found.reshape(self.units, self.units)
