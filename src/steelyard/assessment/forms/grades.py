"""The grades of a draft, a few fields each: name, cut-off, quota, place in the order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from steelyard.assessment.rules.schemes.grades import Line, QuotaOf
from steelyard.kernel.bilingual import Text
from steelyard.people.forms import OfWhatWasSeen

_SPARE = 2
_FEWEST = 5
_MOST = 20


def _number(label: Any, **told: Any) -> forms.RegexField:
    return forms.RegexField(
        r"^\d{1,6}(\.\d{1,6})?$", label=label, required=False, max_length=20,
        widget=forms.TextInput({"inputmode": "decimal", "size": 6}),
        error_messages={"invalid": _("Write a number, such as 5 or 0.5.")}, **told,
    )  # fmt: skip


class GradesForm(OfWhatWasSeen):
    """``lines``: those that are there, and room for more."""

    def __init__(self, *told: Any, lines: int, **more: Any) -> None:
        super().__init__(*told, **more)
        self.count = count_of(lines)
        for at in range(self.count):
            self.fields |= {
                f"code_{at}": forms.CharField(
                    required=False, max_length=80, widget=forms.HiddenInput
                ),
                f"title_zh_{at}": forms.CharField(
                    label=_("Name in Chinese"), required=False, max_length=40
                ),
                f"title_en_{at}": forms.CharField(
                    label=_("Name in English"), required=False, max_length=60
                ),
                f"points_{at}": _number(_("From how many points")),
                f"above_{at}": forms.BooleanField(
                    label=_("only above this number"), required=False
                ),
                f"quota_{at}": _number(_("For at most")),
                f"quota_of_{at}": forms.ChoiceField(
                    label=_("Of these"), required=False,
                    choices=[("share", _("per cent of the units")), ("count", _("units"))],
                ),
                f"place_{at}": forms.IntegerField(
                    label=_("Place in the order"), required=False, min_value=1, max_value=99
                ),
            }  # fmt: skip

    def lines(self) -> Iterator[list[BoundField]]:
        """The fields that are seen, a grade at a time."""
        names = ("title_zh", "title_en", "points", "above", "quota", "quota_of", "place")
        for at in range(self.count):
            yield [self[f"{name}_{at}"] for name in names]

    def asked(self) -> tuple[Line, ...]:
        return tuple(self._asked(at) for at in range(self.count))

    def _asked(self, at: int) -> Line:
        said = {name: self.cleaned_data.get(f"{name}_{at}") for name in _NAMES}
        return Line(
            at, said["place"] or at + 1, Text(str(said["title_zh"]), str(said["title_en"])),
            str(said["code"]), str(said["points"]), bool(said["above"]), str(said["quota"]),
            cast("QuotaOf", said["quota_of"] or "share"),
        )  # fmt: skip


_NAMES = ("code", "title_zh", "title_en", "points", "above", "quota", "quota_of", "place")


def count_of(lines: int) -> int:
    return min(max(lines + _SPARE, _FEWEST), max(_MOST, lines))


def initial_of(lines: tuple[Line, ...], count: int) -> dict[str, Any]:
    """What stands in the fields."""
    found: dict[str, Any] = {}
    for at in range(count):
        one = lines[at] if at < len(lines) else Line(at, at + 1, Text())
        found |= {
            f"code_{at}": one.code, f"title_zh_{at}": one.title.zh, f"title_en_{at}": one.title.en,
            f"points_{at}": one.points, f"above_{at}": one.above, f"quota_{at}": one.quota,
            f"quota_of_{at}": one.quota_of, f"place_{at}": at + 1,
        }  # fmt: skip
    return found
