"""Facts of the papers: the complaint, its copies, the agent's and foreign papers."""

from __future__ import annotations

from steelyard.courts.rules.filing.contents import CIVIL, CONTENTS, SUIT, When
from steelyard.courts.rules.filing.fact import ADMINISTRATIVE, Choices, Fact, choice, count, yes_no
from steelyard.kernel.bilingual import Text

WRITTEN: When = (*SUIT, ("manner", ("counter", "online")))
_AGENT: When = (("agent.appointed", ("yes",)),)
_ABROAD: When = (("plaintiff.home", ("abroad",)),)
_ABROAD_ORGANISATION: When = (*_ABROAD, ("plaintiff.is_a", ("organisation",)))
ROUTES: Choices = (
    (
        "consulate",
        Text("所在国公证并经我国使领馆认证", "notarised there, legalised by our consulate"),
    ),
    ("apostille", Text("附加证明书", "apostille")),
    ("treaty", Text("依双边条约规定的证明手续", "as a treaty with that state provides")),
    ("none", Text("未办理证明手续", "not proven")),
)
ATTORNEY_ROUTES: Choices = (
    *ROUTES[:3],
    ("judge_witnessed", Text("在我国法官见证下签署", "signed before a Chinese judge")),
    (
        "notarised_in_china",
        Text("在我国境内签署并经我国公证", "signed in China and notarised there"),
    ),
    ROUTES[3],
)
AGENT_KINDS: Choices = (
    ("lawyer", Text("律师", "lawyer")),
    ("legal_worker", Text("基层法律服务工作者", "basic legal worker")),
    ("relative", Text("近亲属", "close relative")),
    ("employee", Text("工作人员", "employee")),
    ("community", Text("社区、单位推荐的公民", "citizen put forward by community or unit")),
    ("association", Text("社会团体推荐的公民", "citizen put forward by an association")),
)

_CONTENTS: tuple[Fact, ...] = tuple(
    Fact(
        content.fact,
        Text(f"起诉状记明{content.name.zh}", f"the complaint states {content.name.en}"),
        "yes_no",
        (),
        Text(),
        (*SUIT, *content.when),
    )
    for content in CONTENTS
)

COMPLAINT: tuple[Fact, ...] = (
    *_CONTENTS[:18],
    yes_no("complaint.has_witnesses", "原告提出了证人", "the plaintiff names witnesses", when=SUIT),
    *_CONTENTS[18:],
    yes_no(
        "complaint.patent_claims_named",
        "起诉状载明据以起诉的权利要求",
        "the complaint names the patent claims relied on",
        when=(*CIVIL, ("kind", ("invention", "utility_model")), ("claim", ("infringement",))),
        help=Text("权利要求只有一项的，答“是”", "if there is but one claim, answer yes"),
    ),
    yes_no(
        "complaint.abusive",
        "起诉状有谩骂和人身攻击之辞",
        "the complaint abuses someone",
        when=CIVIL,
    ),
    yes_no(
        "complaint.asks_compensation",
        "请求行政赔偿、补偿",
        "compensation is asked of the agency",
        when=ADMINISTRATIVE,
    ),
    yes_no(
        "complaint.compensation_specified",
        "写明赔偿、补偿的事项和数额",
        "what is to be compensated, and how much, is stated",
        when=(*ADMINISTRATIVE, ("complaint.asks_compensation", ("yes",))),
    ),
    yes_no(
        "complaint.asks_review_of_document",
        "请求一并审查规范性文件",
        "review of a normative document is asked too",
        when=ADMINISTRATIVE,
    ),
    yes_no(
        "complaint.document_named",
        "写明文件名称或者审查对象",
        "the document, or what is to be reviewed, is named",
        when=(*ADMINISTRATIVE, ("complaint.asks_review_of_document", ("yes",))),
    ),
    count("copies.defendants", "被告人数", "number of defendants", when=WRITTEN),
    count("copies.third_parties", "其他当事人人数", "number of other parties", when=WRITTEN),
    count(
        "copies.complaint",
        "起诉状副本份数",
        "copies of the complaint",
        when=(*SUIT, ("manner", ("counter",))),
    ),
    count(
        "copies.evidence",
        "证据材料副本份数",
        "copies of the evidence",
        when=(*CIVIL, ("manner", ("counter",))),
    ),
)

