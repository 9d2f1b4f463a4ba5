"""Which figures from records will be missing from the freeze, by what is accepted now?

What nobody delivered is told by the names of the deliveries alone. What the rows lack is told once the records
that would be frozen have been counted, as for the comparison or the scoring.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.assessments import (
    division_of,
    issued,
    newest_snapshot,
    scheme_of,
)
from steelyard.assessment.queries.counting import (
    figures_that_count,
    settled_figures,
    values_from_records,
)
from steelyard.assessment.queries.missing import (
    decided_of,
    decisions_that_stand,
    load_missing,
)
from steelyard.assessment.rules.counting import Key
from steelyard.assessment.rules.division import Way
from steelyard.assessment.rules.lacks import Lack
from steelyard.assessment.rules.missing import Missing, Said, named, needed
from steelyard.assessment.rules.missing_records import (
    Lacking,
    missing_from_records,
    not_delivered,
)
from steelyard.assessment.rules.states import ScoreState, Stage, SuspicionState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.periods import Period
from steelyard.people.models import Organisation
from steelyard.people.queries import load_below
from steelyard.records.intake.delivery import standing
from steelyard.records.tally.indicators import Indicator, indicators_of
from steelyard.records.tally.undelivered import Announced, Undelivered, undelivered
from steelyard.scheme.model import InputType
from steelyard.supply.models import Delivery, DeliveryRequest, Snapshot
from steelyard.supply.queries import as_record, load_catalogue, load_to_freeze
from steelyard.supply.queries.places import load_parents
from steelyard.supply.rules.snapshots import up_to
from steelyard.weighing.values import Cell, Status, Value, Values, typed


def load_missing_records(assessment: Assessment, on: date) -> tuple[Missing, ...]:
    """In the order of the scheme, while it is scored: before, deliveries are awaited. Once all is frozen,
    those of which it was decided."""
    version = issued(assessment) if assessment.stage in (Stage.SCORING, Stage.FROZEN) else None
    if version is None or not division_of(version).inputs(Way.RECORDS):
        return ()
    if assessment.stage == Stage.FROZEN:
        return _decided_records(assessment, version, on)
    lacking, records = _lacking(assessment, version, on)
    if not lacking:
        return ()
    values = _as_known(assessment, version, records, lacking)
    return missing_from_records(
        scheme_of(version), division_of(version), values, lacking, decided_of(assessment)
    )


def _decided_records(
    assessment: Assessment, version: SchemeVersion, on: date
) -> tuple[Missing, ...]:
    """Those of which no figure came after all; of each, what was not delivered."""
    codes = frozenset(division_of(version).inputs(Way.RECORDS))
    decided = decisions_that_stand(assessment, codes)
    if not decided:
        return ()
    counted, (lacking, _records) = (
        figures_that_count(assessment, version, codes),
        _lacking(assessment, version, on),
    )
    return tuple(
        Missing(
            unit=key[0], input=key[1], items=items, said=Said(decided[key].status, ""),
            decided=decided[key], is_computed=True, why=lacking[key].why if key in lacking else (),
            bodies=lacking[key].bodies if key in lacking else (),
        )
        for key, items in needed(scheme_of(version), division_of(version), Way.RECORDS).items()
        if key in decided and key not in counted
    )  # fmt: skip


def load_all_missing(assessment: Assessment, on: date) -> tuple[Missing, ...]:
    """Of those that bodies supply, and those from records."""
    return (*load_missing(assessment), *load_missing_records(assessment, on))


def load_undecided(assessment: Assessment, listed: Iterable[Missing]) -> tuple[Text, ...]:
    """Those about which nobody decided, each with its unit and items."""
    left = [one for one in listed if not one.is_decided]
    version = issued(assessment) if left else None
    return tuple(named(scheme_of(version), one) for one in left) if version is not None else ()


def are_counted(assessment: Assessment, on: date) -> bool:
    """Whether the records that would be frozen now have been counted, so that all that they lack is known."""
    version = issued(assessment) if assessment.stage == Stage.SCORING else None
    if version is None or not division_of(version).inputs(Way.RECORDS):
        return True
    accepted = _accepted(assessment, on)
    return _counted_with(assessment, accepted.counted, _tables(_indicators_of(version))) is not None


# --- what is lacking ------------------------------------------------------------------------


def _lacking(
    assessment: Assessment, version: SchemeVersion, on: date
) -> tuple[dict[Key, Lacking], Values]:
    """What will be lacking, and what the records say, as far as they are counted."""
    accepted, indicators = _accepted(assessment, on), _indicators_of(version)
    snapshot = _counted_with(assessment, accepted.counted, _tables(indicators))
    records = values_from_records(snapshot, version) if snapshot is not None else Values()
    found = _without_a_figure(version, records)
    found |= _undelivered(assessment, version, indicators, accepted, on)
    settled = settled_figures(assessment, {code for _, code in found}) if found else {}
    return {key: one for key, one in found.items() if key not in settled}, records


def load_frozen_today(assessment: Assessment, on: date) -> list[Delivery]:
    """What would go into the snapshot of an assessment on this day, but for what it collected itself."""
    return _accepted(assessment, on).counted


@dataclass(frozen=True, slots=True)
class _Accepted:
    """What would be frozen now, or is; the cut-off; and the tables of which a delivery that is accepted comes
    after it."""

    counted: list[Delivery]
    cut_off: date
    too_late: frozenset[str]


def _accepted(assessment: Assessment, on: date) -> _Accepted:
    cut_off = assessment.cut_off or assessment.last_day
    wanted = Period(assessment.starts, assessment.ends)
    found = load_to_freeze(assessment.office, wanted, on)
    late = frozenset(one.table_code for one in found if one.cut_off > cut_off)
    snapshot = newest_snapshot(assessment) if assessment.stage == Stage.FROZEN else None
    if snapshot is not None:
        return _Accepted(list(snapshot.deliveries.filter(collection="")), cut_off, late)
    return _Accepted(up_to(found, cut_off), cut_off, late)


def _indicators_of(version: SchemeVersion) -> tuple[Indicator, ...]:
    return _indicators(version.content_hash, version.pk)


@lru_cache(maxsize=8)
def _indicators(content_hash: str, number: int) -> tuple[Indicator, ...]:
    scheme = scheme_of(SchemeVersion(pk=number, content_hash=content_hash))
    return indicators_of(scheme, load_catalogue())


def _tables(indicators: Iterable[Indicator]) -> frozenset[str]:
    return frozenset(table for one in indicators for table in one.query.tables)


def _counted_with(
    assessment: Assessment, delivered: Collection[Delivery], tables: Collection[str]
) -> Snapshot | None:
    """The newest snapshot, if it holds of these tables what would be frozen now."""
    snapshot = newest_snapshot(assessment)
    if snapshot is None:
        return None
    listed = snapshot.deliveries.filter(table_code__in=tables, collection="")
    now = {one.pk for one in delivered if one.table_code in tables}
    return snapshot if set(listed.values_list("pk", flat=True)) == now else None


def _without_a_figure(version: SchemeVersion, records: Values) -> dict[Key, Lacking]:
    """What the records were counted for and gave no figure of."""
    scheme = scheme_of(version)
    return {
        (unit.code, code): Lacking(
            Lack.NO_BASE if cell.status == "no_base" else Lack.MISSING,
            bodies=_by_the_scheme(version, code),
        )
        for code in division_of(version).inputs(Way.RECORDS)
        for unit in scheme.assessed
        if (cell := records.cell(code, scheme.period_label, unit.code)) and cell.value is None
    }


def _undelivered(
    assessment: Assessment, version: SchemeVersion, indicators: Iterable[Indicator],
    accepted: _Accepted, on: date,
) -> dict[Key, Lacking]:  # fmt: skip
    listed = standing(tuple(as_record(one) for one in accepted.counted))
    announced = Announced(
        {one.id: one for one in listed}, load_catalogue(), load_parents(accepted.counted)
    )
    found = undelivered(scheme_of(version), indicators, announced)
    told = {one for lacks in found.values() for one in lacks}
    if not told:
        return {}
    asked = _who_delivers(assessment, {one.table for one in told}, on)
    found_lacking = {}
    for key, lacks in found.items():
        bodies = [asked[one.table] or _by_the_scheme(version, key[1]) for one in lacks]
        why = (_said(one, of, accepted) for one, of in zip(lacks, bodies, strict=True))
        each = tuple(dict.fromkeys(body for of in bodies for body in of))
        found_lacking[key] = Lacking(Lack.MISSING, tuple(why), each)
    return found_lacking


def _by_the_scheme(version: SchemeVersion, code: str) -> tuple[Text, ...]:
    scheme = scheme_of(version)
    named = scheme.inputs[code].supplying_body
    return tuple(scheme.bodies[one] for one in named if one in scheme.bodies)


def _said(one: Undelivered, bodies: tuple[Text, ...], accepted: _Accepted) -> Text:
    too_late = accepted.cut_off if one.table in accepted.too_late else None
    return not_delivered(load_catalogue().tables[one.table].title, one.period, bodies, too_late)


def _who_delivers(
    assessment: Assessment, tables: Collection[str], on: date
) -> Mapping[str, tuple[Text, ...]]:
    """Table → the bodies that were asked for it of this period; if none was, those that delivered it ever."""
    of_office = {"body__in": load_below(assessment.office_id, on), "table_code__in": tables}
    asked = DeliveryRequest.objects.filter(
        starts__lt=assessment.ends, ends__gt=assessment.starts, **of_office
    ).values_list("table_code", "body")
    ever = Delivery.objects.filter(collection="", **of_office).values_list("table_code", "body")
    found = dict.fromkeys([*asked.order_by("body__code").distinct()])
    of_request = {table for table, _ in found}
    found |= dict.fromkeys(
        one for one in ever.order_by("body__code").distinct() if one[0] not in of_request
    )
    names = {one.pk: one.name for one in Organisation.objects.filter(pk__in={b for _, b in found})}
    return {table: tuple(names[body] for of, body in found if of == table) for table in tables}


# --- the values that are there --------------------------------------------------------------


def _as_known(
    assessment: Assessment, version: SchemeVersion, records: Values, lacking: Mapping[Key, Lacking]
) -> Values:
    """What counts now: from records, supplied, settled, judged; and the figures that will be lacking, so."""
    scheme, label = scheme_of(version), scheme_of(version).period_label
    said = {key: one.value for key, one in figures_that_count(assessment, version).items()}
    given = assessment.scores.filter(state=ScoreState.SCORED).order_by()
    statuses: dict[str, dict[str, Status]] = {}
    for unit, item, judged, status in given.values_list("unit__code", "item", "judged", "status"):
        said |= {(unit, code): value for code, value in judged.items()}
        if status:
            statuses.setdefault(item, {})[unit] = status
    forged = assessment.suspicions.filter(state=SuspicionState.CONFIRMED).order_by()
    for unit, item in forged.values_list("unit__code", "item"):
        statuses.setdefault(item, {})[unit] = "forged"
    cells = {key: dict(of_units) for key, of_units in records.cells.items()}
    for (unit, code), text in said.items():
        value = _value(text, scheme.inputs[code].type) if code in scheme.inputs else None
        if value is not None:
            cells.setdefault((code, label), {})[unit] = Cell(value)
    for (unit, code), one in lacking.items():
        cells.setdefault((code, label), {})[unit] = Cell(None, one.status.value)
    return replace(records, cells=cells, item_statuses=statuses)


def _value(text: str, kind: InputType) -> Value | None:
    """None too of what is no value of its type: the weighing tells of that."""
    try:
        return typed(text, kind)
    except ValueError:
        return None
