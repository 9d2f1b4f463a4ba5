"""Pictures and documents of prose: what may be sent is what the office's files allow, by content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from steelyard.files.rules.kinds import ENDINGS, KINDS, Kind, kind_of
from steelyard.kernel.bilingual import Text
from steelyard.look.language import say

PICTURES = frozenset({Kind.PNG, Kind.JPEG})
PAPERS = frozenset({Kind.PDF, Kind.DOCX, Kind.XLSX, Kind.TEXT, Kind.ZIP})


def check(sent: UploadedFile, wanted: frozenset[Kind]) -> None:
    """
    Raises:
        ValidationError: its content is not of these kinds, or not what its name says.
    """
    found = kind_of(sent.file)
    sent.seek(0)
    if not isinstance(found, Kind):
        raise forms.ValidationError([say(one.text) for one in found])
    if found not in wanted:
        raise forms.ValidationError(say(_other(wanted)))
    if sent.name.rpartition(".")[2].lower() not in ENDINGS[found]:
        raise forms.ValidationError(say(_otherwise_called(found)))


class PictureForm(BaseImageForm):
    def clean_file(self) -> Any:
        return checked(self, PICTURES)

    def clean_alt_zh(self) -> str:
        return worded(self.cleaned_data, "alt_zh")

    def clean_alt_en(self) -> str:
        return worded(self.cleaned_data, "alt_en")


class PaperForm(BaseDocumentForm):
    def clean_file(self) -> Any:
        return checked(self, PAPERS)


def checked(form: forms.ModelForm, wanted: frozenset[Kind]) -> Any:
    sent = form.cleaned_data["file"]
    if isinstance(sent, UploadedFile):
        check(sent, wanted)
    return sent


def worded(told: Mapping[str, Any], field: str) -> str:
    """Blanks alone say nothing."""
    words = told[field].strip()
    if not words:
        raise forms.ValidationError(say(NO_WORDS))
    return words


NO_WORDS = Text("请写明图片内容", "say what the picture shows")


def _other(wanted: frozenset[Kind]) -> Text:
    named = [KINDS[one] for one in Kind if one in wanted]
    return Text(
        f"此处可以上传：{'、'.join(one.zh for one in named)}",
        f"taken here are: {', '.join(one.en for one in named)}",
    )


def _otherwise_called(found: Kind) -> Text:
    endings = " ".join(f".{one}" for one in ENDINGS[found])
    return Text(
        f"文件内容是{KINDS[found].zh}，文件名应以 {endings} 结尾",
        f"the content is: {KINDS[found].en}; let its name end in {endings}",
    )
