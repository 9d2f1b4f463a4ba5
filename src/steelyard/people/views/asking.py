"""From a form to an action and back: done and on, or the form again with what speaks against it.

If somebody else was faster, ``form.meanwhile`` says so, and the page shows both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, QueryDict

from steelyard.kernel.refusals import Refusal, Refused
from steelyard.people.forms import OfficeForm
from steelyard.people.permissions import NOT_YOURS
from steelyard.trail.versions import ChangedMeanwhile

T = TypeVar("T")


class NotAllowed(PermissionDenied):
    """Of something that one may see: one may not do this with it. Answered 403, with the refusals."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("; ".join(refusal.code for refusal in self.refusals))


def who_and_when(request: HttpRequest) -> dict[str, Any]:
    """What every action is told of a request: on whose behalf, and when."""
    return {"by": request.user.pk, "now": request.now}


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is filled with: what was sent, even if it is nothing."""
    return request.POST if request.method == "POST" else None


def refused_for_a_right(refused: Refused) -> None:
    """
    Raises:
        NotAllowed: it is about who asks.
    """
    if refused.lacks_a_right:
        raise NotAllowed(refused.refusals) from refused


def status_of(form: Form | None) -> int:
    """Of the page of a form: 422 if a field is to be put right, 409 if only the state forbids it."""
    if form is None or not form.is_bound or not form.errors:
        return 200
    return 409 if set(form.errors) == {NON_FIELD_ERRORS} else 422


def done(form: OfficeForm, act: Callable[[], T]) -> T | None:
    """What the action gave; None if it was refused, and then the form says why.

    Raises:
        Http404: it is about something that does not exist for this account.
        NotAllowed: it may be seen, and this may not be done with it.
    """
    try:
        return act()
    except Refused as refused:
        if any(refusal.code == NOT_YOURS for refusal in refused.refusals):
            raise Http404 from refused
        refused_for_a_right(refused)
        form.refuse(refused)
    except ChangedMeanwhile as changed:
        changed.labels = {name: str(one.label) for name, one in form.fields.items() if one.label}
        form.meanwhile = changed
    return None
