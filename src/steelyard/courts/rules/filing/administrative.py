"""May an administrative suit be registered? Conditions, limits and bars of that procedure.

The bars of Art. 69 of the Interpretation lead to dismissal after registration; before it, the same
facts lead to a ruling not to register (Administrative Procedure Law, Art. 51).
"""

from __future__ import annotations

from datetime import date

from steelyard.courts.rules.filing.filing import Filing
from steelyard.courts.rules.filing.finding import DECIDE, RULE, TELL, Found, Verdict, judged
from steelyard.courts.rules.filing.laws import administrative, administrative_interpretation
from steelyard.courts.rules.filing.obstacles import partly, same
from steelyard.kernel.bilingual import Text


def plaintiff_is_concerned(filing: Filing, _on: date) -> Found:
    """第二十五条: the addressee, and whoever else has an interest in the act."""
    none = Verdict(
        "no-interest-in-the-act",
        "refused",
        Text("原告与被诉行政行为没有利害关系", "the plaintiff has no interest in the act"),
        Text("原告须是相对人或者其他有利害关系的人", "addressee, or otherwise concerned"),
        RULE,
    )
    doubtful = Verdict(
        "interest-doubtful",
        "person",
        Text(
            "原告与被诉行政行为有无利害关系存疑", "whether the plaintiff is concerned is doubtful"
        ),
        Text(
            "是否有利害关系，要看行为对其权益的影响", "it turns on what the act does to its rights"
        ),
        DECIDE,
    )
    articles = (
        administrative("49(1)"),
        administrative("25"),
        administrative_interpretation("69(1)"),
    )
    return judged(filing, "plaintiff.interest", articles, {"none": none, "doubtful": doubtful})


def agency_is_definite(filing: Filing, _on: date) -> Found:
    """有明确的被告."""
    verdict = Verdict(
        "defendant-not-definite",
        "missing",
        Text("所列信息不足以使被告与其他机关相区别", "the agency cannot be told apart from others"),
        Text("起诉须有明确的被告", "a suit needs a definite defendant"),
        Text("请补正被告机关的名称、住所", "add the agency's name and address"),
    )
    articles = (administrative("49(2)"), administrative_interpretation("55"))
    return judged(filing, "defendant.distinguishable", articles, {False: verdict})


def right_agency_is_sued(filing: Filing, _on: date) -> Found:
    """错列被告: told to change; refused only if the plaintiff will not."""
    verdict = Verdict(
        "wrong-agency",
        "missing",
        Text("错列被告行政机关", "the wrong agency is named as defendant"),
        Text("谁作被告由第二十六条确定；拒绝变更的，裁定不予立案", "Art. 26 says which it is"),
        Text("告知原告变更被告", "tell the plaintiff to change it"),
    )
    articles = (administrative("26"), administrative_interpretation("69(3)"))
    return judged(filing, "defendant.right_agency", articles, {False: verdict})


def guardian_sues_the_agency(filing: Filing, _on: date) -> Found:
    verdict = Verdict(
        "guardian-does-not-act",
        "missing",
        Text("原告无诉讼行为能力，未由法定代理人代为起诉", "no guardian sues for the plaintiff"),
        Text("没有诉讼行为能力的，由法定代理人代为诉讼", "a guardian must act"),
        Text(
            "请由法定代理人代为起诉，并提交身份和代理权限证明", "let the guardian sue, with proof"
        ),
    )
    articles = (administrative("30"), administrative_interpretation("69(4)"))
    return (
        *judged(filing, "plaintiff.has_capacity", articles, {}),
        *judged(filing, "plaintiff.guardian_acts", articles, {False: verdict}),
    )


