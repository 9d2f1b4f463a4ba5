"""Would a published briefing say something else now? Its figures are asked again of a newer snapshot.

The page itself is never altered: what is found here is for its editor, who publishes a correction or leaves
the page as it is. Which rows changed is said where the briefing keeps their digests (open tables), or
where the snapshot that it was made from is given as well; of the others how many there were and are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty
from steelyard.papers.brief.compute import Asked, figures_of
from steelyard.papers.brief.figure import Figure
from steelyard.papers.brief.reads import Reads
from steelyard.papers.brief.show import exact_text, figure_text
from steelyard.papers.brief.template import Template
from steelyard.publication.briefings import Briefing, PublishedFigure, digests_of
from steelyard.weighing.result import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Differs:
    """A figure that would be another now, or rests on other rows. Rows by their keys, where they are known.

    ``rows_before`` and ``rows_after`` are None where the number is hidden.
    """

    name: str
    title: Text
    before: Text
    after: Text
    is_another: bool
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    rows_before: int | None = None
    rows_after: int | None = None

    @property
    def why(self) -> Text:
        """In a few words: 记录新增2条、撤回1条；2 rows added, 1 withdrawn."""
        said = [
            (len(self.added), "新增", "added"),
            (len(self.changed), "改动", "changed"),
            (len(self.withdrawn), "撤回", "withdrawn"),
        ]
        told = [one for one in said if one[0]]
        if told:
            zh = "、".join(f"{word}{count}条" for count, word, _ in told)
            en = ", ".join(f"{count} {word}" for count, _, word in told)
            return Text(f"记录{zh}", f"rows: {en}")
        if None not in (self.rows_before, self.rows_after) and self.rows_before != self.rows_after:
            return Text(
                f"记录由{self.rows_before}条变为{self.rows_after}条",
                f"{self.rows_before} rows then, {self.rows_after} now",
            )
        return Text("记录或考核结果有改动", "its rows, or the result, changed")


def check_briefing(
    briefing: Briefing,
    reads: Reads,
    result: Result | None = None,
    *,
    before: Reads | None = None,
) -> tuple[Differs, ...]:
    """The figures that a newer snapshot says otherwise. Those of a result need the newer result.

    Raises:
        Faulty: the snapshot is of another period, ``before`` is not the one that the briefing was made
            from, or a query does not run any more.
    """
    if reads.period != briefing.period:
        raise Faulty([_other_period(briefing, reads)])
    if before is not None and before.identifier != briefing.snapshot:
        raise Faulty([_not_from(briefing, before)])
    now = Asked(reads, result, briefing.unit_code)
    then = None if before is None else Asked(before, None, briefing.unit_code)
    asked = {
        one.name: one.spec
        for one in briefing.figures.values()
        if one.spec.records or result is not None
    }
    template = Template(kind=briefing.kind, title=briefing.title, figures=asked, passages=())
    found = figures_of(template, now, "briefing.json")
    return tuple(_differing(briefing, found, now, then))


def _differing(
    briefing: Briefing, found: Mapping[str, Figure], now: Asked, then: Asked | None
) -> Iterator[Differs]:
    for name, figure in found.items():
        one = _compared(briefing.figures[name], figure)
        if one.rows_after is not None and briefing.figures[name].spec.records:
            one = _with_rows(one, briefing.figures[name], now, then)
        if one.is_another or one.added or one.changed or one.withdrawn:
            yield one


def _compared(published: PublishedFigure, figure: Figure) -> Differs:
    shown = Text(figure_text(figure, "zh"), figure_text(figure, "en"))
    is_another = (exact_text(figure.value), figure.state, figure.bound) != (
        published.value,
        published.state,
        published.bound,
    )
    rows = None if figure.state == "suppressed" else figure.behind.rows
    return Differs(
        name=published.name, title=published.spec.title, before=published.shown, after=shown,
        is_another=is_another, rows_before=published.rows, rows_after=rows,
    )  # fmt: skip


def _with_rows(one: Differs, published: PublishedFigure, now: Asked, then: Asked | None) -> Differs:
    """The same with the rows that came, changed and went, if that can be known."""
    old = digests_of(published.spec, then) if then else published.digests
    if not old and published.rows != 0:
        return one
    new = digests_of(published.spec, now)
    return replace(
        one,
        added=tuple(sorted(new.keys() - old.keys())),
        withdrawn=tuple(sorted(old.keys() - new.keys())),
        changed=tuple(sorted(key for key in old.keys() & new.keys() if old[key] != new[key])),
    )


def _other_period(briefing: Briefing, reads: Reads) -> Fault:
    return Fault(
        "other-period",
        Text(f"简报写的是{briefing.period}，数据快照是{reads.period}",
             f"the briefing is of {briefing.period}, the snapshot of {reads.period}"),
        Text("请用同一期间的数据快照核对", "check it against a snapshot of its own period"),
    )  # fmt: skip


def _not_from(briefing: Briefing, before: Reads) -> Fault:
    made, given = briefing.snapshot[:23], before.identifier[:23]
    return Fault(
        "not-made-from",
        Text(f"简报由数据快照{made}…写成，而给出的是{given}…",
             f"the briefing was made from {made}…, and {given}… was given"),
        Text("请给出写成它的数据快照，或者不写 --before", "give the one it was made from, or leave --before out"),
    )  # fmt: skip
