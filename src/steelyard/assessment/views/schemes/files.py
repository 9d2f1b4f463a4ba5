"""The scheme as a file: the office's table or a scheme file, in and out; the beginning of a draft."""

from __future__ import annotations

import tempfile
import tomllib
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from steelyard.assessment.forms.schemes import BeginForm, ImportForm, ReplaceForm
from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.assessments import under_way
from steelyard.assessment.queries.schemes import known_bodies, units_below, with_a_scheme
from steelyard.assessment.rules import drafting
from steelyard.assessment.rules.schemes import bodies, imported
from steelyard.assessment.views.finding import find, find_for
from steelyard.assessment.views.schemes.finding import find_version
from steelyard.assessment.views.schemes.replacing import Read, confirmed, put, put_or_ask
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.kernel.refusals import Refusal, Refused
from steelyard.look.language import lang, say
from steelyard.people.forms import OfficeForm
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import posted, status_of
from steelyard.people.views.downloads import XLSX, download
from steelyard.scheme.notation import what_is_wrong
from steelyard.scheme.office import Imported, export_docx, export_xlsx, import_table
from steelyard.scheme.write import scheme_toml

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TOML = "application/toml"
LARGEST = 8 * 1024 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
def import_scheme(request: HttpRequest, code: str) -> HttpResponse:
    """Read a file into the draft. What is not understood is listed, and stays listed until mended."""
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    version = under_way(found)
    if "read" in request.POST:
        return _replace(request, found, version)
    form = ImportForm(
        posted(request), request.FILES or None, is_sample=found.sample,
        initial={"version": version.version if version else 0},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            read = _read(form.cleaned_data["file"])
        except Faulty as error:
            form.refuse(
                Refused(
                    [
                        Refusal(one.code, Text(one.say("zh"), one.say("en")), "file")
                        for one in error.faults[:50]
                    ]
                )
            )
        else:
            answer = put_or_ask(request, found, version, form, _taken(request, found, form, read))
            if answer is not None:
                return answer
    return _to_begin(request, found, version, upload=form)


def _taken(request: HttpRequest, found: Assessment, form: ImportForm, read: Imported) -> Read:
    """What was read, as it is to be a draft of this assessment, with what should be confirmed."""
    name = str(form.cleaned_data["file"].name)
    named = _fitted(request, found, read.document | form.label())
    matching = bodies.match(named, known_bodies(found, request.today))
    others = imported.of_another_year(read.document, name, found.starts, found.ends)
    is_said = bool(form.label()) or found.sample
    readings = [one for one in read.readings if not (is_said and one == imported.official(name))]
    return Read(
        bodies.matched(named, matching), name, imported.as_plain(read.unread),
        imported.readings_as_plain([*others, *readings, *bodies.readings(named, matching)]),
    )  # fmt: skip


def _replace(
    request: HttpRequest, found: Assessment, version: SchemeVersion | None
) -> HttpResponse:
    """The draft is replaced by what the page that asked had read."""
    form = ReplaceForm(request.POST)
    read = confirmed(form) if form.is_valid() else None
    answer = put(request, found, version, form, read) if read is not None else None
    return answer or _to_begin(request, found, version, refused=form)


def _to_begin(
    request: HttpRequest, found: Assessment, version: SchemeVersion | None, *,
    upload: OfficeForm | None = None, begin: OfficeForm | None = None,
    refused: OfficeForm | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of files and beginnings, with the form that was refused."""
    initial = {"version": version.version if version else 0}
    context = {
        "assessment": found, "version": version, "refused": refused,
        "form": upload or ImportForm(initial=initial, is_sample=found.sample),
        "begin": begin or BeginForm(initial=initial, others=_others(found), is_sample=found.sample),
    }  # fmt: skip
    status = status_of(refused or begin or upload or context["form"])
    return render(request, "assessment/scheme/import.html", context, status=status)


@require_http_methods(["POST"])
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin with an empty scheme, or with that of another year."""
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    version = under_way(found)
    form = BeginForm(request.POST, others=_others(found), is_sample=found.sample)
    if form.is_valid():
        document = _frame(found)
        chosen = form.cleaned_data["begin_with"]
        if chosen:
            other = next(one for one in with_a_scheme(found) if str(one.pk) == chosen)
            document = dict(other.document)
            for of_that_year in ("earlier", "title"):
                document.pop(of_that_year, None)
        read = Read(_fitted(request, found, document | form.label()))
        answer = put_or_ask(request, found, version, form, read)
        if answer is not None:
            return answer
    return _to_begin(request, found, version, begin=form)


def _others(found: Assessment) -> list[tuple[str, str]]:
    return [
        (str(one.pk), _("the scheme of %(title)s") % {"title": say(one.assessment.title)})
        for one in with_a_scheme(found)
    ]


def _fitted(
    request: HttpRequest, found: Assessment, document: drafting.Document
) -> drafting.Document:
    """The document as a draft of this assessment; with a word if it was of other units."""
    fitted = drafting.fitted(document, _frame(found), units_below(found, request.today))
    if fitted["label"] == "sample" and not found.sample:
        messages.warning(request, _(
            "It says of itself that it is a sample: what is weighed by it is marked so. If it is the official scheme, "
            "read it in again and choose that."
        ))  # fmt: skip
    before = drafting.codes_of_units(document)
    if before and not before & drafting.codes_of_units(fitted):
        messages.warning(request, _(
            "Its units are none of those that this assessment is about. In their place: %(units)s."
        ) % {"units": say(found.units_said)})  # fmt: skip
    return fitted


def _frame(found: Assessment) -> dict[str, Any]:
    return drafting.begun(
        found.code, Text(f"{found.title_zh}细则", found.title_en), found.starts.isoformat(),
        found.ends.isoformat(), sample=found.sample,
    )  # fmt: skip


def _read(file: UploadedFile) -> Imported:
    """
    Raises:
        Faulty: it is no scoring table, and no scheme file.
    """
    content = file.read(LARGEST + 1)
    name = Path(str(file.name)).name
    if name.lower().endswith(".toml"):
        return _read_toml(content, name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return imported.of_an_assessment(import_table(path), name)


def _read_toml(content: bytes, name: str) -> Imported:
    """A scheme file. Tables that it has beside it are not here: they are not looked for."""
    from steelyard.kernel.faults import Fault, Where

    if len(content) > LARGEST:
        raise Faulty(
            [
                Fault(
                    "file-too-large",
                    Text("文件太大", "the file is too large"),
                    Text("请确认这是细则文件", "is it a scheme?"),
                    Where(file=name),
                )
            ]
        )
    try:
        document = tomllib.loads(content.decode("utf-8-sig"), parse_float=str)
    except (ValueError, RecursionError) as error:
        why = what_is_wrong(error)
        raise Faulty(
            [
                Fault(
                    "not-toml",
                    Text(f"细则文件写法有误：{why.zh}", f"this is no scheme file: {why.en}"),
                    Text("请改正后重新上传", "mend it and send it again"),
                    Where(file=name),
                )
            ]
        ) from error
    beside = document.pop("tables", None)
    unread = []
    if beside:
        from steelyard.scheme.office import Unread

        why = Text(
            "旁边的附表没有一起上传，未读入",
            "the tables beside it did not come with it and were not read",
        )
        unread.append(Unread(Where(file=name, key="tables"), str(beside), why))
    return Imported(document, tuple(unread))


@require_safe
def export(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The scheme as the office's table (Excel, Word), or as a scheme file."""
    found = find(request, code)
    version = find_version(request, found, number)
    if version is None:
        raise Http404
    name = f"{found.code}-{version.number}"
    wanted = request.GET.get("as", "xlsx")
    try:
        if wanted == "toml":
            return download(scheme_toml(version.document).encode(), f"{name}.toml", TOML)
        if wanted == "docx":
            return download(export_docx(version.document, lang()), f"{name}.docx", DOCX)
        return download(export_xlsx(version.document, lang()), f"{name}.xlsx", XLSX)
    except (Faulty, ValueError, KeyError, TypeError, AttributeError):
        messages.error(
            request, _("This draft has faults that keep it from being written as a table.")
        )
        return redirect("assessment:scheme_version", found.code, version.number)
