"""What is asked at each step with a suspicion of forged material."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from steelyard.assessment.rules.forgery import ABOUT, About
from steelyard.look.language import said
from steelyard.people.forms import Day, OfficeForm, OfWhatWasSeen, asked

PIECE = "piece-"


class RaiseForm(OfficeForm):
    about = forms.ChoiceField(
        label=_("What is doubted"),
        help_text=_("What the unit signed of this item: a piece of its material, or what it said."),
    )  # fmt: skip
    grounds = forms.CharField(
        label=_("Grounds"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000,
        help_text=_("What is wrong with it, and how that was found. The unit will read this."),
    )  # fmt: skip

    called: Mapping[str, str] = {"material": "about"}

    def __init__(
        self, *told, signed: Collection[About], materials: Iterable[tuple[int, str]], **more
    ) -> None:
        super().__init__(*told, **more)
        pieces = [(f"{PIECE}{number}", title) for number, title in materials]
        kinds = [(one.value, _title_of(one)) for one in About if one in signed]
        self.fields["about"].choices = [("", "–"), *pieces, *kinds]

    @property
    def doubted(self) -> tuple[About, int | None]:
        """What is doubted, and the number of the piece of material if it is one in particular."""
        chosen = self.cleaned_data["about"]
        if chosen.startswith(PIECE):
            return About.MATERIAL, int(chosen.removeprefix(PIECE))
        return About(chosen), None


def _title_of(one: About) -> str:
    return _("all material of the item") if one is About.MATERIAL else said(ABOUT[one])


class StateForm(OfWhatWasSeen):
    statement = forms.CharField(
        label=_("Statement of the unit"), widget=forms.Textarea(attrs={"rows": 8}), max_length=4000,
        help_text=_("It is made once. The office reads it, and whoever decides."),
    )  # fmt: skip


class HearForm(OfWhatWasSeen):
    heard_on = asked(Day(label=_("Heard on")))
    hearing = asked(forms.CharField(
        label=_("What the unit said"), widget=forms.Textarea(attrs={"rows": 6}), max_length=4000,
        help_text=_("Who spoke for the unit, and what was said."),
    ))  # fmt: skip
    was_silent = forms.BooleanField(
        label=_("It said nothing by its day"), required=False,
        help_text=_("Only after the day that it was given; nothing else is then to be filled in."),
    )  # fmt: skip


class DecideForm(OfWhatWasSeen):
    decision = forms.CharField(
        label=_("Reasons"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000,
        help_text=_("Everybody who sees the item will read them, and they stay."),
    )  # fmt: skip
