"""An issued scheme is to be amended: what differs, and may that still be done?

Work is under way by then. What an amendment brings with it (a new sheet, another body for a sheet
that nobody has signed) is listed and done; what it would make untrue is refused, with what to do
first. Nothing is dropped quietly.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from steelyard.assessment.rules.division import Division, Way, inputs_of
from steelyard.assessment.rules.states import Stage
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal
from steelyard.scheme.model import Item, Scheme
from steelyard.scheme.wording.say_item import group_in_words, item_in_words

AMENDABLE = frozenset({Stage.ISSUED, Stage.COLLECTING, Stage.COMPARING, Stage.SCORING})
"""While the assessment goes on. What is frozen is judged by the scheme as it was."""

BEFORE_WORK = frozenset({Stage.ISSUED})


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
_REST = Text("其他设定", "other settings")


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
    document = _row(scheme, item.code)
    whole = scheme.document
    say = group_in_words if scheme.children[item.code] else item_in_words
    words = {lang: say(document, whole, lang) for lang in _LANGS}
    return {
        "title": (_TITLE, item.title),
        "parent": (_PARENT, scheme.item[item.parent].title if item.parent else Text("—", "—")),
        "points": (_POINTS, _points(scheme, item)),
        "rule": (_RULE, Text(words["zh"], words["en"])),
        "supplying_body": (_SUPPLIES, _bodies(scheme, item.supplying_body)),
        "scoring_body": (_SCORES, _bodies(scheme, item.scoring_body)),
        "material": (_MATERIAL, item.material),
    }


_LANGS: tuple[Lang, Lang] = ("zh", "en")
_SHOWN = frozenset(
    {"title", "parent", "points", "supplying_body", "scoring_body", "material", "code"}
)


def _row(scheme: Scheme, code: str, section: str = "items") -> Mapping[str, object]:
    rows = scheme.document.get(section)
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, Mapping) and str(row.get("code")) == code:
            return row
    return {}


def _points(scheme: Scheme, item: Item) -> Text:
    written = _row(scheme, item.code).get("points")
    return Text(str(written), str(written)) if written is not None else Text("—", "—")


def _bodies(scheme: Scheme, codes: Collection[str]) -> Text:
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
    rows = _row(before, old.code), _row(after, new.code)
    rule_is_said = was["rule"][1] != now["rule"][1]
    if not rule_is_said and _rest(rows[0]) != _rest(rows[1]):
        told = [Text(one, one) for one in (str(_rest(rows[0])), str(_rest(rows[1])))]
        yield Change(_REST, *told)


def _rest(row: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in _SHOWN}


def _told(scheme: Scheme, item: Item) -> Iterator[Change]:
    for what, text in _said(scheme, item).values():
        if text.zh and text.zh != "—":
            yield Change(what, Text(), text)


def _gone(scheme: Scheme, item: Item) -> Iterator[Change]:
    for one in _told(scheme, item):
        yield Change(one.what, one.after, Text())


# --- may it be done, and what does it bring with it? --------------------------------------------


@dataclass(frozen=True, slots=True)
class Owed:
    """A sheet as it stands: whose it is; whether a version was signed; whether figures are typed in."""

    body: str
    is_signed: bool = False
    is_open: bool = True
    has_draft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What has been done under the scheme in force.

    ``answered``: items of which a unit has saved something; ``submitted``: whether a unit has put up
    or signed its submission; ``scored``: items with a score; ``drawn``: inputs for which case files are drawn.
    """

    stage: Stage
    sheets: Mapping[str, Owed] = field(default_factory=dict)
    answered: frozenset[str] = frozenset()
    submitted: bool = False
    scored: frozenset[str] = frozenset()
    drawn: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Brought:
    """What an amendment brings with it: sheets to open and to hand over, bodies of open scores."""

    opens: tuple[tuple[str, str], ...] = ()
    """Input and body."""
    hands_over: tuple[tuple[str, str], ...] = ()
    rescores: tuple[tuple[str, str], ...] = ()
    """Item and the body that scores it now."""

    def said(self, scheme: Scheme) -> tuple[Text, ...]:
        found = []
        for code, body in self.opens:
            what, who = _named(scheme, code), _bodies(scheme, (body,))
            found.append(Text(
                f"向{who.zh}新要求数据项“{what.zh}”", f"{who.en} is asked for {what.en} as well",
            ))  # fmt: skip
        for code, body in self.hands_over:
            what, who = _named(scheme, code), _bodies(scheme, (body,))
            found.append(Text(
                f"数据项“{what.zh}”改由{who.zh}报送", f"{what.en} is supplied by {who.en} from now on",
            ))  # fmt: skip
        for code, body in self.rescores:
            item, who = scheme.item[code], _bodies(scheme, (body,))
            found.append(Text(
                f"项目{code}“{item.title.zh}”改由{who.zh}评分",
                f"item {code} {item.title.en} is scored by {who.en} from now on",
            ))  # fmt: skip
        return tuple(found)


