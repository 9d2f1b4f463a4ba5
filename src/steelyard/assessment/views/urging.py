"""All who are waited for are urged by one button, on the page that lists them."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from steelyard.assessment.models import Assessment
from steelyard.kernel.refusals import Refused
from steelyard.look.language import say
from steelyard.people.views.asking import refused_for_a_right, who_and_when


def urged(
    request: HttpRequest, found: Assessment, urge: Callable[..., int], page: str,
    done: Callable[[int], str], again: Callable[[tuple[str, ...]], HttpResponse],
) -> HttpResponse:  # fmt: skip
    """Back to ``page`` with what was ``done``; or the list shown ``again``, with what stands against it."""
    try:
        number = urge(assessment=found.pk, **who_and_when(request))
    except Refused as refused:
        refused_for_a_right(refused)
        return again(tuple(say(one.text) for one in refused.refusals))
    messages.success(request, done(number))
    return redirect(page, found.code)
