"""What people fill in about deliveries and snapshots. The rules judge it; forms only read it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from steelyard.assessment.actions.deliveries import Details, File
from steelyard.assessment.actions.requests import Thing
from steelyard.assessment.language import lang
from steelyard.assessment.models import Delivery, DeliveryRequest
from steelyard.assessment.queries import load_catalogue, period
from steelyard.assessment.rules.deliveries import STATUSES, Status
from steelyard.assessment.rules.periods import read_period
from steelyard.assessment.rules.requests import DAYS_TO_DELIVER, DAYS_TO_MEND
from steelyard.kernel.periods import Period
from steelyard.kernel.refusals import Refusal
from steelyard.people.models import Organisation
from steelyard.records.intake.delivery import written_period


class PeriodField(forms.CharField):
    """``2021``, or ``2021-01-01/2022-01-01``: as the cover list and the command write it."""

    def clean(self, value: object) -> Period | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_period(text)
        except ValueError as error:
            raise forms.ValidationError(
                _(
                    "This is no period. Write 2021, or 2021-01-01/2022-01-01 (last day not included)."
                )
            ) from error


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class OrganisationField(forms.ModelChoiceField):
    def label_from_instance(self, one: Organisation) -> str:
        return (one.name_en or one.name_zh) if lang() == "en" else one.name_zh


def table_choices() -> list[tuple[str, str]]:
    """Every table by its title, with its code: some titles are alike."""
    tables = load_catalogue().tables.values()
    return sorted((one.code, f"{one.title.say(lang())} ({one.code})") for one in tables)


class DetailsForm(forms.Form):
    """What a body says of its delivery, and its file."""

    table = forms.ChoiceField(label=_("Table"), choices=table_choices)
    period = PeriodField(
        label=_("Period"), max_length=21,
        help_text=_("2021, or 2021-01-01/2022-01-01 (last day not included)"),
    )  # fmt: skip
    cut_off = forms.DateField(
        label=_("Cut-off"), widget=Day, help_text=_("The last day that the figures know of")
    )
    covers = forms.CharField(
        label=_("Places covered"), required=False, max_length=400,
        help_text=_("Codes of places, if it does not speak for the whole region"),
    )  # fmt: skip
    sample = forms.BooleanField(label=_("Sample: the rows are made up"), required=False)
    source = forms.CharField(label=_("Source"), required=False, max_length=400)
    licence = forms.CharField(label=_("Licence"), required=False, max_length=200)
    note = forms.CharField(
        label=_("Remark"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    file = forms.FileField(
        label=_("File"), required=False, max_length=200,
        help_text=_("Excel (.xlsx), CSV or Parquet; without a file, rows are typed in next"),
    )  # fmt: skip

    def details(self) -> Details:
        said = self.cleaned_data
        return Details(
            table=said.get("table", ""),
            starts=said["period"].starts,
            ends=said["period"].ends,
            cut_off=said["cut_off"],
            covers=tuple(re.findall(r"[^\s,，、;；]+", said["covers"])),
            sample=said["sample"],
            source=said["source"],
            licence=said["licence"],
            note=said["note"],
        )

    def sent(self) -> File | None:
        file = self.cleaned_data.get("file")
        return File(file.name, file.read()) if file else None

    def refused(self, refusals: Iterable[Refusal]) -> None:
        """The refusals of an action, each at its field if it is about one."""
        for one in refusals:
            field = "file" if one.field == "content" else one.field
            self.add_error(field if field in self.fields else None, one.text.say(lang()))


class NewDeliveryForm(DetailsForm):
    body = OrganisationField(label=_("Body"), queryset=Organisation.objects.none())
    field_order = ("body", "table", "period", "cut_off", "file")

    def __init__(
        self,
        *args: object,
        bodies: Iterable[int],
        asked: DeliveryRequest | None = None,
        **more: object,
    ) -> None:
        super().__init__(*args, initial=_asked_of(asked) if asked else None, **more)
        self.fields["body"].queryset = Organisation.objects.filter(pk__in=bodies)
        if len(list(bodies)) == 1:
            self.fields["body"].initial = next(iter(bodies))
        if asked is not None:
            _fix(self, "body", "table", "period", "covers")


def _asked_of(asked: DeliveryRequest) -> dict[str, object]:
    """What the request says: of this thing the delivery is, whatever else is filled in."""
    return {
        "body": asked.body_id,
        "table": asked.table_code,
        "period": written_period(Period(asked.starts, asked.ends)),
        "cut_off": asked.cut_off,
        "covers": asked.covers,
    }


class MendForm(DetailsForm):
    """Other details or another file; of a correction, table and period are those it corrects."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    kept = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62
    )
    field_order = ("file", "table", "period", "cut_off")

    def __init__(self, *args: object, delivery: Delivery, **more: object) -> None:
        super().__init__(*args, initial=_said_of(delivery) | {"seen": delivery.version}, **more)
        self.delivery = delivery
        self.fields["file"].help_text = _("Without a file, the one that is there stays")
        if delivery.replaces_id:
            _fix(self, *THE_THING)


