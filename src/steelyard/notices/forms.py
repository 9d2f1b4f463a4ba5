"""What is asked: how long a deadline is put off and why; when mail is wanted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from steelyard.notices.models import Preference
from steelyard.notices.rules.deadlines import LONGEST
from steelyard.people.forms import Day, OfWhatWasSeen


class ExtensionForm(OfWhatWasSeen):
    working_days = forms.IntegerField(
        label=_("Working days more"),
        help_text=_("Counted on from the day it is due now."),
        min_value=1,
        max_value=LONGEST,
        required=False,
    )
    until = Day(
        label=_("or until this day"),
        help_text=_("A working day. Fill in this or the working days, not both."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Whoever may see the deadline will read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    passes_knowingly = forms.BooleanField(
        label=_("It may end after a later day of the same work"),
        help_text=_("Only needed where it does; those days are named above."),
        required=False,
    )

    def __init__(self, *args: Any, is_before_others: bool = True, **kwargs: Any) -> None:
        """``is_before_others``: later days of the same work are ahead, which it could pass."""
        super().__init__(*args, **kwargs)
        if not is_before_others:
            del self.fields["passes_knowingly"]


class PreferenceForm(OfWhatWasSeen):
    mode = forms.ChoiceField(
        label=_("When mail is sent to me"),
        choices=Preference._meta.get_field("mode").choices,
        widget=forms.RadioSelect,
    )
