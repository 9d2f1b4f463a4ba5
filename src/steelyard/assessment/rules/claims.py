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
