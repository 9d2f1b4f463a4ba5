"""Leads without whoever told of them: list, read. For the office alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from steelyard.assessment.api.said import Code, Number, Page, Word, name, one_of
from steelyard.assessment.models import Lead
from steelyard.assessment.queries.leads import leads_seen_by
from steelyard.assessment.rules.leads import Channel
from steelyard.assessment.rules.states import LeadState
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.leads.finding import find_for_office
from steelyard.people.lists import answer_of

router = Router()


class LeadOut(Schema):
    """What somebody told of a unit. Who told it is sealed, and in no answer."""

    number: int
    unit: str
    item: str
    channel: Channel
    text: str
    received_at: datetime
    state: LeadState
    visit: int | None
    conclusion: str
    concluded_by: str
    concluded_at: datetime | None
    version: int


class LeadsOut(Schema):
    count: int
    pages: int
    leads: list[LeadOut]


class LeadsIn(Schema):
    state: LeadState | None = None
    unit: Word = ""
    page: Page = 1


LEADS = "/{slug:code}/leads"


@router.get(LEADS, response=LeadsOut)
def list_leads(request: HttpRequest, code: Code, asked: Query[LeadsIn]) -> dict[str, Any]:
    """For the office alone, the newest first."""
    found = find_for_office(request, code)
    rows = leads_seen_by(request.held, request.today).filter(assessment=found)
    columns = {"state": asked.state, "unit__code": asked.unit}
    rows = rows.filter(**{column: said for column, said in columns.items() if said})
    return answer_of(rows.order_by("-pk"), asked.page, "leads", _lead)


@router.get(f"{LEADS}/{{number}}", response=LeadOut)
def read_lead(request: HttpRequest, code: Code, number: Number) -> dict[str, Any]:
    seen = leads_seen_by(request.held, request.today).filter(assessment=find(request, code))
    return _lead(one_of(seen.filter(pk=number).first()))


def _lead(one: Lead) -> dict[str, Any]:
    return {
        "number": one.pk, "unit": one.unit.code, "item": one.item, "channel": one.channel,
        "text": one.text, "received_at": one.received_at, "state": one.state,
        "visit": one.visit_id, "conclusion": one.conclusion,
        "concluded_by": name(one.concluded_by), "concluded_at": one.concluded_at,
        "version": one.version,
    }  # fmt: skip
