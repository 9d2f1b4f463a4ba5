"""Is the complaint whole: the four groups of contents, and the copies?"""

from __future__ import annotations

from datetime import date

from steelyard.courts.rules.articles import article
from steelyard.courts.rules.filing.contents import CONTENTS, GROUPS, Content
from steelyard.courts.rules.filing.filing import Filing
from steelyard.courts.rules.filing.filing_facts import applies, fact
from steelyard.courts.rules.filing.finding import (
    Finding,
    Found,
    Verdict,
    ask,
    found,
    judged,
)
from steelyard.courts.rules.filing.laws import (
    PATENT_2016,
    PATENT_2016_STARTS,
    administrative,
    administrative_interpretation,
    civil,
    evidence,
    interpretation,
    online,
    registration,
)
from steelyard.kernel.bilingual import Text


def suit_is_described(filing: Filing, _on: date) -> Found:
    """What kind of suit it is: without that no rule can be chosen."""
    articles = (registration("2"),)
    codes = (
        "track",
        "kind",
        "claim",
        "manner",
        "plaintiff.is_a",
        "plaintiff.home",
        "defendant.is_a",
    )
    return tuple(one for code in codes for one in judged(filing, code, articles, {}))


def complaint_is_written_unless_too_hard(filing: Filing, on: date) -> Found:
    """口头起诉 is for those who really cannot write; then the court writes the record."""
    verdict = Verdict(
        "could-write",
        "missing",
        Text("口头起诉，但书写诉状并无困难", "brought orally by one who can write a complaint"),
        Text("书写确有困难的才可以口头起诉", "orally only where writing is really too hard"),
        Text("请递交起诉状；可以提供诉状样本", "hand in a complaint; the court has samples"),
    )
    articles = (_copies_article(filing, on), registration("3"))
    return judged(filing, "writing_is_hard", articles, {False: verdict})


def online_suit_is_by_choice(filing: Filing, _on: date) -> Found:
    """在线诉讼须当事人同意; who files online by own choice has agreed."""
    verdict = Verdict(
        "online-not-agreed",
        "missing",
        Text(
            "原告没有选择、也不同意在线诉讼", "the plaintiff neither chose nor agreed to go online"
        ),
        Text("在线诉讼应当征得当事人同意", "it needs the party's consent"),
        Text("请原告确认同意，或者改为线下递交", "let the plaintiff agree, or file on paper"),
    )
    return judged(filing, "online_agreed", (online("4"),), {False: verdict})


def complaint_states_the_contents(filing: Filing, on: date) -> Found:
    """All particulars of Art. 124, each missing one a finding of its own."""
    return tuple(one for content in CONTENTS for one in _stated(content, filing, on))


def _stated(content: Content, filing: Filing, on: date) -> Found:
    group = GROUPS[content.group]
    why = Text(f"起诉状应当记明{group.zh}", f"a complaint must state {group.en}")
    mend = Text(f"请在起诉状中补写{content.name.zh}", f"add {content.name.en}")
    if content.field in ("defendant_sex", "defendant_work_unit"):
        why = Text(
            f"{why.zh}；但已足以使被告与他人相区别的，不因此不予受理",
            f"{why.en}; yet no ground to refuse where the defendant can be told apart",
        )
    verdict = Verdict(
        f"complaint-{content.field.replace('_', '-')}",
        "missing",
        Text(f"起诉状未记明{content.name.zh}", f"the complaint does not state {content.name.en}"),
        why,
        mend,
    )
    return judged(filing, content.fact, _content_articles(content, filing, on), {False: verdict})


def _content_articles(content: Content, filing: Filing, on: date) -> tuple[Text, ...]:
    group = content.group
    if filing.track == "administrative":
        third = (administrative("49(3)"), administrative_interpretation("68"))
        return (*(third if group == 3 else ()), registration("4"))
    articles = (civil(f"124({group})", on), registration("4"))
    if group == 3:
        return (*articles, civil("122(3)", on))
    return (*articles, interpretation("209", on)) if group == 2 else articles


