"""What is wrong with a delivery is told cell by cell, all of it, whatever the file's format."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.records.catalogue.model import Constraint
from steelyard.records.intake import source, staged
from tests.records.building import (
    FORMATS,
    Post,
    Rows,
    at_cells,
    bare,
    case,
    cases,
    catalogue,
    codes,
    csv_of,
    faults,
    listing,
    parquet_of,
    posted,
    texts_of,
    xlsx_of,
)

every_format = pytest.mark.parametrize(
    ("end", "write"), FORMATS.items(), ids=[one.replace(".", "-") for one in FORMATS]
)
Write = Callable[[Rows], bytes]


def refused(folder: Path, post: Post, **more: Any) -> pytest.ExceptionInfo[Faulty]:
    """Freeze and be refused; nothing may then be there that was not there before."""
    post.write()
    before = listing(folder)
    with pytest.raises(Faulty) as found:
        post.freeze(folder / "snapshot", **more)
    assert listing(folder) == before
    return found


def sent(folder: Path, content: bytes, end: str, rows: int) -> Post:
    return Post(folder / "post").places().put(content, rows=rows, file=f"cases.{end}")


FAULTY: Rows = [
    case(1, code="C/1"),
    case(2, place="440800"),
    case(3, filed_on="2020-12-31"),
    case(4, filed_on="2022-01-01", heard_on=""),
    case(5, filed_on="2021-02-30"),
    case(6, heard_on="2021-03-01"),
    case(7, kind="商标"),
    case(8, judges="0"),
    case(9, judges="1.5"),
    case(10, judges="10"),
    case(11, score="1.2345678"),
    case(12, score="九十"),
    case(13, claim="0.005"),
    case(14, claim="1e20"),
    case(15, is_appeal="也许"),
    case(16, code="C 16"),
    case(17, place=""),
    case(18, cause="长" * 10_001),
    case(19),
    case(19),
    case(20, filed_on="", place="", kind="商标"),
]
EXPECTED = [
    ("wrong-form", 2, "code"),
    ("unknown-reference", 3, "place"),
    ("outside-period", 4, "filed_on"),
    ("outside-period", 5, "filed_on"),
    ("after-cut-off", 5, "filed_on"),
    ("not-a-date", 6, "filed_on"),
    ("constraint-broken", 7, ""),
    ("unknown-code", 8, "kind"),
    ("out-of-bounds", 9, "judges"),
    ("not-whole", 10, "judges"),
    ("out-of-bounds", 11, "judges"),
    ("too-many-places", 12, "score"),
    ("not-a-number", 13, "score"),
    ("too-many-places", 14, "claim"),
    ("out-of-bounds", 15, "claim"),
    ("not-yes-or-no", 16, "is_appeal"),
    ("not-a-code", 17, "code"),
    ("missing", 18, "place"),
    ("too-long", 19, "cause"),
    ("duplicate-key", 21, "code"),
    ("missing", 22, "place"),
    ("missing", 22, "filed_on"),
    ("unknown-code", 22, "kind"),
]


@every_format
def test_every_fault_is_told_at_its_cell_whatever_the_format(
    tmp_path: Path, end: str, write: Write
) -> None:
    post = sent(tmp_path, write(FAULTY), end, len(FAULTY))
    found = at_cells(faults(refused(tmp_path, post)))
    file = f"cases.{end}"
    assert sorted(found) == sorted((code, file, row, column) for code, row, column in EXPECTED)


def test_a_fault_quotes_the_cell_and_says_where_it_stands(tmp_path: Path) -> None:
    post = sent(tmp_path, xlsx_of([case(1, judges="三"), case(2, judges="12")]), "xlsx", 2)
    first, second = faults(refused(tmp_path, post))
    assert first.say("zh") == (
        "cases.xlsx 工作表“Sheet” 第2行 “F judges”列：“三”不是数；"
        "请只填一个数，不带单位和文字；没有数据请留空 [not-a-number]"
    )
    assert second.say("en") == (
        "cases.xlsx, sheet Sheet, row 3, column F judges: 12 is above the allowed 9;"
        " check the figure and its unit of measure [out-of-bounds]"
    )


def test_a_duplicate_key_between_two_deliveries_names_both(tmp_path: Path) -> None:
    post = posted(tmp_path / "post", [case(1), case(2)])
    post.rows([case(3), case(2)], id="d2", file="more.csv")
    (fault,) = faults(refused(tmp_path, post))
    assert (fault.code, fault.where.file, fault.where.row) == ("duplicate-key", "more.csv", 3)
    assert "cases.csv, row 3" in fault.what.en


PLAIN = case(1)
ODDLY: dict[str, str] = {
    "filed_on": "2021年3月5日",
    "heard_on": "2021/4/5",
    "kind": "专利权",
    "judges": "３",
    "score": "９２．５",
    "claim": "1,234.5",
    "is_appeal": "否",
}


@every_format
def test_odd_writings_come_to_the_same_values(tmp_path: Path, end: str, write: Write) -> None:
    rows = [PLAIN, PLAIN | {"code": "C-000002"} | ODDLY]
    table = sent(tmp_path, write(rows), end, 2).freeze(tmp_path / "snapshot").table("cases")
    first, second = table.to_pylist()
    assert second == first | {"code": "C-000002"}
    assert first == {
        "code": "C-000001", "place": "440700", "filed_on": date(2021, 3, 5),
        "heard_on": date(2021, 4, 5), "kind": "patent", "judges": 3, "score": Decimal("92.5"),
        "claim": Decimal("1234.50"), "is_appeal": False, "cause": "侵害发明专利权纠纷", "party": "张三",
        "delivery": "d1",
    }  # fmt: skip


@every_format
def test_what_is_missing_is_null_and_never_zero(tmp_path: Path, end: str, write: Write) -> None:
    names = ("heard_on", "kind", "judges", "score", "claim", "is_appeal", "cause", "party")
    writings = ["", "——", "暂无"]
    rows = [case(at, **dict.fromkeys(names, text)) for at, text in enumerate(writings)]
    zero = case(9, judges="1", score="0", claim="0.00", is_appeal="0")
    table = (
        sent(tmp_path, write([*rows, zero]), end, 4).freeze(tmp_path / "snapshot").table("cases")
    )
    *missing, last = table.to_pylist()
    assert [[row[name] for name in names] for row in missing] == [[None] * len(names)] * 3
    assert (last["score"], last["claim"], last["is_appeal"]) == (0, 0, False)


def test_a_field_that_the_file_does_not_have_is_null_throughout(tmp_path: Path) -> None:
    table = posted(tmp_path / "post", [bare(1), bare(2)]).freeze(tmp_path / "s").table("cases")
    assert table["score"].to_pylist() == [None, None]


def test_headings_may_be_titles_of_either_language(tmp_path: Path) -> None:
    rows = [{"案号": "C-1", "Place": "440700", "立案日": "2021-03-05", "法官数": "2"}]
    (row,) = posted(tmp_path / "post", rows).freeze(tmp_path / "s").table("cases").to_pylist()
    assert (row["code"], row["judges"]) == ("C-1", 2)


@every_format
def test_columns_that_are_unknown_twice_or_lacking_are_told_at_once(
    tmp_path: Path, end: str, write: Write
) -> None:
    rows = [{"code": "C-1", "filed_on": "2021-03-05", "立案日": "2021-03-05", "judge": "1"}]
    found = at_cells(faults(refused(tmp_path, sent(tmp_path, write(rows), end, 1))))
    file = f"cases.{end}"
    assert found == [
        ("duplicate-column", file, 1, "立案日"),
        ("unknown-column", file, 1, "judge"),
        ("missing-column", file, 1, ""),
    ]


# --- the file as a whole --------------------------------------------------------------------


@every_format
def test_a_wrong_row_count_is_told(tmp_path: Path, end: str, write: Write) -> None:
    found = refused(tmp_path, sent(tmp_path, write([case(1)]), end, 2))
    assert codes(found) == ["wrong-row-count"]


def test_a_file_that_was_altered_after_it_was_signed_is_refused(tmp_path: Path) -> None:
    post = posted(tmp_path / "post")
    path = post.folder / "cases.csv"
    path.write_bytes(path.read_bytes().replace(b"1234.50", b"9234.50"))
    assert codes(refused(tmp_path, post)) == ["wrong-hash"]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    post = posted(tmp_path / "post")
    (post.folder / "cases.csv").unlink()
    assert codes(refused(tmp_path, post)) == ["missing-file"]


def test_a_name_that_no_disk_can_hold_is_a_file_that_is_not_there(tmp_path: Path) -> None:
    post = posted(tmp_path / "post")
    post.listed[1]["file"] = "a" * 300 + ".csv"
    assert codes(refused(tmp_path, post)) == ["missing-file"]


def test_a_hash_by_sm3_is_checked_too(tmp_path: Path) -> None:
    post = posted(tmp_path / "post", algorithm="sm3")
    assert post.freeze(tmp_path / "s").deliveries[1].hash.startswith("sm3:")
    (post.folder / "cases.csv").write_bytes(b"x")
    assert codes(refused(tmp_path, post)) == ["wrong-hash"]


@pytest.mark.parametrize("keep", [3, 100, -1, -9])
def test_a_truncated_parquet_is_refused(tmp_path: Path, keep: int) -> None:
    content = texts_of([case(1)])[:keep]
    found = refused(tmp_path, sent(tmp_path, content, "parquet", 1))
    assert codes(found) == ["broken-file"]


def test_a_parquet_with_a_spoilt_page_is_refused(tmp_path: Path) -> None:
    content = bytearray(texts_of([case(at) for at in range(200)]))
    for at in range(30, 1500):
        content[at] ^= 0x5A
    found = refused(tmp_path, sent(tmp_path, bytes(content), "parquet", 200))
    assert set(codes(found)) <= {"broken-file"}


def test_a_parquet_that_claims_absurdly_many_rows_is_refused(tmp_path: Path) -> None:
    found = refused(tmp_path, sent(tmp_path, claiming_rows(2**40), "parquet", 1))
    assert codes(found)[0] in ("too-large", "broken-file")


def claiming_rows(rows: int) -> bytes:
    """A sound file of 77 rows, its numbers of rows replaced by ``rows`` in the footer."""
    content = texts_of([case(at) for at in range(77)])
    length = int.from_bytes(content[-8:-4], "little")
    body, footer = content[: -8 - length], content[-8 - length : -8]
    larger = footer.replace(b"\x16" + varint(77), b"\x16" + varint(rows))
    assert larger != footer
    return body + larger + len(larger).to_bytes(4, "little") + b"PAR1"


def varint(number: int) -> bytes:
    """As Thrift's compact protocol writes a whole number: zigzag, seven bits a byte."""
    left, found = number << 1, bytearray()
    while left > 0x7F:
        found.append(left & 0x7F | 0x80)
        left >>= 7
    return bytes([*found, left])


