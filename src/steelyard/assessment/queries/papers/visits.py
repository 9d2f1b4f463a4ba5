"""What does the sheet of a visit say: before anything is written on it, and once the report is in?"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from steelyard.assessment.models import Visit
from steelyard.assessment.queries.papers.saying import COLON, Paper, common
from steelyard.assessment.queries.visits import (
    Correction,
    Found,
    Sheet,
    SheetRow,
    corrections_of,
    findings_of,
    load_sheet,
)
from steelyard.assessment.rules.states import VisitState
from steelyard.assessment.rules.visits.report_corrections import Corrected
from steelyard.kernel.bilingual import Text
from steelyard.papers.templates.fields import Values

ANNOUNCED = Text("事先通知", "announced")
UNANNOUNCED = Text("不打招呼", "unannounced")
NOT_SIGNED = Text("（尚未签发报送）", "(not signed yet)")
SEMICOLON = Text("；", "; ")
SELF = Text("自评{points}分", "Own score: {points}")

DEFECT = Text("问题", "Defect")
NO_DEFECT = Text("无问题", "No defect")
YES, NO = Text("是", "yes"), Text("否", "no")
CORRECTED = Text("{at}由{by}更正，原因：{reason}", "Corrected on {at} by {by}: {reason}")
BEFORE = Text("更正前：{before}", "Before: {before}")


def visit(paper: Paper) -> Values:
    found = Visit.objects.select_related("unit", "assessment").get(pk=paper.of)
    sheet = load_sheet(found, paper.lang)
    findings = findings_of(found) if found.state == VisitState.DONE else []
    items = {row.code for row in sheet.rows}
    return {
        **common(paper),
        "unit": paper.say(found.unit.name),
        "day": paper.day(found.planned_on),
        "announced": paper.say(UNANNOUNCED if found.is_unannounced else ANNOUNCED),
        "team": found.team,
        "places": paper.say(SEMICOLON).join(found.places.splitlines()),
        "items": [
            {
                "code": row.code, "title": row.title, "rule": row.rule, "points": row.points,
                "wanted": row.material, "own": _own(paper, row, sheet),
                **_found(paper, [one for one in findings if one.item == row.code]),
            }
            for row in sheet.rows
        ],
        "report": _report(paper, found, [one for one in findings if one.item not in items]),
    }  # fmt: skip


def _own(paper: Paper, row: SheetRow, sheet: Sheet) -> str:
    """What the unit said; what it has not signed is its own."""
    if not sheet.is_signed:
        return paper.say(NOT_SIGNED)
    score = SELF.say(paper.lang).format(points=row.self_score) if row.self_score else ""
    figures = [f"{name}{paper.say(COLON)}{value}" for name, value in row.figures]
    return "\n".join(one for one in (score, *figures, row.statement) if one)


def _found(paper: Paper, findings: Sequence[Found]) -> dict[str, str]:
    """What was found of an item; nothing before the report is in."""
    return {
        "found": "\n".join(_said(paper, one) for one in findings),
        "defect": paper.say(YES if any(one.is_defect for one in findings) else NO) if findings else "",
        "where": "\n".join(dict.fromkeys(one.place for one in findings if one.place)),
        "photographs": paper.joined(str(each.pk) for one in findings for each in one.photographs),
    }  # fmt: skip


def _said(paper: Paper, one: Found) -> str:
    kind = paper.say(DEFECT if one.is_defect else NO_DEFECT)
    return f"{kind}{paper.say(COLON)}{one.text}"


def _report(paper: Paper, found: Visit, besides: Sequence[Found]) -> str:
    """The day, the summary, what was found of no item of the sheet, and what was corrected since."""
    if found.state != VisitState.DONE:
        return ""
    lines = [f"{paper.day(found.visited_on)}{paper.say(COLON)}{found.summary}"]
    lines += [" ".join(filter(None, (one.item, _said(paper, one)))) for one in besides]
    lines += [_corrected(paper, one) for one in reversed(corrections_of(found))]
    return "\n".join(lines)


def _corrected(paper: Paper, one: Correction) -> str:
    """That it was, by whom, why; and what it said before, if it did."""
    said = CORRECTED.say(paper.lang).format(
        at=paper.day(timezone.localdate(one.at)), by=one.by, reason=one.reason
    )
    before = _before(paper, one)
    stop = paper.say(SEMICOLON)
    return f"{said}{stop}{BEFORE.say(paper.lang).format(before=before)}" if before else said


def _before(paper: Paper, one: Correction) -> str:
    told = one.before
    if one.what is Corrected.REPORT and one.visited_on:
        return f"{paper.day(one.visited_on)}{paper.say(COLON)}{told['summary']}"
    if one.what is Corrected.FINDING:
        kind = paper.say(DEFECT if told["is_defect"] else NO_DEFECT)
        return f"{told['item']} {kind}{paper.say(COLON)}{told['text']}".strip()
    return ""
