"""Settle a difference, open it again; narrow the list of differences."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from steelyard.assessment.rules.differences.settling import BY_HAND, LONGEST_REASON, TAKEN
from steelyard.assessment.rules.states import DIFFERENCE
from steelyard.look.language import said
from steelyard.people.forms import ListFilter, OfficeForm


class DifferenceFilterForm(ListFilter):
    input = forms.ChoiceField(label=pgettext_lazy("of the scheme", "Figure"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(
        self, *told: Any, inputs: list[tuple[str, str]], units: list[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*told, **more)
        every = [("", _("all"))]
        self.fields["input"].choices = every + inputs
        self.fields["unit"].choices = every + units
        states = [(one.value, said(text)) for one, text in DIFFERENCE.states.items()]
        self.fields["state"].choices = every + states


class SettleForm(OfficeForm):
    """For hundreds in a row: a choice by arrow keys, a reason that was given before, Enter."""

    taken = forms.ChoiceField(label=_("Which figure counts"), widget=forms.RadioSelect)
    value = forms.CharField(
        label=_("Another figure"), required=False, max_length=80,
        help_text=_("Only if it is neither of the two."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON,
        widget=forms.TextInput({"list": "reasons", "autocomplete": "off"}),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *told: Any, supplied: str, reported: str, **more: Any) -> None:
        super().__init__(*told, **more)
        figures = dict(zip(BY_HAND, (supplied, reported, ""), strict=True))
        self.fields["taken"].choices = [
            (one.value, f"{said(TAKEN[one])} {figures[one]}".strip())
            for one in BY_HAND
            if supplied or one is not BY_HAND[0]
        ]
        self.fields["taken"].widget.attrs["autofocus"] = True


class ReopenForm(OfficeForm):
    reason = forms.CharField(label=_("Why it is opened again"), max_length=LONGEST_REASON)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
