"""What is an office called on its papers, and what speaks against it?

GB/T 9704-2012, 7.2.4: the red mark is the full name of the organ, or the short form that is laid down, with
文件 behind it; 7.2.5: a document number is the organ's code, the year in 〔〕 and a serial.
"""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal

LONGEST_NAME = 80
LONGEST_CODE = 12


@dataclass(frozen=True, slots=True)
class Named:
    """How an office wants to be called. ``code``: 粤知保 of 粤知保〔2026〕3号."""

    name_zh: str
    name_en: str = ""
    code: str = ""

    @property
    def name(self) -> Text:
        return Text(self.name_zh, self.name_en)


def against_letterhead(wanted: Named) -> tuple[Refusal, ...]:
    """All that speaks against it, each at its field."""
    found = []
    if not wanted.name_zh:
        found.append(refusal(
            "no_name", Text("没有填写机关名称", "the name is missing"),
            Text("请填写全称或者规范化简称", "write the full name"), "name_zh",
        ))  # fmt: skip
    if wanted.name_zh.endswith("文件"):
        found.append(refusal(
            "with_document", Text("名称带有“文件”二字", "the name ends in 文件"),
            Text("请只填机关名称，公文会自动加上", "write the name alone: documents add it"), "name_zh",
        ))  # fmt: skip
    for field, text, most in (
        ("name_zh", wanted.name_zh, LONGEST_NAME), ("name_en", wanted.name_en, LONGEST_NAME),
        ("code", wanted.code, LONGEST_CODE),
    ):  # fmt: skip
        if len(text) > most:
            what = Text(f"超过{most}个字", f"it has more than {most} characters")
            found.append(Refusal("too_long", what, field))
    if set(wanted.code) & set("〔〕[]（）()"):
        found.append(refusal(
            "with_year", Text("代字带有年份或者括号", "the code holds a year or brackets"),
            Text("请只填代字，如“粤知保”", "write the code alone"), "code",
        ))  # fmt: skip
    return tuple(found)


def against_seen(*, seen: int, newest: int) -> tuple[Refusal, ...]:
    """``seen``: the version that was in use when the page was made, 0 for none."""
    if seen == newest:
        return ()
    return (
        refusal(
            "newer_version",
            Text("在您查看之后，名称已经改过", "the name was changed since you looked"),
            Text("请先查看现在的名称，再决定是否修改", "look at it first, then decide again"),
        ),
    )  # fmt: skip
