"""A scheme as values: what is weighed, and how. Read by :mod:`steelyard.scheme.read`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from steelyard.kernel.bilingual import Text
from steelyard.kernel.periods import Period
from steelyard.scheme.case_files import CaseFiles
from steelyard.scheme.formula import Formula
from steelyard.scheme.parts import AnyPart
from steelyard.scheme.tally import Tally

if TYPE_CHECKING:
    from steelyard.scheme.method import ItemMethod, Method
    from steelyard.scheme.uncertainty import Uncertainty

Label = Literal["official", "sample"]
Family = Literal["points", "index"]
Kind = Literal["item", "bonus", "deduction"]
Combine = Literal["sum", "mean", "weighted_mean", "lowest", "highest"]
WhenNotApplicable = Literal[
    "rescale", "spread", "reweight", "drop", "full", "zero", "mean_of_others"
]
State = Literal["missing", "no_base", "no_material", "unreliable", "late", "forged"]
Outcome = Literal["refuse", "zero", "full", "not_applicable", "mean_of_others", "ignore"]
InputType = Literal["number", "count", "share", "yes_no", "text", "date"]
Ties = Literal["shared", "dense", "mean"]
ROOT = ""
UNBOUNDED: Literal["none"] = "none"


@dataclass(frozen=True, slots=True)
class Unit:
    """An assessed unit 被考核单位. ``tile`` is its column and row in the region's tile grid."""

    code: str
    title: Text
    group: str = ""
    parent: str = ""
    tile: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """A column of the data: what it is, what it may hold, who supplies it.

    With ``records``, a SQL SELECT over the tables of a snapshot, and ``tally`` it is computed from
    frozen records; without, it is typed: supplied on a sheet, or ``judged`` by whoever scores the item
    that uses it. ``case_files``: the reviewed case files give it.
    """

    code: str
    title: Text = field(default_factory=Text)
    type: InputType = "number"
    unit_of_measure: Text = field(default_factory=Text)
    least: Fraction | None = None
    most: Fraction | None = None
    supplying_body: tuple[str, ...] = ()
    judged: bool = False
    case_files: CaseFiles | None = None
    source: Text = field(default_factory=Text)
    records: str = ""
    tally: Tally | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that the scheme itself states, as it holds in the scheme's period."""

    code: str
    title: Text
    value: Fraction
    source: Text = field(default_factory=Text)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A named quantity computed from the data, by a formula or by a part."""

    code: str
    title: Text
    formula: Formula | None = None
    rule: AnyPart | None = None
    unit_of_measure: Text = field(default_factory=Text)
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """What the source's own sum leaves open: kept in sight, never mended quietly."""

    points: Fraction
    note: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A node of the tree: a group if it has children, else a leaf with a rule."""

    code: str
    title: Text
    parent: str = ROOT
    kind: Kind = "item"
    points: Fraction | None = None
    weight: Fraction = Fraction(1)
    rule: AnyPart | None = None
    combine: Combine = "sum"
    when_not_applicable: WhenNotApplicable = "rescale"
    says_when_not_applicable: bool = False
    adjust: tuple[AnyPart, ...] = ()
    applies_to: tuple[str, ...] = ()
    not_applicable_if: Formula | None = None
    zero_if: Formula | None = None
    full_if: Formula | None = None
    cap: Formula | Literal["none"] | None = None
    floor: Formula | Literal["none"] | None = None
    on: Mapping[State, Outcome] = field(default_factory=dict)
    gap: Gap | None = None
    supplying_body: tuple[str, ...] = ()
    scoring_body: tuple[str, ...] = ()
    material: Text = field(default_factory=Text)
    source: Text = field(default_factory=Text)
    note: Text = field(default_factory=Text)
    method: ItemMethod | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """How the total is read: points or a percentage, rounded by the rule, shown to places."""

    as_: Literal["points", "percent"] = "points"
    rounded_to: int | None = None
    places: int = 2


@dataclass(frozen=True, slots=True)
class Ranking:
    ties: Ties = "shared"
    tie_break: tuple[Formula, ...] = ()
    tolerance: Fraction = Fraction(1, 10**9)


@dataclass(frozen=True, slots=True)
class Quota:
    """At most so many units: a share of those ranked, or a count."""

    share: Fraction | None = None
    count: int | None = None
    round: Literal["down", "up", "half_up"] = "down"
    within: Literal["all", "group"] = "all"
    ties: Literal["out", "in"] = "out"


@dataclass(frozen=True, slots=True)
class Floor:
    """The least that an item must reach: points, or a share of what is possible."""

    item: str
    points: Fraction | None = None
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    code: str
    title: Text
    at_least: Fraction | None = None
    above: Fraction | None = None
    requires: Formula | None = None
    floors: tuple[Floor, ...] = ()
    quota: Quota | None = None


@dataclass(frozen=True, slots=True)
class Veto:
    """A condition that overrules: a grade, a best grade, a total, a place."""

    code: str
    title: Text
    when: Formula
    grade: str = ""
    best_grade: str = ""
    lower_by: int = 0
    score: Fraction | None = None
    rank: Literal["", "last", "none"] = ""


@dataclass(frozen=True)
class Scheme:
    """A scheme 考核细则, whole and checked. Make one with :meth:`Scheme.read`.

    ``document`` is the scheme as plain data (numbers as exact text), from which it was made: it
    goes into every result and makes the scheme again. ``tiles`` are places of the region that are
    not assessed, which the tile grid shows all the same.
    """

    code: str
    version: str
    title: Text
    label: Label
    family: Family
    period: Period
    period_label: str
    earlier: tuple[str, ...]
    items: tuple[Item, ...]
    units: tuple[Unit, ...]
    root: Item
    document: Mapping[str, object] = field(repr=False, compare=False)
    legal_basis: Text = field(default_factory=Text)
    issuer: Text = field(default_factory=Text)
    note: Text = field(default_factory=Text)
    within: str = ""
    tiles: tuple[Unit, ...] = ()
    groups: Mapping[str, Text] = field(default_factory=dict)
    bodies: Mapping[str, Text] = field(default_factory=dict)
    inputs: Mapping[str, Input] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    lists: Mapping[str, Mapping[str, InputType]] = field(default_factory=dict)
    total: Total = field(default_factory=Total)
    on: Mapping[State, Outcome] = field(default_factory=dict)
    ranking: Ranking = field(default_factory=Ranking)
    grades: tuple[Grade, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    method: Method | None = None
    uncertainty: Uncertainty | None = None

    @cached_property
    def item(self) -> Mapping[str, Item]:
        """Every item by its code, the root under ``""``."""
        return {ROOT: self.root} | {item.code: item for item in self.items}

    @cached_property
    def children(self) -> Mapping[str, tuple[Item, ...]]:
        """The children of every item, in the order of the file; leaves have none."""
        found: dict[str, list[Item]] = {code: [] for code in self.item}
        for item in self.items:
            found[item.parent].append(item)
        return {code: tuple(items) for code, items in found.items()}

    @cached_property
    def leaves(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if not self.children[item.code])

    @cached_property
    def assessed(self) -> tuple[Unit, ...]:
        """The units that are weighed: those whose parent is ``within``."""
        return tuple(unit for unit in self.units if unit.parent == self.within)

    @cached_property
    def unit(self) -> Mapping[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def full(self) -> Mapping[str, Fraction]:
        """The full points of every item: its own, else what its children make.

        Bonus and deduction items have their ``points`` as a bound; it is not in their parent's full.
        """
        found: dict[str, Fraction] = {}
        for item in reversed(self.in_order):
            found[item.code] = item.points if item.points is not None else self._joined(item, found)
        return found

    def _joined(self, item: Item, full: Mapping[str, Fraction]) -> Fraction:
        counted = [child for child in self.children[item.code] if child.kind == "item"]
        if not counted:
            return Fraction(0)
        match item.combine:
            case "sum":
                return sum((full[child.code] for child in counted), Fraction(0))
            case "mean":
                return sum((full[child.code] for child in counted), Fraction(0)) / len(counted)
            case "weighted_mean":
                weight = sum((child.weight for child in counted), Fraction(0))
                summed = sum((full[c.code] * c.weight for c in counted), Fraction(0))
                return summed / weight if weight else Fraction(0)
            case _:
                return max(full[child.code] for child in counted)

    @cached_property
    def in_order(self) -> tuple[Item, ...]:
        """The root, then every item after its parent, as one reads the table."""
        found: list[Item] = []

        def visit(item: Item) -> None:
            found.append(item)
            for child in self.children[item.code]:
                visit(child)

        visit(self.root)
        return tuple(found)

    @classmethod
    def read(cls, path: str | Path, *, within: str | None = None) -> Scheme:
        """Read and check a scheme file.

        Raises:
            Faulty: with every fault, each with its file and line.
        """
        from steelyard.scheme.read import read_scheme

        return read_scheme(path, within=within)

    @classmethod
    def from_document(cls, document: Mapping[str, object]) -> Scheme:
        """Make a scheme from plain data, as it stands in ``result.json``."""
        from steelyard.scheme.read import scheme_from_document

        return scheme_from_document(document)
