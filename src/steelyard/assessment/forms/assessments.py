"""Open an assessment; what each of its steps asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from steelyard.assessment.rules.schemes.units import units_of_region
from steelyard.kernel.bilingual import Text
from steelyard.look.language import said
from steelyard.people.forms import ByOrganisation, Day, OfficeForm
from steelyard.people.models import Organisation

_OWN_UNITS = Text("考核办所在地区的各单位", "the units of the office's own region")


def only_one(offices: QuerySet[Organisation]) -> Organisation | None:
    first = list(offices[:2])
    return first[0] if len(first) == 1 else None


class Region(forms.ModelChoiceField):
    """Whose units are assessed, in words: those of the office's own region, or of one below it."""

    def __init__(self, **told: Any) -> None:
        super().__init__(
            queryset=Organisation.objects.none(), to_field_name="code", **told,
            error_messages={
                "invalid_choice": _("There is no city with this code and districts of its own below the office.")
            },
        )  # fmt: skip

    def of(self, office: Organisation | None, regions: QuerySet[Organisation]) -> None:
        """``office``: the one in whose name it is opened, if there is no other."""
        own = units_of_region(office.kind, office.name) if office else _OWN_UNITS
        self.empty_label, self.queryset = said(own), regions

    def label_from_instance(self, one: Organisation) -> str:
        return f"{said(units_of_region(one.kind, one.name))} ({one.code})"


class OpenForm(OfficeForm):
    office = ByOrganisation(label=_("Assessing office"))
    code = forms.SlugField(
        label=_("Code"),
        max_length=60,
        help_text=_("Its address, for ever: letters, digits, hyphens."),
        error_messages={
            "invalid": _("Only letters from a to z, digits, hyphens and underscores are taken.")
        },
    )
    title_zh = forms.CharField(label=_("Name in Chinese"), max_length=120)
    title_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    starts = Day(label=_("Period from"))
    ends = Day(
        label=_("First day after the period"),
        help_text=_("Not the last day of it: of a whole year, 1 January of the next."),
    )
    within = Region(label=_("Assessed units"), required=False)

    def __init__(
        self, *told: Any, offices: QuerySet[Organisation], regions: QuerySet[Organisation], **more: Any
    ) -> None:  # fmt: skip
        """``regions``: the cities below these offices within which one may assess."""
        super().__init__(*told, **more)
        self.fields["office"].queryset = offices
        office = only_one(offices)
        if office is not None:
            self.fields["office"].initial, self.fields["office"].empty_label = office, None
        self.fields["within"].of(office, regions)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        told["within"] = told["within"].code if told.get("within") else ""
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
    """A step back or out, or one without what is usual: it stays to be seen, with the reason and who gave it."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 2}),
        help_text=_("It stays to be seen, with your name and the hour."),
    )  # fmt: skip
