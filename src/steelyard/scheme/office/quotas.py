"""How many units may get a grade, as a table words it: 优秀等次不超过参评市总数的30%, 90分以上为优秀（不超过6个）."""

from __future__ import annotations

import re

from steelyard.kernel.bilingual import Text
from steelyard.scheme.wording.plain_text import plain_chinese

Document = dict[str, object]
_ALL_UNITS = (
    "(?:(?:参评|参加考核|参与考核|被考核|受考核|考核|全省|全市|全县|各|的)*(?:地级以上市|地级市|地市|市州|县市区|县区|市|县|区|单位|对象)*"
    "的?(?:总数|个数|数量|总量|数)?的?)"
)
_ROOM = re.compile(
    f"(?:(?:不(?:得|应|能)?(?:超过|高于|多于)|≤|最多(?:不超过|为)?|至多|上限为){_ALL_UNITS}|(?P<within>控制在){_ALL_UNITS})"
    f"(?P<n>\\d+(?:\\.\\d+)?)(?P<unit>%|个|家|名)(?:市|县|区|单位)?(?P<inside>[以之]内)?"
)
_OF_A_GRADE = re.compile(
    "(?:其中|评定?为|被评为|考核|结果)*“?(?P<title>[^“”,;:\\d]{1,6}?)”?(?:等次|等级|档次)?的?(?:市|县|区|单位)?的?"
    "(?:名额|比例|占比|数量|个数|总数|数)?(?:应|应当|须|按)?(?P<room>(?:不(?:得|应|能)?(?:超过|高于|多于)|≤|最多|至多|上限|控制在).+)"
)
AS_READ = Text(
    "按名额读：不足1个的部分不计；并列而名额不够的，都不评为该等次",
    "read as a quota: a part of a unit gives no place; those level at its edge for whom there is no room all do "
    "not get the grade",
)
QUOTA_NOT_READ = Text(
    "像是等次的名额，没有读懂；请在“等次”中填写",
    "it seems to say for how many units a grade is, and was not understood; write it under Grades",
)
_SPOKEN = re.compile(
    "(?:优秀|良好|优良|等次|等级)[^,;。]{0,12}(?:比例|名额|数量|个数|总数)"
    "|(?:优秀|良好|优良|等次|等级)[^,;。]{0,16}(?:超过|少于|低于|控制在|最多|至多)[^,;。]{0,14}(?:\\d|[一二三四五六七八九十百])"
)


def speaks_of_a_quota(text: str) -> bool:
    """Whether it says for how many units a grade is, understood or not.

    >>> [speaks_of_a_quota(one) for one in ("优秀、良好合计不超过60%", "优秀名额另行通知", "满意度不超过60%")]
    [True, True, False]
    """
    return bool(_SPOKEN.search(plain_chinese(text)))


def room_in(words: str) -> Document | None:
    """
    >>> room_in("不超过参评市总数的30%"), room_in("控制在6个以内"), room_in("不少于6个")
    ({'share': '30%'}, {'count': 6}, None)
    """
    found = _ROOM.fullmatch(words)
    if not found or bool(found["within"]) > bool(found["inside"]):
        return None
    if found["unit"] == "%":
        return {"share": f"{found['n']}%"} if float(found["n"]) <= 100 else None
    return {"count": int(found["n"])} if found["n"].isdigit() else None


def quota_in(sentence: str) -> tuple[str, Document] | None:
    """The grade that a sentence names and its quota; None if it says anything else, or more.

    >>> quota_in("优秀等次不超过参评市总数的30%。"), quota_in("“良好”名额不得超过八个")
    (('优秀', {'share': '30%'}), ('良好', {'count': 8}))
    >>> quota_in("优秀、良好合计不超过60%"), quota_in("优秀比例原则上不超过30%")
    (None, None)
    """
    found = _OF_A_GRADE.fullmatch(plain_chinese(sentence).rstrip("。;"))
    room = room_in(found["room"]) if found else None
    return (found["title"], room) if found and room is not None else None
