"""What every page that changes the draft has in common: find it, save it, show what two made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from steelyard.assessment.actions import schemes as actions
from steelyard.assessment.forms.schemes import Boxes
from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.rules import drafting
from steelyard.assessment.rules.drafting import Document
from steelyard.assessment.rules.schemes.bodies import Known
from steelyard.assessment.rules.schemes.writing_rules import from_notation
from steelyard.assessment.views.schemes.finding import find_draft
from steelyard.assessment.views.schemes.page import shown, titles_of_bodies
from steelyard.assessment.views.schemes.replacing import to_the_draft
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, Refused
from steelyard.look.language import say
from steelyard.people.forms import OfficeForm
from steelyard.people.views.asking import refused_for_a_right, who_and_when
from steelyard.scheme.write import scheme_toml
from steelyard.trail.side_by_side import Pair, choice, show_both, version_of
from steelyard.trail.versions import ChangedMeanwhile

Told = dict[str, Any]
Initial = Callable[[Document], Told]


def with_draft(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """The view of something in the draft; what is a draft no longer is shown as it is, with why."""

    def asked(request: HttpRequest, code: str, **more: Any) -> HttpResponse:
        try:
            found, version = find_draft(request, code)
        except Refused as refused:
            return as_it_is(request, code, refused)
        return view(request, found, version, **more)

    return asked


def as_it_is(request: HttpRequest, code: str, refused: Refused) -> HttpResponse:
    from steelyard.assessment.views.finding import find as find_assessment
    from steelyard.assessment.views.schemes.finding import find_version

    found = find_assessment(request, code)
    said = [say(one.text) for one in refused.refusals]
    return shown(request, found, find_version(request, found, None), said, status=409)


def saved(
    request: HttpRequest, found: Assessment, form: OfficeForm, change: drafting.Change,
    initial: Initial, *, mends: str = "", readings: Sequence[Mapping[str, str]] = (),
) -> HttpResponse | None:  # fmt: skip
    """The answer if it was saved, or if somebody was faster; None if the form is to be mended."""
    try:
        version = actions.edit(
            assessment=found.pk, change=change, seen=form.cleaned_data["version"], mends=mends,
            readings=readings,
            **who_and_when(request),
        )  # fmt: skip
    except ChangedMeanwhile as error:
        return _both(request, found, form, error, initial)
    except Refused as refused:
        refused_for_a_right(refused)
        form.refuse(refused)
        return None
    return _back_to_the_draft(request, found, version)


def _back_to_the_draft(
    request: HttpRequest, found: Assessment, version: SchemeVersion
) -> HttpResponse:
    messages.success(request, _("Saved. The check shows what is still to be mended."))
    return to_the_draft(found, version)


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
            if isinstance(form.fields.get(name), Boxes)
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


def beside_fields(told: Mapping[str, Any], but: frozenset[str]) -> str:
    """What has no field of its own, a line a key."""
    rest = {name: value for name, value in told.items() if name not in but}
    try:
        return scheme_toml(rest).strip() if rest else ""
    except ValueError:
        return ""


def bodies_to_choose(
    document: Document, initial: Told, own: Sequence[Known]
) -> list[tuple[str, str]]:
    """The bodies of the scheme, then the office's other own ones, and any that the member names though
    nobody knows it."""
    titles = titles_of_bodies(document)
    titles |= {one.code: say(one.name) for one in own if one.code not in titles}
    named = [*initial.get("supplying_body", ()), *initial.get("scoring_body", ())]
    return [*titles.items(), *((code, code) for code in dict.fromkeys(named) if code not in titles)]


def read_beside(text: str, own: frozenset[str], refusals: list[Refusal]) -> Told:
    if not text.strip():
        return {}
    read, wrong = from_notation(text, "beside", "beside")
    refusals += wrong
    if wrong:
        return {}
    if not isinstance(read, dict):
        said = Text("请每行写一项，如 cap = 10", "write a setting a line, such as cap = 10")
        refusals.append(Refusal("not_toml", said, "beside"))
        return {}
    twice = sorted(own & set(read))
    if twice:
        named = drafting.names_of(twice)
        said = Text(
            f"这些内容请在上面填写：{named.zh}", f"these have fields of their own above: {named.en}"
        )
        refusals.append(Refusal("twice", said, "beside"))
    return dict(read)


def deed(request: HttpRequest, found: Assessment, change: drafting.Change) -> HttpResponse:
    seen = version_of(request.POST)
    try:
        version = actions.edit(
            assessment=found.pk, change=change, seen=seen, **who_and_when(request)
        )
    except ChangedMeanwhile as error:
        error.mine = {}
        back = redirect("assessment:scheme", found.code).url
        return show_both(request, error, told=(), back=back)
    except Refused as refused:
        refused_for_a_right(refused)
        return as_it_is(request, found.code, refused)
    return _back_to_the_draft(request, found, version)