def _named(scheme: Scheme, code: str) -> Text:
    title = scheme.inputs[code].title if code in scheme.inputs else Text()
    return Text(title.zh or code, title.en or code)


@dataclass(frozen=True)
class _Two:
    before: Scheme
    after: Scheme
    old: Division
    new: Division
    work: Work

    @property
    def at_work(self) -> bool:
        return self.work.stage not in BEFORE_WORK

    @property
    def old_leaves(self) -> frozenset[str]:
        return frozenset(duty.item.code for duty in self.old.duties)

    @property
    def new_leaves(self) -> frozenset[str]:
        return frozenset(duty.item.code for duty in self.new.duties)

    @property
    def changed_leaves(self) -> tuple[str, ...]:
        """Leaves of both whose points or rule or place differ."""
        both = self.old_leaves & self.new_leaves
        return tuple(
            code for code in sorted(both) if _scored_by_another_rule(self.before, self.after, code)
        )


_SAYS_NOTHING = frozenset({"title", "material", "note", "source", "supplying_body", "scoring_body"})
"""Keys of an item or input from which no points follow."""
_COMMON = ("figures", "quantities", "on", "groups", "units")
"""What any rule may use."""


def _scored_by_another_rule(before: Scheme, after: Scheme, code: str) -> bool:
    return _counts(before, code) != _counts(after, code)


def _counts(scheme: Scheme, code: str) -> tuple[object, ...]:
    """All that the points of a leaf follow from."""
    inputs = inputs_of(scheme, scheme.item[code])
    rows = [_row(scheme, code), *(_row(scheme, one, "inputs") for one in inputs)]
    own = [{name: row[name] for name in row if name not in _SAYS_NOTHING} for row in rows]
    return (own, *(scheme.document.get(name) for name in _COMMON))


def against(
    before: Scheme, after: Scheme, old: Division, new: Division, work: Work
) -> tuple[Refusal, ...]:
    """Everything that stands against an amendment, where the work has come to."""
    if work.stage not in AMENDABLE:
        return (
            refusal(
                "not_amendable",
                Text(
                    "细则只在印发之后、数据冻结之前修订",
                    "a scheme is amended after it is issued and before the freeze",
                ),
                Text("请先印发；冻结以后不再修订", "issue it first; what is frozen stands"),
            ),
        )
    two = _Two(before, after, old, new, work)
    if not two.at_work:
        return tuple(_of_the_frame(two))
    return (
        *_of_the_frame(two),
        *_of_units(two),
        *_of_leaves(two),
        *_of_sheets(two),
        *_of_scores(two),
    )


def _of_the_frame(two: _Two) -> Iterator[Refusal]:
    if two.before.period != two.after.period:
        yield refusal(
            "period_changed",
            Text("修订不能改变考核期间", "an amendment does not change the period"),
            Text("期间在建立考核时确定", "it was set when the assessment was opened"),
        )


def _of_units(two: _Two) -> Iterator[Refusal]:
    was, now = ({unit.code for unit in one.assessed} for one in (two.before, two.after))
    for code in sorted(was ^ now):
        yield refusal(
            "units_changed",
            Text(
                f"填报已经开始，不能增减被考核单位（{code}）",
                f"the collection has begun: units are not added or taken away ({code})",
            ),
            Text("请保留原来的单位", "leave the units as they are"),
            code,
        )


