"""The sender's side: check one table on its own, and put it on a cover list with rows and hash."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import cast

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.records.catalogue.model import Catalogue
from steelyard.records.intake.checks import in_order, repeated_faults, row_faults
from steelyard.records.intake.constraints import check_constraints
from steelyard.records.intake.cover import read_covers
from steelyard.records.intake.delivery import Delivery
from steelyard.records.intake.staged import hash_of, rows_of, stage, telling_broken
from steelyard.records.query.engine import Limits, settings
from steelyard.tables.write import write_whole


def checked(delivery: Delivery, catalogue: Catalogue) -> Delivery:
    """The delivery with its rows counted and its file hashed, if every row is in order.

    References to other tables are looked at when all deliveries come together.

    Raises:
        Faulty: with every fault of the file.
    """
    import duckdb

    if not delivery.path.is_file():
        what = Text("找不到文件", "there is no such file")
        mend = Text("请核对文件名", "check its name")
        raise Faulty([Fault("missing-file", what, mend, Where(file=delivery.file))])
    check_constraints(catalogue)
    faults: list[Fault] = []
    with duckdb.connect(config=settings(Limits())) as connection:
        sealed = replace(delivery, hash=hash_of(delivery.path))
        counted = replace(sealed, rows=rows_of(connection, sealed))
        staged = stage(connection, counted, catalogue, 0, faults)
        if staged is not None:
            table = catalogue.tables[delivery.table]
            with telling_broken(delivery, faults):
                faults += row_faults(connection, staged)
                faults += repeated_faults(connection, table, [staged])
    if faults:
        raise Faulty(in_order(faults))
    return counted


def put_on_cover(cover: Path, delivery: Delivery, catalogue: Catalogue) -> None:
    """Add the delivery to a cover list of TOML, which is made if it is not there.

    Raises:
        Faulty: its id is taken, or it corrects what the list does not have; the list is then as it was.
    """
    import tomli_w

    before = _held(cover)
    document = {"deliveries": [*before, _row(delivery)]}
    text = tomli_w.dumps(document)
    beside = cover.with_name(f".{cover.name}.checked.toml")
    try:
        beside.write_text(text, encoding="utf-8")
        read_covers([beside], catalogue)
    finally:
        beside.unlink(missing_ok=True)
    write_whole(cover, text.encode())


def _held(cover: Path) -> list[dict[str, object]]:
    if not cover.exists():
        return []
    try:
        document = tomllib.loads(cover.read_text(encoding="utf-8"))
        return cast("list[dict[str, object]]", document["deliveries"])
    except (OSError, ValueError, KeyError) as error:
        what = Text("这不是报送清单（.toml）", "this is no cover list of TOML")
        mend = Text("请用--out另指一个", "name another with --out")
        raise Faulty([Fault("no-deliveries", what, mend, Where(file=cover.name))]) from error


def _row(delivery: Delivery) -> dict[str, object]:
    from steelyard.records.snapshot.manifest import delivery_document

    found = {
        key: value
        for key, value in delivery_document(delivery).items()
        if value not in (False, "", {"zh": "", "en": ""})
    }
    for day in ("cut_off", "signed_on"):
        found[day] = getattr(delivery, day)
    return found
