"""Where the weights of a group's children come from (handbook, step 6). They sum to 1.

``table`` is units × children, complete. Each method is deterministic.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.scheme.method import Weigh
from steelyard.weighing.index.columns import Array, Cannot, is_constant

# Saaty (1980), by number of children from 1; 15 and more take the last.
_RANDOM_INDEX = (
    0.0,
    0.0,
    0.58,
    0.90,
    1.12,
    1.24,
    1.32,
    1.41,
    1.45,
    1.49,
    1.51,
    1.48,
    1.56,
    1.57,
    1.59,
)


class CannotWeigh(Cannot):
    """The method gives no weights for these data: the reason."""


def weights_of(table: Array, given: Array, weigh: Weigh, judgements: Array | None) -> Array:
    """The weights of a group's children by the method of the scheme.

    Units that lack a child take no part in weights that are computed from the data.

    Raises:
        CannotWeigh: with the reason.
    """
    if table.shape[1] == 1:
        return np.ones(1)
    match weigh.by:
        case "given":
            return shares(given)
        case "equal":
            return shares(np.ones(table.shape[1]))
        case "ahp":
            return ahp_weights(
                _judged(judgements, table.shape[1]), float(weigh.consistency_at_most)
            )
        case "pca":
            return pca_weights(_complete(table), float(weigh.eigenvalue_above))
        case "equal_influence":
            return equal_influence_weights(_complete(table))


def shares(weights: Array) -> Array:
    """Weights scaled to sum to 1."""
    if (weights < 0).any() or weights.sum() <= 0:
        raise CannotWeigh(
            Text("权重有负数，或合计不大于0", "a weight is below 0, or they sum to 0"),
            Text("请改正权重", "mend the weights"),
        )
    return np.asarray(weights / weights.sum())


def _complete(table: Array) -> Array:
    return table[~np.isnan(table).any(axis=1)]


def correlations(table: Array) -> Array:
    """Pearson correlations of the columns."""
    if table.shape[0] < 3 or any(is_constant(column) for column in table.T):
        raise CannotWeigh(
            Text("相关系数要求至少三个单位数据齐全，且各项得分不全相同",
                 "correlations need three units with every child known, and no child whose scores are "
                 "all equal"),
            Text("请改用given或equal", "weigh by 'given' or 'equal'"),
        )  # fmt: skip
    return np.asarray(np.corrcoef(table, rowvar=False))


# --- principal components --------------------------------------------------------------------


def pca_loadings(table: Array, eigenvalue_above: float) -> tuple[Array, Array]:
    """Eigenvalues of the correlation matrix, largest first, and loadings of the components kept.

    A component is kept if its eigenvalue is above the bound; the first always is.
    """
    values, vectors = np.linalg.eigh(correlations(table))
    order = np.argsort(values)[::-1]
    values, vectors = values[order], vectors[:, order]
    kept = max(1, int(np.sum(values > eigenvalue_above)))
    return values, vectors[:, :kept] * np.sqrt(np.maximum(values[:kept], 0))


def varimax(loadings: Array, rounds: int = 500, tolerance: float = 1e-12) -> Array:
    """Loadings after varimax rotation (Kaiser 1958), rows normalised meanwhile."""
    lengths = np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    scaled = loadings / np.where(lengths == 0, 1, lengths)
    p, k = scaled.shape
    rotation, before = np.eye(k), 0.0
    for _ in range(rounds if k > 1 else 0):
        turned = scaled @ rotation
        target = turned * turned * turned - turned * ((turned**2).sum(axis=0) / p)
        u, s, vt = np.linalg.svd(scaled.T @ target)
        rotation = u @ vt
        if s.sum() <= before * (1 + tolerance):
            break
        before = float(s.sum())
    return np.asarray((scaled @ rotation) * lengths)


def pca_weights(table: Array, eigenvalue_above: float) -> Array:
    """Each child's largest squared rotated loading, scaled to sum to 1.

    The handbook's way (section 6.1): within a factor, squared loadings over the factor's explained
    variance; factors weighted by that variance, which cancels; each child in the factor that it
    loads on most.
    """
    _, loadings = pca_loadings(table, eigenvalue_above)
    return shares((varimax(loadings) ** 2).max(axis=1))


# --- judgements ------------------------------------------------------------------------------


def _judged(judgements: Array | None, children: int) -> Array:
    """A reciprocal matrix, one row and column a child."""
    if judgements is None or judgements.shape != (children, children):
        raise CannotWeigh(
            Text(f"没有{children}行{children}列的判断矩阵", f"it has no {children} by {children} judgements"),
            Text("请在上级指标上写judgements，每个下级一行一列",
                 "write judgements on the group, one row and one column a child"),
        )  # fmt: skip
    if not np.allclose(judgements * judgements.T, 1, rtol=1e-3):
        raise CannotWeigh(
            Text("判断矩阵不互反：甲比乙是3，则乙比甲应是1/3，对角线是1",
                 "its judgements are not reciprocal: if a over b is 3, b over a is 1/3, and a over a is 1"),
            Text("请改正矩阵", "mend the matrix"),
        )  # fmt: skip
    return judgements


def ahp_weights(judgements: Array, consistency_at_most: float) -> Array:
    """The principal eigenvector of a matrix of pairwise judgements (Saaty 1980).

    Raises:
        CannotWeigh: the consistency ratio is above the bound.
    """
    ratio = consistency_ratio(judgements)
    if ratio > consistency_at_most:
        raise CannotWeigh(
            Text(f"判断前后矛盾：一致性比率{ratio:.3f}，大于{consistency_at_most:g}",
                 f"its judgements contradict each other: the consistency ratio is {ratio:.3f}, above "
                 f"{consistency_at_most:g}"),
            Text("请重新判断，或写明consistency_at_most", "judge again, or state consistency_at_most"),
        )  # fmt: skip
    values, vectors = np.linalg.eig(judgements)
    return shares(np.abs(vectors[:, int(np.argmax(values.real))].real))


def consistency_ratio(judgements: Array) -> float:
    """(λmax − n) ÷ (n − 1) ÷ random index (Saaty 1980); 0 up to two children."""
    n = judgements.shape[0]
    if n < 3:
        return 0.0
    largest = float(np.linalg.eigvals(judgements).real.max())
    index = (largest - n) / (n - 1)
    return float(index / _RANDOM_INDEX[min(n, len(_RANDOM_INDEX)) - 1])


# --- equal influence ---------------------------------------------------------------------------


def equal_influence_weights(table: Array) -> Array:
    """Weights with which every child explains an equal share of the group's weighted mean.

    Influence is the squared Pearson correlation with the mean (Paruolo, Saisana and Saltelli 2013;
    Becker et al. 2017). With R the correlations and u the weights times standard deviations, child
    i correlates with the mean as (R u)ᵢ, so u ∝ R⁻¹1 makes them all equal. Where that asks for a
    weight below 0, the weights that come closest are searched for.
    """
    r = correlations(table)
    deviations = table.std(axis=0)
    exact = np.linalg.pinv(r) @ np.ones(len(r))
    if (exact > 0).all() and np.allclose(r @ exact, 1):
        return shares(exact / deviations)
    return shares(_closest(r) / deviations)


def influences(table: Array, weights: Array) -> Array:
    """The squared correlation of each child with the weighted mean."""
    return _influences(correlations(table), weights * table.std(axis=0))


def _influences(r: Array, u: Array) -> Array:
    """Of correlations and weights times deviations; a negative correlation counts as none."""
    moved = r @ u
    variance = max(float(u @ moved), 1e-12)
    return np.asarray(np.where(moved > 0, moved, 0.0) ** 2 / variance)


def _closest(r: Array) -> Array:
    """The u from 0 up whose influences are least uneven.

    A descent from the u that brings R u nearest to 1: from equal weights it would often stop at a
    worse local minimum, where a child that opposes the others has no influence at all.
    """
    from scipy.optimize import Bounds, minimize, nnls

    k = len(r)
    nearest = nnls(r, np.ones(k))[0]
    if nearest.max() <= 0:
        raise CannotWeigh(
            Text("各项此消彼长，互相抵消", "its children oppose and cancel one another"),
            Text("请核对direction，或改用given或equal", "check their directions, or weigh by 'given' or 'equal'"),
        )  # fmt: skip
    found = minimize(
        partial(_unevenness, r),
        np.maximum(nearest / nearest.max(), 1e-3),
        jac=True,
        method="L-BFGS-B",
        bounds=Bounds(np.full(k, 1e-6), np.ones(k)),
        tol=1e-15,
    )
    return np.asarray(found.x)


def _unevenness(r: Array, u: Array) -> tuple[float, Array]:
    """Σ (sᵢ − 1/k)² with sᵢ the child's share of all influence, and its gradient in u."""
    moved = np.maximum(r @ u, 0.0)
    whole = max(float((moved**2).sum()), 1e-12)
    shared = moved**2 / whole
    off = shared - 1 / len(r)
    slope = 2 * (off - off @ shared) / whole
    return float(off @ off), np.asarray(r @ (2 * slope * moved))