def compensation_is_specified(filing: Filing, _on: date) -> Found:
    verdict = Verdict(
        "compensation-not-specified",
        "missing",
        Text(
            "没有写明赔偿、补偿的事项和数额",
            "what is to be compensated, or how much, is not stated",
        ),
        Text("提起赔偿、补偿诉讼的应当有具体事项和数额", "both must be stated"),
        Text("请补写事项和数额", "add both"),
    )
    articles = (administrative_interpretation("68"), administrative("49(3)"))
    return (
        *judged(filing, "complaint.asks_compensation", articles, {}),
        *judged(filing, "complaint.compensation_specified", articles, {False: verdict}),
    )


def reviewed_document_is_named(filing: Filing, _on: date) -> Found:
    verdict = Verdict(
        "document-not-named",
        "missing",
        Text("请求一并审查规范性文件，但没有写明文件", "the document to be reviewed is not named"),
        Text("应当提供明确的文件名称或者审查对象", "its name, or what is to be reviewed, is due"),
        Text("请写明文件名称或者审查对象", "name it"),
    )
    articles = (administrative_interpretation("68"), administrative("53"))
    return (
        *judged(filing, "complaint.asks_review_of_document", articles, {}),
        *judged(filing, "complaint.document_named", articles, {False: verdict}),
    )


def act_may_be_challenged(filing: Filing, _on: date) -> Found:
    """属于受案范围: Art. 12, less Art. 13."""
    excluded = Verdict(
        "act-not-open-to-suit",
        "refused",
        Text("被诉行为不属于行政诉讼受案范围", "the act is not open to an administrative suit"),
        Text("国家行为、普遍约束力文件、内部奖惩任免、法定最终裁决等不予受理", "such acts are not"),
        RULE,
    )
    doubtful = Verdict(
        "act-doubtful",
        "person",
        Text("被诉行为是否属于受案范围难以判断", "hard to tell whether the act is open to suit"),
        Text("要看行为的性质和效果", "it turns on what the act is and does"),
        DECIDE,
    )
    articles = (administrative("49(4)"), administrative("13"), administrative_interpretation("1"))
    verdicts = {"excluded": excluded, "doubtful": doubtful}
    return judged(filing, "administrative.matter", articles, verdicts)


def administrative_court_is_competent(filing: Filing, _on: date) -> Found:
    verdict = Verdict(
        "not-competent",
        "redirected",
        Text("本院没有管辖权", "this court has no jurisdiction"),
        Text("应当由有管辖权的法院受理", "another court is to hear it"),
        TELL,
    )
    articles = (administrative("49(4)"),)
    return judged(filing, "administrative.competent", articles, {False: verdict})


def suit_is_brought_in_time(filing: Filing, _on: date) -> Found:
    """六个月, or fifteen days after review, unless the law says otherwise (IP laws often do)."""
    late = Verdict(
        "too-late",
        "refused",
        Text("已超过起诉期限，且无法定事由", "brought too late, without a reason the law knows"),
        Text(
            "直接起诉六个月，不服复议决定十五日，法律另有规定的从其规定",
            "six months, or fifteen days after review, unless a law says otherwise",
        ),
        RULE,
    )
    excused = Verdict(
        "late-with-reason",
        "person",
        Text("已超过起诉期限，主张有不可抗力等事由", "late, and a reason is given"),
        Text(
            "不属于自身原因耽误的时间不计算在内；其他特殊情况是否准许延长由法院决定",
            "time lost without fault does not count; whether to extend otherwise is for the court",
        ),
        DECIDE,
        (administrative("48"),),
    )
    after_review = filing.administrative.reviewed in ("decided", "overdue", "not_accepted")
    limit = administrative("45") if after_review else administrative("46")
    articles = (limit, administrative_interpretation("69(2)"))
    verdicts = {"late": late, "late_with_reason": excused}
    return judged(filing, "administrative.in_time", articles, verdicts)


