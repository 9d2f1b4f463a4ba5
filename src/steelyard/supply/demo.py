"""Deliveries of a demonstration: last year's accepted, this year's waiting, one returned, one with faults.
And what the office asks for: met, late, open.

All but the table of places is a sample, and says so.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from django.utils import timezone

from steelyard.people.models import Account, Organisation
from steelyard.regions import SAMPLED
from steelyard.supply.actions import deliveries as actions
from steelyard.supply.actions import requests
from steelyard.supply.actions.deliveries import Details, File
from steelyard.supply.actions.requests import Thing
from steelyard.supply.models import Delivery

_HOME = SAMPLED["guangdong"]
_SAMPLES = _HOME / "sample_deliveries"
_MADE_UP = "样本：为演示编写 sample, made up for the demonstration"
_NOTE = "样本：为演示编写，请按新口径统计。\nSample, made up for the demonstration."
_CODES = "GB/T 2260 行政区划代码 codes of administrative divisions"
_REASON = (
    "样本：覆盖地区写的是江门，表中却有其他市，请核对。"
    "\nSample: it says that it covers Jiangmen, and has rows of other cities."
)


def load_demo_deliveries(*, supplier: str, office: str, body: str, now: datetime) -> None:
    """Load them, by the demo accounts of these names; once."""
    if Delivery.objects.exists():
        return
    number = dict(Account.objects.values_list("username", "pk"))
    by, accepts = number[supplier], number[office]
    of = Organisation.objects.get(code=body)
    for year in (2023, 2025):  # a snapshot takes the year before with it, and each place once
        places = _opened(of, by, _HOME / "records" / "places.csv", "places", year, now)
        _accepted(places, by, accepts, now)
    _asked(of, accepts, "inspections", 2024, 10, now - timedelta(40))
    then = now - timedelta(20)  # late
    before = _opened(of, by, _SAMPLES / "sample_inspections_2024.csv", "inspections", 2024, then)
    _accepted(before, by, accepts, then)
    _asked(of, accepts, "inspections", 2025, 15, now - timedelta(10))
    this = _opened(of, by, _SAMPLES / "sample_inspections_2025.csv", "inspections", 2025, now)
    actions.sign(delivery=this.pk, seen=this.version, by=by, now=now)
    last = _opened(of, by, _SAMPLES / "sample_inspections_2025.csv", "inspections", 2025, now,
                   covers=("440700",))  # fmt: skip
    _returned(last, by, accepts, now)
    _asked(of, accepts, "trainings", 2025, 10, now - timedelta(30))
    _opened(of, by, _SAMPLES / "sample_trainings_2025.csv", "trainings", 2025, now)
    _asked(of, accepts, "administrative_decisions", 2025, 15, now)


def _opened(
    body: Organisation, by: int, path: Path, table: str, year: int, now: datetime,
    covers: tuple[str, ...] = (),
) -> Delivery:  # fmt: skip
    is_sample = path.name.startswith("sample_")
    said = Details(
        table=table, starts=date(year, 1, 1), ends=date(year + 1, 1, 1),
        cut_off=date(year, 12, 31), covers=covers, sample=is_sample,
        source=_MADE_UP if is_sample else _CODES,
    )  # fmt: skip
    return actions.upload(
        body=body, details=said, file=File(path.name, path.read_bytes()), by=by, now=now
    )


def _accepted(one: Delivery, by: int, office: int, now: datetime) -> None:
    signed = actions.sign(delivery=one.pk, seen=one.version, by=by, now=now)
    actions.accept(delivery=signed.pk, seen=signed.version, by=office, now=now)


def _returned(one: Delivery, by: int, office: int, now: datetime) -> None:
    signed = actions.sign(delivery=one.pk, seen=one.version, by=by, now=now)
    actions.return_to_body(
        delivery=signed.pk, seen=signed.version, reason=_REASON, by=office, now=now
    )


def _asked(
    body: Organisation, by: int, table: str, year: int, working_days: int, now: datetime
) -> None:
    thing = Thing(
        table=table, starts=date(year, 1, 1), ends=date(year + 1, 1, 1),
        cut_off=min(date(year, 12, 31), timezone.localdate(now)), working_days=working_days,
        note=_NOTE,
    )  # fmt: skip
    requests.ask(bodies=[body.pk], thing=thing, by=by, now=now)