def witnesses_are_known(filing: Filing, on: date) -> Found:
    """Whether there are witnesses is asked: only then are their names and domiciles due."""
    articles = (civil("124(4)", on),) if filing.track == "civil" else (registration("4"),)
    return judged(filing, "complaint.has_witnesses", articles, {})


def patent_claims_are_named(filing: Filing, on: date) -> Found:
    """Which claims are relied on, since 2016-04-01; whoever will not say may be dismissed."""
    if on < PATENT_2016_STARTS:
        return ()
    verdict = Verdict(
        "patent-claims-not-named",
        "missing",
        Text("起诉状未载明据以起诉的权利要求", "the patent claims relied on are not named"),
        Text(
            "有两项以上权利要求的应当载明；经释明仍不明确的，可以裁定驳回起诉",
            "else it may be dismissed",
        ),
        Text("请写明主张的是哪几项权利要求", "name the claims"),
    )
    articles = (article(PATENT_2016, "1"), civil("122(3)", on))
    return judged(filing, "complaint.patent_claims_named", articles, {False: verdict})


def complaint_abuses_nobody(filing: Filing, on: date) -> Found:
    verdict = Verdict(
        "abusive",
        "missing",
        Text("起诉状有谩骂和人身攻击之辞", "the complaint abuses someone"),
        Text("应当修改后再提起诉讼", "it is to be changed before it is brought"),
        Text("请删改后重新提交", "take it out and hand it in again"),
    )
    return judged(filing, "complaint.abusive", (interpretation("210", on),), {True: verdict})


def parties_are_counted(filing: Filing, on: date) -> Found:
    """How many defendants and other parties there are; a suit without a defendant is none."""
    verdict = Verdict(
        "no-defendant",
        "missing",
        Text("没有列被告", "no defendant is named"),
        Text("起诉须有明确的被告", "a suit needs a definite defendant"),
        Text("请列明被告", "name the defendant"),
        (civil("122(2)", on) if filing.track == "civil" else administrative("49(2)"),),
    )
    articles = (_copies_article(filing, on), registration("6(4)"))
    return (
        *judged(filing, "copies.defendants", articles, {0: verdict}),
        *judged(filing, "copies.third_parties", articles, {}),
    )


def copies_of_the_complaint_suffice(filing: Filing, on: date) -> Found:
    """One copy for each defendant and other party; none of a suit brought online or orally."""
    articles = (_copies_article(filing, on), registration("6(4)"))
    needed = _others(filing)
    return _copies(
        filing, "copies.complaint", needed, articles, Text("起诉状副本", "the complaint")
    )


def copies_of_the_evidence_suffice(filing: Filing, on: date) -> Found:
    """One copy for each opposing party."""
    needed = filing.copies.defendants
    name = Text("证据材料副本", "the evidence")
    return _copies(filing, "copies.evidence", needed, (evidence("19", on),), name)


def _others(filing: Filing) -> int | None:
    copies = filing.copies
    if copies.defendants is None or copies.third_parties is None:
        return None
    return copies.defendants + copies.third_parties


def _copies(
    filing: Filing, code: str, needed: int | None, articles: tuple[Text, ...], of: Text
) -> Found:
    given = getattr(filing.copies, code.rpartition(".")[2])
    if not applies(fact(code), filing):
        return ()
    if given is None:
        return (ask(code, articles),)
    if needed is None or given >= needed:
        return ()
    return (_too_few(code, needed - given, needed, articles, of),)


def _too_few(code: str, short: int, needed: int, articles: tuple[Text, ...], of: Text) -> Finding:
    verdict = Verdict(
        code.replace(".", "-"),
        "missing",
        Text(f"{of.zh}少{short}份", f"{short} too few copies of {of.en}"),
        Text(f"按人数应有{needed}份", f"by the number of parties there must be {needed}"),
        Text(f"请补交{short}份", f"hand in {short} more"),
    )
    return found(verdict, code, articles)


def _copies_article(filing: Filing, on: date) -> Text:
    return administrative("50") if filing.track == "administrative" else civil("123", on)
