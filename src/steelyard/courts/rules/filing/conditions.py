"""Does a civil suit meet the four conditions of Art. 122 of the Civil Procedure Law?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from steelyard.courts.rules.articles import article
from steelyard.courts.rules.filing.filing import Filing
from steelyard.courts.rules.filing.finding import (
    DECIDE,
    RULE,
    TELL,
    Found,
    Verdict,
    judged,
)
from steelyard.courts.rules.filing.laws import (
    CONDUCT,
    CONDUCT_STARTS,
    COPYRIGHT,
    COPYRIGHT_INTERPRETATION,
    LABOUR,
    MONOPOLY,
    MONOPOLY_STARTS,
    PLANT,
    SECRETS,
    SECRETS_STARTS,
    TRADEMARK,
    civil,
    interpretation,
    patent,
    registration,
)
from steelyard.kernel.bilingual import Text

_PATENTS = ("invention", "utility_model", "design")
_BY_TEXT: Mapping[str, tuple[Text, str, date]] = {
    "trademark": (TRADEMARK, "4", date.min),
    "plant_variety": (PLANT, "1", date.min),
    "trade_secret": (SECRETS, "26", SECRETS_STARTS),
}
"""Where a text says which licensee may sue for infringement, and since when."""


def plaintiff_has_a_direct_interest(filing: Filing, on: date) -> Found:
    """原告是与本案有直接利害关系的公民、法人和其他组织."""
    none = Verdict(
        "no-direct-interest",
        "refused",
        Text("原告与本案没有直接利害关系", "the plaintiff has no direct interest in the case"),
        Text("原告须与本案有直接利害关系", "only who is directly concerned may sue"),
        RULE,
    )
    doubtful = Verdict(
        "interest-doubtful",
        "person",
        Text("原告与本案是否有直接利害关系存疑", "whether the interest is direct is doubtful"),
        Text("是否直接，要看权利来源和主张，表格判断不了", "it turns on the source of the right"),
        DECIDE,
    )
    articles = (civil("122(1)", on),)
    return judged(filing, "plaintiff.interest", articles, {"none": none, "doubtful": doubtful})


def licensee_may_sue(filing: Filing, on: date) -> Found:
    """Who sues as what; a position that no text names goes to a judge."""
    other = Verdict(
        "standing-open",
        "person",
        Text("原告既非权利人，也非条文列明的利害关系人", "no owner, nor anyone whom a text names"),
        Text("能否以自己名义起诉，条文没有说", "no text says whether such a one may sue"),
        DECIDE,
    )
    verdicts = {"other": other}
    if filing.kind not in ("copyright", "software"):
        verdicts["collective_society"] = _society_of_another_right()
    return judged(filing, "plaintiff.standing", _standing_articles(filing, on), verdicts)


def _society_of_another_right() -> Verdict:
    return Verdict(
        "society-of-another-right",
        "person",
        Text("著作权集体管理组织就其他权利起诉", "a copyright society sues over another right"),
        Text("条文只允许其就著作权和邻接权起诉", "the texts speak of copyright alone"),
        DECIDE,
    )


def sole_licensee_may_sue(filing: Filing, on: date) -> Found:
    """排他许可的被许可人: together with the owner, or when the owner does not sue."""
    verdict = Verdict(
        "owner-neither-joined-nor-declined",
        "missing",
        Text(
            "排他被许可人单独起诉，权利人未表示不起诉", "a sole licensee sues; the owner is silent"
        ),
        Text("须与权利人共同起诉，或者权利人不起诉", "the owner must join, or not sue"),
        Text("请补交权利人不起诉的证明，或者列其为共同原告", "prove that, or let the owner join"),
    )
    articles = _standing_articles(filing, on)
    return judged(filing, "plaintiff.joined_or_declined", articles, {False: verdict})


def suit_is_authorised(filing: Filing, on: date) -> Found:
    """普通许可的被许可人 and the copyright society need the owner's authority."""
    verdict = Verdict(
        "suit-not-authorised",
        "missing",
        Text("没有权利人明确授权起诉的书面材料", "the owner did not authorise the suit in writing"),
        Text("此类原告须经权利人明确授权", "such a plaintiff sues by the owner's authority alone"),
        Text("请补交权利人的书面授权", "hand in the owner's written authority"),
    )
    articles = _standing_articles(filing, on)
    return judged(filing, "plaintiff.authorised", articles, {False: verdict})


def _standing_articles(filing: Filing, on: date) -> tuple[Text, ...]:
    """The text on standing of this right; where none speaks, the rules on preservation, as a model."""
    if filing.track == "preservation":
        model = (article(CONDUCT, "2"),) if on >= CONDUCT_STARTS else ()
        return (*model, civil("104", on))
    first = civil("122(1)", on)
    if filing.plaintiff.standing == "collective_society":
        return (article(COPYRIGHT_INTERPRETATION, "6"), article(COPYRIGHT, "8"), first)
    if filing.kind is not None and filing.kind in _BY_TEXT:
        law, number, starts = _BY_TEXT[filing.kind]
        return (article(law, number), first) if on >= starts else (first,)
    model = (article(CONDUCT, "2"),) if on >= CONDUCT_STARTS else ()
    if filing.kind in _PATENTS:
        return (patent("65", on), *model, first)
    return (first, *model)