class CorrectForm(DetailsForm):
    """A new delivery in the place of an accepted one."""

    why = forms.CharField(
        label=_("Why it is corrected"), max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    field_order = ("why", "file")

    def __init__(self, *args: object, delivery: Delivery, **more: object) -> None:
        super().__init__(*args, initial=_said_of(delivery), **more)
        _fix(self, *THE_THING)
        self.fields["file"].help_text = _(
            "The whole table, mended; without a file you go on with the rows that are there"
        )


def _said_of(delivery: Delivery) -> dict[str, object]:
    return {
        "table": delivery.table_code,
        "period": written_period(period(delivery)),
        "cut_off": delivery.cut_off,
        "covers": delivery.covers,
        "sample": delivery.sample,
        "source": delivery.source,
        "licence": delivery.licence,
        "note": delivery.note,
    }


THE_THING = ("table", "period", "covers")


def _fix(form: forms.Form, *names: str) -> None:
    """What is said already is not asked again, and not read from what is sent."""
    for name in names:
        form.fields[name].disabled = True
        form.fields[name].widget = forms.HiddenInput()
        form.fields[name].required = False


class ReasonForm(forms.Form):
    """Why a delivery is returned; if the office asked for it, within how many days it is mended."""

    reason = forms.CharField(
        label=_("What has to be mended"), max_length=2000, widget=forms.Textarea({"rows": 4})
    )
    working_days = forms.IntegerField(
        label=_("Working days to mend it"), initial=DAYS_TO_MEND, max_value=9999, min_value=-9999,
        help_text=_("The office asked for it: from today on it is due again"),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: object, was_asked_for: bool = False, **more: object) -> None:
        super().__init__(*args, **more)
        if not was_asked_for:
            del self.fields["working_days"]

    def refused(self, refusals: Iterable[Refusal]) -> None:
        for one in refusals:
            self.add_error(one.field if one.field in self.fields else None, one.text.say(lang()))


class OrganisationsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, one: Organisation) -> str:
        return (one.name_en or one.name_zh) if lang() == "en" else one.name_zh


