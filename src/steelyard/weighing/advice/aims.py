"""The target as rows of the programme: what must at least be so if weighing is to confirm a plan.

The unit's total is bounded from above, a rival's from below. What a row cannot say (a condition on the
total, a tie-break that could not be followed) it leaves open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import log

from steelyard.scheme.formula import Formula
from steelyard.scheme.model import ROOT, Floor, Grade, Veto
from steelyard.weighing.advice.needs import Reader
from steelyard.weighing.advice.problem import Ceiling, Problem
from steelyard.weighing.advice.programme import Programme, Sum, Terms
from steelyard.weighing.advice.qualifying import qualifies
from steelyard.weighing.advice.targets import Target, ToGrade, ToPoints, ToRank
from steelyard.weighing.grades import seats
from steelyard.weighing.points.board import Scope, Unknown
from steelyard.weighing.points.formulas import number
from steelyard.weighing.result import Result, Standing
from steelyard.weighing.standings import is_enough, items_of, meets

_SAFE = 3e-6


@dataclass
class Aim:
    """A target of one unit, stated on a programme."""

    programme: Programme
    today: Result
    target: Target
    movable: frozenset[str]
    impossible: bool = False
    ahead: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.problem: Problem = self.programme.problem
        self.scheme = self.today.scheme
        self.unit = self.problem.unit
        self.reader = Reader(self.scheme)
        self.affected = {
            unit for c in self.problem.components for o in c.options for _, unit in o.adds
        }
        self.own = self._own_total()
        for veto in self.scheme.vetoes:
            if self._rules_out(veto):
                self._must_not_hold(veto)

    def state(self) -> None:
        """Put the target's rows on the programme."""
        match self.target:
            case ToRank(rank):
                self._reach_rank(rank)
            case ToGrade(code):
                self._reach_grade(code)
            case ToPoints(points):
                self._at_least({}, self._scaled(points) - self.problem.slack)

    # --- the unit's own total -------------------------------------------------------------------

    def _scaled(self, score: Fraction | float) -> float:
        """A score on the scale of the problem's totals."""
        if not self.problem.in_logs:
            return float(score)
        return log(score) if score > 0 else -1e3

    def _own_total(self) -> int:
        sums = {
            sink: self.programme.sum_of(sink, self.unit)
            for ceiling in self.problem.ceilings
            for sink in ceiling.slopes
        }
        first = self.problem.ceilings[0]
        low = float(first.at) + sum(float(s) * sums[k].low for k, s in first.slopes.items())
        high = float(first.at) + sum(float(s) * sums[k].high for k, s in first.slopes.items())
        sets = [veto for veto in self.scheme.vetoes if veto.score is not None]
        scores = [self._scaled(veto.score) for veto in sets if veto.score is not None]
        slack = self.problem.slack + _SAFE
        low, high = min([low, *scores]) - slack, max([high, *scores]) + slack
        column = self.programme.number(low, high)
        self.low, self.high = low, high
        self.lifts = self._lifts(sets, column)
        for ceiling in self.problem.ceilings:
            self.below(ceiling, column, self.lifts)
        return column

    def below(self, ceiling: Ceiling, column: int, lifts: Terms) -> None:
        """The own total is at most what a ceiling says, or what a veto sets it to."""
        terms: Terms = {column: 1.0}
        most = float(ceiling.at) + self.problem.slack + _SAFE
        for sink, slope in ceiling.slopes.items():
            one = self.programme.sum_of(sink, self.unit)
            most += float(slope) * one.at
            for k, v in one.terms.items():
                terms[k] = terms.get(k, 0.0) - float(slope) * v
        for k, v in lifts.items():
            terms[k] = terms.get(k, 0.0) - v
        self.programme.row(terms, high=most)

    def _lifts(self, vetoes: list[Veto], column: int) -> Terms:
        """Where a veto sets the total, it is that and not the sum."""
        lifts: Terms = {}
        for veto in vetoes:
            score = self._scaled(veto.score or Fraction(0))
            holding = self._holding(veto)
            if holding is None:  # it may hold or not: the total may be either
                lifts[self.programme.binary()] = max(score - self.low, 0.0)
                continue
            at, terms = holding
            room = self.high - score
            self.programme.row(
                {column: 1.0} | {k: room * v for k, v in terms.items()},
                high=score + room * (1 - at) + self.problem.slack + _SAFE,
            )
            for k, v in terms.items():
                lifts[k] = lifts.get(k, 0.0) + v * max(score - self.low, 0.0)
            if at:
                lifts[self.programme.number(1.0, 1.0)] = max(score - self.low, 0.0)
        return lifts

    # --- vetoes ---------------------------------------------------------------------------------

    def _holding(self, veto: Veto) -> tuple[float, Terms] | None:
        """Whether a veto holds: a constant, and terms by option; None if that could not be followed."""
        return self._condition(f"veto:{veto.code}", veto.when)

    def _condition(self, name: str, formula: Formula) -> tuple[float, Terms] | None:
        needs = self.reader.formula(formula)
        wanted = needs.inputs & self.movable
        if needs.asks_total:
            return None
        for c, component in enumerate(self.problem.components):
            if wanted and wanted & frozenset(component.inputs):
                if not wanted <= frozenset(component.inputs) | self._idle:
                    return None
                where = {self.programme.column[c, o]: 1.0
                         for o, option in enumerate(component.options) if name in option.holding}  # fmt: skip
                return 0.0, where
        return float(meets(self.today, self.today.standing[self.unit], formula)), {}

    @property
    def _idle(self) -> frozenset[str]:
        """Levers that no component kept, since moving them changes nothing."""
        used = {code for component in self.problem.components for code in component.inputs}
        return self.movable - used

    def _must_not_hold(self, veto: Veto) -> None:
        holding = self._holding(veto)
        if holding is None:
            return
        at, terms = holding
        self.impossible = self.impossible or bool(at)
        for column in terms:
            self.programme.highs[column] = 0.0

    def _rules_out(self, veto: Veto) -> bool:
        """Whether the target cannot be reached while the veto holds."""
        match self.target:
            case ToRank(rank):
                others = [s for s in self.today.standings if s.unit.code != self.unit]
                ahead = sum(s.rank is not None and not self._is_last(s) for s in others)
                clear = not self.problem.unclear
                return veto.rank == "none" or (veto.rank == "last" and clear and ahead >= rank)
            case ToGrade(code):
                order = [grade.code for grade in self.scheme.grades]
                wanted = order.index(code)
                worst = [order.index(name) for name in (veto.grade, veto.best_grade) if name]
                return max(worst, default=0) > wanted or veto.lower_by > wanted
            case ToPoints(points):
                return veto.score is not None and veto.score < points

    def _is_last(self, standing: Standing) -> bool:
        veto = {veto.code: veto for veto in self.scheme.vetoes}
        return any(veto[code].rank == "last" for code in standing.vetoes)

    # --- rank -----------------------------------------------------------------------------------

    def _at_least(self, terms: Terms, least: float) -> None:
        self.programme.row({self.own: 1.0} | terms, low=least - _SAFE)

    def _reach_rank(self, rank: int) -> None:
        allowed = rank - 1
        if self.scheme.ranking.ties == "dense" and rank > 1:
            if self.affected - {self.unit} or self.problem.unclear:
                return
            allowed = self._ahead_in_classes(rank - 1)
        self._few_ahead(self._rivals(), allowed)

    def _ahead_in_classes(self, classes: int) -> int:
        others = [
            s for s in self.today.standings if s.unit.code != self.unit and s.rank is not None
        ]
        ranks = sorted({s.rank for s in others if s.rank is not None})[:classes]
        return sum(s.rank in ranks for s in others)

    def _few_ahead(self, rivals: list[Standing], allowed: int) -> None:
        columns = [c for c in (self._ahead(rival) for rival in rivals) if c is not None]
        if len(columns) > allowed:
            self.programme.row(dict.fromkeys(columns, 1.0), high=float(allowed))

    def _rivals(self) -> list[Standing]:
        """Those whose place can be followed, and who could be ahead."""
        return [
            one
            for one in self.today.standings
            if one.unit.code not in (self.unit, *self.problem.unclear)
            and one.rank is not None
            and not self._is_last(one)
        ]

    def _ahead(self, rival: Standing) -> int | None:
        """A column that is 1 wherever the rival is ahead; None if it never is."""
        code = rival.unit.code
        if code in self.ahead:
            return self.ahead[code]
        theirs = self._total_of(rival)
        tolerance = float(self.scheme.ranking.tolerance) if self.scheme.family == "index" else 0.0
        slack = 2 * self.problem.slack + self._tie(tolerance, theirs) + _SAFE
        if theirs.high - slack < self.low:
            return None
        column = self.programme.binary()
        self.ahead[code] = column
        room = max(theirs.high - self.low + 1.0, 0.0)
        terms = {self.own: 1.0, column: room} | {k: -v for k, v in theirs.terms.items()}
        grain = 0.0 if self.problem.slack else self.problem.grain
        lost = self._loses_ties(rival) if grain else False
        if lost is True:
            self.programme.row(terms, low=theirs.at + grain * 0.75)
        elif lost is False:
            self.programme.row(terms, low=theirs.at - slack)
        else:
            self._unless_tied(terms, theirs, grain, column, lost)
        return column

    def _tie(self, tolerance: float, theirs: Sum) -> float:
        """How far behind still shares the place: on the log scale, seen from the lowest total."""
        if not tolerance or not self.problem.in_logs:
            return tolerance
        return log(1 + tolerance * 2.0 ** (-min(self.low, theirs.low) * 1.4427))

    def _unless_tied(
        self, terms: Terms, theirs: Sum, grain: float, ahead: int, keys: Terms | Sum
    ) -> None:
        """Strictly better, or level and not worse by the key that breaks the tie."""
        assert isinstance(keys, Sum)
        level = self.programme.binary()
        self.programme.row(terms | {level: grain}, low=theirs.at + grain * 0.75)
        room = max(-keys.low, 0.0)
        row = dict(keys.terms)
        row[level] = row.get(level, 0.0) - room
        row[ahead] = row.get(ahead, 0.0) + room
        self.programme.row(row, low=-keys.at - room - _SAFE)

    def _total_of(self, rival: Standing) -> Sum:
        """At least what the rival has: what a veto sets, or its sum."""
        if rival.score != rival.before and rival.score is not None:
            score = self._scaled(rival.score)
            return Sum(score, {}, score, score)
        at = float(self.problem.totals[rival.unit.code])
        return self.programme.sum_of(ROOT, rival.unit.code, at)

    def _loses_ties(self, rival: Standing) -> bool | Sum:
        """Whether the rival goes first if totals are equal; a sum if the unit's levers decide it.

        The sum is the unit's key less the rival's.
        """
        for index, formula in enumerate(self.scheme.ranking.tie_break):
            needs = self.reader.formula(formula)
            moved = needs.inputs & self.movable
            theirs, own = (self._key(index, code) for code in (rival.unit.code, self.unit))
            rival_moves = (needs.looks_across and moved) or (
                needs.items and rival.unit.code in self.affected
            )
            if theirs is None or own is None or rival_moves or needs.asks_total:
                return False
            mine = self.programme.sum_of(f"key:{index}", self.unit, float(own - theirs))
            if mine.terms:
                return mine
            if moved - self._idle:
                return False
            if own != theirs:
                return own < theirs
        return False

    def _key(self, index: int, unit: str) -> Fraction | None:
        assert self.today.board is not None
        before = self.today.standing[unit].before
        scope = Scope(self.today.board, unit, total=None if before is None else Fraction(before))
        try:
            return number(self.scheme.ranking.tie_break[index], scope)
        except Unknown:
            return None

    # --- grade ----------------------------------------------------------------------------------

    def _reach_grade(self, code: str) -> None:
        """One of the grades from the best to the one wanted, by all that each asks."""
        wanted = [grade.code for grade in self.scheme.grades].index(code)
        if any(veto.grade in self._codes(wanted) for veto in self.scheme.vetoes):
            return  # a veto may give it outright
        columns = []
        for position, grade in enumerate(self.scheme.grades):
            column = self.programme.binary()
            columns.append(column)
            self._meet(grade, position, column)
            if grade.code == code:
                break
        self.programme.row(dict.fromkeys(columns, 1.0), low=1.0)

    def _codes(self, wanted: int) -> list[str]:
        return [grade.code for grade in self.scheme.grades[: wanted + 1]]

    def _meet(self, grade: Grade, position: int, chosen: int) -> None:
        cut = grade.at_least if grade.at_least is not None else grade.above
        if cut is not None:
            strict = grade.above is not None and grade.at_least is None and not self.problem.slack
            least = self._scaled(cut) - self.problem.slack
            least += 0.75 * self.problem.grain if strict else -_SAFE
            room = max(least - self.low, 0.0)
            self._at_least({chosen: -room}, least - room)
        if grade.requires is not None:
            self._require(grade.code, grade.requires, chosen)
        for floor in grade.floors:
            for item in items_of(self.scheme, grade, floor):
                self._reach_floor(floor, item, chosen)
        if grade.quota is not None:
            self._find_room(position, chosen)

    def _require(self, code: str, requires: Formula, chosen: int) -> None:
        met = self._condition(f"requires:{code}", requires)
        if met is not None:
            at, terms = met
            self.programme.row({chosen: 1.0} | {k: -v for k, v in terms.items()}, high=at)

    def _reach_floor(self, floor: Floor, item: str, chosen: int) -> None:
        score = self.today.score_of(item, self.unit)
        if score.points is None:
            return
        if not self.reader.item(item).inputs & self.movable and self.scheme.family == "points":
            if not is_enough(floor, score):
                self.programme.highs[chosen] = 0.0
            return
        now = self.problem.watched.get((f"item:{item}", self.unit))
        if now is None:
            return
        found = self.programme.sum_of(f"item:{item}", self.unit, float(now))
        share = (floor.share or Fraction(0)) * score.possible
        least = float(floor.points if floor.points is not None else share)
        room = max(least - found.low, 0.0)
        self.programme.row(found.terms | {chosen: -room}, low=least - room - found.at - _SAFE)

    def _find_room(self, position: int, chosen: int) -> None:
        """Few enough of those who surely qualify are ahead."""
        quota = self.scheme.grades[position].quota
        better = [grade.quota for grade in self.scheme.grades[:position] if grade.quota is not None]
        if quota is None or quota.within != "all" or any(q.ties == "in" for q in better):
            return
        if any(q.within != "all" for q in better) or quota.ties == "in" or self.problem.unclear:
            return
        others = [one for one in self.today.standings if one.unit.code != self.unit]
        ranked = 1 + sum(one.rank is not None for one in others)
        room = seats(quota, ranked) + sum(seats(one, ranked) for one in better)
        if not seats(quota, ranked):
            self.programme.highs[chosen] = 0.0
            return
        columns = [
            column
            for rival in self._rivals()
            if self._surely_qualifies(rival, position)
            for column in [self._ahead(rival)]
            if column is not None
        ]
        if len(columns) >= room:
            terms = dict.fromkeys(columns, 1.0)
            slack = float(len(columns) - room + 1)
            self.programme.row(terms | {chosen: slack}, high=room - 1 + slack)

    def _surely_qualifies(self, rival: Standing, position: int) -> bool:
        """For this grade, whatever the unit does, and for no better one without a quota.

        Of one whose total the unit moves only the cut-off may be asked: who is ahead of a unit that
        reaches it reaches it too.
        """
        if rival.vetoes:
            return False
        grades = self.scheme.grades[: position + 1]
        if rival.unit.code in self.affected:
            wanted = grades[-1]
            asks_more = wanted.requires is not None or wanted.floors
            return not asks_more and all(one.quota is not None for one in grades)
        if any(self._may_change(grade) for grade in grades):
            return False
        if not qualifies(self.today, rival, grades[position]):
            return False
        free = (one for one in grades[:position] if one.quota is None)
        return not any(qualifies(self.today, rival, one) for one in free)

    def _may_change(self, grade: Grade) -> bool:
        """Whether what a grade requires of a rival depends on what the unit does."""
        if grade.requires is None:
            return False
        needs = self.reader.formula(grade.requires)
        return needs.looks_across and bool(needs.inputs & self.movable)
