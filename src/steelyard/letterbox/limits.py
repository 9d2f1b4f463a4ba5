"""What speaks against any letter of the public, whatever its kind. Pure."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal

LINE_ENDS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Control characters, which no keyboard writes, and halves of characters; a database keeps neither."""


def from_a_machine(trap: str) -> Iterator[Refusal]:
    """``trap``: what stands in the field that people do not see, and machines fill in."""
    if trap:
        yield Refusal(
            "machine",
            Text("最后一栏是给程序看的，请留空后再提交", "leave the last field empty: it is there for machines"),
        )  # fmt: skip


def too_long(told: Mapping[str, str], longest: Mapping[str, int]) -> Iterator[Refusal]:
    for field, most in longest.items():
        length = len(told[field])
        if length > most:
            what = Text(
                f"最多{most}字，现在{length}字", f"at most {most} letters; there are {length}"
            )
            yield Refusal(f"{field}_too_long", what, field)


def several_lines(told: Mapping[str, str]) -> Iterator[Refusal]:
    """What is to be one line; in the head of a mail a second one could smuggle in another head."""
    for field, said in told.items():
        if LINE_ENDS.search(said.strip()):
            yield Refusal(f"{field}_lines", Text("此栏只能写一行", "one line, please"), field)


def unseen(told: Mapping[str, str]) -> Iterator[Refusal]:
    for field, said in told.items():
        if UNSEEN.search(said):
            what = Text(
                "文字中有看不见的控制字符，请删去后重新输入",
                "there are control characters in it, which cannot be seen; type it anew without them",
            )
            yield Refusal(f"{field}_unseen", what, field)


def letters(purpose: str, text: str, length: int) -> str:
    """Letters and figures that nobody takes for one another, from a hash."""
    digest = hashlib.sha256(f"{purpose}\0{text}".encode()).digest()
    return base64.b32encode(digest).decode()[:length]
