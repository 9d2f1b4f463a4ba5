"""Which figures from records will there be none of, and whom does the scheme refuse to weigh without them?

What was not delivered is missing, not zero; and a share may have nothing to divide by. Either is known before
the freeze. Not every such figure holds up a weighing: a rule may ask another question first. So the rules
themselves are asked, on the values that are there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from steelyard.assessment.rules.figures.counting import Key
from steelyard.assessment.rules.figures.lacks import Lack
from steelyard.assessment.rules.figures.missing import Decided, Missing, Said, needed
from steelyard.assessment.rules.schemes.division import Division, Way
from steelyard.kernel.bilingual import Text
from steelyard.kernel.periods import Period
from steelyard.records.intake.delivery import written_period
from steelyard.scheme.model import Scheme
from steelyard.weighing.points.board import Board, ItemScore, Scope, Unknown
from steelyard.weighing.points.formulas import WrongType, holds, number
from steelyard.weighing.points.tree import TO_BE_FILLED
from steelyard.weighing.values import Values

TOTAL = ""
REFUSED = "refused"
_LACKING = frozenset({Lack.MISSING.value, Lack.NO_BASE.value})


@dataclass(frozen=True, slots=True)
class Lacking:
    """How a figure will be lacking; ``why``: what was not delivered, in words; ``bodies``: by whom."""

    status: Lack
    why: tuple[Text, ...] = ()
    bodies: tuple[Text, ...] = ()


def not_delivered(
    table: Text, period: Period, bodies: tuple[Text, ...], too_late: date | None = None
) -> Text:
    """``too_late``: the cut-off of the assessment, if a delivery is accepted that knows of later days.

    >>> year, police = Period(date(2021, 1, 1), date(2022, 1, 1)), Text("公安厅", "Police")
    >>> not_delivered(Text("案件", "cases"), year, (police,)).en
    'cases, 2021: not delivered (Police)'
    >>> not_delivered(Text("案件", "cases"), year, (police,), date(2022, 1, 10)).en
    'cases, 2021: delivered with a cut-off later than 2022-01-10, which does not count (Police)'
    """
    zh, en = "、".join(one.say("zh") for one in bodies), ", ".join(one.say("en") for one in bodies)
    how = Text("未报送", "not delivered")
    if too_late is not None:
        how = Text(
            f"已报送，但数据截止日晚于{too_late}，不计入",
            f"delivered with a cut-off later than {too_late}, which does not count",
        )
    of = written_period(period)
    return Text(
        f"{table.say('zh')}（{of}）{how.zh}{f'：{zh}' if zh else ''}",
        f"{table.say('en')}, {of}: {how.en}{f' ({en})' if en else ''}",
    )


def missing_from_records(
    scheme: Scheme, divided: Division, values: Values,
    lacking: Mapping[Key, Lacking], decided: Mapping[Key, Decided],
) -> tuple[Missing, ...]:  # fmt: skip
    """In the order of the scheme. ``values``: all that counts now, those from records as they will be lacking."""
    board, found = Board(scheme, values), []
    for key, items in needed(scheme, divided, (Way.RECORDS,)).items():
        if key not in lacking:
            continue
        scores = {code: board.item(code)[key[0]] for code in items}
        held_up = tuple(code for code, score in scores.items() if _lacks(score))
        refused = [code for code in held_up if scores[code].why.startswith(REFUSED)]
        refused += [TOTAL] if _the_total_lacks(board, *key) else []
        if held_up or refused:
            found.append(Missing(
                unit=key[0], input=key[1], items=held_up, said=Said(lacking[key].status, ""),
                decided=decided.get(key), refused_by=tuple(refused), is_computed=True,
                why=lacking[key].why, bodies=lacking[key].bodies,
            ))  # fmt: skip
    return tuple(found)


def _lacks(score: ItemScore) -> bool:
    """Whether its points hang on a value that is not there."""
    why = score.why.removeprefix(f"{REFUSED}: ").removeprefix(f"{TO_BE_FILLED}: ")
    return why in _LACKING


def _the_total_lacks(board: Board, unit: str, code: str) -> bool:
    """Whether a veto or a tie-break asks for the figure: without it nothing is weighed."""
    return any(about.split(" ")[0] == code for about in _unknown_of_the_total(board, unit))


def _unknown_of_the_total(board: Board, unit: str) -> Iterator[str]:
    scope = Scope(board, unit, total=board.scheme.full[TOTAL])
    asked = [(holds, veto.when) for veto in board.scheme.vetoes]
    for ask, formula in [*asked, *((number, key) for key in board.scheme.ranking.tie_break)]:
        try:
            ask(formula, scope)
        except Unknown as unknown:
            yield unknown.about
        except WrongType:
            continue