def test_a_workbook_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    import io
    import zipfile

    source, bomb = io.BytesIO(xlsx_of([case(1)])), io.BytesIO()
    with zipfile.ZipFile(source) as held, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out:
        for name in held.namelist():
            out.writestr(name, held.read(name))
        out.writestr("xl/worksheets/sheet9.xml", b" " * (600 << 20))
    found = refused(tmp_path, sent(tmp_path, bomb.getvalue(), "xlsx", 1))
    assert codes(found) == ["too-large"]


def test_a_file_whose_name_holds_signs_of_a_pattern_is_read_itself(tmp_path: Path) -> None:
    post = Post(tmp_path / "post").places()
    post.put(texts_of([case(1)]), file="cases[1].parquet")
    (post.folder / "cases1.parquet").write_bytes(texts_of([case(7)]))
    table = post.freeze(tmp_path / "s[1]*").table("cases")
    assert table["code"].to_pylist() == ["C-000001"]


def test_a_kind_of_file_that_is_not_read_is_refused(tmp_path: Path) -> None:
    assert codes(refused(tmp_path, sent(tmp_path, b"x", "ods", 1))) == ["unknown-extension"]


# --- columns that are typed already ---------------------------------------------------------


def typed(**columns: Any) -> bytes:
    given = {"code": ["C-1"], "place": ["440700"], "filed_on": [date(2021, 3, 5)]}
    return parquet_of(given | columns)


