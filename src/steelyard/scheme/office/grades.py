"""Grades and vetoes as a table words them: 90分以上为优秀；一票否决，评为不合格."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from steelyard.kernel.exact import exact
from steelyard.scheme.office.points import number
from steelyard.scheme.wording.hear_band import band_of
from steelyard.scheme.wording.plain_text import plain_chinese
from steelyard.scheme.wording.recognise import VetoRead

Document = dict[str, object]
_GRADE = re.compile(
    '(?P<band>[^,;、]*?\\d[^,;、]*?)(?:的)?,?(?:评定?为|定为|确定为|为|属于?)[“"]?(?P<title>[^,;。“”"\\d]{1,8}?)[”"]?'
    "(?:等次|等级|档次|单位)?"
)
_REST = re.compile(
    '(?:其余|其他)(?:的)?(?:评定?为|定为|为)[“"]?(?P<title>[^,;。“”"\\d]{1,8}?)[”"]?(?:等次|等级)?'
)
_CODES = {
    "优秀": "excellent", "良好": "good", "合格": "pass", "基本合格": "basic", "不合格": "fail",
    "一般": "fair", "较差": "poor",
}  # fmt: skip


def grades_in(text: str) -> list[Document] | None:
    """The grades that a sentence names, best first; None if it names none, or is not whole.

    >>> [(one["code"], one.get("at_least")) for one in grades_in("90分以上为优秀，60—89分为合格，60分以下为不合格。")]
    [('excellent', 90), ('pass', 60), ('fail', None)]
    """
    plain = plain_chinese(text).rstrip("。;")
    plain = re.sub("^[^:]{0,20}:", "", plain)
    pieces = [piece for piece in re.split("[,;、。]", plain) if piece]
    read = [_grade(piece) for piece in pieces]
    if len(read) < 2 or any(one is None for one in read):
        return None
    rows = [one for one in read if one is not None]
    return _ordered(rows)


def _grade(piece: str) -> tuple[str, str, Fraction | None] | None:
    """Its title, the key of its cut-off, and the cut-off."""
    rest = _REST.fullmatch(piece)
    if rest:
        return rest["title"], "", None
    found = _GRADE.fullmatch(piece)
    band = band_of(re.sub("分|(?:考核)?(?:总)?得分|成绩", "", found["band"])) if found else None
    if not found or not band:
        return None
    low = band[1].low
    if low is None:
        return found["title"], "", None
    return found["title"], "above" if low.status == "out" else "at_least", exact(low.value)


def _ordered(rows: Sequence[tuple[str, str, Fraction | None]]) -> list[Document] | None:
    """Best first, the last without a cut-off; None if they do not form such a row."""
    cut = [cut for _, _, cut in rows if cut is not None]
    titles = [title for title, _, _ in rows]
    is_whole = [row[2] is None for row in rows] == [False] * (len(rows) - 1) + [True]
    if not is_whole or cut != sorted(cut, reverse=True) or len(set(titles)) < len(titles):
        return None
    return [
        {"code": _CODES.get(title, f"grade_{place}"), "title": title}
        | ({key: number(edge)} if edge is not None else {})
        for place, (title, key, edge) in enumerate(rows, 1)
    ]


def then_of(veto: VetoRead, grades: Sequence[Document]) -> Document | None:
    """What a veto leads to. A plain 一票否决 is the last grade; None if no grades are known for it."""
    then: Document = {}
    for key, value in veto.then:
        if key == "score":
            then["score"] = int(value)
        elif key == "grade" or (key == "" and all(other != "grade" for other, _ in veto.then)):
            then["grade"] = _code(grades, value) if value else _last(grades)
        elif key == "best_grade":
            then["best_grade"] = str(grades[1]["code"]) if len(grades) > 1 else None
    return None if not then or None in then.values() else then


def _code(grades: Sequence[Document], title: str) -> str | None:
    return next((str(one["code"]) for one in grades if _title(one) == title), None)


def _title(grade: Document) -> str:
    title = grade.get("title")
    return str(title.get("zh", "")) if isinstance(title, dict) else str(title)


def _last(grades: Sequence[Document]) -> str | None:
    return str(grades[-1]["code"]) if grades else None