def _of_leaves(two: _Two) -> Iterator[Refusal]:
    work = two.work
    touched = work.answered | work.scored
    for code in sorted(work.drawn - set(two.new.way)):
        yield refusal(
            "input_in_use",
            Text(
                f"数据项{code}已经抽取案卷，不能取消",
                f"case files are drawn for {code}: it cannot go",
            ),
            Text("请保留该数据项", "keep it"),
            code,
        )
    for code in sorted((two.old_leaves - two.new_leaves) & touched):
        yield refusal(
            "item_in_use",
            Text(
                f"项目{code}已有填报或者评分，不能删除",
                f"item {code} has answers or scores: it cannot go",
            ),
            Text("请保留该项目，可以改为不计分", "keep it; its points may become 0"),
            code,
        )
    for code in sorted(two.new_leaves - two.old_leaves):
        if work.stage is Stage.COLLECTING and not work.submitted:
            continue
        yield refusal(
            "item_too_late",
            Text(
                f"已有单位报送，不能新增项目{code}",
                f"units have submitted: item {code} comes too late",
            ),
            Text(
                "请等下一年度，或者请单位撤回后再修订",
                "leave it to the next year, or have them take it back first",
            ),
            code,
        )


def _of_sheets(two: _Two) -> Iterator[Refusal]:
    sheets = two.work.sheets
    wanted = set(two.new.inputs(Way.SHEET))
    for code in sorted(set(sheets) - wanted):
        if not sheets[code].is_signed and sheets[code].is_open:
            yield refusal(
                "sheet_asked_for",
                Text(
                    f"数据项{code}已经要求报送、尚未签发，不能取消",
                    f"the sheet of {code} is asked for and not signed yet: it cannot be dropped",
                ),
                Text(
                    "请保留该数据项，或者等其签发后再修订",
                    "keep the figure, or amend once the sheet is signed",
                ),
                code,
            )
    for code in sorted(wanted - set(sheets)):
        if two.work.stage is not Stage.COLLECTING:
            yield refusal(
                "sheet_too_late",
                Text(
                    f"填报已经结束，不能新要求数据项{code}",
                    f"the collection is over: {code} cannot be asked for",
                ),
                Text(
                    "请改用已有的数据项，或者由评分单位评定",
                    "use a figure that is there, or let the scoring body judge it",
                ),
                code,
            )
    for code in sorted(wanted & set(sheets)):
        held = sheets[code]
        if held.body != two.new.body[code] and (held.is_signed or held.has_draft):
            yield refusal(
                "sheet_of_another",
                Text(
                    f"数据项{code}已由原单位填写或者签发，不能改由其他单位报送",
                    f"{code} is filled in or signed by the body that owed it: it is not handed over",
                ),
                Text("请保留原来的来源单位", "leave it with that body"),
                code,
            )


def _of_scores(two: _Two) -> Iterator[Refusal]:
    scored = two.work.scored
    for code in two.changed_leaves:
        if code in scored:
            yield refusal(
                "scored_by_the_old_rule",
                Text(f"项目{code}已按原规则评分", f"item {code} is scored by the rule as it was"),
                Text(
                    "请评分单位先重评（退回未评），再印发修订",
                    "have its scores opened again first, then issue the amendment",
                ),
                code,
            )
    if two.work.stage is Stage.SCORING:
        for code in sorted(two.old_leaves & two.new_leaves & scored):
            if two.old.of(code).scoring_body != two.new.of(code).scoring_body:
                yield refusal(
                    "scored_by_another",
                    Text(f"项目{code}已由原单位评分", f"item {code} is scored by its body already"),
                    Text("请保留原来的评分单位", "leave it with that body"),
                    code,
                )


def brought(old: Division, new: Division, work: Work) -> Brought:
    """What an amendment that nothing stands against brings with it."""
    if work.stage in BEFORE_WORK:
        return Brought()
    wanted = new.inputs(Way.SHEET)
    opens = tuple((code, new.body[code]) for code in wanted if code not in work.sheets)
    hands_over = tuple(
        (code, new.body[code])
        for code in wanted
        if code in work.sheets and work.sheets[code].body != new.body[code]
    )
    rescores: tuple[tuple[str, str], ...] = ()
    if work.stage is Stage.SCORING:
        had = {duty.item.code: duty.scoring_body for duty in old.duties}
        rescores = tuple(
            (duty.item.code, duty.scoring_body)
            for duty in new.duties
            if duty.item.code in had and had[duty.item.code] != duty.scoring_body
        )
    return Brought(opens, hands_over, rescores)