@pytest.mark.parametrize(
    ("field", "column", "value"),
    [
        ("judges", pa.array([3.0], pa.float64()), 3),
        ("judges", pa.array([3], pa.uint64()), 3),
        ("judges", pa.array([3], pa.int8()), 3),
        ("score", pa.array([0.1], pa.float32()), Decimal("0.1")),
        ("score", pa.array([0.1], pa.float64()), Decimal("0.1")),
        ("score", pa.array([Decimal("92.5000000000")], pa.decimal128(38, 10)), Decimal("92.5")),
        ("claim", pa.array([10**15], pa.int64()), Decimal(10**15)),
        ("claim", pa.array([Decimal("1.50")], pa.decimal128(18, 2)), Decimal("1.5")),
        ("heard_on", pa.array([datetime(2021, 4, 5, 9, 30, 1, 5)], pa.timestamp("us")), date(2021, 4, 5)),
        ("heard_on", pa.array([datetime(2021, 4, 5)], pa.timestamp("ns")), date(2021, 4, 5)),
        ("heard_on", pa.array([date(2021, 4, 5)], pa.date64()), date(2021, 4, 5)),
        ("kind", pa.array(["专利权"]).dictionary_encode(), "patent"),
        ("is_appeal", pa.array([True]), True),
        ("is_appeal", pa.array([1], pa.int64()), True),
        ("place", pa.array([440700], pa.int64()), "440700"),
        ("place", pa.array([440700.0], pa.float64()), "440700"),
        ("place", pa.array(["440700"], pa.large_string()), "440700"),
        ("cause", pa.array([None], pa.null()), None),
        ("cause", pa.array([1.5], pa.float64()), "1.5"),
        ("cause", pa.array([2.0], pa.float64()), "2"),
    ],
)  # fmt: skip
def test_a_typed_column_of_parquet_gives_its_exact_values(
    tmp_path: Path, field: str, column: pa.Array, value: object
) -> None:
    post = sent(tmp_path, typed(**{field: column}), "parquet", 1)
    (row,) = post.freeze(tmp_path / "s").table("cases").to_pylist()
    assert row[field] == value


