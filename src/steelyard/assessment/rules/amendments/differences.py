"""What does an amendment change, item by item, old and new in words?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from steelyard.assessment.rules.drafting import as_text
from steelyard.assessment.rules.drafting.naming import name_of
from steelyard.assessment.rules.schemes.writing_rules import in_notation
from steelyard.kernel.bilingual import Lang, Text, same
from steelyard.scheme.model import Item, Scheme
from steelyard.scheme.wording.say_item import group_in_words, item_in_words


@dataclass(frozen=True, slots=True)
class Change:
    """One thing of an item, before and after, in words."""

    what: Text
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item that is new, gone or other than it was."""

    code: str
    title: Text
    kind: str
    changes: tuple[Change, ...] = ()


KINDS: Mapping[str, Text] = {
    "new": Text("新增", "new"),
    "gone": Text("删除", "gone"),
    "changed": Text("修改", "changed"),
}
_TITLE = Text("名称", "title")
_POINTS = Text("分值", "points")
_RULE = Text("评分标准", "rule")
_SUPPLIES = Text("数据来源单位", "supplying body")
_SCORES = Text("评分单位", "scoring body")
_MATERIAL = Text("佐证材料", "material")
_PARENT = Text("上级指标", "stands below")


def differences(before: Scheme, after: Scheme) -> tuple[ItemChange, ...]:
    """Item by item, in the order of the new scheme; what is gone comes last."""
    found = []
    for item in after.in_order[1:]:
        old = before.item.get(item.code)
        if old is None:
            found.append(ItemChange(item.code, item.title, "new", tuple(_told(after, item))))
            continue
        changes = tuple(_changed(before, old, after, item))
        if changes:
            found.append(ItemChange(item.code, item.title, "changed", changes))
    found += [
        ItemChange(item.code, item.title, "gone", tuple(_gone(before, item)))
        for item in before.in_order[1:]
        if item.code not in after.item
    ]
    return tuple(found)


def beside(before: Scheme, after: Scheme) -> tuple[str, ...]:
    """The parts of the document that differ, but for the items and what only items use."""
    old, new = before.document, after.document
    names = [*new, *(name for name in old if name not in new)]
    left_out = {"items", "version"}
    return tuple(one for one in names if one not in left_out and old.get(one) != new.get(one))


def _said(scheme: Scheme, item: Item) -> dict[str, tuple[Text, Text]]:
    document = row_of(scheme, item.code)
    whole = scheme.document
    say = group_in_words if scheme.children[item.code] else item_in_words
    words = {lang: say(document, whole, lang) for lang in _LANGS}
    return {
        "title": (_TITLE, item.title),
        "parent": (_PARENT, scheme.item[item.parent].title if item.parent else Text("—", "—")),
        "points": (_POINTS, _points(scheme, item)),
        "rule": (_RULE, Text(words["zh"], words["en"])),
        "supplying_body": (_SUPPLIES, said_bodies(scheme, item.supplying_body)),
        "scoring_body": (_SCORES, said_bodies(scheme, item.scoring_body)),
        "material": (_MATERIAL, item.material),
    }


_LANGS: tuple[Lang, Lang] = ("zh", "en")
_SHOWN = frozenset(
    {"title", "parent", "points", "supplying_body", "scoring_body", "material", "code"}
)


def row_of(scheme: Scheme, code: str, section: str = "items") -> Mapping[str, object]:
    rows = scheme.document.get(section)
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, Mapping) and str(row.get("code")) == code:
            return row
    return {}


def _points(scheme: Scheme, item: Item) -> Text:
    written = row_of(scheme, item.code).get("points")
    return Text(str(written), str(written)) if written is not None else Text("—", "—")


def said_bodies(scheme: Scheme, codes: Collection[str]) -> Text:
    titles = [scheme.bodies.get(code, Text(code, code)) for code in codes]
    return Text(
        "、".join(one.zh or one.en for one in titles) or "—",
        ", ".join(one.en or one.zh for one in titles) or "—",
    )


def _changed(before: Scheme, old: Item, after: Scheme, new: Item) -> Iterator[Change]:
    was, now = _said(before, old), _said(after, new)
    for key, (what, text) in now.items():
        if was[key][1] != text:
            yield Change(what, was[key][1], text)
    rows = row_of(before, old.code), row_of(after, new.code)
    rule_is_said = was["rule"][1] != now["rule"][1]
    if not rule_is_said and _rest(rows[0]) != _rest(rows[1]):
        yield from _settings(_rest(rows[0]), _rest(rows[1]))


def _settings(was: Mapping[str, object], now: Mapping[str, object]) -> Iterator[Change]:
    """Settings of which the rule's words say nothing, each by its name, as they are written."""
    for key in (*now, *(key for key in was if key not in now)):
        if was.get(key) != now.get(key):
            yield Change(name_of(key), _written(was.get(key)), _written(now.get(key)))


def _written(value: object) -> Text:
    if isinstance(value, Mapping) and set(value) <= {"zh", "en"}:
        return as_text(value)
    return as_text(value) if isinstance(value, str | int) else same(in_notation(value))


def _rest(row: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in _SHOWN}


def _told(scheme: Scheme, item: Item) -> Iterator[Change]:
    for what, text in _said(scheme, item).values():
        if text.zh and text.zh != "—":
            yield Change(what, Text(), text)


def _gone(scheme: Scheme, item: Item) -> Iterator[Change]:
    for one in _told(scheme, item):
        yield Change(one.what, one.after, Text())
