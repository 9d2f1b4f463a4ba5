"""Which papers of an assessment may a person take away? One function a kind; nothing else lets them.

Whoever sees on a page what a paper says may take the paper; of an unsigned submission the unit's own
people alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from steelyard.assessment.models import Assessment, Difference
from steelyard.assessment.permissions import may_not
from steelyard.assessment.permissions.scoring import looks_after
from steelyard.assessment.permissions.visits import offices_whose_visits
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.queries.collection import Sight, sight, submissions_seen_by
from steelyard.assessment.queries.differences import differences_seen_by
from steelyard.assessment.queries.forgery import suspicions_seen_by
from steelyard.assessment.queries.scoring import scores_seen_by
from steelyard.assessment.queries.visits import visits_seen_by
from steelyard.assessment.rules.papers.kinds import PAPERS, PaperKind
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.states import Stage, SuspicionState
from steelyard.kernel.bilingual import Text
from steelyard.people.models import Organisation
from steelyard.people.rules.reach import Held
from steelyard.people.rules.roles import Action

WHOLE = "all"
"""What a paper is of that there is once in an assessment."""
COLLECTED = (Stage.COLLECTING, Stage.COMPARING, Stage.SCORING, Stage.FROZEN)
COMPARED = (Stage.COMPARING, Stage.SCORING, Stage.FROZEN)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, with the roles held, and when."""

    held: tuple[Held, ...]
    now: datetime

    @property
    def on(self) -> date:
        """The day, where the office is."""
        return timezone.localdate(self.now)

    def runs(self, found: Assessment) -> bool:
        return not may_not(self.held, Action.RUN_ASSESSMENT, found.office_id, self.on)

    def looks_after(self, found: Assessment) -> bool:
        return looks_after(self.held, found.office_id, self.on)


@dataclass(frozen=True, slots=True)
class Offered:
    """A paper that a person may take away. ``of``: the code or number of what it is of."""

    kind: PaperKind
    of: str
    title: Text


Seen = Callable[[Asker, Assessment], list[Offered]]


def notice(who: Asker, found: Assessment) -> list[Offered]:
    """For everybody once the collection is open; for the office as soon as there is a scheme."""
    is_open = found.stage in COLLECTED
    is_ready = found.stage == Stage.ISSUED and who.runs(found)
    return [Offered(PaperKind.NOTICE, WHOLE, found.title)] if is_open or is_ready else []


def unit_items(who: Asker, found: Assessment) -> list[Offered]:
    seen = submissions_seen_by(who.held, who.on).filter(assessment=found).order_by("unit__code")
    return [
        Offered(PaperKind.UNIT_ITEMS, one.unit.code, one.unit.name)
        for one in seen
        if _shows_something(sight_of(who, found, one.unit_id), one)
    ]


def sight_of(who: Asker, found: Assessment, unit: int) -> Sight:
    return sight(who.held, unit, found.office_id, who.on)


def _shows_something(of: Sight, submission) -> bool:
    return of.sees_all(submission) or bool(of.departments)


def item_units(who: Asker, found: Assessment) -> list[Offered]:
    seen = scores_seen_by(who.held, found, who.on)
    version = issued(found)
    if seen is None or version is None:
        return []
    codes = set(found.scores.filter(seen).order_by().values_list("item", flat=True))
    return [
        Offered(PaperKind.ITEM_UNITS, one.code, Text(f"{one.code} {one.title.zh}", f"{one.code} {one.title.say('en')}"))
        for one in scheme_of(version).leaves
        if one.code in codes
    ]  # fmt: skip


def differences(who: Asker, found: Assessment) -> list[Offered]:
    if found.stage not in COMPARED:
        return []
    seen = differences_seen_by(who.held, who.on).filter(assessment=found)
    units = Organisation.objects.filter(pk__in=seen.order_by().values("unit")).order_by("code")
    return [Offered(PaperKind.DIFFERENCES, one.code, one.name) for one in units]


def supplied(who: Asker, found: Assessment) -> list[Offered]:
    """For the office, which writes to the body: a body does not see what units report."""
    version = issued(found)
    if found.stage not in COMPARED or version is None or not who.looks_after(found):
        return []
    divided = division_of(version)
    rows = Difference.objects.filter(assessment=found).order_by()
    codes = {
        divided.body[code]
        for code in rows.values_list("input_code", flat=True).distinct()
        if divided.way.get(code) is Way.SHEET
    }
    bodies = Organisation.objects.filter(code__in=codes).order_by("code")
    return [Offered(PaperKind.SUPPLIED, one.code, one.name) for one in bodies]


def visits(who: Asker, found: Assessment) -> list[Offered]:
    """The office's: what the team writes down on it is no paper for the unit."""
    if found.office_id not in offices_whose_visits(who.held, who.on):
        return []
    seen = visits_seen_by(who.held, who.on).filter(assessment=found).order_by("planned_on", "pk")
    return [
        Offered(PaperKind.VISIT, str(one.pk),
                Text(f"{one.unit.name.zh} {one.planned_on}", f"{one.unit.name.say('en')} {one.planned_on}"))
        for one in seen
    ]  # fmt: skip


def forgeries(who: Asker, found: Assessment) -> list[Offered]:
    seen = suspicions_seen_by(who.held, found, who.on).filter(state=SuspicionState.CONFIRMED)
    return [
        Offered(PaperKind.FORGERY, str(one.pk),
                Text(f"{one.unit.name.zh} {one.item}", f"{one.unit.name.say('en')} {one.item}"))
        for one in seen.order_by("pk")
    ]  # fmt: skip


SEEN: Mapping[PaperKind, Seen] = {
    PaperKind.NOTICE: notice,
    PaperKind.UNIT_ITEMS: unit_items,
    PaperKind.ITEM_UNITS: item_units,
    PaperKind.DIFFERENCES: differences,
    PaperKind.SUPPLIED: supplied,
    PaperKind.VISIT: visits,
    PaperKind.FORGERY: forgeries,
}


def papers_seen_by(who: Asker, found: Assessment) -> list[Offered]:
    """Every paper that this person may take away, in the order of the kinds."""
    return [one for kind in PAPERS for one in SEEN[kind](who, found)]


def paper_seen_by(who: Asker, found: Assessment, kind: PaperKind, of: str) -> Offered | None:
    return next((one for one in SEEN[kind](who, found) if one.of == of), None)
