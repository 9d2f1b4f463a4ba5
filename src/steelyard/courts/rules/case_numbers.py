"""What does a case number say, is it well formed, and what is the next one?

``（2021）粤73知民初1519号``: year of acceptance, code of the court, special-trial code if any, type
of case, serial. Before 2016 numbers were words and 字第; those are recognised as old, and told
apart only as far as a known court's name goes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from steelyard.courts.rules import case_number_faults as faulty
from steelyard.courts.rules.articles import article
from steelyard.courts.rules.case_number_codes import LEVELS, SURE, Code, Codes, Level
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, raise_if_any


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A number by the rules of 2015. ``court`` is the code with its digits.

    ``special`` is "" where there is none. ``document`` is what follows 号 on one of several
    rulings of the case, as 之一; it is no part of the number of the case.
    """

    year: int
    court: str
    special: str
    type: str
    serial: int
    document: str = ""

    def __str__(self) -> str:
        """The number as it is printed, in full-width brackets.

        >>> str(CaseNumber(2019, "粤73", "知", "民初", 1519))
        '（2019）粤73知民初1519号'
        """
        code = f"{self.court}{self.special}{self.type}"
        return f"（{self.year}）{code}{self.serial}号{self.document}"

    @property
    def level(self) -> Level:
        if self.court == SUPREME:
            return "supreme"
        levels: dict[int, Level] = {0: "high", 2: "intermediate", 4: "basic"}
        return levels[len(_digits(self.court))]


