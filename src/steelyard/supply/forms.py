"""What people fill in about deliveries and snapshots. The rules judge it; forms only read it."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from steelyard.kernel.periods import Period
from steelyard.look.language import say
from steelyard.people.forms import ByOrganisation, ByOrganisations, Day, ListFilter, OfficeForm
from steelyard.people.models import Organisation
from steelyard.records.intake.delivery import written_period
from steelyard.supply.actions.deliveries import Details, File
from steelyard.supply.actions.requests import Thing
from steelyard.supply.models import Delivery, DeliveryRequest
from steelyard.supply.queries import load_catalogue, period
from steelyard.supply.rules.deliveries import STATUSES, Status
from steelyard.supply.rules.requests import DAYS_TO_DELIVER, DAYS_TO_MEND
from steelyard.supply.rules.written import read_period, read_places


class PeriodField(forms.CharField):
    """``2021``, or ``2021-01-01/2022-01-01``: as the cover list and the command write it."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Period"),
            max_length=21,
            help_text=_("2021, or 2021-01-01/2022-01-01 (last day not included)"),
        )

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


def table_choices() -> list[tuple[str, str]]:
    """Every table by its title, with its code: some titles are alike."""
    tables = load_catalogue().tables.values()
    return sorted((one.code, f"{say(one.title)} ({one.code})") for one in tables)


class OfWhat(OfficeForm):
    """Which table, of which period and places, as of which day."""

    table = forms.ChoiceField(label=_("Table"), choices=table_choices)
    period = PeriodField()
    cut_off = Day(label=_("Cut-off"), help_text=_("The last day that the figures know of"))
    covers = forms.CharField(
        label=_("Places covered"), required=False, max_length=400,
        help_text=_("Codes of places, if it does not speak for the whole region"),
    )  # fmt: skip


class DetailsForm(OfWhat):
    """What a body says of its delivery, and its file."""

    called = {"content": "file"}

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
            covers=read_places(said["covers"]),
            sample=said["sample"],
            source=said["source"],
            licence=said["licence"],
            note=said["note"],
        )

    def sent(self) -> File | None:
        file = self.cleaned_data.get("file")
        return File(file.name, file.read()) if file else None


class NewDeliveryForm(DetailsForm):
    body = ByOrganisation(label=_("Body"))
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


class ReasonForm(OfficeForm):
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


class AskForm(OfWhat):
    """What the office asks for, of whom, by when."""

    bodies = ByOrganisations(label=_("Bodies"))
    working_days = forms.IntegerField(
        label=_("Working days to deliver"), initial=DAYS_TO_DELIVER, max_value=9999, min_value=-9999,
        help_text=_("Counted from tomorrow on by the region's calendar; then it is due"),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note to the bodies"), required=False, max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    field_order = ("bodies",)

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
            covers=read_places(said["covers"]),
            working_days=said["working_days"],
            note=said["note"],
        )


class WithdrawForm(OfficeForm):
    """Why a request is withdrawn."""

    reason = forms.CharField(
        label=_("Why it is needed no longer"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


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


class RequestFilterForm(ListFilter):
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


class FilterForm(ListFilter):
    """What a list of deliveries shows."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    status = forms.ChoiceField(label=_("Status"), required=False)
    table = forms.ChoiceField(label=_("Table"), required=False)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        every = [("", _("all"))]
        self.fields["status"].choices = every + [(one, say(STATUSES[one])) for one in Status]
        self.fields["table"].choices = every + table_choices()


class FreezeForm(OfficeForm):
    """The deliveries of which office, of which period, are frozen."""

    called = {"starts": "period"}

    office = ByOrganisation(label=_("Office"))
    period = PeriodField()

    def __init__(self, *args: object, offices: Iterable[int], **more: object) -> None:
        super().__init__(*args, **more)
        self.fields["office"].queryset = Organisation.objects.filter(pk__in=offices)
        if len(list(offices)) == 1:
            self.fields["office"].initial = next(iter(offices))
