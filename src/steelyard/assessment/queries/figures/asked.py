"""The rules that use a figure, in words: what becomes of it, for whoever supplies it."""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.queries.collection.asked import in_words
from steelyard.assessment.rules.schemes.verdicts import vetoes_said
from steelyard.kernel.bilingual import LANGS, Text
from steelyard.scheme.wording.own_figures import names_in
from steelyard.scheme.wording.speech import rows_of


@dataclass(frozen=True, slots=True)
class RuleOf:
    """An item that uses the figure, or a veto, and its rule in words. ``code``: "" of a veto."""

    code: str
    title: Text
    words: Text

    @property
    def said(self) -> Text:
        zh, en = (f"{self.code} {self.title.say(lang)}".strip() for lang in LANGS)
        return Text(f"{zh}：{self.words.zh}", f"{en}: {self.words.en}")


def rules_of(assessment: Assessment, input_code: str) -> tuple[RuleOf, ...]:
    """By the scheme in force, in its order; what only a quantity has between them counts too."""
    version = issued(assessment)
    if version is None:
        return ()
    items = [
        RuleOf(duty.item.code, duty.item.title, _in_both(version, duty.item.code))
        for duty in division_of(version).duties
        if input_code in duty.inputs
    ]
    document = scheme_of(version).document
    asking = {
        str(row.get("code"))
        for row in rows_of(document, "vetoes")
        if input_code in set(names_in(row.get("when")))
    }
    vetoes = [
        RuleOf("", one.title, one.words) for one in vetoes_said(document) if one.code in asking
    ]
    return (*items, *vetoes)


def _in_both(version: SchemeVersion, item: str) -> Text:
    zh, en = (in_words(version, item, lang) for lang in LANGS)
    return Text(zh, en)