class AskForm(forms.Form):
    """What the office asks for, of whom, by when."""

    bodies = OrganisationsField(label=_("Bodies"), queryset=Organisation.objects.none())
    table = forms.ChoiceField(label=_("Table"), choices=table_choices)
    period = PeriodField(
        label=_("Period"), max_length=21,
        help_text=_("2021, or 2021-01-01/2022-01-01 (last day not included)"),
    )  # fmt: skip
    cut_off = forms.DateField(
        label=_("Cut-off"), widget=Day, help_text=_("The last day that the figures know of")
    )
    covers = forms.CharField(
        label=_("Places covered"), required=False, max_length=400,
        help_text=_("Codes of places, if it does not speak for the whole region"),
    )  # fmt: skip
    working_days = forms.IntegerField(
        label=_("Working days to deliver"), initial=DAYS_TO_DELIVER, max_value=9999, min_value=-9999,
        help_text=_("Counted from tomorrow on by the region's calendar; then it is due"),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note to the bodies"), required=False, max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: object, bodies: QuerySet[Organisation], **more: object) -> None:
        super().__init__(*args, **more)
        self.fields["bodies"].queryset = bodies

    def thing(self) -> Thing:
        said = self.cleaned_data
        return Thing(
            table=said["table"],
            starts=said["period"].starts,
            ends=said["period"].ends,
            cut_off=said["cut_off"],
            covers=tuple(re.findall(r"[^\s,，、;；]+", said["covers"])),
            working_days=said["working_days"],
            note=said["note"],
        )

    def refused(self, refusals: Iterable[Refusal]) -> None:
        for one in refusals:
            self.add_error(one.field if one.field in self.fields else None, one.text.say(lang()))


class WithdrawForm(forms.Form):
    """Why a request is withdrawn."""

    reason = forms.CharField(
        label=_("Why it is needed no longer"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def refused(self, refusals: Iterable[Refusal]) -> None:
        for one in refusals:
            self.add_error(one.field if one.field in self.fields else None, one.text.say(lang()))


def written_periods(found: QuerySet[DeliveryRequest]) -> list[tuple[str, str]]:
    """The periods there are, the latest on top: how the address writes them, and people."""
    pairs = found.order_by("-starts", "-ends").values_list("starts", "ends").distinct()
    return [(f"{a}/{b}", written_period(Period(a, b))) for a, b in pairs]


SHOWN = [
    ("missing", _("missing")),
    ("late", _("late")),
    ("signed", _("signed")),
    ("accepted", _("accepted")),
    ("withdrawn", _("withdrawn")),
]


class RequestFilterForm(forms.Form):
    """What a list of requests shows."""

    q = forms.CharField(label=_("Body"), required=False, max_length=100)
    period = forms.ChoiceField(label=_("Period"), required=False)
    show = forms.ChoiceField(label=_("Status"), required=False)
    table = forms.ChoiceField(label=_("Table"), required=False)

    def __init__(self, *args: object, periods: list[tuple[str, str]], **more: object) -> None:
        super().__init__(*args, **more)
        every = [("", _("all"))]
        self.fields["period"].choices = every + periods
        self.fields["show"].choices = every + SHOWN
        self.fields["table"].choices = every + table_choices()

    def wanted(self, name: str) -> str:
        """What is asked for, "" if nothing is, or nothing that there is."""
        return self.cleaned_data.get(name, "")


class FilterForm(forms.Form):
    """What a list of deliveries shows."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    status = forms.ChoiceField(label=_("Status"), required=False)
    table = forms.ChoiceField(label=_("Table"), required=False)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        every = [("", _("all"))]
        self.fields["status"].choices = every + [(one, STATUSES[one].say(lang())) for one in Status]
        self.fields["table"].choices = every + table_choices()


class FreezeForm(forms.Form):
    office = OrganisationField(label=_("Office"), queryset=Organisation.objects.none())
    period = PeriodField(
        label=_("Period"), max_length=21,
        help_text=_("2021, or 2021-01-01/2022-01-01 (last day not included)"),
    )  # fmt: skip

    def __init__(self, *args: object, offices: Iterable[int], **more: object) -> None:
        super().__init__(*args, **more)
        self.fields["office"].queryset = Organisation.objects.filter(pk__in=offices)
        if len(list(offices)) == 1:
            self.fields["office"].initial = next(iter(offices))

    def refused(self, refusals: Iterable[Refusal]) -> None:
        for one in refusals:
            field = "period" if one.field == "starts" else one.field
            self.add_error(field if field in self.fields else None, one.text.say(lang()))
