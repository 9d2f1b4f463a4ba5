"""What an editor fills in about a message."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from steelyard.people.forms import OfficeForm


class AnswerForm(OfficeForm):
    answer = forms.CharField(
        label=_("Answer"), widget=forms.Textarea(attrs={"rows": 8}), max_length=8000
    )


class PublishForm(OfficeForm):
    question = forms.CharField(
        label=_("Question, without anything personal"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=4000,
    )
    answer = forms.CharField(
        label=_("Answer"), widget=forms.Textarea(attrs={"rows": 6}), required=False, max_length=8000
    )
