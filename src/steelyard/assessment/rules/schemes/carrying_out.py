"""Was an adopted comment carried out in the draft?

What an item said when it was commented on is kept as a hash. While the item still says just that, nobody has
carried the comment out; of the whole no draft tells. Then a person says where it was, or why it is not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from steelyard.assessment.rules.drafting import Document, below, listed, tree
from steelyard.assessment.rules.states import CommentState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.hashes import canonical, tagged
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal

_USED = ("inputs", "figures", "quantities")
_WORD = re.compile(r"\w+")
MOST_NAMED = 10


def hash_of(document: Document, item: str) -> str:
    """Of all that an item says: itself, what stands below it, the figures that it uses. "" of the whole,
    and of an item that is not there.

    >>> one = {"items": [{"code": "A", "points": 5}], "inputs": [{"code": "x"}]}
    >>> hash_of(one, "A") == hash_of({**one, "inputs": []}, "A") != hash_of({"items": [{"code": "A"}]}, "A")
    True
    """
    row = next((row for row in tree(document) if item and row.code == item), None)
    if row is None:
        return ""
    rows = [dict(one.told) for one in below(document, row.key)]
    return tagged(canonical([*rows, *_used(document, rows)]))


def _used(document: Document, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What a rule names, and what that names again."""
    known = {row.code: dict(row.told) for part in _USED for row in listed(document, part)}
    found: dict[str, dict[str, Any]] = {}
    ahead = list(rows)
    while ahead:
        for name in _words(ahead.pop()) & known.keys() - found.keys():
            found[name] = known[name]
            ahead.append(known[name])
    return [found[code] for code in sorted(found)]


def _words(row: Mapping[str, Any]) -> set[str]:
    return set(_WORD.findall(json.dumps(row, ensure_ascii=False, default=str)))


def is_carried_out(
    document: Document, *, state: str, item: str, of_hash: str, note: str
) -> bool | None:
    """None: nothing is to be carried out, it was not adopted."""
    if state != CommentState.ADOPTED:
        return None
    return bool(note) or (bool(of_hash) and hash_of(document, item) != of_hash)


@dataclass(frozen=True, slots=True)
class Left:
    """An adopted comment that the draft does not show: of which item, by whom."""

    item: str
    about: Text
    organisation: Text

    def said(self) -> Text:
        code = f"{self.item} " if self.item else ""
        return Text(
            f"{code}{self.about.say('zh')}（{self.organisation.say('zh')}）",
            f"{code}{self.about.say('en')} ({self.organisation.say('en')})",
        )


def against_left(left: Sequence[Left]) -> Refusal | None:
    """What stands against settling the scheme while adopted comments are not carried out."""
    if not left:
        return None
    named = [one.said() for one in left[:MOST_NAMED]]
    more = len(left) - len(named)
    return refusal(
        "not_carried_out",
        Text(
            f"已采纳而细则没有相应改动的意见{len(left)}条：{'、'.join(one.zh for one in named)}"
            + (f"等，另有{more}条" if more else ""),
            f"comments that were adopted and not carried out: {', '.join(one.en for one in named)}"
            + (f" and {more} more" if more else ""),
        ),
        Text(
            "请退回重拟后修改；已在别处落实或者不再改动的，请在该意见处写明",
            "draft it again and change it; if it was carried out elsewhere or is not to be, say so at the comment",
        ),
    )
