"""Plan a visit, cancel it, write down what was found, report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from steelyard.assessment.models import Visit
from steelyard.assessment.rules.visits import Plan
from steelyard.kernel.bilingual import Text
from steelyard.look.language import say
from steelyard.people.forms import ByOrganisation, Day, OfficeForm, OfWhatWasSeen, needed
from steelyard.people.models import Organisation

LONG = 20_000
Items = Mapping[str, Text]


def item_choices(items: Items) -> list[tuple[str, str]]:
    return [(code, f"{code} {say(title)}") for code, title in items.items()]


class Areas(forms.Textarea):
    def __init__(self, rows: int = 4) -> None:
        super().__init__(attrs={"rows": rows})


class PlanFields(OfficeForm):
    """When, where, who, what."""

    planned_on = Day(label=_("Day of the visit"))
    team = forms.CharField(label=_("Who goes"), max_length=400)
    places = forms.CharField(
        label=_("Places"), required=False, max_length=LONG, widget=Areas(3),
        help_text=_("Which offices, markets, companies; one a line."),
    )  # fmt: skip
    items = needed(
        forms.MultipleChoiceField(label=_("Items to check"), widget=forms.CheckboxSelectMultiple)
    )

    def __init__(self, *told: Any, items: Items, **more: Any) -> None:
        super().__init__(*told, **more)
        self.fields["items"].choices = item_choices(items)

    @property
    def plan(self) -> Plan:
        told = self.cleaned_data
        return Plan(
            planned_on=told["planned_on"], team=told["team"], places=told["places"],
            items=tuple(told["items"]),
        )  # fmt: skip


class PlanForm(PlanFields):
    unit = ByOrganisation(label=_("Unit"))
    unannounced = forms.BooleanField(
        label=_("Unannounced"), required=False,
        help_text=_("The unit sees nothing of it until the report is in."),
    )  # fmt: skip
    field_order = ("unit", "planned_on", "unannounced", "team", "places", "items")

    def __init__(self, *told: Any, units: Iterable[Organisation], **more: Any) -> None:
        super().__init__(*told, **more)
        self.fields["unit"].queryset = units


class ChangePlanForm(PlanFields, OfWhatWasSeen):
    @staticmethod
    def of(visit: Visit) -> dict[str, object]:
        return {
            "planned_on": visit.planned_on, "team": visit.team, "places": visit.places,
            "items": visit.items, "version": visit.version,
        }  # fmt: skip


class CancelForm(OfWhatWasSeen):
    reason = needed(forms.CharField(
        label=_("Reason"), max_length=LONG, widget=Areas(),
        help_text=_("The unit reads it if the visit was announced."),
    ))  # fmt: skip


class ReportForm(OfWhatWasSeen):
    visited_on = Day(label=_("Visited on"))
    summary = needed(forms.CharField(
        label=pgettext_lazy("of a visit", "Summary"), max_length=LONG, widget=Areas(6)
    ))  # fmt: skip


class CorrectReportForm(ReportForm):
    """A report that is in."""

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        self.fields["reason"] = _why()


class Pictures(forms.ClearableFileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Some photographs, chosen at once; a phone offers its camera."""

    def __init__(self, **told: Any) -> None:
        widget = Pictures(attrs={"accept": "image/jpeg,image/png"})
        super().__init__(widget=widget, required=False, **told)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        single = super().clean
        listed = data if isinstance(data, list | tuple) else [data] if data else []
        return [single(one, initial) for one in listed if one]


def _why() -> forms.CharField:
    return needed(forms.CharField(
        label=_("Why it is corrected"), max_length=LONG, widget=Areas(3),
        help_text=_("The unit reads it, beside what the report said before."),
    ))  # fmt: skip


class FindingFields(OfficeForm):
    item = forms.ChoiceField(label=pgettext_lazy("of a scheme", "Item"), required=False)
    is_defect = forms.TypedChoiceField(
        label=_("Is it a defect?"), widget=forms.RadioSelect, initial="True",
        coerce=lambda value: value == "True",
        choices=[("True", _("a defect")), ("False", _("no defect"))],
    )  # fmt: skip
    text = needed(forms.CharField(label=_("What was found"), max_length=LONG, widget=Areas(5)))
    place = forms.CharField(
        label=pgettext_lazy("of a finding", "Place"), required=False, max_length=140
    )
    photographs = PicturesField(
        label=_("Photographs"),
        help_text=_("JPEG or PNG; 12 at most; several may be chosen at once."),
    )

    def __init__(self, *told: Any, items: Items, **more: Any) -> None:
        super().__init__(*told, **more)
        general = _("not about one item")
        self.fields["item"].choices = [("", general), *item_choices(items)]


class FindingForm(FindingFields):
    """Another finding. ``is_reported``: the report is in, so that it is added with a reason."""

    def __init__(self, *told: Any, is_reported: bool = False, **more: Any) -> None:
        super().__init__(*told, **more)
        if is_reported:
            self.fields["reason"] = _why()


class CorrectFindingForm(FindingFields, OfWhatWasSeen):
    """One that is written down already."""

    off = forms.TypedMultipleChoiceField(
        label=_("Photographs to take off"), required=False, coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is ticked no longer hangs on the finding; the history keeps that it did."),
    )  # fmt: skip

    def __init__(
        self,
        *told: Any,
        hung: Iterable[tuple[int, str]] = (),
        is_reported: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(*told, **more)
        self.fields["off"].choices = list(hung)
        if not self.fields["off"].choices:
            del self.fields["off"]
        if is_reported:
            self.fields["reason"] = _why()
