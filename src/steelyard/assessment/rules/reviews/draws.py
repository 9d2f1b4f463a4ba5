"""Which case files does a seed draw from a frozen table? Anyone draws the same again.

The files of a unit are put in the order of ``sha256(seed + "\\n" + unit + "\\n" + key)``, each text in
UTF-8; the first so many are drawn, the next so many wait in reserve. No generator of random numbers
has a part in it, so neither a machine nor a version of Python can give another draw, and a file of
one unit says nothing about the files of another. ``docs/guides/draw_case_files.md``
draws again in ten lines.

Hashing makes the order fair only to a seed that nobody chose for what it draws. So the seed comes from
public chance of a moment after the table was frozen, is typed before a witness, and is noted with
where it comes from, the snapshot's identifier and the hour.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from steelyard.assessment.rules.states import Stage
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal
from steelyard.scheme.case_files import CaseFiles

MOST = 200
"""Files, and reserves, of a unit."""

SHORTEST_SEED = 6
_ONE_LINE = re.compile(r"[^\x00-\x1f\x7f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A file that was drawn. ``place``: from 1, in the order of the draw within its unit."""

    unit: str
    key: str
    place: int
    is_reserve: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """``population``: unit → how many files it has. ``short``: units with fewer than were wanted.

    Of a unit that is short all files are drawn.
    """

    files: tuple[Drawn, ...]
    population: Mapping[str, int]
    short: tuple[str, ...]


def digest(seed: str, unit: str, key: str) -> str:
    return hashlib.sha256(f"{seed}\n{unit}\n{key}".encode()).hexdigest()


def draw(
    seed: str, units: Iterable[str], rows: Iterable[tuple[str, str]], wanted: int, reserves: int
) -> Drawing:
    """Draw from rows (unit, key). Units that have no file are in the population, with 0.

    Raises:
        ValueError: a key stands under two units.
    """
    held: dict[str, set[str]] = {unit: set() for unit in units}
    owner: dict[str, str] = {}
    for unit, key in rows:
        if owner.setdefault(key, unit) != unit:
            raise ValueError(f"{key} stands under {owner[key]} and under {unit}")
        if unit in held:
            held[unit].add(key)
    files = tuple(
        Drawn(unit, key, place, place > wanted)
        for unit in sorted(held)
        for place, key in enumerate(_first(seed, unit, held[unit], wanted + reserves), 1)
    )
    population = {unit: len(held[unit]) for unit in sorted(held)}
    short = tuple(unit for unit, there in population.items() if there < wanted)
    return Drawing(files, population, short)


def _first(seed: str, unit: str, keys: Collection[str], many: int) -> list[str]:
    return sorted(keys, key=lambda key: (digest(seed, unit, key), key))[:many]


def against_drawing(drawing: Drawing) -> tuple[Refusal, ...]:
    """A draw is made once: one of nothing would keep the type from being drawn when its table is there."""
    if drawing.files:
        return ()
    return (
        refusal(
            "no_files",
            Text("快照中没有这一类案卷，无从抽取", "the snapshot has no file of this type: there is nothing to draw"),
            Text("请先报送该类案卷的数据表并冻结快照，再抽取",
                 "have its table delivered and freeze a snapshot, then draw"),
            "file_type",
        ),
    )  # fmt: skip


# --- may it be drawn? -----------------------------------------------------------------------

