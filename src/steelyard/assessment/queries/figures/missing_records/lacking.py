"""Of which figures will the records give none, why, and who delivers what is not there?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.assessments import (
    division_of,
    scheme_of,
)
from steelyard.assessment.queries.figures.counting import (
    settled_figures,
    values_from_records,
)
from steelyard.assessment.queries.figures.missing_records.accepted import (
    Accepted,
    counted_with,
    indicators_for,
    load_accepted,
    tables_of,
)
from steelyard.assessment.rules.figures.counting import Key
from steelyard.assessment.rules.figures.lacks import Lack
from steelyard.assessment.rules.figures.missing_records import (
    Lacking,
    not_delivered,
)
from steelyard.assessment.rules.schemes.division import Way
from steelyard.kernel.bilingual import Text
from steelyard.people.models import Organisation
from steelyard.people.queries import load_below
from steelyard.records.intake.delivery import standing
from steelyard.records.tally.indicators import Indicator
from steelyard.records.tally.undelivered import Announced, Undelivered, undelivered
from steelyard.supply.models import Delivery, DeliveryRequest
from steelyard.supply.queries import as_record, load_catalogue
from steelyard.supply.queries.places import load_parents
from steelyard.weighing.values import Values


def load_lacking(
    assessment: Assessment, version: SchemeVersion, on: date
) -> tuple[dict[Key, Lacking], Values]:
    """What will be lacking, and what the records say, as far as they are counted."""
    accepted, indicators = load_accepted(assessment, on), indicators_for(version)
    snapshot = counted_with(assessment, accepted.counted, tables_of(indicators))
    records = values_from_records(snapshot, version) if snapshot is not None else Values()
    found = _without_a_figure(version, records)
    found |= _undelivered(assessment, version, indicators, accepted, on)
    settled = settled_figures(assessment, {code for _, code in found}) if found else {}
    return {key: one for key, one in found.items() if key not in settled}, records


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
    accepted: Accepted, on: date,
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


def _said(one: Undelivered, bodies: tuple[Text, ...], accepted: Accepted) -> Text:
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
