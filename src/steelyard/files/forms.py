"""What is asked when a file is sent or marked anew."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from steelyard.files.rules.kinds import KINDS
from steelyard.files.rules.marks import MARKS, WHO, Mark
from steelyard.kernel.bilingual import Text
from steelyard.look.language import said
from steelyard.people.forms import ByOrganisation, OfficeForm
from steelyard.people.models import Organisation

MARK_CHOICES = [
    (
        mark.value,
        said(Text(f"{MARKS[mark].zh}：{WHO[mark].zh}", f"{MARKS[mark].en}: {WHO[mark].en}")),
    )
    for mark in Mark
]
TAKEN = Text(
    f"可以上传{'、'.join(kind.zh for kind in KINDS.values())}，不超过 50 MB。按内容识别，不看文件名。"
    "涉及国家秘密的文件不得上传。",
    f"Taken are: {', '.join(kind.en for kind in KINDS.values())}; 50 MB at most."
    " Told by content, not by name. Files with State secrets must not be sent.",
)


class SendForm(OfficeForm):
    called = {"": "content"}

    content = forms.FileField(label=_("File"), help_text=said(TAKEN), allow_empty_file=True)
    organisation = ByOrganisation(label=_("Organisation whose file it is"))
    mark = forms.ChoiceField(
        label=_("Confidentiality"),
        choices=MARK_CHOICES,
        widget=forms.RadioSelect,
        initial=Mark.INTERNAL,
    )

    def __init__(self, *arguments: object, organisations: frozenset[int], **named: object) -> None:
        super().__init__(*arguments, **named)
        own = Organisation.objects.filter(pk__in=organisations)
        self.fields["organisation"].queryset = own
        if len(organisations) == 1:
            self.fields["organisation"].initial = next(iter(organisations))


class MarkForm(forms.Form):
    mark = forms.ChoiceField(
        label=_("Confidentiality"), choices=MARK_CHOICES, widget=forms.RadioSelect
    )
