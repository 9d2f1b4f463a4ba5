"""Which days does the law leave out of a limit, and by which article?

A row of the table names a group; a group is the grounds that one article lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from steelyard.kernel.bilingual import Text


@dataclass(frozen=True, slots=True)
class Ground:
    """Why days do not count, and by which article."""

    title: Text
    by: Text

    def said(self) -> Text:
        return Text(f"{self.title.zh}（{self.by.zh}）", f"{self.title.en} ({self.by.en})")


Grounds = Mapping[str, Ground]


def say_grounds(grounds: Grounds) -> Text:
    """All grounds, each article once."""
    zh, en = [], []
    for by, alike in groupby(grounds.values(), key=lambda ground: ground.by):
        titles = [ground.title for ground in alike]
        zh.append(f"{'、'.join(title.zh for title in titles)}（{by.zh}）")
        en.append(f"{', '.join(title.en for title in titles)} ({by.en})")
    return Text("；".join(zh), "; ".join(en))


_CIVIL = Text("《民诉法解释》第243条", "Interpretation of the Civil Procedure Law, Art. 243")
_OF_2000 = Text("法释〔2000〕29号第9条", "法释〔2000〕29号, Art. 9")
_REVIEW = Text("《民诉法解释》第129条", "Interpretation of the Civil Procedure Law, Art. 129")
_ADMIN = Text("《行诉法解释》第50条", "Interpretation of the Administrative Procedure Law, Art. 50")
_SUING = Text("《行政诉讼法》第48条第1款", "Administrative Procedure Law, Art. 48(1)")
_OVERDUE = Text(
    "《执行程序解释》第13条，2021年前第14条",
    "Interpretation on Enforcement, Art. 13, before 2021 Art. 14",
)


def _ground(zh: str, en: str, by: Text) -> Ground:
    return Ground(Text(zh, en), by)


GROUPS: Mapping[str, Grounds] = {
    "civil_trial": {
        "publication": _ground("公告", "publication", _CIVIL),
        "appraisal": _ground("鉴定", "expert appraisal", _CIVIL),
        "settlement": _ground("双方和解", "settlement talks of both parties", _CIVIL),
        "jurisdiction": _ground("管辖异议、管辖争议", "disputes of jurisdiction", _CIVIL),
        "audit": _ground("审计、评估、资产清理", "audit or valuation or liquidation", _OF_2000),
        "suspension": _ground("中止诉讼", "suspension of the trial", _OF_2000),
    },
    "retrial_review": {
        "publication": _ground("公告", "publication", _REVIEW),
        "settlement": _ground("双方和解", "settlement talks of the parties", _REVIEW),
    },
    "admin_trial": {
        "publication": _ground("公告", "publication", _ADMIN),
        "appraisal": _ground("鉴定", "expert appraisal", _ADMIN),
        "mediation": _ground("调解", "mediation", _ADMIN),
        "suspension": _ground("中止诉讼", "suspension of the trial", _ADMIN),
        "jurisdiction": _ground("管辖异议、管辖争议", "disputes of jurisdiction", _ADMIN),
    },
    "admin_suing": {
        "force_majeure": _ground("不可抗力", "force majeure", _SUING),
        "not_own_cause": _ground(
            "其他不属于自身的原因", "another cause not the party's own", _SUING
        ),
    },
    "enforcement": {
        "valuation": _ground("审计、评估、资产清理", "audit or valuation or liquidation", _OF_2000),
        "suspension": _ground("中止执行", "suspension of enforcement", _OF_2000),
        "stay": _ground("暂缓执行", "stay of enforcement", _OF_2000),
        "auction": _ground("拍卖、变卖", "auction or sale", _OF_2000),
        "jurisdiction": _ground("管辖异议、管辖争议", "dispute of jurisdiction", _OF_2000),
    },
    "enforcement_overdue": {
        "publication": _ground("公告", "publication", _OVERDUE),
        "appraisal": _ground("鉴定评估", "appraisal and valuation", _OVERDUE),
        "jurisdiction": _ground("管辖争议处理", "dispute of jurisdiction", _OVERDUE),
        "coordination": _ground("执行争议协调", "coordination between courts", _OVERDUE),
        "stay": _ground("暂缓执行", "stay of enforcement", _OVERDUE),
        "suspension": _ground("中止执行", "suspension of enforcement", _OVERDUE),
    },
}
