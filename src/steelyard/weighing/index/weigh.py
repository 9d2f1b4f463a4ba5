"""Where the weights of a group's children come from (handbook, step 6). They sum to 1.

``table`` is units × children, complete. Each method is deterministic.
"""

from __future__ import annotations

import numpy as np

from steelyard.scheme.method import Weigh
from steelyard.weighing.index.columns import Array

_RANDOM_INDEX = (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)


class CannotWeigh(ValueError):
    """The method gives no weights for these data: the reason."""


def shares(weights: Array) -> Array:
    """Weights scaled to sum to 1."""
    total = float(weights.sum())
    if total <= 0:
        raise CannotWeigh("its weights sum to 0")
    return weights / total


def correlations(table: Array) -> Array:
    """Pearson correlations of the columns."""
    if table.shape[0] < 3 or np.any(np.ptp(table, axis=0) == 0):
        raise CannotWeigh("it needs three units, and no child whose scores are all equal")
    return np.atleast_2d(np.corrcoef(table, rowvar=False))


def pca_loadings(table: Array, eigenvalue_above: float) -> tuple[Array, Array]:
    """Eigenvalues of the correlation matrix, largest first, and loadings of the components kept.

    A component is kept if its eigenvalue is above the bound; the first always is (Kaiser 1960).
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
        target = turned**3 - turned * ((turned**2).sum(axis=0) / p)
        u, s, vt = np.linalg.svd(scaled.T @ target)
        rotation = u @ vt
        if s.sum() <= before * (1 + tolerance):
            break
        before = float(s.sum())
    return (scaled @ rotation) * lengths


def pca_weights(table: Array, eigenvalue_above: float) -> Array:
    """Each child's largest squared rotated loading, scaled to sum to 1.

    The handbook's way (section 6.1): within a factor, squared loadings over the factor's explained
    variance; factors weighted by that variance, which cancels; each child in the factor that it
    loads on most.
    """
    _, loadings = pca_loadings(table, eigenvalue_above)
    return shares((varimax(loadings) ** 2).max(axis=1))


def ahp_weights(judgements: Array, consistency_at_most: float) -> Array:
    """The principal eigenvector of a matrix of pairwise judgements (Saaty 1980).

    Raises:
        CannotWeigh: the consistency ratio is above the bound.
    """
    ratio = consistency_ratio(judgements)
    if ratio > consistency_at_most:
        raise CannotWeigh(f"its judgements contradict each other: consistency ratio {ratio:.3f}")
    values, vectors = np.linalg.eig(judgements)
    return shares(np.abs(vectors[:, int(np.argmax(values.real))].real))


def consistency_ratio(judgements: Array) -> float:
    """(λmax − n) ÷ (n − 1) ÷ random index (Saaty 1980); 0 up to two children."""
    n = judgements.shape[0]
    if n < 3:
        return 0.0
    largest = float(np.linalg.eigvals(judgements).real.max())
    return (largest - n) / (n - 1) / _RANDOM_INDEX[min(n, len(_RANDOM_INDEX)) - 1]


def equal_influence_weights(table: Array) -> Array:
    """Weights with which every child explains an equal share of the group's weighted mean.

    Influence is the squared Pearson correlation with the mean (Paruolo, Saisana and Saltelli 2013;
    Becker et al. 2017). Found by Nelder–Mead from equal weights; it stops at the best it finds.
    """
    from scipy.optimize import minimize

    correlations(table)  # refuses what has no correlations
    k = table.shape[1]
    found = minimize(
        lambda logs: _unevenness(table, np.exp(logs - logs.max())),
        np.zeros(k), method="Nelder-Mead",
        options={"maxiter": 2000 * k, "maxfev": 2000 * k, "xatol": 1e-8, "fatol": 1e-14},
    )  # fmt: skip
    return shares(np.exp(np.clip(found.x - found.x.max(), -30, 0)))


def influences(table: Array, weights: Array) -> Array:
    """The squared correlation of each child with the weighted mean."""
    total = table @ shares(weights)
    both = np.column_stack([table, total])
    return np.corrcoef(both, rowvar=False)[-1, :-1] ** 2


def _unevenness(table: Array, weights: Array) -> float:
    """How far the influences are from equal shares; a negative correlation counts as the worst."""
    total = table @ shares(weights)
    r = np.corrcoef(np.column_stack([table, total]), rowvar=False)[-1, :-1]
    influence = np.where(r > 0, r**2, 0.0)
    whole = float(influence.sum())
    return 1e6 if whole == 0 else float(((influence / whole - 1 / len(r)) ** 2).sum())


def weights_of(table: Array, given: Array, weigh: Weigh, judgements: Array | None) -> Array:
    """The weights of a group's children by the method of the scheme.

    Raises:
        CannotWeigh: with the reason.
    """
    if table.shape[1] == 1:
        return np.ones(1)
    if weigh.by == "given":
        return shares(given)
    if weigh.by == "equal":
        return shares(np.ones(table.shape[1]))
    if weigh.by == "ahp":
        if judgements is None or judgements.shape[0] != table.shape[1]:
            raise CannotWeigh("it has no judgements, one row and column a child")
        return ahp_weights(judgements, float(weigh.consistency_at_most))
    complete = table[~np.isnan(table).any(axis=1)]
    if weigh.by == "pca":
        return pca_weights(complete, float(weigh.eigenvalue_above))
    return equal_influence_weights(complete)
