"""What may a unit claim of an item besides its points? Each claim has grounds of its own."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from steelyard.kernel.bilingual import Text


class Claim(StrEnum):
    NOT_APPLICABLE = "not_applicable"
    BONUS = "bonus"
    EXEMPTION = "exemption"


CLAIMS: Mapping[Claim, Text] = {
    Claim.NOT_APPLICABLE: Text("不适用", "not applicable"),
    Claim.BONUS: Text("加分", "bonus"),
    Claim.EXEMPTION: Text("免责", "exemption"),
}

ASKS: Mapping[Claim, Text] = {
    Claim.NOT_APPLICABLE: Text(
        "写明本地为什么没有这项工作；不适用的项目不填自评分",
        "say why there is no such work here; an item that does not apply has no self-score",
    ),
    Claim.BONUS: Text(
        "写明依据的加分条款和事实", "name the clause under which it is claimed, and the facts"
    ),
    Claim.EXEMPTION: Text(
        "写明未完成的客观原因和依据的文件",
        "say what beyond your control kept you from it, and by which document it is excused",
    ),
}
"""What the grounds of each claim are to say."""
