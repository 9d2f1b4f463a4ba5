"""The model of chance of a result's scheme, whichever family it is of."""

from __future__ import annotations

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.model import Scheme
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.model import Model


def model_of(result: Result) -> Model:
    """A result's scheme and values as a function of chance.

    Raises:
        Faulty: the scheme names nothing that could vary, or a choice that cannot be computed.
    """
    if result.scheme.uncertainty is None or result.scheme.uncertainty.is_empty:
        raise Faulty([_nothing_varies(result.scheme)])
    if result.scheme.family == "points":
        from steelyard.weighing.uncertainty.points_model import PointsModel

        return PointsModel(result)
    from steelyard.weighing.uncertainty.index_model import IndexModel

    return IndexModel(result)


def _nothing_varies(scheme: Scheme) -> Fault:
    example = "points" if scheme.family == "points" else "weights"
    return Fault(
        "nothing-varies",
        Text("细则没有说明什么可以变动，无从判断名次有多稳",
             "the scheme names nothing that could have been chosen or measured otherwise"),
        Text(f'请在细则中写[uncertainty]，例如 {example} = {{ within = "25%" }}；见《write_a_scheme》',
             f'write [uncertainty] in the scheme, such as {example} = {{ within = "25%" }}; see write_a_scheme.md'),
        Where(key="uncertainty"),
    )  # fmt: skip
