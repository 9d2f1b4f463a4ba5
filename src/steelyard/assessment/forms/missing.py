"""Let figures that are missing count so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from steelyard.assessment.rules.figures.missing import LONGEST_REASON
from steelyard.people.forms import OfficeForm


class MissingForm(OfficeForm):
    """``figures``: unit and input, with a stroke between."""

    figures = forms.MultipleChoiceField(label=_("Figures"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 2}),
        help_text=_("It stands with each figure, with your name and the hour, and goes into the frozen records."),
    )  # fmt: skip

    def __init__(self, *told: Any, figures: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*told, **more)
        self.fields["figures"].choices = figures

    def keys(self) -> list[tuple[str, str]]:
        found = (one.partition("/") for one in self.cleaned_data["figures"])
        return [(unit, code) for unit, _stroke, code in found]
