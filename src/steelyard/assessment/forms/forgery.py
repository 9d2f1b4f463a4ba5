"""What is asked at each step with a suspicion of forged material."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from steelyard.people.forms import Day, OfficeForm, OfWhatWasSeen


class RaiseForm(OfficeForm):
    material = forms.ChoiceField(label=_("Piece of material"), required=False)
    grounds = forms.CharField(
        label=_("Grounds"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000,
        help_text=_("What is wrong with it, and how that was found. The unit will read this."),
    )  # fmt: skip

    def __init__(self, *told, materials: Iterable[tuple[int, str]], **more) -> None:
        super().__init__(*told, **more)
        chosen = [(str(number), title) for number, title in materials]
        self.fields["material"].choices = [("", _("none in particular")), *chosen]


class StateForm(OfWhatWasSeen):
    statement = forms.CharField(
        label=_("Statement of the unit"), widget=forms.Textarea(attrs={"rows": 8}), max_length=4000,
        help_text=_("It is made once. The office reads it, and whoever decides."),
    )  # fmt: skip


class HearForm(OfWhatWasSeen):
    heard_on = Day(label=_("Heard on"), required=False)
    hearing = forms.CharField(
        label=_("What the unit said"), widget=forms.Textarea(attrs={"rows": 6}), max_length=4000,
        required=False, help_text=_("Who spoke for the unit, and what was said."),
    )  # fmt: skip
    was_silent = forms.BooleanField(
        label=_("It said nothing by its day"), required=False,
        help_text=_("Only after the day that it was given; nothing else is then to be filled in."),
    )  # fmt: skip


class DecideForm(OfWhatWasSeen):
    decision = forms.CharField(
        label=_("Reasons"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000,
        help_text=_("Everybody who sees the item will read them, and they stay."),
    )  # fmt: skip
