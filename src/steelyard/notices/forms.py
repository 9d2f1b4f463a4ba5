"""What is asked: how long a deadline is put off and why; when mail is wanted."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from steelyard.kernel.refusals import Refused
from steelyard.notices.models import Preference
from steelyard.notices.reading import said
from steelyard.notices.rules.deadlines import LONGEST


class ExtensionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    working_days = forms.IntegerField(
        label=_("Working days more"),
        help_text=_("Counted on from the day it is due now."),
        min_value=1,
        max_value=LONGEST,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Whoever may see the deadline will read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )

    def refuse(self, refused: Refused) -> None:
        """What the rules said, at its field."""
        for refusal in refused.refusals:
            field = refusal.field if refusal.field in self.fields else None
            self.add_error(field, forms.ValidationError(said(refusal.text), code=refusal.code))


class PreferenceForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    mode = forms.ChoiceField(
        label=_("When mail is sent to me"),
        choices=Preference._meta.get_field("mode").choices,
        widget=forms.RadioSelect,
    )
