"""Facts that may keep a suit from being heard, and the right and measures that papers turn on."""

from __future__ import annotations

from steelyard.courts.rules.filing.contents import CIVIL, MEASURES, SUIT, When
from steelyard.courts.rules.filing.fact import ADMINISTRATIVE, Choices, Fact, choice, yes_no
from steelyard.kernel.bilingual import Text

_PATENTS = ("invention", "utility_model", "design")
_BEFORE_SUIT: When = (("track", ("preservation",)),)
_DECLARATION: When = (*CIVIL, ("claim", ("non_infringement",)))
ADMINISTRATIVE_REPEATS: Choices = (
    ("no", Text("没有另案", "no other suit")),
    (
        "same",
        Text(
            "当事人、诉讼标的相同，请求相同或者已被前诉裁判包含", "same parties, object and claim"
        ),
    ),
    ("partly", Text("部分相同或者难以判断", "in part the same, or hard to tell")),
)
REPEATS: Choices = (
    ("no", Text("没有另案", "no other suit")),
    (
        "same",
        Text("当事人、诉讼标的相同，请求相同或者否定前诉结果", "same parties, object and claim"),
    ),
    ("partly", Text("部分相同或者难以判断", "in part the same, or hard to tell")),
)

OBSTACLES: tuple[Fact, ...] = (
    choice(
        "obstacles.matter",
        "争议的性质",
        "nature of the dispute",
        (
            ("civil", Text("平等主体之间的民事争议", "civil, between equals")),
            ("administrative", Text("属于行政诉讼受案范围", "one for an administrative suit")),
            ("agency", Text("依法由其他机关处理", "one for another authority")),
            (
                "labour",
                Text("劳动争议，尚未申请劳动仲裁", "labour, not yet before labour arbitration"),
            ),
            ("outside", Text("不属于人民法院主管", "not for the courts at all")),
            ("doubtful", Text("难以判断", "hard to tell")),
        ),
        when=CIVIL,
    ),
    yes_no(
        "obstacles.mark_against_mark",
        "被诉商标也是注册商标，且使用在核定商品上、未改变显著特征",
        "the mark sued over is registered too and used as registered",
        when=(*CIVIL, ("kind", ("trademark",)), ("claim", ("infringement",))),
        help=Text(
            "超出核定商品范围，或者改变显著特征、拆分、组合使用的，答“否”；"
            "原告请求保护驰名商标的，答“否”",
            "no, if used beyond the registered goods, altered, split or combined, or if the plaintiff"
            " relies on a well-known mark",
        ),
    ),
    yes_no(
        "obstacles.only_declares_monopoly",
        "只请求确认构成垄断，不请求承担民事责任",
        "nothing but a finding of monopoly is asked",
        when=(*CIVIL, ("kind", ("monopoly",))),
    ),
    yes_no(
        "obstacles.competent",
        "本院有管辖权",
        "this court has jurisdiction",
        when=CIVIL,
        help=Text("可用 steelyard court which 查", "see steelyard court which"),
    ),
    choice(
        "obstacles.arbitration",
        "书面仲裁协议",
        "written arbitration agreement",
        (
            ("none", Text("没有", "none")),
            ("agreed", Text("有", "there is one")),
            (
                "disputed",
                Text(
                    "有，但主张不成立、无效、失效或者内容不明确无法执行",
                    "there is one, said to be void, lapsed or too vague",
                ),
            ),
            ("awarded", Text("仲裁裁决已经作出，未被撤销或者不予执行", "an award stands")),
        ),
        when=CIVIL,
    ),
    choice(
        "obstacles.decided",
        "同一争议此前的裁判",
        "earlier decision on the same dispute",
        (
            ("no", Text("没有", "none")),
            ("in_force", Text("判决、裁定、调解书已生效，原告不服", "in force, and disputed")),
            ("unperformed", Text("已生效，对方不履行", "in force, and not performed")),
            ("withdrawn", Text("曾裁定准许撤诉或者按撤诉处理", "withdrawn, or deemed so")),
            (
                "dismissed",
                Text("曾裁定不予受理或者驳回起诉，现已符合条件", "not accepted, now mended"),
            ),
            ("new_facts", Text("已生效，但主张发生了新的事实", "in force; new facts are said")),
        ),
        when=CIVIL,
    ),
    choice("obstacles.repeat", "是否重复起诉", "the same suit a second time", REPEATS, when=CIVIL),
    yes_no(
        "obstacles.barred_period",
        "处于依法不得起诉的期限内",
        "the law bars the suit for a time, which still runs",
        when=CIVIL,
    ),
    yes_no(
        "obstacles.divorce_or_adoption_again",
        "离婚、收养案件判决（调解）后六个月内又起诉，没有新情况、新理由",
        "divorce or adoption brought again within six months, nothing new",
        when=(*CIVIL, ("kind", ("other",))),
    ),
    yes_no(
        "obstacles.limitation_passed",
        "看来已超过诉讼时效",
        "the limitation period seems to have passed",
        when=CIVIL,
        help=Text("不影响立案", "no bar to registration"),
    ),
    yes_no(
        "obstacles.secrets",
        "材料涉及国家秘密，或者原告申请保密",
        "state secrets are touched, or secrecy is asked for",
        when=CIVIL,
    ),
    yes_no(
        "obstacles.forbidden_matter",
        "涉及危害国家主权、安全、统一、民族团结或者宗教政策",
        "the suit touches sovereignty, security, unity or religious policy",
        when=SUIT,
    ),
)

