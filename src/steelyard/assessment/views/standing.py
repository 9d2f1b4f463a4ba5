"""The live standing of a unit: its own estimate, for its own officers and its signatory alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from steelyard.assessment.models import Assessment, Submission
from steelyard.assessment.queries.standing import Standing, load_standing
from steelyard.assessment.rules.states import Stage
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.part import Part
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import shown
from steelyard.look.language import say
from steelyard.people.models import Organisation
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action
from steelyard.weighing.advice.findings import Advice
from steelyard.weighing.advice.targets import called
from steelyard.weighing.advice.wording import named, said
from steelyard.weighing.document import show_score
from steelyard.weighing.explain import Explanation

OPEN = frozenset({Stage.COLLECTING, Stage.COMPARING, Stage.SCORING, Stage.FROZEN})


@dataclass(frozen=True, slots=True)
class Line:
    """A node of the tree as a row: how deep, its points and the sentence why."""

    code: str
    title: Text
    depth: int
    points: str
    full: str
    why: Text


@dataclass(frozen=True, slots=True)
class Step:
    """One improvement of the cheapest way up."""

    what: Text
    before: Text
    after: Text
    effort: str
    worth: str


@require_safe
def standing(request: HttpRequest, code: str, unit: str) -> HttpResponse:
    found = find(request, code)
    own = _own(request, found).filter(code=unit).first()
    if own is None or Stage(found.stage) not in OPEN:
        raise Http404
    told = load_standing(found, own.code)
    context = {"assessment": found, "unit": own, "standing": told}
    if told is not None and told.estimate.result is not None:
        context |= _shown(told)
    answer = render(request, "assessment/standing.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _own(request: HttpRequest, found: Assessment):
    """Units of the assessment whose officer or signatory this person is."""
    units = Submission.objects.filter(assessment=found).values("unit")
    mine = reach(request.held, Action.SEE_STANDING, request.today)
    return Organisation.objects.filter(pk__in=units).filter(pk__in=mine)


def _shown(told: Standing) -> dict[str, object]:
    estimate, scheme = told.estimate, told.scheme
    result = estimate.result
    assert result is not None
    assert estimate.tree is not None
    now = result.standing[estimate.unit]
    grade = next((one.title for one in scheme.grades if one.code == now.grade), Text())
    return {
        "score": show_score(now.score, scheme.total.places),
        "full": shown(scheme.full[""]),
        "grade": grade,
        "rank": None if estimate.rank is None else shown(estimate.rank),
        "units": len(scheme.assessed),
        "known": estimate.among,
        "lines": list(_lines(estimate.tree)),
        "risks": estimate.risks,
        "advice": estimate.advice,
        "advice_refused": estimate.advice_refused,
        **(_advised(estimate.advice) if estimate.advice is not None else {}),
    }


def _advised(advice: Advice) -> dict[str, object]:
    return {
        "target": called(advice.target, advice.before.scheme),
        "steps": list(_steps(advice)),
        "reasons": advice.reasons,
        "after": show_score(advice.standing_after.score, advice.before.scheme.total.places),
    }


def _steps(advice: Advice) -> Iterator[Step]:
    scheme = advice.before.scheme
    for one in advice.changes:
        worth = "" if one.worth is None else show_score(one.worth, 2)
        yield Step(
            named(scheme, one.input), said(scheme, one.input, one.before),
            said(scheme, one.input, one.after), shown(one.cost, 1), worth,
        )  # fmt: skip


def _lines(node: Explanation, depth: int = 0) -> Iterator[Line]:
    if node.code:
        points = "—" if node.points is None else shown(node.points, 2)
        yield Line(node.code, node.title, depth, points, shown(node.full), node.sentence)
    for child in node.children:
        yield from _lines(child, depth + bool(node.code))


def standing_part(request: HttpRequest, found: Assessment) -> Part | None:
    """The card on the assessment's page, for the unit's own people."""
    if Stage(found.stage) not in OPEN:
        return None
    own = _own(request, found).order_by("code").first()
    if own is None:
        return None
    url = reverse("assessment:standing", args=[found.code, own.code])
    said_of = _("%(unit)s: own estimate, not a result") % {"unit": say(own.name)}
    return Part(_("Where we would stand today"), url, said_of)
