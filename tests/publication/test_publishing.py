"""Publishing: what is first, what is next, what is refused, and two at once."""

from __future__ import annotations

import multiprocessing
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.publication.differences import DIFFERENCE
from steelyard.publication.package import Package
from steelyard.publication.publishing import publish
from steelyard.publication.shelf import read_shelf
from tests.publication.papers import KEY, NINE, OTHER_KEY, assessment, files, head, unit

WHY = Text("漏计一件", "one case was left out")
MINUTE = timedelta(minutes=1)


def codes(error: pytest.ExceptionInfo[Faulty]) -> list[str]:
    return [fault.code for fault in error.value.faults]


def corrected() -> dict[str, bytes]:
    return files(assessment(unit("x", "1", "9.5"), unit("y", "2", "8"), unit("z", "3", "7")))


def test_the_same_files_again_change_nothing(tmp_path: Path) -> None:
    one = publish(tmp_path, head(), files(), KEY)
    assert publish(tmp_path, head(published_at=NINE + MINUTE), files(), KEY) == one
    assert [path.name for path in tmp_path.glob("*.zip")] == ["guangdong-2021.1.zip"]


def test_a_correction_is_the_next_number_and_holds_its_difference(tmp_path: Path) -> None:
    one = publish(tmp_path, head(), files(), KEY)
    two = publish(tmp_path, head(published_at=NINE + MINUTE), corrected(), KEY, reason=WHY)
    assert (two.head.number, two.head.replaces, two.head.reason) == (2, one.identifier, WHY)
    document = two.document(DIFFERENCE)
    assert document["before"] == {"number": 1, "identifier": one.identifier}
    assert [one["code"] for one in document["units"]] == ["x"]
    assert publish(tmp_path, head(published_at=NINE + 2 * MINUTE), corrected(), KEY) == two
    one.verify()


def test_everything_against_a_publication_is_said_at_once(tmp_path: Path) -> None:
    publish(tmp_path, head(), files(), KEY)
    late = head(kind="registers", published_at=NINE + MINUTE, embargo_until=NINE)
    with pytest.raises(Faulty) as error:
        publish(tmp_path, late, {"a.json": b"{}"}, KEY)
    assert codes(error) == ["embargo-over", "series-of-another-kind", "correction-without-reason"]
    assert len(list(tmp_path.glob("*.zip"))) == 1


def test_a_correction_of_what_is_under_embargo_stays_under_it(tmp_path: Path) -> None:
    until = NINE + timedelta(days=1)
    publish(tmp_path, head(embargo_until=until), files(), KEY)
    later = head(published_at=NINE + MINUTE)
    two = publish(tmp_path, later, corrected(), KEY)
    assert two.head.embargo_until == until
    assert read_shelf(tmp_path, [KEY.public]).shown_at(until - MINUTE) == {}


def test_a_correction_may_not_break_an_embargo(tmp_path: Path) -> None:
    publish(tmp_path, head(embargo_until=NINE + timedelta(days=1)), files(), KEY)
    early = head(published_at=NINE + MINUTE, embargo_until=NINE + timedelta(hours=1))
    with pytest.raises(Faulty) as error:
        publish(tmp_path, early, corrected(), KEY, reason=WHY)
    assert codes(error) == ["embargo-broken"]


def test_what_was_replaced_under_embargo_is_never_shown(tmp_path: Path) -> None:
    """Nor is its difference told: nobody outside has read the figures."""
    until = NINE + timedelta(days=1)
    publish(tmp_path, head(embargo_until=until), files(), KEY)
    two = publish(tmp_path, head(published_at=NINE + MINUTE), corrected(), KEY)
    assert DIFFERENCE not in two.files
    assert two.head.replaces == ""
    shown = read_shelf(tmp_path, [KEY.public]).shown_at(until)
    assert [one.head.number for one in shown["guangdong-2021"]] == [2]


def test_an_embargo_ends_no_second_early(tmp_path: Path) -> None:
    one = publish(tmp_path, head(embargo_until=NINE + timedelta(seconds=61)), files(), KEY)
    assert one.head.embargo_until == NINE + 2 * MINUTE


def test_the_same_files_with_another_embargo_are_refused(tmp_path: Path) -> None:
    publish(tmp_path, head(), files(), KEY)
    again = head(published_at=NINE + MINUTE, embargo_until=NINE + timedelta(days=1))
    with pytest.raises(Faulty) as error:
        publish(tmp_path, again, files(), KEY)
    assert codes(error) == ["published-already"]


def test_what_another_key_signed_is_not_written_over(tmp_path: Path) -> None:
    publish(tmp_path, head(), files(), OTHER_KEY)
    with pytest.raises(Faulty) as error:
        publish(tmp_path, head(), corrected(), KEY)
    assert codes(error) == ["publication-is-there"]
    two = publish(tmp_path, head(published_at=NINE + MINUTE), corrected(), KEY, reason=WHY,
                  trusted=[OTHER_KEY.public])  # fmt: skip
    assert two.head.number == 2


def _publish_often(folder: Path, name: str, times: int) -> None:
    for at in range(times):
        document = assessment(note={"zh": f"{name}{at}", "en": ""})
        publish(folder, head(published_at=NINE + at * MINUTE), files(document), KEY, reason=WHY)


def test_two_publishers_at_once_take_turns(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=_publish_often, args=(tmp_path, one, 4)) for one in "ab"]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
        assert one.exitcode == 0
    shelf = read_shelf(tmp_path, [KEY.public])
    assert not shelf.faults
    assert [one.head.number for one in shelf.packages] == list(range(1, 9))
    replaced = [(one.identifier, two.head.replaces) for one, two in pairwise(shelf.packages)]
    assert all(before == said for before, said in replaced)


KILLED = """
import sys
from pathlib import Path
from steelyard.tables import write
from tests.publication.papers import KEY, files, head
from steelyard.publication.publishing import publish
def hang(path):
    print("half", flush=True)
    sys.stdin.read()
write.os.fsync = hang
publish(Path(sys.argv[1]), head(), files(), KEY)
"""


def test_a_publisher_that_is_killed_leaves_nothing_that_is_shown(tmp_path: Path) -> None:
    words = [sys.executable, "-c", KILLED, str(tmp_path)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"half\n"
        process.send_signal(signal.SIGKILL)
        process.wait(30)
    assert [path.suffix for path in tmp_path.iterdir() if path.name != ".publishing.lock"] == [
        ".part"
    ]
    assert read_shelf(tmp_path, [KEY.public]).packages == ()
    publish(tmp_path, head(), files(), KEY)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".publishing.lock",
        "guangdong-2021.1.zip",
    ]


def test_the_moment_is_the_publishers_and_no_clock_is_read(tmp_path: Path) -> None:
    past = datetime(1999, 1, 1, tzinfo=NINE.tzinfo)
    one = publish(tmp_path, head(published_at=past), files(), KEY)
    assert one.head.published_at == past


def test_any_key_that_a_package_names_says_only_that_it_is_whole(tmp_path: Path) -> None:
    path = publish(tmp_path, head(), files(), OTHER_KEY).path
    assert Package.open(path, None).key == OTHER_KEY.public
    with pytest.raises(Faulty) as error:
        Package.open(path, [KEY.public])
    assert codes(error) == ["not-signed-by-trusted"]