DECLARATIONS: tuple[Fact, ...] = (
    yes_no(
        "declaration.warned",
        "被告曾发出侵权警告或者侵权投诉",
        "the defendant gave a warning or complained of infringement",
        when=_DECLARATION,
    ),
    yes_no(
        "declaration.reminded",
        "原告曾书面催告被告行使诉权",
        "the plaintiff reminded the defendant in writing to sue",
        when=_DECLARATION,
    ),
    yes_no(
        "declaration.time_passed",
        "被告收到催告满一个月，或者催告发出满二个月（非专利的：已过合理期限）",
        "a month has passed since receipt, or two since sending (not patents: a reasonable time)",
        when=_DECLARATION,
    ),
    yes_no(
        "declaration.still_unsettled",
        "被告既未撤回警告，也未起诉",
        "the defendant neither took the warning back nor sued",
        when=_DECLARATION,
    ),
)

RIGHTS: tuple[Fact, ...] = (
    yes_no(
        "right.filed_before_2009_10",
        "专利申请日在2009年10月1日以前",
        "the patent was applied for before 2009-10-01",
        when=(*MEASURES, ("kind", ("utility_model",)), ("claim", ("infringement",))),
    ),
    yes_no(
        "right.first_term_over",
        "注册商标首个有效期（十年）已满",
        "the mark's first term of ten years is over",
        when=(*MEASURES, ("kind", ("trademark",)), ("claim", ("infringement",))),
    ),
    yes_no(
        "right.changed_hands",
        "权利证书所载权利人与现权利人不同（转让、更名、继受）",
        "the certificate names another than the present owner",
        when=(
            *MEASURES,
            ("claim", ("infringement",)),
            ("kind", (*_PATENTS, "trademark", "plant_variety", "ic_layout", "software")),
        ),
    ),
    yes_no(
        "right.well_known_claimed",
        "原告主张其商标驰名",
        "the plaintiff says that the mark is well known",
        when=(
            *MEASURES,
            ("claim", ("infringement",)),
            ("kind", ("trademark", "unfair_competition", "domain_name")),
        ),
    ),
    yes_no(
        "right.applicant_sues",
        "由药品上市许可申请人起诉（专利权人未在期限内起诉）",
        "the applicant for the drug's approval sues, the owner having let the time pass",
        when=(*MEASURES, ("kind", ("drug_patent",))),
    ),
)

