"""Read ``[method]``, and what an item says for itself."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, TypeVar, get_args

from steelyard.kernel.bilingual import Text
from steelyard.scheme.method import (
    Aggregate,
    AggregateBy,
    Direction,
    DistanceAs,
    Impute,
    ImputeBy,
    ItemMethod,
    Method,
    MissingBy,
    Normalise,
    NormaliseBy,
    Screen,
    Then,
    Transform,
    Treat,
    TreatBy,
    Weigh,
    WeighBy,
)
from steelyard.scheme.reading.fields import Faults, Fields

ITEM_KEYS = (
    "direction", "denominator", "per", "transform", "goalposts", "target", "impute", "treat",
    "normalise", "aggregate", "judgements",
)  # fmt: skip
C = TypeVar("C", bound=str)
_NO_SCREEN, _IMPUTE, _TREAT, _WEIGH, _NORMALISE = Screen(), Impute(), Treat(), Weigh(), Normalise()


def read_method(fields: Fields | None, faults: Faults) -> Method:
    """The method; every step that is not said has its default."""
    fields = fields or Fields({}, "method", faults)
    method = Method(
        screen=_screen(fields.table("screen")),
        impute=read_impute(fields.table("impute")) or _IMPUTE,
        treat=read_treat(fields.table("treat")) or _TREAT,
        normalise=read_normalise(fields.table("normalise")) or Normalise(),
        weigh=_weigh(fields.table("weigh")),
        aggregate=_levels(fields),
    )
    fields.done()
    return method


def read_item_method(fields: Fields) -> ItemMethod | None:
    """What an item says for itself; None if it says nothing."""
    if not any(fields.has(key) for key in ITEM_KEYS):
        return None
    per = fields.number("per")
    transform = fields.has("transform")
    return ItemMethod(
        direction=fields.choice("direction", get_args(Direction), "higher"),
        denominator=fields.code("denominator"),
        per=Fraction(1) if per is None else per,
        transform=fields.choice("transform", get_args(Transform), "log10") if transform else None,
        goalposts=_pair(fields, "goalposts"),
        target=fields.number("target"),
        impute=read_impute(fields.table("impute")),
        treat=read_treat(fields.table("treat")),
        normalise=read_normalise(fields.table("normalise")),
        aggregate=read_aggregate(fields.table("aggregate")),
        judgements=_judgements(fields),
    )


def _screen(fields: Fields | None) -> Screen:
    if fields is None:
        return _NO_SCREEN
    screen = Screen(
        fields.number("units_at_least") or Fraction(0),
        fields.number("indicators_at_least") or Fraction(0),
    )
    fields.done()
    return screen


def read_impute(fields: Fields | None) -> Impute | None:
    if fields is None:
        return None
    impute = Impute(_by(fields, get_args(ImputeBy), "none"), fields.code("group"))
    fields.done()
    return impute


def _by(fields: Fields, allowed: tuple[C, ...], default: C) -> C:
    fields.require("by")
    return fields.choice("by", allowed, default)


def read_treat(fields: Fields | None) -> Treat | None:
    if fields is None:
        return None
    skew, kurtosis = fields.number("skew"), fields.number("kurtosis")
    at_most = fields.whole("at_most", _TREAT.at_most)
    treat = Treat(
        by=_by(fields, get_args(TreatBy), "none"),
        skew=_TREAT.skew if skew is None else skew,
        kurtosis=_TREAT.kurtosis if kurtosis is None else kurtosis,
        at_most=_TREAT.at_most if at_most is None else at_most,
        then=fields.choice("then", get_args(Then), "none"),
    )
    fields.done()
    return treat


def read_normalise(fields: Fields | None) -> Normalise | None:
    if fields is None:
        return None
    by = _by(fields, get_args(NormaliseBy), "min_max")
    margin = fields.number("margin")
    usual: DistanceAs = "ratio" if by == "distance_to_reference" else "scaled"
    normalise = Normalise(
        by=by,
        onto=_pair(fields, "onto"),
        reference=fields.code("reference") or "best",
        as_=fields.choice("as", get_args(DistanceAs), usual),
        per=fields.choice("per", ("others", "units"), "others"),
        trim=fields.flag("trim", default=True),
        margin=_NORMALISE.margin if margin is None else margin,
        bands=_bands(fields),
    )
    fields.done()
    return normalise


def _weigh(fields: Fields | None) -> Weigh:
    if fields is None:
        return _WEIGH
    above, at_most = fields.number("eigenvalue_above"), fields.number("consistency_at_most")
    weigh = Weigh(
        by=_by(fields, get_args(WeighBy), "given"),
        eigenvalue_above=_WEIGH.eigenvalue_above if above is None else above,
        consistency_at_most=_WEIGH.consistency_at_most if at_most is None else at_most,
    )
    fields.done()
    return weigh


def _levels(fields: Fields) -> tuple[Aggregate, ...]:
    """One table for all levels, or a list of them, from the leaves up."""
    value = fields.raw("aggregate")
    if value is None:
        return (Aggregate(),)
    listed = value if isinstance(value, list) else [value]
    indexed = isinstance(value, list)
    read = (
        read_aggregate(
            Fields(one, f"{fields.path('aggregate')}{[i] if indexed else ''}", fields.faults)
        )
        for i, one in enumerate(listed)
    )
    return tuple(one for one in read if one is not None) or (Aggregate(),)


def read_aggregate(fields: Fields | None) -> Aggregate | None:
    if fields is None:
        return None
    power, least, most = (fields.number(name) for name in ("power", "least_share", "most_share"))
    penalty: Literal[-1, 1] = (
        1 if fields.choice("penalty", ("minus", "plus"), "minus") == "plus" else -1
    )
    aggregate = Aggregate(
        by=_by(fields, get_args(AggregateBy), "arithmetic"),
        missing=fields.choice("missing", get_args(MissingBy), "reweight"),
        power=Fraction(1) if power is None else power,
        order_weights=_numbers(fields, "order_weights"),
        penalty=penalty,
        least_share=Fraction(0) if least is None else least,
        most_share=Fraction(1) if most is None else most,
    )
    fields.done()
    return aggregate


def _numbers(fields: Fields, name: str) -> tuple[Fraction, ...]:
    listed = fields.list(name)
    each = Fields({str(i): one for i, one in enumerate(listed)}, fields.path(name), fields.faults)
    found = (each.number(str(index)) for index in range(len(listed)))
    return tuple(number for number in found if number is not None)


def _pair(fields: Fields, name: str) -> tuple[Fraction, Fraction] | None:
    if not fields.has(name):
        return None
    numbers = _numbers(fields, name)
    if len(numbers) == 2 and numbers[0] != numbers[1]:
        return numbers[0], numbers[1]
    fields.wrong(
        name, "wrong-value",
        Text("应为两个不同的数", "two different numbers are expected"),
        Text("例如 [0, 100]", "write for instance [0, 100]"),
    )  # fmt: skip
    return None


def _bands(fields: Fields) -> tuple[tuple[Fraction, Fraction], ...]:
    """Categories as [upper percentile, score], from the lowest up."""
    found = []
    for index in range(len(fields.list("bands"))):
        inner = Fields(
            {"pair": fields.list("bands")[index]}, f"{fields.path('bands')}[{index}]", fields.faults
        )
        pair = _pair_of_any(inner)
        if pair is not None:
            found.append(pair)
    return tuple(found)


def _pair_of_any(fields: Fields) -> tuple[Fraction, Fraction] | None:
    numbers = _numbers(fields, "pair")
    return (numbers[0], numbers[1]) if len(numbers) == 2 else None


def _judgements(fields: Fields) -> tuple[tuple[Fraction, ...], ...]:
    """A square matrix of pairwise judgements, row over column."""
    rows = fields.list("judgements")
    named = Fields(
        {str(i): row for i, row in enumerate(rows)}, fields.path("judgements"), fields.faults
    )
    matrix = tuple(_numbers(named, str(index)) for index in range(len(rows)))
    if any(len(row) != len(matrix) or any(one <= 0 for one in row) for row in matrix):
        fields.wrong(
            "judgements", "wrong-matrix",
            Text("判断矩阵应为正数方阵", "judgements form a square matrix of numbers above 0"),
            Text("每行对应一个下级，顺序与细则一致", "one row and column a child, in the order of the file"),
        )  # fmt: skip
        return ()
    return matrix