@dataclass(frozen=True, slots=True)
class OldNumber:
    """A number of before 2016: ``words`` is all between the year and 字第, not told apart.

    ``serial`` is as written: some courts put zeros before it.
    """

    year: int
    words: str
    serial: str
    document: str = ""

    def __str__(self) -> str:
        """
        >>> str(OldNumber(2015, "粤知法专民初", "604"))
        '（2015）粤知法专民初字第604号'
        """
        return f"（{self.year}）{self.words}字第{self.serial}号{self.document}"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a number: as written, what it means, and how we know."""

    name: Text
    written: str
    means: Text
    known: Text


SUPREME = "最高法"
REVIEW_DIGITS = 8
YEAR, COURT, SPECIAL = (
    Text("收案年度", "year"),
    Text("法院代字", "court"),
    Text("专门审判代字", "special trial"),
)
TYPE, SERIAL, DOCUMENT = (
    Text("类型代字", "type"),
    Text("案件编号", "serial"),
    Text("文书序号", "document"),
)
WORDS = Text("法院简称和类型", "court and type in words")
THEN = Text("当时的规定未收录", "the rules of then are not in the tables")

_DOCUMENT = "(?P<document>之[一二三四五六七八九十]+)?"
_YEAR = r"[（(](?P<year>[0-9]{4})[）)]"
_NEW = re.compile(
    _YEAR
    + r"(?P<head>最高法|[一-龥])(?P<digits>[0-9]*)(?P<words>[一-龥]+)(?P<serial>[0-9]+)号"
    + _DOCUMENT
)
_OLD = re.compile(_YEAR + r"(?P<words>[一-龥][一-龥()（）]*)字第(?P<serial>[0-9]+)号" + _DOCUMENT)
_SEVERAL = re.compile(_YEAR + r".*[0-9]+\s*[-—–~～至、,，]\s*[0-9]+号.*")
_OTHER_BRACKETS = re.compile(r"[\[【〔〈《{]?[0-9]{4}[\]】〕〉》}]?[一-龥].*号.*")
_NO_END = re.compile(_YEAR + r"[一-龥]+[0-9]*[一-龥]+(?:字第)?[0-9]+")
_OLD_TYPE = re.compile(r"[(（]?[民刑行执知商经专立赔]")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


def read_number(text: str, codes: Codes) -> CaseNumber | OldNumber:
    """The number that a person wrote: brackets and digits of either width, blanks anywhere.

    Raises:
        Faulty: it is no number, or breaks the rules; all that is wrong is said. A code that is
            merely not in our tables is no fault; see :func:`doubts`.
    """
    plain = "".join(text.split()).translate(_HALF_WIDTH)
    if found := _OLD.fullmatch(plain):
        return _old(found, codes)
    if found := _NEW.fullmatch(plain):
        return _new(found, codes)
    if _SEVERAL.fullmatch(plain):
        raise Faulty([faulty.several_numbers(text)])
    if _NO_END.fullmatch(plain):
        raise Faulty([faulty.no_end(text)])
    if _OTHER_BRACKETS.fullmatch(plain):
        raise Faulty([faulty.brackets(text)])
    raise Faulty([faulty.no_number(text)])


def doubts(number: CaseNumber | OldNumber, codes: Codes) -> tuple[Fault, ...]:
    """Warnings: what our tables do not know. The official tables were not read."""
    if isinstance(number, OldNumber):
        return () if _old_court(number, codes) else (faulty.old_court_unknown(str(number)),)
    found = []
    if number.court not in codes.courts:
        found.append(faulty.court_unknown(number.court, level="warning"))
    kind = codes.types.get(number.type)
    if kind is None:
        found.append(faulty.type_unknown(number.type, level="warning"))
    elif kind.outside:
        found.append(faulty.type_outside(number.type, kind.title, level="warning"))
    if number.special and number.year == codes.special_starts:
        found.append(faulty.special_in_its_first_year(number.special, number.year))
    return tuple(found)


def explain(number: CaseNumber | OldNumber, codes: Codes) -> tuple[Part, ...]:
    """The parts of a number in the order written, each with its meaning and how we know it."""
    by = _by(codes)
    year = Part(YEAR, str(number.year), _said_year(number.year), by["2"])
    serial = Part(SERIAL, str(number.serial), _said_serial(number, codes), by["10"])
    document = _document(number)
    if isinstance(number, OldNumber):
        return (year, *_old_parts(number, codes), serial, *document)
    special = codes.specials.get(number.special)
    return (
        year,
        _court_part(number, codes),
        *((_code_part(SPECIAL, special),) if special else ()),
        _type_part(number, codes),
        serial,
        *document,
    )


def summary(number: CaseNumber | OldNumber, codes: Codes) -> Text:
    """What a number says, in one sentence, without how we know it."""
    means = [part.means for part in explain(number, codes)]
    return Text("，".join(one.zh for one in means), ", ".join(one.en for one in means))


def next_number(
    codes: Codes,
    *,
    year: int,
    court: str,
    type: str,
    special: str = "",
    issued: Iterable[CaseNumber] = (),
) -> CaseNumber:
    """The number of the next case: serials run from 1 without gaps, for each court, year,
    special-trial code and type of its own (Arts. 9, 10).

    ``issued``: the numbers given so far; those of other series do not matter.

    Raises:
        Faulty: a code is not in the tables or not for this court or year; serials of the type
            are drawn at random; the numbers given so far have a gap or a repetition.
    """
    found = []
    if court not in codes.courts:
        found.append(faulty.court_unknown(court, level="error"))
    if type not in codes.types:
        found.append(faulty.type_unknown(type, level="error"))
    if special and special not in codes.specials:
        found.append(faulty.special_unknown(special))
    kind = codes.types.get(type)
    if kind is not None and kind.random:
        found.append(faulty.drawn_at_random(type))
    if kind is not None and kind.outside:
        found.append(faulty.type_outside(type, kind.title, level="error"))
    raise_if_any(found)
    serials = sorted(
        one.serial
        for one in issued
        if (one.year, one.court, one.special, one.type) == (year, court, special, type)
    )
    number = CaseNumber(year, court, special, type, len(serials) + 1)
    raise_if_any([*_broken(number, codes), *_not_in_a_row(serials)])
    return number


def _new(found: re.Match[str], codes: Codes) -> CaseNumber:
    special, type = _split(found["words"], codes)
    faults = []
    if type.endswith("第"):
        faults.append(faulty.ordinal(found[0]))
    if found["head"] != SUPREME and found["head"] not in codes.provinces:
        faults.append(faulty.head_unknown(found["head"]))
    if not _digits_fit(found["head"], found["digits"]):
        faults.append(faulty.court_digits(f"{found['head']}{found['digits']}"))
    if found["serial"].startswith("0"):
        faults.append(faulty.serial_zeros(found["serial"]))
    raise_if_any(faults)
    number = CaseNumber(
        int(found["year"]),
        f"{found['head']}{found['digits']}",
        special,
        type,
        int(found["serial"]),
        found["document"] or "",
    )
    raise_if_any([*_broken(number, codes), *_wrong_length(number, codes)])
    return number


def _old(found: re.Match[str], codes: Codes) -> OldNumber:
    number = OldNumber(int(found["year"]), found["words"], found["serial"], found["document"] or "")
    if number.year >= codes.starts:
        raise Faulty([faulty.old_form_too_late(str(number), codes.starts)])
    return number


def _split(words: str, codes: Codes) -> tuple[str, str]:
    """The special-trial code, if the words begin with one and more follows, and the type."""
    if words[0] in codes.specials and len(words) > 1:
        return words[0], words[1:]
    return "", words


def _digits_fit(head: str, digits: str) -> bool:
    """A high court has no digits, an intermediate two, a basic four (Arts. 4, 5)."""
    if head == SUPREME:
        return not digits
    return len(digits) in (0, 2, 4) and not digits.startswith("00")


def _broken(number: CaseNumber, codes: Codes) -> list[Fault]:
    faults = []
    if number.year < codes.starts:
        faults.append(faulty.before_the_rules(number.year, codes.starts))
    if number.special and codes.starts <= number.year < codes.special_starts:
        faults.append(faulty.special_too_early(number.special, codes.special_starts))
    kind = codes.types.get(number.type)
    if len(number.type) > 3 and kind is None:
        faults.append(faulty.type_too_long(number.type))
    if kind is not None and kind.appeal and number.level == "basic":
        faults.append(faulty.no_appeal_in_basic_court(number.type, number.court))
    return faults


def _wrong_length(number: CaseNumber, codes: Codes) -> list[Fault]:
    kind = codes.types.get(number.type)
    if kind is not None and kind.random and len(str(number.serial)) != REVIEW_DIGITS:
        return [faulty.review_digits(number.serial)]
    return []


def _not_in_a_row(serials: list[int]) -> list[Fault]:
    faults = []
    twice = sorted(one for one, times in Counter(serials).items() if times > 1)
    if twice:
        faults.append(faulty.serial_twice(twice))
    if set(serials) != set(range(1, len(set(serials)) + 1)):
        faults.append(faulty.serial_gap(serials))
    return faults


def _digits(court: str) -> str:
    return "".join(letter for letter in court if letter.isdigit())


def _by(codes: Codes) -> dict[str, Text]:
    return {number: article(codes.law, number) for number in ("2", "4", "5", "7", "10")}


def _said_year(year: int) -> Text:
    return Text(f"{year}年收案", f"accepted in {year}")


def _said_serial(number: CaseNumber | OldNumber, codes: Codes) -> Text:
    kind = codes.types.get(number.type) if isinstance(number, CaseNumber) else None
    if kind is not None and kind.random:
        return Text("随机编定的八位编号", "eight digits drawn at random")
    return Text(
        f"该年度同类案件第{number.serial}件", f"case {number.serial} of its series that year"
    )


def _document(number: CaseNumber | OldNumber) -> tuple[Part, ...]:
    if not number.document:
        return ()
    means = Text(
        "同一案件的又一份文书，不属于案号", "one more paper of the case, no part of its number"
    )
    return (Part(DOCUMENT, number.document, means, SURE["seen"]),)


def _code_part(name: Text, code: Code) -> Part:
    known = SURE[code.sure]
    if code.source:
        known = Text(f"{known.zh}：{code.source}", f"{known.en}: {code.source}")
    return Part(name, code.code, code.title, known)


def _court_part(number: CaseNumber, codes: Codes) -> Part:
    if number.court in codes.courts:
        return _code_part(COURT, codes.courts[number.court])
    province = codes.provinces[number.court[0]]
    kind = LEVELS[number.level]
    if number.level == "intermediate":
        kind = codes.special_court(_digits(number.court)) or kind
    means = Text(
        f"{province.zh}的{kind.zh}，名称未收录", f"a {kind.en} of {province.en}, not listed"
    )
    return Part(COURT, number.court, means, _by(codes)["4" if number.level == "high" else "5"])


def _type_part(number: CaseNumber, codes: Codes) -> Part:
    if number.type in codes.types:
        return _code_part(TYPE, codes.types[number.type])
    return Part(TYPE, number.type, Text("类型未收录", "a type that is not listed"), _by(codes)["7"])


def _old_court(number: OldNumber, codes: Codes) -> Code | None:
    names = [name for name in codes.old_courts if _is_of(number.words, name)]
    return codes.old_courts[max(names, key=len)] if names else None


def _is_of(words: str, court: str) -> bool:
    """The words begin with the court's name and go on with a type: 闽 is not the court of 闽侯."""
    return words.startswith(court) and bool(_OLD_TYPE.match(words, len(court)))


def _old_parts(number: OldNumber, codes: Codes) -> tuple[Part, ...]:
    before = Text(f"{codes.starts}年以前的旧式案号", f"the form of before {codes.starts}")
    court = _old_court(number, codes)
    if court is None:
        return (Part(WORDS, number.words, before, THEN),)
    rest = number.words.removeprefix(court.code)
    return (_code_part(COURT, court), Part(TYPE, rest, before, THEN))
