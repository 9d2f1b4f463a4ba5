"""Words as tables write them, brought to one writing: half width, digits, one dash, no spaces.

扣　零点五分；８０％～９０％ becomes 扣0.5分;80%~90%. Chinese numerals become digits only where they
count something: 一票否决 stays as it is.
"""

from __future__ import annotations

import re
import unicodedata

_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_TENS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "[零〇一二两三四五六七八九十百千]"
UNIT = (
    "(?:个百分点|百分点|件次|人次|批次|场次|万元|亿元|平方公里|平方米|公里|个月|个工作日|工作日|个?小时|分钟|"
    "件|次|起|个|项|篇|条|人|名|户|家|份|天|日|处|宗|例|场|期|册|部|款|所|站|村|元|亩|吨|批|类|种|位|档|点)"
)
NUMBER = r"\d+(?:\.\d+)?(?:/\d+)?(?:%|‰)?"
_QUOTED = re.compile("(“[^“”]*”)")
_CIRCLED = re.compile("[①-⑳]")
_SPACES = re.compile(r"\s+")
_DASHES = re.compile(r"(?<=[\d%‰\)分次件名个])(?:—+|–+|―+|-+|~+|−|至|到)(?=[\d(第])")
_PERCENT = re.compile(f"百分之({NUMERAL}+(?:点{NUMERAL}+)?|\\d+(?:\\.\\d+)?)")
_PER_MILLE = re.compile(f"千分之({NUMERAL}+|\\d+(?:\\.\\d+)?)")
_FRACTION = re.compile(f"({NUMERAL}+)分之({NUMERAL}+)")
_TENTHS = re.compile("(?<![完达形组构变建促])([一二三四五六七八九])成(?=以上|以下|的|得|,|;|$)")
_COUNTED = re.compile(
    f"(?<!每[百千])(^|[每少多缺低高满达过于足第生现有至到~≥≤<>=,;:(以在])({NUMERAL}+)(?={UNIT}(?!性))"
)
_SPAN = re.compile(f"(第?)({NUMERAL}+)(至|到|~|—|-)(第?)({NUMERAL}+)(?={UNIT})")
_EVERY = re.compile(f"(每(?![百千](?:人|户|名))[^\\d,;。]{{0,12}}?)({NUMERAL}+)(?={UNIT}(?!性))")
_DIRECT = re.compile(f"()({NUMERAL}+)(?={UNIT}(?:的)?[扣得加减])")
_TOP = re.compile(f"([前第])({NUMERAL}+)(?=[名位的得,])")
_POINTS = re.compile(
    f"([得扣加减计记给奖多高过满低为值励])({NUMERAL}+(?:点{NUMERAL}+)?)(?=分(?!之))"
)
_HALF_POINT = re.compile("([得扣加减计记给奖])半分")
_SIGNS = str.maketrans({"≧": "≥", "≦": "≤", "−": "-", "＊": "×", "*": "×", "∕": "/", "、": "、"})
_ASCII_SIGNS = (("> =", "≥"), (">=", "≥"), ("< =", "≤"), ("<=", "≤"), ("==", "="))


def plain_chinese(text: str) -> str:
    """One writing of Chinese words of a rule.

    >>> plain_chinese("每少一个百分点扣零点五分；百分之八十—百分之九十得十分")
    '每少1个百分点扣0.5分;80%~90%得10分'
    >>> plain_chinese("发生两起以上的，一票否决")
    '发生2起以上的,一票否决'
    """
    return counted(half_width(text))


def half_width(text: str) -> str:
    """Half width, one writing of signs, no spaces; a line break is the end of a clause.

    What stands in quotation marks is left as it is.

    >>> half_width("结案率 ≥ ９０％；扣分")
    '结案率≥90%;扣分'
    """
    return "".join(
        piece if piece.startswith("“") else _half_width(piece)
        for piece in _QUOTED.split(text.strip())
    )


def _half_width(text: str) -> str:
    text = _CIRCLED.sub(";", text)
    text = _SPACES.sub(_space, unicodedata.normalize("NFKC", text))
    text = text.translate(_SIGNS)
    for written, sign in _ASCII_SIGNS:
        text = text.replace(written, sign)
    return text


def counted(text: str) -> str:
    """Chinese numerals that count something as digits, and one dash between numbers."""
    return _DASHES.sub("~", _with_digits(text))


def _space(spaces: re.Match[str]) -> str:
    """A line break ends a clause; any other space means nothing in Chinese."""
    return ";" if "\n" in spaces[0] else ""


def _with_digits(text: str) -> str:
    text = _PERCENT.sub(lambda found: f"{digits(found[1])}%", text)
    text = _PER_MILLE.sub(lambda found: f"{digits(found[1])}‰", text)
    text = _FRACTION.sub(lambda found: f"{digits(found[2])}/{digits(found[1])}", text)
    text = _TENTHS.sub(lambda found: f"{digits(found[1])}0%", text)
    text = _HALF_POINT.sub(r"\g<1>0.5分", text)
    text = _POINTS.sub(lambda found: found[1] + digits(found[2]), text)
    text = _SPAN.sub(lambda found: f"{found[1]}{digits(found[2])}~{digits(found[5])}", text)
    for counted in (_EVERY, _DIRECT, _TOP):
        text = counted.sub(lambda found: found[1] + digits(found[2]), text)
    return _COUNTED.sub(lambda found: found[1] + digits(found[2]), text)


def digits(numeral: str) -> str:
    """A number in Chinese numerals as digits; digits stay as they are.

    >>> digits("一百零五"), digits("十二"), digits("零点五"), digits("90")
    ('105', '12', '0.5', '90')
    """
    whole, dot, decimals = numeral.partition("点")
    if numeral[0].isdigit():
        return numeral
    tail = "".join(str(_DIGITS.get(sign, "")) for sign in decimals)
    return f"{_whole(whole)}.{tail}" if dot else str(_whole(whole))


def _whole(numeral: str) -> int:
    if not set(numeral) & set(_TENS):
        return int("".join(str(_DIGITS[sign]) for sign in numeral))
    total, digit = 0, 0
    for sign in numeral:
        if sign in _TENS:
            total += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def number(written: str) -> int | str:
    """A number as a document holds it: whole ones as whole numbers, others as written.

    >>> number("10"), number("0.50"), number("90%")
    (10, '0.50', '90%')
    """
    return int(written) if written.isdigit() else written
