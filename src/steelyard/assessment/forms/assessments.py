"""Open an assessment; what each of its steps asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from steelyard.kernel.bilingual import Text
from steelyard.people.forms import ByOrganisation, Day, OfficeForm
from steelyard.people.models import Organisation


class OpenForm(OfficeForm):
    office = ByOrganisation(label=_("Assessing office"))
    code = forms.SlugField(
        label=_("Code"),
        max_length=60,
        help_text=_("Its address, for ever: letters, digits, hyphens."),
    )
    title_zh = forms.CharField(label=_("Name in Chinese"), max_length=120)
    title_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    starts = Day(label=_("Period from"))
    ends = Day(
        label=_("First day after the period"),
        help_text=_("Not the last day of it: of a whole year, 1 January of the next."),
    )
    within = forms.CharField(
        label=_("Within"), max_length=12, required=False,
        help_text=_("The code of a city, to assess its districts; empty for the cities of the region."),
    )  # fmt: skip

    def __init__(self, *told: Any, offices: Iterable[Organisation], **more: Any) -> None:
        super().__init__(*told, **more)
        self.fields["office"].queryset = offices

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if "title_zh" in told:
            told["title"] = Text(told.pop("title_zh"), told.pop("title_en", ""))
        if told.get("starts") and told.get("ends") and told["ends"] <= told["starts"]:
            self.add_error("ends", _("The period ends before it starts."))
        return told


class CollectForm(OfficeForm):
    cut_off = Day(label=_("Cut-off of records"), help_text=_("Records up to this day count."))
    days_to_supply = forms.IntegerField(
        label=_("Working days for bodies to supply"), min_value=1, max_value=120, initial=15
    )
    days_to_fill = forms.IntegerField(
        label=_("Working days for units to file"), min_value=1, max_value=120, initial=20
    )


class CompareForm(OfficeForm):
    days_to_settle = forms.IntegerField(
        label=_("Working days for the office to settle differences"), min_value=1, max_value=120, initial=15
    )  # fmt: skip


class ScoreForm(OfficeForm):
    days_to_score = forms.IntegerField(
        label=_("Working days for bodies to score"), min_value=1, max_value=120, initial=15
    )


class ReasonForm(OfficeForm):
    """A step back or out: it stays to be seen, with the reason and who gave it."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 2}),
        help_text=_("It stays to be seen, with your name and the hour."),
    )  # fmt: skip
