"""A document becomes the draft: at once where there is none, after a question where one is replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from steelyard.assessment.actions import schemes as actions
from steelyard.assessment.forms.schemes import ReplaceForm
from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.schemes import known_bodies
from steelyard.assessment.rules.drafting import Document, tree
from steelyard.assessment.rules.schemes.bodies import match
from steelyard.assessment.rules.schemes.replacing import holds_something, replaced
from steelyard.assessment.rules.states import SCHEME, SchemeMove, SchemeState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, Refused
from steelyard.people.forms import OfficeForm
from steelyard.people.views.asking import refused_for_a_right, who_and_when
from steelyard.scheme.read import as_plain
from steelyard.trail.side_by_side import show_both
from steelyard.trail.versions import ChangedMeanwhile

_SALT = "a scheme that was read and is to replace a draft"
_HOURS_TO_ANSWER = 12


@dataclass(frozen=True, slots=True)
class Read:
    """A document that is to be the draft, and what is kept beside it (see :mod:`…rules.imported`)."""

    document: Document
    source_name: str = ""
    unread: list[dict[str, str]] = field(default_factory=list)
    readings: list[dict[str, str]] = field(default_factory=list)


def put_or_ask(
    request: HttpRequest, found: Assessment, version: SchemeVersion | None, form: OfficeForm, read: Read
) -> HttpResponse | None:  # fmt: skip
    """The answer; None if the form was refused."""
    if version is not None and _would_be_missed(version, read):
        return _asked(request, found, version, read)
    return put(request, found, version, form, read)


def _would_be_missed(version: SchemeVersion, read: Read) -> bool:
    is_a_draft = not SCHEME.against(SchemeState(version.state), SchemeMove.EDIT)
    differs = as_plain(read.document) != version.document
    return is_a_draft and differs and holds_something(version.document)


def _asked(
    request: HttpRequest, found: Assessment, version: SchemeVersion, read: Read
) -> HttpResponse:
    """The page that asks: what the draft holds, and what would take its place. Nothing is written yet."""
    plain: Any = as_plain(read.document)
    sent = {
        "document": plain, "source_name": read.source_name, "unread": read.unread,
        "readings": read.readings,
    }  # fmt: skip
    form = ReplaceForm(
        initial={
            "version": version.version,
            "read": signing.dumps(sent, salt=_SALT, compress=True),
        }
    )
    context = {
        "assessment": found, "version": version, "form": form, "read": read,
        "differs": replaced(version.document, plain),
        "items_before": len(tree(version.document)), "items_after": len(tree(plain)),
    }  # fmt: skip
    return render(request, "assessment/scheme/replace.html", context)


def confirmed(form: ReplaceForm) -> Read | None:
    """What the page that asked had read; None, the form refused, if it is not what that page sent."""
    try:
        told: Mapping[str, Any] = signing.loads(
            form.cleaned_data["read"], salt=_SALT, max_age=_HOURS_TO_ANSWER * 3600
        )
    except signing.BadSignature:
        said = Text(
            "读入的内容已过期，请重新选择文件", "what was read has expired: choose the file again"
        )
        form.refuse(Refused([Refusal("expired", said)]))
        return None
    return Read(**told)


def put(
    request: HttpRequest, found: Assessment, version: SchemeVersion | None, form: OfficeForm, read: Read
) -> HttpResponse | None:  # fmt: skip
    """Make it the draft. The answer; None if the form was refused."""
    try:
        now = actions.draft(
            assessment=found.pk, document=read.document, source_name=read.source_name,
            unread=read.unread, readings=read.readings,
            seen=form.cleaned_data["version"] if version is not None else None,
            **who_and_when(request),
        )  # fmt: skip
    except ChangedMeanwhile as error:
        error.mine = {}
        back = redirect("assessment:scheme", found.code).url
        return show_both(request, error, told=(), back=back)
    except Refused as refused:
        refused_for_a_right(refused)
        form.refuse(refused)
        return None
    messages.success(request, _("The draft is there. The check shows what is still to be mended."))
    strangers = match(now.document, known_bodies(found, request.today)).unmatched
    _say_what_is_listed(request, len(read.unread), len(strangers))
    return to_the_draft(found, now)


def _say_what_is_listed(request: HttpRequest, cells: int, unmatched: int) -> None:
    if cells:
        messages.warning(request, ngettext(
            "Read. %(count)s cell was not understood: it is listed.",
            "Read. %(count)s cells were not understood: they are listed.", cells,
        ) % {"count": cells})  # fmt: skip
    if unmatched:
        messages.warning(request, ngettext(
            "%(count)s body of the scheme is no organisation yet: it is listed.",
            "%(count)s bodies of the scheme are no organisations yet: they are listed.", unmatched,
        ) % {"count": unmatched})  # fmt: skip


def to_the_draft(found: Assessment, version: SchemeVersion) -> HttpResponse:
    """The page of the draft, where its check stands: that of an amendment has an address of its own."""
    if version.based_on_id is None:
        return redirect("assessment:scheme", found.code)
    return redirect("assessment:scheme_version", found.code, version.number)
