"""The model of chance of a result's scheme, whichever family it is of."""

from __future__ import annotations

from steelyard.kernel.faults import Faulty
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.model import Model
from steelyard.weighing.uncertainty.refused import nothing_is_drawn, nothing_varies


def model_of(result: Result) -> Model:
    """A result's scheme and values as a function of chance.

    Raises:
        Faulty: the scheme names nothing that could vary, or a choice that cannot be computed.
    """
    if result.scheme.uncertainty is None or result.scheme.uncertainty.is_empty:
        raise Faulty([nothing_varies(result.scheme.family)])
    model = _of_family(result)
    if not model.factors:
        raise Faulty([nothing_is_drawn()])
    return model


def _of_family(result: Result) -> Model:
    if result.scheme.family == "points":
        from steelyard.weighing.uncertainty.points.model import PointsModel

        return PointsModel(result)
    from steelyard.weighing.uncertainty.index.model import IndexModel

    return IndexModel(result)
