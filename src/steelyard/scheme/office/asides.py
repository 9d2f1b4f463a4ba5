"""What a row says that is no item: a sum, a note, grades, or what only belongs to the paper.

The words are compared in half width, and without the blanks that stretch a Chinese word over its cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from steelyard.scheme.office.grades import GRADE_WORD, grades_in
from steelyard.scheme.wording.plain_text import plain_chinese

_TOTAL = re.compile(
    "(?:合|总|小|共)计|总分(?:值)?|满分(?:值)?|得分合计|(?:sub)?total(?: points)?", re.IGNORECASE
)
_SUM = re.compile(r"\d+(?:\.\d+)?")
_NOTE = re.compile(
    "(?:备?注|说明|(?:填[表报]|考核|评分|几点|有关|其他)(?:说明|须知)|填表须知|附注|注意事项|notes?|remarks?)"
    r"(?:[:]|$|\s|\d|[(])|[※*]",
    re.IGNORECASE,
)
_NOTE_LABEL = re.compile(
    "备?注|说明|(?:填[表报]|考核|评分)说明|附注|notes?|remarks?", re.IGNORECASE
)
_GRADE_LABEL = re.compile(
    "(?:考核|考评|评定|评价|结果|最终)*(?:等次|等级|档次)(?:划分|评定|确定|标准|设置|说明|结果)*"
    "|考核结果(?:评定|划分|运用|等次)*|grades?",
    re.IGNORECASE,
)
_CLEAR_WORD = "优秀|良好|合格|及格|称职|达标|等次|等级"
_SPOKEN_GRADES = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:{GRADE_WORD})(?:等次|等级)?[:(为]*"
    r"(?:[≥>≤<]|\d+(?:\.\d+)?分?(?:\(不?含\))?[及含]?(?:以上|以下|~))"
    rf"|\d分?(?:\(不?含\))?[及含]?(?:以上|以下|~).{{0,12}}(?:{_CLEAR_WORD})"
    rf"|(?:排名|名次|前\d+名|第\d+名?|前\d+%).{{0,16}}(?:{_CLEAR_WORD})"
)
_SPOKEN_VETO = re.compile(
    "的,?(?:实行|予以)?一票否决|降低?[1-3一二两三]个?(?:等次|等级|档次)|(?:等次|等级|档次)降低?[1-3一二两三]"
    "|(?:不得|不能|不可|不予|不应|不参[与加]|取消)[^,;。]{0,8}(?:评[优先]|(?:[评定]|评定|确定|认定)为?(?:优秀|良好|合格))"
    "|(?:直接|一律)(?:评|定|评定|确定|认定)为不合格|最高(?:只能|只|可)?(?:评|定|评定|确定)为(?:良好|合格|一般)"
)
_PAGE = re.compile(
    r"第?\d+页(?:[,/、]?共\d+页)?|共\d+页[,/、]?第\d+页|[-~—]\d+[-~—]|page\d+(?:(?:of|/)\d+)?"
    r"|[(]?(?:续表?\d*|接上[页表]|转下页)[)]?",
    re.IGNORECASE,
)
_BLANK_TO_SIGN = (
    r"(?:填[表报]人|审[核批]人|制表人?|经办人|(?:单位|部门|分管)?(?:主要)?(?:负责人|领导)|联系(?:人|电话|方式)"
    r"|(?:填[表报]|被?考核|自评|受检)(?:单位|部门|对象)|(?:填[表报]|考核|自评|检查)?(?:时间|日期)"
    r"|考核(?:组|人员?)(?:成员|组长)?|签[字名章]|(?:单位)?(?:盖章|公章))"
)
_TO_SIGN = re.compile(rf"(?:{_BLANK_TO_SIGN}(?:[(](?:签[字名章]|盖章|公章)[)])?:[^:]{{0,12}}?)+")
_PART = re.compile(r"[一二三四五六七八九十]+[、.]|第[一二三四五六七八九十\d]+(?:部分|大?类|章|篇)")


def plain(text: str) -> str:
    """
    >>> plain("合　计（１００ 分）"), plain(" Total  points ")
    ('合计(100分)', 'Total points')
    """
    half = " ".join(unicodedata.normalize("NFKC", text).split())
    return half if re.match("[A-Za-z]", half) else half.replace(" ", "")


def is_sum(text: str) -> bool:
    """
    >>> is_sum("总  分"), is_sum("合计：100分"), is_sum("满分１００分"), is_sum("总计划完成率")
    (True, True, True, False)
    >>> is_sum("总分90分以上为优秀，60分以上为合格，其余为不合格")
    False
    """
    if speaks_of_grades(text):
        return False
    half = " ".join(unicodedata.normalize("NFKC", text).split())
    shortened = re.sub(r"[(:].*$", "", plain(text))
    tries = (re.sub(r"[\s\d.]+分?$", "", shortened), re.sub(r"[\s(:].*$", "", half))
    return any(_TOTAL.fullmatch(one) for one in tries)


def stated_sum(text: str) -> str:
    """The number in the words of a sum: 合计：100分.

    >>> stated_sum("合计：１００分"), stated_sum("合计")
    ('100', '')
    """
    found = _SUM.search(plain(text))
    return found[0] if found else ""


def is_note(text: str) -> bool:
    return bool(_NOTE.match(plain(text)))


def is_part(text: str) -> bool:
    """Whether it is numbered as a part of the table is: 一、, 第一部分."""
    return bool(_PART.match(plain(text)))


def speaks_of_grades(text: str) -> bool:
    """Whether it says who gets which grade, understood or not.

    >>> [speaks_of_grades(one) for one in ("优秀：90分以上", "前3名为优秀", "评价良好（10分）")]
    [True, True, False]
    """
    return grades_in(text) is not None or bool(_SPOKEN_GRADES.search(plain_chinese(text)))


def speaks_of_a_veto(text: str) -> bool:
    """Whether it says what overrules the points, understood or not.

    >>> [speaks_of_a_veto(one) for one in ("2.发生重大事件的一票否决", "一票否决事项另行通知", "按季度通报")]
    [True, False, False]
    """
    return bool(_SPOKEN_VETO.search(plain(text)))


def with_its_label(cells: Collection[str]) -> str | None:
    """What two cells say together, if the first only says of what the second speaks: 备注, 等次, 优秀."""
    if len(cells) != 2:
        return None
    label, text = cells
    bare = plain(label).rstrip(":")
    is_grade = re.fullmatch(GRADE_WORD, bare) and speaks_of_grades(f"{bare}：{text}")
    is_label = _NOTE_LABEL.fullmatch(bare) or (
        _GRADE_LABEL.fullmatch(bare) and speaks_of_grades(text)
    )
    return f"{label.rstrip('：: ')}：{text}" if is_grade or is_label else None


def is_grade_label(text: str) -> bool:
    return bool(_GRADE_LABEL.fullmatch(plain(text).rstrip(":")))


def is_page_mark(text: str) -> bool:
    """
    >>> [is_page_mark(one) for one in ("第 1 页 共 2 页", "— 2 —", "（续）", "续办率")]
    [True, True, True, False]
    """
    return bool(_PAGE.fullmatch(re.sub("[–－−]", "-", plain(text).replace(" ", ""))))


def is_to_be_signed(cells: Iterable[str]) -> bool:
    """Whether a row only has room for names and days.

    >>> is_to_be_signed(["填表人：        审核人：", "日期：  年 月 日"]), is_to_be_signed(["日期管理"])
    (True, False)
    """
    return all(_TO_SIGN.fullmatch(plain(cell).replace(" ", "")) for cell in cells)
