"""What is a finding of the filing check, and how does a limit come to one?

A limit looks at one fact. If the fact bears on this filing and nobody said, it asks; it never
takes silence for an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from steelyard.courts.rules.filing.filing import Filing
from steelyard.courts.rules.filing.filing_facts import applies, fact, value
from steelyard.kernel.bilingual import Text

Consequence = Literal["missing", "refused", "redirected", "person", "ask", "advised"]
CONSEQUENCES: Mapping[Consequence, Text] = {
    "missing": Text("补正", "to be supplemented"),
    "refused": Text("裁定不予受理（不予立案）", "ruling not to accept, open to appeal"),
    "redirected": Text("告知另循途径", "to be sought elsewhere"),
    "person": Text("由法官决定", "a judge decides"),
    "ask": Text("待询问", "to be asked"),
    "advised": Text("建议备齐", "better brought along"),
}
"""What a finding leads to. Only ``advised`` keeps no suit from being registered."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is missing or in the way: by which articles, what, why, and what to do.

    ``fact`` is the code of the fact it rests on. The first of ``articles`` is the one that
    decides.
    """

    code: str
    consequence: Consequence
    articles: tuple[Text, ...]
    what: Text
    why: Text
    mend: Text
    fact: str

    @property
    def article(self) -> Text:
        return self.articles[0]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one answer to a fact leads to."""

    code: str
    consequence: Consequence
    what: Text
    why: Text
    mend: Text
    articles: tuple[Text, ...] = ()


Found = tuple[Finding, ...]
Verdicts = Mapping[Any, Verdict]
"""By the answer to a fact: True or False, a code of a choice, a count."""
Limit = Callable[[Filing, date], Found]

ASK_WHY = Text(
    "条文以此为据；没有说明不等于没有",
    "the law turns on it; what was not said is not thereby absent",
)
ASK_MEND = Text("请询问当事人后再判断", "ask the party, then judge")


def ask(code: str, articles: tuple[Text, ...], label: Text | None = None) -> Finding:
    """A fact that bears on the filing and that nobody stated."""
    label = label or fact(code).label
    what = Text(f"未说明：{label.zh}", f"not said: {label.en}")
    return Finding("not-said", "ask", articles, what, ASK_WHY, ASK_MEND, code)


def judged(filing: Filing, code: str, articles: tuple[Text, ...], verdicts: Verdicts) -> Found:
    """What the answer to one fact leads to: nothing, a finding, or a question."""
    if not applies(fact(code), filing):
        return ()
    answer = value(filing, code)
    if answer is None:
        return (ask(code, articles),)
    verdict = verdicts.get(answer)
    return () if verdict is None else (found(verdict, code, articles),)


def found(verdict: Verdict, code: str, articles: tuple[Text, ...]) -> Finding:
    return Finding(
        verdict.code,
        verdict.consequence,
        verdict.articles or articles,
        verdict.what,
        verdict.why,
        verdict.mend,
        code,
    )


RULE = Text("出具书面裁定并载明理由，可以上诉", "a written ruling with reasons, open to appeal")
TELL = Text(
    "告知原告另循该途径；坚持起诉的，裁定不予受理（不予立案）",
    "tell the plaintiff; whoever insists gets a ruling not to accept",
)
DECIDE = Text(
    "不当场拒收：出具注明收到日期的凭证，交法官决定",
    "do not turn it away: give a dated receipt and hand it to a judge",
)
