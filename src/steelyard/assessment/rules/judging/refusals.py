"""What several of the limits say: of which row, of which input, what is too long."""

from __future__ import annotations

from steelyard.assessment.rules.judging.values import RowFacts
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.scheme.model import Input


def named(one: Input, text: Text) -> Text:
    return Text(f"{one.title.zh or one.code}：{text.zh}", f"{one.title.en or one.code}: {text.en}")


def too_long(most: int) -> Text:
    return Text(f"超过{most}个字", f"it has more than {most} characters")


def at(row: RowFacts, one: Refusal) -> Refusal:
    """The refusal, said of its row."""
    text = Text(f"{row.title.zh}：{one.text.zh}", f"{row.title.en or row.title.zh}: {one.text.en}")
    return Refusal(one.code, text, row.unit)
