"""May a scheme that is in force be changed so?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from steelyard.assessment.rules.amendments.brought import BEFORE_WORK, Work
from steelyard.assessment.rules.amendments.differences import row_of
from steelyard.assessment.rules.schemes.division import Division, Way, inputs_of
from steelyard.assessment.rules.states import Stage
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal
from steelyard.scheme.model import Scheme

AMENDABLE = frozenset({Stage.ISSUED, Stage.COLLECTING, Stage.COMPARING, Stage.SCORING})
"""While the assessment goes on. What is frozen is judged by the scheme as it was."""


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
    rows = [row_of(scheme, code), *(row_of(scheme, one, "inputs") for one in inputs)]
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


def _of_case_files(two: _Two) -> Iterator[Refusal]:
    """What case files were drawn for stays their figure."""
    for code in sorted(two.work.drawn & set(two.new.way)):
        was, now = (one.inputs[code].case_files for one in (two.before, two.after))
        if was is None or (now is not None and now.keeps(was)):
            continue
        yield refusal(
            "case_files_drawn",
            Text(
                f"数据项{code}已经抽取案卷，“由案卷评查得出”（{was.said.zh}）不能再改",
                f"case files are drawn for {code}: what they give it ({was.said.en}) stays as it is",
            ),
            Text("请保留原来的写法", "leave it as it was"),
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
    yield from _of_case_files(two)
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
