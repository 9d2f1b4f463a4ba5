"""A draft on last year's values: the stress report, and what each rule would have given."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from steelyard.assessment.forms.schemes import ValuesForm
from steelyard.assessment.models import SchemeVersion
from steelyard.assessment.queries.schemes.comments import is_insider
from steelyard.assessment.queries.schemes.trials import load_last_year, load_trial, policies
from steelyard.assessment.rules.trials import Trial, tried
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.schemes.finding import find_version
from steelyard.assessment.views.schemes.tried import said
from steelyard.kernel.faults import Fault, Faulty
from steelyard.people.views.asking import posted, status_of
from steelyard.scheme.read import scheme_from_document
from steelyard.weighing.read_values import read_values

LARGEST = 20 * 1024 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = find(request, code)
    version = find_version(request, found, number)
    if version is None or not is_insider(request.held, found, request.today):
        raise Http404
    form = ValuesForm(posted(request), request.FILES or None)
    last = load_last_year(found, request.now)
    made: Trial | None = None
    faults: tuple[Fault, ...] = ()
    is_uploaded = request.method == "POST" and form.is_valid()
    try:
        made = _uploaded(version, form) if is_uploaded else load_trial(version, last)
    except Faulty as error:
        faults = error.faults
    context = {
        "assessment": found, "version": version, "form": form, "last": last,
        "is_uploaded": is_uploaded, "faults": faults[:100], "fault_count": len(faults),
        **(said(made) if made is not None else {}),
    }  # fmt: skip
    status = 422 if is_uploaded and faults else status_of(form)
    return render(request, "assessment/scheme/trial.html", context, status=status)


def _uploaded(version: SchemeVersion, form: ValuesForm) -> Trial:
    """
    Raises:
        Faulty: the draft, or the files, have faults.
    """
    scheme = scheme_from_document(version.document)
    with tempfile.TemporaryDirectory() as folder:
        for at, file in enumerate(form.cleaned_data["files"]):
            name = Path(str(file.name)).name or f"{at}.csv"
            (Path(folder) / name).write_bytes(file.read(LARGEST))
        values = read_values(scheme, Path(folder), whole=False)
    return tried(scheme, values, policies())
