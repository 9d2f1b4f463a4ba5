"""What other units decided of one's points is said: the rank, the mean, the highest value."""

import pytest

from steelyard.kernel.bilingual import Text
from steelyard.scheme.bands import read_band
from steelyard.weighing.explain import explain, explain_by_others
from steelyard.weighing.explain.against_others import places_text
from tests.builders import JIANGMEN, ZHONGSHAN, ZHUHAI, item, weighed

RATE = {"code": "rate", "type": "share", "title": {"zh": "结案率", "en": "Closing rate"}}
PATENTS = {
    "code": "patents", "type": "number", "title": {"zh": "专利密度", "en": "Patents"},
    "unit_of_measure": {"zh": "件", "en": "patents"},
}  # fmt: skip
RATES = {"jm": "0.845", "zs": "0.9", "zh": "0.7"}
RANKED = {"ladder": "all_rank(patents)", "steps": [["<= 1", 10], ["(1, 3]", 4]], "otherwise": 1}


def result_of(rule, values, **changes):
    one = item("A", 10, rule) | {"title": {"zh": "办案", "en": "Cases"}}
    units = [
        JIANGMEN | {"group": "west"},
        ZHONGSHAN | {"group": "west"},
        ZHUHAI | {"group": "east"},
    ]
    groups = {"west": {"zh": "西", "en": "West"}, "east": {"zh": "东", "en": "East"}}
    changes = {"inputs": [RATE, PATENTS], "groups": groups, "units": units} | changes
    return weighed(values, items=[one], **changes)


def said(rule, values, unit="jm", **changes):
    found = explain(result_of(rule, values, **changes), unit).children[0].sentence
    return found.say("zh"), found.say("en")


def rates(**more):
    return {unit: {"rate": rate} for unit, rate in (RATES | more).items()}


def patents(**counts):
    return {unit: {"patents": count} for unit, count in counts.items()}


def test_a_rank_is_said_as_a_rank_among_all_and_with_the_places_of_its_step():
    assert said(RANKED, patents(jm="6.8", zs=9, zh=2)) == (
        "办案：专利密度6.8件，在3个单位中列第2名，属第2—3名：4分（满分10分）。",
        "Cases: Patents 6.8 patents, rank 2 of 3, in places 2–3: 4 of 10 points.",
    )


def test_a_rank_beside_all_steps_is_no_points_either():
    few = RANKED | {"steps": [["<= 1", 10]]}
    assert said(few, patents(jm="6.8", zs=9, zh=2)) == (
        "办案：专利密度6.8件，在3个单位中列第2名，各档之外：1分（满分10分）。",
        "Cases: Patents 6.8 patents, rank 2 of 3, beside all steps: 1 of 10 points.",
    )


def test_a_rank_in_a_group_is_said_with_the_size_of_the_group():
    grouped = RANKED | {"ladder": "group_rank(patents)"}
    zh, en = said(grouped, patents(jm="6.8", zs=9, zh=2))
    assert zh == "办案：专利密度6.8件，在同组2个单位中列第2名，属第2—3名：4分（满分10分）。"
    assert (
        en == "Cases: Patents 6.8 patents, rank 2 of 2 in its group, in places 2–3: 4 of 10 points."
    )


def test_the_mean_is_said_beside_the_figure_that_it_judged():
    below = [{"points": "full"}, {"deduct": "all_mean(rate) - rate", "each": "0.5", "per": "1%"}]
    assert said(below, rates()) == (
        "办案：基础10分；结案率84.5%，各单位平均值81.5%，不扣分：10分（满分10分）。",
        "Cases: starts at 10; Closing rate 84.5%, the mean of all units 81.5%, nothing taken: "
        "10 of 10 points.",
    )


@pytest.mark.parametrize(
    ("formula", "zh", "en"),
    [
        ("rate / all_max(rate) * full", "各单位最高值90%", "the highest of all units 90%"),
        ("all_min(rate) / rate * full", "各单位最低值70%", "the lowest of all units 70%"),
        ("all_median(rate) * full", "各单位中位数84.5%", "the median of all units 84.5%"),
        ("rate / all_total(rate) * full", "各单位合计244.5%", "the total of all units 244.5%"),
        ("rate / group_max(rate) * full", "同组最高值90%", "the highest of its group 90%"),
    ],
)
def test_the_value_of_another_that_decided_is_said(formula, zh, en):
    chinese, english = said({"points": formula}, rates())
    assert chinese.startswith(f"办案：结案率84.5%，{zh}：")
    assert english.startswith(f"Cases: Closing rate 84.5%, {en}: ")


def test_what_a_quantity_takes_from_others_is_said_too():
    gap = {"code": "gap", "title": {"zh": "差距", "en": "Gap"}, "formula": "all_mean(rate) - rate"}
    below = [{"points": "full"}, {"deduct": "gap", "each": "0.5", "per": "1%"}]
    zh, en = said(below, rates(), unit="zh", quantities=[gap])
    assert zh.startswith("办案：基础10分；差距11.5%，各单位平均值81.5%，扣5.75分")
    assert "Gap 11.5%, the mean of all units 81.5%, minus 5.75" in en


def test_a_target_of_others_is_said_as_what_it_is():
    zh, en = said({"proportion": "rate", "target": "all_max(rate)"}, rates())
    assert zh.startswith("办案：结案率84.5%，各单位最高值90%：")
    assert en.startswith("Cases: Closing rate 84.5%, the highest of all units 90%: ")


def test_two_means_say_of_what_each_is():
    both = {"points": "5 * rate / all_max(rate) + 5 * patents / all_max(patents)"}
    values = {unit: {"rate": rate, "patents": 2} for unit, rate in RATES.items()}
    zh, en = said(both, values)
    assert "结案率各单位最高值90%，专利密度各单位最高值2件" in zh
    assert "the highest of all units for Patents 2 patents" in en


def test_the_clause_alone_is_there_for_a_rule_that_looks_at_others_and_for_no_other():
    ranked = result_of(RANKED, patents(jm="6.8", zs=9, zh=2))
    leaf = ranked.scheme.item["A"]
    clause = explain_by_others(ranked.board, leaf, "jm")
    assert clause.zh == "专利密度6.8件，在3个单位中列第2名，属第2—3名"
    alone = result_of({"points": "patents"}, patents(jm=5, zs=9, zh=2))
    assert not explain_by_others(alone.board, alone.scheme.item["A"], "jm")


@pytest.mark.parametrize(
    ("band", "zh", "en"),
    [
        ("[16, 21]", "第16—21名", "places 16–21"),
        ("(5, 10]", "第6—10名", "places 6–10"),
        ("<= 5", "第1—5名", "places 1–5"),
        ("< 2", "第1名", "place 1"),
        ("> 12", "第13名及以后", "place 13 or after"),
        ("= 7", "第7名", "place 7"),
    ],
)
def test_a_step_of_a_rank_is_said_as_places(band, zh, en):
    assert places_text(read_band(band)) == Text(zh, en)


def test_a_step_of_half_places_has_no_such_words():
    assert places_text(read_band("[1, 2.5]")) is None
