"""What did a person write? Days, amounts, yes or no, choices, in either language.

Each reader answers with the value or with the fault, which names what was written and what would
be right. The place (a flag, a cell), which names the question, is the caller's to add.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, time
from fractions import Fraction

from steelyard.courts.desk import reading_faults as faulty
from steelyard.courts.desk.choices import meant
from steelyard.courts.desk.facts import Value
from steelyard.courts.desk.questions import Kind, Question
from steelyard.courts.rules.counting import Excluded
from steelyard.kernel.bilingual import same
from steelyard.kernel.exact import exact
from steelyard.kernel.faults import Fault, Faulty
from steelyard.tables.cells import NO, YES

LARGEST = Fraction(10) ** 15
"""Yuan. A larger amount is a slip of the keyboard."""

YEARS = range(1949, 2150)
"""Years that a case can lie in; another is a slip of the keyboard."""

NONE = frozenset({"无", "没有", "无金额", "无标的额", "none", "no", "nil", "no amount"})
TODAY = frozenset({"今天", "今日", "today"})

_UNITS: Mapping[str, int] = {
    "": 1,
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "k": 10**3,
    "m": 10**6,
}
_AMOUNT = re.compile(
    r"(?:人民币|rmb|cny|¥)?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*"
    rf"(?P<unit>{'|'.join(sorted(filter(None, _UNITS), key=len, reverse=True))}|)\s*"
    r"(?:元|圆|yuan|rmb|cny)?整?"
)
_DAY = re.compile(
    r"(?P<year>\d{4})(?:(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"|年(?P<month_zh>\d{1,2})月(?P<day_zh>\d{1,2})日|(?P<month_8>\d{2})(?P<day_8>\d{2}))"
)
_TIME = re.compile(r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})|[时点](?:(?P<minute_zh>\d{1,2})分)?)")
_SPAN = re.compile(
    r"(?P<first>[\d\-/.年月日]+)(?:\s*(?:至|到|~|—|–|to)\s*(?P<last>[\d\-/.年月日]+))?(?P<why>.*)"
)
_BETWEEN = re.compile(r"[、,，;；\n]")


def read(question: Question, written: str, *, today: date | None = None) -> Value | Fault:
    """What the words say to the question. ``today``: the day that 今天 means, if any."""
    said = " ".join(unicodedata.normalize("NFKC", written).split())
    if not said:
        return faulty.empty(question)
    if question.kind == "text":
        return written.strip()  # a case number keeps its full-width brackets
    if question.kind == "day" and today is not None and said.casefold() in TODAY:
        return today
    return _READERS[question.kind](question, said)


def _day(_: Question, said: str) -> Value | Fault:
    found = day_of(said)
    if found is None:
        return faulty.no_day(said)
    return found if found.year in YEARS else faulty.year_unlikely(said)


def day_of(said: str) -> date | None:
    """
    >>> [str(day_of(said)) for said in ("2023-11-01", "2023年11月1日", "20231101", "2023-13-01")]
    ['2023-11-01', '2023-11-01', '2023-11-01', 'None']
    """
    found = _DAY.fullmatch(said.replace(" ", ""))
    if found is None:
        return None
    month = found["month"] or found["month_zh"] or found["month_8"]
    day = found["day"] or found["day_zh"] or found["day_8"]
    try:
        return date(int(found["year"]), int(month), int(day))
    except ValueError:
        return None


def _time(_: Question, said: str) -> Value | Fault:
    found = _TIME.fullmatch(said.replace(" ", ""))
    if found is None:
        return faulty.no_time(said)
    hour, minute = int(found["hour"]), int(found["minute"] or found["minute_zh"] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else faulty.no_time(said)


def _amount(_: Question, said: str) -> Value | Fault:
    if said.casefold() in NONE:
        return None
    yuan = amount_of(said)
    if yuan is None:
        return faulty.no_amount(said)
    if yuan * 100 % 1:
        return faulty.finer_than_a_fen(said)
    if yuan >= LARGEST:
        return faulty.too_large(said)
    return yuan


def amount_of(said: str) -> Fraction | None:
    """
    >>> [int(amount_of(said)) for said in ("500万元", "5,000,000", "1.2亿", "5 million")]
    [5000000, 5000000, 120000000, 5000000]
    """
    found = _AMOUNT.fullmatch(said.casefold())
    if found is None:
        return None
    try:
        return exact(found["number"]) * _UNITS[found["unit"]]
    except ValueError:
        return None


def _yes_no(_: Question, said: str) -> Value | Fault:
    word = said.casefold()
    return word in YES if word in YES | NO else faulty.neither_yes_nor_no(said)


def _choice(question: Question, said: str) -> Value | Fault:
    if question.find is not None:
        codes = _found(question.find, said)
        return codes if isinstance(codes, Fault) else codes[0]
    found = meant(question.choices, said)
    if len(found) == 1:
        return found[0].code
    return faulty.ambiguous(question, said, found) if found else faulty.no_choice(question, said)


def _choices(question: Question, said: str) -> Value | Fault:
    """Several: the whole first, as a title may hold a comma."""
    if question.find is not None:
        return _all_found(question.find, said)
    whole = meant(question.choices, said)
    if len(whole) == 1:
        return (whole[0].code,)
    codes = []
    for part in filter(None, (part.strip() for part in _BETWEEN.split(said))):
        found = _choice(question, part)
        if isinstance(found, Fault):
            return found
        codes.append(str(found))
    return tuple(dict.fromkeys(codes)) or faulty.empty(question)


def _found(find: Callable[[str], tuple[str, ...]], said: str) -> tuple[str, ...] | Fault:
    try:
        return find(said)
    except Faulty as error:
        return error.faults[0]


def _all_found(find: Callable[[str], tuple[str, ...]], said: str) -> Value | Fault:
    """Several: the whole first, as a title may hold a 、."""
    whole = _found(find, said)
    parts = [part.strip() for part in re.split(r"[;；、\n]", said) if part.strip()]
    if not isinstance(whole, Fault) or len(parts) < 2:
        return whole
    codes: list[str] = []
    for part in parts:
        found = _found(find, part)
        if isinstance(found, Fault):
            return found
        codes += found
    return tuple(dict.fromkeys(codes))


def _count(_: Question, said: str) -> Value | Fault:
    return int(said) if re.fullmatch(r"\d{1,9}", said) else faulty.no_count(said)


def _spans(question: Question, said: str) -> Value | Fault:
    spans = []
    for part in filter(None, (part.strip() for part in re.split(r"[;；,，\n]", said))):
        found = _span(part)
        if found is None:
            return faulty.no_span(part)
        spans.append(found)
    return tuple(spans) or faulty.empty(question)


def _span(said: str) -> Excluded | None:
    """Days from and to, or one day with its reason."""
    found = _SPAN.fullmatch(said)
    if found is None or not (found["last"] or found["why"].strip()):
        return None
    first, last = day_of(found["first"]), day_of(found["last"] or found["first"])
    if first is None or last is None or last < first:
        return None
    return Excluded(first, last, same(found["why"].strip()))


def _numbers(question: Question, said: str) -> Value | Fault:
    return tuple(said.split()) or faulty.empty(question)


_READERS: Mapping[Kind, Callable[[Question, str], Value | Fault]] = {
    "day": _day,
    "time": _time,
    "amount": _amount,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "count": _count,
    "spans": _spans,
    "numbers": _numbers,
}
