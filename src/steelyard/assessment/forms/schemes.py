"""What is asked about a scheme: its items and inputs, its file, its approval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from steelyard.assessment.rules.schemes.bodies import Known, Matching
from steelyard.look.language import said, say
from steelyard.people.forms import (
    ByOrganisation,
    ByOrganisations,
    ManyFiles,
    OfficeForm,
    OfWhatWasSeen,
)
from steelyard.people.models import Organisation
from steelyard.people.rules.roles import ROLES, Role
from steelyard.scheme.case_files import CASE_FIGURES, TITLES
from steelyard.scheme.given import UNITS, UNITS_TITLE

_CODE = r"^(?!\.+$)[\w.-]{1,40}$"
_OF_LETTERS = _("A code is of letters, digits, dots, hyphens and underscores.")
_NOTATION: Mapping[str, Any] = {"rows": 3, "spellcheck": "false", "class": "code"}


def _code(label: Any, **told: Any) -> forms.RegexField:
    return forms.RegexField(
        _CODE, label=label, max_length=40, error_messages={"invalid": _OF_LETTERS}, **told
    )  # fmt: skip


def _text(label: Any, rows: int = 2, most: int = 2000, **told: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=most, widget=forms.Textarea({"rows": rows}), **told
    )  # fmt: skip


def _line(label: Any, most: int = 200, **told: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, **told)


def _number(label: Any, **told: Any) -> forms.RegexField:
    return forms.RegexField(
        r"^-?\d{1,12}(\.\d{1,12})?$", label=label, required=False, max_length=30,
        error_messages={"invalid": _("Write a number, such as 5 or 0.5.")}, **told,
    )  # fmt: skip


class Boxes(forms.MultipleChoiceField):
    """Several, each to be ticked: bodies of the scheme, types of case file."""

    def __init__(self, label: Any) -> None:
        boxes = forms.CheckboxSelectMultiple({"class": "columns"})
        super().__init__(label=label, required=False, widget=boxes)

    def to_python(self, value: Any) -> list[str]:
        """Several lines of one value: as the page of two savers sends them."""
        return [one for sent in super().to_python(value) for one in sent.split("\n") if one]


class ItemForm(OfWhatWasSeen):
    code = _code(_("Code"))
    title_zh = forms.CharField(label=_("Name in Chinese"), max_length=200)
    title_en = _line(_("Name in English"))
    parent = forms.ChoiceField(label=pgettext_lazy("an item", "Stands below"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False,
        choices=[
            ("", pgettext_lazy("kind of item", "scored item")),
            ("bonus", pgettext_lazy("kind of item", "bonus")),
            ("deduction", pgettext_lazy("kind of item", "deduction")),
        ],
    )  # fmt: skip
    points = _number(pgettext_lazy("full points of an item", "Points"))
    words = _text(
        _("Rule in words"), rows=4, most=1000,
        help_text=_("As in a scoring table, for instance: each one missing takes 0.5 points off."),
    )  # fmt: skip
    rule = forms.CharField(
        label=_("Rule in notation"), required=False, max_length=20000,
        widget=forms.Textarea(_NOTATION),
        help_text=_("As in a scheme file. If you change both, the notation counts."),
    )  # fmt: skip
    supplying_body = Boxes(_("Supplying body"))
    scoring_body = Boxes(_("Scoring body"))
    material_zh = _text(_("Material in Chinese"))
    material_en = _text(_("Material in English"))
    beside = forms.CharField(
        label=_("Other settings"), required=False, max_length=20000,
        widget=forms.Textarea(_NOTATION),
        help_text=_("In notation, a line each: applies_to, zero_if, cap, floor, on, note …"),
    )  # fmt: skip

    def __init__(
        self,
        *told: Any,
        parents: Sequence[tuple[str, str]],
        bodies: Sequence[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*told, **more)
        self.fields["parent"].choices = [("", _("at the top")), *parents]
        self.fields["supplying_body"].choices = bodies
        self.fields["scoring_body"].choices = [one for one in bodies if one[0] != UNITS]


TYPES = {
    "number": pgettext_lazy("type of input", "number"),
    "count": pgettext_lazy("type of input", "count"),
    "share": pgettext_lazy("type of input", "share"),
    "yes_no": pgettext_lazy("type of input", "yes or no"),
    "text": pgettext_lazy("type of input", "text"),
    "date": pgettext_lazy("type of input", "day"),
}
"""What a figure is, as people say it."""


class InputForm(OfWhatWasSeen):
    code = _code(_("Code"))
    title_zh = forms.CharField(label=_("Name in Chinese"), max_length=200)
    title_en = _line(_("Name in English"))
    type = forms.ChoiceField(
        label=pgettext_lazy("of a figure", "Type"), choices=list(TYPES.items())
    )
    unit_zh = _line(_("Unit of measure in Chinese"), 40)
    unit_en = _line(_("Unit of measure in English"), 40)
    least = _number(_("At least"))
    most = _number(_("At most"))
    supplying_body = Boxes(_("Supplying body"))
    judged = forms.BooleanField(
        label=_("Judged by the body that scores the item"), required=False,
        help_text=_("No sheet asks for it. Otherwise its supplying body delivers it on a sheet first, also "
                    "where that body scores the item itself."),
    )  # fmt: skip
    case_files = forms.ChoiceField(
        label=_("Given by reviewed case files"), required=False,
        help_text=_("Files are drawn for it, and their review gives this figure. The body that scores the item "
                    "judges it, or it is computed from records."),
    )  # fmt: skip
    case_file_types = Boxes(_("Of these types of case file"))
    source_zh = _line(_("Source in Chinese"), 400)
    source_en = _line(_("Source in English"), 400)
    beside = forms.CharField(
        label=_("Computed from records, and other settings"), required=False, max_length=20000,
        widget=forms.Textarea({**_NOTATION, "rows": 6}),
        help_text=_("In notation, a line each: records, tally …"),
    )  # fmt: skip

    def __init__(
        self,
        *told: Any,
        bodies: Sequence[tuple[str, str]],
        file_types: Sequence[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*told, **more)
        self.fields["supplying_body"].choices = bodies
        self.fields["case_files"].choices = [
            ("", _("no")),
            *((code, said(TITLES[code])) for code in CASE_FIGURES),
        ]
        self.fields["case_file_types"].choices = file_types
        self.fields["case_file_types"].help_text = _(
            "None ticked: of all that are drawn for it. If two figures are given by case files in the same "
            "way, each is of other types."
        )


class SectionForm(OfWhatWasSeen):
    text = forms.CharField(
        label=_("In notation"), required=False, max_length=400_000, strip=False,
        widget=forms.Textarea({**_NOTATION, "rows": 24}),
        help_text=_("As in a scheme file."),
    )  # fmt: skip


class OrganisationsAndUnits(forms.models.ModelChoiceIterator):
    """The organisations, and before them the units themselves."""

    def __iter__(self) -> Iterator[Any]:
        nothing, *organisations = super().__iter__()
        yield nothing
        yield UNITS, said(UNITS_TITLE)
        yield from organisations


class ByOrganisationOrUnits(ByOrganisation):
    """One of the organisations; or that the assessed units report it themselves."""

    iterator = OrganisationsAndUnits

    def to_python(self, value: Any) -> Organisation | Known | None:
        return Known(UNITS, UNITS_TITLE) if value == UNITS else super().to_python(value)


class BodiesForm(OfWhatWasSeen):
    """Which organisation is each body of the scheme? That of its name stands there already."""

    def __init__(
        self,
        *told: Any,
        bodies: Mapping[str, str],
        organisations: Any,
        matching: Matching,
        **more: Any,
    ) -> None:
        super().__init__(*told, **more)
        by_code = {one.code: one for one in organisations}
        named = {code: one.code for code, one in matching.found.items()}
        unmatched = {one.code: one for one in matching.unmatched}
        for number, (code, title) in enumerate(bodies.items()):
            label = title if title == code else f"{title} ({code})"
            field = ByOrganisationOrUnits(label=label, required=False)
            field.queryset = organisations
            field.initial = UNITS if code == UNITS else by_code.get(named.get(code, code))
            if code in unmatched:
                field.help_text = say(unmatched[code].why)
            self.fields[f"body_{number}"] = field
        self.codes = list(bodies)

    def chosen(self) -> dict[str, Organisation | Known]:
        """Code of the body → the organisation, where one was chosen that has another code."""
        told = {code: self.cleaned_data.get(f"body_{at}") for at, code in enumerate(self.codes)}
        return {code: one for code, one in told.items() if one is not None and one.code != code}


class UnitsForm(OfWhatWasSeen):
    units = ByOrganisations(label=_("Units"))

    def __init__(self, *told: Any, organisations: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        self.fields["units"].queryset = organisations


LABELS = (
    ("official", _("the official scheme")),
    ("sample", _("a sample: what is weighed by it is marked so")),
)


class LabelForm(OfWhatWasSeen):
    """``label``: whether the scheme is the official one; not asked where the assessment is a sample itself."""

    kind_of_scheme = forms.ChoiceField(
        label=_("Which scheme is it"), required=False, widget=forms.RadioSelect, initial="",
        choices=[
            ("", _("as it says of itself; a table that does not say that it is a sample is the official scheme")),
            *LABELS,
        ],
    )  # fmt: skip

    def __init__(self, *told: Any, is_sample: bool, **more: Any) -> None:
        super().__init__(*told, **more)
        if is_sample:
            del self.fields["kind_of_scheme"]

    def label(self) -> dict[str, str]:
        """What was chosen, as a part of a document."""
        chosen = self.cleaned_data.get("kind_of_scheme")
        return {"label": chosen} if chosen else {}


class ImportForm(LabelForm):
    """``version`` 0: nothing is there yet."""

    file = forms.FileField(
        label=_("File"), max_length=140,
        help_text=_("The office's table as Excel (.xlsx) or Word (.docx), or a scheme file (.toml)."),
    )  # fmt: skip
    field_order = ("file", "kind_of_scheme")


class ReplaceForm(OfWhatWasSeen):
    """``read``: what was read, signed, and is to take the draft's place."""

    read = forms.CharField(widget=forms.HiddenInput, max_length=4_000_000)


