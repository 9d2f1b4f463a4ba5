"""Take a lead in, assign it, check it, conclude on it; open the seal of who told of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from steelyard.assessment.forms.visits import LONG, Areas, Items, item_choices
from steelyard.assessment.models import Assessment, Visit
from steelyard.assessment.rules.leads import CHANNELS, Told
from steelyard.assessment.rules.states import LEAD, VISIT, LeadMove, VisitState
from steelyard.look.language import said, say
from steelyard.people.forms import ByOrganisation, OfficeForm, OfWhatWasSeen, needed
from steelyard.people.models import Organisation


class LeadForm(OfficeForm):
    unit = ByOrganisation(label=_("Unit that it is about"))
    channel = forms.ChoiceField(
        label=_("How it came"), choices=[(one.value, said(text)) for one, text in CHANNELS.items()]
    )
    item = forms.ChoiceField(label=pgettext_lazy("of a scheme", "Item"), required=False)
    text = needed(forms.CharField(
        label=_("What was told"), max_length=LONG, widget=Areas(8),
        help_text=_("Without anything that gives away who told it: that belongs below."),
    ))  # fmt: skip
    name = forms.CharField(
        label=_("Name of the informant"), required=False, max_length=140,
        help_text=_("Sealed at once: you cannot read it back, nor can anyone but the head of the office."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    contact = forms.CharField(
        label=_("How to reach the informant"), required=False, max_length=400,
        help_text=_("Sealed as well."), widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    note = forms.CharField(
        label=_("What else might give them away"), required=False, max_length=4000,
        help_text=_("Sealed as well."), widget=Areas(3),
    )  # fmt: skip

    def __init__(
        self, *told: Any, units: Iterable[Organisation], items: Items, **more: Any
    ) -> None:
        super().__init__(*told, **more)
        self.fields["unit"].queryset = units
        self.fields["item"].choices = [("", _("not about one item")), *item_choices(items)]

    @property
    def told(self) -> Told:
        return Told(**{name: self.cleaned_data[name] for name in ("name", "contact", "note")})


class ByAssessment(forms.ModelChoiceField):
    """A choice of an assessment, by its title in the language of the page."""

    def label_from_instance(self, obj: Assessment) -> str:
        return say(obj.title)


class PlaceLeadForm(OfWhatWasSeen):
    assessment = ByAssessment(
        label=_("Assessment"), queryset=Assessment.objects.none(), empty_label="–"
    )
    unit = ByOrganisation(label=_("Unit that it is about"))
    item = forms.ChoiceField(
        label=pgettext_lazy("of a scheme", "Item"), required=False,
        help_text=_("May be left empty. The unit cannot be changed afterwards."),
    )  # fmt: skip

    def __init__(
        self, *told: Any, assessments: Any, units: Iterable[Organisation],
        items: Mapping[str, Items], **more: Any,
    ) -> None:  # fmt: skip
        """``items``: of each assessment, by its title."""
        super().__init__(*told, **more)
        grouped = [(title, item_choices(some)) for title, some in items.items()]
        found = grouped if len(grouped) > 1 else [one for _title, some in grouped for one in some]
        self.fields["item"].choices = [("", _("not about one item")), *found]
        self.fields["assessment"].queryset = assessments
        self.fields["unit"].queryset = units


class ByVisit(forms.ModelChoiceField):
    """One of the visits, in the language of the page, with how it stands."""

    def label_from_instance(self, obj: Visit) -> str:
        state = say(VISIT.states[VisitState(obj.state)])
        return f"{say(obj.unit.name)} · {obj.visited_on or obj.planned_on} · {state}"


class CheckLeadForm(OfWhatWasSeen):
    visit = ByVisit(
        label=_("By this visit"), required=False, queryset=Visit.objects.none(),
        empty_label=_("without a visit"),
    )  # fmt: skip

    def __init__(self, *told: Any, visits: Iterable[Visit], **more: Any) -> None:
        super().__init__(*told, **more)
        self.fields["visit"].queryset = visits


class ConcludeLeadForm(OfWhatWasSeen):
    move = forms.ChoiceField(label=pgettext_lazy("of a lead", "Outcome"), widget=forms.RadioSelect)
    conclusion = needed(forms.CharField(
        label=pgettext_lazy("of a lead", "Conclusion"), max_length=LONG, widget=Areas(5)
    ))  # fmt: skip

    def __init__(self, *told: Any, moves: Iterable[LeadMove], **more: Any) -> None:
        super().__init__(*told, **more)
        self.fields["move"].choices = [(one.value, say(LEAD.moves[one])) for one in moves]


class OpenInformantForm(OfficeForm):
    reason = needed(forms.CharField(
        label=_("Why you open it"), max_length=4000, widget=Areas(3),
        help_text=_("It stays on record beside your name and the time. Do not name the informant in it."),
    ))  # fmt: skip
