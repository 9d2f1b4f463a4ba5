"""``publish assessment`` and ``publish registers``: everything is read first, then one package is written."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from steelyard.cli.say import progress, progress_done
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where, raise_if_any
from steelyard.publication.documents import RegisterList
from steelyard.publication.package import Head, Package
from steelyard.publication.publishing import assessment_files, publish, snapshot_files
from steelyard.publication.region_map import read_region_map
from steelyard.publication.registers import SHIPPED, read_register_list
from steelyard.publication.scope import Scope, read_scope
from steelyard.publication.signing import Key, read_key, read_trusted
from steelyard.records.announced import Announced, announced
from steelyard.records.behind import records_behind
from steelyard.records.material import material_titles
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.weighing.document import how_it_was_asked, read_result
from steelyard.weighing.result import Result

REGION_TIME = ZoneInfo("Asia/Shanghai")
"""In which an embargo is said."""

Found = TypeVar("Found")


class Gathering:
    """Reads one thing after the other and remembers everything that is wrong with any."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def read(self, act: Callable[[], Found]) -> Found | None:
        try:
            return act()
        except Faulty as error:
            self.faults += error.faults
            return None

    def end(self) -> None:
        """
        Raises:
            Faulty: with everything that was wrong.
        """
        raise_if_any(self.faults)


def publish_assessment(asked: argparse.Namespace, now: datetime) -> int:
    """Put an assessment on the shelf, within its scope."""
    gathering = Gathering()
    scope = gathering.read(lambda: read_scope(asked.scope))
    result = gathering.read(lambda: _result(asked, scope))
    snapshot = gathering.read(lambda: _snapshot(asked))
    region_map = gathering.read(lambda: read_region_map(asked.region)) if asked.region else None
    common = Common.read(asked, gathering, now)
    gathering.faults += _does_not_fit(asked, scope, result, snapshot)
    gathering.end()
    assert scope is not None
    assert result is not None
    progress(Text("正在写出发布包…", "making the package…"), asked.lang)
    files = assessment_files(
        result, scope,
        records=_behind(result, scope, snapshot),
        announced=_announced(asked, result, snapshot),
        material=_material(scope, result, snapshot),
        region_map=region_map,
    )  # fmt: skip
    head = Head(
        kind="assessment", series=scope.series, title=result.scheme.title, published_at=now,
        embargo_until=common.embargo, sample=result.label == "sample", licence=asked.licence,
    )  # fmt: skip
    return published(asked, head, files, common)


def publish_registers(asked: argparse.Namespace, now: datetime) -> int:
    """Put the open registers of a snapshot on the shelf."""
    gathering = Gathering()
    snapshot = gathering.read(lambda: Snapshot.open(asked.snapshot))
    plans = gathering.read(lambda: _plans(asked, snapshot))
    common = Common.read(asked, gathering, now)
    gathering.end()
    assert snapshot is not None
    assert plans is not None
    progress(Text("正在写出发布包…", "making the package…"), asked.lang)
    head = Head(
        kind="registers", series=asked.series, title=snapshot.manifest.title, published_at=now,
        embargo_until=common.embargo, sample=snapshot.sample, licence=asked.licence,
    )  # fmt: skip
    return published(asked, head, snapshot_files(snapshot, plans), common)


def _plans(asked: argparse.Namespace, snapshot: Snapshot | None) -> RegisterList | None:
    if snapshot is None:
        return None
    return read_register_list(snapshot.catalogue, asked.list or SHIPPED)


@dataclass(frozen=True, slots=True)
class Common:
    """What both need: whose key, which other keys count, until when. Without a key nothing is written."""

    key: Key | None
    trusted: Sequence[str]
    embargo: datetime | None

    @classmethod
    def read(cls, asked: argparse.Namespace, gathering: Gathering, now: datetime) -> Common:
        key = gathering.read(lambda: read_key(asked.key))
        trusted = gathering.read(lambda: read_trusted(asked.trusted)) if asked.trusted else ()
        embargo = gathering.read(lambda: minute_of(asked.embargo, now)) if asked.embargo else None
        return cls(key, trusted or (), embargo)


def minute_of(said: str, now: datetime) -> datetime:
    """A minute of the region, which is still to come.

    Raises:
        Faulty: it is none.
    """
    try:
        minute = datetime.strptime(said, "%Y-%m-%d %H:%M").replace(tzinfo=REGION_TIME)
    except ValueError as error:
        raise Faulty([_no_minute(said)]) from error
    if minute <= now:
        raise Faulty([_is_past(said)])
    return minute


def _result(asked: argparse.Namespace, scope: Scope | None) -> Result:
    """The result, weighed again; and how sure its ranks are, if that is published."""
    result = read_result(asked.result)
    how = how_it_was_asked(asked.result) if scope is not None and scope.intervals else None
    if how is None:
        return result
    from steelyard.weighing.uncertainty.how_sure import how_sure

    replications, seed = how
    progress(Text("正在反复计算名次有多稳…", "asking how sure the ranks are…"), asked.lang)
    found = how_sure(result, replications, seed=seed, threads=os.cpu_count() or 1)
    return replace(result, how_sure=found)


