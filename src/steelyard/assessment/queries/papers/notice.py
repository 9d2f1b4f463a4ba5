"""What does the notice of an assessment say: who does what until when?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of, units_of
from steelyard.assessment.queries.papers.saying import Paper, letter, marked, points
from steelyard.assessment.queries.samples import is_sample
from steelyard.assessment.queries.supplied import AREA, TASK
from steelyard.assessment.rules.schemes.division import Way
from steelyard.notices.models import Deadline
from steelyard.papers.templates.fields import Values
from steelyard.people.models import Organisation
from steelyard.scheme.model import ROOT, Scheme

EMPTY_DAYS = "____"


@dataclass(frozen=True, slots=True)
class Due:
    """By when something is due, counted in working days from the day that it began."""

    starts: date
    working_days: int
    due: date


def notice(paper: Paper) -> Values:
    found = paper.found
    version = issued(found)
    scheme = scheme_of(version)
    fills, supplies = _dues_of_units(found), _dues_of_bodies(found)
    fill, supply = _last(fills.values()), _last(supplies.values())
    units = units_of(version)
    bodies = _bodies(paper, version, scheme, supplies)
    return {
        **letter(paper),
        "addressees": paper.joined([*(paper.say(one.name) for one in units.values()),
                                    *(row["name"] for row in bodies)]),
        "year": str(found.starts.year),
        "scheme": title_of_scheme(paper, scheme),
        "scheme_number": str(version.number),
        "item_count": str(len(scheme.leaves)),
        "points": points(scheme.full[ROOT]),
        "assessed": paper.say(found.units_said),
        "unit_count": str(len(units)),
        "cut_off": paper.day(found.cut_off),
        "opened": paper.day(fill.starts if fill else None),
        "supply_days": str(supply.working_days) if supply else EMPTY_DAYS,
        "supply_due": paper.day(supply.due if supply else None),
        "fill_days": str(fill.working_days) if fill else EMPTY_DAYS,
        "fill_due": paper.day(fill.due if fill else None),
        "units": [
            {"name": paper.say(one.name), "due": paper.day(fills[one.pk].due if one.pk in fills else None)}
            for one in units.values()
        ],
        "bodies": bodies,
    }  # fmt: skip


def title_of_scheme(paper: Paper, scheme: Scheme) -> str:
    """With the mark of a sample, once."""
    return marked(scheme.title, paper.lang, is_sample=is_sample(paper.found))


def _bodies(
    paper: Paper, version: SchemeVersion, scheme: Scheme, dues: dict[str, Due]
) -> list[dict[str, str]]:
    """Every body that supplies or scores, in the order of the scheme."""
    divided = division_of(version)
    supplies: dict[str, list[str]] = {}
    scores: dict[str, list[str]] = {}
    for code in divided.inputs(Way.SHEET):
        title = paper.say(scheme.inputs[code].title) or code
        supplies.setdefault(divided.body[code], []).append(title)
    for duty in divided.duties:
        said = f"{duty.item.code} {paper.say(duty.item.title)}"
        scores.setdefault(duty.scoring_body, []).append(said)
    rows = Organisation.objects.filter(code__in={*supplies, *scores})
    names = {one.code: paper.say(one.name) for one in rows}
    return [
        {
            "name": names[body],
            "supplies": paper.joined(supplies.get(body, ())),
            "scores": paper.joined(scores.get(body, ())),
            "due": paper.day(dues[body].due if body in dues else None) if body in supplies else "",
        }
        for body in dict.fromkeys((*supplies, *scores))
        if body in names
    ]  # fmt: skip


def _dues_of_units(found: Assessment) -> dict[int, Due]:
    """Unit → its deadline, an extension included."""
    rows = found.submissions.exclude(deadline=None).values_list(
        "unit", "deadline__starts", "deadline__working_days", "deadline__due"
    )
    return {unit: Due(*told) for unit, *told in rows}


def _dues_of_bodies(found: Assessment) -> dict[str, Due]:
    """Body → its last deadline, an extension included."""
    sheets = dict(found.sheets.order_by().values_list("pk", "body__code"))
    rows = Deadline.objects.filter(area=AREA, task=TASK, object_id__in=sheets).order_by("pk")
    dues: dict[str, Due] = {}
    for number, *told in rows.values_list("object_id", "starts", "working_days", "due"):
        due, body = Due(*told), sheets[number]
        if body not in dues or dues[body].due < due.due:
            dues[body] = due
    return dues


def _last(dues: Iterable[Due]) -> Due | None:
    return max(dues, key=lambda one: one.due, default=None)
