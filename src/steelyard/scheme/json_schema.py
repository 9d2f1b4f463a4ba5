"""The JSON Schema of a scheme document, for editors and other programs.

The reader is the judge (it knows sums, circles and gaps); the schema says the shape.
"""

from __future__ import annotations

from typing import Any, get_args

from steelyard.scheme.case_files import CaseFigure
from steelyard.scheme.method import (
    AggregateBy,
    Direction,
    DistanceAs,
    ImputeBy,
    MissingBy,
    NormaliseBy,
    Then,
    Transform,
    TreatBy,
    WeighBy,
)
from steelyard.scheme.model import (
    Combine,
    Family,
    InputType,
    Kind,
    Label,
    Outcome,
    State,
    Ties,
    WhenNotApplicable,
)
from steelyard.scheme.parts import Count, Keep
from steelyard.scheme.reading.whole import FORMAT
from steelyard.scheme.tally import Give, TallyKind

Schema = dict[str, Any]


def _object(_required: tuple[str, ...] = (), /, **properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(_required),
        "additionalProperties": False,
    }


def _one_of(alias: Any) -> Schema:
    return {"enum": list(get_args(alias))}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _one_or_more(of: Schema) -> Schema:
    return {"anyOf": [of, _list(of)]}


_TEXT: Schema = {"type": "string"}
_CODE: Schema = {"type": ["string", "integer"]}
_WHOLE: Schema = {"type": "integer", "minimum": 0}
_NUMBER: Schema = {"type": ["number", "string"]}
_FORMULA: Schema = {"type": ["number", "string"]}
_DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_BILINGUAL: Schema = {"anyOf": [_TEXT, _object(zh=_TEXT, en=_TEXT)]}
_TEXTS: Schema = {"anyOf": [_TEXT, _list(_TEXT)]}
_NAMES: Schema = {"type": "object", "additionalProperties": _BILINGUAL}
_PART: Schema = {"$ref": "#/$defs/part"}
_RULE: Schema = {"anyOf": [_PART, _list(_PART)]}
_OUTCOMES = _object((), **{state: _one_of(Outcome) for state in get_args(State)})
_GAP = _object(("points", "note"), points=_NUMBER, note=_BILINGUAL)

_MODIFIERS: dict[str, Schema] = {
    "when": _FORMULA, "otherwise": _FORMULA, "times": _FORMULA,
    "at_most": _FORMULA, "at_least": _FORMULA, "say": _BILINGUAL,
}  # fmt: skip
_STEP: Schema = {"type": "array", "prefixItems": [_TEXT, _FORMULA], "minItems": 2, "maxItems": 2}
_STEPS: dict[str, Schema] = {"each": _FORMULA, "per": _FORMULA, "count": _one_of(Count)}


def _part(required: tuple[str, ...], **properties: Schema) -> Schema:
    return _object(required, **properties, **_MODIFIERS)


_PARTS: Schema = {
    "oneOf": [
        _part(("points",), points=_FORMULA),
        _part(("ladder", "steps"), ladder=_FORMULA, steps=_list(_STEP)),
        _part(
            ("table", "rows"),
            table=_FORMULA, rows={"type": "object", "additionalProperties": _FORMULA},
        ),
        _part(
            ("matrix", "rows", "columns", "cells"),
            matrix=_list(_FORMULA), rows=_list(_TEXT), columns=_list(_TEXT),
            cells=_list(_list(_FORMULA)),
        ),
        _part(("add", "each"), add=_FORMULA, **_STEPS),
        _part(("deduct", "each"), deduct=_FORMULA, **_STEPS),
        _part(("proportion", "target"), proportion=_FORMULA, target=_FORMULA, points=_FORMULA),
        *(_part((join,), **{join: _list(_PART)}) for join in ("sum", "best", "worst", "first")),
        _part(
            ("for_each", "score"),
            for_each=_CODE, score=_PART, keep=_one_of(Keep), where=_FORMULA, once_per=_TEXTS,
            trim=_WHOLE,
        ),
    ]
}  # fmt: skip

