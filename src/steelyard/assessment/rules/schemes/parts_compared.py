"""What differs between two documents of a scheme besides their items, in words?

Grades, vetoes, figures, units and whatever else stands there, thing by thing, whatever faults either has.
Only what has no words of its own (a query of records, say) stands in the notation in which it is edited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from steelyard.assessment.rules.drafting import Document, Row, as_text, listed
from steelyard.assessment.rules.drafting.naming import name_of
from steelyard.assessment.rules.schemes.verdicts import Verdict, grades_said, vetoes_said
from steelyard.assessment.rules.schemes.writing_rules import bodies_of, in_notation
from steelyard.kernel.bilingual import LANGS, Lang, Text, same
from steelyard.scheme.case_files import case_files_in
from steelyard.scheme.wording import rule_in_words
from steelyard.scheme.wording.say_formula import formula_in_words
from steelyard.scheme.wording.say_item import OUTCOMES, STATES
from steelyard.scheme.wording.speech import speech_of


@dataclass(frozen=True, slots=True)
class Differs:
    """One thing: of which item or part, what of it, how it was and how it is. "" is: not there."""

    code: str
    title: Text
    what: Text
    before: Text
    after: Text


Told = Mapping[str, object]

NEW = Text("新增", "new")
GONE = Text("删除", "gone")
_ORDER = Text("顺序", "order")
_NOT_HERE = frozenset({"items", "version"})
_LISTS = ("inputs", "grades", "vetoes", "units", "quantities", "figures")
_VERDICTS: Mapping[str, Callable[[Document], tuple[Verdict, ...]]] = {
    "grades": grades_said, "vetoes": vetoes_said,
}  # fmt: skip
_WORDS = {
    "grades": Text("评定条件", "who gets it"),
    "vetoes": Text("条件和后果", "when, and what it leads to"),
}
TYPES = {
    "number": Text("数值", "number"), "count": Text("数量", "count"),
    "share": Text("比例", "share"), "yes_no": Text("是否", "yes or no"),
    "text": Text("文字", "text"), "date": Text("日期", "day"),
}  # fmt: skip
_YES, _NO = Text("是", "yes"), Text("否", "no")
_FORMULAS = frozenset({"when", "requires", "formula", "value"})
_BODIES = frozenset({"supplying_body", "scoring_body"})


def parts_compared(before: Document, after: Document) -> tuple[Differs, ...]:
    """Part by part, in the order of the new document.

    >>> one = {"inputs": [{"code": "days", "type": "count"}]}
    >>> other = {"inputs": [{"code": "days", "type": "number"}]}
    >>> [(one.code, one.what.zh, one.before.zh, one.after.zh) for one in parts_compared(one, other)]
    [('days', '数据项 类型', '数量', '数值')]
    """
    names = [*after, *(name for name in before if name not in after)]
    return tuple(
        one
        for name in names
        if name not in _NOT_HERE and (before.get(name) or None) != (after.get(name) or None)
        for one in _of_part(name, before, after)
    )


def _of_part(name: str, before: Document, after: Document) -> Iterator[Differs]:
    was, now = before.get(name), after.get(name)
    if name in _LISTS and all(isinstance(one, list) for one in (was or [], now or [])):
        found = tuple(_of_rows(name, before, after))
        yield from found or (_whole(name, before, after),)
    elif all(_is_a_table(one) for one in (was or {}, now or {})):
        yield from _of_keys(name, was or {}, now or {}, before, after)
    else:
        yield _whole(name, before, after)


def _is_a_table(value: object) -> bool:
    return isinstance(value, Mapping) and not _is_text(value)


def _is_text(value: object) -> bool:
    return isinstance(value, Mapping) and bool(value) and set(value) <= {"zh", "en"}


def _whole(name: str, before: Document, after: Document) -> Differs:
    told = [_said(name, one.get(name), one) for one in (before, after)]
    return Differs("", name_of(name), Text(), *told)


# --- rows under their codes -------------------------------------------------------------------


def _of_rows(name: str, before: Document, after: Document) -> Iterator[Differs]:
    old, new = ({row.key: row for row in listed(one, name)} for one in (before, after))
    part = name_of(name)
    for key in (*new, *(key for key in old if key not in new)):
        was, now = old.get(key), new.get(key)
        row = now or was
        assert row is not None
        if was is None or now is None:
            there = _whole_row(name, row, after if was is None else before)
            what = _both(part, NEW if was is None else GONE)
            sides = (Text(), there) if was is None else (there, Text())
            yield Differs(row.code, row.title, what, *sides)
        elif was.told != now.told:
            yield from _of_a_row(name, was, now, before, after)
    kept = [[key for key in one if key in old and key in new] for one in (old, new)]
    if kept[0] != kept[1]:
        yield Differs("", part, _ORDER, *(
            _joined([rows[key].title for key in keys])
            for rows, keys in zip((old, new), kept, strict=True)
        ))  # fmt: skip


def _of_a_row(
    name: str, was: Row, now: Row, before: Document, after: Document
) -> Iterator[Differs]:
    old, new = (_facts(name, *one) for one in ((was, before), (now, after)))
    if old == new:  # what the words leave out
        old, new = (_plain_facts(*one) for one in ((was.told, before), (now.told, after)))
    for what in (*new, *(one for one in old if one not in new)):
        sides = (old.get(what, Text()), new.get(what, Text()))
        if sides[0] != sides[1]:
            yield Differs(now.code, now.title, _both(name_of(name), what), *sides)


def _whole_row(name: str, row: Row, document: Document) -> Text:
    """All that it says in one line; of a grade or a veto what it leads to."""
    facts = _facts(name, row, document)
    if name in _VERDICTS:
        return facts.get(_WORDS[name], row.title)
    facts.pop(name_of("title"), None)
    said = [Text(f"{what.zh}：{text.zh}", f"{what.en}: {text.en}") for what, text in facts.items()]
    return Text("；".join(one.zh for one in said), "; ".join(one.en for one in said)) or row.title


def _facts(name: str, row: Row, document: Document) -> dict[Text, Text]:
    if name not in _VERDICTS:
        return _plain_facts(row.told, document)
    said = _VERDICTS[name]({**document, name: [dict(row.told)]})
    grades = _VERDICTS[name](document) if name == "grades" else said
    own = next((one for one in grades if one.code == row.code), said[0])
    return {name_of("title"): own.title, _WORDS[name]: said[0].words}


def _plain_facts(told: Told, document: Document) -> dict[Text, Text]:
    return {
        name_of(key): _said(key, value, document) for key, value in told.items() if key != "code"
    }


# --- tables of keys -----------------------------------------------------------------------------


def _of_keys(
    name: str, was: Told, now: Told, before: Document, after: Document
) -> Iterator[Differs]:
    for key in (*now, *(key for key in was if key not in now)):
        if key in was and key in now and was[key] == now[key]:
            continue
        sides = (_of_key(name, key, was, before), _of_key(name, key, now, after))
        if name in ("bodies", "groups"):
            what = NEW if key not in was else GONE if key not in now else name_of("title")
            yield Differs(key, sides[1] or sides[0], _both(name_of(name), what), *sides)
        else:
            what = STATES.get(key, name_of(key)) if name == "on" else name_of(key)
            yield Differs("", name_of(name), what, *sides)


def _of_key(name: str, key: str, told: Told, document: Document) -> Text:
    value = told.get(key)
    if name == "on" and key in STATES and str(value) in OUTCOMES:
        return _in_both(
            lambda lang: OUTCOMES[str(value)].say(lang).format(state=STATES[key].say(lang))
        )
    return _said(key, value, document)


# --- one value ----------------------------------------------------------------------------------


def _said(key: str, value: object, document: Document) -> Text:
    """A value in words where it has any; else as it is written."""
    if value is None or value == "":
        return Text()
    if isinstance(value, bool):
        return _YES if value else _NO
    if key in _BODIES:
        told = document.get("bodies")
        known = told if isinstance(told, Mapping) else {}
        return _joined([as_text(known.get(one)) or same(one) for one in bodies_of(value)])
    if key == "type" and str(value) in TYPES:
        return TYPES[str(value)]
    if key == "case_files" and (of := case_files_in(value)) is not None:
        return of.said
    if key in _FORMULAS or key == "rule":
        return _sentence(key, value, document)
    if _is_text(value):
        return as_text(value)
    if isinstance(value, str | int | float):
        return same(str(value))
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return _joined([same(str(one)) for one in value])
    return same(in_notation(value) or str(value))


def _sentence(key: str, value: object, document: Document) -> Text:
    try:
        if key == "rule":
            return _in_both(lambda lang: rule_in_words(value, document, lang))
        return _in_both(lambda lang: formula_in_words(value, speech_of(document, lang)))
    except Exception:
        return same(in_notation(value) or str(value))


def _in_both(say: Callable[[Lang], str]) -> Text:
    said = {lang: say(lang) for lang in LANGS}
    return Text(said["zh"], said["en"])


def _joined(texts: list[Text]) -> Text:
    return Text(
        "、".join(one.zh or one.en for one in texts), ", ".join(one.en or one.zh for one in texts)
    )


def _both(part: Text, what: Text) -> Text:
    return Text(f"{part.zh} {what.zh}", f"{part.en}: {what.en}")
