"""Draw files; choose reviewers; give a reason; mark a file by its checklist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from steelyard.assessment.actions.reviews import Marked
from steelyard.assessment.actions.reviews.clocks import DAYS_TO_REVIEW
from steelyard.assessment.actions.reviews.reviewers import MOST_DAYS
from steelyard.assessment.rules.reviews.checklists import Defect, FileType
from steelyard.assessment.rules.reviews.draws import MOST
from steelyard.assessment.rules.reviews.marks import MOST_TIMES
from steelyard.look.language import say
from steelyard.people.forms import OfficeForm, OfWhatWasSeen, needed
from steelyard.people.models import Account
from steelyard.supply.models import Snapshot

Choices = Sequence[tuple[str, str]]


class BySnapshot(forms.ModelChoiceField):
    def label_from_instance(self, one: Snapshot) -> str:
        return f"{one.identifier} · {one.ended_at:%Y-%m-%d}"


class DrawForm(OfficeForm):
    snapshot = BySnapshot(
        label=_("Frozen snapshot"), queryset=Snapshot.objects.none(), empty_label="–"
    )
    file_type = forms.ChoiceField(label=_("Type of file"))
    input_code = forms.ChoiceField(
        label=_("Input that it feeds"),
        help_text=_("One of which the scheme says that case files give it, and which figure."),
    )
    wanted = forms.IntegerField(
        label=_("Files a unit"), min_value=1, max_value=MOST, initial=10
    )  # fmt: skip
    reserves = forms.IntegerField(
        label=_("Reserves a unit"), min_value=0, max_value=MOST, initial=3
    )
    days = forms.IntegerField(
        label=_("Working days to bring them"), min_value=1, max_value=60, initial=5
    )
    seed = forms.CharField(
        label=_("Seed"), max_length=80,
        help_text=_("A line of text from public chance, made after the snapshot was frozen. Files are drawn once."),
    )  # fmt: skip
    seed_origin = forms.CharField(
        label=_("Where the seed comes from"), max_length=400,
        help_text=_("For instance which lottery, of which day, or who drew it in the presence of whom."),
    )  # fmt: skip
    witness = forms.CharField(
        label=_("Witness"), max_length=100, help_text=_("The second person who is present.")
    )

    def __init__(
        self, *told: Any, snapshots: Iterable[Snapshot], types: Choices, inputs: Choices,
        **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(*told, **more)
        self.fields["snapshot"].queryset = snapshots
        self.fields["file_type"].choices = types
        self.fields["input_code"].choices = inputs


class ByReviewers(forms.ModelMultipleChoiceField):
    def label_from_instance(self, one: Account) -> str:
        return f"{one.name}"


class ReviewersForm(OfficeForm):
    reviewers = ByReviewers(
        label=_("Reviewers"), queryset=Account.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    days = forms.IntegerField(
        label=_("Working days to review"), min_value=1, max_value=MOST_DAYS, initial=DAYS_TO_REVIEW,
        help_text=_("Counted from today. Each reviewer is told; whose days run already keeps them."),
    )  # fmt: skip

    def __init__(self, *told: Any, reviewers: Iterable[Account], **more: Any) -> None:
        super().__init__(*told, **more)
        self.fields["reviewers"].queryset = reviewers


class ReviewerForm(OfficeForm):
    """One reviewer: a third, or one in the place of another."""

    called: Mapping[str, str] = {"reviewers": "reviewer"}
    reviewer = forms.ModelChoiceField(
        label=_("Reviewer"), queryset=Account.objects.none(), empty_label="–"
    )

    def __init__(self, *told: Any, reviewers: Iterable[Account], **more: Any) -> None:
        super().__init__(*told, **more)
        self.fields["reviewer"].queryset = reviewers


class NoteForm(OfWhatWasSeen):
    reason = forms.CharField(
        label=pgettext_lazy("of a case file", "Reason"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *told: Any, is_replaced: bool = False, **more: Any) -> None:
        """``is_replaced``: by a reserve, for which a reason is needed."""
        super().__init__(*told, **more)
        if is_replaced:
            needed(self.fields["reason"])


@dataclass(frozen=True, slots=True)
class Row:
    """A defect of the checklist with its two cells."""

    defect: Defect
    times: BoundField
    note: BoundField


class MarksForm(OfWhatWasSeen):
    """Times and a note for each defect; an empty cell: it was not found."""

    no_defect = forms.BooleanField(
        label=_("No defect was found in this file"), required=False,
        help_text=_("Asked of whoever finishes with nothing marked."),
    )  # fmt: skip

    def __init__(self, *told: Any, of: FileType, marked: Mapping[str, Marked], **more: Any) -> None:
        initial = {f"times_{code}": one.times for code, one in marked.items()}
        initial |= {f"note_{code}": one.note for code, one in marked.items()}
        super().__init__(*told, initial=initial | more.pop("initial", {}), **more)
        self.of = of
        self.called = {code: f"times_{code}" for code in of.codes}
        for one in of.defects:
            title = say(one.title)
            self.fields[f"times_{one.code}"] = forms.IntegerField(
                label=title, required=False, min_value=0, max_value=MOST_TIMES,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip
            self.fields[f"note_{one.code}"] = forms.CharField(
                label=f"{title} · {_('Note')}", required=False, max_length=400
            )

    def rows(self) -> list[Row]:
        return [
            Row(one, self[f"times_{one.code}"], self[f"note_{one.code}"]) for one in self.of.defects
        ]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        for code in self.of.codes:
            if told.get(f"note_{code}") and not told.get(f"times_{code}"):
                self.add_error(f"times_{code}", _("There is a note, and no number of times."))
        return told

    def marked(self) -> dict[str, Marked]:
        told = self.cleaned_data
        return {
            code: Marked(told[f"times_{code}"], told.get(f"note_{code}", ""))
            for code in self.of.codes
            if told.get(f"times_{code}")
        }
