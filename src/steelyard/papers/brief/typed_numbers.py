"""Was a number typed into a template? None may be: a figure comes from records or from a result.

Digits of any script; Chinese numerals after 第 or before a word that counts; English number words.
"One" and "first" are left to the writer: they are words as often as numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where

_FORMAT_LINE = re.compile(r'\s*format\s*=\s*"steelyard-brief/\d+"\s*(?:#\D*)?')
_NUMERALS = "〇零一二两三四五六七八九十百千"
_COUNTED = (
    "个|项|条|件|名|位|次|届|种|类|宗|元|家|分|年|月|日|天|人|处|起|笔|场|期|倍|成|级|等|大|步|"
    "万|亿|方面|批|户|份|篇|所|座|站|轮|组|百分"
)
_CHINESE = re.compile(
    rf"第\s*[{_NUMERALS}万亿]+|百分之[{_NUMERALS}]+|(?<![统唯专单同不划归合])(?!十分)[{_NUMERALS}]+\s*(?:{_COUNTED})"
)
_ENGLISH = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million|billion|dozen"
    r"|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twice|thrice)s?\b",
    re.IGNORECASE,
)


def typed_numbers(text: str, file: str) -> Iterator[Fault]:
    """A fault for every number in the text of a template, with its line."""
    for number, line in enumerate(text.splitlines(), 1):
        if number_free(line):
            continue
        for found in dict.fromkeys(_found(line)):
            yield _typed(found, Where(file=file, line=number))


def number_free(line: str) -> bool:
    """
    >>> number_free('format = "steelyard-brief/1"'), number_free('zh = "第三名"')
    (True, False)
    """
    return bool(_FORMAT_LINE.fullmatch(line)) or next(_found(line), None) is None


def _found(line: str) -> Iterator[str]:
    yield from _digits(line)
    for kind in (_CHINESE, _ENGLISH):
        yield from (found[0] for found in kind.finditer(line))


def _digits(line: str) -> Iterator[str]:
    """Runs of signs that Unicode calls numbers, except Chinese characters, which are words as well."""
    run = ""
    for letter in f"{line}\n":
        if unicodedata.category(letter) in ("Nd", "Nl", "No") and letter != "〇":
            run += letter
        elif run:
            yield run
            run = ""


def _typed(found: str, where: Where) -> Fault:
    return Fault(
        "typed-number",
        Text(f"模板里写了数字“{found}”", f"the number {found!r} is typed into the template"),
        Text("每个数都要来自记录或结果：请在[figures]中定义，正文写{{名称}}",
             "every figure comes from records or a result: define it under [figures] and write {{name}}"),
        where,
    )  # fmt: skip
