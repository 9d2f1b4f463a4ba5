"""What the office is called on its papers; another template of a paper."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from steelyard.assessment.rules.papers.letterheads import Named
from steelyard.assessment.rules.papers.versions import LONGEST_NOTE
from steelyard.people.forms import OfficeForm, needed


class TemplateForm(OfficeForm):
    """The file, and the version that was in use when the page was made."""

    template = forms.FileField(label=pgettext_lazy("of a paper", "Template"))
    note = forms.CharField(
        label=_("Note"), max_length=LONGEST_NOTE, required=False,
        help_text=_("What is different, for those who look at the versions later."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class LetterheadForm(OfficeForm):
    """The name, and the version that was in use when the page was made."""

    name_zh = needed(forms.CharField(
        label=_("Name in Chinese"),
        help_text=_("In full, as it stands on the red head of a document, without 文件."),
    ))  # fmt: skip
    name_en = forms.CharField(label=_("Name in English"), required=False)
    code = forms.CharField(
        label=_("Code of its document numbers"), required=False,
        help_text=_("机关代字, as 粤知保 in 粤知保〔2026〕3号. Without one it is left to be filled in."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @property
    def wanted(self) -> Named:
        told = self.cleaned_data
        return Named(told["name_zh"], told["name_en"], told["code"])
