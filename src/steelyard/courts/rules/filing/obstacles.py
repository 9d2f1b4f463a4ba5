"""What keeps a civil suit from being heard: Art. 127 of the Civil Procedure Law, and repetition?

Items 1, 3 and 4 stand with the conditions (``conditions.py``), whose fourth they mirror.
"""

from __future__ import annotations

from datetime import date

from steelyard.courts.rules.articles import article
from steelyard.courts.rules.filing.filing import Filing
from steelyard.courts.rules.filing.finding import DECIDE, RULE, Found, Verdict, judged
from steelyard.courts.rules.filing.laws import (
    MARKS,
    MONOPOLY_STARTS,
    arbitration,
    civil,
    interpretation,
    registration,
)
from steelyard.kernel.bilingual import Text


def no_arbitration_was_agreed(filing: Filing, on: date) -> Found:
    """Item 2. A monopoly suit is heard all the same since 2024-07-01; before, a judge decides."""
    verdicts = {"awarded": _awarded(on), "disputed": _disputed(), "agreed": _agreed()}
    if filing.kind == "monopoly":
        del verdicts["disputed"]
        verdicts["agreed"] = _agreed_over_a_monopoly()
        if on >= MONOPOLY_STARTS:
            del verdicts["agreed"]
    articles = (civil("127(2)", on), interpretation("215", on))
    return judged(filing, "obstacles.arbitration", articles, verdicts)


def _agreed() -> Verdict:
    return Verdict(
        "arbitration-agreed",
        "redirected",
        Text("双方有书面仲裁协议", "the parties agreed in writing to arbitrate"),
        Text("达成书面仲裁协议的，不得向人民法院起诉", "who agreed to arbitrate may not sue"),
        Text(
            "告知原告向仲裁机构申请仲裁；坚持起诉的，裁定不予受理",
            "tell the plaintiff to go to arbitration; whoever insists gets a ruling not to accept",
        ),
    )


def _disputed() -> Verdict:
    return Verdict(
        "arbitration-disputed",
        "person",
        Text("有仲裁协议，但其效力有争议", "the arbitration agreement is said not to bind"),
        Text(
            "不成立、无效、失效或者内容不明确无法执行的除外",
            "void, lapsed or vague ones do not bar",
        ),
        DECIDE,
    )


def _agreed_over_a_monopoly() -> Verdict:
    return Verdict(
        "arbitration-of-monopoly",
        "person",
        Text("垄断纠纷的当事人之间有仲裁协议", "parties to a monopoly dispute agreed to arbitrate"),
        Text(
            "2024年7月1日以前，仲裁协议能否排除垄断诉讼，条文没有说",
            "before 2024-07-01 no text says whether that bars a monopoly suit",
        ),
        DECIDE,
    )


def _awarded(on: date) -> Verdict:
    return Verdict(
        "award-made",
        "refused",
        Text("同一纠纷已有仲裁裁决", "an award was made on the same dispute"),
        Text(
            "一裁终局；裁决被撤销或者不予执行的才可起诉",
            "an award is final; a suit lies only where it was set aside or refused enforcement",
        ),
        Text("释明可以申请执行或者申请撤销裁决；坚持起诉的，裁定不予受理", "explain, then rule"),
        (arbitration("9", on),),
    )


def marks_are_not_both_registered(filing: Filing, on: date) -> Found:
    """Item 3 for marks: registered against registered is the authority's to settle."""
    verdict = Verdict(
        "mark-against-mark",
        "redirected",
        Text(
            "以在先注册商标起诉他人使用在核定商品上的注册商标",
            "one registered mark against another",
        ),
        Text("应当先由有关行政主管机关解决", "the authority settles it"),
        Text("告知原告向有关行政主管机关申请解决", "tell the plaintiff to apply to the authority"),
    )
    articles = (article(MARKS, "1"), civil("127(3)", on))
    return judged(filing, "obstacles.mark_against_mark", articles, {True: verdict})


