"""An advice as plain data: what ``advise --json`` prints. Exact numbers as text, floats as numbers."""

from __future__ import annotations

from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.weighing.advice.findings import Advice, Change
from steelyard.weighing.advice.targets import ToGrade, ToPoints, ToRank
from steelyard.weighing.advice.wording import named
from steelyard.weighing.result import Score, Standing
from steelyard.weighing.values import written

FORMAT = "steelyard-advice/1"


def advice_document(advice: Advice) -> dict[str, object]:
    return {
        "format": FORMAT,
        "label": advice.before.label,
        "scheme": {"code": advice.before.scheme.code, "version": advice.before.scheme.version},
        "unit": advice.unit,
        "target": _target(advice),
        "outcome": advice.outcome,
        "proven": advice.is_proven,
        "cost": _exact(advice.cost),
        "no_plan_below": _exact(advice.bound),
        "costs": "table" if advice.has_costs else "effort points",
        "rivals": _text(advice.rivals),
        "notes": [_text(note) for note in advice.notes],
        "plan": [_change(advice, change) for change in advice.changes],
        "reasons": [_text(reason) for reason in advice.reasons],
        "no_best": list(advice.no_best),
        "overtaken": list(advice.overtaken),
        "ranking": [_row(advice, standing) for standing in advice.after.standings],
    }


def _target(advice: Advice) -> dict[str, object]:
    match advice.target:
        case ToRank(rank):
            return {"rank": rank}
        case ToGrade(grade):
            return {"grade": grade}
        case ToPoints(points):
            return {"points": plain(points)}


def _change(advice: Advice, change: Change) -> dict[str, object]:
    return {
        "input": change.input,
        "title": _text(named(advice.before.scheme, change.input)),
        "from": written(change.before),
        "to": written(change.after),
        "cost": _exact(change.cost),
        "worth": _exact(change.worth),
        "lifts_veto": change.lifts_veto,
        "needed": change.is_needed,
    }


def _row(advice: Advice, after: Standing) -> dict[str, object]:
    before = advice.before.standing[after.unit.code]
    return {
        "unit": after.unit.code,
        "title": _text(after.unit.title),
        "rank": [_rank(before), _rank(after)],
        "score": [_exact(before.score), _exact(after.score)],
        "grade": [before.grade, after.grade],
    }


def _rank(standing: Standing) -> str | None:
    return None if standing.rank is None else plain(standing.rank)


def _exact(score: Score | None) -> str | float | None:
    return plain(score) if isinstance(score, Fraction) else score


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.say("zh"), "en": text.say("en")}