_GROUP: dict[str, Schema] = {
    "points": _NUMBER, "rule": _RULE, "combine": _one_of(Combine),
    "not_applicable": _one_of(WhenNotApplicable), "adjust": _list(_PART), "gap": _GAP,
}  # fmt: skip
_PAIR: Schema = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}
_IMPUTE = _object(("by",), by=_one_of(ImputeBy), group=_CODE)
_TREAT = _object(
    ("by",),
    by=_one_of(TreatBy), skew=_NUMBER, kurtosis=_NUMBER, at_most=_WHOLE, then=_one_of(Then),
)  # fmt: skip
_NORMALISE = _object(
    ("by",),
    **{"as": _one_of(DistanceAs)},
    by=_one_of(NormaliseBy), onto=_PAIR, reference=_CODE, per={"enum": ["others", "units"]},
    trim={"type": "boolean"}, margin=_NUMBER, bands=_list(_PAIR),
)  # fmt: skip
_AGGREGATE = _object(
    ("by",),
    by=_one_of(AggregateBy), missing=_one_of(MissingBy), power=_NUMBER,
    order_weights=_list(_NUMBER), penalty={"enum": ["minus", "plus"]}, least_share=_NUMBER,
    most_share=_NUMBER,
)  # fmt: skip
_ITEM_METHOD: dict[str, Schema] = {
    "direction": _one_of(Direction), "denominator": _CODE, "per": _NUMBER,
    "transform": _one_of(Transform), "goalposts": _PAIR, "target": _NUMBER, "impute": _IMPUTE,
    "treat": _TREAT, "normalise": _NORMALISE, "aggregate": _AGGREGATE,
    "judgements": _list(_list(_NUMBER)),
}  # fmt: skip
_METHOD = _object(
    screen=_object(units_at_least=_NUMBER, indicators_at_least=_NUMBER),
    impute=_IMPUTE, treat=_TREAT, normalise=_NORMALISE,
    weigh=_object(
        ("by",), by=_one_of(WeighBy), eigenvalue_above=_NUMBER, consistency_at_most=_NUMBER
    ),
    aggregate={"anyOf": [_AGGREGATE, _list(_AGGREGATE)]},
)  # fmt: skip
_ITEM = _object(
    ("code", "title"),
    code=_CODE, title=_BILINGUAL, parent=_CODE, kind=_one_of(Kind), weight=_NUMBER,
    applies_to=_TEXTS, not_applicable_if=_FORMULA, zero_if=_FORMULA, full_if=_FORMULA,
    cap=_FORMULA, floor=_FORMULA, on=_OUTCOMES, supplying_body=_TEXTS, scoring_body=_TEXTS,
    material=_BILINGUAL, source=_BILINGUAL, note=_BILINGUAL, **_GROUP,
    **_ITEM_METHOD,
)  # fmt: skip
_UNIT = _object(
    ("code",),
    code=_CODE, title=_BILINGUAL, group=_CODE, parent=_CODE, tile=_list({"type": "integer"}),
)  # fmt: skip
_TALLY = {
    "anyOf": [
        _one_of(TallyKind),
        _object(
            ("of",),
            of=_one_of(TallyKind), per=_CODE, times=_NUMBER, growth={"type": "boolean"},
            give=_one_of(Give), confidence=_NUMBER,
        ),
    ]
}  # fmt: skip
_CASE_FILES = {
    "anyOf": [_one_of(CaseFigure), _object(("give",), give=_one_of(CaseFigure), types=_TEXTS)]
}
_INPUT = _object(
    ("code",),
    code=_CODE, title=_BILINGUAL, type=_one_of(InputType), unit_of_measure=_BILINGUAL,
    least=_NUMBER, most=_NUMBER, supplying_body=_TEXTS, judged={"type": "boolean"},
    case_files=_CASE_FILES,
    source=_BILINGUAL, records={"type": "string"}, tally=_TALLY,
)  # fmt: skip
_DATED = _object(("from", "value"), **{"from": _DAY, "value": _NUMBER, "source": _BILINGUAL})
_FIGURE = _object(
    ("code",),
    code=_CODE, title=_BILINGUAL, value=_NUMBER, dated=_list(_DATED), source=_BILINGUAL,
)  # fmt: skip
_QUANTITY = _object(
    ("code",),
    code=_CODE, title=_BILINGUAL, formula=_FORMULA, rule=_RULE, unit_of_measure=_BILINGUAL,
    places=_WHOLE,
)  # fmt: skip
_QUOTA = _object(
    share=_NUMBER, count=_WHOLE, round={"enum": ["down", "up", "half_up"]},
    within={"enum": ["all", "group"]}, ties={"enum": ["out", "in"]},
)  # fmt: skip
_GRADE = _object(
    ("code",),
    code=_CODE, title=_BILINGUAL, at_least=_NUMBER, above=_NUMBER, requires=_FORMULA,
    floors={"type": "object", "additionalProperties": _NUMBER}, quota=_QUOTA,
)  # fmt: skip
_VETO = _object(
    ("code", "when", "then"),
    code=_CODE, title=_BILINGUAL, when=_FORMULA,
    then=_object(
        grade=_CODE, best_grade=_CODE, lower_by=_WHOLE, score=_NUMBER,
        rank={"enum": ["last", "none"]},
    ),
)  # fmt: skip

