"""May the agent act, and are a foreign plaintiff's papers proven?"""

from __future__ import annotations

from datetime import date

from steelyard.courts.rules.articles import article
from steelyard.courts.rules.filing.filing import Filing
from steelyard.courts.rules.filing.finding import Finding, Found, Verdict, ask, found, judged
from steelyard.courts.rules.filing.laws import (
    CONVENTION,
    CONVENTION_STARTS,
    administrative,
    administrative_interpretation,
    civil,
    evidence,
    interpretation,
    registration,
)
from steelyard.kernel.bilingual import Text

PAPERS: dict[str, Text] = {
    "lawyer": Text("律师执业证、律师事务所证明材料", "practising licence, letter of the law firm"),
    "legal_worker": Text(
        "法律服务工作者执业证、基层法律服务所介绍信、当事人一方位于本辖区的证明",
        "licence, letter of the legal service office, proof that a party lives in the district",
    ),
    "relative": Text("身份证件、与委托人有近亲属关系的证明", "identity card, proof of kinship"),
    "employee": Text(
        "身份证件、与当事人有合法劳动人事关系的证明", "identity card, proof of employment"
    ),
    "community": Text(
        "身份证件、推荐材料、当事人属于该社区（单位）的证明",
        "identity card, letter of recommendation, proof that the party belongs there",
    ),
    "association": Text(
        "身份证件、该社会团体符合推荐条件的证明",
        "identity card, proof that the association may put an agent forward",
    ),
}
"""What each kind of agent hands in (Interpretation of the Civil Procedure Law, Art. 88)."""


def agent_is_known(filing: Filing, on: date) -> Found:
    articles = (_may_appoint(filing, on),)
    return tuple(
        one
        for code in ("agent.appointed", "agent.is_a")
        for one in judged(filing, code, articles, {})
    )


def agents_are_at_most_two(filing: Filing, on: date) -> Found:
    """一至二人."""
    articles = (_may_appoint(filing, on),)
    number = filing.agent.number
    too_many = Verdict(
        "too-many-agents",
        "missing",
        Text(f"委托了{number}名代理人", f"{number} agents were appointed"),
        Text("可以委托一至二人", "one or two may be"),
        Text("请当事人确定其中一至二人", "let the party choose one or two"),
    )
    verdicts = {number: too_many} if number is not None and number > 2 else {}
    return judged(filing, "agent.number", articles, verdicts)


def power_of_attorney_is_there(filing: Filing, on: date) -> Found:
    verdict = Verdict(
        "no-power-of-attorney",
        "missing",
        Text("没有提交授权委托书", "there is no power of attorney"),
        Text("委托起诉的应当提交", "who sues through an agent must hand one in"),
        Text("请补交由委托人签名或者盖章的授权委托书", "hand in one, signed or sealed"),
    )
    articles = (_power(filing, on), registration("6(2)"))
    return judged(filing, "agent.power_of_attorney", articles, {False: verdict})


def power_of_attorney_is_signed(filing: Filing, on: date) -> Found:
    verdict = Verdict(
        "power-of-attorney-unsigned",
        "missing",
        Text("授权委托书没有委托人签名或者盖章", "the power of attorney is not signed or sealed"),
        Text("须由委托人签名或者盖章", "the principal must sign or seal it"),
        Text("请由委托人签名或者盖章后重新提交", "have it signed or sealed"),
    )
    return judged(filing, "agent.signed", (_power(filing, on),), {False: verdict})


def power_of_attorney_states_its_scope(filing: Filing, on: date) -> Found:
    verdict = Verdict(
        "power-of-attorney-scope",
        "missing",
        Text("授权委托书没有记明委托事项和权限", "the power of attorney states no matter or scope"),
        Text(
            "必须记明；承认、放弃、变更请求，和解，反诉、上诉须特别授权",
            "both must be stated; conceding, waiving, changing, settling, counterclaiming and"
            " appealing need special authority",
        ),
        Text("请补写委托事项和权限", "add both"),
    )
    return judged(filing, "agent.scope_stated", (_power(filing, on),), {False: verdict})


