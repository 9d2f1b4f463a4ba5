"""May a suit for a declaration of non-infringement be heard yet?"""

from __future__ import annotations

from datetime import date

from steelyard.courts.rules.articles import article
from steelyard.courts.rules.filing.filing import Filing
from steelyard.courts.rules.filing.finding import Found, Verdict, judged
from steelyard.courts.rules.filing.laws import IP_EVIDENCE, IP_EVIDENCE_STARTS, PATENT_2009
from steelyard.kernel.bilingual import Text

_PATENTS = ("invention", "utility_model", "design")


def defendant_warned(filing: Filing, on: date) -> Found:
    """确认不侵权之诉 begins with the other side's warning."""
    return _declared(
        filing,
        on,
        "declaration.warned",
        "not-warned",
        Text("被告没有发出侵权警告或者侵权投诉", "no warning of infringement was given"),
    )


def plaintiff_reminded(filing: Filing, on: date) -> Found:
    return _declared(
        filing,
        on,
        "declaration.reminded",
        "not-reminded",
        Text("原告没有书面催告被告行使诉权", "the defendant was not reminded in writing to sue"),
    )


def time_after_reminder_passed(filing: Filing, on: date) -> Found:
    """One month from receipt or two from sending; beyond patents a reasonable time."""
    return _declared(
        filing,
        on,
        "declaration.time_passed",
        "too-early-after-reminder",
        Text("催告后法定（合理）期限未满", "the time after the reminder still runs"),
    )


def warning_still_stands(filing: Filing, on: date) -> Found:
    return _declared(
        filing,
        on,
        "declaration.still_unsettled",
        "warning-settled",
        Text("被告已撤回警告或者已经起诉", "the warning was taken back, or the defendant sued"),
    )


def _declared(filing: Filing, on: date, fact: str, code: str, what: Text) -> Found:
    verdict = Verdict(
        code,
        "refused",
        what,
        Text(
            "经警告、书面催告，自收到一个月或者发出二个月内仍不撤回也不起诉的，才受理",
            "accepted only where, after warning and written reminder, a month from receipt or two"
            " from sending brought neither a suit nor a withdrawal",
        ),
        Text("释明条件具备后可以再诉；坚持起诉的，裁定不予受理", "explain when it can be brought"),
    )
    return judged(filing, fact, _declaration_articles(filing, on), {False: verdict})


def _declaration_articles(filing: Filing, on: date) -> tuple[Text, ...]:
    """The rule was written for patents; since 2020 the evidence rules ask the same of every right."""
    of_patents = article(PATENT_2009, "18")
    if on < IP_EVIDENCE_STARTS:
        return (of_patents,)
    of_all = article(IP_EVIDENCE, "5")
    return (of_patents, of_all) if filing.kind in _PATENTS else (of_all, of_patents)