_SPREAD: Schema = {"anyOf": [{"const": "any"}, _object(("within",), within=_NUMBER, of=_TEXTS)]}
_UNCERTAINTY = _object(
    seed=_WHOLE, confidence=_NUMBER, weights=_SPREAD, points=_SPREAD,
    impute=_one_or_more(_IMPUTE), treat=_one_or_more(_TREAT), normalise=_one_or_more(_NORMALISE),
    aggregate=_one_or_more(_one_or_more(_AGGREGATE)), leave_out=_TEXTS,
    panels=_one_or_more(_object(("list", "member"), list=_CODE, member=_CODE)),
    errors=_one_or_more(_object(
        ("input",),
        input=_CODE, standard_error=_FORMULA, sample=_FORMULA, population=_FORMULA,
    )),
)  # fmt: skip

SCHEME_JSON_SCHEMA: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Steelyard scheme 考核细则",
    "$defs": {"part": _PARTS},
} | _object(
    ("format", "code", "version", "title", "label", "family", "period"),
    format={"const": FORMAT}, code=_CODE, version=_CODE, title=_BILINGUAL,
    label=_one_of(Label), family=_one_of(Family),
    period=_object(("starts", "ends"), starts=_DAY, ends=_DAY, label=_TEXT, earlier=_TEXTS),
    legal_basis=_BILINGUAL, issuer=_BILINGUAL, note=_BILINGUAL, within=_CODE,
    tables={"type": "object", "additionalProperties": _TEXT},
    groups=_NAMES, bodies=_NAMES, units=_list(_UNIT), tiles=_list(_UNIT), inputs=_list(_INPUT),
    figures=_list(_FIGURE), quantities=_list(_QUANTITY), items=_list(_ITEM),
    total=_object(
        (), **{"as": {"enum": ["points", "percent"]}}, places=_WHOLE, rounded_to=_WHOLE, **_GROUP,
        aggregate=_AGGREGATE, judgements=_list(_list(_NUMBER)),
    ),
    on=_OUTCOMES,
    ranking=_object(ties=_one_of(Ties), tie_break=_list(_FORMULA), tolerance=_NUMBER),
    grades=_list(_GRADE), vetoes=_list(_VETO), method=_METHOD, uncertainty=_UNCERTAINTY,
)  # fmt: skip
