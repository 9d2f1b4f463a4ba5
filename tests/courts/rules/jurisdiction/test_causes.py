from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.courts.rules.jurisdiction.causes import Cause, Causes, read_causes, squeeze
from steelyard.kernel.faults import Faulty
from steelyard.regions import CAUSES
from tests.courts.china_words import causes

COLUMNS = "code,track,zh,en,matter,relation,nature,aliases,sure,source"
PATENTS = ("invention", "utility_model", "design")
ROWS = causes().rows
NAMED = [(cause, name) for cause in ROWS for name in cause.names]


def table(*rows: str) -> Causes:
    return read_causes([COLUMNS, *rows], file="causes.csv")


def row(code: str, zh: str, *, aliases: str = "", matter: str = "trademark") -> str:
    return f"{code},civil,{zh},{code},{matter},contract,contract,{aliases},read,somewhere"


def refusals(refused: pytest.ExceptionInfo[Faulty]) -> list[str]:
    return [fault.code for fault in refused.value.faults]


@given(named=st.sampled_from(NAMED))
def test_every_code_title_and_alias_finds_its_own_cause(named: tuple[Cause, str]) -> None:
    cause, name = named
    assert causes().find(name) == cause
    assert causes().find(name, track=cause.track) == cause


@given(named=st.sampled_from(NAMED), ends=st.sampled_from(["", "案", "纠纷", "一案", " ", "案件"]))
def test_spaces_case_and_last_words_do_not_matter(named: tuple[Cause, str], ends: str) -> None:
    cause, name = named
    assert causes().find(f"  {name.upper()} {ends}") == cause


@given(words=st.text(max_size=20))
def test_any_words_find_a_cause_or_say_why_not(words: str) -> None:
    try:
        assert causes().find(words) in ROWS
    except Faulty as refused:
        assert refused.faults[0].code in {"cause-unknown", "cause-ambiguous"}


@given(named=st.sampled_from(NAMED), cut=st.tuples(st.integers(0, 5), st.integers(0, 5)))
def test_a_part_finds_no_cause_that_lacks_it(
    named: tuple[Cause, str], cut: tuple[int, int]
) -> None:
    name = squeeze(named[1])
    part = name[cut[0] : len(name) - cut[1]]
    try:
        found = causes().find(part)
    except Faulty:
        return
    assert any(squeeze(part) in squeeze(own) for own in found.names)


def test_no_name_belongs_to_two_causes() -> None:
    owners: dict[str, set[str]] = {}
    for cause, name in NAMED:
        owners.setdefault(squeeze(name), set()).add(cause.code)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_the_table_stands_in_lines_of_its_columns() -> None:
    with CAUSES.open(encoding="utf-8", newline="") as file:
        assert ",".join(next(csv.reader(file))) == COLUMNS


def test_grants_and_licences_are_administrative_and_drug_patents_civil() -> None:
    tracks = {(cause.matter, cause.track) for cause in ROWS}
    only = {m: {t for matter, t in tracks if matter == m} for m, _ in tracks}
    for matter in ("grant_patent", "grant_plant", "grant_ic", "grant_trademark"):
        assert only[matter] == {"administrative"}
    assert only["compulsory_licence"] == {"administrative"}
    assert only["drug_patent"] == {"civil"}
    assert only["technology"] == {"civil"}


def test_administrative_causes_turn_on_an_act_of_an_authority() -> None:
    for cause in ROWS:
        assert (cause.track == "administrative") == (cause.nature == "administrative")


@pytest.mark.parametrize(
    "code", sorted({c.code.split(".")[0] for c in ROWS if c.code.endswith(".design")})
)
def test_a_patent_cause_stands_for_each_kind_with_the_same_relation(code: str) -> None:
    kinds = [causes().find(f"{code}.{kind}") for kind in PATENTS]
    assert [one.matter for one in kinds] == list(PATENTS)
    assert len({(one.track, one.relation, one.nature) for one in kinds}) == 1


@pytest.mark.parametrize(
    "matter", [*PATENTS, "plant_variety", "ic_layout", "technical_secret", "software"]
)
def test_administrative_acts_are_told_apart_by_infringement(matter: str) -> None:
    assert causes().find(f"admin.{matter}.infringement").relation == "ownership_infringement"
    assert causes().find(f"admin.{matter}.other").relation == "other"


