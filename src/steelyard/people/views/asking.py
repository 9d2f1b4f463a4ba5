"""From a form to an action and back: done and on, or the form again with what speaks against it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404

from steelyard.kernel.refusals import Refused
from steelyard.people.forms import OfficeForm
from steelyard.people.permissions import NOT_YOURS
from steelyard.trail.versions import ChangedMeanwhile

T = TypeVar("T")


def done(form: OfficeForm, act: Callable[[], T]) -> T | None:
    """What the action gave; None if it was refused, and then the form says why.

    Raises:
        Http404: it is about something that does not exist for this account.
    """
    try:
        return act()
    except Refused as refused:
        if any(refusal.code == NOT_YOURS for refusal in refused.refusals):
            raise Http404 from refused
        form.refuse(refused)
    except ChangedMeanwhile as changed:
        form.show_both(changed)
    return None
