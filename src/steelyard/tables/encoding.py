"""In which encoding is this text written? The bytes of a CSV file become text, or a fault.

A byte order mark settles it (UTF-8, UTF-16). Without one it is UTF-8, else GB18030, each taken
strictly: no byte is replaced or dropped. Two traps are refused rather than read wrong: UTF-8 with
a damaged byte, which GB18030 would read as other characters; and Western encodings, whose accented
letter and the letter behind it GB18030 would read as one rare character.
"""

from __future__ import annotations

import codecs
import re

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_THREE_BYTES = re.compile("[\u0800-\U0010ffff]")
_LINE_END = re.compile("\r\n|\r|\n")
_SAVE_AS_UTF8 = Text(
    "请在Excel或WPS中打开原文件，另存为“CSV UTF-8（逗号分隔）”",
    "open the original in Excel and save it as “CSV UTF-8 (Comma delimited)”",
)


def decoded(content: bytes, file: str) -> str:
    """The text of ``content``, without its byte order mark.

    Raises:
        Faulty: the bytes fit no encoding that is read, or hold a NUL; names the row, which is
            the line of the text.
    """
    text = _text(content, file)
    nul = text.find("\0")
    if nul >= 0:
        raise Faulty([_nul(file, _line_at(text, nul))])
    return text


def _text(content: bytes, file: str) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding, file)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        if _looks_like_utf8(before):
            raise Faulty([_unfit(file, "UTF-8", _line_at(before, len(before)))]) from error
    return _in_gb18030(content, file)


def _strictly(content: bytes, encoding: str, file: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "replace")
        line = _line_at(before, len(before))
        raise Faulty([_unfit(file, encoding.upper(), line)]) from error


def _looks_like_utf8(text: str) -> bool:
    """Three good bytes in a row are hardly ever GB18030: they would start with a rare character."""
    return _THREE_BYTES.search(text) is not None


def _in_gb18030(content: bytes, file: str) -> str:
    text = _strictly(content, "gb18030", file)
    if not _is_likely_chinese(text):
        first = next(place for place, character in enumerate(text) if not character.isascii())
        raise Faulty([_unfit(file, "UTF-8 / GB18030", _line_at(text, first))])
    return text


def _is_likely_chinese(text: str) -> bool:
    """At least half of what is not ASCII is in GB 2312, the characters of everyday use."""
    ascii_ = len(text.encode("ascii", "ignore"))
    everyday = (len(text.encode("gb2312", "ignore")) - ascii_) // 2
    return 2 * everyday >= len(text) - ascii_


def _line_at(text: str, place: int) -> int:
    return len(_LINE_END.findall(text, 0, place)) + 1


def _unfit(file: str, tried: str, line: int) -> Fault:
    return Fault(
        "wrong-encoding",
        Text(
            f"此行的字节不符合{tried}编码，文字无法辨认",
            f"the bytes of this row do not fit {tried}, so its text cannot be told",
        ),
        _SAVE_AS_UTF8,
        Where(file=file, row=line),
    )


def _nul(file: str, line: int) -> Fault:
    return Fault(
        "nul-byte",
        Text(
            "此行含有空字节（NUL），不是CSV文本",
            "this row holds a NUL byte: this is not CSV text",
        ),
        _SAVE_AS_UTF8,
        Where(file=file, row=line),
    )
