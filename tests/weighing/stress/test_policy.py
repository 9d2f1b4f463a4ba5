"""What a policy forbids to count."""

from __future__ import annotations

from datetime import date

import pytest

from tests.weighing.stress.fields import cases, found, must_find, policy, proved, stressed


def applications(title="专利申请量", english="Patent applications", **more):
    rule = more.pop("rule", {"points": "n"})
    return proved("A", 10, rule, title={"zh": title, "en": english}, **more)


def test_item_that_a_policy_forbids_is_found_with_word_and_source():
    one = must_find(stressed(applications(), policies=[policy()]), "policy-forbids")
    assert one.level == "stop"
    assert "样本通知〔2021〕1号" in one.why.en
    assert "the word 'applications' in 'Patent applications'" in cases(one)


@pytest.mark.parametrize(
    ("changes", "item_"),
    [
        ({}, applications("非正常专利申请量", "Abnormal applications")),
        ({}, applications(kind="deduction", rule={"deduct": "n", "each": 1})),
        ({}, applications(rule={"points": "n / all_n"})),
        ({"starts": date(2023, 1, 1)}, applications()),
        ({"ends": date(2021, 1, 1)}, applications()),
        ({"words": ("授权量",)}, applications()),
    ],
    ids=["acquitted by a word", "deduction", "rate", "not yet in force", "no longer", "other word"],
)
def test_item_that_a_policy_does_not_touch_is_sound(changes, item_):
    inputs = [{"code": "n", "type": "count"}, {"code": "all_n", "type": "count"}]
    test = stressed(
        item_, proved("B", 10, {"points": "b"}), policies=[policy(**changes)], inputs=inputs
    )
    assert found(test, "policy-forbids") is None


def test_clause_known_only_from_others_stops_nothing():
    test = stressed(applications(), policies=[policy(sure="reported")])
    assert must_find(test, "policy-forbids").level == "mend"
    assert "check the original" in must_find(test, "policy-forbids").why.en


def test_without_a_list_the_test_says_so():
    assert any("no policy list" in text.en for text in stressed(applications()).waits)
