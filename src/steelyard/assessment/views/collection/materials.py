"""The material of a unit: file it, use it for an item, use it no longer."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from steelyard.assessment.actions import collection as actions
from steelyard.assessment.forms.collection import MaterialForm, kind_choices
from steelyard.assessment.models import MaterialUse
from steelyard.assessment.queries.collection import materials_within, searched
from steelyard.assessment.rules.collection.answers import Question
from steelyard.assessment.rules.collection.materials import titles_of
from steelyard.assessment.views.collection.finding import Seen, find_item, find_within
from steelyard.files.actions import MOST_BYTES
from steelyard.kernel.bilingual import same
from steelyard.kernel.refusals import Refused
from steelyard.look.language import say
from steelyard.people.lists import page_of
from steelyard.people.views.asking import (
    done,
    posted,
    refused_for_a_right,
    status_of,
    who_and_when,
)


@require_safe
def materials(request: HttpRequest, code: str, number: int) -> HttpResponse:
    seen = find_within(request, code, number)
    found = materials_within(seen.submission, seen.sight).annotate(
        times=Count("uses"), kinds=ArrayAgg("uses__kind", filter=~Q(uses__kind=""), distinct=True)
    ).order_by("-pk")  # fmt: skip
    kind = request.GET.get("kind", "")
    listed = MaterialUse.objects.filter(material__in=found.values("pk")).exclude(kind="")
    kinds = sorted(set(listed.order_by().values_list("kind", flat=True)))
    titles = titles_of(one.item.material for one in seen.all_questions)
    if kind:
        found = found.filter(pk__in=listed.filter(kind=kind).values("material"))
    context = {
        "assessment": seen.submission.assessment, "submission": seen.submission,
        "kinds": [(one, say(titles.get(one, same(one)))) for one in kinds], "kind": kind,
        "titles": titles, "page": page_of(searched(found, request.GET.get("q", "")), request),
        "asked": request.GET.get("q", ""),
    }  # fmt: skip
    return render(request, "assessment/collection/materials.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, code: str, number: int, item: str) -> HttpResponse:
    seen, question = find_item(request, code, number, item)
    seen.refuse_unless_may_fill(item)
    form = MaterialForm(
        posted(request), request.FILES or None, asked=question.item.material
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        sent = told.pop("content")
        files = [(one.name, one.file) for one in sent]
        used = done(form, lambda: actions.file_materials(
            submission=number, item=item, files=files, **told, **who_and_when(request)))  # fmt: skip
        if used is not None:
            messages.success(request, _filed(len(used)))
            return redirect("assessment:item", code, number, item)
    return _shown(request, seen, question, form)


def _filed(count: int) -> str:
    if count == 1:
        return _("The material is filed with the item.")
    return _("%(count)s files are filed with the item.") % {"count": count}


@require_POST
def use(request: HttpRequest, code: str, number: int, item: str) -> HttpResponse:
    seen, question = find_item(request, code, number, item)
    seen.refuse_unless_may_fill(item)
    sent = request.POST.get("material", "")
    chosen = int(sent) if sent.isdecimal() and sent.isascii() and len(sent) < 19 else 0
    try:
        actions.use_material(
            submission=number, item=item, material=chosen, pages=request.POST.get("pages", "")[:60],
            kind=request.POST.get("kind", "")[:60],
            **who_and_when(request),
        )  # fmt: skip
    except Refused as refused:
        refused_for_a_right(refused)
        texts = [say(one.text) for one in refused.refusals]
        return _shown(
            request, seen, question, MaterialForm(asked=question.item.material), texts, status=409
        )
    messages.success(request, _("The material is filed with the item."))
    return redirect("assessment:item", code, number, item)


@require_POST
def off(request: HttpRequest, code: str, number: int, item: str, use: int) -> HttpResponse:
    seen, question = find_item(request, code, number, item)
    seen.refuse_unless_may_fill(item)
    answer = seen.answers.get(item)
    of_item = {one.pk for one in answer.used} if answer else set()
    if use in of_item:
        try:
            actions.stop_using(submission=number, use=use, **who_and_when(request))
        except Refused as refused:
            refused_for_a_right(refused)
            texts = [say(one.text) for one in refused.refusals]
            return _shown(
                request,
                seen,
                question,
                MaterialForm(asked=question.item.material),
                texts,
                status=409,
            )
        messages.success(request, _("Saved."))
    return redirect("assessment:item", code, number, item)


def _shown(
    request: HttpRequest, seen: Seen, question: Question, form: MaterialForm,
    refusals: list[str] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    code = question.item.code
    answer = seen.answers.get(code)
    used = {one.material_id for one in answer.used} if answer else set()
    others = materials_within(seen.submission, seen.sight).exclude(pk__in=used)
    asked = request.GET.get("q", "")
    context = {
        "assessment": seen.submission.assessment, "submission": seen.submission,
        "item": question.item, "form": form, "kinds": kind_choices(question.item.material), "refusals": refusals or [],
        "page": page_of(searched(others, asked), request, 20), "asked": asked,
        "most": MOST_BYTES >> 20, "not_just_now": [say(one.text) for one in seen.not_just_now],
    }  # fmt: skip
    status = status if status != 200 else status_of(form)
    return render(request, "assessment/collection/add_material.html", context, status=status)
