"""A tiny catalogue and deliveries of it, with defaults, so that a test shows only what matters."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty
from steelyard.kernel.hashes import Algorithm, tagged
from steelyard.records.catalogue.model import Catalogue, Constraint, Field, Table
from steelyard.records.snapshot.freeze import freeze
from steelyard.records.snapshot.snapshot import Snapshot

KINDS = {"patent": Text("专利权", "Patent"), "copyright": Text("著作权", "Copyright")}
PLACES = Table(
    code="places",
    title=Text("地方", "Places"),
    area="plan",
    key=("code",),
    place="code",
    disclosure="open",
    fields=(
        Field(code="code", title=Text("编码", "Code"), type="code", required=True),
        Field(code="name", title=Text("名称", "Name"), type="text"),
    ),
)


def field(code: str, zh: str, kind: Any, **more: Any) -> Field:
    return Field(code=code, title=Text(zh, code.capitalize()), type=kind, **more)


def cases(**changes: Any) -> Table:
    """A table with a field of every type; ``changes`` replace what it is made of."""
    given: dict[str, Any] = {
        "code": "cases",
        "title": Text("案件", "Cases"),
        "area": "courts",
        "key": ("code",),
        "place": "place",
        "dated": ("filed_on",),
        "fields": (
            field("code", "案号", "code", required=True, pattern="[A-Z0-9-]+"),
            field("place", "地方", "code", required=True, refers_to="places.code"),
            field("filed_on", "立案日", "day", required=True),
            field("heard_on", "开庭日", "day"),
            field("kind", "类型", "code", codes="kinds"),
            field("judges", "法官数", "whole", least=Decimal(1), most=Decimal(9)),
            field("score", "得分", "number"),
            field("claim", "标的额", "money"),
            field("is_appeal", "是否上诉", "yes_no"),
            field("cause", "案由", "text"),
            field("party", "当事人", "text", personal=True),
        ),
        "constraints": (
            Constraint(
                "heard_on IS NULL OR heard_on >= filed_on",
                Text("开庭日早于立案日", "heard before it was filed"),
            ),
        ),
    }
    return Table(**given | changes)


def catalogue(*more: Table, of_cases: Table | None = None) -> Catalogue:
    tables = (PLACES, of_cases or cases(), *more)
    return Catalogue({one.code: one for one in tables}, {"kinds": KINDS})


CATALOGUE = catalogue()
JIANGMEN = {"code": "440700", "name": "江门"}
SHENZHEN = {"code": "440300", "name": "深圳"}


def case(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A sound row as plain text."""
    return {
        "code": f"C-{number:06}",
        "place": "440700",
        "filed_on": "2021-03-05",
        "heard_on": "2021-04-05",
        "kind": "patent",
        "judges": "3",
        "score": "92.5",
        "claim": "1234.50",
        "is_appeal": "false",
        "cause": "侵害发明专利权纠纷",
        "party": "张三",
    } | changes


def bare(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Only what is required, and ``changes``."""
    return {name: case(number)[name] for name in ("code", "place", "filed_on")} | changes


ONE_CASE = (case(),)
Rows = Sequence[Mapping[str, Any]]


def headings_of(rows: Rows) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def cells_of(rows: Rows) -> list[list[Any]]:
    return [[row.get(name, "") for name in headings_of(rows)] for row in rows]


def csv_of(rows: Rows, encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([headings_of(rows), *cells_of(rows)])
    return text.getvalue().encode(encoding)


def xlsx_of(rows: Rows) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in [headings_of(rows), *cells_of(rows)]:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def parquet_of(columns: Mapping[str, Any]) -> bytes:
    """Columns of any type, as given."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    target = io.BytesIO()
    pq.write_table(pa.table(columns), target)
    return target.getvalue()


def texts_of(rows: Rows) -> bytes:
    """Parquet with the rows as text."""
    import pyarrow as pa

    columns = zip(*cells_of(rows), strict=True)
    named = zip(headings_of(rows), columns, strict=True)
    return parquet_of({name: pa.array(list(held), pa.string()) for name, held in named})


FORMATS = {
    "utf8.csv": csv_of,
    "bom.csv": lambda rows: csv_of(rows, "utf-8-sig"),
    "gb18030.csv": lambda rows: csv_of(rows, "gb18030"),
    "book.xlsx": xlsx_of,
    "texts.parquet": texts_of,
}
"""Every way to send the same rows: the end of the file's name, and the writer."""


def cover_row(content: bytes, **changes: Any) -> dict[str, Any]:
    """A row of a cover list. Its hash is that of ``content``."""
    algorithm: Algorithm = changes.pop("algorithm", "sha256")
    given = {
        "id": "d1",
        "body": "江门市中级人民法院",
        "table": "cases",
        "period": "2021",
        "cut_off": date(2021, 12, 31),
        "signer": "李四",
        "signed_on": date(2022, 1, 10),
        "file": "cases.csv",
        "rows": 1,
        "hash": tagged(content, algorithm),
    } | changes
    return {name: value for name, value in given.items() if value is not None}


class Post:
    """A folder with a cover list and the files that it names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.listed: list[dict[str, Any]] = []
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, content: bytes, *, rows: int = 1, **changes: Any) -> Post:
        """Deliver a file's bytes."""
        row = cover_row(content, rows=rows, **changes)
        target = self.folder / row["file"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        self.listed.append(row)
        return self

    def rows(self, rows: Rows, **changes: Any) -> Post:
        return self.put(csv_of(rows), **({"rows": len(rows)} | changes))

    def places(self, *rows: Mapping[str, str]) -> Post:
        held = rows or (JIANGMEN, SHENZHEN)
        return self.rows(held, id="places", table="places", file="places.csv", body="省局")

    def write(self) -> Path:
        import tomli_w

        path = self.folder / "deliveries.toml"
        path.write_text(tomli_w.dumps({"deliveries": self.listed}), encoding="utf-8")
        return path

    def freeze(self, out: Path, **more: Any) -> Snapshot:
        asked = {"period": "2021", "catalogue": CATALOGUE} | more
        return freeze([self.write()], out, **asked)


def posted(folder: Path, rows: Rows = ONE_CASE, **changes: Any) -> Post:
    """Places, and rows of cases, ready to be frozen."""
    return Post(folder).places().rows(rows, **changes)


def frozen(
    tmp_path: Path, rows: Rows = ONE_CASE, *, name: str = "snapshot", **more: Any
) -> Snapshot:
    return posted(tmp_path / f"post-{name}", rows).freeze(tmp_path / name, **more)


def faults(refused: pytest.ExceptionInfo[Faulty]) -> tuple[Fault, ...]:
    return refused.value.faults


def codes(refused: pytest.ExceptionInfo[Faulty]) -> list[str]:
    return [one.code for one in refused.value.faults]


def at_cells(found: Iterable[Fault]) -> list[tuple[str, str, int | None, str]]:
    """Code, file, row and field of each fault; the letter of the column left out."""
    return [
        (one.code, one.where.file, one.where.row, one.where.column.rpartition(" ")[2])
        for one in found
    ]


def listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
