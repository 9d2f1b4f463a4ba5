"""What late filing costs, as the notes of a table word it: 逾期报送材料的，每逾期1个工作日扣0.5分，最多扣2分."""

from __future__ import annotations

import re
from dataclasses import dataclass

from steelyard.kernel.bilingual import LANGS, Text
from steelyard.kernel.exact import exact
from steelyard.scheme.given import DAYS_FILED_LATE, GIVEN
from steelyard.scheme.office.codes import free
from steelyard.scheme.office.points import number
from steelyard.scheme.office.reader import Document, Reader
from steelyard.scheme.office.tree import Entry
from steelyard.scheme.wording.plain_text import plain_chinese

TITLE = Text("逾期报送", "Late filing")
CODE = "late_filing"

_UNIT = "(?:凡|对|各|被考核|参评|地级以上市|地市|市|县|区|地|单位|的)*"
_LATE = (
    "(?:逾期|超期|超时|延迟|迟延|未按(?:规定|要求)?(?:时间|时限|期限|时|期)(?:要求)?"
    "|未在(?:规定)?(?:时间|期限|时限)内)"
)
_FILED = "(?:报送|提交|上报|填报)(?:考核|自评|自查|佐证|证明|有关|相关|材料|报告|资料|和|、|及)*"
_NUMBER = r"\d+(?:\.\d+)?"
_COST = re.compile(
    f"{_UNIT}(?:(?:考核|自评|佐证)?材料)?{_LATE}{_FILED}(?:的|者)?,?"
    f"每(?:逾期|超期|超过|延迟|迟报?|晚)?1个工作日,?扣(?:减|除)?(?P<each>{_NUMBER})分"
    f"(?:,?(?:最多|最高|至多|累计|合计|共)*(?:扣|扣分|不超过|扣分不超过|扣不超过)(?P<most>{_NUMBER})分(?:为止)?"
    f"|,?扣完(?P<all>{_NUMBER})分为止)?"
)
_SPOKEN = re.compile(f"{_LATE}[^;。]{{0,20}}(?:报|交|材料)[^;。]*扣|每(?:逾期|迟报?|晚)[^;。]*扣")
_GOES_ON = re.compile("逾期|超期|扣|工作日|累计|上限|除外")
_MARK = re.compile(r"^(?:\d+[.、](?!\d)|[(（][\d一二三四五六七八九十]+[)）]|[①-⑳])\s*")

LATENESS_NOT_READ = Text(
    "像是逾期报送的扣分，只存入备注，没有读成规则。系统按工作日统计逾期；如要计分，请写成“逾期报送材料的，每逾期1个工作日"
    "扣0.5分，最多扣2分”，或者另立一项",
    "it seems to say what late filing costs, and was kept as a note, not read as a rule. Lateness is counted in "
    "working days: write it as “逾期报送材料的，每逾期1个工作日扣0.5分，最多扣2分”, or as an item of its own",
)


@dataclass(frozen=True, slots=True)
class Lateness:
    """So many points for each working day; ``most``: altogether, empty without a limit."""

    each: str
    most: str

    def item(self, code: str) -> Document:
        points = {"points": number(exact(self.most))} if self.most else {}
        return {
            "code": code, "kind": "deduction", "title": _in_both(TITLE), **points,
            "rule": {"deduct": DAYS_FILED_LATE, "each": self.each},
        }  # fmt: skip

    def as_read(self) -> Text:
        """What a person is to confirm."""
        return Text(
            f"读成扣分项“{TITLE.zh}”：工作日数由系统统计，每个工作日扣{self.each}分，"
            + (f"最多扣{self.most}分" if self.most else "没有写上限，按不设上限")
            + "；评分单位请写明",
            f"read as the deduction “{TITLE.en}”: the working days are counted by the system, {self.each} points "
            "for each, " + (f"at most {self.most}" if self.most else "without a limit, as none is written")
            + "; name its scoring body",
        )  # fmt: skip


@dataclass
class LateFiling:
    """What the notes of one table say that late filing costs, the first time that they say it."""

    reader: Reader
    found: Lateness | None = None

    def take(self, place: Entry, sentence: str) -> str:
        """What is left of a sentence when that is read, or named as not read."""
        where = place.sheet.where(place.row)
        read = lateness_in(sentence) if self.found is None else None
        if read is not None:
            self.found, left = read
            self.reader.confirm(where, sentence, self.found.as_read())
            return left
        if speaks_of_lateness(sentence):
            self.reader.confirm(where, sentence, LATENESS_NOT_READ)
            return ""
        return sentence

    def add_to(self, items: list[Document]) -> None:
        """An item of its own, after those of the table."""
        if self.found is not None:
            items.append(self.found.item(free(CODE, {str(one["code"]) for one in items})))
            self.reader.inputs[DAYS_FILED_LATE] = _input()


def _input() -> Document:
    given = GIVEN[DAYS_FILED_LATE]
    return {"code": DAYS_FILED_LATE, "title": _in_both(given.title), "type": "count"}


def _in_both(text: Text) -> dict[str, str]:
    return {lang: text.say(lang) for lang in LANGS}


def lateness_in(sentence: str) -> tuple[Lateness, str] | None:
    """What a sentence says that late filing costs, and what else it says, in its own words.

    A clause beside it that goes on about it may change it: then nothing is read.

    >>> lateness_in("逾期报送材料的，每逾期一个工作日扣０.５分，最多扣2分；不涉及的，折算")
    (Lateness(each='0.5', most='2'), '不涉及的，折算')
    >>> lateness_in("逾期报送的，每逾期1天扣0.5分"), lateness_in("逾期报送的，每逾期1个工作日扣1分；节假日除外")
    (None, None)
    """
    clauses = [one.strip() for one in re.split("[；;]", sentence) if one.strip()]
    read = [found for one in clauses if (found := _whole(one))]
    others = [one for one in clauses if not _whole(one)]
    if len(read) != 1 or any(_GOES_ON.search(plain_chinese(one)) for one in others):
        return None
    return read[0], "；".join(others)


def _whole(clause: str) -> Lateness | None:
    found = _COST.fullmatch(_MARK.sub("", plain_chinese(clause)).rstrip("。"))
    return Lateness(found["each"], found["most"] or found["all"] or "") if found else None


def speaks_of_lateness(text: str) -> bool:
    """Whether it says what late filing costs, understood or not.

    >>> [speaks_of_lateness(one) for one in ("逾期报送的，每天扣1分", "未按时报送材料的，酌情扣分", "逾期办结的，通报")]
    [True, True, False]
    """
    return bool(_SPOKEN.search(plain_chinese(text)))
