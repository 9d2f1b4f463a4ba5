"""Draw the files of a type from the frozen table, and ask the units to bring them."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.actions.reviews.clocks import AREA, BRING
from steelyard.assessment.models import Assessment, Draw, DrawnFile
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries import reviews as queries
from steelyard.assessment.queries.assessments import issued, scheme_of, snapshots_for, units_of
from steelyard.assessment.rules.reviews import draws
from steelyard.assessment.rules.reviews.draws import Drawing, Ground, Wanted
from steelyard.assessment.rules.states import Stage
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import refuse_if_any
from steelyard.notices.actions import Due, start_deadlines
from steelyard.people.models import Account
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action, Role
from steelyard.supply.models import Snapshot
from steelyard.trail.acting import A_CLICK, acting


def draw_files(*, assessment: int, snapshot: int, wanted: Wanted, by: int, now: datetime) -> Draw:
    """Draw the files of a type, once; each unit that has any is asked to bring them by a day.

    Raises:
        Refused: with everything that stands against it.
        Faulty: the snapshot cannot be read.
    """
    today = timezone.localdate(now)
    with acting("draw_files", by=by):
        found = held_still(assessment)
        refuse_if_any(may_not(load_held(by, today), Action.DRAW_FILES, found.office_id, today))
        there = _just_drawn(found, wanted, by, now)
        if there is not None:
            return there
        frozen = snapshots_for(found).filter(pk=snapshot).first()
        refuse_if_any(draws.against(wanted, _ground(found, frozen, by)))
        drawing = _drawn(found, frozen, wanted)
        refuse_if_any(draws.against_drawing(drawing))
        draw = Draw.objects.create(
            assessment=found, snapshot=frozen, input_code=wanted.input_code,
            table_code=queries.load_types()[wanted.file_type].table, file_type=wanted.file_type,
            seed=wanted.seed, seed_origin=wanted.seed_origin, witness=wanted.witness,
            wanted=wanted.wanted, reserves=wanted.reserves, population=dict(drawing.population),
            checklist=queries.load_documents()[wanted.file_type], drawn_by_id=by, drawn_at=now,
        )  # fmt: skip
        _ask_for(draw, drawing, wanted.days, by, now)
        return draw


def _just_drawn(found: Assessment, wanted: Wanted, by: int, now: datetime) -> Draw | None:
    """The same draw by the same person a moment ago: a second click."""
    return found.draws.filter(
        file_type=wanted.file_type, seed=wanted.seed, drawn_by=by, drawn_at__gt=now - A_CLICK
    ).first()


def _ground(found: Assessment, frozen: Snapshot | None, by: int) -> Ground:
    is_frozen = frozen is not None and frozen.status == Snapshot.Status.FROZEN
    return Ground(
        stage=Stage(found.stage),
        period=(found.starts, found.ends),
        frozen=(frozen.starts, frozen.ends) if frozen and is_frozen else None,
        known_types=queries.load_types().keys(),
        drawn_types=set(found.draws.values_list("file_type", flat=True)),
        inputs_fed=queries.inputs_fed(found),
        drawer=Account.objects.get(pk=by).name,
    )


def _drawn(found: Assessment, frozen: Snapshot, wanted: Wanted) -> Drawing:
    scheme = scheme_of(issued(found))
    rows = queries.files_there_are(frozen, queries.load_types()[wanted.file_type], scheme)
    units = [unit.code for unit in scheme.assessed]
    return draws.draw(wanted.seed, units, rows, wanted.wanted, wanted.reserves)


def _ask_for(draw: Draw, drawing: Drawing, days: int, by: int, now: datetime) -> None:
    units = units_of(issued(draw.assessment))
    files = DrawnFile.objects.bulk_create(
        DrawnFile(draw=draw, unit=units[one.unit], record=one.key, place=one.place,
                  is_reserve=one.is_reserve)
        for one in drawing.files
        if one.unit in units
    )  # fmt: skip
    title = queries.type_of(draw).title
    path = reverse("assessment:draw", args=[draw.assessment.code, draw.pk])
    what = Text(f"调取抽中的{title.zh}", f"Bring what was drawn: {title.en}")
    start_deadlines(
        area=AREA, task=BRING, working_days=days, by=by, now=now,
        dues=[
            Due(first.pk, what, path, first.unit_id, Role.CITY_OFFICER)
            for first in files
            if first.place == 1
        ],
    )  # fmt: skip