class BeginForm(LabelForm):
    begin_with = forms.ChoiceField(label=_("Begin with"), required=False)

    def __init__(self, *told: Any, others: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*told, auto_id="begin_%s", **more)
        self.fields["begin_with"].choices = [("", _("an empty scheme")), *others]
        if "kind_of_scheme" in self.fields:
            of_itself = _("as that scheme says of itself; an empty one is the official scheme")
            self.fields["kind_of_scheme"].choices = [("", of_itself), *LABELS]


class ValuesForm(OfficeForm):
    files = ManyFiles(
        label=_("Files of values"),
        help_text=_("Excel or CSV, as for weighing: a column an input, or a row a value. They are not kept."),
    )  # fmt: skip


class SendOutForm(OfficeForm):
    days_to_comment = forms.IntegerField(
        label=_("Working days for comments"), min_value=1, max_value=120, initial=10
    )


class DecideForm(OfficeForm):
    seen_hash = forms.CharField(widget=forms.HiddenInput, max_length=80)
    decision = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[
            ("approved", pgettext_lazy("an approval", "approve")),
            ("returned", pgettext_lazy("an approval", "return")),
        ],
    )  # fmt: skip
    reason = _text(_("Reason"), rows=3, help_text=_("Needed if you return it."))


class ProposeForm(OfficeForm):
    why = forms.CharField(
        label=_("Why it is to change"), max_length=2000, widget=forms.Textarea({"rows": 4})
    )


class StepForm(forms.Form):
    """One step; without a name it is none."""

    title_zh = _line(_("Name in Chinese"), 60)
    title_en = _line(_("Name in English"), 60)
    role = forms.ChoiceField(
        label=_("Role"), choices=lambda: [(one.value, said(ROLES[one])) for one in Role]
    )
    at_office = forms.BooleanField(label=_("In the office"), required=False)


Steps = forms.formset_factory(StepForm, extra=2, max_num=8, absolute_max=10)
