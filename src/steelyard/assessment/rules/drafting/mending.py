"""What to do about a fault of a draft, as a page asks for it: in words, where a scheme file wants its notation."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.assessment.rules.drafting.naming import in_page_words
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault

EXAMPLE = Text(
    "完成的得满分，未完成的不得分", "full points if the plan is published; otherwise no points"
)
"""A rule in words that is read as it stands."""

IN_WORDS: Mapping[str, Text] = {
    "no-rule": Text(
        f"请在该项的“评分标准（文字）”中照评分表的写法写，例如“{EXAMPLE.zh}”",
        f"write it under Rule in words of the item, as in a scoring table: “{EXAMPLE.en}”",
    ),
    "no-points": Text(
        "请填写该项的“分值”；不设满分的填0，并在“评分标准（文字）”末尾写“不设上限”",
        "give the item its Points; if there is no full mark, give 0 and end its Rule in words with “no upper limit”",
    ),
}


def what_to_do(fault: Fault) -> Text:
    return IN_WORDS.get(fault.code) or in_page_words(fault.mend)
