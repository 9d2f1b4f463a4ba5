"""The bodies and units of the draft, and any other part of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from steelyard.assessment.actions import schemes as actions
from steelyard.assessment.forms.schemes import (
    BodiesForm,
    SectionForm,
    UnitsForm,
)
from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.schemes import possible_bodies, possible_units
from steelyard.assessment.rules import drafting
from steelyard.assessment.rules.drafting import Document, listed
from steelyard.assessment.rules.schemes.bodies import Known, bodies_in, match
from steelyard.assessment.rules.schemes.imported import alike
from steelyard.assessment.rules.schemes.writing_rules import from_notation
from steelyard.assessment.views.schemes.editing.saving import Told, as_it_is, saved, with_draft
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, Refused
from steelyard.look.language import say
from steelyard.people.views.asking import posted, refused_for_a_right, status_of, who_and_when
from steelyard.scheme.write import scheme_toml
from steelyard.trail.side_by_side import show_both, version_of
from steelyard.trail.versions import ChangedMeanwhile


@require_POST
@with_draft
def tick_off(
    request: HttpRequest, found: Assessment, version: SchemeVersion, at: int
) -> HttpResponse:
    what = "cells" if request.POST.get("what") not in ("reading", "alike") else "readings"
    if at >= len(version.readings if what == "readings" else version.unread):
        raise Http404
    places = alike(version.readings, at) if request.POST.get("what") == "alike" else [at]
    try:
        actions.tick_off(
            assessment=found.pk,
            seen=version_of(request.POST),
            **{what: places},
            **who_and_when(request),
        )
    except ChangedMeanwhile as error:
        back = redirect("assessment:scheme", found.code).url
        return show_both(request, error, told=(), back=back)
    except Refused as refused:
        refused_for_a_right(refused)
        return as_it_is(request, found.code, refused)
    return redirect("assessment:scheme", found.code)


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def bodies(request: HttpRequest, found: Assessment, version: SchemeVersion) -> HttpResponse:
    """Which organisation is each body that the scheme names?"""
    organisations = possible_bodies(found, request.today)
    form = BodiesForm(
        posted(request), initial={"version": version.version},
        bodies={code: say(one) for code, one in bodies_in(version.document).items()},
        organisations=organisations,
        matching=match(version.document, [Known(one.code, one.name) for one in organisations]),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen()

        def change(base: Document) -> Told:
            for code, organisation in chosen.items():
                base = drafting.renamed_body(base, code, organisation.code, organisation.name)
            return dict(base)

        answer = saved(request, found, form, change, lambda _base: {})
        if answer is not None:
            return answer
    context = {"assessment": found, "version": version, "form": form}
    return render(request, "assessment/scheme/bodies.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def units(request: HttpRequest, found: Assessment, version: SchemeVersion) -> HttpResponse:
    """Which organisations are assessed?"""
    listed_now = {row.code for row in listed(version.document, "units")}
    possible = possible_units(found, request.today)
    form = UnitsForm(
        posted(request), organisations=possible,
        initial={"version": version.version, "units": [one.pk for one in possible if one.code in listed_now]},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["units"])

        def change(base: Document) -> Told:
            had = {row.code: dict(row.told) for row in listed(base, "units")}
            told = [
                had.get(one.code) or {"code": one.code, "title": drafting.told_text(one.name)}
                for one in chosen
            ]
            return {**base, "units": told}

        answer = saved(request, found, form, change, lambda _base: {})
        if answer is not None:
            return answer
    context = {"assessment": found, "version": version, "form": form}
    return render(request, "assessment/scheme/units.html", context, status=status_of(form))


HEAD = ("title", "label", "legal_basis", "issuer", "note", "total", "on", "ranking", "grades", "vetoes",
        "groups", "figures", "quantities", "bodies", "units", "method", "uncertainty")  # fmt: skip
"""Parts that are edited in notation; items and inputs have pages of their own."""


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def rest(request: HttpRequest, found: Assessment, version: SchemeVersion) -> HttpResponse:
    """All but the items and inputs, in the notation of a scheme file."""

    def initial(document: Document) -> Told:
        kept = {name: document[name] for name in document if name in HEAD}
        try:
            return {"text": scheme_toml(kept)}
        except ValueError:
            return {"text": ""}

    form = SectionForm(
        posted(request), initial={**initial(version.document), "version": version.version}
    )
    if request.method == "POST" and form.is_valid():
        read, wrong = _read_rest(form.cleaned_data["text"])
        if wrong:
            form.refuse(Refused(wrong))
        else:

            def change(base: Document) -> Told:
                order = [*base, *(name for name in read if name not in base)]
                return {
                    name: read[name] if name in HEAD else base[name]
                    for name in order
                    if name in read or name not in HEAD
                }

            answer = saved(request, found, form, change, initial)
            if answer is not None:
                return answer
    context = {
        "assessment": found,
        "version": version,
        "form": form,
        "rest": drafting.faults_of(version.document).rest,
    }
    return render(request, "assessment/scheme/rest.html", context, status=status_of(form))


def _read_rest(text: str) -> tuple[Told, tuple[Refusal, ...]]:
    if not text.strip():
        return {}, ()
    read, wrong = from_notation(text, "text", "text")
    if wrong:
        return {}, wrong
    if not isinstance(read, dict):
        said = Text(
            '请每行写一项，如 version = "1"', 'write a setting a line, such as version = "1"'
        )
        return {}, (Refusal("not_here", said, "text"),)
    others = sorted(set(read) - set(HEAD))
    if others:
        named = drafting.names_of(others)
        said = Text(f"这些内容不在这里编辑：{named.zh}", f"these are not edited here: {named.en}")
        return {}, (Refusal("not_here", said, "text"),)
    return read, ()
