"""What kind of number a wording speaks of: so many things, which is whole, or a measured quantity."""

from __future__ import annotations

import re

_THINGS = re.compile("[件次起个项篇条人名户家份处宗例场期册部款所站村批类种位档]|[件人批场]次")
_MEASURES = re.compile(
    "分|天|日|个?工作日|周|个?月|年|个?小时|分钟|秒|平方米|平方公里|[万亿]?元|公里|米|亩|吨"
)
_MEASURES_IN_ENGLISH = re.compile(
    r"(?:(?:working|calendar) )?(?:second|minute|hour|day|week|month|quarter|year"
    r"|kilomet(?:re|er)|met(?:re|er)|hectare|tonne?|dollar)s?|(?:\w+ )?yuan|CNY|RMB|mu|km",
    re.IGNORECASE,
)
_AVERAGE = re.compile(
    "平均|人均|户均|均[数值量]|每[十百千万亿]|(?<!\\d)[百千万](?:人|户|名)|[亿万]元GDP|单位GDP|average|mean",
    re.IGNORECASE,
)
_MAYBE_A_RATE = re.compile(r"均|率|比|\brate\b|\bratio\b|\bper\b", re.IGNORECASE)

_PLACE = re.compile("(?:位次|名次|排名)$")


def is_a_place(words: str) -> bool:
    """Whether it is a place in a ranking, of which less is more.

    >>> is_a_place("全省位次"), is_a_place("办案量")
    (True, False)
    """
    return bool(_PLACE.search(words))


def is_of_things(words: str, unit: str) -> bool | None:
    """Whether it is a number of things, never 90.5 of them; None if the words leave it open.

    >>> is_of_things("报送", "次"), is_of_things("办理期限", "天"), is_of_things("late", "day")
    (True, False, False)
    >>> is_of_things("人均办案", "件"), is_of_things("比上年增加", "件"), is_of_things("扣", "点")
    (False, None, None)
    """
    if _MEASURES.fullmatch(unit) or _MEASURES_IN_ENGLISH.fullmatch(unit) or _AVERAGE.search(words):
        return False
    is_known = _THINGS.fullmatch(unit) or unit.isascii()
    return True if is_known and not _MAYBE_A_RATE.search(words) else None