def nothing_is_decided_yet(filing: Filing, on: date) -> Found:
    """Item 5. A withdrawal, or a ruling not to accept, bars nothing (Interpretation, 212, 214)."""
    in_force = Verdict(
        "already-decided",
        "redirected",
        Text("同一争议的裁判已经生效", "the dispute was decided, and the decision is in force"),
        Text("当事人不服的，只能申请再审", "who is not content may ask for retrial alone"),
        Text("告知原告申请再审", "tell the plaintiff to ask for retrial"),
        (civil("127(5)", on), civil("210", on)),
    )
    unperformed = Verdict(
        "enforcement",
        "redirected",
        Text("裁判已生效，争议只在对方不履行", "decided and in force, merely not performed"),
        Text("生效裁判须履行，不再另行起诉", "it is to be enforced, not sued upon again"),
        Text("告知原告申请执行", "tell the plaintiff to apply for enforcement"),
        (civil("127(5)", on), civil("247", on)),
    )
    new_facts = Verdict(
        "new-facts",
        "person",
        Text("裁判生效后主张发生新的事实", "new facts are said to have arisen since"),
        Text(
            "确有新的事实的，应当受理；是否属实由法官判断", "if there are any, it is to be accepted"
        ),
        DECIDE,
        (interpretation("248", on), civil("127(5)", on)),
    )
    verdicts = {"in_force": in_force, "unperformed": unperformed, "new_facts": new_facts}
    return judged(filing, "obstacles.decided", (civil("127(5)", on),), verdicts)


def suit_is_not_repeated(filing: Filing, on: date) -> Found:
    """重复起诉: same parties, same object, same claim or one that denies the first result."""
    return judged(
        filing,
        "obstacles.repeat",
        (interpretation("247", on),),
        {"same": same(), "partly": partly()},
    )


def same() -> Verdict:
    return Verdict(
        "repeated-suit",
        "refused",
        Text("就同一事项重复起诉", "the same matter is sued over twice"),
        Text(
            "当事人、诉讼标的、诉讼请求相同的，构成重复起诉",
            "parties, object and claim are the same",
        ),
        RULE,
    )


def partly() -> Verdict:
    return Verdict(
        "repetition-doubtful",
        "person",
        Text("是否构成重复起诉难以判断", "hard to tell whether it is the same suit"),
        Text(
            "三项条件须同时具备，要比对前后两诉",
            "three conditions must meet; the suits must be compared",
        ),
        DECIDE,
    )


def no_time_bars_the_suit(filing: Filing, on: date) -> Found:
    """Item 6: a time within which the law lets nobody sue."""
    verdict = Verdict(
        "barred-for-a-time",
        "refused",
        Text("在依法不得起诉的期限内起诉", "the law bars the suit for a time that still runs"),
        Text("期限届满前不予受理", "it is not accepted before the time is over"),
        Text("释明期限届满后可以起诉；坚持起诉的，裁定不予受理", "explain when it may be brought"),
    )
    return judged(filing, "obstacles.barred_period", (civil("127(6)", on),), {True: verdict})


def divorce_is_not_brought_again(filing: Filing, on: date) -> Found:
    """Item 7, of family cases alone."""
    verdict = Verdict(
        "divorce-or-adoption-again",
        "refused",
        Text("六个月内又起诉，没有新情况、新理由", "brought again within six months, nothing new"),
        Text("离婚、收养案件在此期间不予受理", "such a case is not accepted in that time"),
        RULE,
    )
    articles = (civil("127(7)", on), interpretation("214", on))
    return judged(filing, "obstacles.divorce_or_adoption_again", articles, {True: verdict})


def secrets_are_safe(filing: Filing, on: date) -> Found:
    """Secrets keep no suit out; who sees the papers is for a judge."""
    verdict = Verdict(
        "secrets",
        "person",
        Text("材料涉及国家秘密，或者原告申请保密", "state secrets, or a request for secrecy"),
        Text(
            "涉及国家秘密的不公开审理，商业秘密依申请可以不公开；材料如何接收要先定",
            "state secrets are tried in private, trade secrets on request; who handles the papers"
            " comes first",
        ),
        Text(
            "不经在线平台和窗口流转，交法官决定接收和阅卷范围",
            "hand the papers to a judge directly",
        ),
    )
    return judged(filing, "obstacles.secrets", (civil("137", on),), {True: verdict})


def matter_is_not_forbidden(filing: Filing, _on: date) -> Found:
    """登记立案规定第十条: whether a suit is of these kinds no clerk decides alone."""
    verdict = Verdict(
        "forbidden-matter",
        "person",
        Text("可能属于不予登记立案的事项", "the matter may be one that is not registered"),
        Text(
            "涉及国家主权、安全、统一、民族团结、宗教政策的起诉不予登记立案", "such suits are not"
        ),
        DECIDE,
    )
    return judged(filing, "obstacles.forbidden_matter", (registration("10"),), {True: verdict})