DRAWS_IN = (Stage.COLLECTING, Stage.COMPARING, Stage.SCORING)
"""While these stages last, files are drawn and reviewed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the office asks for, as it typed it. ``days``: working days for the units to bring the files."""

    file_type: str
    input_code: str
    seed: str
    seed_origin: str
    witness: str
    wanted: int
    reserves: int
    days: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a draw stands on. ``frozen``: the period of the frozen snapshot, None if it is not frozen;
    ``inputs_fed``: the inputs to which the scheme says that case files give a figure."""

    stage: Stage
    period: tuple[date, date]
    frozen: tuple[date, date] | None
    known_types: Collection[str]
    drawn_types: Collection[str]
    inputs_fed: Mapping[str, CaseFiles]
    drawer: str


def against(wanted: Wanted, ground: Ground) -> tuple[Refusal, ...]:
    """Everything that stands against a draw."""
    return tuple(found for limit in LIMITS if (found := limit(wanted, ground)) is not None)


def stage_is_right(_: Wanted, ground: Ground) -> Refusal | None:
    if ground.stage in DRAWS_IN:
        return None
    return refusal(
        "wrong_stage",
        Text("现在不是抽取案卷的阶段", "files are not drawn in this stage"),
        Text("填报开始后、数据冻结前可以抽取", "draw after the collection opened and before the freeze"),
    )  # fmt: skip


def table_is_frozen(_: Wanted, ground: Ground) -> Refusal | None:
    if ground.frozen == ground.period:
        return None
    return refusal(
        "not_frozen",
        Text("只能从本考核期的已冻结数据快照中抽取", "files are drawn from a frozen snapshot of this period alone"),
        Text("请先冻结本期数据快照", "freeze one first"),
        "snapshot",
    )  # fmt: skip


def type_is_known(wanted: Wanted, ground: Ground) -> Refusal | None:
    if wanted.file_type in ground.known_types:
        return None
    return Refusal(
        "unknown_type", Text("没有这一类案卷", "there is no such type of file"), "file_type"
    )


def type_is_drawn_once(wanted: Wanted, ground: Ground) -> Refusal | None:
    if wanted.file_type not in ground.drawn_types:
        return None
    return refusal(
        "drawn_already",
        Text("这一类案卷已经抽取", "files of this type were drawn already"),
        Text("抽取只进行一次，不得重抽", "a draw is made once and not repeated"),
        "file_type",
    )


def scheme_asks_for_files(_: Wanted, ground: Ground) -> Refusal | None:
    return None if ground.inputs_fed else no_figure_of_files()


def no_figure_of_files() -> Refusal:
    """A scheme that no file can be drawn for, and what to do."""
    return refusal(
        "no_figure_of_files",
        Text("细则没有写明哪个数据项由案卷评查得出，抽取的案卷无处可用",
             "the scheme names no figure that case files give: what is drawn would feed nothing"),
        Text("请在细则（签发后用修订）把该数据项的“由案卷评查得出”选为案卷平均分或者案卷缺陷率",
             "in the scheme (by an amendment, once it is issued) say of a figure that case files give it: "
             "mean points or defect rate"),
        "input_code",
    )  # fmt: skip


def input_takes_it(wanted: Wanted, ground: Ground) -> Refusal | None:
    if not ground.inputs_fed or wanted.input_code in ground.inputs_fed:
        return None
    return refusal(
        "not_fed_by_reviews",
        Text("细则没有写明这一数据项由案卷评查得出", "the scheme does not say that case files give this figure"),
        Text("请选择细则写明由案卷评查得出的数据项", "choose one of which it says so"),
        "input_code",
    )  # fmt: skip


def input_takes_the_type(wanted: Wanted, ground: Ground) -> Refusal | None:
    of = ground.inputs_fed.get(wanted.input_code)
    if of is None or of.takes(wanted.file_type) or wanted.file_type not in ground.known_types:
        return None
    listed = "、".join(of.types)
    return refusal(
        "input_of_other_files",
        Text(f"细则写明这一数据项只用{listed}类案卷", f"by the scheme this figure is of {listed} alone"),
        Text("请改选案卷类型或者数据项", "choose another type of file, or another figure"),
        "input_code",
    )  # fmt: skip


def seed_is_one_line(wanted: Wanted, _: Ground) -> Refusal | None:
    if len(wanted.seed) >= SHORTEST_SEED and _ONE_LINE.fullmatch(wanted.seed):
        return None
    return refusal(
        "bad_seed",
        Text("种子太短或者含有不可见字符", "the seed is too short, or has characters that cannot be seen"),
        Text(f"请输入至少{SHORTEST_SEED}个字符的一行文字", f"type one line of at least {SHORTEST_SEED} characters"),
        "seed",
    )  # fmt: skip


def seed_has_an_origin(wanted: Wanted, _: Ground) -> Refusal | None:
    if wanted.seed_origin:
        return None
    return Refusal(
        "no_origin", Text("请写明种子的来源", "say where the seed comes from"), "seed_origin"
    )


def somebody_else_saw_it(wanted: Wanted, ground: Ground) -> Refusal | None:
    if wanted.witness and wanted.witness != ground.drawer:
        return None
    return refusal(
        "no_witness",
        Text("抽取须由两人在场", "a draw is made by two persons"),
        Text("请填写另一名在场人员的姓名", "name the other one"),
        "witness",
    )


def numbers_are_in_bounds(wanted: Wanted, _: Ground) -> Refusal | None:
    if 1 <= wanted.wanted <= MOST and 0 <= wanted.reserves <= MOST and 1 <= wanted.days <= 60:
        return None
    return Refusal(
        "out_of_bounds", Text("数量或者天数超出范围", "a number is out of bounds"), "wanted"
    )


LIMITS = (
    stage_is_right, table_is_frozen, type_is_known, type_is_drawn_once,
    scheme_asks_for_files, input_takes_it, input_takes_the_type,
    seed_is_one_line, seed_has_an_origin, somebody_else_saw_it, numbers_are_in_bounds,
)  # fmt: skip
