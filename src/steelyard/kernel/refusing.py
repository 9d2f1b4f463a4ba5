"""A refusal in two halves: what stands against it, and what to do."""

from __future__ import annotations

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal


def refusal(code: str, what: Text, mend: Text, field: str = "") -> Refusal:
    return Refusal(code, Text(f"{what.zh}；{mend.zh}", f"{what.en}; {mend.en}"), field)
