"""Raise a suspicion of forged or false material, hear the unit, confirm or clear it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.actions.forgery import clocks as clocks
from steelyard.assessment.models import Assessment, Suspicion
from steelyard.assessment.permissions import may_not, no_right_to
from steelyard.assessment.queries.assessments import (
    bodies_for,
    division_of,
    issued,
    scheme_of,
    units_of,
)
from steelyard.assessment.queries.forgery import facts_of, material_of, said_of, speaks_for
from steelyard.assessment.queries.scoring import own_units
from steelyard.assessment.rules.forgery import (
    About,
    Raised,
    Step,
    against,
    against_raising,
    against_stating,
)
from steelyard.assessment.rules.states import SUSPICION, Stage, SuspicionMove, SuspicionState
from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.refusals import Refusal, refuse_if_any
from steelyard.notices.actions import tell
from steelyard.notices.queries import who_may
from steelyard.notices.rules.texts import Kind
from steelyard.people.models import Organisation
from steelyard.people.queries import load_held
from steelyard.people.rules.reach import Held
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import A_CLICK, acting
from steelyard.trail.versions import refuse_if_changed

SILENCE = "逾期未陈述 / said nothing by its day"
OPEN = (SuspicionState.SUSPECTED, SuspicionState.HEARD)
ASKS = {
    SuspicionMove.HEAR: Action.RAISE_SUSPICION,
    SuspicionMove.CONFIRM: Action.DECIDE_SUSPICION,
    SuspicionMove.CLEAR: Action.DECIDE_SUSPICION,
}
"""Which right each step asks for, towards the office."""


def raise_suspicion(
    *, assessment: int, unit: str, item: str, grounds: str, material: int | None, by: int,
    now: datetime, about: About = About.MATERIAL,
) -> Suspicion:  # fmt: skip
    """For the office, or for the body that scores the item; the unit is told. Sent again at once by
    the same person, it is the first. ``about``: what of the item is doubted; ``material``: the piece, if
    it is one in particular.

    Raises:
        Refused: who asks may not, or with everything that stands against it.
    """
    today = timezone.localdate(now)
    with acting("raise_suspicion", by=by):
        found = held_still(assessment)
        held = load_held(by, today) or ()
        of = _subject(found, unit, item, today)
        refuse_if_any(_may_not_raise(held, found, of, today))
        again = _raised_just_now(of, grounds, about, material, by, now)
        if again is not None:
            return again
        refuse_if_any(against_raising(_raised(found, of, grounds, about, material, held, today)))
        made = Suspicion.objects.create(
            assessment=found, unit=of.unit, body_id=of.body, item=item, about=about,
            material_id=material,
            grounds=grounds.strip(), raised_by_id=by, raised_at=now,
        )  # fmt: skip
        _tell(made, found, Kind.SUSPICION_RAISED, by, now)
        clocks.it_is_raised(made, found, by=by, now=now)
        return made


@dataclass(frozen=True, slots=True)
class _Subject:
    """An item of a unit. ``unit``, ``body``: None if the scheme has no such unit, or no such item;
    ``earlier``: the suspicions of it that there were."""

    item: str
    unit: Organisation | None
    body: int | None
    earlier: QuerySet[Suspicion]


def _subject(found: Assessment, unit: str, item: str, today: date) -> _Subject:
    version = issued(found)
    if version is None:
        return _Subject(item, None, None, Suspicion.objects.none())
    scored_by = {one.item.code: one.scoring_body for one in division_of(version).duties}
    body = bodies_for(found, today).get(scored_by.get(item, ""))
    assessed = units_of(version).get(unit)
    return _Subject(item, assessed, body, found.suspicions.filter(unit=assessed, item=item))


def _may_not_raise(
    held: tuple[Held, ...], found: Assessment, of: _Subject, today: date
) -> tuple[Refusal, ...]:
    """The body that scores the item may, and so may the office."""
    if of.body is not None and not may_not(held, Action.RAISE_SUSPICION, of.body, today):
        return ()
    return may_not(held, Action.RAISE_SUSPICION, found.office_id, today)


def _raised_just_now(
    of: _Subject, grounds: str, about: About, material: int | None, by: int, now: datetime
) -> Suspicion | None:
    return of.earlier.filter(
        raised_by=by, grounds=grounds.strip(), about=about, material=material, state=SuspicionState.SUSPECTED,
        raised_at__gt=now - A_CLICK,
    ).first()  # fmt: skip


def _raised(
    found: Assessment, of: _Subject, grounds: str, about: About, material: int | None,
    held: tuple[Held, ...], today: date,
) -> Raised:  # fmt: skip
    """What is raised, as its limits see it."""
    unit = of.unit
    used = unit and material_of(found, unit.pk, of.item).filter(material=material)
    return Raised(
        stage=Stage(found.stage),
        grounds=grounds,
        about=about,
        said=said_of(found, unit.pk, of.item) if unit else frozenset(),
        is_leaf=bool(unit and of.body),
        is_of_item=material is None or bool(used and used.exists()),
        has_open=of.earlier.filter(state__in=OPEN).exists(),
        is_forged_already=of.earlier.filter(state=SuspicionState.CONFIRMED).exists(),
        is_own=bool(unit and own_units(held, [unit.pk], today)),
    )


def state_case(
    *, suspicion: int, statement: str, seen: int | None, by: int, now: datetime
) -> Suspicion:
    """The unit says in writing what it has to say, once; the office is told.

    Raises:
        Refused: who asks does not speak for the unit, or with everything that stands against it.
        ChangedMeanwhile: somebody was faster.
    """
    today = timezone.localdate(now)
    with acting("state_case", by=by):
        found, assessment = _under_lock(suspicion)
        held = load_held(by, today) or ()
        if not speaks_for(held, found.unit_id, today):
            refuse_if_any([no_right_to(Action.SIGN_SUBMISSION)])
        refuse_if_changed(found, seen)
        refuse_if_any(against_stating(facts_of(found, assessment, by, held, today), statement))
        found.statement, found.stated_by_id, found.stated_at = statement.strip(), by, now
        found.save()
        found.version += 1
        clocks.it_is_stated(found, by=by, now=now)
        whom = who_may(Action.RAISE_SUSPICION, assessment.office_id, today)
        _tell_them(whom, found, assessment, Kind.SUSPICION_ANSWERED, by, now)
        return found


def hear(
    *, suspicion: int, hearing: str, heard_on: date | None, seen: int | None, by: int, now: datetime,
    was_silent: bool = False,
) -> Suspicion:  # fmt: skip
    """Write down what the unit said, and when; or that it said nothing by its day.

    Raises:
        Refused: who asks may not, or with everything that stands against it.
        ChangedMeanwhile: somebody was faster.
    """
    today = timezone.localdate(now)
    step = Step(
        move=SuspicionMove.HEAR, text=hearing, said_on=heard_on, on=today, was_silent=was_silent
    )
    with acting("hear_suspicion", by=by):
        found, assessment = _stepped(suspicion, step, seen, by)
        found.hearing, found.heard_on = hearing.strip() or SILENCE, heard_on or today
        found.was_silent = was_silent
        found.heard_by_id, found.heard_at = by, now
        clocks.it_is_heard(found, assessment, by=by, now=now)
        return _moved(found, step.move)


def decide(
    *, suspicion: int, move: SuspicionMove, decision: str, seen: int | None, by: int, now: datetime
) -> Suspicion:
    """Confirm it, and the item is nothing; or clear it. The unit, the body and the office are told.

    Raises:
        Refused: who asks may not, or with everything that stands against it.
        ChangedMeanwhile: somebody was faster.
    """
    if move not in (SuspicionMove.CONFIRM, SuspicionMove.CLEAR):
        raise ValueError(f"{move} decides nothing")
    step = Step(move=move, text=decision, on=timezone.localdate(now))
    with acting(f"{move}_suspicion", by=by):
        found, assessment = _stepped(suspicion, step, seen, by)
        found.decision, found.decided_by_id, found.decided_at = decision.strip(), by, now
        made = _moved(found, move)
        clocks.it_is_decided(made, by=by, now=now)
        is_forged = move is SuspicionMove.CONFIRM
        kind = Kind.SUSPICION_CONFIRMED if is_forged else Kind.SUSPICION_CLEARED
        _tell(made, assessment, kind, by, now)
        return made


def _stepped(number: int, step: Step, seen: int | None, by: int) -> tuple[Suspicion, Assessment]:
    """The suspicion under its lock, with nothing against the step."""
    found, assessment = _under_lock(number)
    held = load_held(by, step.on) or ()
    refuse_if_any(may_not(held, ASKS[step.move], assessment.office_id, step.on))
    refuse_if_changed(found, seen)
    refuse_if_any(against(facts_of(found, assessment, by, held, step.on), step))
    return found, assessment


def _under_lock(number: int) -> tuple[Suspicion, Assessment]:
    of = Suspicion.objects.values_list("assessment", flat=True).get(pk=number)
    assessment = held_still(of)
    rows = Suspicion.objects.select_for_update(of=("self",)).select_related("unit", "body")
    return rows.get(pk=number), assessment


def _moved(found: Suspicion, move: SuspicionMove) -> Suspicion:
    leads_to = SUSPICION.after(SuspicionState(found.state), move)
    if leads_to is None:
        raise AssertionError(f"{found.state} × {move} was let through")
    found.state = leads_to
    found.save()
    found.version += 1
    return found


def _tell(found: Suspicion, assessment: Assessment, kind: Kind, by: int, now: datetime) -> None:
    """The unit's officers and signatories, the body that scores the item, the office and its head."""
    today = timezone.localdate(now)
    whom = {
        *who_may(Action.DIVIDE_ITEMS, found.unit_id, today),
        *who_may(Action.SIGN_SUBMISSION, found.unit_id, today),
        *who_may(Action.SCORE_ITEMS, found.body_id, today),
        *who_may(Action.RAISE_SUSPICION, assessment.office_id, today),
        *who_may(Action.DECIDE_SUSPICION, assessment.office_id, today),
    }
    _tell_them(whom, found, assessment, kind, by, now)


def _tell_them(
    whom: Iterable[int], found: Suspicion, assessment: Assessment, kind: Kind, by: int,
    now: datetime,
) -> None:  # fmt: skip
    title = scheme_of(issued(assessment)).item[found.item].title
    tell(
        kind, sorted(set(whom) - {by}), area="assessment", object_id=found.pk,
        path=_path(assessment, found),
        words={
            "who": found.unit.name,
            "what": Text(f"{found.item} {title.zh}", f"{found.item} {title.en or title.zh}"),
            "reason": same(found.decision),
        },
        once=f"suspicion:{found.pk}:{kind}", now=now,
    )  # fmt: skip


def _path(assessment: Assessment, found: Suspicion) -> str:
    return reverse("assessment:suspicion", args=[assessment.code, found.pk])
