"""Read everything of a scheme that is not the tree: head, units, data, grades, vetoes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import cast, get_args

from steelyard.kernel.bilingual import Text
from steelyard.kernel.periods import Period
from steelyard.scheme.formula import Truth
from steelyard.scheme.model import (
    Figure,
    Floor,
    Grade,
    Input,
    InputType,
    Quantity,
    Quota,
    Ranking,
    Ties,
    Total,
    Unit,
    Veto,
)
from steelyard.scheme.reading.case_files import read_case_files
from steelyard.scheme.reading.fields import Faults, Fields
from steelyard.scheme.reading.rules import read_rule
from steelyard.scheme.reading.tallies import read_records

_NO_DAY = Period(date(1, 1, 1), date(1, 1, 2))
_EARLIER_YEARS = 10


@dataclass(frozen=True, slots=True)
class When:
    """The period that is weighed, its label, and the labels of those before it, newest first."""

    period: Period
    label: str
    earlier: tuple[str, ...]


def read_when(fields: Fields | None, faults: Faults) -> When:
    if fields is None:
        faults.add(
            "key-missing", "period",
            Text("缺少“period”", "'period' is missing"),
            Text("请写 period = { starts = 2021-01-01, ends = 2022-01-01 }",
                 "write period = { starts = 2021-01-01, ends = 2022-01-01 }"),
        )  # fmt: skip
        return When(_NO_DAY, "", ())
    for name in ("starts", "ends"):
        fields.require(name)
    starts, ends = fields.day("starts"), fields.day("ends")
    label, earlier = fields.text("label"), fields.texts("earlier")
    fields.done()
    period = _period(starts, ends, fields)
    if not label and not _is_calendar_year(period):
        label = f"{period.starts}/{period.ends}"  # a code in a table of records
    return When(period, label or str(period.starts.year), earlier or _years_before(period))


def _period(starts: date | None, ends: date | None, fields: Fields) -> Period:
    if starts is None or ends is None:
        return _NO_DAY
    try:
        return Period(starts, ends)
    except ValueError:
        fields.wrong(
            "ends", "empty-period",
            Text("期间的结束日不晚于开始日", "the period ends before it starts"),
            Text("结束日不含在内，应晚于开始日", "the last day does not belong; make it later"),
        )  # fmt: skip
        return _NO_DAY


def _is_calendar_year(period: Period) -> bool:
    starts, ends = period.starts, period.ends
    return (starts.month, starts.day, ends.month, ends.day) == (1, 1, 1, 1) and (
        ends.year == starts.year + 1
    )


def _years_before(period: Period) -> tuple[str, ...]:
    if not _is_calendar_year(period):
        return ()
    last = max(period.starts.year - _EARLIER_YEARS, 1)
    return tuple(str(year) for year in range(period.starts.year - 1, last - 1, -1))


def read_names(value: object, key: str, faults: Faults) -> dict[str, Text]:
    """``[bodies]`` and ``[groups]``: bilingual names by key."""
    if value is None:
        return {}
    fields = Fields(value, key, faults)
    return {name: fields.bilingual(name) for name in fields.names()}


def read_units(listed: list[object], faults: Faults, section: str = "units") -> tuple[Unit, ...]:
    return tuple(
        _unit(Fields(one, f"{section}[{index}]", faults)) for index, one in enumerate(listed)
    )


def _unit(fields: Fields) -> Unit:
    fields.require("code")
    code = fields.code("code")
    unit = Unit(
        code=code,
        title=fields.bilingual("title") or Text(code, code),
        group=fields.code("group"),
        parent=fields.code("parent"),
        tile=_tile(fields),
    )
    fields.done()
    return unit


def _tile(fields: Fields) -> tuple[int, int] | None:
    listed = fields.list("tile")
    if not listed:
        return None
    if len(listed) == 2 and all(isinstance(one, int) for one in listed):
        return cast("tuple[int, int]", tuple(listed))
    fields.wrong(
        "tile", "wrong-value",
        Text(f"“{listed}”不是[列, 行]", f"{listed} is not [column, row]"),
        Text("请写两个整数，例如 [3, 1]", "write two whole numbers, such as [3, 1]"),
    )  # fmt: skip
    return None


def read_inputs(listed: list[object], faults: Faults) -> tuple[Input, ...]:
    return tuple(
        _input(Fields(one, f"inputs[{index}]", faults)) for index, one in enumerate(listed)
    )


def _input(fields: Fields) -> Input:
    fields.require("code")
    type_ = cast("InputType", fields.choice("type", get_args(InputType), "number"))
    least, most = fields.number("least"), fields.number("most")
    records, tally = read_records(fields)
    supplying_body = fields.texts("supplying_body")
    judged = fields.flag("judged", default=False)
    if judged and (supplying_body or records):
        _comes_two_ways(fields, "records" if records else "supplying_body")
    case_files = read_case_files(fields, type_=type_, comes_from_reviews=judged or bool(records))
    found = Input(
        code=fields.code("code"),
        title=fields.bilingual("title"),
        type=type_,
        unit_of_measure=fields.bilingual("unit_of_measure"),
        least=Fraction(0) if least is None and type_ in ("count", "share") else least,
        most=Fraction(1) if most is None and type_ == "share" else most,
        supplying_body=supplying_body,
        judged=judged,
        case_files=case_files,
        source=fields.bilingual("source"),
        records=records,
        tally=tally,
    )
    fields.done()
    return found


def _comes_two_ways(fields: Fields, other: str) -> None:
    fields.wrong(
        "judged", "two-ways",
        Text(f"评定的数据项由评分单位给出，不能同时写“{other}”",
             f"what is judged comes from whoever scores the item, so {other!r} does not go with it"),
        Text(f"请删去judged，或者删去{other}", f"remove judged, or remove {other}"),
    )  # fmt: skip


def read_figures(listed: list[object], day: date, faults: Faults) -> tuple[Figure, ...]:
    return tuple(
        _figure(Fields(one, f"figures[{index}]", faults), day) for index, one in enumerate(listed)
    )


def _figure(fields: Fields, day: date) -> Figure:
    fields.require("code")
    value = fields.number("value")
    if fields.has("dated"):
        value = _value_on(day, fields)
    elif value is None:
        fields.require("value")
    figure = Figure(
        code=fields.code("code"),
        title=fields.bilingual("title"),
        value=value if value is not None else Fraction(0),
        source=fields.bilingual("source"),
    )
    fields.done()
    return figure


def _value_on(day: date, fields: Fields) -> Fraction | None:
    """The value of the last row that begins on or before ``day``."""
    held: tuple[date, Fraction] | None = None
    for index, one in enumerate(fields.list("dated")):
        row = Fields(one, f"{fields.path('dated')}[{index}]", fields.faults)
        starts, value = row.day("from"), row.number("value")
        row.bilingual("source")
        row.done()
        if starts is not None and value is not None and starts <= day:
            held = max(held, (starts, value)) if held else (starts, value)
    if held is None:
        fields.wrong(
            "dated", "not-yet-in-force",
            Text(f"{day}时该数尚未生效", f"no value is in force on {day}"),
            Text("请补写更早的一行", "add a row that begins earlier"),
        )  # fmt: skip
        return None
    return held[1]


def read_quantities(listed: list[object], faults: Faults) -> tuple[Quantity, ...]:
    return tuple(
        _quantity(Fields(one, f"quantities[{index}]", faults)) for index, one in enumerate(listed)
    )


def _quantity(fields: Fields) -> Quantity:
    fields.require("code")
    if fields.has("formula") == fields.has("rule"):
        fields.wrong(
            "formula", "which-part",
            Text("formula与rule须恰写其一", "write either formula or rule"),
            Text("保留其中一个", "keep one of them"),
        )  # fmt: skip
    rule = fields.raw("rule")
    quantity = Quantity(
        code=fields.code("code"),
        title=fields.bilingual("title"),
        formula=fields.formula("formula"),
        rule=None if rule is None else read_rule(rule, fields.path("rule"), fields.faults),
        unit_of_measure=fields.bilingual("unit_of_measure"),
        places=fields.whole("places"),
    )
    fields.done()
    return quantity


def read_total(fields: Fields | None) -> Total:
    if fields is None:
        return Total()
    places = fields.whole("places", 2)
    return Total(
        as_=fields.choice("as", ("points", "percent"), "points"),
        rounded_to=fields.whole("rounded_to"),
        places=2 if places is None else places,
    )


def read_ranking(fields: Fields | None) -> Ranking:
    if fields is None:
        return Ranking()
    ranking = Ranking(
        ties=cast("Ties", fields.choice("ties", get_args(Ties), "shared")),
        tie_break=fields.formulas("tie_break"),
        tolerance=fields.number("tolerance") or Ranking().tolerance,
    )
    fields.done()
    return ranking


def read_grades(listed: list[object], faults: Faults) -> tuple[Grade, ...]:
    return tuple(
        _grade(Fields(one, f"grades[{index}]", faults)) for index, one in enumerate(listed)
    )


def _grade(fields: Fields) -> Grade:
    fields.require("code")
    if fields.has("at_least") and fields.has("above"):
        fields.wrong(
            "above", "two-cut-offs",
            Text("at_least（含）与above（不含）只能写一个",
                 "at_least (inclusive) and above (exclusive) exclude each other"),
            Text("保留其中一个", "keep one of them"),
        )  # fmt: skip
    floors = fields.raw("floors")
    grade = Grade(
        code=fields.code("code"),
        title=fields.bilingual("title"),
        at_least=fields.number("at_least"),
        above=fields.number("above"),
        requires=fields.formula("requires"),
        floors=_floors(floors, fields.path("floors"), fields.faults),
        quota=_quota(fields.table("quota")),
    )
    fields.done()
    return grade


def _floors(value: object, key: str, faults: Faults) -> tuple[Floor, ...]:
    if value is None:
        return ()
    fields = Fields(value, key, faults)
    return tuple(_floor(fields, name, value) for name in fields.names())


def _floor(fields: Fields, item: str, table: object) -> Floor:
    least = fields.number(item) or Fraction(0)
    written = cast("Mapping[str, object]", table)[item]
    is_share = isinstance(written, str) and written.strip().endswith(("%", "％"))
    return Floor(item, share=least) if is_share else Floor(item, points=least)


def _quota(fields: Fields | None) -> Quota | None:
    if fields is None:
        return None
    quota = Quota(
        share=fields.number("share"),
        count=fields.whole("count"),
        round=fields.choice("round", ("down", "up", "half_up"), "down"),
        within=fields.choice("within", ("all", "group"), "all"),
        ties=fields.choice("ties", ("out", "in"), "out"),
    )
    fields.done()
    if (quota.share is None) == (quota.count is None):
        fields.faults.add(
            "wrong-quota", fields.key,
            Text("名额须恰写share或count之一", "a quota has either share or count"),
            Text('例如 { share = "15%" }', 'for instance { share = "15%" }'),
        )  # fmt: skip
    if quota.share is not None and not 0 <= quota.share <= 1:
        fields.wrong(
            "share", "wrong-quota",
            Text("名额比例应在0与100%之间", "a share lies between 0 and 100%"),
            Text('例如 share = "15%"', 'for instance share = "15%"'),
        )  # fmt: skip
    return quota


def read_vetoes(listed: list[object], faults: Faults) -> tuple[Veto, ...]:
    return tuple(_veto(Fields(one, f"vetoes[{index}]", faults)) for index, one in enumerate(listed))


def _veto(fields: Fields) -> Veto:
    for name in ("code", "when", "then"):
        fields.require(name)
    then = fields.table("then") or Fields({}, fields.path("then"), fields.faults)
    veto = Veto(
        code=fields.code("code"),
        title=fields.bilingual("title"),
        when=fields.formula("when") or Truth(False),
        grade=then.code("grade"),
        best_grade=then.code("best_grade"),
        lower_by=then.whole("lower_by", 0) or 0,
        score=then.number("score"),
        rank=then.choice("rank", ("last", "none"), "last") if then.has("rank") else "",
    )
    then.done()
    fields.done()
    return veto
