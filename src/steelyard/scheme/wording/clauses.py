"""What one clause of a wording says, before the clauses are put together to a rule.

Readers of either language make these; :mod:`steelyard.scheme.wording.arranging` joins them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Status = Literal["in", "out", "usual", "open"]
"""Whether an edge belongs: said so, said not, by the usual meaning of 以上/以下, or left open."""

WholeKey = Literal["zero_if", "full_if", "not_applicable_if"]
Motion = Literal["short", "over", "growth", "decline", "event"]


@dataclass(frozen=True, slots=True)
class Award:
    """Points given, or taken away. ``points`` is a number, ``full`` or a formula."""

    points: int | str
    taken: bool = False
    added: bool = False
    """Given on top of something: 加2分."""
    spared: bool = False
    """不扣分: nothing is taken."""
    is_bare: bool = False
    """3分, without a verb: perhaps a part of the points, not what is given for it."""


@dataclass(frozen=True, slots=True)
class Edge:
    value: str
    status: Status


@dataclass(frozen=True, slots=True)
class RawBand:
    """A band as worded, its edges perhaps left open. ``unit`` is the unit of its numbers."""

    low: Edge | None = None
    high: Edge | None = None
    unit: str = ""

    @property
    def is_one_value(self) -> bool:
        return self.low is not None and self.low == self.high


@dataclass(frozen=True, slots=True)
class Condition:
    """A thing that is so or not so, or (with a band) a quantity that lies somewhere."""

    words: str
    denied: bool = False
    band: RawBand | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """≥90%得10分. The subject is empty where it is the item itself."""

    subject: str
    band: RawBand
    award: Award


@dataclass(frozen=True, slots=True)
class Otherwise:
    """其余不得分; ``is_else`` of one condition, 否则不得分."""

    award: Award
    is_else: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """完成得5分, 未报送的扣2分."""

    condition: Condition
    award: Award


@dataclass(frozen=True, slots=True)
class Always:
    """得满分, said of nothing in particular."""

    award: Award


@dataclass(frozen=True, slots=True)
class Each:
    """每缺1次扣0.5分. ``target`` is from where it counts, if this clause says so."""

    subject: str
    motion: Motion
    what: str
    size: str
    unit: str
    award: Award
    target: Edge | None = None
    every_is_understood: bool = False
    """发现1处扣2分, without 每."""
    is_whole: bool = False
    """每满10件: only whole steps count."""
    verb: str = ""
    """How it is short or over: 少, 超, 增加."""
    is_of_mean: bool = False
    """低于平均值的，每低1个百分点: counted from the mean that another clause names."""


@dataclass(frozen=True, slots=True)
class Counting:
    """不足1个百分点的按1个百分点计: how parts of a step count."""

    count: Literal["full", "started", "exact"]
    step: Step | None = None
    """不足1次不得分 beside other steps is the lowest of them."""
    size: str = ""
    unit: str = ""
    as_size: str = ""
    """As what a part counts: 不足10天的按10天计."""
    as_unit: str = ""

    @property
    def gives_nothing(self) -> bool:
        """不得分, which of a step that takes points cannot be meant."""
        return self.step is not None and not self.step.award.spared


@dataclass(frozen=True, slots=True)
class ZeroBase:
    """上年为0的，以1计."""

    base: str


@dataclass(frozen=True, slots=True)
class Most:
    """最高得5分, 最多扣5分, 不超过5分."""

    points: int | str
    taken: bool | None = None


@dataclass(frozen=True, slots=True)
class DownToZero:
    """扣完为止."""


@dataclass(frozen=True, slots=True)
class Target:
    """以90%为基准; 会议不少于4次."""

    edge: Edge
    of: str = ""
    unit: str = ""
    is_bare: bool = False
    """全年召开4次, without saying whether at least or at most: what is counted from it says so."""
    said: str = ""


@dataclass(frozen=True, slots=True)
class FromFull:
    """以满分为基础, or 基础分10分."""

    points: int | str = "full"


@dataclass(frozen=True, slots=True)
class Computed:
    """得分＝完成率×15."""

    words: str
    taken: bool = False


@dataclass(frozen=True, slots=True)
class InProportion:
    """按完成比例得分; with ``of`` and ``target``, 完成数达到目标数得满分，不足的按比例得分."""

    of: str = ""
    target: str = ""
    award: Award = field(default_factory=lambda: Award("full"))
    unit: str = ""
    """The unit of the target, where that is a number."""


@dataclass(frozen=True, slots=True)
class Row:
    """省级5分: a row of a look-up table, or one of several things that may hold."""

    key: str
    award: Award


@dataclass(frozen=True, slots=True)
class TableOf:
    """按级别计分：“省级”得5分，“市级”得3分."""

    subject: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """第1名得10分, 第2至3名得8分, 前3名得5分, 第4名及以后得1分."""

    first: int
    last: int | None
    award: Award
    of: str = ""
    """By what the places are given: 调解成功率排名前5."""
    is_of_all: bool = False
    """办案量，全省排名第1—5名: the place among all assessed units, which is computed."""


@dataclass(frozen=True, slots=True)
class ShareOfBest:
    """与最高值之比×分值."""

    points: int | str = "full"


@dataclass(frozen=True, slots=True)
class ReachesMean:
    """达到全省平均值的得满分; without an award 以全省平均值为基准."""

    of: str = ""
    award: Award | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """由专家评审打分, 酌情扣分."""

    taken: bool = False


@dataclass(frozen=True, slots=True)
class HighestOnce:
    """同一项目就高不重复计分."""


@dataclass(frozen=True, slots=True)
class NoCap:
    """不设上限."""


@dataclass(frozen=True, slots=True)
class Whole:
    """全年无案件的，本项不得分: what decides the whole item."""

    key: WholeKey
    condition: Condition


@dataclass(frozen=True, slots=True)
class About:
    """按结案数÷受理数计分: what the steps that follow are about."""

    words: str


@dataclass(frozen=True, slots=True)
class StateOfData:
    """无可比基数的不得分: a state of the data, and its outcome."""

    state: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Vetoed:
    """发生重大事故的，一票否决."""

    condition: Condition
    then: tuple[tuple[str, str], ...] = ()
    is_for_forgery: bool = False
    """提供虚假材料的: by how many items were found to be forged, which nobody supplies."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What changes no points: 以系统数据为准."""

    words: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """What was not understood, and why, if that can be said."""

    words: str
    why_zh: str = "没有读懂"
    why_en: str = "not understood"


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a sentence or of a part that stands between semicolons."""


Clause = (
    Step | Otherwise | When | Always | Each | Counting | ZeroBase | Most | DownToZero | Target
    | FromFull | Computed | InProportion | Row | TableOf | Place | ShareOfBest | ReachesMean | Judged | HighestOnce
    | NoCap | Whole | About | StateOfData | Vetoed | Remark | Unclear | Break
)  # fmt: skip
