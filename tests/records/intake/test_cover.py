"""Cover lists: read alike from TOML, Excel and CSV; everything that is wrong is said at once."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
import tomli_w

from steelyard.kernel.faults import Faulty
from steelyard.records.intake.cover import HEADINGS, read_covers
from steelyard.records.intake.delivery import Delivery, period_of
from tests.records.building import CATALOGUE, codes, cover_row, faults, xlsx_of

CONTENT = b"code\nC-1\n"


def toml(folder: Path, *rows: dict[str, object]) -> Path:
    path = folder / "deliveries.toml"
    path.write_text(tomli_w.dumps({"deliveries": list(rows)}), encoding="utf-8")
    return path


def read(path: Path) -> tuple[Delivery, ...]:
    return read_covers([path], CATALOGUE)


def refused_codes(path: Path) -> list[str]:
    with pytest.raises(Faulty) as refused:
        read(path)
    return codes(refused)


ROWS = (
    cover_row(CONTENT, id="c1", covers=["440700"], source="法院系统", licence="CC0-1.0"),
    cover_row(CONTENT, id="c2", replaces="c1", why="漏报一案", period="2021", sample=True),
)


def as_texts(row: dict[str, object], title: dict[str, str]) -> dict[str, object]:
    """The row as it stands in a sheet."""
    shown = {
        name: "、".join(value) if isinstance(value, list) else "是" if value is True else value
        for name, value in row.items()
    }
    return {title.get(name, name): value for name, value in shown.items()}


def sheet(folder: Path, kind: str, title: dict[str, str]) -> Path:
    names = list(dict.fromkeys(name for row in ROWS for name in row))
    rows = [as_texts({name: row.get(name, "") for name in names}, title) for row in ROWS]
    path = folder / f"deliveries.{kind}"
    if kind == "xlsx":
        path.write_bytes(xlsx_of(rows))
    else:
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        path.write_text(text.getvalue(), encoding="gb18030")
    return path


CHINESE = {name: titles[0] for name, titles in HEADINGS.items()}


@pytest.mark.parametrize("title", [{}, CHINESE], ids=["codes", "chinese"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_sheet_says_what_toml_says(tmp_path: Path, kind: str, title: dict[str, str]) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert read(sheet(tmp_path / "a", kind, title)) == read(toml(tmp_path / "b", *ROWS))


@pytest.mark.parametrize("day", ["2021/12/31", "2021年12月31日", "2021.12.31"])
def test_a_sheet_may_write_a_day_as_people_do(tmp_path: Path, day: str) -> None:
    path = sheet(tmp_path, "csv", CHINESE)
    written = path.read_text(encoding="gb18030").replace("2021-12-31", day)
    path.write_text(written, encoding="gb18030")
    assert {one.cut_off for one in read(path)} >= {date(2021, 12, 31)}


def test_everything_on_the_list_is_kept(tmp_path: Path) -> None:
    first, second = read(toml(tmp_path, *ROWS))
    assert (first.id, first.body.zh, first.table, first.period) == (
        "c1", "江门市中级人民法院", "cases", period_of("2021"),
    )  # fmt: skip
    assert (first.cut_off, first.signed_on, first.covers, first.licence) == (
        date(2021, 12, 31), date(2022, 1, 10), ("440700",), "CC0-1.0",
    )  # fmt: skip
    assert (second.replaces, second.why.zh, second.sample) == ("c1", "漏报一案", True)
    assert first.path == tmp_path / "cases.csv"


def test_a_table_may_be_named_by_its_title(tmp_path: Path) -> None:
    (one,) = read(toml(tmp_path, cover_row(CONTENT, table="案件")))
    assert one.table == "cases"


@pytest.mark.parametrize("written", [2021, "2021", "2021-01-01/2022-01-01"])
def test_a_year_may_be_written_as_a_number_or_as_two_days(tmp_path: Path, written: object) -> None:
    (one,) = read(toml(tmp_path, cover_row(CONTENT, period=written)))
    assert one.period == period_of("2021")


def test_a_hash_may_be_sm3(tmp_path: Path) -> None:
    (one,) = read(toml(tmp_path, cover_row(CONTENT, algorithm="sm3")))
    assert one.hash.startswith("sm3:")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"period": "2021年"}, "wrong-period"),
        ({"cut_off": date(2021, 12, 31), "signed_on": date(2021, 12, 30)}, "signed-before-cut-off"),
        ({"period": "2021-02-30/2021-12-31"}, "wrong-period"),
        ({"period": "2022-01-01/2021-01-01"}, "wrong-period"),
        ({"period": "9999"}, "wrong-period"),
        ({"table": "case"}, "unknown-table"),
        ({"file": "../cases.csv"}, "path-leaves-folder"),
        ({"file": "sub/../../cases.csv"}, "path-leaves-folder"),
        ({"file": "..\\cases.csv"}, "path-leaves-folder"),
        ({"file": "/etc/passwd"}, "path-leaves-folder"),
        ({"file": "C:\\data\\cases.csv"}, "path-leaves-folder"),
        ({"file": "cases\0.csv"}, "path-leaves-folder"),
        ({"hash": "0" * 64}, "wrong-hash-form"),
        ({"hash": "md5:" + "0" * 32}, "wrong-hash-form"),
        ({"hash": "sha256:" + "g" * 64}, "wrong-hash-form"),
        ({"hash": "sha256:" + "A" * 64}, "wrong-hash-form"),
        ({"replaces": "d0"}, "correction-without-reason"),
        ({"why": "漏报"}, "correction-without-reason"),
        ({"replaces": "d0", "why": "漏报"}, "unknown-delivery"),
        ({"rows": -1}, "wrong-value"),
        ({"rows": "²"}, "wrong-value"),
        ({"cut_off": "2021-02-30"}, "wrong-value"),
        ({"signer": None}, "key-missing"),
        ({"singer": "李四"}, "unknown-key"),
        ({"id": "d 1"}, "wrong-value"),
    ],
)
def test_one_wrong_thing_is_one_fault(
    tmp_path: Path, changes: dict[str, object], code: str
) -> None:
    assert refused_codes(toml(tmp_path, cover_row(CONTENT, **changes))) == [code]


def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "secret.csv").write_bytes(CONTENT)
    (tmp_path / "own/cases.csv").symlink_to(tmp_path / "secret.csv")
    assert refused_codes(toml(tmp_path / "own", cover_row(CONTENT))) == ["path-leaves-folder"]


def test_a_link_that_stays_and_a_subfolder_are_let_in(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/real.csv").write_bytes(CONTENT)
    (tmp_path / "cases.csv").symlink_to("sub/real.csv")
    listed = [cover_row(CONTENT), cover_row(CONTENT, id="d2", file="sub/real.csv")]
    assert [one.file for one in read(toml(tmp_path, *listed))] == ["cases.csv", "sub/real.csv"]


def corrected(number: int, of: int, **changes: object) -> dict[str, object]:
    return cover_row(CONTENT, id=f"d{number}", replaces=f"d{of}", why="更正", **changes)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([cover_row(CONTENT), cover_row(CONTENT)], "duplicate-id"),
        ([cover_row(CONTENT), corrected(2, 1), corrected(3, 1)], "replaced-twice"),
        ([cover_row(CONTENT), corrected(2, 1, body="深圳中院")], "unlike-correction"),
        ([cover_row(CONTENT), corrected(2, 1, table="places")], "unlike-correction"),
        ([cover_row(CONTENT), corrected(2, 1, period="2020")], "unlike-correction"),
    ],
)
def test_deliveries_that_do_not_go_together(
    tmp_path: Path, rows: list[dict[str, object]], code: str
) -> None:
    assert refused_codes(toml(tmp_path, *rows)) == [code]


def test_corrections_in_a_circle_are_told_of_each(tmp_path: Path) -> None:
    path = toml(tmp_path, corrected(1, 2), corrected(2, 1))
    assert refused_codes(path) == ["circle-of-corrections"] * 2
    assert refused_codes(toml(tmp_path, corrected(1, 1))) == ["circle-of-corrections"]


def test_a_correction_of_a_correction_is_let_in(tmp_path: Path) -> None:
    path = toml(tmp_path, cover_row(CONTENT), corrected(2, 1), corrected(3, 2))
    assert [one.id for one in read(path)] == ["d1", "d2", "d3"]


def test_all_faults_of_all_lists_come_at_once_each_at_its_place(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    wrong = cover_row(CONTENT, table="cses", hash="x", file="../a.csv", period="一年")
    rows = [{"编号": "e1", "表": "cases", "报送单位": "市局"}]
    (tmp_path / "b/deliveries.xlsx").write_bytes(xlsx_of(rows))
    with pytest.raises(Faulty) as refused:
        read_covers([toml(tmp_path, wrong), tmp_path / "b", tmp_path / "c"], CATALOGUE)
    assert [(one.code, one.where.say("en")) for one in faults(refused)] == [
        ("wrong-period", "deliveries.toml, deliveries.d1.period"),
        ("unknown-table", "deliveries.toml, deliveries.d1.table"),
        ("path-leaves-folder", "deliveries.toml, deliveries.d1.file"),
        ("wrong-hash-form", "deliveries.toml, deliveries.d1.hash"),
        *[("key-missing", "deliveries.xlsx, sheet Sheet, row 2")] * 7,
        ("no-cover", "c"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"deliveries = [", "not-toml"),
        (b"\xff\xfe", "not-toml"),
        (b"a = 1", "no-deliveries"),
        (b"deliveries = 1", "no-deliveries"),
        (b"deliveries = " + b"[" * 3000 + b"]" * 3000, "not-toml"),
    ],
)
def test_a_file_that_is_no_cover_list(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "deliveries.toml").write_bytes(content)
    assert refused_codes(tmp_path) == [code]


def test_a_list_of_the_same_name_twice_over_is_a_duplicate(tmp_path: Path) -> None:
    path = toml(tmp_path, cover_row(CONTENT))
    with pytest.raises(Faulty) as refused:
        read_covers([path, path], CATALOGUE)
    assert codes(refused) == ["duplicate-id"]
