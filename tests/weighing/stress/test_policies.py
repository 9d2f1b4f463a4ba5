"""The policy list: the one that ships is sound and sourced, and a wrong one is refused cell by cell."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from steelyard.kernel.faults import Faulty
from steelyard.regions import POLICIES
from steelyard.weighing.stress.policies import HEADINGS, read_policies
from tests.weighing.stress.fields import policy


def written(tmp_path, **changes):
    row = {
        "code": "x", "effect": "forbids", "says_zh": "不得", "says_en": "no", "words": "罚款;fines", "not_words": "",
        "only_rewards": "no", "only_counts": "no", "starts": "2021-07-15", "ends": "", "source": "法", "sure": "read",
        "mend_zh": "删去", "mend_en": "drop",
    } | changes  # fmt: skip
    path = tmp_path / "policies.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [heading for heading in HEADINGS if heading in row])
        writer.writeheader()
        writer.writerow({heading: row[heading] for heading in HEADINGS if heading in row})
    return path


def test_list_that_ships_reads_and_every_entry_names_its_document():
    policies = read_policies(POLICIES)
    assert len(policies) >= 9
    assert all("《" in one.source and one.says.zh and one.says.en and one.mend for one in policies)


def test_only_clauses_that_were_read_can_stop_an_issue():
    read = {one.code for one in read_policies(POLICIES) if one.sure == "read"}
    assert read == {"fines-and-seizures", "self-employed-counts", "census-for-assessment"}


def test_row_reads_as_written(tmp_path):
    (one,) = read_policies(written(tmp_path))
    assert (one.words, one.not_words, one.starts, one.ends) == (
        ("罚款", "fines"),
        (),
        date(2021, 7, 15),
        None,
    )


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"effect": "bans"}, "effect"),
        ({"sure": "certain"}, "sure"),
        ({"starts": "July 2021"}, "starts"),
        ({"starts": ""}, "starts"),
        ({"ends": "soon"}, "ends"),
        ({"words": ""}, "words"),
        ({"source": " "}, "source"),
        ({"only_counts": "maybe"}, "only_counts"),
        ({"says_zh": "", "says_en": ""}, "says_zh"),
    ],
)
def test_wrong_cell_is_refused_at_its_place(tmp_path, changes, column):
    with pytest.raises(Faulty) as error:
        read_policies(written(tmp_path, **changes))
    (fault,) = error.value.faults
    assert fault.where.row == 2
    assert fault.where.column.endswith(column)


def test_list_without_a_column_is_refused(tmp_path):
    path = tmp_path / "policies.csv"
    path.write_text("code,effect\nx,forbids\n", encoding="utf-8")
    with pytest.raises(Faulty, match="the policy list has no column 'words'"):
        read_policies(path)


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [
        (date(2021, 12, 31), None, True),
        (date(2022, 1, 1), None, False),
        (date(2020, 1, 1), date(2021, 1, 1), False),
        (date(2020, 1, 1), date(2021, 1, 2), True),
    ],
)
def test_policy_holds_from_its_first_day_up_to_its_end(starts, ends, holds):
    assert policy(starts=starts, ends=ends).holds_in(date(2021, 1, 1), date(2022, 1, 1)) is holds
