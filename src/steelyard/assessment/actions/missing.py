"""Let figures that are missing count so, as the scheme's rule says: decided by the office, with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.actions.touched import reopen_scores
from steelyard.assessment.models import Assessment, MissingFigure
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import issued, units_of
from steelyard.assessment.queries.figures.missing_records import load_all_missing
from steelyard.assessment.queries.scoring import own_units
from steelyard.assessment.rules.figures.counting import Key
from steelyard.assessment.rules.figures.missing import Missing, against_deciding, against_reason
from steelyard.assessment.rules.states import Stage
from steelyard.kernel.refusals import Refusal, refuse_if_any
from steelyard.people.models import Organisation
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import acting


def let_count_as_missing(
    *, assessment: int, figures: Sequence[Key], reason: str, by: int, now: datetime
) -> list[MissingFigure]:
    """Each counts as its body says that it is lacking, and as missing if that says nothing: all of them, or
    none. Decided again just so by the same person, it is the first. A score that was given by such a figure
    before is open again: nobody who gave it knew of the decision.

    Raises:
        Refused: who asks may not, or with everything that stands against any of them.
    """
    today = timezone.localdate(now)
    with acting("let_count_as_missing", by=by):
        found = held_still(assessment)
        held = load_held(by, today) or ()
        refuse_if_any(may_not(held, Action.SETTLE_DIFFERENCES, found.office_id, today))
        version = issued(found)
        units = units_of(version) if version is not None else {}
        missing = {(one.unit, one.input): one for one in load_all_missing(found, today)}
        own = own_units(held, [one.pk for one in units.values()], today)
        refuse_if_any([
            *against_reason(reason, figures),
            *_against(found, figures, missing, {unit for unit, one in units.items() if one.pk in own}),
        ])  # fmt: skip
        before = set(found.missing_figures.values_list("pk", flat=True))
        made = {
            key: _decided(found, units[key[0]], missing[key], reason.strip(), by, now)
            for key in dict.fromkeys(figures)
        }
        new = {key for key, one in made.items() if one.pk not in before}
        reopen_scores(found, new, by=by, now=now)
        return list(made.values())


def _against(
    found: Assessment, figures: Sequence[Key], missing: Mapping[Key, Missing], own: set[str]
) -> Iterator[Refusal]:
    for key in dict.fromkeys(figures):
        yield from against_deciding(
            key, missing.get(key), stage=Stage(found.stage), is_ones_own=key[0] in own
        )


def _decided(
    found: Assessment, unit: Organisation, one: Missing, reason: str, by: int, now: datetime
) -> MissingFigure:
    last = found.missing_figures.filter(unit=unit, input_code=one.input).order_by("-pk").first()
    told = {"status": one.status.value, "reason": reason, "decided_by_id": by}
    if last is not None and all(getattr(last, name) == said for name, said in told.items()):
        return last
    return MissingFigure.objects.create(
        assessment=found, unit=unit, input_code=one.input, decided_at=now, **told
    )
