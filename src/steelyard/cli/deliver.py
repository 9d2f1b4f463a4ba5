"""``steelyard deliver FILE --table cases --body …``: check one table, put it on the cover list."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date

from steelyard.cli.snapshots import reported
from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.kernel.periods import Period
from steelyard.records.catalogue.model import Catalogue
from steelyard.records.catalogue.read import with_region
from steelyard.records.intake.delivery import Delivery, period_of, written_period


def run(asked: argparse.Namespace) -> int:
    from steelyard.records.intake.send import checked, put_on_cover

    catalogue = with_region(asked.tables)
    with reported(asked, [asked.file]):
        delivery = checked(_delivery(asked, catalogue), catalogue)
    cover = asked.out or asked.file.parent / "deliveries.toml"
    put_on_cover(cover, delivery, catalogue)
    said = Text(
        f"{delivery.rows}行校验无误，已列入{cover}，编号{delivery.id}。",
        f"{delivery.rows} rows are in order; {delivery.id} is on {cover}.",
    )
    print(said.say(asked.lang))
    return 0


def _delivery(asked: argparse.Namespace, catalogue: Catalogue) -> Delivery:
    """The delivery as the command states it; its rows and hash are found when it is checked."""
    faults: list[Fault] = []
    period = _period(asked.period, faults)
    cut_off = _day(asked.cut_off, "--cut-off", faults)
    signed_on = _day(asked.signed_on, "--signed-on", faults)
    table = _table(asked.table, catalogue, faults)
    if bool(asked.replaces) != bool(asked.why):
        faults.append(
            Fault(
                "correction-without-reason",
                Text(
                    "更正报送须同时写明替换哪一次和原因",
                    "a correction names what it replaces, and why",
                ),
                Text("请同时写--replaces和--why", "give both --replaces and --why"),
                Where(file="--why"),
            )
        )
    if faults:
        raise Faulty(faults)
    assert period is not None
    return Delivery(
        id=asked.id or _usual_id(table, period, asked.replaces),
        body=same(asked.body), table=table, period=period, cut_off=cut_off or date.min,
        signer=asked.signer, signed_on=signed_on or date.min, file=asked.file.name, rows=0, hash="",
        covers=tuple(asked.covers.replace(",", " ").split()), replaces=asked.replaces,
        why=same(asked.why), sample=asked.sample, source=same(asked.source),
        folder=asked.file.parent,
    )  # fmt: skip


def _usual_id(table: str, period: Period, replaces: str) -> str:
    """A correction has its name from what it corrects, which is corrected once and so no other's."""
    if replaces:
        return f"{replaces}-corrected"
    return f"{table}-{written_period(period).replace('/', '-')}"


def _table(written: str, catalogue: Catalogue, faults: list[Fault]) -> str:
    by_title: Mapping[str, str] = {one.title.zh: one.code for one in catalogue.tables.values()}
    code = by_title.get(written, written)
    if code not in catalogue.tables:
        listed = ", ".join(sorted(catalogue.tables))
        what = Text(f"没有表“{written}”", f"there is no table {written!r}")
        mend = Text(f"可用：{listed}", f"use one of {listed}")
        faults.append(Fault("unknown-table", what, mend, Where(file="--table")))
    return code


def _period(written: str, faults: list[Fault]) -> Period | None:
    try:
        return period_of(written)
    except ValueError:
        what = Text(f"“{written}”不是期间", f"{written!r} is no period")
        mend = Text("写2021，或2021-01-01/2022-01-01", "write 2021, or 2021-01-01/2022-01-01")
        faults.append(Fault("wrong-period", what, mend, Where(file="--period")))
        return None


def _day(written: str, option: str, faults: list[Fault]) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        what = Text(f"“{written}”不是日期", f"{written!r} is no day")
        mend = Text("请写成2022-01-31", "write it as 2022-01-31")
        faults.append(Fault("not-a-date", what, mend, Where(file=option)))
        return None
