"""Which figures are missing, who has decided about them, and may the office let one count so?

A figure that a body supplies is missing where none counts, of a unit to which an item that needs it applies.
Nobody takes that for zero: the body is urged, or the office decides, with its reason, that the figure counts
as lacking, as the scheme's rule says; where the rule refuses that, nothing but a figure helps.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from steelyard.assessment.rules.figures.counting import Key
from steelyard.assessment.rules.figures.lacks import LACKS, Lack
from steelyard.assessment.rules.schemes.division import Division, Way, inputs_of
from steelyard.assessment.rules.states import ASSESSMENT, Stage
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import NOT_ALLOWED, Refusal
from steelyard.kernel.refusing import refusal
from steelyard.scheme.model import ROOT, Item, Scheme, State
from steelyard.weighing.points.board import Board
from steelyard.weighing.points.tree import led_to
from steelyard.weighing.values import Values

LONGEST_REASON = 2000
MOST_NAMED = 20
WHEN = frozenset({Stage.COLLECTING, Stage.COMPARING, Stage.SCORING})


@dataclass(frozen=True, slots=True)
class Said:
    """What a body signed of a figure that it does not have: how it is lacking, and why."""

    status: Lack
    note: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What the office decided of it; who, and on which day."""

    status: Lack
    reason: str
    by: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A figure that no one has given. ``items``: those that need it, "" the total; ``said`` None: no sheet is
    signed; ``refused_by``: the items for which the scheme refuses to weigh without it. Of a figure that
    ``is_computed`` from records, ``why`` says what was not delivered, and ``bodies`` by whom."""

    unit: str
    input: str
    items: tuple[str, ...]
    said: Said | None = None
    decided: Decided | None = None
    refused_by: tuple[str, ...] = ()
    is_computed: bool = False
    why: tuple[Text, ...] = ()
    bodies: tuple[Text, ...] = ()

    @property
    def status(self) -> Lack:
        """How it is lacking: as its body says, and just missing as long as it says nothing."""
        return self.said.status if self.said else Lack.MISSING

    @property
    def is_decided(self) -> bool:
        """For what its body says now, and so that the scheme weighs it."""
        is_about_this = self.decided is not None and self.decided.status is self.status
        return is_about_this and not self.refused_by


def needed(
    scheme: Scheme, divided: Division, ways: Collection[Way] = (Way.SHEET, Way.OWN)
) -> Mapping[Key, tuple[str, ...]]:
    """(unit, input) → the items that need it, of all figures that come these ways: if nothing else is said, of
    those that bodies supply and those that units report."""
    found: dict[Key, tuple[str, ...]] = {}
    for code in (code for code, way in divided.way.items() if way in ways):
        takers = [one for one in scheme.item.values() if code in inputs_of(scheme, one)]
        for unit in scheme.assessed:
            own = tuple(one.code for one in takers if _applies(scheme, one, unit.group))
            if own or not takers:
                found[unit.code, code] = own
    return found


def _applies(scheme: Scheme, item: Item, group: str) -> bool:
    """Whether neither the item nor one above it is for other groups alone."""
    if item.applies_to and group not in item.applies_to:
        return False
    return item.code == ROOT or _applies(scheme, scheme.item[item.parent], group)


def missing(
    scheme: Scheme, wanted: Mapping[Key, tuple[str, ...]], there: Iterable[Key],
    said: Mapping[Key, Said], decided: Mapping[Key, Decided], without: Iterable[Key] = (),
) -> tuple[Missing, ...]:  # fmt: skip
    """In the order of the scheme. ``there``: figures that count; ``without``: (unit, item) that a body found
    not to apply, and that need nothing."""
    counted, exempt = frozenset(there), frozenset(without)
    found = []
    for key, items in wanted.items():
        still = tuple(item for item in items if (key[0], item) not in exempt)
        if key in counted or (items and not still):
            continue
        status = said[key].status if key in said else Lack.MISSING
        found.append(Missing(
            unit=key[0], input=key[1], items=still, said=said.get(key), decided=decided.get(key),
            refused_by=tuple(refusing(scheme, still, status)),
        ))  # fmt: skip
    return tuple(found)


def refusing(scheme: Scheme, items: Iterable[str], status: Lack) -> Iterator[str]:
    """The items that the scheme refuses to weigh without the figure. A leaf of which a figure does not apply
    does not apply itself; a group has no such rule."""
    board = Board(scheme, Values())
    for code in items:
        is_leaf = not scheme.children[code]
        if status is Lack.NOT_APPLICABLE and is_leaf:
            continue
        state = Lack.MISSING if status is Lack.NOT_APPLICABLE else status
        if led_to(board, scheme.item[code], cast("State", state.value)) == "refuse":
            yield code


def named(scheme: Scheme, one: Missing) -> Text:
    """The unit, the items and the figure."""
    unit, figure = scheme.unit[one.unit].title, scheme.inputs[one.input].title
    items = ", ".join(code or "total" for code in one.items)
    zh = "、".join(code or "总分" for code in one.items)
    return Text(
        f"{unit.say('zh')}·{f'{zh} ' if zh else ''}{figure.say('zh')}",
        f"{unit.say('en')}: {f'{items} ' if items else ''}{figure.say('en')}",
    )


def the_first_of(names: Sequence[Text]) -> Text:
    """As many as a sentence bears.

    >>> the_first_of([Text(f"甲{n}", f"a{n}") for n in range(MOST_NAMED + 1)]).en.endswith(" …")
    True
    """
    shown, more = names[:MOST_NAMED], len(names) > MOST_NAMED
    zh = "；".join(one.zh for one in shown) + ("……" if more else "")
    en = "; ".join(one.en for one in shown) + (" …" if more else "")
    return Text(zh, en)


def undecided(listed: Iterable[Text]) -> Refusal | None:
    """In the way of scoring and of the freeze. ``listed``: each with its unit and items."""
    names = tuple(listed)
    if not names:
        return None
    first = the_first_of(names)
    return refusal(
        "missing_figures",
        Text(f"缺少{len(names)}项数据，尚未决定怎样处理：{first.zh}",
             f"figures are missing, and nobody decided about them ({len(names)}): {first.en}"),
        Text("请催办数据来源单位补报，或者在“缺少的数据”页逐项决定按缺数计（各单位自报而已签发的，不能补报）",
             "have the body deliver it, or decide of each on the page “Missing figures” that it counts as lacking"
             " (what a unit reports itself and has signed without, nobody delivers any more)"),
    )  # fmt: skip


def against_reason(reason: str, figures: Sequence[Key]) -> tuple[Refusal, ...]:
    """What is decided is named, and has its reason."""
    if not figures:
        said = Text("请选择要决定的数据", "choose the figures to decide about")
        return (Refusal("none_chosen", said, "figures"),)
    if not reason.strip():
        return (Refusal("no_reason", Text("请写明理由", "say why"), "reason"),)
    if len(reason) > LONGEST_REASON:
        said = Text(f"超过{LONGEST_REASON}个字", f"longer than {LONGEST_REASON} letters")
        return (Refusal("too_long", said, "reason"),)
    return ()


def against_deciding(
    key: Key, found: Missing | None, *, stage: Stage, is_ones_own: bool = False
) -> tuple[Refusal, ...]:
    """Everything that stands against letting a figure count as lacking. ``found`` None: it is not missing."""
    of = f"{key[0]} {key[1]}"
    if is_ones_own:
        said = Text(
            f"{of}：您在该单位任职，须由他人决定",
            f"{of}: you hold a role in this unit; somebody else decides",
        )
        return (Refusal(NOT_ALLOWED, said),)  # fmt: skip
    if stage not in WHEN:
        here = ASSESSMENT.states[stage]
        said = Text(
            f"考核处于“{here.zh}”阶段，不再决定", f"the assessment is at the stage “{here.en}”"
        )
        return (Refusal("wrong_stage", said),)
    if found is None:
        return (
            Refusal(
                "not_missing", Text(f"{of}：这项数据不缺", f"{of}: this figure is not missing")
            ),
        )
    return (_scheme_refuses(of, found),) if found.refused_by else ()


def _scheme_refuses(of: str, found: Missing) -> Refusal:
    how = LACKS[found.status]
    zh = "、".join(code or "总分" for code in found.refused_by)
    en = ", ".join(code or "the total" for code in found.refused_by)
    return refusal(
        "scheme_refuses",
        Text(f"{of}：细则不允许{zh}在数据“{how.zh}”时计分",
             f"{of}: the scheme does not weigh {en} where a figure is “{how.en}”"),
        Text("请催办数据来源单位补报，或者修订细则中缺数的处理（on）",
             "have the body deliver it, or amend what the scheme says of it ([on])"),
    )  # fmt: skip
