"""Files are kept once, whole, and as long as they are needed."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from threading import Barrier

import pytest
from django.db import DatabaseError, connections, transaction

from steelyard.files import actions
from steelyard.files import store as storing
from steelyard.files.actions import attach_file, delete_file, mark_file, put_back, the_store
from steelyard.files.models import Attachment, Content, File
from steelyard.files.rules.marks import Mark
from steelyard.files.store import Changed, Missing
from steelyard.files.sweep import Swept, sweep
from steelyard.kernel.refusals import Refusal, Refused
from steelyard.trail.models import Entry
from tests.files.builders import NOW, account, organisation, sent

pytestmark = pytest.mark.django_db

NOTHING = Swept(0, 0, 0, ())


def lies(store: Path) -> list[str]:
    return sorted(str(path.relative_to(store)) for path in store.rglob("*") if path.is_file())


def codes(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code for refusal in error.value.refusals]


def test_a_file_is_kept_under_its_hash_and_leaves_a_trace(store: Path) -> None:
    court = organisation()
    li = account("li", court)
    file = sent(by=li, of=court, name="案件.csv")
    digest = file.content.sha256.removeprefix("sha256:")
    assert lies(store) == [f"{digest[:2]}/{digest[2:4]}/{digest}"]
    with the_store().open(file.content.sha256) as content:
        assert content.read() == b"a,b\n1,2\n"
    assert (file.name, file.content.kind, file.content.size) == ("案件.csv", "text", 8)
    assert [
        (entry.table_name, entry.actor)
        for entry in Entry.objects.filter(action="send_file").order_by("id")
    ] == [("files_content", li.pk), ("files_file", li.pk)]


def test_it_may_be_executed_by_nobody_and_read_by_its_owner_alone(store: Path) -> None:
    court = organisation()
    sent(by=account("li", court), of=court)
    assert [(store / name).stat().st_mode & 0o777 for name in lies(store)] == [0o600]


def test_the_same_content_twice_is_two_files_of_one_content(store: Path) -> None:
    court = organisation()
    li = account("li", court)
    first, second = sent(by=li, of=court), sent(by=li, of=court, name="again.csv")
    assert first.content == second.content
    assert (File.objects.count(), Content.objects.count(), len(lies(store))) == (2, 1, 1)


def test_what_is_refused_leaves_nothing(store: Path) -> None:
    court = organisation()
    li = account("li", court)
    with pytest.raises(Refused) as error:
        sent(b"MZ\x90\0", by=li, of=court, name="cases.csv")
    assert codes(error) == ["unknown_kind"]
    assert (lies(store), File.objects.count(), Content.objects.count()) == ([], 0, 0)


def test_what_is_too_large_is_refused_while_it_comes(store: Path) -> None:
    court = organisation()
    li = account("li", court)

    class Endless(BytesIO):
        came = 0

        def read(self, size: int | None = -1, /) -> bytes:
            self.came += size or 0
            return b"a" * (size or 0)

    endless = Endless()
    with pytest.raises(Refused) as error:
        actions.send_file(
            by=li.pk, organisation=court.pk, name="a", mark=Mark.INTERNAL, content=endless, now=NOW,
            most=3 << 20,
        )  # fmt: skip
    assert codes(error) == ["too_large"]
    assert endless.came <= 5 << 20
    assert lies(store) == []


def test_nobody_sends_for_an_organisation_that_they_hold_no_role_in(store: Path) -> None:
    court, bureau = organisation(), organisation("bureau", "市场监管局")
    with pytest.raises(Refused) as error:
        sent(by=account("li", bureau), of=court)
    assert codes(error) == ["not_of_this_organisation"]
    assert lies(store) == []


def test_what_a_scanner_finds_is_refused(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from steelyard.kernel.bilingual import Text

    monkeypatch.setattr(actions, "viruses_in", lambda _: (Refusal("virus", Text("有病毒")),))
    court = organisation()
    with pytest.raises(Refused) as error:
        sent(by=account("li", court), of=court)
    assert (codes(error), lies(store)) == (["virus"], [])


# a disk that does not do what it should


class Full:
    """A file on a disk that has no room after so many bytes."""

    def __init__(self, out: object, room: int) -> None:
        self.out, self.room = out, room

    def write(self, block: bytes) -> int:
        if len(block) > self.room:
            raise OSError(28, "No space left on device")
        return self.out.write(block)

    def __getattr__(self, name: str) -> object:
        return getattr(self.out, name)

    def __enter__(self) -> "Full":
        return self

    def __exit__(self, *_: object) -> None:
        self.out.close()


class Short(Full):
    """A file that takes less than it is given, and says so only in the count."""

    def write(self, block: bytes) -> int:
        return self.out.write(block[: self.room])


@pytest.mark.parametrize("disk", [Full, Short])
def test_a_full_disk_or_a_short_write_keeps_nothing(
    disk: type[Full], store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    court = organisation()
    li = account("li", court)
    real = os.fdopen
    monkeypatch.setattr(
        storing.os, "fdopen", lambda handle, mode: disk(real(handle, mode, buffering=0), 3)
    )
    with pytest.raises(OSError, match=r"No space|took less"):
        sent(by=li, of=court)
    assert (lies(store), File.objects.count(), Content.objects.count()) == ([], 0, 0)


def test_a_disk_that_fails_at_fsync_keeps_nothing(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: int) -> None:
        raise OSError(5, "Input/output error")

    court = organisation()
    li = account("li", court)
    monkeypatch.setattr(storing.os, "fsync", fails)
    with pytest.raises(OSError, match="Input/output"):
        sent(by=li, of=court)
    assert (lies(store), File.objects.count()) == ([], 0)


# attached, taken off, deleted


def test_one_file_hangs_on_many_things_and_on_each_once() -> None:
    court = organisation()
    li = account("li", court)
    file = sent(by=li, of=court)
    for thing in (court, court, li):
        attach_file(by=li.pk, file=file, to=thing, purpose="evidence", now=NOW)
    assert sorted(Attachment.objects.values_list("table_name", flat=True)) == [
        "people_account",
        "people_organisation",
    ]


def test_what_is_attached_is_not_deleted() -> None:
    court = organisation()
    li = account("li", court)
    file = sent(by=li, of=court)
    attachment = attach_file(by=li.pk, file=file, to=court, now=NOW)
    with pytest.raises(Refused) as error:
        delete_file(by=li.pk, file=file.pk, now=NOW)
    assert codes(error) == ["still_attached"]
    with pytest.raises(DatabaseError), transaction.atomic():  # noqa: PT012
        File.objects.filter(pk=file.pk)._raw_delete("default")
        connections["default"].check_constraints()
    attachment.delete()
    delete_file(by=li.pk, file=file.pk, now=NOW)
    assert not File.objects.exists()


def test_only_those_of_its_organisation_mark_and_delete_a_file() -> None:
    court, bureau = organisation(), organisation("bureau", "市场监管局")
    li, wang = account("li", court), account("wang", bureau)
    file = sent(by=li, of=court)
    for act in (
        lambda: mark_file(by=wang.pk, file=file.pk, mark=Mark.PUBLIC, now=NOW),
        lambda: delete_file(by=wang.pk, file=file.pk, now=NOW),
    ):
        with pytest.raises(Refused):
            act()
    assert mark_file(by=li.pk, file=file.pk, mark=Mark.CONFIDENTIAL, now=NOW).mark == "confidential"


# the sweep


def test_the_sweep_leaves_what_is_held() -> None:
    court = organisation()
    file = sent(by=account("li", court), of=court)
    assert sweep(NOW + timedelta(days=30)) == NOTHING
    assert the_store().path_of(file.content.sha256).exists()


def test_bytes_go_with_their_last_file(store: Path) -> None:
    court = organisation()
    li = account("li", court)
    first, second = sent(by=li, of=court), sent(by=li, of=court)
    delete_file(by=li.pk, file=first.pk, now=NOW)
    assert sweep(NOW) == NOTHING
    delete_file(by=li.pk, file=second.pk, now=NOW)
    assert sweep(NOW) == Swept(0, 1, 1, ())
    assert (lies(store), Content.objects.count(), sweep(NOW)) == ([], 0, NOTHING)


def test_after_a_kill_between_the_bytes_and_their_row_the_bytes_are_found(store: Path) -> None:
    with the_store().receive(BytesIO(b"x"), 10) as incoming:
        the_store().place(incoming)
    assert len(lies(store)) == 1
    assert sweep(NOW) == Swept(0, 1, 0, ())
    assert lies(store) == []


def test_what_came_and_was_never_placed_goes_after_a_day(store: Path) -> None:
    left = store / "incoming" / "tmpx"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    os.utime(left, (NOW.timestamp(), NOW.timestamp()))
    assert sweep(NOW + timedelta(hours=23)) == NOTHING
    assert sweep(NOW + timedelta(hours=25)) == Swept(1, 0, 0, ())


def test_a_sweep_passes_over_what_was_placed_since_its_name_was_read(store: Path) -> None:
    placed = store / "incoming" / "tmpx"
    placed.parent.mkdir(parents=True)
    placed.symlink_to(store / "gone")  # a name that is listed and has no bytes any more
    assert sweep(NOW + timedelta(hours=25)) == NOTHING


def test_what_a_row_promises_and_the_store_has_not_is_told_and_can_be_sent_again() -> None:
    court = organisation()
    li = account("li", court)
    file = sent(by=li, of=court)
    the_store().path_of(file.content.sha256).unlink()
    assert sweep(NOW) == Swept(0, 0, 0, (file.content.sha256,))
    sent(by=li, of=court)
    assert sweep(NOW) == NOTHING


# what lies in the store is held to its hash


def alter(sha256: str) -> None:
    path = the_store().path_of(sha256)
    path.write_bytes(path.read_bytes()[::-1])


def test_what_the_disk_altered_or_lost_is_never_given_out() -> None:
    court = organisation()
    sha256 = sent(by=account("li", court), of=court).content.sha256
    alter(sha256)
    with pytest.raises(Changed, match=sha256):
        the_store().open(sha256)
    the_store().path_of(sha256).unlink()
    with pytest.raises(Missing, match=sha256):
        the_store().read(sha256)


@pytest.mark.parametrize("harm", [alter, lambda sha256: the_store().path_of(sha256).unlink()])
def test_the_very_same_file_sent_again_mends_it(harm: Callable[[str], None]) -> None:
    court = organisation()
    li = account("li", court)
    sha256 = sent(by=li, of=court).content.sha256
    harm(sha256)
    sent(by=li, of=court)
    assert the_store().read(sha256) == b"a,b\n1,2\n"


def test_content_is_put_back_and_nothing_else_in_its_place(store: Path) -> None:
    court = organisation()
    sha256 = sent(by=account("li", court), of=court).content.sha256
    the_store().path_of(sha256).unlink()
    put_back(sha256, BytesIO(b"another"))
    assert lies(store) == []
    put_back(sha256, BytesIO(b"a,b\n1,2\n"))
    assert the_store().read(sha256) == b"a,b\n1,2\n"


# at once


@pytest.fixture
def at_once() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8, initializer=None) as people:
        yield people


@pytest.mark.django_db(transaction=True)
def test_the_same_content_sent_by_eight_at_once_is_kept_once(
    store: Path, at_once: ThreadPoolExecutor
) -> None:
    court = organisation()
    li = account("li", court)
    start = Barrier(8, timeout=20)

    def one(number: int) -> int:
        try:
            start.wait()
            return sent(by=li, of=court, name=f"{number}.csv").content_id
        finally:
            connections.close_all()

    contents = set(at_once.map(one, range(8), timeout=60))
    assert (len(contents), File.objects.count(), Content.objects.count()) == (1, 8, 1)
    assert len(lies(store)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_sweep_between_senders_never_takes_what_one_just_sent(
    store: Path, at_once: ThreadPoolExecutor
) -> None:
    court = organisation()
    li = account("li", court)

    def one(number: int) -> None:
        try:
            if number % 2:
                sweep(NOW)
            else:
                file = sent(by=li, of=court)
                assert the_store().path_of(file.content.sha256).exists()
                if number % 4:
                    delete_file(by=li.pk, file=file.pk, now=NOW)
        finally:
            connections.close_all()

    list(at_once.map(one, range(32), timeout=60))
    assert File.objects.count() == 8
    assert sweep(NOW) == NOTHING


@pytest.mark.django_db(transaction=True)
def test_of_one_who_attaches_and_one_who_deletes_at_once_one_wins(
    at_once: ThreadPoolExecutor,
) -> None:
    court = organisation()
    li = account("li", court)
    for _ in range(5):
        file = sent(by=li, of=court)
        start = Barrier(2, timeout=20)

        def one(deletes: bool, file: File = file, start: Barrier = start) -> bool:
            try:
                start.wait()
                if deletes:
                    delete_file(by=li.pk, file=file.pk, now=NOW)
                else:
                    attach_file(by=li.pk, file=file, to=court, now=NOW)
                return True
            except (Refused, File.DoesNotExist):
                return False
            finally:
                connections.close_all()

        deleted, attached = at_once.map(one, [True, False], timeout=60)
        assert deleted != attached
        assert File.objects.filter(pk=file.pk).exists() == attached
