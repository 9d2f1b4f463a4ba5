"""What is wrong with text in the notation of a scheme file (TOML), in the reader's words, at its place.

The parser of the standard library says it in English; here is what each of its sentences means and what
to do. One that is not known is told in general: no English stands on a Chinese page.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from steelyard.kernel.bilingual import Text

_AT = re.compile(r"\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)\s*$")
_SAID: tuple[tuple[str, str, str], ...] = (
    ("Expected '=' after a key",
     "名称后面缺少等号；每行写成“名称 = 值”", "there is no = after the name; write “name = value” on each line"),
    ("Invalid initial character for a key part",
     "这里应是一个名称；名称由字母、数字、下划线和连字符组成，中文名称要加英文引号",
     "a name is expected here, of letters, digits, hyphens and underscores, or in quotation marks"),
    ("Invalid statement",
     "这一行不是“名称 = 值”，也不是标题", "this line is neither “name = value” nor a heading"),
    ("Expected newline or end of document",
     "值的后面还有多余的内容；每行只写一项", "something follows the value; write one thing on a line"),
    ("Invalid value",
     "等号后面的值不能识别；文字要加英文引号，小数写成0.5",
     "the value after = is not known; put text in quotation marks, write decimals as 0.5"),
    ("Unterminated string", "引号没有配对；请补上后一个英文引号", "the closing quotation mark is missing"),
    ("Expected '\"'", "引号没有配对；请补上后一个英文引号", "the closing quotation mark is missing"),
    ("Expected \"'\"", "引号没有配对；请补上后一个英文引号", "the closing quotation mark is missing"),
    ("Unclosed array", "方括号没有配对，或者两项之间缺少逗号",
     "a square bracket is not closed, or a comma is missing between two values"),
    ("Unclosed inline table", "花括号没有配对，或者两项之间缺少逗号",
     "a brace is not closed, or a comma is missing between two entries"),
    ("Expected ']' at the end of a table", "标题的方括号没有配对，应写成[名称]",
     "the bracket of the heading is not closed; write [name]"),
    ("Expected ']]' at the end of an array", "标题的方括号没有配对，应写成[[名称]]",
     "the brackets of the heading are not closed; write [[name]]"),
    ("Cannot overwrite a value", "这个名称写了两次；请只留一处", "this name is written twice; keep one"),
    ("Duplicate inline table key", "花括号中有名称写了两次；请只留一处",
     "a name is written twice inside the braces; keep one"),
    ("Cannot declare", "这个标题写了两次；请只留一处", "this heading is written twice; keep one"),
    ("Cannot redefine namespace", "这个标题写了两次；请只留一处", "this heading is written twice; keep one"),
    ("Cannot mutate immutable namespace", "已经写成一行的内容不能再补充；请写在一处",
     "what was written on one line cannot be added to; write it in one place"),
    ("Illegal character", "这里有不能使用的字符，可能是换行、制表符或看不见的字符；文字请写在一行内",
     "a character here is not allowed, perhaps a line break, a tab or one that cannot be seen; keep text on a line"),
    ("Found invalid character", "这里有不能使用的字符，可能是换行、制表符或看不见的字符；文字请写在一行内",
     "a character here is not allowed, perhaps a line break, a tab or one that cannot be seen; keep text on a line"),
    ("Unescaped '\\' in a string", "文字中的反斜杠请写成两个", "write a backslash in text twice"),
    ("Escaped character is not", "反斜杠后面的编码不能识别", "what follows the backslash is no character"),
    ("Invalid hex value", "反斜杠后面的编码不能识别", "what follows the backslash is no character"),
    ("Invalid date or datetime", "没有这一天；日期写成2021-01-31", "there is no such day; write days as 2021-01-31"),
)  # fmt: skip
_DEEP = Text("括号嵌套过深", "brackets stand too deep inside one another")
_NOT_UTF_8 = Text("文件不是UTF-8编码；请另存为UTF-8", "the file is not UTF-8; save it as UTF-8")
_LONG = Text("数字过长", "a number is too long")
_UNKNOWN = Text(
    "写法不能识别；请核对引号、括号、逗号和等号",
    "it cannot be read; check quotation marks, brackets, commas and equals signs",
)
_HEADING = re.compile(r"\[{1,2}[^\[\]{}=,]+\]{1,2}\s*(?:#.*)?$")
_VALUE = "value = "


def read_notation(text: str) -> Any:
    """A value (``{ points = "full" }``), or several lines as a file has them.

    Raises:
        ValueError, RecursionError: it is neither; :func:`why_not` says why.
    """
    if is_a_value(text):
        return tomllib.loads(f"{_VALUE}{text.strip()}", parse_float=str)["value"]
    return tomllib.loads(text, parse_float=str)


def is_a_value(text: str) -> bool:
    """
    >>> [is_a_value(one) for one in ('{ points = 1 }', '"a"', '0.5', '[1, 2]', '[[grades]]', 'cap = 10')]
    [True, True, True, True, False, False]
    """
    first = text.strip().split("\n")[0].strip()
    if first.startswith("[") and _HEADING.match(first):
        return bool(re.match(r"\[[\s\d\"'.,-]*\]", first))
    return bool(
        re.match(r"[\[{]|[\"'][^\"']*[\"']\s*$|[-+]?\d[\d._]*\s*$|(?:true|false)\s*$", first)
    )


def why_not(text: str) -> Text:
    """Why text cannot be read, with line and column.

    >>> why_not('cap = 10\\nfloor 5').zh
    '第2行第7列：名称后面缺少等号；每行写成“名称 = 值”'
    >>> why_not('{ points = "full"').en
    'at the end: a brace is not closed, or a comma is missing between two entries'
    """
    try:
        read_notation(text)
    except (ValueError, RecursionError) as error:
        shift = len(_VALUE) if is_a_value(text) else 0
        return what_is_wrong(error, shift=shift)
    return Text()


def what_is_wrong(error: Exception, *, shift: int = 0) -> Text:
    """What the parser found, in the reader's words. ``shift``: columns of the first line that are ours."""
    said, place = _words(error), place_of(error)
    if place is None:
        at = Text("末尾", "at the end") if "end of document" in str(error) else Text()
    else:
        line, column = place
        column = max(1, column - shift) if line == 1 else column
        at = Text(f"第{line}行第{column}列", f"line {line}, column {column}")
    return Text(f"{at.zh}：{said.zh}", f"{at.en}: {said.en}") if at else said


def place_of(error: Exception) -> tuple[int, int] | None:
    """Line and column, from 1; None at the end, or where the parser does not say."""
    found = _AT.search(str(error))
    return (int(found["line"]), int(found["column"])) if found and found["line"] else None


def _words(error: Exception) -> Text:
    if isinstance(error, RecursionError):
        return _DEEP
    if isinstance(error, UnicodeDecodeError):
        return _NOT_UTF_8
    message = str(error)
    known = next(((zh, en) for begins, zh, en in _SAID if message.startswith(begins)), None)
    if known is not None:
        return Text(*known)
    return _LONG if "digits" in message else _UNKNOWN
