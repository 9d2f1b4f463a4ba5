"""May preservation be ordered before a suit is brought?

Asked together with a suit, preservation needs no more than its papers (``filing_materials.toml``).
"""

from __future__ import annotations

from datetime import date

from steelyard.courts.rules.articles import article
from steelyard.courts.rules.filing.filing import Filing
from steelyard.courts.rules.filing.finding import Found, Verdict, found, judged
from steelyard.courts.rules.filing.laws import CONDUCT, CONDUCT_STARTS, civil
from steelyard.kernel.bilingual import Text


def some_measure_is_asked_for(filing: Filing, on: date) -> Found:
    """Of conduct, property or evidence; an application that names none asks for nothing."""
    asked = filing.preservation
    if (asked.conduct, asked.property, asked.evidence) != (False, False, False):
        return ()
    verdict = Verdict(
        "no-measure",
        "missing",
        Text("没有写明申请哪一种保全", "no measure is asked for"),
        Text("申请应当写明保全行为、财产还是证据", "conduct, property or evidence must be named"),
        Text("请写明申请的措施", "name the measure"),
    )
    return (found(verdict, "preservation.conduct", _articles(filing, on)),)


def matter_is_urgent(filing: Filing, on: date) -> Found:
    """情况紧急 is what lets anybody ask before suing."""
    verdict = Verdict(
        "not-urgent",
        "refused",
        Text(
            "情况并不紧急，却在起诉前申请保全", "preservation before suit, though nothing is urgent"
        ),
        Text("情况紧急的才可以在起诉前申请", "only what is urgent can be asked for before suing"),
        Text(
            "释明可以起诉并在诉讼中申请；坚持的，裁定驳回申请",
            "explain; else dismiss the application",
        ),
    )
    return judged(filing, "preservation.urgent", _articles(filing, on), {False: verdict})


def court_may_preserve(filing: Filing, on: date) -> Found:
    verdict = Verdict(
        "not-competent-to-preserve",
        "redirected",
        Text("本院不能受理该诉前保全申请", "this court may not hear the application"),
        Text(
            "应当向财产、证据所在地，被申请人住所地或者对案件有管辖权的法院申请",
            "one applies where the property, evidence or respondent is, or to the court of the case",
        ),
        Text("告知向有权的法院申请", "tell the applicant where to apply"),
    )
    return judged(filing, "preservation.competent", _articles(filing, on), {False: verdict})


def respondent_is_definite(filing: Filing, on: date) -> Found:
    verdict = Verdict(
        "respondent-not-definite",
        "missing",
        Text(
            "所列信息不足以使被申请人与他人相区别",
            "the respondent cannot be told apart from others",
        ),
        Text("申请书应当载明被申请人的身份、送达地址", "who and where it is must be stated"),
        Text("请补正被申请人的信息", "add the respondent's particulars"),
    )
    return judged(filing, "defendant.distinguishable", _articles(filing, on), {False: verdict})


def _articles(filing: Filing, on: date) -> tuple[Text, ...]:
    asked = filing.preservation
    conduct = (article(CONDUCT, "3"),) if asked.conduct and on >= CONDUCT_STARTS else ()
    evidence = (civil("84", on),) if asked.evidence else ()
    return (civil("104", on), *evidence, *conduct)
