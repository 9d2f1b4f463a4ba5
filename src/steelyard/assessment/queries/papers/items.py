"""What stands side by side: all items of a unit, or all units of an item, as far as who asks may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from django.db.models import Prefetch

from steelyard.assessment.models import (
    Answer,
    Deduction,
    MaterialUse,
    SchemeVersion,
    Score,
    Submission,
)
from steelyard.assessment.queries.assessments import (
    division_of,
    issued,
    scheme_of,
    snapshot_that_counts,
)
from steelyard.assessment.queries.collection import (
    in_words,
    load_answers,
    questions_of,
    version_of_submission,
)
from steelyard.assessment.queries.figures.besides import load_earlier
from steelyard.assessment.queries.figures.counting import (
    Key,
    cells_from_records,
    figures_that_count,
)
from steelyard.assessment.queries.forgery import suspicions_seen_by
from steelyard.assessment.queries.papers.saying import Paper, common, figures_named, points
from steelyard.assessment.queries.papers.seen import sight_of
from steelyard.assessment.queries.scoring import (
    ScoreRow,
    load_item,
    sees_what_was_said,
)
from steelyard.assessment.rules.collection.claims import CLAIMS
from steelyard.assessment.rules.collection.not_applicable import NOT_APPLICABLE, where_its_points_go
from steelyard.assessment.rules.judging import CLAIM_ANSWERS, STATUSES
from steelyard.assessment.rules.judging.following import Besides, Follows, follow_all
from steelyard.assessment.rules.schemes.division import Duty, Way, asked_of_units
from steelyard.assessment.rules.states import (
    SUBMISSION,
    ScoreState,
    SubmissionState,
    SuspicionState,
)
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.papers.templates.fields import Values
from steelyard.scheme.model import ROOT, Item, Scheme
from steelyard.weighing.values import written

FORGED = Text("材料经认定造假", "material was found to be forged")
MINUS = Text("扣{points}分：{reason}", "−{points}: {reason}")
ANSWERED = Text("对申请的答复：{said}", "on the claim: {said}")
PAGES = Text("（{pages}）", " ({pages})")

RowSaid = dict[str, str]
NOT_SEEN: tuple[Score | None, Follows] = (None, Follows(None))


def rule_of(paper: Paper, version: SchemeVersion, scheme: Scheme, item: Item) -> RowSaid:
    return {
        "code": item.code,
        "title": paper.say(item.title),
        "rule": in_words(version, item.code, paper.lang),
        "points": points(scheme.full[item.code]),
        "wanted": paper.say(item.material),
    }


# --- all items of a unit --------------------------------------------------------------------------


def unit_items(paper: Paper) -> Values:
    found = Submission.objects.select_related("unit", "assessment__office", "signed_by").get(
        assessment=paper.found, unit__code=paper.of
    )
    version = version_of_submission(found)
    scheme = scheme_of(version)
    of = sight_of(paper.who, paper.found, found.unit_id)
    answers = load_answers(found)
    asked = [one.item for one in questions_of(version, paper.of)]
    shown = [
        one for one in asked
        if of.sees_item(found, answers[one.code].department_id if one.code in answers else None)
    ]  # fmt: skip
    seen = _scores_seen(paper, found)
    figures = _figures_of_unit(paper, version, found, bool(seen), sees_all=of.sees_all(found))
    forged = _forged(paper, found)
    rows = [
        {
            **rule_of(paper, version, scheme, one),
            **_answered(paper, scheme, answers.get(one.code), _used(answers.get(one.code))),
            "figures": _counted(paper, version, scheme, one, figures),
            **_given(paper, scheme, *seen.get(one.code, NOT_SEEN), is_forged=one.code in forged),
        }
        for one in shown
    ]
    self_scores = [
        Fraction(answer.self_score)
        for one in shown
        if (answer := answers.get(one.code)) and answer.self_score is not None
    ]
    given = [
        follows.points for item, (score, follows) in seen.items()
        if score.state == ScoreState.SCORED or item in forged
    ]  # fmt: skip
    return {
        **common(paper),
        "unit": paper.say(found.unit.name),
        "state": paper.say(SUBMISSION.states[SubmissionState(found.state)]),
        "signed": f"{found.signed_by} {paper.moment(found.signed_at)}" if found.signed_by else "",
        "made_on": paper.day(paper.who.on),
        "points": points(scheme.full[ROOT]),
        "self_total": _sum(self_scores),
        "scored_total": _sum(given),
        "items": rows,
    }  # fmt: skip


def _sum(told: Iterable[Fraction | None]) -> str:
    """Of those that there are; of none nothing, which is not 0."""
    there = [one for one in told if one is not None]
    return points(sum(there, Fraction(0))) if there else ""


def _used(answer: Answer | None) -> Iterable[MaterialUse]:
    return answer.used if answer else ()


def _counted(
    paper: Paper, version: SchemeVersion, scheme: Scheme, item: Item, figures: Mapping[str, str]
) -> str:
    inputs = division_of(version).of(item.code).inputs
    return figures_named(
        paper, {one: figures[one] for one in inputs if one in figures}, scheme.inputs
    )


def _forged(paper: Paper, submission: Submission) -> frozenset[str]:
    """The items of a unit that were found to be forged, as far as they exist for who asks."""
    seen = suspicions_seen_by(paper.who.held, paper.found, paper.who.on)
    of = seen.filter(unit=submission.unit_id, state=SuspicionState.CONFIRMED).order_by()
    return frozenset(of.values_list("item", flat=True))


def _answered(
    paper: Paper, scheme: Scheme, answer: Answer | None, uses: Iterable[MaterialUse]
) -> RowSaid:
    if answer is None:
        return dict.fromkeys(("self_score", "claim", "statement", "material", "own_figures"), "")
    claim = paper.say(CLAIMS[answer.claim]) if answer.claim in CLAIMS else ""
    return {
        "self_score": "" if answer.self_score is None else plain(Fraction(answer.self_score)),
        "claim": "\n".join(one for one in (claim, answer.grounds if claim else "") if one),
        "statement": answer.statement,
        "material": "\n".join(_material(paper, one) for one in uses),
        "own_figures": figures_named(paper, answer.figures, scheme.inputs),
    }


def _material(paper: Paper, use: MaterialUse) -> str:
    numbered = f" {use.material.document_number}" if use.material.document_number else ""
    pages = PAGES.say(paper.lang).format(pages=use.pages) if use.pages else ""
    return f"{use.material.title}{numbered}{pages}"


def _given(
    paper: Paper, scheme: Scheme, score: Score | None, follows: Follows,
    deductions: Sequence[Deduction] | None = None, *, is_forged: bool = False,
) -> RowSaid:  # fmt: skip
    if score is None or score.state != ScoreState.SCORED:
        forged = paper.say(FORGED) if is_forged else ""
        return {
            "scored": points(follows.points) if is_forged else "",
            "reasons": forged,
            "scored_by": "",
        }
    taken = score.taken if deductions is None else deductions
    status = STATUSES.get(score.status, Text())
    if follows.why == NOT_APPLICABLE:
        status = where_its_points_go(scheme, score.item)
    return {
        "scored": points(follows.points),
        "reasons": "\n".join(_reasons(paper, score, follows, taken, status, is_forged)),
        "scored_by": f"{score.scored_by}\n{paper.moment(score.scored_at)}",
    }


def _reasons(
    paper: Paper, score: Score, follows: Follows, taken: Iterable[Deduction], status: Text,
    is_forged: bool,
) -> Iterable[str]:  # fmt: skip
    if is_forged:
        yield paper.say(FORGED)
    if follows.by_others:
        yield paper.say(follows.by_others)
    for one in taken:
        minus = MINUS.say(paper.lang)
        yield minus.format(points=plain(Fraction(one.points)), reason=one.reason)
    if paper.say(status):
        yield paper.say(status)
    if score.claim in CLAIM_ANSWERS:
        yield ANSWERED.say(paper.lang).format(said=paper.say(CLAIM_ANSWERS[score.claim]))
    if score.reason:
        yield score.reason


# --- what was scored, and on which figures --------------------------------------------------------


def _scores_seen(paper: Paper, submission: Submission) -> dict[str, tuple[Score, Follows]]:
    """Item → its score and the points that follow, of those that exist for who asks."""
    taken = Prefetch("deductions", Deduction.objects.order_by("pk"), "taken")
    rows = paper.found.scores.filter(unit=submission.unit_id).select_related(
        "scored_by", "assessment"
    )
    seen = [one for one in rows.prefetch_related(taken)
            if sees_what_was_said(paper.who.held, one, paper.who.on)]  # fmt: skip
    if not seen:
        return {}
    follows = points_that_follow(paper, submission.unit.code)
    return {one.item: (one, follows.get(one.item, Follows(None))) for one in seen}


def points_that_follow(paper: Paper, unit: str) -> Mapping[str, Follows]:
    """Item → the points of a unit that follow from all that is judged so far, by the scheme's rules:
    those that the page of each item shows."""
    found, version = paper.found, issued(paper.found)
    scheme = scheme_of(version)
    counted = {key: one.value for key, one in figures_that_count(found, version).items()}
    rows = list(
        found.scores.order_by().values_list("unit__code", "item", "state", "status", "judged")
    )
    given = [one for one in rows if one[2] == ScoreState.SCORED]
    forged = dict.fromkeys(
        found.suspicions.filter(state=SuspicionState.CONFIRMED).values_list("unit__code", "item"),
        "forged",
    )
    of_others: dict[str, dict[str, str]] = {}
    for (of, item), status in (_statuses(given) | forged).items():
        of_others.setdefault(item, {})[of] = status
    earlier = load_earlier(found, version, paper.who.now) if scheme.earlier else {}
    besides = Besides(counted | _judged(given), of_others, earlier)
    said = _late(paper, version, rows) | _statuses(rows) | forged
    return follow_all(scheme, unit, counted | _judged(rows), said, besides)


def _judged(rows: Iterable[tuple[str, str, str, str, Mapping[str, str]]]) -> dict[Key, str]:
    return {(unit, code): value for unit, *_, judged in rows for code, value in judged.items()}


def _statuses(rows: Iterable[tuple[str, str, str, str, Mapping[str, str]]]) -> dict[Key, str]:
    return {(unit, item): status for unit, item, _state, status, _judged in rows if status}


def _late(
    paper: Paper, version: SchemeVersion, rows: Iterable[tuple[str, str, str, str, object]]
) -> dict[Key, str]:
    """(unit, item) → *late*, where the unit filed late or not at all what is asked of it."""
    signed = paper.found.submissions.filter(state=SubmissionState.LOCKED).order_by()
    days_late = dict(signed.values_list("unit__code", "days_late"))
    asked = set(asked_of_units(division_of(version)))
    return {
        (unit, item): "late"
        for unit, item, *_ in rows
        if item in asked and days_late.get(unit, 1) > 0
    }


def _figures_of_unit(
    paper: Paper,
    version: SchemeVersion,
    submission: Submission,
    sees_scores: bool,
    *,
    sees_all: bool,
) -> dict[str, str]:
    """Input → its figure: all that counts for those who see the scores; else what the unit is shown
    beforehand, which is computed from records, and what it was told as a difference."""
    unit = submission.unit.code
    if sees_scores or paper.who.looks_after(paper.found):
        counted = figures_that_count(paper.found, version)
        return {code: one.value for (of, code), one in counted.items() if of == unit}
    if not sees_all:
        return {}
    cells = cells_from_records(snapshot_that_counts(paper.found), version, unit)
    told = {code: said for code, cell in cells.items() if (said := written(cell.value))}
    gaps = paper.found.differences.filter(unit=submission.unit_id).order_by()
    return told | {
        code: value for code, value in gaps.values_list("input_code", "supplied") if value
    }


# --- all units of an item -------------------------------------------------------------------------


def item_units(paper: Paper) -> Values:
    page = load_item(paper.found, paper.of, paper.who.held, paper.who.now)
    if page is None:
        raise LookupError(f"item {paper.of} is not scored yet")
    scheme, duty = scheme_of(page.version), page.duty
    return {
        **common(paper),
        **rule_of(paper, page.version, scheme, duty.item),
        "body": paper.say(page.rows[0].score.body.name),
        "made_on": paper.day(paper.who.on),
        "units": [_unit_row(paper, scheme, duty, row) for row in page.rows],
    }


def _unit_row(paper: Paper, scheme: Scheme, duty: Duty, row: ScoreRow) -> RowSaid:
    figures = {one.input.code: one.value for one in row.figures if one.way is not Way.JUDGED}
    is_forged = bool(row.suspicion and row.suspicion.state == SuspicionState.CONFIRMED)
    return {
        "unit": paper.say(row.score.unit.name),
        **_answered(paper, scheme, row.answer, row.materials),
        "figures": figures_named(paper, {code: figures[code] for code in duty.inputs if figures.get(code)},
                         scheme.inputs),
        **_given(paper, scheme, row.score, row.follows, _taken(row), is_forged=is_forged),
    }  # fmt: skip


def _taken(row: ScoreRow) -> list[Deduction]:
    return [Deduction(points=one.points, reason=one.reason) for one in row.judgement.deductions]
