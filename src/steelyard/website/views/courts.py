"""At the courts' counter, without an account: which court, how many days, which fee, which papers."""

from __future__ import annotations

from functools import cache

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from steelyard.courts.court_rules import CourtRules
from steelyard.look.language import lang
from steelyard.website.areas import AREAS
from steelyard.website.counter import LONGEST, asked

COUNTERS = {"which": "which", "days": "days", "fees": "fee", "materials": "filing"}
"""Address → job of the counter."""

REGION = "guangdong"


@cache
def rules() -> CourtRules:
    return CourtRules.of(REGION)


def counter(request: HttpRequest, counter: str) -> HttpResponse:
    """The form and its answer; with ``as=json`` the answer as a program reads it."""
    if counter not in COUNTERS:
        raise Http404
    written = {
        code: "；".join(said)[:LONGEST] for code, said in request.GET.lists() if code != "as"
    }
    found = asked(COUNTERS[counter], rules(), written, today=request.today, lang=lang())
    if request.GET.get("as") == "json":
        return _data(found)
    shown = {
        "area": AREAS["courts"],
        "counter": counter,
        "counters": list(COUNTERS),
        "found": found,
        "here_as_json": _as_json(request),
    }
    return render(request, "website/counter.html", shown, status=_status(found))


def _status(found: object) -> int:
    return 422 if any(one.fault for one in found.fields) or found.faults else 200


def _as_json(request: HttpRequest) -> str:
    query = request.GET.copy()
    query["as"] = "json"
    return f"?{query.urlencode()}"


def _data(found: object) -> JsonResponse:
    if found.data is not None:
        return JsonResponse(found.data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    faults = [
        {
            "question": one.fault.where.key,
            "zh": _said(one.fault, "zh"),
            "en": _said(one.fault, "en"),
        }
        for one in found.fields
        if one.fault
    ]
    faults += [
        {"question": "", "zh": _said(one, "zh"), "en": _said(one, "en")} for one in found.faults
    ]
    return JsonResponse({"faults": faults}, status=422, json_dumps_params={"ensure_ascii": False})


def _said(fault: object, language: str) -> str:
    between = "；" if language == "zh" else "; "
    return f"{fault.what.say(language)}{between}{fault.mend.say(language)}"
