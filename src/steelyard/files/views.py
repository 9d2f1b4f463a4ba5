"""Pages of files: mine, one, send, fetch. Nothing that was sent is ever shown as a page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from steelyard.files import actions
from steelyard.files.forms import MarkForm, SendForm
from steelyard.files.models import File
from steelyard.files.queries import files_of, load_file, own_organisations
from steelyard.files.rules.kinds import KINDS, MEDIA, Kind
from steelyard.files.rules.marks import MARKS, WHO, Mark
from steelyard.kernel.refusals import Refused
from steelyard.look.language import say
from steelyard.people.lists import page_of
from steelyard.people.views import downloads
from steelyard.people.views.asking import NotAllowed, done, posted, status_of, who_and_when
from steelyard.trail.acting import A_CLICK
from steelyard.trail.side_by_side import show_both, version_of
from steelyard.trail.versions import ChangedMeanwhile


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The files of the organisations that I act for today."""
    own = own_organisations(request.held, request.today)
    page = page_of(files_of(request.user.pk, request.held, request.today), request)
    lines = [_with_words(file) for file in page]
    return render(request, "files/mine.html", {"page": page, "files": lines, "may_send": own})


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    own = own_organisations(request.held, request.today)
    form = SendForm(posted(request), request.FILES or None, organisations=own)
    if request.method == "POST" and form.is_valid():
        sent = done(form, lambda: _send(form, request))
        if sent is not None:
            return redirect("files:one", sent.pk)
    told = {"form": form, "may_send": own}
    return render(request, "files/send.html", told, status=status_of(form))


def _send(form: SendForm, request: HttpRequest) -> File:
    told = form.cleaned_data
    return actions.send_file(
        organisation=told["organisation"].pk,
        name=told["content"].name,
        mark=Mark(told["mark"]),
        content=told["content"].file,
        again=A_CLICK,
        **who_and_when(request),
    )


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    return _page_of(request, _found(request, number))


@require_POST
def mark(request: HttpRequest, number: int) -> HttpResponse:
    file, form = _found(request, number), MarkForm(request.POST)
    if form.is_valid():
        try:
            new = Mark(form.cleaned_data["mark"])
            actions.mark_file(mark=new, **_told(request, file))
            return redirect("files:one", file.pk)
        except Refused as error:
            return _page_of(request, file, error)
        except ChangedMeanwhile as changed:
            return show_both(request, changed, back=reverse("files:one", args=[number]))
    return _page_of(request, file, form=form)


@require_POST
def delete(request: HttpRequest, number: int) -> HttpResponse:
    file = _found(request, number)
    try:
        actions.delete_file(**_told(request, file))
    except Refused as error:
        return _page_of(request, file, error)
    except ChangedMeanwhile as changed:
        return show_both(request, changed, back=reverse("files:one", args=[number]))
    return redirect("files:mine")


def _told(request: HttpRequest, file: File) -> dict[str, Any]:
    seen = version_of(request.POST)
    return {"file": file.pk, "seen_version": seen, **who_and_when(request)}


@require_safe
def download(request: HttpRequest, number: int) -> HttpResponseBase:
    return as_download(_found(request, number))


def as_download(file: File) -> HttpResponseBase:
    """
    Raises:
        Missing, Changed: its bytes are not in the store as they were sent.
    """
    content = actions.the_store().open(file.content.sha256)
    media = MEDIA[Kind(file.content.kind)].partition(";")[0]
    return downloads.download(content, file.name, media)


def _found(request: HttpRequest, number: int) -> File:
    """The file, or 404: what one may not fetch does not exist."""
    file = load_file(number, request.user.pk, request.held, request.today)
    if file is None:
        raise Http404
    return _with_words(file)


def _with_words(file: File) -> File:
    file.kind_said = say(KINDS[Kind(file.content.kind)])
    file.mark_said = say(MARKS[Mark(file.mark)])
    return file


def _page_of(
    request: HttpRequest, file: File, error: Refused | None = None, form: MarkForm | None = None
) -> HttpResponse:
    if error and error.lacks_a_right:
        raise NotAllowed(error.refusals)
    own = own_organisations(request.held, request.today)
    told = {
        "file": file,
        "who": say(WHO[Mark(file.mark)]),
        "may_keep": file.organisation_id in own,
        "attachments": file.attachments.count(),
        "form": form or MarkForm(initial={"mark": file.mark}),
        "refusals": [say(refusal.text) for refusal in error.refusals] if error else [],
    }
    status = 409 if error else 422 if form else 200
    return render(request, "files/one.html", told, status=status)
