"""What does the court have to do with this filing, and by when?

A note names the row of the table of time limits that counts the days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from steelyard.courts.rules.filing.filing import Filing
from steelyard.courts.rules.filing.finding import Consequence, Finding
from steelyard.courts.rules.filing.laws import (
    administrative,
    administrative_interpretation,
    civil,
    interpretation,
    online,
    registration,
)
from steelyard.kernel.bilingual import Text


@dataclass(frozen=True, slots=True)
class Note:
    """Something for the clerk. ``limit``: the code of a row of ``time_limits.csv``, or ""."""

    code: str
    text: Text
    articles: tuple[Text, ...]
    limit: str = ""


def notes_for(filing: Filing, findings: Sequence[Finding], on: date) -> tuple[Note, ...]:
    """Notes in the order in which the clerk needs them."""
    if filing.track is None:
        return ()
    kinds = {finding.consequence for finding in findings}
    if filing.track == "preservation":
        return _before_suit(findings, on)
    return (
        *(_registered(filing, on) if not findings else (_receipt(filing, on),)),
        *_supplement(filing, kinds, on),
        *_refusal(filing, kinds, on),
        *_redirection(filing, kinds, on),
        *_online(filing),
        *_oral(filing, on),
        *_civil_remarks(filing, on),
    )


def _before_suit(findings: Sequence[Finding], on: date) -> tuple[Note, ...]:
    """诉前保全: a ruling in forty-eight hours, and thirty days to sue."""
    articles = (civil("104", on),)
    rule = Text(
        "接受申请后四十八小时内作出裁定", "rule within 48 hours of accepting the application"
    )
    sue = Text(
        "采取措施后三十日内不起诉或者申请仲裁的，应当解除保全",
        "the measure is lifted if no suit or arbitration follows within thirty days",
    )
    missing = Text(
        "材料或者担保不齐的，立即一次性告知补交；不补的裁定驳回申请",
        "say at once all that is missing; what is not supplied leads to dismissal",
    )
    return (
        *((Note("supplement", missing, articles),) if findings else ()),
        Note("rule", rule, articles, "preservation.before_suit"),
        Note("sue-after", sue, articles, "preservation.sue_after"),
    )


def _is_civil(filing: Filing) -> bool:
    return filing.track == "civil"


def _registered(filing: Filing, on: date) -> tuple[Note, ...]:
    """当场登记立案, then the fee and the copy to the defendant."""
    text = Text("符合起诉条件，应当当场登记立案", "the conditions are met: register it on the spot")
    fee = Text(
        "通知原告自次日起七日内预交案件受理费",
        "tell the plaintiff to pay the court fee in seven days",
    )
    if not _is_civil(filing):
        return (
            Note("register", text, _admin_filing(), "admin.file"),
            Note("fee", fee, (administrative_interpretation("61"),), "fee.payment"),
        )
    return (
        Note(
            "register",
            text,
            (interpretation("208", on), civil("126", on), registration("2")),
            "civil.file",
        ),
        Note("fee", fee, (interpretation("213", on),), "fee.payment"),
        _mediation(on),
    )


def _mediation(on: date) -> Note:
    return Note(
        "mediation",
        Text(
            "适宜调解的先行调解，当事人拒绝的除外；不得以调解拖延立案",
            "what suits mediation is mediated first unless a party refuses; it must not delay filing",
        ),
        (civil("125", on),),
    )


def _receipt(filing: Filing, on: date) -> Note:
    """Nothing is turned away at the counter: the papers are taken, with a dated receipt."""
    text = Text(
        "一律接收诉状，出具注明收到日期的书面凭证；七日内不能判定的，先行立案",
        "take the papers and give a dated receipt; what cannot be judged in seven days is registered",
    )
    if _is_civil(filing):
        articles = (interpretation("208", on), registration("2"), registration("8"))
        return Note("receipt", text, articles, "civil.file")
    return Note("receipt", text, _admin_filing(), "admin.file")


def _admin_filing() -> tuple[Text, ...]:
    return (administrative("51"), administrative_interpretation("53"))


def _supplement(filing: Filing, kinds: set[Consequence], on: date) -> tuple[Note, ...]:
    """补正: once, in writing, with a day; the seven days run anew from the supplement."""
    if "missing" not in kinds:
        return ()
    text = Text(
        "一次性书面告知全部应补内容和期限；立案期限自补正材料交到法院的次日起算；"
        "逾期不补正的退回并记录在册，坚持起诉的裁定不予受理（不予立案）",
        "say once, in writing, all that is missing and by when; the time runs from the day after it"
        " comes; if it does not, the complaint goes back and is noted, and whoever insists gets a"
        " ruling",
    )
    first: tuple[Text, ...] = (online("9"),) if filing.manner == "online" else ()
    if not _is_civil(filing):
        laws: tuple[Text, ...] = (*first, administrative("51"), administrative_interpretation("55"))
        return (Note("supplement", text, laws, "admin.file"),)
    laws = (*first, registration("7"), interpretation("126", on), interpretation("208", on))
    limit = "online.file" if first else "civil.file.supplement"
    return (Note("supplement", text, laws, limit),)


def _refusal(filing: Filing, kinds: set[Consequence], on: date) -> tuple[Note, ...]:
    if "refused" not in kinds:
        return ()
    if _is_civil(filing):
        text = Text(
            "七日内作出不予受理的裁定，载明理由，告知可以在十日内上诉",
            "rule within seven days, with reasons; an appeal lies within ten days",
        )
        articles = (civil("126", on), registration("9"))
        return (Note("refusal", text, articles, "civil.appeal.ruling"),)
    text = Text(
        "七日内作出不予立案的裁定，载明理由，告知可以在十日内上诉",
        "rule within seven days not to register, with reasons; an appeal lies within ten days",
    )
    return (
        Note("refusal", text, (administrative("51"), registration("9")), "admin.appeal.ruling"),
    )


def _redirection(filing: Filing, kinds: set[Consequence], on: date) -> tuple[Note, ...]:
    if "redirected" not in kinds:
        return ()
    text = Text(
        "先释明并告知另循途径；坚持起诉的，才作书面裁定",
        "explain first and name the other way; rule in writing only for whoever insists",
    )
    if _is_civil(filing):
        return (Note("redirection", text, (civil("127", on), registration("2"))),)
    return (Note("redirection", text, (administrative("51"), registration("2"))),)


def _online(filing: Filing) -> tuple[Note, ...]:
    if filing.manner != "online":
        return ()
    text = Text(
        "已在线提交符合要求的材料的，不得再要求提供纸质件",
        "whoever filed online as required must not be asked for paper",
    )
    return (Note("no-paper", text, (online("9"),)),)


def _oral(filing: Filing, on: date) -> tuple[Note, ...]:
    if filing.manner != "oral":
        return ()
    text = Text(
        "口头起诉的，由法院记入笔录并告知对方当事人",
        "brought orally: the court writes the record and tells the other side",
    )
    first = civil("123", on) if _is_civil(filing) else administrative("50")
    return (Note("record", text, (first, registration("3"))),)


def _civil_remarks(filing: Filing, on: date) -> tuple[Note, ...]:
    """What looks like a bar and is none."""
    if not _is_civil(filing):
        return ()
    said = filing.obstacles
    remarks: list[Note] = []
    if said.limitation_passed:
        text = Text("超过诉讼时效不影响立案", "the limitation period is no bar to registration")
        remarks.append(Note("limitation", text, (interpretation("219", on),)))
    if said.decided == "withdrawn":
        text = Text(
            "撤诉后以同一请求再诉的，应予受理", "after a withdrawal the suit may come again"
        )
        remarks.append(Note("withdrawn", text, (interpretation("214", on),)))
    if said.decided == "dismissed":
        text = Text(
            "曾不予受理、驳回起诉，现符合条件的，应予受理", "once refused, now met: accept it"
        )
        remarks.append(Note("dismissed", text, (interpretation("212", on),)))
    if said.arbitration in ("agreed", "disputed"):
        text = Text(
            "首次开庭前被告以仲裁协议提出异议的，法院应当审查",
            "an objection before the first hearing that there is an agreement is to be examined",
        )
        remarks.append(Note("arbitration-objection", text, (interpretation("216", on),)))
    return tuple(remarks)
