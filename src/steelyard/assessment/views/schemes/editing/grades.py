"""The grades of the draft: all of them on one page, with every gap and overlap said at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from steelyard.assessment.forms.grades import GradesForm, count_of, initial_of
from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.rules import drafting
from steelyard.assessment.rules.drafting import Document
from steelyard.assessment.rules.schemes.grades import Line, against, lines_of, told
from steelyard.assessment.views.schemes.editing.saving import Told, saved, with_draft
from steelyard.kernel.refusals import Refused
from steelyard.people.views.asking import posted, status_of
from steelyard.scheme.read import check_document


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def grades(request: HttpRequest, found: Assessment, version: SchemeVersion) -> HttpResponse:
    there = lines_of(version.document)
    count = count_of(len(there))

    def initial(base: Document) -> Told:
        return initial_of(lines_of(base), count)

    form = GradesForm(
        posted(request), lines=len(there),
        initial={**initial(version.document), "version": version.version},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        asked = _with_what_they_have(form.asked(), there)
        refusals = against(asked, _full(version.document))
        if refusals:
            form.refuse(Refused(refusals))
        else:
            answer = saved(
                request, found, form, lambda base: {**base, "grades": told(asked, base)}, initial
            )
            if answer is not None:
                return answer
    context = {
        "assessment": found, "version": version, "form": form,
        "faults": [
            one for one in drafting.faults_of(version.document).rest
            if one.where.key.startswith("grades")
        ],
        "more": [one.title for one in there if one.has_more],
    }  # fmt: skip
    return render(request, "assessment/scheme/grades.html", context, status=status_of(form))


def _with_what_they_have(asked: Sequence[Line], there: Sequence[Line]) -> tuple[Line, ...]:
    more = {one.code for one in there if one.has_more and one.code}
    return tuple(replace(one, has_more=one.code in more) for one in asked)


def _full(document: Document) -> Fraction | None:
    """The most that a total can be, of a sound scheme whose total is in points; None if that is not known."""
    scheme = check_document({**document, "grades": []}).scheme
    if scheme is None or scheme.family != "points":
        return None
    beside = any(item.kind == "bonus" for item in scheme.items)
    return None if beside else Fraction(100) if scheme.total.as_ == "percent" else scheme.full[""]