AGENTS: tuple[Fact, ...] = (
    yes_no("agent.appointed", "原告委托诉讼代理人", "the plaintiff has an agent"),
    count("agent.number", "代理人人数", "number of agents", when=_AGENT),
    choice("agent.is_a", "代理人身份", "what the agent is", AGENT_KINDS, when=_AGENT),
    yes_no(
        "agent.power_of_attorney",
        "提交授权委托书",
        "a power of attorney was handed in",
        when=_AGENT,
    ),
    yes_no(
        "agent.signed",
        "授权委托书由委托人签名或者盖章",
        "the power of attorney is signed or sealed by the principal",
        when=(*_AGENT, ("agent.power_of_attorney", ("yes",))),
    ),
    yes_no(
        "agent.scope_stated",
        "授权委托书记明委托事项和权限",
        "the power of attorney states matter and scope",
        when=(*_AGENT, ("agent.power_of_attorney", ("yes",))),
        help=Text(
            "只写“全权代理”的，代理人无权承认、放弃、变更请求，和解，反诉或者上诉",
            "“full powers” alone lets the agent neither concede, waive, change, settle nor appeal",
        ),
    ),
    yes_no(
        "agent.papers",
        "代理人提交身份证明和相应材料",
        "the agent's own papers were handed in",
        when=_AGENT,
    ),
    yes_no(
        "agent.chinese_lawyer",
        "所委托的律师是我国律师",
        "the lawyer is a Chinese lawyer",
        when=(*_AGENT, *_ABROAD, ("agent.is_a", ("lawyer",))),
    ),
)

FROM_ABROAD: tuple[Fact, ...] = (
    yes_no(
        "abroad.identity",
        "提交护照等身份证件（外国企业、组织提交身份证明文件）",
        "passport, or the organisation's proof of identity, was handed in",
        when=_ABROAD,
    ),
    choice(
        "abroad.identity_route",
        "身份证明文件的证明手续",
        "how the proof of identity was proven",
        ROUTES,
        when=(*_ABROAD_ORGANISATION, ("abroad.identity", ("yes",))),
    ),
    yes_no(
        "abroad.representative",
        "提交代表人有权代表的证明",
        "proof that the representative may act was handed in",
        when=_ABROAD_ORGANISATION,
    ),
    choice(
        "abroad.representative_route",
        "代表人证明的证明手续",
        "how that proof was proven",
        ROUTES,
        when=(*_ABROAD_ORGANISATION, ("abroad.representative", ("yes",))),
    ),
    choice(
        "abroad.attorney_route",
        "授权委托书的证明手续",
        "how the power of attorney was proven",
        ATTORNEY_ROUTES,
        when=(*_ABROAD, *_AGENT, ("agent.power_of_attorney", ("yes",))),
    ),
    yes_no(
        "abroad.convention_in_force",
        "取消认证公约在该国与我国之间有效",
        "the convention is in force between that state and China",
        when=_ABROAD,
        help=Text("只在使用附加证明书时需要回答", "needed where an apostille is used alone"),
    ),
    yes_no(
        "abroad.regional_proof",
        "在港澳台形成的主体材料、委托书已办理相关证明手续",
        "papers made in Hong Kong, Macao or Taiwan were proven as required",
        when=(("plaintiff.home", ("hong_kong_macao_taiwan",)),),
    ),
    yes_no(
        "abroad.overseas_proof",
        "从国外寄交的授权委托书经我国使领馆（或者规定的其他途径）证明",
        "the power of attorney sent from abroad was certified by our consulate, or as the law says",
        when=(
            ("plaintiff.home", ("overseas_citizen",)),
            *_AGENT,
            ("agent.power_of_attorney", ("yes",)),
        ),
    ),
    yes_no(
        "abroad.foreign_evidence",
        "有在域外形成的公文书证或者身份关系证据",
        "some evidence is an official paper, or of personal status, made abroad",
    ),
    yes_no("abroad.foreign_language", "有外文材料", "some papers are in a foreign language"),
    yes_no(
        "abroad.translated",
        "外文材料附有中文译本",
        "each comes with a Chinese translation",
        when=(("abroad.foreign_language", ("yes",)),),
    ),
)
