"""Under which name is a file kept? One that every computer can save, ending as its content is."""

from __future__ import annotations

import re
import unicodedata

from steelyard.files.rules.kinds import ENDINGS, Kind

LONGEST = 120
FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def kept_name(told: str, kind: Kind) -> str:
    """A name as told by a browser, made safe, with the ending of the content.

    >>> kept_name("C:\\\\报送\\\\2025年.xlsx", Kind.XLSX)
    '2025年.xlsx'
    >>> kept_name("invoice.pdf.exe", Kind.PDF)
    'invoice.pdf'
    >>> kept_name("../../etc/passwd", Kind.TEXT)
    'passwd.txt'
    >>> kept_name("审\\u202efdp.exe", Kind.PNG)
    '审fdp.png'
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", told))[-1]
    visible = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    stem, ending = _split(FORBIDDEN.sub("_", visible).strip(" ."))
    ending = ending if ending in ENDINGS[kind] else ENDINGS[kind][0]
    while _split(stem)[1] in ENDINGS[kind]:
        stem = _split(stem)[0]
    stem = stem[:LONGEST].strip(" .") or "file"
    return f"{stem}_.{ending}" if RESERVED.match(stem) else f"{stem}.{ending}"


def _split(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    is_ending = dot and stem and len(ending) <= 8 and ending.isascii() and ending.isalnum()
    return (stem, ending.lower()) if is_ending else (name, "")
