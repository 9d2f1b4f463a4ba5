"""What must a complaint state? The four groups of Art. 124 of the Civil Procedure Law.

An administrative complaint is written after the same model (登记立案规定 Art. 4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from steelyard.kernel.bilingual import Text

When = tuple[tuple[str, tuple[str, ...]], ...]
"""Facts and the answers under which something bears on a filing; all must hold."""

CIVIL: When = (("track", ("civil",)),)
SUIT: When = (("track", ("civil", "administrative")),)
MEASURES: When = (("track", ("civil", "preservation")),)
_PERSON: When = (("plaintiff.is_a", ("person",)),)
_ORGANISATION: When = (("plaintiff.is_a", ("organisation",)),)
_AGAINST_A_PERSON: When = (("defendant.is_a", ("person",)),)
_WITNESSES: When = (("complaint.has_witnesses", ("yes",)),)


@dataclass(frozen=True, slots=True)
class Content:
    """One particular: the field of :class:`~…filing.Complaint`, its name, its group of Art. 124."""

    field: str
    name: Text
    group: int
    when: When = ()

    @property
    def fact(self) -> str:
        return f"complaint.{self.field}"


GROUPS: Mapping[int, Text] = {
    1: Text("原告的情况", "who the plaintiff is"),
    2: Text("被告的情况", "who the defendant is"),
    3: Text("诉讼请求、事实与理由", "claims, facts and reasons"),
    4: Text("证据、证据来源和证人", "evidence, its sources and witnesses"),
}

CONTENTS: tuple[Content, ...] = (
    Content("plaintiff_name", Text("原告的姓名（名称）", "the plaintiff's name"), 1),
    Content("plaintiff_sex", Text("原告的性别", "the plaintiff's sex"), 1, _PERSON),
    Content(
        "plaintiff_age",
        Text("原告的年龄（出生日期）", "the plaintiff's age or birthday"),
        1,
        _PERSON,
    ),
    Content("plaintiff_ethnicity", Text("原告的民族", "the plaintiff's ethnicity"), 1, _PERSON),
    Content("plaintiff_occupation", Text("原告的职业", "the plaintiff's occupation"), 1, _PERSON),
    Content("plaintiff_work_unit", Text("原告的工作单位", "the plaintiff's work unit"), 1, _PERSON),
    Content("plaintiff_domicile", Text("原告的住所", "the plaintiff's domicile"), 1),
    Content("plaintiff_contact", Text("原告的联系方式", "how to reach the plaintiff"), 1, _PERSON),
    Content(
        "representative_name",
        Text(
            "原告法定代表人或者主要负责人的姓名", "the name of the plaintiff's legal representative"
        ),
        1,
        _ORGANISATION,
    ),
    Content(
        "representative_post",
        Text(
            "原告法定代表人或者主要负责人的职务", "the post of the plaintiff's legal representative"
        ),
        1,
        _ORGANISATION,
    ),
    Content(
        "representative_contact",
        Text(
            "原告法定代表人或者主要负责人的联系方式",
            "how to reach the plaintiff's legal representative",
        ),
        1,
        _ORGANISATION,
    ),
    Content("defendant_name", Text("被告的姓名（名称）", "the defendant's name"), 2),
    Content("defendant_sex", Text("被告的性别", "the defendant's sex"), 2, _AGAINST_A_PERSON),
    Content(
        "defendant_work_unit",
        Text("被告的工作单位", "the defendant's work unit"),
        2,
        _AGAINST_A_PERSON,
    ),
    Content("defendant_domicile", Text("被告的住所", "the defendant's domicile"), 2),
    Content("claims_specific", Text("具体的诉讼请求", "specific claims"), 3),
    Content("facts_and_reasons", Text("事实与理由", "the facts and reasons"), 3),
    Content("evidence_and_sources", Text("证据和证据来源", "the evidence and its sources"), 4),
    Content("witness_name", Text("证人的姓名", "the witnesses' names"), 4, _WITNESSES),
    Content("witness_domicile", Text("证人的住所", "the witnesses' domiciles"), 4, _WITNESSES),
)