def agent_shows_own_papers(filing: Filing, on: date) -> Found:
    """What is due depends on what the agent is; of an unknown one the question says so."""
    kind = filing.agent.is_a
    papers = PAPERS[kind] if kind else Text("代理人身份材料", "the agent's papers")
    verdict = Verdict(
        "agent-papers",
        "missing",
        Text(f"代理人材料不齐：{papers.zh}", f"the agent's papers are not all there: {papers.en}"),
        Text("代理人除委托书外还应当提交", "they are due beside the power of attorney"),
        Text(f"请补交{papers.zh}", f"hand in: {papers.en}"),
    )
    if filing.track == "administrative":
        articles = (administrative_interpretation("54"), registration("6(2)"))
    else:
        articles = (interpretation("88", on), registration("6(2)"))
    return judged(filing, "agent.papers", articles, {False: verdict})


def foreign_party_has_a_chinese_lawyer(filing: Filing, on: date) -> Found:
    verdict = Verdict(
        "foreign-lawyer",
        "missing",
        Text("外国当事人委托的律师不是我国律师", "the foreign party's lawyer is no Chinese lawyer"),
        Text(
            "需要委托律师的，必须委托我国律师；本国律师只能以非律师身份代理",
            "a lawyer must be Chinese; one from home may act as a non-lawyer only",
        ),
        Text("请改为委托我国律师，或者说明以非律师身份代理", "appoint one, or act as a non-lawyer"),
    )
    articles = (
        (administrative("100"),)
        if filing.track == "administrative"
        else (civil("274", on), interpretation("526", on))
    )
    return judged(filing, "agent.chinese_lawyer", articles, {False: verdict})


def foreign_identity_is_shown(filing: Filing, on: date) -> Found:
    verdict = Verdict(
        "foreign-identity",
        "missing",
        Text("没有提交护照等身份证件或者身份证明文件", "no passport or proof of identity"),
        Text("外国人、外国企业和组织参加诉讼应当提交", "a foreign party must hand one in"),
        Text("请补交；企业、组织的须经公证认证", "hand it in; an organisation's must be proven"),
    )
    return judged(filing, "abroad.identity", (interpretation("521", on),), {False: verdict})


def foreign_representative_is_shown(filing: Filing, on: date) -> Found:
    verdict = Verdict(
        "foreign-representative",
        "missing",
        Text("没有提交代表人有权代表的证明", "nothing proves that the representative may act"),
        Text(
            "代表外国企业、组织参加诉讼的人应当提交", "who represents a foreign organisation must"
        ),
        Text("请补交并办理证明手续", "hand it in, proven"),
    )
    return judged(filing, "abroad.representative", (interpretation("521", on),), {False: verdict})


def foreign_papers_are_proven(filing: Filing, on: date) -> Found:
    """Legalised by a consulate, by treaty, or, since 2023-11-07, by apostille.

    The power of attorney may also be signed before a judge, or notarised in China.
    """
    papers = (
        ("abroad.identity_route", Text("身份证明文件", "proof of identity"), False),
        ("abroad.representative_route", Text("代表人证明", "proof of representation"), False),
        ("abroad.attorney_route", Text("授权委托书", "power of attorney"), True),
    )
    return tuple(
        one
        for code, name, is_power in papers
        for one in _proven(filing, on, code, name, is_power=is_power)
    )


def _proven(filing: Filing, on: date, code: str, name: Text, *, is_power: bool) -> Found:
    articles = (
        (civil("275", on), interpretation("523", on), interpretation("524", on))
        if is_power
        else (interpretation("521", on), interpretation("522", on))
    )
    unproven = Verdict(
        code.replace(".", "-").replace("_", "-"),
        "missing",
        Text(f"{name.zh}没有办理公证认证等证明手续", f"the {name.en} is not proven"),
        Text(
            "须经所在国公证并经我国使领馆认证，或者依条约、公约办理",
            "notarised and legalised, or by treaty",
        ),
        Text("请补办证明手续后提交", "have it proven"),
    )
    verdicts = {"none": unproven}
    if on < CONVENTION_STARTS:
        verdicts["apostille"] = _too_early(name)
    return (
        *judged(filing, code, articles, verdicts),
        *_apostille(filing, on, code, name),
    )


