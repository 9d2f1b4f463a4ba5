"""The design system on a page: every example is the part itself, so that it cannot get out of date."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from steelyard.look import contrast
from steelyard.papers.pictures import look

SECTIONS = (
    ("type", gettext_lazy("Type")),
    ("colour", gettext_lazy("Colour")),
    ("space", gettext_lazy("Space")),
    ("tables", gettext_lazy("Tables")),
    ("facts", gettext_lazy("Facts and downloads")),
    ("forms", gettext_lazy("Forms")),
    ("status", gettext_lazy("Status")),
    ("messages", gettext_lazy("Messages and errors")),
    ("empty", gettext_lazy("Empty states")),
    ("pictures", gettext_lazy("Pictures")),
    ("ways", gettext_lazy("Finding one’s way")),
)
SIZES = ("title", "heading", "large", "text", "small")
BARS = (("A", 300, 4), ("B", 250, 36), ("C", 180, 68))
SPACES = (4, 8, 12, 16, 24, 40, 64)


class ExampleForm(forms.Form):
    """One field of each sort."""

    title = forms.CharField(label=gettext_lazy("Title"), required=True)
    day = forms.DateField(
        label=gettext_lazy("Day"),
        help_text=gettext_lazy("Year, month and day, such as 2021-03-05."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    grade = forms.ChoiceField(
        label=gettext_lazy("Kind of record"),
        choices=(("a", gettext_lazy("award")), ("b", gettext_lazy("pledge"))),
    )
    why = forms.CharField(
        label=gettext_lazy("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("I have read the administrative measures"), required=False
    )


@dataclass(frozen=True, slots=True)
class Example:
    """A file to take away that is not there."""

    title: str
    address: str
    form: str
    size: int


def design(request: HttpRequest) -> HttpResponse:
    page = Paginator(range(95), 10).get_page(request.GET.get("page", 4))
    page.pages = page.paginator.get_elided_page_range(page.number)
    return render(
        request,
        "website/design.html",
        {
            "sections": SECTIONS,
            "sizes": SIZES,
            "spaces": SPACES,
            "colours": [(one, look.light()[one], look.dark()[one]) for one in look.light()],
            "contrasts": zip(contrast.by_day(), contrast.in_the_dark(), strict=True),
            "form": ExampleForm(
                {"title": "", "day": "2021-03-05", "grade": "a", "agreed": "on"},
                auto_id="example-%s",
            ),
            "facts": [
                (_("Number"), "GI-0042"),
                (_("Registered"), "2021-03-05"),
                (_("Ended"), None),
            ],
            "downloads": [
                Example(_("The ranking"), "#facts", "CSV", 2_300),
                Example(_("The ranking"), "#facts", "XLSX", 18_400),
            ],
            "page": page,
            "picture": _picture(),
            "picture_words": ", ".join(f"{name} {width / 3.4:.0f}" for name, width, _y in BARS),
        },
    )


def _picture() -> SafeString:
    return SafeString(render_to_string("website/design_picture.html", {"bars": BARS}))
