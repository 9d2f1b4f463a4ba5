"""A year at its collection with a visit or a lead, as tests want it."""

from __future__ import annotations

import io
import struct
from datetime import timedelta
from typing import Any

from django.utils import timezone

from steelyard.assessment.actions import leads, visits
from steelyard.assessment.actions.visits import findings
from steelyard.assessment.actions.visits.photographs import Picture
from steelyard.assessment.models import Lead, Visit
from steelyard.assessment.rules.leads import Channel, Told
from steelyard.assessment.rules.states import Stage
from steelyard.assessment.rules.visits import Plan
from tests.assessment.year import Year

NAME, PHONE = "鸩鹮举报人", "13999990000"
TEXT = "群众反映：商品鸓鷅未按规定处理"
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"
    + struct.pack(">II", 640, 480)
    + b"\0" * 13
    + b"IEND\xaeB`\x82"
)


def collecting() -> Year:
    year = Year()
    year.at(Stage.COLLECTING)
    return year


def plan_of(year: Year, **changes: Any) -> Plan:
    given: dict[str, Any] = {
        "planned_on": timezone.localdate(year.now), "team": "鸰鵙检查一组",
        "places": "蓬江区市场", "items": ("A1", "B2"),
    }  # fmt: skip
    return Plan(**given | changes)


def planned(year: Year, *, unannounced: bool = False, **changes: Any) -> Visit:
    return visits.plan_visit(
        assessment=year.assessment.pk, unit=year.jiangmen.pk, plan=plan_of(year, **changes),
        unannounced=unannounced, by=year.chen.pk, now=year.now,
    )  # fmt: skip


def announced(year: Year, **changes: Any) -> Visit:
    one = planned(year, **changes)
    return visits.announce_visit(visit=one.pk, by=year.chen.pk, now=year.now)


def found_on(year: Year, visit: Visit, text: str = "台账缺失", **changes: Any) -> Any:
    seen = findings.Seen(**{"text": text, "item": "A1", "place": "蓬江区"} | changes)
    picture = Picture("现场.png", io.BytesIO(PNG))
    return findings.record_finding(
        visit=visit.pk, seen=seen, pictures=[picture], by=year.chen.pk, now=year.now
    )


def reported(year: Year, visit: Visit) -> Visit:
    if not visit.findings.exists():
        found_on(year, visit)
    return visits.report_visit(
        visit=visit.pk, visited_on=timezone.localdate(year.now), summary="总体较好",
        by=year.chen.pk, now=year.now,
    )  # fmt: skip


def lead(year: Year, **changes: Any) -> Lead:
    given: dict[str, Any] = {
        "assessment": year.assessment.pk, "unit": year.jiangmen.pk, "channel": Channel.HOTLINE,
        "text": TEXT, "item": "A1", "told": Told(name=NAME, contact=PHONE), "by": year.chen.pk,
        "now": year.now,
    }  # fmt: skip
    return leads.receive_lead(**given | changes)


def later(year: Year) -> None:
    year.now += timedelta(minutes=5)
