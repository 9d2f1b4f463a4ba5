"""What does the sheet of a visit say before anything was written on it?"""

from __future__ import annotations

from steelyard.assessment.models import Visit
from steelyard.assessment.queries.papers.saying import COLON, Paper, common
from steelyard.assessment.queries.visits import Sheet, SheetRow, load_sheet
from steelyard.kernel.bilingual import Text
from steelyard.papers.templates.fields import Values

ANNOUNCED = Text("事先通知", "announced")
UNANNOUNCED = Text("不打招呼", "unannounced")
NOT_SIGNED = Text("（尚未签发报送）", "(not signed yet)")
SEMICOLON = Text("；", "; ")
SELF = Text("自评{points}分", "own score: {points}")


def visit(paper: Paper) -> Values:
    found = Visit.objects.select_related("unit", "assessment").get(pk=paper.of)
    sheet = load_sheet(found, paper.lang)
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
            }
            for row in sheet.rows
        ],
    }  # fmt: skip


def _own(paper: Paper, row: SheetRow, sheet: Sheet) -> str:
    """What the unit said; what it has not signed is its own."""
    if not sheet.is_signed:
        return paper.say(NOT_SIGNED)
    score = SELF.say(paper.lang).format(points=row.self_score) if row.self_score else ""
    figures = [f"{name}{paper.say(COLON)}{value}" for name, value in row.figures]
    return "\n".join(one for one in (score, *figures, row.statement) if one)
