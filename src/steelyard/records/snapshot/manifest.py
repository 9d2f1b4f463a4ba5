"""``datapackage.json``: what a snapshot holds, from whom, and the hashes that seal it.

A Frictionless Data Package (v2). ``id`` is the snapshot's identifier: the hash of the canonical
writing of everything else in the manifest, which holds the hash of every file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.kernel.hashes import canonical, tagged
from steelyard.records.catalogue.model import Catalogue, Table
from steelyard.records.catalogue.table_schema import (
    both,
    catalogue_of,
    resource_name,
    schema_of,
    text_from,
)
from steelyard.records.intake.delivery import Delivery, period_of, standing, written_period

FORMAT = "steelyard-snapshot/1"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
FILE = "datapackage.json"
LARGEST_BYTES = 64 * 1024 * 1024
_FORMAT = re.compile(r"steelyard-snapshot/(\d+)")
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file of a snapshot: where it lies in it, its size and its hash."""

    path: str
    bytes: int
    hash: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen table: its file, its rows, and the file that locates changes in it."""

    table: str
    rows: int
    file: Sealed
    locator: Sealed


def manifest_of(
    *, name: str, title: Text, period: str, catalogue: Catalogue, deliveries: Sequence[Delivery],
    frozen: Sequence[Frozen], engine: Mapping[str, object],
) -> Document:  # fmt: skip
    """The manifest of a snapshot, with its identifier."""
    document: Document = {
        "$schema": PROFILE,
        "name": name,
        "title": title.zh or title.en,
        "version": "1",
        "sources": _sources(deliveries),
        "resources": [_resource(one, catalogue, deliveries, frozen) for one in frozen],
        "steelyard": {
            "format": FORMAT,
            "title": both(title),
            "period": period,
            "sample": any(one.sample for one in standing(tuple(deliveries))),
            "engine": dict(engine),
            "deliveries": [delivery_document(one) for one in deliveries],
        },
    }
    return {"id": identifier_of(document), **document}


def identifier_of(document: Mapping[str, object]) -> str:
    """The hash of everything that the manifest says, its own identifier left out."""
    return tagged(canonical({key: value for key, value in document.items() if key != "id"}))


def _sources(deliveries: Sequence[Delivery]) -> list[Document]:
    """Every body that delivered, once. The standard wants at least one."""
    titles = dict.fromkeys((one.body.zh or one.body.en) for one in deliveries)
    return [{"title": title} for title in titles]


def _resource(
    frozen: Frozen,
    catalogue: Catalogue,
    deliveries: Sequence[Delivery],
    all_frozen: Sequence[Frozen],
) -> Document:
    table = catalogue.tables[frozen.table]
    own = [one for one in standing(tuple(deliveries)) if one.table == frozen.table]
    return {
        "name": resource_name(frozen.table),
        "title": table.title.zh,
        "description": table.title.en,
        "type": "table",
        "path": frozen.file.path,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": frozen.file.bytes,
        "hash": frozen.file.hash,
        "sources": _sources(own),
        "schema": _schema(table, catalogue, {resource_name(one.table) for one in all_frozen}),
        "steelyard": {
            "rows": frozen.rows,
            "periods": sorted({written_period(one.period) for one in own}),
            "deliveries": [one.id for one in own],
            "locator": {
                "path": frozen.locator.path,
                "bytes": frozen.locator.bytes,
                "hash": frozen.locator.hash,
            },
        },
    }


def _schema(table: Table, catalogue: Catalogue, resources: set[str]) -> Document:
    """A reference to a table that nobody delivered, and that no row makes, is not a foreign key."""
    document = schema_of(table, catalogue)
    keys = [
        one
        for one in document.pop("foreignKeys", [])
        if one["reference"].get("resource", "") in {"", *resources}
    ]
    return document | ({"foreignKeys": keys} if keys else {})


def delivery_document(one: Delivery) -> Document:
    found: Document = {
        "id": one.id,
        "body": both(one.body),
        "table": one.table,
        "period": written_period(one.period),
        "cut_off": one.cut_off.isoformat(),
        "signer": one.signer,
        "signed_on": one.signed_on.isoformat(),
        "file": one.file,
        "rows": one.rows,
        "hash": one.hash,
        "sample": one.sample,
    }
    if one.covers:
        found["covers"] = list(one.covers)
    if one.replaces:
        found |= {"replaces": one.replaces, "why": both(one.why)}
    if one.source:
        found["source"] = both(one.source)
    if one.licence:
        found["licence"] = one.licence
    return found


def delivery_from(document: Document) -> Delivery:
    from datetime import date

    return Delivery(
        id=str(document["id"]),
        body=text_from(document["body"]),
        table=str(document["table"]),
        period=period_of(str(document["period"])),
        cut_off=date.fromisoformat(document["cut_off"]),
        signer=str(document["signer"]),
        signed_on=date.fromisoformat(document["signed_on"]),
        file=str(document["file"]),
        rows=int(document["rows"]),
        hash=str(document["hash"]),
        covers=tuple(document.get("covers", ())),
        replaces=str(document.get("replaces", "")),
        why=text_from(document.get("why")),
        sample=bool(document["sample"]),
        source=text_from(document.get("source")),
        licence=str(document.get("licence", "")),
    )


# --- reading --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Manifest:
    """A manifest that was read: everything that it says, typed."""

    document: Document
    identifier: str
    title: Text
    period: str
    sample: bool
    catalogue: Catalogue
    deliveries: tuple[Delivery, ...]
    frozen: tuple[Frozen, ...]


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a snapshot.

    Raises:
        Faulty: it is missing, no manifest of ours, of a newer version, or a path leaves the package.
    """
    document = _load(folder)
    try:
        own = document["steelyard"]
        _check_format(str(own["format"]), folder)
        frozen = tuple(_frozen(one) for one in document["resources"])
        manifest = Manifest(
            document=document,
            identifier=str(document["id"]),
            title=text_from(own["title"]),
            period=str(own["period"]),
            sample=bool(own["sample"]),
            catalogue=catalogue_of([one["schema"] for one in document["resources"]]),
            deliveries=tuple(delivery_from(one) for one in own["deliveries"]),
            frozen=frozen,
        )
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        if isinstance(error, Faulty):
            raise
        raise _not_a_snapshot(
            folder, Text(f"清单不完整（{error}）", f"its manifest is incomplete ({error})")
        ) from error
    _check_paths(manifest, folder)
    return manifest


