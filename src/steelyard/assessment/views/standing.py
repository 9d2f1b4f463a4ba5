"""The live standing of a unit: its own estimate, for its own officers and its signatory alone."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from steelyard.assessment.models import Assessment
from steelyard.assessment.queries.assessments import issued, scheme_of, snapshot_that_counts
from steelyard.assessment.queries.figures.corrected import load_moved
from steelyard.assessment.queries.figures.counting import cells_from_records
from steelyard.assessment.queries.standing import Standing, load_standing, units_standing
from steelyard.assessment.rules.standing.told import Place, Step, Told
from steelyard.assessment.rules.standing.unknown import Unknown
from steelyard.assessment.rules.states import WeighingState
from steelyard.assessment.views.collection.became import said_cell
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.part import Part
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import shown
from steelyard.look.language import say
from steelyard.people.models import Organisation


@require_safe
def standing(request: HttpRequest, code: str, unit: str) -> HttpResponse:
    found = find(request, code)
    own, found_standing = own_standing(request, found, unit)
    context = {
        "assessment": found, "unit": own, "standing": found_standing,
        "moved": list(_moved(request, found, own)) if found_standing is not None else [],
        "is_weighed": found.weighings.filter(state=WeighingState.DONE).exists(),
    }  # fmt: skip
    if found_standing is not None and (told := found_standing.told) is not None:
        context |= _shown(told)
    answer = render(request, "assessment/standing.html", context)
    answer["Cache-Control"] = PRIVATE
    return answer


PRIVATE = "private, no-store"


def own_standing(
    request: HttpRequest, found: Assessment, unit: str
) -> tuple[Organisation, Standing | None]:
    """The unit, if it is this person's, and where it would stand; None where that cannot be estimated.

    Raises:
        Http404: it is another's, or nobody asks at this stage.
    """
    own = units_standing(found, request.held, request.today).filter(code=unit).first()
    if own is None:
        raise Http404
    return own, load_standing(found, own.code, request.now)


def _moved(
    request: HttpRequest, found: Assessment, own: Organisation
) -> Iterator[tuple[str, str | None, str | None]]:
    """Computed figures that corrections accepted since will make others: title, now, then."""
    version = issued(found)
    snapshot = snapshot_that_counts(found) if version is not None else None
    if version is None or snapshot is None:
        return
    now = cells_from_records(snapshot, version, own.code)
    for code, cell in load_moved(found, version, own.code, now, request.today).items():
        one = scheme_of(version).inputs[code]
        yield say(one.title), said_cell(now[code], one), said_cell(cell, one)


def _shown(told: Told) -> dict[str, object]:
    return {
        "told": told,
        "score": _points(told.now.score, told.places),
        "full": shown(told.full),
        "rank": _rank(told.now),
        "rank_bounds": _rank_bounds(told),
        "lacking": told.units - told.among,
        "outer": list(_outer(told)) if told.unknown else [],
        "unknown": [(one, _between(one)) for one in told.unknown],
        "lines": [(line, _points(line.points, 2), shown(line.full)) for line in told.lines],
        "after": told.way and _points(told.way.after, told.places),
        "effort": told.way and _effort(told.way.effort),
        "steps": [_step(step) for step in told.way.steps] if told.way else [],
    }


def _outer(told: Told) -> Iterator[tuple[Text, str, str, Text]]:
    """The worst and the best in words: points, rank, grade."""
    for name, case in ((_WORST, told.worst), (_BEST, told.best)):
        if case is None:
            yield name, _("no bound"), "", Text()
        else:
            yield name, _points(case.score, told.places), _rank(case), case.grade


_WORST = Text("未知项目均按最低分", "With those items at their least")
_BEST = Text("未知项目均按最高分", "With those items at their most")


def _between(one: Unknown) -> str:
    least, most = (_("no bound") if end is None else shown(end) for end in (one.least, one.most))
    return f"{least}–{most}"


def _rank(place: Place) -> str:
    return "" if place.rank is None else shown(place.rank)


def _rank_bounds(told: Told) -> tuple[str, str] | None:
    """The best and the worst rank, while not all is known of the others; None: there are none to be told."""
    best, worst = told.best, told.worst
    if told.among == told.units or best is None or worst is None:
        return None
    return (_rank(best), _rank(worst)) if best.rank and worst.rank else None


def _points(points: Fraction | None, places: int) -> str:
    return "—" if points is None else shown(points, places)


def _effort(effort: Fraction) -> str:
    return shown(effort, 1)


def _step(step: Step) -> dict[str, object]:
    worth = "" if step.worth is None else shown(step.worth, 2)
    return {
        "what": step.what, "before": step.before, "after": step.after,
        "effort": _effort(step.effort), "worth": worth,
    }  # fmt: skip


def standing_part(request: HttpRequest, found: Assessment) -> Part | None:
    """The card on the assessment's page, for the unit's own people."""
    own = units_standing(found, request.held, request.today).order_by("code").first()
    if own is None:
        return None
    url = reverse("assessment:standing", args=[found.code, own.code])
    said_of = _("%(unit)s: own estimate, not a result") % {"unit": say(own.name)}
    return Part(_("Where we would stand today"), url, said_of)