@pytest.mark.parametrize(
    ("field", "column", "code"),
    [
        ("judges", pa.array([2.5]), "not-whole"),
        ("judges", pa.array([float("nan")]), "not-a-number"),
        ("score", pa.array([1 / 3]), "too-many-places"),
        ("score", pa.array([float("inf")]), "not-a-number"),
        ("score", pa.array([date(2021, 1, 1)]), "not-a-number"),
        ("claim", pa.array([10**17], pa.int64()), "out-of-bounds"),
        ("heard_on", pa.array([44000]), "not-a-date"),
        ("heard_on", pa.array([10_000_000], pa.date32()), "not-a-date"),
        ("heard_on", pa.array([datetime(2021, 4, 5)], pa.timestamp("us", "UTC")), "not-a-date"),
        ("cause", pa.array([["a"]]), "unreadable-column"),
        ("cause", pa.array([{"a": 1}]), "unreadable-column"),
        ("cause", pa.array([b"a"], pa.binary()), "unreadable-column"),
        ("place", pa.array([1e16]), "not-a-code"),
    ],
)
def test_a_typed_column_that_is_none_of_the_field_is_refused(
    tmp_path: Path, field: str, column: pa.Array, code: str
) -> None:
    found = refused(tmp_path, sent(tmp_path, typed(**{field: column}), "parquet", 1))
    assert codes(found)[0] == code


@pytest.mark.parametrize("value", [123456789012345678, date(2021, 3, 5), True])
def test_a_code_that_excel_has_changed_is_refused(tmp_path: Path, value: object) -> None:
    post = sent(tmp_path, xlsx_of([case(1), case(2, place=value)]), "xlsx", 2)
    found = [one for one in at_cells(faults(refused(tmp_path, post))) if one[0] == "not-a-code"]
    assert found == [("not-a-code", "cases.xlsx", 3, "place")]


def test_dates_and_numbers_of_excel_are_taken_as_they_are(tmp_path: Path) -> None:
    row = case(
        1, filed_on=date(2021, 3, 5), heard_on=datetime(2021, 4, 5, 9), judges=3, place=440700
    )
    post = sent(tmp_path, xlsx_of([row | {"score": 0.1, "is_appeal": True}]), "xlsx", 1)
    (found,) = post.freeze(tmp_path / "s").table("cases").to_pylist()
    assert (found["filed_on"], found["heard_on"], found["judges"], found["place"]) == (
        date(2021, 3, 5), date(2021, 4, 5), 3, "440700",
    )  # fmt: skip
    assert (found["score"], found["is_appeal"]) == (Decimal("0.1"), True)


# --- many -----------------------------------------------------------------------------------