def _load(folder: Path) -> Document:
    path = folder / FILE
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise _not_a_snapshot(folder, Text("清单过大", "its manifest is too large"))
        document = json.loads(path.read_bytes())
        canonical(document)  # no NaN, no half of a letter
    except OSError as error:
        raise _not_a_snapshot(
            folder, Text(f"没有{FILE}", f"there is no {FILE} ({error.strerror})")
        ) from error
    except (ValueError, RecursionError) as error:
        raise _not_a_snapshot(folder, Text(f"{FILE}不是JSON", f"{FILE} is not JSON")) from error
    if not isinstance(document, dict):
        raise _not_a_snapshot(folder, Text(f"{FILE}不是清单", f"{FILE} is no manifest"))
    return document


def _check_format(written: str, folder: Path) -> None:
    if written == FORMAT:
        return
    found = _FORMAT.fullmatch(written)
    if found and int(found[1]) > int(FORMAT.rpartition("/")[2]):
        what = Text(
            f"数据快照的格式{written}比本版本新",
            f"the snapshot's format {written} is newer than this version",
        )
        mend = Text("请升级Steelyard", "use a newer Steelyard")
        raise Faulty([Fault("newer-format", what, mend, Where(file=str(folder)))])
    raise _not_a_snapshot(folder, Text(f"格式“{written}”不认识", f"its format is {written!r}"))


def _not_a_snapshot(folder: Path, why: Text) -> Faulty:
    what = Text(f"这不是数据快照：{why.zh}", f"this is no snapshot: {why.en}")
    mend = Text("请给出steelyard freeze写出的文件夹", "give the folder that steelyard freeze wrote")
    return Faulty([Fault("not-a-snapshot", what, mend, Where(file=str(folder)))])


def _frozen(resource: Document) -> Frozen:
    own = resource["steelyard"]
    locator = own["locator"]
    return Frozen(
        table=str(resource["schema"]["steelyard"]["code"]),
        rows=int(own["rows"]),
        file=Sealed(str(resource["path"]), int(resource["bytes"]), str(resource["hash"])),
        locator=Sealed(str(locator["path"]), int(locator["bytes"]), str(locator["hash"])),
    )


def _check_paths(manifest: Manifest, folder: Path) -> None:
    faults = [
        _leaves(sealed.path, folder)
        for one in manifest.frozen
        for sealed in (one.file, one.locator)
        if not is_inside(sealed.path, folder)
    ]
    if faults:
        raise Faulty(faults)


def is_inside(path: str, folder: Path) -> bool:
    """Whether a path of the manifest stays in the package, links followed."""
    parts = PurePosixPath(path).parts
    if not parts or ".." in parts or PurePosixPath(path).is_absolute() or "\\" in path:
        return False
    try:
        return (folder / path).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # a circle of links, a NUL
        return False


def _leaves(path: str, folder: Path) -> Fault:
    what = Text(f"路径“{path}”离开了数据包", f"the path {path!r} leaves the package")
    mend = Text(
        "不要打开这个数据包；请向提供者索取原件", "do not use this package: ask for the original"
    )
    return Fault("path-leaves-package", what, mend, Where(file=str(folder / FILE)))


def manifest_bytes(document: Mapping[str, object]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
