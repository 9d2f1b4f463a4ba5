"""What do the letters say: of differences to a unit or a supplying body, and of a confirmed forgery?"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from steelyard.assessment.models import Difference, Suspicion
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.queries.differences import differences_seen_by
from steelyard.assessment.queries.forgery import counted_until, is_uncounted
from steelyard.assessment.queries.papers.items import rule_of
from steelyard.assessment.queries.papers.notice import title_of_scheme
from steelyard.assessment.queries.papers.saying import (
    Paper,
    letter,
    points,
    sentence,
)
from steelyard.assessment.rules.differences.comparing import distance
from steelyard.assessment.rules.differences.settling import TAKEN, Taken
from steelyard.assessment.rules.figures import in_percent, said_figure
from steelyard.assessment.rules.forgery import About
from steelyard.assessment.rules.forgery.penalties import penalty_of
from steelyard.assessment.rules.judging.following import follow_all
from steelyard.assessment.rules.schemes.division import WAYS, Way
from steelyard.assessment.rules.states import DIFFERENCE, DifferenceState
from steelyard.kernel.bilingual import Text
from steelyard.papers.templates.fields import Values
from steelyard.people.models import Organisation
from steelyard.scheme.model import Input, Scheme

PERCENTAGE_POINTS = Text("{gap}个百分点", "{gap} percentage points")
NOT_SUPPLIED = Text("未提供", "none")
DOUBTED = {
    About.MATERIAL: Text("该项目的佐证材料", "the material of the item"),
    About.STATEMENT: Text("该项目的自评说明", "the statement of the item"),
    About.SELF_SCORE: Text("该项目的自评分", "the self-score of the item"),
    About.FIGURES: Text("该项目的自报数", "the figures of the item"),
}
SILENT = Text("逾期未陈述", "nothing was said by the day")
Gap = dict[str, str]


# --- differences ----------------------------------------------------------------------------------


def differences(paper: Paper) -> Values:
    """To a unit: its own."""
    version = issued(paper.found)
    scheme, divided = scheme_of(version), division_of(version)
    rows = list(_rows(paper).filter(unit__code=paper.of).order_by("input_code"))
    bodies = _names(paper, set(divided.body.values()))
    used = {
        code: [duty.item.code for duty in divided.duties if code in duty.inputs]
        for code in divided.way
    }
    unit = Organisation.objects.get(code=paper.of)
    return {
        **letter(paper), **_counts(rows),
        "unit": paper.say(unit.name),
        "differences": [
            {
                **_gap(paper, one, scheme.inputs[one.input_code]),
                "source": bodies.get(divided.body[one.input_code], "")
                if divided.way[one.input_code] is Way.SHEET
                else paper.say(WAYS[divided.way[one.input_code]]),
                "used_in": paper.joined(used[one.input_code]),
            }
            for one in rows
        ],
    }  # fmt: skip


def supplied(paper: Paper) -> Values:
    """To a supplying body: of the figures that it supplies, those that a unit reports otherwise."""
    version = issued(paper.found)
    scheme, divided = scheme_of(version), division_of(version)
    codes = [code for code in divided.inputs(Way.SHEET) if divided.body[code] == paper.of]
    rows = list(_rows(paper).filter(input_code__in=codes).order_by("input_code", "unit__code"))
    body = Organisation.objects.get(code=paper.of)
    return {
        **letter(paper), **_counts(rows),
        "body": paper.say(body.name),
        "differences": [
            {"unit": paper.say(one.unit.name), **_gap(paper, one, scheme.inputs[one.input_code])}
            for one in rows
        ],
    }  # fmt: skip


def _rows(paper: Paper) -> QuerySet[Difference]:
    return differences_seen_by(paper.who.held, paper.who.on).filter(assessment=paper.found)


def _names(paper: Paper, codes: Iterable[str]) -> dict[str, str]:
    return {one.code: paper.say(one.name) for one in Organisation.objects.filter(code__in=codes)}


def _counts(rows: list[Difference]) -> Gap:
    still = sum(one.state == DifferenceState.OPEN for one in rows)
    return {"difference_count": str(len(rows)), "open_count": str(still or "")}


def _gap(paper: Paper, one: Difference, of: Input) -> Gap:
    state = paper.say(DIFFERENCE.states[DifferenceState(one.state)])
    taken = paper.say(TAKEN[Taken(one.taken)]) if one.taken else ""
    return {
        "figure": paper.say(of.title) or of.code,
        "measure": paper.say(of.unit_of_measure),
        "reported": paper.say(said_figure(one.reported, of)),
        "supplied": paper.say(said_figure(one.supplied, of)) or paper.say(NOT_SUPPLIED),
        "gap": _distance(paper, one, of),
        "state": taken or state,
        "counts": paper.say(said_figure(one.value, of)),
        "reason": one.reason,
    }


def _distance(paper: Paper, one: Difference, of: Input) -> str:
    if of.type != "share":
        return distance(one.reported, one.supplied)
    gap = distance(in_percent(one.reported), in_percent(one.supplied))
    return PERCENTAGE_POINTS.say(paper.lang).format(gap=gap) if gap else ""


# --- a confirmed forgery --------------------------------------------------------------------------


def forgery(paper: Paper) -> Values:
    found = Suspicion.objects.select_related("unit", "material").get(pk=paper.of)
    version = issued(paper.found)
    scheme = scheme_of(version)
    item = scheme.item[found.item]
    rule = rule_of(paper, version, scheme, item)
    doubted = paper.say(DOUBTED[About(found.about)])
    return {
        **letter(paper),
        "unit": paper.say(found.unit.name),
        **{name: rule[name] for name in ("code", "title", "points")},
        "material": found.material.title if found.material else doubted,
        "grounds": sentence(paper, found.grounds),
        "statement": sentence(paper, found.statement),
        "stated_on": paper.day(timezone.localdate(found.stated_at)) if found.stated_at else "",
        "silent": paper.say(SILENT) if found.was_silent else "",
        "heard_on": paper.day(found.heard_on),
        "hearing": sentence(paper, found.hearing),
        "decision": found.decision,
        "decided_on": paper.day(timezone.localdate(found.decided_at)),
        "penalty": paper.say(penalty_of(scheme, found.item)) + _not_counted(paper, found),
        "scored": _scored(scheme, found),
        "article": article(paper, scheme, found.item),
    }  # fmt: skip


def _not_counted(paper: Paper, found: Suspicion) -> str:
    """What a total that was weighed before does not say yet."""
    until = counted_until(paper.found)
    if until is None or not is_uncounted(found, until):
        return ""
    said = Text(
        f"尚未计入{paper.moment(until)}冻结的计分，重新冻结并计分后计入。",
        f" Not counted yet in what was frozen on {paper.moment(until)}; it is once that is frozen and weighed again.",
    )
    return paper.say(said)


def article(paper: Paper, scheme: Scheme, item: str) -> str:
    """Where the scheme says so: the place that the item names, else the scheme and the item."""
    title = title_of_scheme(paper, scheme)
    where = paper.say(scheme.item[item].source)
    if paper.lang == "zh":
        return f"《{title}》{where or f'项目{item}'}"
    return f"{title}, {where or f'item {item}'}"


def _scored(scheme: Scheme, found: Suspicion) -> str:
    """The points that follow for a forged item, whatever else is said of it."""
    unit = found.unit.code
    follows = follow_all(scheme, unit, {}, {(unit, found.item): "forged"})
    return points(follows[found.item].points) if found.item in follows else ""