def _too_early(name: Text) -> Verdict:
    return Verdict(
        "apostille-too-early",
        "missing",
        Text(f"{name.zh}只有附加证明书", f"the {name.en} bears an apostille alone"),
        Text("公约2023年11月7日起才在我国生效", "the convention holds in China from 2023-11-07 on"),
        Text("请办理使领馆认证", "have it legalised by the consulate"),
    )


def _apostille(filing: Filing, on: date, code: str, name: Text) -> Found:
    """An apostille counts only between states for which the convention is in force."""
    route = getattr(filing.abroad, code.rpartition(".")[2])
    used = route == "apostille" and on >= CONVENTION_STARTS
    if not used or not judged(filing, code, (), {route: _too_early(name)}):
        return ()
    articles = (article(CONVENTION, "3"),)
    holds = filing.abroad.convention_in_force
    if holds is None:
        return (ask("abroad.convention_in_force", articles),)
    return () if holds else (_convention_not_in_force(code, name, articles),)


def _convention_not_in_force(code: str, name: Text, articles: tuple[Text, ...]) -> Finding:
    verdict = Verdict(
        "convention-not-in-force",
        "missing",
        Text(
            f"{name.zh}只有附加证明书，公约与该国之间无效",
            f"the {name.en} bears an apostille alone",
        ),
        Text("公约在该国与我国之间没有效力", "the convention does not hold between the two states"),
        Text("请办理使领馆认证", "have it legalised by the consulate"),
    )
    return found(verdict, code, articles)


def regional_papers_are_proven(filing: Filing, on: date) -> Found:
    verdict = Verdict(
        "regional-papers",
        "missing",
        Text("港澳台形成的主体材料、委托书未办理证明手续", "papers from there are not proven"),
        Text("在港澳台形成的材料应当履行相关证明手续", "such papers must be proven as required"),
        Text(
            "请补办（如中国委托公证人公证并转递）", "have them proven, as by an attesting officer"
        ),
    )
    return judged(filing, "abroad.regional_proof", (evidence("16", on),), {False: verdict})


def overseas_power_is_certified(filing: Filing, on: date) -> Found:
    """侨居国外的中国公民: the consulate, else a third state's, else a patriotic association."""
    verdict = Verdict(
        "overseas-power",
        "missing",
        Text(
            "从国外寄交的授权委托书未经证明", "the power of attorney from abroad is not certified"
        ),
        Text(
            "须经我国驻该国使领馆证明；没有使领馆的，经第三国使领馆转证或者当地爱国华侨团体证明",
            "our consulate there must certify it; where there is none, as the article says",
        ),
        Text("请补办证明", "have it certified"),
    )
    articles = (civil("62", on),)
    return judged(filing, "abroad.overseas_proof", articles, {False: verdict})


def foreign_papers_are_translated(filing: Filing, on: date) -> Found:
    articles = (interpretation("525", on), evidence("17", on))
    verdict = Verdict(
        "not-translated",
        "missing",
        Text("外文材料没有附中文译本", "papers in a foreign language lack a translation"),
        Text("外文书面材料应当同时提交中文译本", "a Chinese translation is due with them"),
        Text("请补交中文译本", "hand in a translation"),
    )
    return (
        *judged(filing, "abroad.foreign_language", articles, {}),
        *judged(filing, "abroad.translated", articles, {False: verdict}),
    )


def _may_appoint(filing: Filing, on: date) -> Text:
    return administrative("31") if filing.track == "administrative" else civil("61", on)


def _power(filing: Filing, on: date) -> Text:
    if filing.track == "administrative":
        return administrative_interpretation("31")
    return civil("62", on)
