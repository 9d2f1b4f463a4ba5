"""Clauses of a Chinese wording: what each says, or that it was not understood.

The text is in one writing already (:mod:`plain_text`). It is cut at semicolons, full stops and commas;
the longest run of pieces that one reader understands becomes a clause. The readers are listed, in
order, in :data:`READERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from steelyard.scheme.wording.chinese import awards, bounds, computed, whole
from steelyard.scheme.wording.chinese.amounts import NUMERAL, award_at_end, counted_award
from steelyard.scheme.wording.clauses import (
    About,
    Break,
    Clause,
    Each,
    Row,
    TableOf,
    Unclear,
)
from steelyard.scheme.wording.plain_text import UNIT

_LONGEST_RUN = 4


def heard(text: str) -> list[Clause]:
    """The clauses of a plain text, a :class:`Break` after each sentence or part of one."""
    clauses: list[Clause] = []
    for segment in re.split("[;。]", _with_remarks_apart(text)):
        if segment.strip(","):
            clauses += [*_segment(segment.strip(",")), Break()]
    return clauses


_REMARK = re.compile(
    r"\(((?:上(?:一)?年|不足|不满|就高|不重复|同一|扣完|最多|最高|不超过|累计|仅限)[^()]*)\)"
)


def _with_remarks_apart(text: str) -> str:
    """（不足1个百分点的不计）becomes a clause of its own."""
    text = re.sub(f"\\(({NUMERAL}分)\\)", r"\1", text)
    return _REMARK.sub(lambda found: f",{found[1].replace(',', '')},", text)


def _segment(segment: str) -> Iterator[Clause]:
    segment = re.sub(
        "^(?:其中|具体为|评分标准|计分办法|注):?|^[(]?\\d{1,2}[).、](?!\\d)", "", segment
    )
    for read in SEGMENT_READERS:
        clauses = read(segment)
        if clauses:
            yield from clauses
            return
    yield from _pieces([piece for piece in re.split(",|(?<=分)、", segment) if piece])


def _pieces(pieces: list[str]) -> Iterator[Clause]:
    place = 0
    while place < len(pieces):
        clause, length = _longest(pieces, place)
        yield clause
        place += length


def _longest(pieces: list[str], place: int) -> tuple[Clause, int]:
    """The clause that the longest run of pieces makes."""
    for length in range(min(_LONGEST_RUN, len(pieces) - place), 0, -1):
        run = pieces[place : place + length]
        if any(award_at_end(piece) for piece in run[:-1]) and not _may_hold_awards(run):
            continue
        if _EXCEPTION.search(",".join(run)):
            continue
        for read in READERS:
            clause = read(",".join(run))
            if clause is not None:
                return clause, length
    return Unclear(pieces[place]), 1


_EXCEPTION = re.compile("除外|例外|不在此[限列]|原则上")
"""What no clause says: whatever else a piece says, it does not hold without that."""


def _may_hold_awards(run: list[str]) -> bool:
    """完成数达到目标数得满分，不足的按比例得分 is one clause with an award inside, and so is
    提供虚假材料的，该项不得分，并降低一个等次."""
    return (len(run) == 2 and "比例" in run[1]) or whole.ends_a_veto(run[-1])


def _table_of(segment: str) -> list[Clause] | None:
    """按级别计分:“省级”得5分,“市级”得3分."""
    found = re.fullmatch("按(?P<subject>[^:,]+?)计分:(?P<rows>“.*)", segment)
    if not found:
        return None
    rows = [_quoted_row(piece) for piece in re.split(",(?=“)", found["rows"])]
    if any(row is None for row in rows):
        return None
    return [TableOf(found["subject"], tuple(row for row in rows if row is not None))]


def _quoted_row(piece: str) -> Row | None:
    found = re.fullmatch("“([^“”]*)”(.+)", piece)
    said = award_at_end(found[2]) if found else None
    return Row(found[1], said[1]) if found and said and not said[0] else None


def _about(segment: str) -> list[Clause] | None:
    """按结案数÷受理数计分:≥90%得10分."""
    found = re.fullmatch(
        "(?:按|按照|根据)(?P<subject>[^:,;]+?)(?:计分|得分|给分|评分)[:,](?P<rest>.+)", segment
    )
    if not found or "比例" in found["subject"]:
        return None
    return [About(found["subject"]), *_segment(found["rest"])]


_DISTRIBUTED = re.compile(
    f"(?P<keys>[^;每]+?)(?P<per>每{UNIT}|每1{UNIT})?(?:的)?,?(?:分别)(?P<verb>得|加|扣|计|奖励|奖)?"
    f"(?P<all>{NUMERAL}分?(?:[、,/]{NUMERAL}分?)+)"
)


def _distributed(segment: str) -> list[Clause] | None:
    """省、市、县级分别得5、3、2分."""
    found = _DISTRIBUTED.fullmatch(segment)
    if not found:
        return None
    numbers = (
        re.findall(NUMERAL, found["all"])
        if "/" not in found["all"]
        else found["all"].rstrip("分").split("/")
    )
    keys = _level_keys(found["keys"])
    if len(keys) != len(numbers) or not segment.endswith("分"):
        return None
    awards = [counted_award(one.rstrip("分"), found["verb"] or "") for one in numbers]
    pairs = zip(keys, awards, strict=True)
    if found["per"]:
        unit = found["per"].lstrip("每1")
        return [Each(key, "event", "", "1", unit, award) for key, award in pairs]
    return [Row(key, award) for key, award in pairs]


LEVELS = "(?:国家|中央|部|省部|省|自治区|地市|市|地|州|县区|县市|区县|县|区|乡镇|镇|街道|村|厅|局|处|国际)"
_LEVEL_LIST = re.compile(
    f"(?P<before>[^、,]*?)(?P<levels>{LEVELS}级?(?:[、,和]{LEVELS}级?)+)(?P<after>[^、,]*)"
)


def _level_keys(words: str) -> list[str]:
    """国家、省、市级 are 国家级, 省级, 市级; 在省、市推广 are 在省推广, 在市推广."""
    found = _LEVEL_LIST.fullmatch(words.rstrip("的,"))
    if not found:
        keys = re.split("[、,和]", words.rstrip("的,"))
        return keys if all(_ROW_KEY.fullmatch(key) for key in keys) else []
    levels = re.split("[、,和]", found["levels"])
    has_end = levels[-1].endswith("级")
    named = [level if level.endswith("级") or not has_end else f"{level}级" for level in levels]
    return [f"{found['before']}{level}{found['after']}" for level in named]


_ROW_KEY = re.compile(
    f"(?:[^\\d,;每]{{0,8}}?{LEVELS}(?:级|委)(?:及以上|以上)?[^\\d,;每]{{0,10}}"
    "|优秀|良好|优|良|中|差|一般|较好|较差|好|合格|基本合格|不合格|基本达标|基本完成|[一二三四五]等奖|特等奖|[A-Ea-e]级?|[一二三四五]类|[一二三四五]级)"
    "(?:等次|等级|档次|的)?"
)


def _rows(segment: str) -> list[Clause] | None:
    """省级5分、市级3分、县级2分; 优秀得10分，良好得8分."""
    pieces = [piece for piece in re.split(",|(?<=分)、", segment) if piece]
    rows: list[Clause] = []
    for place, piece in enumerate(pieces):
        said = award_at_end(piece)
        if not said or not _ROW_KEY.fullmatch(said[0]):
            return [*rows, *_pieces(pieces[place:])] if len(rows) > 1 else None
        rows.append(Row(said[0].removesuffix("的"), said[1]))
    return rows if len(rows) > 1 else None


SEGMENT_READERS: tuple[Callable[[str], list[Clause] | None], ...] = (
    _table_of, _about, _distributed, _rows,
)  # fmt: skip
READERS: tuple[Callable[[str], Clause | None], ...] = (
    bounds.down_to_zero,
    bounds.no_cap,
    bounds.most,
    bounds.counting,
    bounds.zero_base,
    bounds.highest_once,
    bounds.target,
    bounds.from_full,
    whole.state_of_data,
    whole.whole,
    whole.veto,
    awards.otherwise,
    computed.place,
    computed.share_of_best,
    computed.reaches_mean,
    computed.judged,
    computed.in_proportion,
    computed.computed,
    awards.each,
    awards.step,
    awards.always,
    whole.remark,
    bounds.number_to_do,
    awards.when,
)
