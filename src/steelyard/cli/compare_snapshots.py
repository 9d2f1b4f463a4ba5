"""``steelyard compare A/ B/`` of two snapshots: deliveries, tables, rows. Status 1 if they differ."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from steelyard.kernel.bilingual import Lang, Text
from steelyard.records.snapshot.compare import SnapshotChange, TableChange, compare_snapshots
from steelyard.records.snapshot.snapshot import Snapshot


def run(asked: argparse.Namespace) -> int:
    after = Snapshot.open(asked.after)
    found = compare_snapshots(Snapshot.open(asked.before), after)
    if found.before == found.after:
        print(Text("两个数据快照完全相同。", "The two snapshots are the same.").say(asked.lang))
        return 0
    for line in _told(found, after, asked.lang):
        print(line)
    return 1


def _told(found: SnapshotChange, after: Snapshot, lang: Lang) -> Iterator[str]:
    by_id = {one.id: one for one in after.deliveries}
    for code in found.deliveries_added:
        one = by_id[code]
        yield Text(
            f"新报送 {code}：{one.body.zh}", f"new delivery {code}: {one.body.say('en')}"
        ).say(lang)
        if one.replaces:
            yield Text(
                f"  更正 {one.replaces}：{one.why.zh}",
                f"  corrects {one.replaces}: {one.why.say('en')}",
            ).say(lang)
    for code in found.deliveries_removed:
        yield Text(f"不再有报送 {code}", f"delivery {code} is no longer there").say(lang)
    for code in found.deliveries_changed:
        yield Text(
            f"报送 {code} 的清单内容有变", f"the cover of delivery {code} is not what it was"
        ).say(lang)
    if not found.tables:
        yield Text("各表的行没有变化。", "No row of any table changed.").say(lang)
    for table in found.tables:
        yield from _table(table, lang)


def _table(one: TableChange, lang: Lang) -> Iterator[str]:
    if not one.is_comparable:
        yield Text(
            f"{one.table}：主键不同，无法逐行比较",
            f"{one.table}: other keys, so rows cannot be matched",
        ).say(lang)
        return
    yield Text(
        f"{one.table}：{one.before}→{one.after}行，增{one.added}，减{one.removed}，改{one.changed}",
        f"{one.table}: {one.before} → {one.after} rows; {one.added} added, {one.removed} removed,"
        f" {one.changed} changed",
    ).say(lang)
    if one.redelivered:
        yield Text(
            f"  另有{one.redelivered}行内容未变，随另一次报送而来",
            f"  {one.redelivered} more rows are as they were and came with another delivery",
        ).say(lang)
    for key in one.added_keys:
        yield f"  + {' '.join(key)}"
    for key in one.removed_keys:
        yield f"  − {' '.join(key)}"
    for each in one.examples:
        before, after = each.before or "∅", each.after or "∅"
        yield f"  ~ {' '.join(each.key)}  {each.field}: {before} → {after}"
    for field in one.new_fields:
        yield Text(f"  新列 {field}", f"  new field {field}").say(lang)
    for field in one.lost_fields:
        yield Text(f"  少列 {field}", f"  no longer has the field {field}").say(lang)
