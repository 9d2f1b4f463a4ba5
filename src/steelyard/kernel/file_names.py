"""Under which name is a file kept? One that every computer can save, ending as its content is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

LONGEST = 120
MOST_BYTES = 200
"""Of the name before its ending; a file system takes 255 in all."""
FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def kept_name(told: str, endings: Sequence[str]) -> str:
    """A name as told by a browser, made safe; ``endings``: of its content, the first for others.

    >>> kept_name("C:\\\\报送\\\\2025年.XLSX", ["xlsx"])
    '2025年.xlsx'
    >>> kept_name("invoice.pdf.exe", ["pdf"])
    'invoice.pdf'
    >>> kept_name("../../etc/passwd", ["txt", "csv"])
    'passwd.txt'
    >>> kept_name("审\\u202efdp.exe", ["png"])
    '审fdp.png'
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", told))[-1]
    visible = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    stem, ending = _split(FORBIDDEN.sub("_", visible).strip(" ."))
    ending = ending if ending in endings else endings[0]
    while _split(stem)[1] in endings:
        stem = _split(stem)[0]
    stem = stem[:LONGEST].encode()[:MOST_BYTES].decode(errors="ignore").strip(" .") or "file"
    return f"{stem}_.{ending}" if RESERVED.match(stem) else f"{stem}.{ending}"


def _split(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    is_ending = dot and stem and len(ending) <= 8 and ending.isascii() and ending.isalnum()
    return (stem, ending.lower()) if is_ending else (name, "")
