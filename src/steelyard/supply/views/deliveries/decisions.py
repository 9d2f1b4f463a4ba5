"""What one button does, and the form with which a delivery is returned."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from steelyard.kernel.refusals import Refused
from steelyard.look.language import say
from steelyard.people.views.asking import posted, status_of, who_and_when
from steelyard.supply.actions import deliveries as actions
from steelyard.supply.forms import ReasonForm
from steelyard.supply.meanwhile import refused
from steelyard.supply.models import Delivery
from steelyard.supply.rules.deliveries import Move
from steelyard.supply.rules.requests import DAYS_TO_MEND, State
from steelyard.supply.views.deliveries.finding import find, find_for, seen_version
from steelyard.supply.views.deliveries.page import shown

DONE: Mapping[Move, str] = {
    Move.SIGN: gettext_lazy("Signed. The assessing office has it now."),
    Move.WITHDRAW: gettext_lazy("The signature is withdrawn; it is a draft again."),
    Move.ACCEPT: gettext_lazy("Accepted. Its rows count when a snapshot is frozen."),
    Move.DISCARD: gettext_lazy("Discarded. It stays on record."),
}
DEEDS: Mapping[Move, Callable[..., Delivery]] = {
    Move.SIGN: actions.sign,
    Move.WITHDRAW: actions.withdraw,
    Move.ACCEPT: actions.accept,
    Move.DISCARD: actions.discard,
}
"""What one button does. The others have a form of their own."""
"""What one button does. The others have a form of their own."""


@require_POST
def deed(request: HttpRequest, number: int, move: str) -> HttpResponse:
    found = find(request, number)
    try:
        wanted = Move(move)
        does = DEEDS[wanted]
    except (ValueError, KeyError):
        raise Http404 from None
    seen = seen_version(request.POST)
    try:
        does(delivery=found.pk, seen=seen, **who_and_when(request))
    except Refused as error:
        answer = refused(request, found, error, seen)
        if answer is not None:
            return answer
        said = tuple(say(one.text) for one in error.refusals)
        return shown(request, find(request, number), said, status=409)
    messages.success(request, DONE[wanted])
    return redirect("supply:delivery", number)


@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, number: int) -> HttpResponse:
    found = find_for(request, number, Move.RETURN)
    was_asked_for = found.requests.filter(state=State.MET).exists()
    form = ReasonForm(posted(request), was_asked_for=was_asked_for, initial={"seen": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.return_to_body(
                delivery=found.pk, seen=form.cleaned_data["seen"],
                reason=form.cleaned_data["reason"],
                working_days=form.cleaned_data.get("working_days", DAYS_TO_MEND),
                **who_and_when(request),
            )  # fmt: skip
        except Refused as error:
            answer = refused(request, found, error, form.cleaned_data["seen"])
            if answer is not None:
                return answer
            form.refuse(error)
        else:
            messages.success(request, _("Returned. The body sees your reason."))
            return redirect("supply:delivery", number)
    context = {"form": form, "delivery": found}
    return render(request, "supply/return.html", context, status=status_of(form))
