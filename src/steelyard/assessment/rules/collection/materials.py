"""Of which kind is a piece of material? The scheme lists what an item asks for; what is none of that is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.refusals import Refusal

OTHER = "other"
LONGEST = 40

_BETWEEN_ZH = re.compile(r"[、；;，,]|和|及")
_BETWEEN_EN = re.compile(r"[,;]| and ")

_OF_RECORDS: Mapping[str, str] = {
    "决定": "decision", "纪要": "minutes", "截图": "screenshot", "照片": "photo", "报告": "report",
    "台账": "form", "名单": "form", "表": "form", "函": "letter", "协议": "letter",
}  # fmt: skip
"""A word in the name of a kind → the kind that the table of records knows."""
_OF_FORMATS = {"png": "photo", "jpeg": "photo"}


def kinds(asked: Text) -> tuple[Text, ...]:
    """The kinds that an item asks for, as its list names them.

    >>> [one.zh for one in kinds(Text("会议纪要、分工文件", "minutes, division of work"))]
    ['会议纪要', '分工文件']
    >>> kinds(Text())
    ()
    """
    chinese, english = _parts(_BETWEEN_ZH, asked.zh), _parts(_BETWEEN_EN, asked.en)
    if not chinese:
        return tuple(map(same, english))
    if len(chinese) != len(english):
        return tuple(map(same, chinese))
    return tuple(Text(zh, en) for zh, en in zip(chinese, english, strict=True))


def _parts(between: re.Pattern[str], text: str) -> list[str]:
    parts = (one.strip()[:LONGEST] for one in between.split(text))
    return list(dict.fromkeys(one for one in parts if one))


def title_of(asked: Text, kind: str) -> Text:
    """A kind as it is shown: one of the list in both languages, any other as it was named."""
    return next((one for one in kinds(asked) if one.zh == kind), same(kind))


def titles_of(lists: Iterable[Text]) -> dict[str, Text]:
    """The kinds of several lists, by the name that is kept; of two titles the first.

    >>> titles_of([Text("会议纪要", "minutes"), Text("会议纪要、台账", "records, register")])["会议纪要"].en
    'minutes'
    """
    found: dict[str, Text] = {}
    for one in (one for asked in lists for one in kinds(asked)):
        found.setdefault(one.zh, one)
    return found


def chosen(asked: Text, kind: str, named: str) -> str | tuple[Refusal, ...]:
    """What is kept of a choice, or what is wrong with it. ``kind``: of the list, or :data:`OTHER`, whose
    name is ``named``; "": nothing was chosen. Of an item that asks for none the name may be given, and need
    not."""
    known = {one.zh for one in kinds(asked)}
    if kind == OTHER or (not known and not kind):
        name = named.strip()
        if not name and known:
            return (_wrong("kind_unnamed", Text("请写明是什么材料", "name what it is"), "named"),)
        if len(name) > LONGEST:
            most = Text(f"最多{LONGEST}个字", f"at most {LONGEST} letters")
            return (_wrong("too_long", most, "named"),)
        return name
    if kind and kind not in known:
        said = Text("细则没有列出这种材料", "the scheme lists no such material")
        return (_wrong("unknown_kind", said, "kind"),)
    return kind


def _wrong(code: str, said: Text, field: str) -> Refusal:
    return Refusal(code, said, field)


def of_records(kind: str, file_format: str) -> str:
    """The kind that the table of records knows: by the name that was chosen, else by the file.

    >>> of_records("会议纪要", "pdf"), of_records("", "png"), of_records("签到", "pdf")
    ('minutes', 'photo', 'other')
    """
    by_name = next((code for word, code in _OF_RECORDS.items() if word in kind), None)
    return by_name or _OF_FORMATS.get(file_format, "other")
