"""What changed between two snapshots: deliveries, tables, rows, fields."""

from __future__ import annotations

from pathlib import Path

from steelyard.kernel.bilingual import Text
from steelyard.records.catalogue.model import Constraint
from steelyard.records.snapshot.compare import Changed, TableChange, compare_snapshots
from steelyard.records.snapshot.snapshot import Snapshot
from tests.records.building import Post, case, cases, catalogue, field, frozen, posted


def change(before: Snapshot, after: Snapshot) -> TableChange:
    (table,) = compare_snapshots(before, after).tables
    return table


def test_equal_snapshots_have_equal_identifiers_and_no_change(tmp_path: Path) -> None:
    found = compare_snapshots(frozen(tmp_path, name="a"), frozen(tmp_path, name="b"))
    assert (found.before == found.after, found.tables) == (True, ())
    assert (found.deliveries_added, found.deliveries_removed) == ((), ())


def test_rows_added_removed_and_changed_are_counted_and_named(tmp_path: Path) -> None:
    before = frozen(tmp_path, [case(1), case(2), case(3)], name="a")
    after = frozen(tmp_path, [case(1), case(2, judges="5", claim=""), case(4)], name="b")
    assert change(before, after) == TableChange(
        "cases", 3, 3, added=1, removed=1, changed=1,
        added_keys=(("C-000004",),), removed_keys=(("C-000003",),),
        examples=(
            Changed(("C-000002",), "judges", "3", "5"),
            Changed(("C-000002",), "claim", "1234.50", ""),
        ),
    )  # fmt: skip


def test_what_is_personal_is_not_shown(tmp_path: Path) -> None:
    before = frozen(tmp_path, [case(1, party="张三")], name="a")
    after = frozen(tmp_path, [case(1, party="赵六")], name="b")
    found = change(before, after)
    assert found.examples == (Changed(("C-000001",), "party", "***", "***"),)
    assert "赵六" not in repr(found)
    assert "张三" not in repr(found)


def test_a_correction_shows_its_rows_and_its_delivery(tmp_path: Path) -> None:
    before = frozen(tmp_path, [case(1), case(2)], name="a")
    post = posted(tmp_path / "post", [case(1), case(2)])
    post.rows([case(1), case(2, judges="5")], id="d2", file="b.csv", replaces="d1", why="误报")
    found = compare_snapshots(before, post.freeze(tmp_path / "b"))
    assert (found.deliveries_added, found.deliveries_removed) == (("d2",), ())
    assert (found.tables[0].changed, found.tables[0].redelivered) == (1, 1)
    assert Changed(("C-000002",), "judges", "3", "5") in found.tables[0].examples


def test_a_delivery_whose_cover_changed_is_named_though_no_row_did(tmp_path: Path) -> None:
    """Else two snapshots would differ, and nobody could say in what."""
    folders = [tmp_path / "one", tmp_path / "other"]
    before, after = (
        posted(folder, [case(1)], signer=signer).freeze(folder / "snapshot")
        for folder, signer in zip(folders, ("张三", "李四"), strict=True)
    )
    found = compare_snapshots(before, after)
    assert before.identifier != after.identifier
    assert (found.deliveries_changed, found.tables) == (("d1",), ())


def test_new_and_lost_fields_are_named_and_the_others_compared(tmp_path: Path) -> None:
    table = cases(
        fields=(
            *[one for one in cases().fields if one.code != "judges"],
            field("court", "法院", "text"),
        ),
        constraints=(Constraint("court IS NULL OR court <> ''", Text("空", "empty")),),
    )
    row = {name: value for name, value in case(1).items() if name != "judges"} | {"score": "1"}
    before = frozen(tmp_path, name="a")
    after = frozen(tmp_path, [row], name="b", catalogue=catalogue(of_cases=table))
    found = change(before, after)
    assert (found.new_fields, found.lost_fields) == (("court",), ("judges",))
    assert found.examples == (Changed(("C-000001",), "score", "92.500000", "1.000000"),)


def test_tables_with_another_key_cannot_be_matched(tmp_path: Path) -> None:
    other = catalogue(of_cases=cases(key=("code", "place")))
    found = change(
        frozen(tmp_path, name="a"), frozen(tmp_path, [case(1), case(2)], name="b", catalogue=other)
    )
    assert found == TableChange("cases", 1, 2, is_comparable=False)


def test_a_key_of_two_fields_is_matched_by_both(tmp_path: Path) -> None:
    both = catalogue(of_cases=cases(key=("code", "place")))
    before = frozen(tmp_path, [case(1), case(1, place="440300")], name="a", catalogue=both)
    after = frozen(
        tmp_path, [case(1), case(1, place="440300", judges="4")], name="b", catalogue=both
    )
    assert change(before, after).examples == (Changed(("C-000001", "440300"), "judges", "3", "4"),)


def test_tables_that_came_or_went_are_told_by_their_rows(tmp_path: Path) -> None:
    with_cases = frozen(tmp_path, [case(1), case(2)], name="a")
    without = Post(tmp_path / "post").places().freeze(tmp_path / "b")
    assert change(without, with_cases) == TableChange("cases", 0, 2, added=2)
    assert change(with_cases, without) == TableChange("cases", 2, 0, removed=2)


def test_no_more_than_ten_of_many_are_shown(tmp_path: Path) -> None:
    before = frozen(tmp_path, [case(at) for at in range(40)], name="a")
    after = frozen(tmp_path, [case(at, judges="9") for at in range(20, 60)], name="b")
    found = change(before, after)
    assert (found.added, found.removed, found.changed) == (20, 20, 20)
    assert (len(found.added_keys), len(found.removed_keys)) == (10, 10)
    assert {one.key for one in found.examples} == {(f"C-{at:06}",) for at in range(20, 30)}