def _snapshot(asked: argparse.Namespace) -> Snapshot | None:
    return None if asked.snapshot is None else Snapshot.open(asked.snapshot)


def _does_not_fit(
    asked: argparse.Namespace,
    scope: Scope | None,
    result: Result | None,
    snapshot: Snapshot | None,
) -> Iterator[Fault]:
    """What the scope publishes, and what was given, do not fit together."""
    needs = (scope is not None and scope.records) or asked.announced
    if needs and asked.snapshot is None:
        yield _no_snapshot()
    if scope and scope.intervals and result and result.how_sure is None:
        yield _not_asked(asked)
    if snapshot and result and result.values.snapshot not in ("", snapshot.identifier):
        yield _other_snapshot(asked)


def _behind(
    result: Result, scope: Scope, snapshot: Snapshot | None
) -> Mapping[str, int] | None:  # fmt: skip
    return records_behind(result.scheme, snapshot) if scope.records and snapshot else None


def _material(
    scope: Scope, result: Result, snapshot: Snapshot | None
) -> Mapping[tuple[str, str], tuple[str, ...]]:
    return material_titles(result.scheme, snapshot) if scope.material and snapshot else {}


def _announced(
    asked: argparse.Namespace, result: Result, snapshot: Snapshot | None
) -> tuple[Announced, ...]:
    if not asked.announced or snapshot is None:
        return ()
    return announced(snapshot, result.scheme.period_label)


def published(
    asked: argparse.Namespace, head: Head, files: Mapping[str, bytes], common: Common
) -> int:
    assert common.key is not None
    reason = Text(asked.reason_zh, asked.reason_en)
    package = publish(asked.to, head, files, common.key, reason=reason, trusted=common.trusted)
    progress_done()
    for line in _told(package, head):
        print(line.say(asked.lang))
    return 0


def _told(package: Package, head: Head) -> Iterator[Text]:
    """What was published, when it is shown; or that it was there already."""
    path, number = package.path, package.head.number
    if package.head.published_at < head.published_at.replace(second=0, microsecond=0):
        yield Text(f"内容没有变化，仍是第{number}次发布：{path}",
                   f"Nothing changed; it is still number {number}: {path}")  # fmt: skip
        return
    yield Text(f"已发布（第{number}次）：{path}", f"Published as number {number}: {path}")
    yield Text(f"编号 {package.identifier}", f"Identifier {package.identifier}")
    if package.head.embargo_until:
        said = shown_minute(package.head.embargo_until)
        yield Text(f"{said.zh}之前不公开", f"Not shown before {said.en}")
    if package.head.replaces:
        yield Text(f"更正 {package.head.replaces}", f"Corrects {package.head.replaces}")


def shown_minute(moment: datetime) -> Text:
    """
    >>> from datetime import UTC
    >>> shown_minute(datetime(2026, 12, 1, 1, 0, tzinfo=UTC)).zh
    '2026-12-01 09:00（北京时间）'
    """
    said = moment.astimezone(REGION_TIME).strftime("%Y-%m-%d %H:%M")
    return Text(f"{said}（北京时间）", f"{said} (Beijing time)")


def _no_minute(said: str) -> Fault:
    return Fault(
        "no-minute",
        Text(f"“{said}”不是时刻", f"{said!r} is no minute"),
        Text("按北京时间写，例如 \"2026-12-01 09:00\"", 'say it in Beijing time: "2026-12-01 09:00"'),
        Where(file="--embargo"),
    )  # fmt: skip


def _is_past(said: str) -> Fault:
    return Fault(
        "embargo-over",
        Text(f"{said} 已过", f"{said} is past"),
        Text("请给出今后的时刻，或者不写 --embargo", "name a minute to come, or leave --embargo out"),
        Where(file="--embargo"),
    )  # fmt: skip


def _no_snapshot() -> Fault:
    return Fault(
        "no-snapshot",
        Text("公布记录数或已公布的结果，须有数据快照",
             "numbers of records, and announced results, come from a snapshot"),
        Text("请加 --snapshot 文件夹", "add --snapshot FOLDER"),
        Where(file="--snapshot"),
    )  # fmt: skip


def _not_asked(asked: argparse.Namespace) -> Fault:
    return Fault(
        "no-intervals",
        Text("公布范围含名次区间，而结果中没有", "the scope publishes intervals, and the result has none"),
        Text("请用 weigh --uncertainty 重新计算，或者在公布范围中写 intervals = false",
             "weigh it again with --uncertainty, or write intervals = false in the scope"),
        Where(file=asked.result.name),
    )  # fmt: skip


def _other_snapshot(asked: argparse.Namespace) -> Fault:
    return Fault(
        "another-snapshot",
        Text("结果不是由这个数据快照算出的", "the result was not computed from this snapshot"),
        Text("请给出算出结果的数据快照", "name the snapshot that it was computed from"),
        Where(file=str(asked.snapshot)),
    )
