"""Fill in, bring, correct a sheet of figures, take its correction back; narrow the list of sheets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from steelyard.assessment.rules.supplied.limits import LONGEST_REASON, STANDINGS
from steelyard.look.language import said
from steelyard.people.forms import ListFilter, OfficeForm, SheetUpload


class SheetFilterForm(ListFilter):
    show = forms.ChoiceField(label=_("State"), required=False)
    body = forms.ChoiceField(label=_("Supplying body"), required=False)

    def __init__(self, *told: Any, bodies: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*told, **more)
        every = [("", _("all"))]
        self.fields["show"].choices = every + [(k.value, said(t)) for k, t in STANDINGS.items()]
        self.fields["body"].choices = every + bodies


class BringForm(OfficeForm):
    """A file that fills the draft, and the version of the sheet that it is brought to."""

    sheet = SheetUpload.base_fields["sheet"]
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class CorrectForm(OfficeForm):
    reason = forms.CharField(
        label=_("Reason of the correction"), max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It stands with the next version, for everybody who sees the sheet."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class TakeBackForm(OfficeForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
