"""The rows of a section of vetoes: which words of a row say the veto, and what the head above says of all.

A head is understood to its last word or not at all: of 不得评为优秀 no part may be read as 评为优秀. What a
head that is not understood stands over goes to a person whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from steelyard.kernel.bilingual import Text
from steelyard.scheme.office.headings import Heading, Role
from steelyard.scheme.office.lines import Line
from steelyard.scheme.office.reader import BODY_ROLES, NOTHING, Document, Reader
from steelyard.scheme.wording.chinese.whole import ends_a_veto
from steelyard.scheme.wording.plain_text import plain_chinese

_SAID_OF_A_VETO: tuple[Role, ...] = ("level", "title", "content", "requirement")
VETO = "一票否决"
HEAD_NOT_READ = Text(
    "这一行对其下各项规定了什么后果，没有读懂；其下没有另写后果的，须由人写",
    "what it says that the rows beneath it lead to is not understood; rows that do not say it themselves are for "
    "a person to write",
)
_NUMERAL = "[一二三四五六七八九十]+"
MARK = rf"(?:\d{{1,2}}[.、．)）](?!\d)|[（(](?:\d{{1,2}}|{_NUMERAL})[)）]|{_NUMERAL}[、．.]|[①-⑳])"
_FIRST_MARK = re.compile(rf"\s*{MARK}\s*")
_LEADING = re.compile(
    rf"^(?:{MARK}\s*)?(?P<label>{VETO}(?:项目?|事项|情形|指标|条款|内容)?[:：]\s*)?"
)
_NUMBERED = re.compile(rf"(?:(?P<lead>[^。；;]*?)[:：])?\s*(?P<rest>{MARK}.+)", re.DOTALL)
_LISTED = re.compile(r"(?P<lead>[^:：]*(?:下列|以下)[^:：]*)[:：](?P<rest>.+)", re.DOTALL)
_BETWEEN_NUMBERED = re.compile(rf"(?:[；;。]\s*|\s+)(?={MARK})")
_BETWEEN_LISTED = re.compile(r"[；;\n]\s*")

_LABEL = re.compile(
    "(?:考核|年度|实行|设|特别|重大)*(?:一票否[决优]|否决(?=项|事项|情形|指标))"
    "(?:项目?|事项|情形|情况|指标|条款|内容|类|清单|制度?|规定|条件|说明|要求)*(?:如下|包括)?"
)
_ANY_OF_THESE = re.compile(
    "(?:凡是?|对|如|若|各|市|县|区|地|单位|被考核|参评|考核|年度|年内|当年|期内|期间|在|内|的)*"
    "(?:有|存在|出现|发生|属于?|具有|符合)?(?:下列|以下|下述)(?:任何|任意|任一)?"
    "(?:情形|情况|行为|问题|事项|事件|条件|现象)?(?:之?[一1](?:项|种)?)?(?:的|者|时)*(?:市|县|区|单位)?"
)
_COUNT_OF_ITEMS = re.compile(r"共?[\d一二三四五六七八九十]+[项条种]|不计分|不占分值?")
_CASES_OF = re.compile("的?(?:情形|情况|事项)(?:如下|包括|有|为)?$")


@dataclass(frozen=True, slots=True)
class Stated:
    """One veto as a row states it, and the wordings that it may be read from, in order: its own, and with
    what the head above it leads to. There is none where the head of its list is not understood."""

    words: str
    wordings: tuple[str, ...]


def veto_words(line: Line, heading: Heading) -> str:
    """The words of a veto: over the width of the table, in the column of rules, or in its last title."""
    if line.text:
        return line.text
    for columns in (heading.of("rule"), heading.of(*_SAID_OF_A_VETO)):
        cells = (line.sheet.at(line.row, column.place) for column in reversed(columns))
        said = [one.line for one in cells if one is not None and one.text not in NOTHING]
        if said:
            return said[0]
    return "，".join(one.line for one in line.sheet.rows[line.row] if not one.text.isdigit())


def ending_in(head: str, otherwise: str | None = VETO) -> str | None:
    """What a head says that all beneath it leads to; ``otherwise`` where it says nothing of that, and
    None where it says something that is not understood.

    >>> ending_in("存在下列情形之一的，不得评为优秀"), ending_in("二、一票否决事项")
    ('不得评为优秀', '一票否决')
    >>> ending_in("有下列情形之一的，考核总分扣5分") is None
    True
    """
    said = list(_outcomes(head))
    if not said:
        return otherwise
    return "，".join(said) if all(ends_a_veto(one) for one in said) else None


def is_head(words: str) -> bool:
    """Whether a row says no veto, but only what the rows beneath it lead to.

    >>> [is_head(one) for one in ("有下列情形之一的，不得评为优秀：", "一票否决项（评为不合格，不再排名）")]
    [True, True]
    >>> is_head("一票否决：发生重大事故的，评为不合格"), is_head("有下列情形之一的，一票否决：1.弄虚作假")
    (False, False)
    """
    if _list_in(words):
        return False
    label = _LABEL.match(_FIRST_MARK.sub("", words.strip(), count=1))
    is_label = label is not None and re.match("$|[（(]", label.string[label.end() :])
    return bool(is_label or re.search("下列|以下(?:情|行|问|事|任)", words))


def starts_with_a_veto(text: str) -> bool:
    """
    >>> starts_with_a_veto("四、一票否决：提供虚假材料的"), starts_with_a_veto("90分以上为优秀，一票否决的为不合格")
    (True, False)
    """
    return bool(_LABEL.match(_FIRST_MARK.sub("", text.strip(), count=1)))


def _outcomes(head: str) -> Iterator[str]:
    """The pieces of a head that are neither its label nor 有下列情形之一的."""
    for piece in re.split("[,:;()。]", plain_chinese(_FIRST_MARK.sub("", head, count=1))):
        rest = piece
        for known in (_LABEL, _ANY_OF_THESE, _LABEL):
            found = known.match(rest)
            rest = rest[found.end() :] if found else rest
        rest = rest if ends_a_veto(rest) else _CASES_OF.sub("", rest)
        if rest and not _COUNT_OF_ITEMS.fullmatch(rest):
            yield rest


def stated_vetoes(words: str, ending: str | None) -> list[Stated]:
    """The vetoes of a row: 有下列情形之一的，一票否决：1.…；2.… is several, each with that ending.

    ``ending`` is what the section says of all of its rows, None where that is not understood.
    """
    listed = _list_in(words)
    if listed is None:
        return [_stated(words, ending)]
    lead, pieces = listed
    own = ending_in(lead, "")
    if own is None:
        return [Stated(words, ())]
    clean = (_FIRST_MARK.sub("", one, count=1).strip("。；; \n") for one in pieces)
    said = [one for one in clean if one]
    if not own:
        return [_stated(one, ending) for one in said]
    return [Stated(whole, (whole,)) for whole in (with_ending(one, own) for one in said)]


def _list_in(words: str) -> tuple[str, list[str]] | None:
    """What stands before the colon of a list, and its pieces."""
    found = _NUMBERED.fullmatch(words) or _LISTED.fullmatch(words)
    if not found:
        return None
    between = _BETWEEN_NUMBERED if found.re is _NUMBERED else _BETWEEN_LISTED
    lead, pieces = found["lead"] or "", between.split(found["rest"])
    return (lead, pieces) if lead or len(pieces) > 1 else None


def _stated(words: str, ending: str | None) -> Stated:
    """A row that calls itself a 一票否决 is one, whatever the head above it leads to."""
    leading = _LEADING.match(words.strip())
    assert leading is not None
    own = leading.string[leading.end() :]
    ending = VETO if leading["label"] else ending
    return Stated(words, (own, with_ending(own, ending)) if ending else (own,))


def with_ending(condition: str, ending: str) -> str:
    """
    >>> with_ending("提供虚假材料的。", "不得评为优秀")
    '提供虚假材料的，不得评为优秀'
    """
    return f"{condition.rstrip('。；;').removesuffix('的')}的，{ending}"


def bodies_beside(line: Line, reader: Reader) -> Document:
    """The bodies that the row of a veto names."""
    if line.text:
        return {}
    cells = {
        column.role: cell.text
        for column in reader.table.heading.of(*BODY_ROLES)
        if (cell := line.sheet.at(line.row, column.place)) is not None
    }
    return {role: reader.body_keys(text) for role, text in cells.items() if text not in NOTHING}
