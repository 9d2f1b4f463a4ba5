"""What a unit is asked: an item, its material, why it files late, what is wrong with a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from steelyard.assessment.models import Answer
from steelyard.assessment.queries.collection import said_of, written_score
from steelyard.assessment.rules.collection.answers import (
    FIGURE,
    LONGEST,
    LONGEST_FIGURE,
    Question,
    Typed,
)
from steelyard.assessment.rules.collection.claims import ASKS, CLAIMS
from steelyard.assessment.rules.collection.materials import LONGEST as LONGEST_KIND
from steelyard.assessment.rules.collection.materials import OTHER, kinds
from steelyard.assessment.rules.collection.objections import LONGEST as LONGEST_OBJECTION
from steelyard.assessment.rules.figures import in_field
from steelyard.assessment.rules.schemes.division import Way, way_of
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.look.language import lang, said, say
from steelyard.people.forms import ManyFiles, OfficeForm, OfWhatWasSeen
from steelyard.scheme.model import Input

CLAIM_CHOICES = [
    ("", pgettext_lazy("claim", "none")),
    *((one.value, said(title)) for one, title in CLAIMS.items()),
]
GROUNDS = said(
    Text(
        "；".join(f"{CLAIMS[one].zh}：{asks.zh}" for one, asks in ASKS.items()),
        "; ".join(f"{CLAIMS[one].en}: {asks.en}" for one, asks in ASKS.items()),
    )
)


def _who_gives(one: Input) -> Any:
    if way_of(one) is Way.OWN:
        return _("Nobody but you gives this figure; left empty it is missing, and not 0.")
    return _("Your own figure, where you have one; empty is not 0.")


def _subtracted(bounds: Text) -> Text:
    return Text(f"{bounds.zh}；从总分中扣减", f"{bounds.en}; it is subtracted from the total")


class AnswerForm(OfWhatWasSeen):
    """One item. What is typed is read by the rules, which say what is wrong with it."""

    self_score = forms.CharField(label=_("Self-score"), max_length=40, required=False)
    statement = forms.CharField(
        label=_("Statement"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    claim = forms.ChoiceField(
        label=pgettext_lazy("of an item", "Claim"), choices=CLAIM_CHOICES, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    grounds = forms.CharField(
        label=_("Grounds of the claim"), required=False, help_text=GROUNDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(
        self,
        *told: Any,
        question: Question,
        outdated: Mapping[str, Text] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*told, **more)
        if question.most is not None:
            most = plain(question.most)
            bounds = Text(f"0到{most}分，最多四位小数", f"0 to {most}, at most four decimal places")
            self.fields["self_score"].help_text = said(
                _subtracted(bounds) if question.item.kind == "deduction" else bounds
            )
        for one in question.inputs:
            unit, kept = say(one.unit_of_measure), self.initial.get(FIGURE + one.code, "")
            self.initial[FIGURE + one.code] = in_field(str(kept), one, lang())
            was = (outdated or {}).get(one.code)
            self.fields[FIGURE + one.code] = forms.CharField(
                label=f"{say(one.title)} ({unit})" if unit else say(one.title),
                max_length=LONGEST_FIGURE, required=False,
                help_text=_("Before the scheme was amended you entered %(figure)s: enter it anew.")
                % {"figure": say(was)} if was else _who_gives(one),
            )  # fmt: skip
        figures = [FIGURE + one.code for one in question.inputs]
        self.order_fields(["self_score", *figures, "statement", "claim", "grounds", "version"])
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")

    def typed(self) -> Typed:
        told = self.cleaned_data
        return Typed(
            self_score=told["self_score"], statement=told["statement"], claim=told["claim"],
            grounds=told["grounds"],
            figures={
                name.removeprefix(FIGURE): text
                for name, text in told.items()
                if name.startswith(FIGURE)
            },
        )  # fmt: skip

    @staticmethod
    def of(answer: Answer | None) -> dict[str, object]:
        now = said_of(answer)
        return {
            "self_score": written_score(now.self_score), "statement": now.statement,
            "claim": now.claim, "grounds": now.grounds, "version": answer.version if answer else 0,
            **{FIGURE + code: figure for code, figure in now.figures.items()},
        }  # fmt: skip


class MaterialForm(OfficeForm):
    """``asked``: the list of material of the item."""

    called: Mapping[str, str] = {"": "content"}

    content = ManyFiles(
        label=_("File"), allow_empty_file=True, help_text=_("Several may be chosen at once.")
    )
    kind = forms.ChoiceField(label=_("Kind of material"))
    named = forms.CharField(
        label=_("Which other"), max_length=LONGEST_KIND, required=False,
        help_text=_("Only if the scheme does not list it."),
    )  # fmt: skip
    title = forms.CharField(
        label=_("Title"), max_length=140, required=False,
        help_text=_("Of the document; empty, as with several files: the name of the file."),
    )  # fmt: skip
    document_number = forms.CharField(label=_("Document number"), max_length=60, required=False)
    pages = forms.CharField(
        label=_("Pages to look at"), max_length=60, required=False,
        help_text=_("For instance 3–5, 12."),
    )  # fmt: skip

    def __init__(self, *told: Any, asked: Text, **more: Any) -> None:
        super().__init__(*told, **more)
        self.fields["kind"].choices = kind_choices(asked)
        if not kinds(asked):
            self._ask_for_no_kind()

    def _ask_for_no_kind(self) -> None:
        """The scheme lists none: what it is may be said, and need not."""
        kind, named = self.fields["kind"], self.fields["named"]
        kind.required, kind.widget = False, forms.HiddenInput()
        named.label, named.help_text = kind.label, ""


def kind_choices(asked: Text) -> list[tuple[str, str]]:
    """The list of the item, and *other*; of an item that asks for none, only that."""
    listed = [(one.zh, say(one)) for one in kinds(asked)]
    first = [("", _("Please choose"))] if listed else []
    return [*first, *listed, (OTHER, _("Another, to be named"))]


class LateForm(OfficeForm):
    why = forms.CharField(
        label=_("Why it is filed late"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "The office reads this. What you answer from now on is late by the scheme's rule."
        ),
    )  # fmt: skip


class ContestForm(OfficeForm):
    text = forms.CharField(
        label=_("What is wrong with the record"), max_length=LONGEST_OBJECTION,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Name what it should say, and by which document."),
    )  # fmt: skip


class ReasonedForm(OfWhatWasSeen):
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_OBJECTION, widget=forms.Textarea(attrs={"rows": 4})
    )