def test_an_ambiguous_word_lists_what_it_may_mean() -> None:
    with pytest.raises(Faulty) as refused:
        causes().find("侵害商业秘密纠纷")
    (fault,) = refused.value.faults
    assert fault.code == "cause-ambiguous"
    assert fault.what.zh == (
        "“侵害商业秘密纠纷”可以指不止一个案由：侵害技术秘密纠纷（technical_secret）、侵害经营秘密纠纷（business_secret）"
    )
    assert fault.mend.en == "say which of them is meant"


def test_an_unknown_word_names_at_most_eight_that_are_near() -> None:
    with pytest.raises(Faulty) as refused:
        causes().find("侵犯他人商标专用权")
    (fault,) = refused.value.faults
    assert fault.code == "cause-unknown"
    assert fault.mend.en.startswith(
        "the nearest are trademark infringement (trademark_infringement), "
    )
    assert fault.mend.zh.count("、") == 7


def test_words_that_share_nothing_are_unknown_without_neighbours() -> None:
    with pytest.raises(Faulty) as refused:
        causes().find("")
    assert refused.value.faults[0].mend.en == "write the full name of the cause"


def test_a_whole_name_wins_over_a_part() -> None:
    few = table(row("short", "商标"), row("long", "商标合同"))
    assert few.find("商标").code == "short"
    with pytest.raises(Faulty):
        few.find("商")


def test_infringement_is_never_taken_for_a_declaration_of_non_infringement() -> None:
    one = table(row("declaration", "确认不侵害商标权"))
    with pytest.raises(Faulty) as refused:
        one.find("侵害商标权")
    assert refusals(refused) == ["cause-unknown"]
    assert one.find("不侵害商标权").code == "declaration"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Infringement of an invention patent", "patent_infringement.invention"),
        ("infringing a utility model", "patent_infringement.utility_model"),
        ("infringement of copyright", "copyright.any"),
        ("infringement of a trade mark", "trademark_infringement"),
        ("infringement of a plant variety", "plant_infringement"),
    ],
)
def test_infringement_may_stand_before_what_is_infringed(words: str, code: str) -> None:
    assert causes().find(words).code == code


def test_a_known_track_narrows_the_search() -> None:
    assert causes().find("发明专利侵权").track == "civil"
    assert (
        causes().find("发明专利侵权", track="administrative").code == "admin.invention.infringement"
    )


def test_all_faults_of_a_table_are_told_at_once() -> None:
    with pytest.raises(Faulty) as refused:
        table(row("a", "商标"), row("b", "商标纠纷"), row("c", "甲", matter="tea"), row("", "乙"))
    assert refusals(refused) == ["cause-named-twice", "unreadable-cause", "unreadable-cause"]
    assert [fault.where.row for fault in refused.value.faults] == [3, 4, 5]


def test_an_alias_of_another_cause_is_refused() -> None:
    with pytest.raises(Faulty) as refused:
        table(row("a", "商标", aliases="牌子"), row("b", "版权", aliases="牌子;印花"))
    assert refusals(refused) == ["cause-named-twice"]


@given(named=st.sampled_from(NAMED))
def test_every_name_is_one_cause_though_it_holds_a_word_that_joins(
    named: tuple[Cause, str],
) -> None:
    assert causes().find_all(named[1]) == (named[0],)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("侵害商标权及不正当竞争纠纷", ["trademark_infringement", "unfair_competition"]),
        ("发明专利侵权和技术秘密", ["patent_infringement.invention", "technical_secret"]),
        (
            "trademark infringement and false advertising",
            ["trademark_infringement", "false_advertising"],
        ),
        ("商标侵权；侵害商标权", ["trademark_infringement"]),
        ("仿冒纠纷", ["passing_off"]),
    ],
)
def test_joined_claims_are_told_apart(words: str, codes: list[str]) -> None:
    assert [cause.code for cause in causes().find_all(words)] == codes


def test_joined_claims_tell_all_that_is_wrong_at_once() -> None:
    with pytest.raises(Faulty) as refused:
        causes().find_all("离婚及专利侵权及商标侵权")
    assert refusals(refused) == ["cause-unknown", "cause-ambiguous"]


@pytest.mark.parametrize("words", ["", "和", "离婚纠纷"])
def test_words_that_name_nothing_are_unknown_when_split_too(words: str) -> None:
    with pytest.raises(Faulty) as refused:
        causes().find_all(words)
    assert refusals(refused) == ["cause-unknown"]
