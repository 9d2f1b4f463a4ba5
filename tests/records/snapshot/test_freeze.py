"""The same records give the same bytes; all of a snapshot is there, or nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from steelyard.kernel.faults import Faulty
from steelyard.records.query.engine import Limits
from steelyard.records.snapshot.locator import ROW_GROUP
from steelyard.records.snapshot.snapshot import Snapshot
from tests.records.building import (
    FORMATS,
    JIANGMEN,
    Post,
    case,
    codes,
    csv_of,
    faults,
    frozen,
    listing,
    parquet_of,
    posted,
    texts_of,
)

ROWS = [case(at, claim=f"{at}.5", cause=f"案由{at % 7}") for at in range(300)]
MANY = 2 * ROW_GROUP + 1000


def held(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in listing(folder) if "." in name}


def tables_of(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in held(folder).items() if name.endswith(".parquet")}


def many(*, repeat: int = 0) -> bytes:
    """More rows than two row groups hold, in no order; ``repeat`` rows stand twice."""
    numbers = [(at * 7919) % MANY for at in range(MANY)] + list(range(repeat))
    texts = [f"C-{number:07}" for number in numbers]
    return parquet_of(
        {
            "code": texts,
            "place": pa.array(["440700"] * len(texts)),
            "filed_on": pa.array([18_640 + number % 300 for number in numbers], pa.date32()),
            "score": pa.array(numbers, pa.int32()),
        }
    )


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return posted_many(tmp_path_factory.mktemp("large")).freeze(
        tmp_path_factory.mktemp("out") / "s", limits=Limits(threads=1)
    )


def posted_many(folder: Path, **changes: Any) -> Post:
    content = many(**changes)
    rows = MANY + changes.get("repeat", 0)
    return Post(folder).places().put(content, rows=rows, file="cases.parquet")


@pytest.mark.parametrize("threads", [2, 5])
def test_the_same_bytes_come_at_any_number_of_threads(
    tmp_path: Path, large: Snapshot, threads: int
) -> None:
    again = posted_many(tmp_path / "post").freeze(tmp_path / "s", limits=Limits(threads=threads))
    assert again.identifier == large.identifier
    assert held(tmp_path / "s") == held(large.folder)


def test_rows_stand_by_key_in_groups_of_a_fixed_size(large: Snapshot) -> None:
    meta = pq.read_metadata(large.files["cases"])
    sizes = [meta.row_group(at).num_rows for at in range(meta.num_row_groups)]
    assert sizes == [ROW_GROUP, ROW_GROUP, 1000]
    keys = large.table("cases")["code"].to_pylist()
    assert keys == sorted(keys)
    locator = pq.read_table(large.folder / "locators/cases.parquet")
    assert locator["rows"].to_pylist() == [4] * (MANY // 4) + [MANY % 4] * bool(MANY % 4)


def test_a_key_that_stands_twice_is_found_among_many(tmp_path: Path) -> None:
    post = posted_many(tmp_path / "post", repeat=3)
    with pytest.raises(Faulty) as refused:
        post.freeze(tmp_path / "s", limits=Limits(threads=5))
    assert codes(refused) == ["duplicate-key"] * 3
    assert [one.where.row for one in faults(refused)] == [MANY + 2, MANY + 3, MANY + 4]
    assert listing(tmp_path) == ["post", *[f"post/{name}" for name in listing(tmp_path / "post")]]


@pytest.mark.parametrize("end", FORMATS)
def test_the_format_and_the_order_of_a_delivery_leave_no_trace_in_the_rows(
    tmp_path: Path, end: str
) -> None:
    first = frozen(tmp_path, ROWS)
    content = FORMATS[end](ROWS[::-1])
    post = Post(tmp_path / "other").places().put(content, rows=300, file=f"cases.{end}")
    second = post.freeze(tmp_path / "again")
    assert tables_of(first.folder) == tables_of(second.folder)
    one, two = (json.loads(held(each.folder)["datapackage.json"]) for each in (first, second))
    for document in (one, two):
        del document["id"]
        for delivery in document["steelyard"]["deliveries"]:
            del delivery["hash"], delivery["file"]
    assert one == two


def test_the_identifier_follows_every_value_and_every_word_about_it(tmp_path: Path) -> None:
    changes: list[dict[str, Any]] = [
        {}, {"signer": "王五"}, {"body": "深圳中院"}, {"id": "d9"}, {"sample": True},
        {"source": "统计年鉴"}, {"covers": ["440700"]},
    ]  # fmt: skip
    found = [
        posted(tmp_path / f"p{at}", **one).freeze(tmp_path / f"s{at}").identifier
        for at, one in enumerate(changes)
    ]
    found.append(frozen(tmp_path, [case(1, score="92.500001")], name="value").identifier)
    found.append(posted(tmp_path / "p").freeze(tmp_path / "s", period="2022").identifier)
    assert len(set(found)) == len(found)


def test_freezing_twice_gives_the_same_identifier(tmp_path: Path) -> None:
    assert frozen(tmp_path, name="a").identifier == frozen(tmp_path, name="b").identifier
    assert held(tmp_path / "a") == held(tmp_path / "b")


def test_a_replaced_delivery_is_listed_and_its_rows_do_not_count(tmp_path: Path) -> None:
    post = posted(tmp_path / "post", [case(1), case(2)])
    post.rows([case(1, judges="5")], id="d2", file="new.csv", replaces="d1", why="误报一案")
    (post.folder / "cases.csv").unlink()
    snapshot = post.freeze(tmp_path / "s")
    assert [one.id for one in snapshot.deliveries] == ["places", "d1", "d2"]
    assert set(snapshot.standing) == {"places", "d2"}
    rows = snapshot.table("cases").to_pylist()
    assert [(row["code"], row["judges"], row["delivery"]) for row in rows] == [
        ("C-000001", 5, "d2")
    ]


def test_rows_of_several_deliveries_carry_whose_they_are(tmp_path: Path) -> None:
    post = posted(tmp_path / "post", [case(1), case(3)]).rows([case(2)], id="d2", file="b.csv")
    table = post.freeze(tmp_path / "s").table("cases")
    assert table["delivery"].to_pylist() == ["d1", "d2", "d1"]


@pytest.mark.parametrize("content", ["a file", "a folder with something in it"])
def test_what_exists_already_is_never_overwritten(tmp_path: Path, content: str) -> None:
    out = tmp_path / "s"
    if content == "a file":
        out.write_text("mine", encoding="utf-8")
    else:
        out.mkdir()
        (out / "mine.txt").write_text("mine", encoding="utf-8")
    before = listing(tmp_path)
    with pytest.raises(Faulty) as refused:
        posted(tmp_path / "post").freeze(out)
    assert codes(refused) == ["exists-already"]
    assert [name for name in listing(tmp_path) if not name.startswith("post")] == before


def test_an_empty_folder_may_be_filled_and_a_missing_one_is_made(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    posted(tmp_path / "post").freeze(tmp_path / "empty")
    posted(tmp_path / "post2").freeze(tmp_path / "a/b/s")
    assert (
        Snapshot.open(tmp_path / "a/b/s").identifier == Snapshot.open(tmp_path / "empty").identifier
    )


def test_a_wrong_period_and_a_wrong_size_of_memory_are_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(Faulty) as refused:
        posted(tmp_path / "post").freeze(tmp_path / "s", period="2021年")
    assert codes(refused) == ["wrong-period"]
    with pytest.raises(Faulty) as refused:
        posted(tmp_path / "post2").freeze(tmp_path / "s", limits=Limits(memory="much"))
    assert codes(refused) == ["wrong-option"]
    assert not (tmp_path / "s").exists()


def test_too_little_memory_is_said_plainly_and_nothing_stays(tmp_path: Path) -> None:
    with pytest.raises(Faulty) as refused:
        posted_many(tmp_path / "post").freeze(tmp_path / "s", limits=Limits(memory="3MB"))
    assert codes(refused) == ["query-too-large"]
    assert [name for name in listing(tmp_path) if not name.startswith("post")] == []


def test_a_page_that_only_writing_reads_is_told_as_the_file_s_fault(tmp_path: Path) -> None:
    content = bytearray(texts_of([case(at, party=f"某某甲乙{at}") for at in range(50)]))
    at = content.index("某某甲乙".encode())
    content[at - 4 : at + 76] = b"\xff" * 80
    post = Post(tmp_path / "post").places().put(bytes(content), rows=50, file="cases.parquet")
    with pytest.raises(Faulty) as refused:
        post.freeze(tmp_path / "s")
    assert codes(refused) == ["broken-file"]
    assert faults(refused)[0].where.file == "cases.parquet"


# --- more than one, and one that is killed --------------------------------------------------


def test_of_two_who_freeze_into_one_folder_one_wins_whole(tmp_path: Path) -> None:
    posts = [posted(tmp_path / f"post{at}", [case(at)]) for at in (1, 2)]
    outcomes: list[str] = []

    def one(post: Post, start: threading.Barrier) -> None:
        start.wait()
        try:
            outcomes.append(post.freeze(tmp_path / "s").identifier)
        except Faulty as error:
            outcomes.append(error.faults[0].code)

    start = threading.Barrier(2)
    both = [threading.Thread(target=one, args=(post, start)) for post in posts]
    for each in both:
        each.start()
    for each in both:
        each.join()
    outcomes.sort()
    assert outcomes == ["exists-already", Snapshot.open(tmp_path / "s").identifier]
    assert verified(tmp_path / "s")
    assert not leftovers(tmp_path)


def verified(folder: Path) -> bool:
    from steelyard.records.snapshot.verify import verify

    return verify(folder).is_intact


KILLED = """
import sys
from pathlib import Path
from steelyard.records.snapshot import freeze as module
from tests.records.building import CATALOGUE
def wait(*_):
    print("half-way", flush=True)
    sys.stdin.read()
