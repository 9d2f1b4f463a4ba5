"""The sender's side: check one table on its own, and put it on a cover list with rows and hash."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.records.catalogue.model import Catalogue
from steelyard.records.intake.checks import in_order, repeated_faults, row_faults
from steelyard.records.intake.constraints import check_constraints
from steelyard.records.intake.cover import read_covers
from steelyard.records.intake.delivery import Delivery
from steelyard.records.intake.source import source_of
from steelyard.records.intake.staged import hash_of, stage, telling_broken
from steelyard.records.query.engine import Limits, settings
from steelyard.tables.write import write_whole


def checked(delivery: Delivery, catalogue: Catalogue) -> Delivery:
    """The delivery with its rows counted and its file hashed, if every row is in order.

    References to other tables are looked at when all deliveries come together, and so are the
    constraints of those tables.

    Raises:
        Faulty: with every fault of the file.
    """
    import duckdb

    if not delivery.path.is_file():
        what = Text("找不到文件", "there is no such file")
        mend = Text("请核对文件名", "check its name")
        raise Faulty([Fault("missing-file", what, mend, Where(file=delivery.file))])
    own = {code: one for code, one in catalogue.tables.items() if code == delivery.table}
    check_constraints(Catalogue(own))
    faults: list[Fault] = []
    with duckdb.connect(config=settings(Limits())) as connection:
        source = source_of(connection, delivery, 0)
        counted = replace(delivery, hash=hash_of(delivery.path), rows=source.rows)
        staged = stage(connection, counted, catalogue, 0, faults, source)
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

    What stands on the list stays as it is written, comments too.

    Raises:
        Faulty: its id is taken, its file does not lie below the list, or it corrects what the list does
            not have; the list is then as it was.
    """
    import tomli_w

    before = _held(cover)
    row = tomli_w.dumps({"deliveries": [_row(replace(delivery, file=_below(cover, delivery)))]})
    text = f"{before.rstrip()}\n\n{row}" if before.strip() else row
    beside = cover.with_name(f".{cover.name}.checked.toml")
    try:
        beside.write_text(text, encoding="utf-8")
        read_covers([beside], catalogue)
    except Faulty as error:
        raise Faulty(_told(one, cover) for one in error.faults) from error
    finally:
        beside.unlink(missing_ok=True)
    write_whole(cover, text.encode())


def cover_bytes(deliveries: Iterable[Delivery]) -> bytes:
    """A whole cover list of TOML: these deliveries, in their order."""
    import tomli_w

    return tomli_w.dumps({"deliveries": [_row(one) for one in deliveries]}).encode()


def _told(fault: Fault, cover: Path) -> Fault:
    """The fault of the list that was to be, as one who adds to the list can act on it."""
    here = fault.at(replace(fault.where, file=cover.name))
    return replace(here, mend=_TAKEN) if fault.code == "duplicate-id" else here


_TAKEN = Text(
    "更正已报送的表请写--replaces和--why；另报一张表请用--id另起编号",
    "to correct what was delivered give --replaces and --why; for a further table name it with --id",
)


def _held(cover: Path) -> str:
    """What is written on the list, nothing if there is none."""
    try:
        if cover.suffix.lower() != ".toml":
            raise ValueError(cover.suffix)
        written = cover.read_text(encoding="utf-8") if cover.exists() else ""
        listed = tomllib.loads(written).get("deliveries", [])
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            raise ValueError("deliveries")
        if written.strip() and not listed:
            raise ValueError("deliveries")
        return written
    except (OSError, ValueError, RecursionError) as error:
        what = Text("这不是报送清单（.toml）", "this is no cover list of TOML")
        mend = Text("请用--out另指一个", "name another with --out")
        raise Faulty([Fault("no-deliveries", what, mend, Where(file=cover.name))]) from error


def _below(cover: Path, delivery: Delivery) -> str:
    """The delivered file as the list names it."""
    try:
        found = delivery.path.resolve().relative_to(cover.parent.resolve())
    except ValueError as error:
        what = Text(
            f"“{delivery.file}”不在清单所在的文件夹内",
            f"{delivery.file!r} does not lie in the list's folder",
        )
        mend = Text("请把文件放在清单旁边", "put the file beside the list")
        where = Where(file=cover.name)
        raise Faulty([Fault("path-leaves-folder", what, mend, where)]) from error
    return found.as_posix()


def _row(delivery: Delivery) -> dict[str, object]:
    from steelyard.records.snapshot.manifest import delivery_document

    found = {
        key: value
        for key, value in delivery_document(delivery).items()
        if value is not False and value not in ("", {"zh": "", "en": ""})  # 0 rows are a number
    }
    for day in ("cut_off", "signed_on"):
        found[day] = getattr(delivery, day)
    return found