def review_came_first_where_the_law_demands_it(filing: Filing, _on: date) -> Found:
    """复议前置; and while a review is pending, no suit."""
    never = Verdict(
        "review-first",
        "refused",
        Text("依法应当先申请复议而没有申请", "the law demands review by an agency first"),
        Text("复议前置的，未经复议不得直接起诉", "without it there is no suit"),
        Text(
            "释明先申请行政复议；坚持起诉的，裁定不予立案",
            "explain that review comes first, then rule",
        ),
        (administrative("44"), administrative_interpretation("56")),
    )
    pending = Verdict(
        "review-pending",
        "refused",
        Text("已申请复议，在法定复议期间内又起诉", "review was asked for and its time still runs"),
        Text("复议期间内不得起诉", "until then there is no suit"),
        RULE,
        _pending_articles(filing),
    )
    verdicts = {"pending": pending}
    if filing.administrative.review_first:
        verdicts["never"] = never
    articles = (administrative("44"), administrative_interpretation("56"))
    return (
        *judged(filing, "administrative.review_first", articles, {}),
        *judged(filing, "administrative.reviewed", articles, verdicts),
    )


def _pending_articles(filing: Filing) -> tuple[Text, ...]:
    """Where review comes first it is not exhausted yet; elsewhere it was chosen."""
    if filing.administrative.review_first:
        return (administrative("44"), administrative_interpretation("56"))
    return (administrative_interpretation("57"), administrative("44"))


def administrative_suit_is_not_repeated(filing: Filing, _on: date) -> Found:
    articles = (administrative_interpretation("69(6)"), administrative_interpretation("106"))
    verdicts = {"same": same(), "partly": partly()}
    return judged(filing, "administrative.repeat", articles, verdicts)


def suit_was_not_withdrawn(filing: Filing, _on: date) -> Found:
    """撤诉后再诉: barred without good reason, save where merely the fee had not been paid."""
    without = Verdict(
        "withdrawn-before",
        "refused",
        Text("撤诉后无正当理由再行起诉", "brought again after withdrawal, without good reason"),
        Text(
            "以同一事实和理由再诉的，不予立案",
            "the same facts and reasons are not registered again",
        ),
        RULE,
    )
    reason = Verdict(
        "withdrawn-with-reason",
        "person",
        Text("撤诉后再行起诉，主张有正当理由", "brought again after withdrawal, a reason is given"),
        Text("理由是否正当由法官判断", "whether it is good is for a judge"),
        DECIDE,
    )
    articles = (administrative_interpretation("69(7)"), administrative_interpretation("60"))
    verdicts = {"without_reason": without, "with_reason": reason}
    return judged(filing, "administrative.withdrawn_before", articles, verdicts)


def act_touches_the_plaintiff(filing: Filing, _on: date) -> Found:
    none = Verdict(
        "no-real-effect",
        "refused",
        Text("被诉行为对原告权益明显不产生实际影响", "the act plainly has no effect on its rights"),
        Text("没有实际影响的行为不可诉", "such an act is not open to suit"),
        RULE,
    )
    doubtful = Verdict(
        "effect-doubtful",
        "person",
        Text("被诉行为有无实际影响难以判断", "hard to tell whether the act has an effect"),
        Text("“明显”没有影响的才不予立案", "only where there is plainly none is it refused"),
        DECIDE,
    )
    verdicts = {"none": none, "doubtful": doubtful}
    articles = (administrative_interpretation("69(8)"),)
    return judged(filing, "administrative.effect", articles, verdicts)


def nothing_binds_already(filing: Filing, _on: date) -> Found:
    verdict = Verdict(
        "bound-by-decision",
        "refused",
        Text("诉讼标的已为生效裁判或者调解书所羁束", "a decision in force already binds on it"),
        Text("已有生效结论的不再受理", "it is not heard again"),
        Text("释明可以申请再审；坚持起诉的，裁定不予立案", "explain retrial; else rule"),
    )
    articles = (administrative_interpretation("69(9)"), administrative("90"))
    return judged(filing, "administrative.bound", articles, {True: verdict})
