"""An input of the draft: write it, take it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from steelyard.assessment.forms.schemes import InputForm
from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.reviews import load_types
from steelyard.assessment.queries.schemes import own_bodies
from steelyard.assessment.rules import drafting
from steelyard.assessment.rules.drafting import Document, as_text, find, listed
from steelyard.assessment.rules.schemes.writing_rules import (
    bodies_of,
    number_or_text,
)
from steelyard.assessment.views.schemes.editing.saving import (
    Told,
    beside_fields,
    bodies_to_choose,
    deed,
    read_beside,
    saved,
    with_draft,
)
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, Refused
from steelyard.look.language import say
from steelyard.people.views.asking import posted, status_of
from steelyard.scheme.case_files import case_files_in

_INPUT_KEYS = frozenset(
    {
        "code",
        "title",
        "type",
        "unit_of_measure",
        "least",
        "most",
        "supplying_body",
        "judged",
        "case_files",
        "source",
    }
)


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def delete_input(
    request: HttpRequest, found: Assessment, version: SchemeVersion, key: str
) -> HttpResponse:
    row = find(listed(version.document, "inputs"), key)
    if row is None:
        raise Http404
    if request.method == "POST":
        return deed(request, found, lambda base: drafting.without(base, "inputs", key))
    context = {"assessment": found, "version": version, "gone": [row], "row": row}
    return render(request, "assessment/scheme/delete.html", context)


def _input_initial(key: str, document: Document) -> Told:
    row = find(listed(document, "inputs"), key)
    told = row.told if row is not None else {}
    title, unit, source = (
        as_text(told.get(name)) for name in ("title", "unit_of_measure", "source")
    )
    files = case_files_in(told.get("case_files"))
    return {
        "code": told.get("code", ""), "title_zh": title.zh, "title_en": title.en,
        "type": told.get("type", "number"), "unit_zh": unit.zh, "unit_en": unit.en,
        "least": told.get("least", ""), "most": told.get("most", ""),
        "supplying_body": bodies_of(told.get("supplying_body")), "judged": told.get("judged") is True,
        "case_files": files.give if files else "", "case_file_types": list(files.types) if files else [],
        "source_zh": source.zh, "source_en": source.en, "beside": beside_fields(told, _INPUT_KEYS),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def one_input(
    request: HttpRequest, found: Assessment, version: SchemeVersion, key: str
) -> HttpResponse:
    row = find(listed(version.document, "inputs"), key)
    if row is None:
        raise Http404
    return _input(request, found, version, key, row)


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def new_input(request: HttpRequest, found: Assessment, version: SchemeVersion) -> HttpResponse:
    return _input(request, found, version, "", None)


def _input(
    request: HttpRequest,
    found: Assessment,
    version: SchemeVersion,
    key: str,
    row: drafting.Row | None,
) -> HttpResponse:
    document = version.document
    initial = _input_initial(key, document)
    own = own_bodies(found, request.today)
    form = InputForm(
        posted(request), initial={**initial, "version": version.version},
        bodies=bodies_to_choose(document, initial, own), file_types=_file_types(initial),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told, refusals = _told_input(form.cleaned_data)
        if refusals:
            form.refuse(Refused(refusals))
        else:

            def change(base: Document) -> Told:
                titles = {one.code: one.name for one in own}
                changed = (
                    drafting.with_member(base, "inputs", key, told)
                    if key
                    else drafting.added(base, "inputs", told)
                )
                return drafting.with_bodies(changed, titles)

            answer = saved(request, found, form, change, lambda base: _input_initial(key, base))
            if answer is not None:
                return answer
    faults = drafting.faults_of(document)
    context = {
        "assessment": found, "version": version, "form": form, "row": row,
        "faults": faults.inputs.get(key, ()),
    }  # fmt: skip
    return render(request, "assessment/scheme/input.html", context, status=status_of(form))


def _told_input(asked: Mapping[str, Any]) -> tuple[Told, list[Refusal]]:
    refusals: list[Refusal] = []
    told: Told = {
        "code": asked["code"],
        "title": drafting.told_text(Text(asked["title_zh"], asked["title_en"])),
        "type": asked["type"],
    }
    unit, source = (
        Text(asked["unit_zh"], asked["unit_en"]),
        Text(asked["source_zh"], asked["source_en"]),
    )
    for name, text in (("unit_of_measure", unit), ("source", source)):
        if text.zh or text.en:
            told[name] = drafting.told_text(text)
    for name in ("least", "most"):
        if asked[name]:
            told[name] = number_or_text(asked[name])
    if asked["supplying_body"]:
        several = asked["supplying_body"]
        told["supplying_body"] = several[0] if len(several) == 1 else several
    if asked["judged"]:
        told["judged"] = True
    if asked["case_files"]:
        give, types = asked["case_files"], asked["case_file_types"]
        told["case_files"] = {"give": give, "types": types} if types else give
    elif asked["case_file_types"]:
        refusals.append(Refusal("no_case_figure", Text(
            "选了案卷类型，但没有选由案卷评查得出的是什么", "types of case file are ticked, but not what they give",
        ), "case_files"))  # fmt: skip
    return {**told, **read_beside(asked["beside"], _INPUT_KEYS, refusals)}, refusals


def _file_types(initial: Told) -> list[tuple[str, str]]:
    """Those of the office, and any that the draft names though the office has none such."""
    known = {code: say(one.title) for code, one in load_types().items()}
    return [*known.items(), *((one, one) for one in initial["case_file_types"] if one not in known)]
