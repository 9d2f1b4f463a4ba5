"""What is asked about comments on a scheme: a comment, its answer, which of them a list shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from steelyard.assessment.rules.states import COMMENT
from steelyard.look.language import said
from steelyard.people.forms import ByOrganisation, ListFilter, OfficeForm, OfWhatWasSeen


class CommentForm(OfficeForm):
    organisation = ByOrganisation(label=_("On behalf of"))
    item = forms.ChoiceField(label=pgettext_lazy("of a scheme", "Item"), required=False)
    text = forms.CharField(label=_("Comment"), max_length=2000, widget=forms.Textarea({"rows": 5}))

    def __init__(
        self, *told: Any, organisations: Any, items: Iterable[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*told, **more)
        self.fields["organisation"].queryset = organisations
        self.fields["item"].choices = [("", _("the whole scheme")), *items]


class EditCommentForm(OfWhatWasSeen):
    text = forms.CharField(label=_("Comment"), max_length=2000, widget=forms.Textarea({"rows": 5}))


class AnswerForm(OfWhatWasSeen):
    called = {"answer": "reason"}

    adopted = forms.ChoiceField(
        label=_("Answer"), widget=forms.RadioSelect,
        choices=[
            ("yes", pgettext_lazy("a comment", "adopted")),
            ("no", pgettext_lazy("a comment", "not adopted")),
        ],
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 4}))


class CarriedOutForm(OfWhatWasSeen):
    carried_out = forms.CharField(
        label=_("Where it is carried out, or why it is not"), max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip


class CommentFilterForm(ListFilter):
    item = forms.ChoiceField(label=pgettext_lazy("of a scheme", "Item"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("", _("all")), *((one.value, said(text)) for one, text in COMMENT.states.items())],
    )  # fmt: skip
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)

    def __init__(
        self,
        *told: Any,
        items: Iterable[tuple[str, str]],
        organisations: Iterable[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*told, **more)
        self.fields["item"].choices = [("", _("all")), *items]
        self.fields["organisation"].choices = [("", _("all")), *organisations]
