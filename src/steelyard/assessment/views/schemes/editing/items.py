"""An item of the draft: write it, move it, take it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from steelyard.assessment.forms.schemes import ItemForm
from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.schemes import own_bodies
from steelyard.assessment.queries.schemes.comments import not_carried_out
from steelyard.assessment.rules import drafting
from steelyard.assessment.rules.drafting import Document, as_text, find, listed, tree
from steelyard.assessment.rules.schemes import imported
from steelyard.assessment.rules.schemes.writing_rules import (
    Written,
    bodies_of,
    from_notation,
    from_words,
    in_notation,
    in_words,
    number_or_text,
    rule_words,
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
from steelyard.look.language import lang, say
from steelyard.people.views.asking import posted, status_of


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
        "material_zh": material.zh, "material_en": material.en, "beside": beside_fields(told, _ITEM_KEYS),
    }  # fmt: skip


def _kind(told: Mapping[str, Any]) -> str:
    kind = str(told.get("kind", "") or "")
    return "" if kind == "item" else kind


_ITEM_KEYS = frozenset({
    "code", "title", "parent", "kind", "points", "rule", "supplying_body", "scoring_body", "material",
})  # fmt: skip
"""What the form asks for in fields of its own; the rest stands beside, in the notation."""

_CONDITIONS = ("zero_if", "full_if", "not_applicable_if", "cap", "floor", "on")
"""What the words of a rule say besides the rule."""


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def item(request: HttpRequest, found: Assessment, version: SchemeVersion, key: str) -> HttpResponse:
    row = find(tree(version.document), key)
    if row is None:
        raise Http404
    return _item(request, found, version, key, row)


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
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
    own = own_bodies(found, request.today)
    form = ItemForm(
        posted(request), initial={**initial, "version": version.version},
        parents=_parents(document, key, initial.get("parent", "")),
        bodies=bodies_to_choose(document, initial, own),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        asked = _told_item(form.cleaned_data, document, row)
        if asked.refusals:
            form.refuse(Refused(asked.refusals))
        else:
            titles = {one.code: one.name for one in own}
            answer = saved(
                request, found, form,
                lambda base: drafting.with_bodies(
                    with_item(base, key, asked.told, asked.inputs), titles
                ),
                lambda base: _item_initial(key, base), mends=row.code if row else "",
                readings=imported.of_words(
                    str(asked.told["code"]), as_text(asked.told["title"]), asked.readings
                ),
            )  # fmt: skip
            if answer is not None:
                _say_what_was_read_into(request, asked.readings)
                return answer
    faults = drafting.faults_of(document)
    context = {
        "assessment": found, "version": version, "form": form, "row": row,
        "faults": faults.items.get(key, ()),
        "left": [one for one in not_carried_out(version) if row and one.item == row.code],
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """The item as the form tells it; the inputs that its rule needs besides; what was read into its
    words; what is wrong."""

    told: Told
    inputs: Sequence[Told]
    readings: Sequence[Text]
    refusals: Sequence[Refusal]


def _told_item(asked: Mapping[str, Any], document: Document, row: drafting.Row | None) -> _Asked:
    was = row.told if row is not None else {}
    refusals: list[Refusal] = []
    beside = read_beside(asked["beside"], _ITEM_KEYS, refusals)
    read, is_in_words = _rule_asked(asked, document, was)
    refusals += read.refusals
    if is_in_words:
        beside = _with_conditions(beside, was, read.keys)
    rule = {"rule": read.keys["rule"]} if "rule" in read.keys else {}
    told: Told = {**_what_it_is(asked), **rule, **_whose_it_is(asked), **beside}
    inputs = [_from_where(one, told) for one in read.inputs]
    return _Asked(told, inputs, read.readings, refusals)


def _what_it_is(asked: Mapping[str, Any]) -> Told:
    told = {
        "code": asked["code"],
        "parent": asked["parent"],
        "title": drafting.told_text(Text(asked["title_zh"], asked["title_en"])),
        "kind": asked["kind"],
        "points": number_or_text(asked["points"]) if asked["points"] else None,
    }
    return {name: value for name, value in told.items() if value not in (None, "")}


def _whose_it_is(asked: Mapping[str, Any]) -> Told:
    """Who supplies and who scores it, and the material that is asked for."""
    told = {
        name: asked[name][0] if len(asked[name]) == 1 else asked[name]
        for name in ("supplying_body", "scoring_body")
        if asked[name]
    }
    material = Text(asked["material_zh"].strip(), asked["material_en"].strip())
    if material.zh or material.en:
        told["material"] = drafting.told_text(material)
    return told


def _rule_asked(asked: Mapping[str, Any], document: Document, was: Told) -> tuple[Written, bool]:
    """The rule, as it was written anew in the notation or in words (then: true), or as it was."""
    words, notation = (_as_sent(asked[name]) for name in ("words", "rule"))
    if notation and notation != in_notation(was.get("rule")).strip():
        rule, wrong = from_notation(notation, "rule")
        return Written({"rule": rule}, refusals=wrong), False
    if words and words != rule_words(was, document, lang()).strip():
        points = number_or_text(asked["points"]) if asked["points"] else None
        read = from_words(
            words, document, points=points, title=asked["title_zh"], kind=asked["kind"],
            was=was.get("rule"),
        )  # fmt: skip
        return read, True
    is_kept = "rule" in was and (words or notation)
    return Written({"rule": was["rule"]} if is_kept else {}), False


def _with_conditions(beside: Told, was: Told, read: Told) -> Told:
    """With what the words say beside the rule; what they said before, and do no longer, falls away."""
    fallen = {name for name in _CONDITIONS if name in was and name not in read}
    kept = {name: value for name, value in beside.items() if name not in fallen}
    return kept | {name: value for name, value in read.items() if name != "rule"}


def _as_sent(text: str) -> str:
    """What was typed, its lines ended as ours are: a browser ends those of a field otherwise."""
    return "\n".join(text.splitlines()).strip()


def _from_where(needed: Mapping[str, Any], told: Told) -> Told:
    """A new figure comes from the item's supplying body, unless a person judges it."""
    if needed.get("judged") or not told.get("supplying_body"):
        return dict(needed)
    return {**needed, "supplying_body": told["supplying_body"]}


def _say_what_was_read_into(request: HttpRequest, readings: Sequence[Text]) -> None:
    for one in readings:
        messages.info(
            request, _("Read into the words, please confirm: %(reading)s") % {"reading": say(one)}
        )


def with_item(base: Document, key: str, told: Told, inputs: Sequence[Told]) -> Told:
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
@with_draft
def move_item(
    request: HttpRequest, found: Assessment, version: SchemeVersion, key: str, way: str
) -> HttpResponse:
    if way not in ("up", "down") or find(tree(version.document), key) is None:
        raise Http404
    return deed(request, found, lambda base: drafting.moved(base, key, up=way == "up"))


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def delete_item(
    request: HttpRequest, found: Assessment, version: SchemeVersion, key: str
) -> HttpResponse:
    gone = drafting.below(version.document, key)
    if not gone:
        raise Http404
    if request.method == "POST":
        return deed(request, found, lambda base: drafting.without(base, "items", key))
    context = {"assessment": found, "version": version, "gone": gone, "row": gone[0]}
    return render(request, "assessment/scheme/delete.html", context)