def plaintiff_can_sue(filing: Filing, on: date) -> Found:
    """Whether somebody must sue on the plaintiff's behalf is asked; by itself it is no fault."""
    return judged(filing, "plaintiff.has_capacity", (civil("60", on),), {})


def guardian_sues(filing: Filing, on: date) -> Found:
    verdict = Verdict(
        "guardian-does-not-act",
        "missing",
        Text("原告无诉讼行为能力，未由法定代理人代为起诉", "no guardian sues for the plaintiff"),
        Text("无诉讼行为能力人由监护人作为法定代理人代为诉讼", "a guardian must act"),
        Text("请由监护人代为起诉，并提交监护关系证明", "let the guardian sue, with proof"),
    )
    return judged(filing, "plaintiff.guardian_acts", (civil("60", on),), {False: verdict})


def defendant_is_definite(filing: Filing, on: date) -> Found:
    """有明确的被告: definite when it can be told apart from others (Interpretation, Art. 209)."""
    verdict = Verdict(
        "defendant-not-definite",
        "missing",
        Text("所列信息不足以使被告与他人相区别", "the defendant cannot be told apart from others"),
        Text(
            "起诉须有明确的被告；补正后仍不明确的，裁定不予受理",
            "a suit needs a definite defendant",
        ),
        Text("请补正被告的姓名或者名称、住所等信息", "add name, domicile or other particulars"),
    )
    articles = (civil("122(2)", on), interpretation("209", on), registration("6(3)"))
    return judged(filing, "defendant.distinguishable", articles, {False: verdict})


def dispute_is_civil(filing: Filing, on: date) -> Found:
    """属于人民法院受理民事诉讼的范围, and items 1 and 3 of Art. 127."""
    return judged(filing, "obstacles.matter", (civil("122(4)", on),), _matters(on))


def _matters(on: date) -> dict[str, Verdict]:
    return {
        "administrative": Verdict(
            "administrative-suit",
            "redirected",
            Text("争议属于行政诉讼受案范围", "the dispute is one for an administrative suit"),
            Text("不能以民事诉讼解决", "a civil suit cannot settle it"),
            Text("告知原告提起行政诉讼", "tell the plaintiff to bring an administrative suit"),
            (civil("127(1)", on),),
        ),
        "agency": Verdict(
            "other-authority",
            "redirected",
            Text("争议依法应由其他机关处理", "the law gives the dispute to another authority"),
            Text("不由人民法院先行处理", "the court does not take it first"),
            Text("告知原告向有关机关申请解决", "tell the plaintiff to apply to that authority"),
            (civil("127(3)", on),),
        ),
        "outside": Verdict(
            "not-for-courts",
            "refused",
            Text("所诉事项不属于人民法院主管", "the matter is not for the courts"),
            Text("不属于受理民事诉讼的范围", "it lies outside the scope of civil suits"),
            RULE,
            (civil("122(4)", on), registration("10(6)")),
        ),
        "labour": _labour(on),
        "doubtful": Verdict(
            "matter-doubtful",
            "person",
            Text("是否属于民事诉讼受案范围难以判断", "hard to tell whether it is a civil matter"),
            Text("要看法律关系的性质", "it turns on the nature of the relation"),
            DECIDE,
        ),
    }


def _labour(on: date) -> Verdict:
    return Verdict(
        "labour-arbitration",
        "redirected",
        Text("属于劳动争议，尚未经劳动仲裁", "a labour dispute that no arbitration has heard"),
        Text("如竞业限制、保密约定引起的劳动争议，应当先申请仲裁", "arbitration comes first"),
        Text("告知原告向劳动争议仲裁委员会申请仲裁", "tell the plaintiff to apply for it"),
        (civil("127(3)", on), article(LABOUR, "5")),
    )


def court_is_competent(filing: Filing, on: date) -> Found:
    """受诉人民法院管辖, and item 4 of Art. 127."""
    verdict = Verdict(
        "not-competent",
        "redirected",
        Text("本院没有管辖权", "this court has no jurisdiction"),
        Text("不属于本院管辖的，告知向有管辖权的法院起诉", "another court is to hear it"),
        TELL,
        (civil("127(4)", on), civil("122(4)", on), interpretation("211", on)),
    )
    return judged(filing, "obstacles.competent", (civil("122(4)", on),), {False: verdict})


def monopoly_suit_asks_more_than_a_finding(filing: Filing, on: date) -> Found:
    """仅请求确认垄断的不予受理: the interpretation of 2024; before, no text."""
    if on < MONOPOLY_STARTS:
        return ()
    verdict = Verdict(
        "only-declares-monopoly",
        "refused",
        Text(
            "仅请求确认构成垄断，未请求承担民事责任", "nothing but a finding of monopoly is asked"
        ),
        Text("此类起诉不予受理", "such a suit is not accepted"),
        Text(
            "释明可增加承担民事责任的请求；不增加的，裁定不予受理", "explain that more may be asked"
        ),
    )
    articles = (article(MONOPOLY, "2"),)
    return judged(filing, "obstacles.only_declares_monopoly", articles, {True: verdict})