def test_more_odd_writings_than_are_read_are_refused_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staged, "MOST_ODD_TEXTS", 3)
    rows = [case(at, claim=f"{at},000") for at in range(1, 5)]
    assert codes(refused(tmp_path, posted(tmp_path / "post", rows))) == ["too-many-writings"]
    few = posted(tmp_path / "few", rows[:3]).freeze(tmp_path / "s").table("cases")
    assert few["claim"].to_pylist() == [1000, 2000, 3000]


def test_faults_past_the_first_thousand_are_counted(tmp_path: Path) -> None:
    rows = [case(at, judges="12") for at in range(1005)]
    found = refused(tmp_path, posted(tmp_path / "post", rows))
    assert codes(found).count("out-of-bounds") == 1000
    assert [one.what.en for one in faults(found) if one.code == "more-faults"] == [
        "5 more faults of this kind are not listed"
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_text_file_too_large_for_a_sheet_is_read_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    rows = [case(1, cause='他说，“,"\n”'), case(2) | ODDLY, case(3, cause="")]
    small = posted(tmp_path / "post", rows).freeze(tmp_path / "small")
    monkeypatch.setattr(source, "SIZE_LIMIT", 10)
    post = Post(tmp_path / "again").places().put(csv_of(rows, encoding), rows=3)
    assert post.freeze(tmp_path / "large").table("cases") == small.table("cases")


@pytest.mark.parametrize(
    "content", [csv_of([case(1)], "gb18030"), csv_of([case(1)]) + b"a,b\n", b"\x00\x01" * 10]
)
def test_a_large_text_file_that_is_not_sound_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setattr(source, "SIZE_LIMIT", 10)
    found = refused(tmp_path, Post(tmp_path / "post").places().put(content, rows=2))
    assert set(codes(found)) <= {
        "broken-file",
        "wrong-row-count",
        "missing-column",
        "unknown-column",
    }


# --- constraints ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rule",
    [
        "1=1) UNION SELECT code FROM cases WHERE (1=1",
        "1=1) OR (code IN (SELECT content FROM read_text('/etc/passwd'))",
        "code IN (SELECT code FROM cases)",
        "EXISTS (SELECT 1 FROM cases)",
        "(SELECT count(*) FROM cases) > 0",
        "code IN (SELECT content FROM read_text('/etc/passwd'))",
        "getenv('HOME') = ''",
        "1=1) --",
        "1=1) /*",
        "1=1); DROP TABLE cases; SELECT (1",
        "count(*) > 1",
        "code = :from",
        "nothing = 1",
        "code =",
        "",
        "true), true)), (SELECT (coalesce((true",
        "code",
        "judges + 1",
    ],
)
def test_a_constraint_that_is_no_condition_on_its_own_row_is_refused(
    tmp_path: Path, rule: str
) -> None:
    table = cases(constraints=(Constraint(rule, Text("不对", "wrong")),))
    found = refused(tmp_path, posted(tmp_path / "post"), catalogue=catalogue(of_cases=table))
    assert codes(found)
    assert {one.where.key for one in faults(found)} == {"tables.cases.constraints[1]"}


def test_a_constraint_may_use_every_plain_word(tmp_path: Path) -> None:
    rules = [
        "heard_on IS NULL OR date_diff('day', filed_on, heard_on) <= 365",
        "kind IN ('patent', 'copyright') AND cause LIKE '%权%'",
        "CASE WHEN judges > 1 THEN claim > 0 ELSE true END",
        "score BETWEEN 0 AND 100 -- a percentage",
    ]
    listed = tuple(Constraint(rule, Text("不对", "wrong")) for rule in rules)
    known = catalogue(of_cases=cases(constraints=listed))
    assert posted(tmp_path / "post").freeze(tmp_path / "s", catalogue=known).table("cases")


def test_a_row_for_which_a_constraint_cannot_be_told_is_let_in(tmp_path: Path) -> None:
    table = cases(constraints=(Constraint("score < 50", Text("过高", "too high")),))
    known = catalogue(of_cases=table)
    posted(tmp_path / "post", [case(1, score="")]).freeze(tmp_path / "s", catalogue=known)
    found = refused(tmp_path, posted(tmp_path / "more", [case(1)]), catalogue=known)
    assert codes(found) == ["constraint-broken"]
