"""Facts of the suit and its parties: what kind, who sues whom, by what right."""

from __future__ import annotations

from steelyard.courts.rules.filing.contents import CIVIL, MEASURES, SUIT
from steelyard.courts.rules.filing.fact import ADMINISTRATIVE, Choices, Fact, choice, yes_no
from steelyard.kernel.bilingual import Text

_PATENTS = ("invention", "utility_model", "design")
_RIGHT_KINDS = (
    *_PATENTS,
    "trademark",
    "geographical_indication",
    "copyright",
    "software",
    "trade_secret",
    "plant_variety",
    "ic_layout",
    "domain_name",
    "unfair_competition",
)

TRACKS: Choices = (
    ("civil", Text("民事诉讼", "civil suit")),
    ("administrative", Text("行政诉讼", "administrative suit")),
    (
        "preservation",
        Text(
            "诉前保全申请（“原告”指申请人，“被告”指被申请人）",
            "application for preservation before suit (plaintiff: applicant)",
        ),
    ),
)
KINDS: Choices = (
    ("invention", Text("发明专利", "invention patent")),
    ("utility_model", Text("实用新型专利", "utility-model patent")),
    ("design", Text("外观设计专利", "design patent")),
    ("drug_patent", Text("药品专利链接", "patent linkage of a drug")),
    ("trademark", Text("商标", "trade mark")),
    ("geographical_indication", Text("地理标志", "geographical indication")),
    ("copyright", Text("著作权及邻接权", "copyright and related rights")),
    ("software", Text("计算机软件", "computer software")),
    ("trade_secret", Text("商业秘密（含技术秘密）", "trade secret")),
    ("unfair_competition", Text("其他不正当竞争", "other unfair competition")),
    ("plant_variety", Text("植物新品种", "plant variety")),
    ("ic_layout", Text("集成电路布图设计", "layout of an integrated circuit")),
    ("domain_name", Text("网络域名", "domain name")),
    ("technology_contract", Text("技术合同", "technology contract")),
    ("franchise", Text("特许经营合同", "franchise contract")),
    ("monopoly", Text("垄断", "monopoly")),
    ("other", Text("其他案件", "another kind of case")),
)
CLAIMS: Choices = (
    ("infringement", Text("侵权", "infringement")),
    ("ownership", Text("权属", "ownership")),
    ("contract", Text("合同", "contract")),
    ("non_infringement", Text("确认不侵害知识产权", "declaration of non-infringement")),
    ("other", Text("其他", "other")),
)
STANDINGS: Choices = (
    ("owner", Text("权利人", "owner of the right")),
    ("exclusive_licensee", Text("独占使用（实施）许可的被许可人", "exclusive licensee")),
    ("sole_licensee", Text("排他使用（实施）许可的被许可人", "sole licensee")),
    ("ordinary_licensee", Text("普通使用（实施）许可的被许可人", "ordinary licensee")),
    ("heir", Text("财产权利的合法继承人", "lawful heir of the right")),
    ("collective_society", Text("著作权集体管理组织", "collective copyright society")),
    ("other", Text("其他", "other")),
)
HOMES: Choices = (
    ("mainland", Text("在内地有住所", "domicile on the mainland")),
    (
        "abroad",
        Text("外国人、外国企业或者组织，在我国领域内无住所", "foreign, no domicile in China"),
    ),
    ("hong_kong_macao_taiwan", Text("香港、澳门、台湾", "Hong Kong, Macao, Taiwan")),
    ("overseas_citizen", Text("侨居国外的中国公民", "Chinese citizen living abroad")),
)


START: tuple[Fact, ...] = (
    choice("track", "诉讼类型", "kind of suit", TRACKS),
    choice("kind", "案件种类", "what the case is about", KINDS),
    choice("claim", "请求的性质", "nature of the claim", CLAIMS, when=MEASURES),
    choice(
        "manner",
        "起诉方式",
        "how the suit is brought",
        (
            ("counter", Text("递交纸质诉状", "on paper")),
            ("online", Text("在线提交", "online")),
            ("oral", Text("口头起诉", "orally")),
        ),
    ),
    yes_no(
        "online_agreed",
        "原告选择或者同意在线诉讼",
        "the plaintiff chose or agreed to go online",
        when=(("manner", ("online",)),),
    ),
    yes_no(
        "writing_is_hard",
        "原告书写诉状确有困难",
        "the plaintiff really cannot write a complaint",
        when=(("manner", ("oral",)),),
    ),
)

PARTIES: tuple[Fact, ...] = (
    choice(
        "plaintiff.is_a",
        "原告是自然人还是组织",
        "the plaintiff is a person or an organisation",
        (
            ("person", Text("自然人", "natural person")),
            ("organisation", Text("法人或者其他组织", "organisation")),
        ),
    ),
    choice("plaintiff.home", "原告的住所地", "where the plaintiff is at home", HOMES),
    choice(
        "plaintiff.interest",
        "原告与本案的利害关系",
        "the plaintiff's interest in the case",
        (
            ("direct", Text("有直接利害关系", "direct")),
            ("doubtful", Text("是否直接存疑", "doubtful")),
            ("none", Text("没有", "none")),
        ),
        when=SUIT,
    ),
    choice(
        "plaintiff.standing",
        "原告的权利身份",
        "the plaintiff's position towards the right",
        STANDINGS,
        when=(*MEASURES, ("kind", _RIGHT_KINDS), ("claim", ("infringement",))),
    ),
    yes_no(
        "plaintiff.joined_or_declined",
        "权利人共同起诉（申请）或者不起诉（申请）",
        "the owner sues or applies too, or does not",
        when=(*MEASURES, ("plaintiff.standing", ("sole_licensee",))),
    ),
    yes_no(
        "plaintiff.authorised",
        "权利人以书面明确授权起诉",
        "the owner authorised the suit expressly, in writing",
        when=(*MEASURES, ("plaintiff.standing", ("ordinary_licensee", "collective_society"))),
    ),
    yes_no(
        "plaintiff.has_capacity",
        "原告有诉讼行为能力",
        "the plaintiff can sue in person",
        when=(("plaintiff.is_a", ("person",)),),
    ),
    yes_no(
        "plaintiff.guardian_acts",
        "由监护人作为法定代理人代为起诉",
        "a guardian sues on the plaintiff's behalf",
        when=(("plaintiff.has_capacity", ("no",)),),
    ),
    choice(
        "defendant.is_a",
        "被告是自然人还是组织",
        "the defendant is a person or an organisation",
        (
            ("person", Text("自然人", "natural person")),
            ("organisation", Text("法人或者其他组织", "organisation")),
        ),
        when=CIVIL,
    ),
    yes_no(
        "defendant.distinguishable",
        "所列信息足以使被告与他人相区别",
        "the defendant can be told apart from others",
    ),
    yes_no(
        "defendant.right_agency",
        "列为被告的行政机关正确",
        "the right agency is named as defendant",
        when=ADMINISTRATIVE,
        help=Text(
            "维持原行为的，原机关与复议机关为共同被告；改变的，复议机关为被告（《行政诉讼法》第26条）",
            "upheld on review: both agencies; changed: the reviewing one (APL, Art. 26)",
        ),
    ),
)
