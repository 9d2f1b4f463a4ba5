"""Put another template of a paper to use."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from steelyard.assessment.rules.papers.versions import LONGEST_NOTE
from steelyard.people.forms import OfficeForm


class TemplateForm(OfficeForm):
    """The file, and the version that was in use when the page was made."""

    template = forms.FileField(label=pgettext_lazy("of a paper", "Template"))
    note = forms.CharField(
        label=_("Note"), max_length=LONGEST_NOTE, required=False,
        help_text=_("What is different, for those who look at the versions later."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