PRESERVATIONS: tuple[Fact, ...] = (
    yes_no(
        "preservation.conduct", "申请行为保全", "preservation of conduct is asked", when=MEASURES
    ),
    yes_no(
        "preservation.property", "申请财产保全", "preservation of property is asked", when=MEASURES
    ),
    yes_no(
        "preservation.evidence", "申请证据保全", "preservation of evidence is asked", when=MEASURES
    ),
    yes_no(
        "preservation.may_harm_others",
        "证据保全可能给他人造成损失",
        "preserving the evidence may harm others",
        when=(*MEASURES, ("preservation.evidence", ("yes",))),
    ),
    yes_no(
        "preservation.urgent",
        "情况紧急，不立即申请将难以弥补（证据可能灭失或者以后难以取得）",
        "urgent: harm that cannot be made good, or evidence that may be lost",
        when=_BEFORE_SUIT,
    ),
    yes_no(
        "preservation.competent",
        "本院可以受理该诉前保全申请",
        "this court may hear the application before suit",
        when=_BEFORE_SUIT,
        help=Text(
            "财产或者证据所在地、被申请人住所地、对案件有管辖权的法院；行为保全须有相应知识产权管辖权",
            "where the property, evidence or respondent is, or the court of the case; for conduct one"
            " that hears such IP cases",
        ),
    ),
)

CHALLENGES: tuple[Fact, ...] = (
    choice(
        "administrative.matter",
        "被诉行为",
        "the act that is challenged",
        (
            ("within", Text("属于行政诉讼受案范围", "within the scope of administrative suits")),
            (
                "excluded",
                Text(
                    "国家行为、普遍约束力文件、内部奖惩任免、法定最终裁决等",
                    "act of state, general rule, internal measure, final by law",
                ),
            ),
            ("doubtful", Text("难以判断", "hard to tell")),
        ),
        when=ADMINISTRATIVE,
    ),
    yes_no(
        "administrative.competent",
        "本院对该行政案件有管辖权",
        "this court has jurisdiction over the administrative suit",
        when=ADMINISTRATIVE,
    ),
    choice(
        "administrative.in_time",
        "是否在起诉期限内",
        "brought in time",
        (
            ("in_time", Text("在期限内", "in time")),
            ("late", Text("已超过，无法定事由", "late, without a reason the law knows")),
            ("late_with_reason", Text("已超过，主张不可抗力等事由", "late, with a reason")),
        ),
        when=ADMINISTRATIVE,
    ),
    yes_no(
        "administrative.review_first",
        "法律、法规规定应当先申请复议",
        "the law demands review by an agency first",
        when=ADMINISTRATIVE,
        help=Text(
            "如当场作出的行政处罚决定（《行政复议法》第23条，2024年1月1日起）",
            "as for a penalty imposed on the spot (Law on Administrative Review, Art. 23, from 2024)",
        ),
    ),
    choice(
        "administrative.reviewed",
        "复议情况",
        "review by an agency",
        (
            ("never", Text("没有申请", "not asked for")),
            ("pending", Text("已申请，尚在法定复议期间内", "asked for, and the time still runs")),
            ("decided", Text("已作出复议决定", "decided")),
            ("overdue", Text("复议期满未作决定", "not decided in time")),
            ("not_accepted", Text("复议机关不受理", "not accepted")),
        ),
        when=ADMINISTRATIVE,
    ),
    choice(
        "administrative.repeat",
        "行政案件是否重复起诉",
        "the same administrative suit a second time",
        ADMINISTRATIVE_REPEATS,
        when=ADMINISTRATIVE,
    ),
    choice(
        "administrative.withdrawn_before",
        "此前是否撤诉",
        "withdrawn before",
        (
            ("no", Text("没有", "no")),
            (
                "fee_unpaid",
                Text("因未预交受理费按撤诉处理，现在期限内", "for an unpaid fee, still in time"),
            ),
            (
                "without_reason",
                Text("曾撤诉，无正当理由再诉", "yes, and again without good reason"),
            ),
            ("with_reason", Text("曾撤诉，主张有正当理由", "yes, and a reason is given")),
        ),
        when=ADMINISTRATIVE,
    ),
    yes_no(
        "administrative.bound",
        "诉讼标的已为生效裁判或者调解书所羁束",
        "a decision in force already binds on the matter",
        when=ADMINISTRATIVE,
    ),
    choice(
        "administrative.effect",
        "被诉行为对原告权益的影响",
        "effect of the act on the plaintiff's rights",
        (
            ("real", Text("有实际影响", "real")),
            ("none", Text("明显没有实际影响", "plainly none")),
            ("doubtful", Text("难以判断", "hard to tell")),
        ),
        when=ADMINISTRATIVE,
    ),
)
