"""The templates of an office's papers: which are in use, one with all its versions, another put there."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from steelyard.assessment.actions.papers import use_default, use_template
from steelyard.assessment.forms.papers import TemplateForm
from steelyard.assessment.models import Assessment, PaperTemplate
from steelyard.assessment.queries.papers.filled import SAYS, filled
from steelyard.assessment.queries.papers.letterheads import letterheads_of, named
from steelyard.assessment.queries.papers.saying import Paper
from steelyard.assessment.queries.papers.seen import SEEN
from steelyard.assessment.queries.papers.templates import (
    content_of,
    default_of,
    in_use,
    lists_left_out,
    newest,
    versions_of,
)
from steelyard.assessment.rules.papers.kinds import PAPERS, Design, design_of, designs
from steelyard.assessment.rules.papers.samples import sample_values
from steelyard.assessment.rules.papers.writing import HOW, written
from steelyard.assessment.views.finding import find_for
from steelyard.assessment.views.papers.taken import MEDIA, asker, file_name
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty
from steelyard.kernel.refusals import Refused
from steelyard.look.language import lang, say
from steelyard.people.lists import page_of
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import (
    done,
    posted,
    refused_for_a_right,
    status_of,
    who_and_when,
)
from steelyard.people.views.downloads import download
from steelyard.trail.side_by_side import version_of

MOST_READ = (5 << 20) + 1
"""Bytes of a file that are read; larger ones are refused whatever else they hold."""


@dataclass(frozen=True, slots=True)
class Line:
    design: Design
    paper: Text
    title: Text
    used: PaperTemplate | None


@require_safe
def templates(request: HttpRequest, code: str) -> HttpResponse:
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    used = in_use(found.office_id)
    lines = [
        Line(one, PAPERS[one.kind].title, one.short, used.get((one.kind, one.lang, one.format)))
        for one in designs()
    ]
    context = {
        "assessment": found,
        "lines": lines,
        "named": named(found.office),
        "letterhead": letterheads_of(found.office_id).first(),
    }
    return render(request, "assessment/papers/templates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def template(request: HttpRequest, code: str, kind: str, lang: str, form: str) -> HttpResponse:
    found, design = _find(request, code, kind, lang, form)
    asked = TemplateForm(
        posted(request), request.FILES or None, initial={"seen": _number(found, design)}
    )
    faults: tuple[Fault, ...] = ()
    if request.method == "POST" and asked.is_valid():
        try:
            saved = _sent(request, found, design, asked)
        except Faulty as faulty:
            faults = faulty.faults
        else:
            if saved is not None:
                messages.success(
                    request,
                    _("Version %(number)d is in use from now on.") % {"number": saved.number},
                )
                _warn_of_lists_left_out(request, design, content_of(saved, found.office, design))
                return redirect("assessment:paper_template", code, kind, lang, form)
    status = 422 if faults else status_of(asked)
    return _shown(request, found, design, asked, faults, status=status)


def _sent(
    request: HttpRequest, found: Assessment, design: Design, asked: TemplateForm
) -> PaperTemplate | None:
    told = asked.cleaned_data
    content = told["template"].read(MOST_READ)
    return done(asked, lambda: use_template(
        office=found.office_id, design=design, name=told["template"].name, content=content,
        note=told["note"], seen=told["seen"], **who_and_when(request)))  # fmt: skip


def _warn_of_lists_left_out(request: HttpRequest, design: Design, content: bytes) -> None:
    left_out = lists_left_out(design, content)
    if left_out:
        named = (", " if lang() == "en" else "、").join(
            f"{{{{ {one.name} }}}} ({say(one.meaning)})" for one in left_out
        )
        messages.warning(
            request,
            _("It has no row for %(lists)s: the paper says nothing of them.") % {"lists": named},
        )


def _shown(
    request: HttpRequest, found: Assessment, design: Design, asked: TemplateForm,
    faults: tuple[Fault, ...] = (), refusals: tuple[str, ...] = (), status: int = 200,
) -> HttpResponse:  # fmt: skip
    used = newest(found.office_id, design)
    asked.data = asked.data.copy() if asked.is_bound else asked.data
    if asked.is_bound:
        asked.data["seen"] = used.number if used else 0
    context = {
        "assessment": found,
        "design": design,
        "title": design.title,
        "about": PAPERS[design.kind].about,
        "used": used,
        "is_default": used is None or used.is_default,
        "page": page_of(versions_of(found.office_id, design), request),
        "how": say(HOW[design.format]),
        "fields": list(written(design.kind, design.format)),
        "form": asked,
        "faults": [(one.where.say(lang()), say(one.what), say(one.mend)) for one in faults],
        "refusals": refusals,
    }
    return render(request, "assessment/papers/template.html", context, status=status)


@require_POST
def default(request: HttpRequest, code: str, kind: str, lang: str, form: str) -> HttpResponse:
    found, design = _find(request, code, kind, lang, form)
    try:
        use_default(
            office=found.office_id, design=design, seen=version_of(request.POST, "seen") or 0,
            **who_and_when(request),
        )  # fmt: skip
    except Refused as refused:
        refused_for_a_right(refused)
        said = tuple(say(one.text) for one in refused.refusals)
        asked = TemplateForm(initial={"seen": _number(found, design)})
        return _shown(request, found, design, asked, refusals=said, status=409)
    messages.success(request, _("The template that comes with Steelyard is in use again."))
    return redirect("assessment:paper_template", code, kind, lang, form)


@require_safe
def preview(request: HttpRequest, code: str, kind: str, lang: str, form: str) -> HttpResponseBase:
    """The template in use, filled with the first paper there is of this kind, else with a sample."""
    found, design = _find(request, code, kind, lang, form)
    offered = next(iter(SEEN[design.kind](asker(request), found)), None)
    content = content_of(newest(found.office_id, design), found.office, design)
    values = (
        SAYS[design.kind](Paper(asker(request), found, offered.of, design.lang))
        if offered
        else sample_values(design)
    )
    return download(
        filled(content, design, values),
        _named(design, Text("预览", "preview")),
        MEDIA[design.format.ending],
    )


@require_safe
def take_version(
    request: HttpRequest, code: str, kind: str, lang: str, form: str, number: int
) -> HttpResponseBase:
    """A version as it was put there; 0 is the one that comes with Steelyard."""
    found, design = _find(request, code, kind, lang, form)
    if number == 0:
        content = default_of(found.office, design)
    else:
        version = versions_of(found.office_id, design).filter(number=number).first()
        if version is None:
            raise Http404
        content = content_of(version, found.office, design)
    return download(
        content,
        _named(design, Text(f"模板{number}", f"template {number}")),
        MEDIA[design.format.ending],
    )


def _named(design: Design, what: Text) -> str:
    name, _dot, ending = file_name(design).rpartition(".")
    return f"{name} {what.say(design.lang)}.{ending}"


def _find(
    request: HttpRequest, code: str, kind: str, lang: str, form: str
) -> tuple[Assessment, Design]:
    """
    Raises:
        Http404: there is no such paper, or no such assessment for this person.
        NotAllowed: the templates are for who runs the assessment.
    """
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    design = design_of(kind, lang, form)
    if design is None:
        raise Http404
    return found, design


def _number(found: Assessment, design: Design) -> int:
    used = newest(found.office_id, design)
    return used.number if used else 0
