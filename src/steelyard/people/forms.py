"""What people are asked: forms whose faults, and the rules' refusals, stand at the field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from steelyard.kernel.refusals import Refused
from steelyard.look.language import said
from steelyard.people.models import Account, Organisation
from steelyard.people.rules.roles import ROLES, Role
from steelyard.trail.versions import ChangedMeanwhile


class Day(forms.DateField):
    """A day, typed as 2026-03-05 or picked."""

    def __init__(self, **told) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **told)


class OfficeForm(forms.Form):
    """A form that can say what the rules said."""

    meanwhile: ChangedMeanwhile | None = None
    called: Mapping[str, str] = {}
    """What the action asks for, where the form has another name for it."""

    def refuse(self, refused: Refused) -> None:
        for refusal in refused.refusals:
            name = self.called.get(refusal.field, refusal.field)
            field = name if name in self.fields else None
            self.add_error(field, forms.ValidationError(said(refusal.text), code=refusal.code))


class ListFilter(OfficeForm):
    """What a list shows."""

    def wanted(self, name: str) -> str:
        """What is asked for, "" if nothing is, or nothing that there is."""
        return str(getattr(self, "cleaned_data", {}).get(name, ""))


F = TypeVar("F", bound=forms.Field)


def needed(field: F) -> F:
    """A field that the rules refuse when it is empty, in their own words and with all else that is wrong:
    the form lets it through, and its page shows it as one that has to be filled in."""
    field.required, field.is_needed = False, True
    if isinstance(field.widget, forms.TextInput | forms.Textarea | forms.Select | forms.DateInput):
        field.widget.attrs["required"] = True
    return field


def asked(field: F) -> F:
    """A field that is needed or not by what is said elsewhere in the form, as its help says: shown neither
    as optional nor as one that has to be filled in."""
    field.required, field.is_needed = False, True
    return field


def role_choices() -> list[tuple[str, str]]:
    return [(role.value, said(ROLES[role])) for role in Role]


def kind_choices() -> list[tuple[str, str]]:
    return list(Organisation.Kind.choices)


class ByRole(forms.ChoiceField):
    def __init__(self, **told) -> None:
        super().__init__(choices=lambda: [("", "–"), *role_choices()], **told)


class WithItsCode:
    """Organisations are said with their codes: some are called alike."""

    def label_from_instance(self, one: Organisation) -> str:
        return f"{one.code} {said(one.name)}"


class ByOrganisation(WithItsCode, forms.ModelChoiceField):
    """One of the organisations that may be chosen."""

    def __init__(self, **told) -> None:
        super().__init__(queryset=Organisation.objects.none(), empty_label="–", **told)


class ByOrganisations(WithItsCode, forms.ModelMultipleChoiceField):
    """Some of them, each to be ticked."""

    def __init__(self, **told) -> None:
        boxes = forms.CheckboxSelectMultiple
        super().__init__(queryset=Organisation.objects.none(), widget=boxes, **told)


class OfWhatWasSeen(OfficeForm):
    """A form about something that is there: it says in which version it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class NamedOrganisation(OfficeForm):
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=100)
    name_en = forms.CharField(label=_("Name in English"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=kind_choices)
    place = forms.RegexField(
        r"^\d{6}(\d{3}){0,2}$", label=_("Division code"), required=False,
        help_text=_("of the place that it belongs to, for instance 440100"),
        error_messages={"invalid": _("A division code has 6, 9 or 12 digits.")},
    )  # fmt: skip


class CorrectOrganisation(NamedOrganisation, OfWhatWasSeen):
    """The code and the days stay."""


class OpenOrganisation(NamedOrganisation):
    code = forms.RegexField(
        r"^[A-Za-z0-9._-]+$", label=_("Code"), max_length=40,
        help_text=_("It stays for ever: letters, digits, dot, hyphen."),
        error_messages={"invalid": _("Only letters, digits, dot, hyphen and underscore.")},
    )  # fmt: skip
    parent = ByOrganisation(label=_("Stands below"))
    starts = Day(label=_("From"))
    field_order = ("code", "name_zh", "name_en", "kind", "place", "parent", "starts")

    def __init__(self, *told, parents: Iterable[Organisation], **more) -> None:
        super().__init__(*told, **more)
        self.fields["parent"].queryset = parents


class PlaceOrganisation(OfWhatWasSeen):
    parent = ByOrganisation(label=_("Stands below"))
    starts = Day(label=_("From"), help_text=_("Where it stands now ends on this day."))

    def __init__(self, *told, parents: Iterable[Organisation], **more) -> None:
        super().__init__(*told, **more)
        self.fields["parent"].queryset = parents


class CloseOrganisation(OfWhatWasSeen):
    ends = Day(
        label=_("Closed from"),
        help_text=_("The first day on which it no longer exists. Roles held in it end then."),
    )


class Given(OfficeForm):
    """A role and its days, in an organisation that is chosen or known."""

    role = ByRole(label=_("Role"))
    organisation = ByOrganisation(label=_("Organisation"))
    starts = Day(label=_("From"))
    ends = Day(label=_("Until"), required=False, help_text=_("The first day without the role."))
    stands_in = forms.BooleanField(
        label=_("Stands in for a vacant post"), required=False,
        help_text=_("Only while nobody else holds the role there; alone."),
    )  # fmt: skip

    def __init__(self, *told, organisations: Iterable[Organisation], **more) -> None:
        super().__init__(*told, **more)
        self.fields["organisation"].queryset = organisations


class GiveRole(Given):
    """Another role for an account that is there."""


NAME = _("For pages in English too, write both: 谭伟 / Tan Wei")


class OpenAccount(Given):
    username = forms.CharField(
        label=_("User name"), max_length=150, validators=[UnicodeUsernameValidator()],
        help_text=_("With it they sign in; it stays."),
    )  # fmt: skip
    name = forms.CharField(label=_("Name"), max_length=100, help_text=NAME)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Reminders and links to a new password go there.")
    )  # fmt: skip
    field_order = ("username", "name", "email")


class CorrectAccount(OfWhatWasSeen):
    name = forms.CharField(label=_("Name"), max_length=100, help_text=NAME)
    email = forms.EmailField(label=_("E-mail"), required=False)

    @staticmethod
    def of(account: Account) -> dict[str, object]:
        return {"name": account.name, "email": account.email, "version": account.version}


class EndRole(OfWhatWasSeen):
    ends = Day(label=_("Until"), help_text=_("The first day without the role."))


class ManyFiles(forms.FileField):
    """Several files of one field; one at least, if it is required."""

    def __init__(self, **told: Any) -> None:
        class Widget(forms.ClearableFileInput):
            allow_multiple_selected = True

        super().__init__(widget=Widget(), **told)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        several = data if isinstance(data, list | tuple) and data else [data or None]
        return [super(ManyFiles, self).clean(one, initial) for one in several]


class SheetUpload(forms.Form):
    sheet = forms.FileField(
        label=_("Sheet"), help_text=_("Excel (.xlsx) or CSV; the first row holds the headings.")
    )


def first_days(today: date) -> dict[str, date]:
    return {"starts": today}
