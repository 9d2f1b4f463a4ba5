"""Grades and vetoes as a table words them: 90分以上为优秀；优秀：90分以上；一票否决，评为不合格."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from steelyard.kernel.exact import exact
from steelyard.scheme.office.points import number
from steelyard.scheme.office.quotas import quota_in, room_in
from steelyard.scheme.wording.clauses import Edge
from steelyard.scheme.wording.hear_band import band_of
from steelyard.scheme.wording.plain_text import plain_chinese
from steelyard.scheme.wording.recognise import VetoRead

Document = dict[str, object]
GRADE_WORD = (
    "优秀|良好|基本合格|不合格|合格|不及格|及格|基本称职|不称职|称职|基本达标|未达标|不达标|达标"
    "|一般|较好|较差|优|良|中等?|好|差|(?:第?[一二三四五1-5]|[A-Ea-e])(?:等奖?|级|档)"
)
"""What a grade is usually called; a grade called otherwise is read where the sentence says 为 or 评为."""

_BAND_FIRST = re.compile(
    '(?P<band>[^,;、]*?\\d[^,;、]*?)(?:的)?,?(?:评定?为|定为|确定为|为|属于?)[“"]?(?P<title>[^,;。“”"\\d]{1,8}?)[”"]?'
    "(?:等次|等级|档次|单位)?"
)
_TITLE_FIRST = re.compile(
    f'[“"]?(?P<title>{GRADE_WORD})[”"]?(?:等次|等级|档次|单位)?'
    r"(?::|\((?=.*\)$)|为|(?=[≥>≤<\d]))(?P<band>.*?\d.*?)\)?"
)
_REST = re.compile(
    '(?:其余|其他)(?:的)?(?:评定?为|定为|为)[“"]?(?P<title>[^,;。“”"\\d]{1,8}?)[”"]?(?:等次|等级)?'
)
_SCORE = re.compile("(?:考核|考评|合计|年度|最终|综合|累计)*(?:总得分|得分|总分|总成绩|成绩|分)")
_LEAD = re.compile(
    "^(?:[^:]{0,20}:|(?:(?:考核|本考核)?(?:总分|满分|实行)(?:为|值)?(?:100分|百分)制?[,;。])+)"
)
CODES = {
    "优秀": "excellent", "良好": "good", "合格": "pass", "基本合格": "basic", "不合格": "fail",
    "一般": "fair", "较差": "poor",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Row:
    """A grade as it is said: from where, to where, for how many."""

    title: str
    low: Edge | None = None
    high: Edge | None = None
    quota: Document | None = None

    @property
    def cut_off(self) -> Fraction | None:
        return exact(self.low.value) if self.low is not None else None


def grades_in(text: str) -> list[Document] | None:
    """The grades that a sentence names, best first; None if it names none, or is not whole.

    >>> [(one["code"], one.get("at_least")) for one in grades_in("90分以上为优秀，60—89分为合格，60分以下为不合格。")]
    [('excellent', 90), ('pass', 60), ('fail', None)]
    >>> [one["title"] for one in grades_in("等次：优秀（９０分及以上）、合格（60分以上）、其余为不合格")]
    ['优秀', '合格', '不合格']
    >>> [one.get("quota") for one in grades_in("90分以上为优秀（不超过6个），60分以上为合格，其余为不合格")]
    [{'count': 6}, None, None]
    """
    said = plain_chinese(text).rstrip("。;")
    return _read(said) or _read(_LEAD.sub("", said))


def _read(said: str) -> list[Document] | None:
    pieces = [piece for piece in re.split("[,;、。]", said) if piece]
    quotas = {piece: quota for piece in pieces if (quota := quota_in(piece)) is not None}
    read = [_grade(piece) for piece in pieces if piece not in quotas]
    rows = [one for one in read if one is not None]
    if not len(rows) == len(read) > 1:
        return None
    by_title = dict(quotas.values())
    if len(by_title) < len(quotas) or not set(by_title) <= {row.title for row in rows}:
        return None
    return _ordered([replace(row, quota=by_title.get(row.title, row.quota)) for row in rows])


def _grade(piece: str) -> _Row | None:
    in_brackets = re.fullmatch("(?P<said>.+?)\\((?P<room>[^()]+)\\)", piece)
    quota = room_in(in_brackets["room"]) if in_brackets else None
    piece = in_brackets["said"] if in_brackets and quota is not None else piece
    rest = _REST.fullmatch(piece)
    if rest:
        return _Row(rest["title"], quota=quota)
    for words in (_TITLE_FIRST, _BAND_FIRST):
        found = words.fullmatch(piece)
        band = band_of(_SCORE.sub("", found["band"])) if found else None
        if found and band and not band[0]:
            return _Row(found["title"], band[1].low, band[1].high, quota)
    return None


def _ordered(rows: Sequence[_Row]) -> list[Document] | None:
    """Best first, the last without a cut-off; None if they do not form such a row without gaps."""
    rows = [replace(row, low=None) if row.cut_off == 0 else row for row in rows]
    if rows[0].low is None:
        rows = list(reversed(rows))
    titles = [row.title for row in rows]
    is_whole = [row.low is None for row in rows] == [False] * (len(rows) - 1) + [True]
    if not is_whole or len(set(titles)) < len(titles):
        return None
    if not all(_joins(better, worse) for better, worse in pairwise(rows)):
        return None
    return [
        {"code": CODES.get(row.title, f"grade_{place}"), "title": row.title}
        | ({_key(row.low): number(exact(row.low.value))} if row.low is not None else {})
        | ({"quota": row.quota} if row.quota else {})
        for place, row in enumerate(rows, 1)
    ]


def _key(low: Edge) -> str:
    return "above" if low.status == "out" else "at_least"


def _joins(better: _Row, worse: _Row) -> bool:
    """Whether a grade ends where the better one begins: 80—89 below 90, never 80—85."""
    start, low = better.cut_off, worse.cut_off
    if start is None or (low is not None and low >= start):
        return False
    return worse.high is None or start - 1 <= exact(worse.high.value) <= start


def then_of(veto: VetoRead, grades: Sequence[Document]) -> Document | None:
    """What a veto leads to. A plain 一票否决 is the last grade; None if no grades are known for it, or it
    would give the best one: a veto raises nobody."""
    then: Document = {}
    for key, value in veto.then:
        if key == "score":
            then["score"] = int(value)
        elif key == "grade" or (key == "" and all(other != "grade" for other, _ in veto.then)):
            then["grade"] = _but_the_best(value, grades) if value else _last(grades)
        elif key == "lower":
            then["lower_by"] = int(value) if grades else None
        elif key == "best_grade":
            then["best_grade"] = _but_the_best(value, grades) if value else _next(grades, 0)
        elif key == "below":
            then["best_grade"] = _below(value, grades)
    return None if not then or None in then.values() else then


def _but_the_best(title: str, grades: Sequence[Document]) -> str | None:
    code = _code(grades, title)
    return None if not grades or code == grades[0]["code"] else code


def _below(value: str, grades: Sequence[Document]) -> str | None:
    """The best grade that 不得评为优秀, 优秀、良好 or 良好以上 leave: all better ones must be ruled out."""
    titles = [_title(one) for one in grades]
    is_and_above = value.endswith("以上")
    named = re.split("[、和与或]|(?<!及)及(?!格)", re.sub("(?:及|或)?以上$", "", value))
    places = {titles.index(one) if one in titles else -1 for one in named}
    if -1 in places or not (is_and_above or places == set(range(len(places)))):
        return None
    return _next(grades, max(places))


def _next(grades: Sequence[Document], place: int) -> str | None:
    return str(grades[place + 1]["code"]) if place + 1 < len(grades) else None


def _code(grades: Sequence[Document], title: str) -> str | None:
    return next((str(one["code"]) for one in grades if _title(one) == title), None)


def _title(grade: Document) -> str:
    title = grade.get("title")
    return str(title.get("zh", "")) if isinstance(title, dict) else str(title)


def _last(grades: Sequence[Document]) -> str | None:
    return str(grades[-1]["code"]) if grades else None