module._move = wait
module.freeze([Path(sys.argv[1])], Path(sys.argv[2]), period="2021", catalogue=CATALOGUE)
"""


def test_a_freeze_that_is_killed_leaves_no_snapshot_and_the_next_clears_up(tmp_path: Path) -> None:
    cover = posted(tmp_path / "post").write()
    out = tmp_path / "s"
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(cover), str(out)], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True,
    ) as half:  # fmt: skip
        assert half.stdout is not None
        assert half.stdout.readline() == "half-way\n"
        assert leftovers(tmp_path) == 1
        posted(tmp_path / "other").freeze(tmp_path / "s2")
        posted(tmp_path / "third").freeze(out)  # while the first still works
        assert leftovers(tmp_path) == 1
        out.rename(tmp_path / "s3")
        os.kill(half.pid, signal.SIGKILL)
        half.wait()
    assert not out.exists()
    assert leftovers(tmp_path) == 1
    assert (
        posted(tmp_path / "fourth").freeze(out).identifier
        == Snapshot.open(tmp_path / "s3").identifier
    )
    assert leftovers(tmp_path) == 0


def leftovers(folder: Path) -> int:
    return len(list(folder.glob(".s-*")))


def test_a_folder_of_a_like_name_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".s-mine").mkdir()
    (tmp_path / ".s-mine/letter.txt").write_text("x", encoding="utf-8")
    posted(tmp_path / "post").freeze(tmp_path / "s")
    assert (tmp_path / ".s-mine/letter.txt").is_file()


def test_the_engine_and_the_format_are_on_record(tmp_path: Path) -> None:
    own = frozen(tmp_path).manifest.document["steelyard"]
    assert own["engine"]["duckdb"] == duckdb.__version__
    assert own["format"] == "steelyard-snapshot/1"


def test_a_table_without_rows_is_frozen_as_empty(tmp_path: Path) -> None:
    header = csv_of([case(1)]).split(b"\r\n")[0] + b"\r\n"
    post = Post(tmp_path / "post").places(JIANGMEN).put(header, rows=0)
    snapshot = post.freeze(tmp_path / "s")
    assert snapshot.table("cases").num_rows == 0
    assert verified(tmp_path / "s")
