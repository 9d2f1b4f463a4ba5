"""Change the draft, one thing a page: an item, an input, the bodies, the units, any other part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from steelyard.assessment.actions import schemes as actions
from steelyard.assessment.forms.schemes import (
    BodiesForm,
    InputForm,
    ItemForm,
    SectionForm,
    UnitsForm,
)
from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.schemes import possible_bodies, possible_units
from steelyard.assessment.rules import drafting, imported
from steelyard.assessment.rules.drafting import Document, as_text, find, listed, tree
from steelyard.assessment.rules.writing_rules import (
    bodies_of,
    from_notation,
    from_words,
    in_notation,
    in_words,
    number_or_text,
    rule_words,
)
from steelyard.assessment.views.schemes.finding import find_draft
from steelyard.assessment.views.schemes.page import shown, titles_of_bodies
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, Refused
from steelyard.look.language import lang, say
from steelyard.people.forms import OfficeForm
from steelyard.people.views.asking import posted, refused_for_a_right, status_of, who_and_when
from steelyard.scheme.write import scheme_toml
from steelyard.trail.side_by_side import Pair, choice, show_both, version_of
from steelyard.trail.versions import ChangedMeanwhile

Told = dict[str, Any]
Initial = Callable[[Document], Told]


def _with_draft(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """The view of something in the draft; what is a draft no longer is shown as it is, with why."""

    def asked(request: HttpRequest, code: str, **more: Any) -> HttpResponse:
        try:
            found, version = find_draft(request, code)
        except Refused as refused:
            return _as_it_is(request, code, refused)
        return view(request, found, version, **more)

    return asked


def _as_it_is(request: HttpRequest, code: str, refused: Refused) -> HttpResponse:
    from steelyard.assessment.views.finding import find as find_assessment
    from steelyard.assessment.views.schemes.finding import find_version

    found = find_assessment(request, code)
    said = [say(one.text) for one in refused.refusals]
    return shown(request, found, find_version(request, found, None), said, status=409)


def _saved(
    request: HttpRequest, found: Assessment, form: OfficeForm, change: drafting.Change,
    initial: Initial, *, mends: str = "",
) -> HttpResponse | None:  # fmt: skip
    """The answer if it was saved, or if somebody was faster; None if the form is to be mended."""
    try:
        actions.edit(
            assessment=found.pk, change=change, seen=form.cleaned_data["version"], mends=mends,
            **who_and_when(request),
        )  # fmt: skip
    except ChangedMeanwhile as error:
        return _both(request, found, form, error, initial)
    except Refused as refused:
        refused_for_a_right(refused)
        form.refuse(refused)
        return None
    messages.success(request, _("Saved. The check shows what is still to be mended."))
    return redirect("assessment:scheme", found.code)


def _both(
    request: HttpRequest,
    found: Assessment,
    form: OfficeForm,
    error: ChangedMeanwhile,
    initial: Initial,
) -> HttpResponse:
    """Field by field what they and I made of the same thing."""
    before, theirs = (
        _as_sent(initial(row.get("document") or {})) for row in (error.before, error.theirs)
    )
    mine = _as_sent(
        {
            name: request.POST.getlist(name)
            if name.endswith("_body")
            else request.POST.get(name, "")
            for name in initial({})
        }
    )
    pairs = [
        Pair(
            name, str(form.fields[name].label), before[name], theirs[name], mine[name],
            theirs[name], mine[name],
            choice(before[name], theirs[name], mine[name]) if error.before else "",
        )
        for name in mine
        if name in form.fields and theirs.get(name, "") != mine[name]
    ]  # fmt: skip
    back = redirect("assessment:scheme", found.code).url
    return show_both(request, error, pairs=pairs, told=(), back=back)


def _as_sent(told: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: "\n".join(value)
        if isinstance(value, list)
        else str(value if value is not None else "")
        for name, value in told.items()
    }


# --- an item ------------------------------------------------------------------------------------


def _item_initial(key: str, document: Document) -> Told:
    row = find(tree(document), key)
    told = row.told if row is not None else {}
    title, material = as_text(told.get("title")), as_text(told.get("material"))
    return {
        "code": told.get("code", ""), "title_zh": title.zh, "title_en": title.en,
        "parent": told.get("parent", ""), "kind": _kind(told), "points": told.get("points", ""),
        "words": rule_words(told, document, lang()), "rule": in_notation(told.get("rule")),
        "supplying_body": bodies_of(told.get("supplying_body")),
        "scoring_body": bodies_of(told.get("scoring_body")),
        "material_zh": material.zh, "material_en": material.en, "beside": _beside(told, _ITEM_KEYS),
    }  # fmt: skip


def _kind(told: Mapping[str, Any]) -> str:
    kind = str(told.get("kind", "") or "")
    return "" if kind == "item" else kind


_ITEM_KEYS = frozenset(
    {
        "code",
        "title",
        "parent",
        "kind",
        "points",
        "rule",
        "supplying_body",
        "scoring_body",
        "material",
    }
)
_INPUT_KEYS = frozenset(
    {"code", "title", "type", "unit_of_measure", "least", "most", "supplying_body", "source"}
)


def _beside(told: Mapping[str, Any], but: frozenset[str]) -> str:
    """What has no field of its own, a line a key."""
    rest = {name: value for name, value in told.items() if name not in but}
    try:
        return scheme_toml(rest).strip() if rest else ""
    except ValueError:
        return ""


@require_http_methods(["GET", "HEAD", "POST"])
@_with_draft
def item(request: HttpRequest, found: Assessment, version: SchemeVersion, key: str) -> HttpResponse:
    row = find(tree(version.document), key)
    if row is None:
        raise Http404
    return _item(request, found, version, key, row)


@require_http_methods(["GET", "HEAD", "POST"])
@_with_draft
def new_item(request: HttpRequest, found: Assessment, version: SchemeVersion) -> HttpResponse:
    return _item(request, found, version, "", None)


def _item(
    request: HttpRequest,
    found: Assessment,
    version: SchemeVersion,
    key: str,
    row: drafting.Row | None,
) -> HttpResponse:
    document = version.document
    initial = _item_initial(key, document) if row else {"parent": request.GET.get("below", "")}
    form = ItemForm(
        posted(request), initial={**initial, "version": version.version},
        parents=_parents(document, key, initial.get("parent", "")),
        bodies=_bodies(document, initial),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told, inputs, refusals = _told_item(form.cleaned_data, document, row)
        if refusals:
            form.refuse(Refused(refusals))
        else:
            answer = _saved(
                request, found, form, lambda base: _with_item(base, key, told, inputs),
                lambda base: _item_initial(key, base), mends=row.code if row else "",
            )  # fmt: skip
            if answer is not None:
                return answer
    faults = drafting.faults_of(document)
    context = {
        "assessment": found, "version": version, "form": form, "row": row,
        "faults": faults.items.get(key, ()),
        "cells": [one for one in imported.cells(version.unread) if row and one.item == row.code],
        "words": in_words(row.told, document, lang(), is_group=row.is_group) if row else "",
    }  # fmt: skip
    return render(request, "assessment/scheme/item.html", context, status=status_of(form))


def _parents(document: Document, key: str, now: object) -> list[tuple[str, str]]:
    """What an item may stand below: not itself, nor what hangs from it."""
    own = {row.key for row in drafting.below(document, key)} if key else set()
    rows = [
        (row.code, f"{'　' * row.depth}{row.code} {say(row.title)}")
        for row in tree(document)
        if row.code and row.key not in own
    ]
    known = {code for code, _title in rows}
    return [*rows, *([(str(now), str(now))] if now and now not in known else [])]


def _bodies(document: Document, initial: Told) -> list[tuple[str, str]]:
    """The bodies of the scheme, and any that the member names though the scheme does not know it."""
    titles = titles_of_bodies(document)
    named = [*initial.get("supplying_body", ()), *initial.get("scoring_body", ())]
    return [*titles.items(), *((code, code) for code in dict.fromkeys(named) if code not in titles)]


def _told_item(
    asked: Mapping[str, Any], document: Document, row: drafting.Row | None
) -> tuple[Told, list[Told], list[Refusal]]:
    """The item as the form tells it; the inputs that its rule needs besides; what is wrong."""
    was = row.told if row is not None else {}
    told: Told = {"code": asked["code"]}
    refusals: list[Refusal] = []
    inputs: list[Told] = []
    if asked["parent"]:
        told["parent"] = asked["parent"]
    told["title"] = drafting.told_text(Text(asked["title_zh"], asked["title_en"]))
    if asked["kind"]:
        told["kind"] = asked["kind"]
    if asked["points"]:
        told["points"] = number_or_text(asked["points"])
    beside = _read_beside(asked["beside"], _ITEM_KEYS, refusals)
    words, notation = asked["words"].strip(), asked["rule"].strip()
    had = rule_words(was, document, lang()).strip(), in_notation(was.get("rule")).strip()
    if notation and notation != had[1]:
        told["rule"], wrong = from_notation(notation, "rule")
        refusals += wrong
    elif words and words != had[0]:
        read = from_words(
            words, document, points=told.get("points"), title=asked["title_zh"], kind=asked["kind"]
        )
        refusals += read.refusals
        for name in ("zero_if", "full_if", "not_applicable_if", "cap", "floor", "on"):
            if name in was and name not in read.keys:
                beside.pop(name, None)
        beside |= {name: value for name, value in read.keys.items() if name != "rule"}
        if "rule" in read.keys:
            told["rule"] = read.keys["rule"]
        inputs = [dict(one) for one in read.inputs]
    elif "rule" in was and (words or notation):
        told["rule"] = was["rule"]
    for name in ("supplying_body", "scoring_body"):
        if asked[name]:
            told[name] = asked[name][0] if len(asked[name]) == 1 else asked[name]
    if len(told.get("supplying_body", "")) and inputs:
        inputs = [{**one, "supplying_body": told["supplying_body"]} for one in inputs]
    material = Text(asked["material_zh"].strip(), asked["material_en"].strip())
    if material.zh or material.en:
        told["material"] = drafting.told_text(material)
    return {**told, **beside}, inputs, refusals


def _read_beside(text: str, own: frozenset[str], refusals: list[Refusal]) -> Told:
    if not text.strip():
        return {}
    read, wrong = from_notation(text, "beside", "beside")
    refusals += wrong
    if wrong:
        return {}
    if not isinstance(read, dict):
        said = Text("请每行写一个键，如 cap = 10", "write a key a line, such as cap = 10")
        refusals.append(Refusal("not_toml", said, "beside"))
        return {}
    twice = sorted(own & set(read))
    if twice:
        named = ", ".join(twice)
        said = Text(
            f"这些项目在上面填写：{named}", f"these have fields of their own above: {named}"
        )
        refusals.append(Refusal("twice", said, "beside"))
    return dict(read)


def _with_item(base: Document, key: str, told: Told, inputs: list[Told]) -> Told:
    changed = dict(base)
    for one in inputs:
        if not any(row.code == one["code"] for row in listed(changed, "inputs")):
            changed = drafting.added(changed, "inputs", one)
    if not key:
        return drafting.added(changed, "items", told)
    row = find(tree(changed), key)
    if row is None:
        return changed
    if str(row.told.get("parent", "") or "") == str(told.get("parent", "") or ""):
        return drafting.with_member(changed, "items", key, told)
    as_it_stood = {name: value for name, value in told.items() if name != "parent"}
    if row.told.get("parent"):
        as_it_stood["parent"] = row.told["parent"]
    changed = drafting.with_member(changed, "items", key, as_it_stood)
    now = next(one for one in listed(changed, "items") if one.at == row.at)
    return drafting.hung_from(changed, now.key, str(told.get("parent", "") or ""))


@require_POST
@_with_draft
def move_item(
    request: HttpRequest, found: Assessment, version: SchemeVersion, key: str, way: str
) -> HttpResponse:
    if way not in ("up", "down") or find(tree(version.document), key) is None:
        raise Http404
    return _deed(request, found, lambda base: drafting.moved(base, key, up=way == "up"))


@require_http_methods(["GET", "HEAD", "POST"])
@_with_draft
def delete_item(
    request: HttpRequest, found: Assessment, version: SchemeVersion, key: str
) -> HttpResponse:
    gone = drafting.below(version.document, key)
    if not gone:
        raise Http404
    if request.method == "POST":
        return _deed(request, found, lambda base: drafting.without(base, "items", key))
    context = {"assessment": found, "version": version, "gone": gone, "row": gone[0]}
    return render(request, "assessment/scheme/delete.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@_with_draft
def delete_input(
    request: HttpRequest, found: Assessment, version: SchemeVersion, key: str
) -> HttpResponse:
    row = find(listed(version.document, "inputs"), key)
    if row is None:
        raise Http404
    if request.method == "POST":
        return _deed(request, found, lambda base: drafting.without(base, "inputs", key))
    context = {"assessment": found, "version": version, "gone": [row], "row": row}
    return render(request, "assessment/scheme/delete.html", context)


def _deed(request: HttpRequest, found: Assessment, change: drafting.Change) -> HttpResponse:
    seen = version_of(request.POST)
    try:
        actions.edit(assessment=found.pk, change=change, seen=seen, **who_and_when(request))
    except ChangedMeanwhile as error:
        back = redirect("assessment:scheme", found.code).url
        return show_both(request, error, pairs=None, told=(), back=back)
    except Refused as refused:
        refused_for_a_right(refused)
        return _as_it_is(request, found.code, refused)
    messages.success(request, _("Saved. The check shows what is still to be mended."))
    return redirect("assessment:scheme", found.code)


@require_POST
@_with_draft
def tick_off(
    request: HttpRequest, found: Assessment, version: SchemeVersion, at: int
) -> HttpResponse:
    if at >= len(version.unread):
        raise Http404
    try:
        actions.tick_off(
            assessment=found.pk, cells=[at], seen=version_of(request.POST), **who_and_when(request)
        )
    except ChangedMeanwhile as error:
        back = redirect("assessment:scheme", found.code).url
        return show_both(request, error, told=(), back=back)
    except Refused as refused:
        refused_for_a_right(refused)
        return _as_it_is(request, found.code, refused)
    return redirect("assessment:scheme", found.code)


# --- an input -----------------------------------------------------------------------------------


def _input_initial(key: str, document: Document) -> Told:
    row = find(listed(document, "inputs"), key)
    told = row.told if row is not None else {}
    title, unit, source = (
        as_text(told.get(name)) for name in ("title", "unit_of_measure", "source")
    )
    return {
        "code": told.get("code", ""), "title_zh": title.zh, "title_en": title.en,
        "type": told.get("type", "number"), "unit_zh": unit.zh, "unit_en": unit.en,
        "least": told.get("least", ""), "most": told.get("most", ""),
        "supplying_body": bodies_of(told.get("supplying_body")), "source_zh": source.zh,
        "source_en": source.en, "beside": _beside(told, _INPUT_KEYS),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@_with_draft
def one_input(
    request: HttpRequest, found: Assessment, version: SchemeVersion, key: str
) -> HttpResponse:
    row = find(listed(version.document, "inputs"), key)
    if row is None:
        raise Http404
    return _input(request, found, version, key, row)


@require_http_methods(["GET", "HEAD", "POST"])
@_with_draft
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
    form = InputForm(
        posted(request), initial={**initial, "version": version.version},
        bodies=_bodies(document, initial),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told, refusals = _told_input(form.cleaned_data)
        if refusals:
            form.refuse(Refused(refusals))
        else:

            def change(base: Document) -> Told:
                if not key:
                    return drafting.added(base, "inputs", told)
                return drafting.with_member(base, "inputs", key, told)

            answer = _saved(request, found, form, change, lambda base: _input_initial(key, base))
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
    return {**told, **_read_beside(asked["beside"], _INPUT_KEYS, refusals)}, refusals


# --- bodies, units, any other part ------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@_with_draft
def bodies(request: HttpRequest, found: Assessment, version: SchemeVersion) -> HttpResponse:
    """Which organisation is each body that the scheme names?"""
    form = BodiesForm(
        posted(request), initial={"version": version.version},
        bodies=titles_of_bodies(version.document),
        organisations=possible_bodies(found, request.today),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen()

        def change(base: Document) -> Told:
            for code, organisation in chosen.items():
                base = drafting.renamed_body(base, code, organisation.code, organisation.name)
            return dict(base)

        answer = _saved(request, found, form, change, lambda _base: {})
        if answer is not None:
            return answer
    context = {"assessment": found, "version": version, "form": form}
    return render(request, "assessment/scheme/bodies.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@_with_draft
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

        answer = _saved(request, found, form, change, lambda _base: {})
        if answer is not None:
            return answer
    context = {"assessment": found, "version": version, "form": form}
    return render(request, "assessment/scheme/units.html", context, status=status_of(form))


HEAD = ("title", "legal_basis", "issuer", "note", "total", "on", "ranking", "grades", "vetoes",
        "groups", "figures", "quantities", "bodies", "units", "method", "uncertainty")  # fmt: skip
"""Parts that are edited in notation; items and inputs have pages of their own."""


@require_http_methods(["GET", "HEAD", "POST"])
@_with_draft
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

            answer = _saved(request, found, form, change, initial)
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
    others = sorted(set(read) - set(HEAD)) if isinstance(read, dict) else ["?"]
    if others:
        named = ", ".join(others)
        said = Text(f"这些内容不在这里编辑：{named}", f"these are not edited here: {named}")
        return {}, (Refusal("not_here", said, "text"),)
    return read, ()
