"""Which papers does an assessment have, and as what files?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from steelyard.kernel.bilingual import LANGS, Lang, Text


class PaperKind(StrEnum):
    NOTICE = "notice"
    UNIT_ITEMS = "unit_items"
    ITEM_UNITS = "item_units"
    DIFFERENCES = "differences"
    SUPPLIED = "supplied"
    VISIT = "visit"
    FORGERY = "forgery"


class Format(StrEnum):
    WORD = "word"
    EXCEL = "excel"

    @property
    def ending(self) -> str:
        return ENDINGS[self]


ENDINGS: Mapping[Format, str] = {Format.WORD: "docx", Format.EXCEL: "xlsx"}
FORMATS: Mapping[Format, Text] = {
    Format.WORD: Text("Word", "Word"),
    Format.EXCEL: Text("Excel", "Excel"),
}
LANG_TITLES: Mapping[Lang, Text] = {
    "zh": Text("中文", "Chinese"),
    "en": Text("英文", "English"),
}


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """A kind of paper. ``of``: of what there is one; ``formats``: a letter is Word alone."""

    title: Text
    about: Text
    of: Text
    formats: tuple[Format, ...]

    @property
    def is_letter(self) -> bool:
        return self.formats == (Format.WORD,)


LETTER, SHEET = (Format.WORD,), (Format.WORD, Format.EXCEL)

PAPERS: Mapping[PaperKind, PaperFacts] = {
    PaperKind.NOTICE: PaperFacts(
        Text("考核通知", "Notice of the assessment"),
        Text(
            "发给被考核单位和有关单位：考核期间、各项工作期限、分工和附件",
            "to the units and bodies: the period, who does what until when, what is attached",
        ),
        Text("整个考核", "Assessment"),
        LETTER,
    ),
    PaperKind.UNIT_ITEMS: PaperFacts(
        Text("单位考核表", "Sheet of the items of a unit"),
        Text(
            "一个单位的全部考核项目：评分标准、自评、说明、佐证材料、数据、评分和扣分理由",
            "every item of one unit: rule, self-score, statement, material, figures, points, reasons",
        ),
        Text("被考核单位", "Unit"),
        SHEET,
    ),
    PaperKind.ITEM_UNITS: PaperFacts(
        Text("项目评分表", "Sheet of an item"),
        Text(
            "一个考核项目，各单位并列，供评分单位使用",
            "one item with all units side by side, for the body that scores it",
        ),
        Text("考核项目", "Item"),
        SHEET,
    ),
    PaperKind.DIFFERENCES: PaperFacts(
        Text("数据差异核实函", "Letter of differences to a unit"),
        Text(
            "发给被考核单位：自报数和提供数不一致的数据，请其核实",
            "to a unit: where its figures differ from the supplied ones, and what is asked of it",
        ),
        Text("被考核单位", "Unit"),
        LETTER,
    ),
    PaperKind.SUPPLIED: PaperFacts(
        Text("提供数据核对函", "Letter of differences to a supplying body"),
        Text(
            "发给数据来源单位：其提供的数据和各单位自报数不一致的，请其核对",
            "to a supplying body: where its figures differ from what the units report",
        ),
        Text("数据来源单位", "Supplying body"),
        LETTER,
    ),
    PaperKind.VISIT: PaperFacts(
        Text("实地检查表", "Visit sheet"),
        Text(
            "供检查组现场填写：检查项目、评分标准、单位自评，留出记录位置",
            "for the team to fill in on the spot: items, rules, what the unit said, room to write",
        ),
        Text("实地检查", "Visit"),
        SHEET,
    ),
    PaperKind.FORGERY: PaperFacts(
        Text("造假认定通知书", "Notice of forged material"),
        Text(
            "发给被考核单位：认定的事实、陈述情况、对该项目的处理",
            "to the unit: what was found, what it said, what follows for the item",
        ),
        Text("经认定的造假", "Confirmed forgery"),
        LETTER,
    ),
}


@dataclass(frozen=True, slots=True, order=True)
class Design:
    """What a template is for: a kind of paper, in a language, as a file of a format."""

    kind: PaperKind
    lang: Lang
    format: Format

    @property
    def short(self) -> Text:
        """Its language and format alone."""
        lang, file = LANG_TITLES[self.lang], FORMATS[self.format]
        return Text(f"{lang.zh} {file.zh}", f"{lang.en} {file.en}")

    @property
    def title(self) -> Text:
        paper, lang, file = PAPERS[self.kind].title, LANG_TITLES[self.lang], FORMATS[self.format]
        return Text(f"{paper.zh}（{lang.zh}，{file.zh}）", f"{paper.en} ({lang.en}, {file.en})")


def designs() -> Iterator[Design]:
    """Every template that there is room for, in the order of the papers."""
    for kind, paper in PAPERS.items():
        for lang in LANGS:
            for file in paper.formats:
                yield Design(kind, lang, file)


def design_of(kind: str, lang: str, file: str) -> Design | None:
    """
    >>> design_of("notice", "zh", "excel") is None  # a letter is Word alone
    True
    """
    return next(
        (one for one in designs() if (one.kind, one.lang, one.format) == (kind, lang, file)), None
    )
