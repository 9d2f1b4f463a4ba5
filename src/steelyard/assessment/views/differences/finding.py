"""Which differences exist for whom, how a list of them is narrowed, and who settles them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from steelyard.assessment.forms.differences import DifferenceFilterForm
from steelyard.assessment.models import Assessment, Difference
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.differences import differences_within, inputs_compared
from steelyard.assessment.rules.states import Stage
from steelyard.assessment.views.finding import find
from steelyard.look.language import say
from steelyard.people.models import Organisation
from steelyard.people.rules.reach import may_towards
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed

HAVE_THEM = (Stage.COMPARING, Stage.SCORING, Stage.FROZEN)


def find_assessment(request: HttpRequest, code: str) -> Assessment:
    """The assessment, for those for whom its differences exist: the office, and units for their own."""
    found = find(request, code)
    if found.stage not in HAVE_THEM or not _has_a_view(request, found):
        raise Http404
    return found


def _has_a_view(request: HttpRequest, found: Assessment) -> bool:
    runs = may_towards(request.held, Action.SEE_ASSESSMENT, found.office_id, request.today)
    return runs or seen_of(request, found).exists()


def seen_of(request: HttpRequest, found: Assessment) -> QuerySet[Difference]:
    return differences_within(found, request.held, request.today)


def find_difference(request: HttpRequest, found: Assessment, number: int) -> Difference:
    row = seen_of(request, found).filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def narrowed(
    request: HttpRequest, found: Assessment, seen: QuerySet[Difference]
) -> tuple[DifferenceFilterForm, QuerySet[Difference]]:
    inputs = inputs_compared(found)
    codes = seen.order_by().values_list("input_code", flat=True).distinct()
    units = Organisation.objects.filter(pk__in=seen.order_by().values("unit")).order_by("code")
    form = DifferenceFilterForm(
        request.GET,
        inputs=[(one, say(inputs[one].title) or one) for one in sorted(codes)],
        units=[(one.code, f"{one.code} {say(one.name)}") for one in units],
    )
    form.is_valid()
    shown = differences_within(
        found, request.held, request.today, figure=form.wanted("input"), unit=form.wanted("unit"),
        state=form.wanted("state"),
    )  # fmt: skip
    return form, shown


def settles_here(request: HttpRequest, found: Assessment) -> bool:
    return may_towards(request.held, Action.SETTLE_DIFFERENCES, found.office_id, request.today)


def refuse_unless_settles(request: HttpRequest, found: Assessment) -> None:
    """
    Raises:
        NotAllowed: it is the office's to settle.
    """
    refusals = may_not(request.held, Action.SETTLE_DIFFERENCES, found.office_id, request.today)
    if refusals:
        raise NotAllowed(refusals)
