"""What holds of every case number, and what the explanation says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.courts.rules.case_number_codes import courts_of_places, read_codes
from steelyard.courts.rules.case_number_lists import read_numbers
from steelyard.courts.rules.case_numbers import (
    CaseNumber,
    OldNumber,
    doubts,
    explain,
    next_number,
    read_number,
    summary,
)
from steelyard.kernel.faults import Faulty
from steelyard.regions import CASE_NUMBER_CODES, GUANGDONG_PLACES
from tests.courts.china_numbers import codes

PLAIN = [code for code, kind in codes().types.items() if not (kind.appeal or kind.random)]
COURTS = st.one_of(
    st.sampled_from([*codes().courts]),
    st.builds(
        str.__add__,
        st.sampled_from([*codes().provinces]),
        st.one_of(st.just(""), st.from_regex(r"(0[1-9]|[1-9][0-9])([0-9][0-9])?", fullmatch=True)),
    ),
)
NUMBERS = st.builds(
    CaseNumber,
    year=st.integers(2018, 2099),
    court=COURTS,
    special=st.sampled_from(["", "知"]),
    type=st.sampled_from(PLAIN),
    serial=st.integers(1, 999_999),
    document=st.sampled_from(["", "之一", "之十二"]),
)
TO_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
TO_HALF_WIDTH = str.maketrans("（）", "()")


@given(number=NUMBERS)
def test_a_number_that_is_printed_is_read_back_the_same(number: CaseNumber) -> None:
    assert read_number(str(number), codes()) == number


@given(number=NUMBERS)
def test_the_width_of_brackets_and_digits_and_blanks_make_no_difference(number: CaseNumber) -> None:
    printed = str(number)
    for written in (
        printed.translate(TO_HALF_WIDTH),
        printed.translate(TO_FULL_WIDTH),
        " ".join(printed),
    ):
        assert read_number(written, codes()) == number


@given(
    year=st.integers(1980, 2015),
    words=st.sampled_from(["粤知法专民初", "深南法知民初", "沪二中民一(民)终", "某法民初"]),
    serial=st.from_regex(r"[0-9]{1,6}", fullmatch=True),
)
def test_an_old_number_that_is_printed_is_read_back_the_same(
    year: int, words: str, serial: str
) -> None:
    number = OldNumber(year, words, serial)
    assert read_number(str(number), codes()) == number


@given(text=st.text(alphabet="（）()〔〕2021粤73知民初字第号之一-、0a ", max_size=24))
def test_any_text_is_read_or_refused_with_a_code(text: str) -> None:
    try:
        number = read_number(text, codes())
    except Faulty as refused:
        assert all(fault.code.startswith("case-") for fault in refused.faults)
    else:
        assert read_number(str(number), codes()) == number


@given(many=st.integers(0, 30))
def test_numbers_issued_one_after_another_are_in_a_row(many: int) -> None:
    issued: list[CaseNumber] = []
    for _ in range(many):
        issued.append(next_number(codes(), year=2022, court="粤0704", type="民初", issued=issued))
    assert [one.serial for one in issued] == list(range(1, many + 1))


@given(number=NUMBERS)
def test_every_part_of_a_number_is_explained_in_both_languages(number: CaseNumber) -> None:
    parts = explain(number, codes())
    code = "".join(part.written for part in parts[1:-1] if part.name.en != "serial")
    assert code == f"{number.court}{number.special}{number.type}" or number.document
    assert all(part.means.zh and part.means.en and part.known.zh for part in parts)


def test_a_number_is_summed_up_in_one_sentence() -> None:
    number = read_number("（2019）粤73知民初1519号", codes())
    said = summary(number, codes())
    assert said.zh == (
        "2019年收案，广州知识产权法院，专利等知识产权案件，民事一审案件，该年度同类案件第1519件"
    )
    assert said.en.startswith("accepted in 2019, Guangzhou Intellectual Property Court")


@given(numbers=st.lists(NUMBERS, min_size=1, max_size=6), between=st.sampled_from("、，；,;"))
def test_numbers_written_one_after_another_are_each_read_back(
    numbers: list[CaseNumber], between: str
) -> None:
    text = between.join(str(one) for one in numbers)
    assert read_numbers(text, codes()) == tuple(numbers)


@given(number=NUMBERS, more=st.integers(1, 50))
def test_a_run_of_numbers_is_written_out_with_both_ends(number: CaseNumber, more: int) -> None:
    first, last = number.serial, number.serial + more
    text = str(replace(number, document="")).replace(f"{first}号", f"{first}-{last}号")
    read = read_numbers(text, codes())
    assert [one.serial for one in read] == list(range(first, last + 1))
    assert {replace(one, serial=first) for one in read if isinstance(one, CaseNumber)} == {
        replace(number, document="")
    }


@given(text=st.text(alphabet="（）()〔〕2021粤73知民初字第号之一-、；0a ", max_size=30))
def test_any_text_of_several_is_read_or_refused_with_a_code(text: str) -> None:
    try:
        numbers = read_numbers(text, codes())
    except Faulty as refused:
        assert all(fault.code.startswith("case-") for fault in refused.faults)
    else:
        assert numbers


def test_the_court_of_a_place_follows_from_the_code_of_the_place() -> None:
    courts = codes().courts
    derived = [court for court in courts.values() if court.sure == "derived"]
    assert len(derived) > 100
    assert courts["粤0606"].title.zh == "佛山市顺德区人民法院"
    assert courts["粤19"].title.zh == "东莞市中级人民法院"
    assert courts["粤0606"].source == "行政区划代码440606"
    assert "粤0115" not in courts


def test_a_court_that_was_reported_agrees_with_the_code_of_its_place() -> None:
    """The seven basic courts of Jiangmen and its intermediate court, against the derivation."""
    table = read_codes(CASE_NUMBER_CODES.read_text("utf-8"), file="codes.toml").courts
    derived = courts_of_places(GUANGDONG_PLACES.read_text("utf-8"), "粤", ())
    both = [code for code in table if code in derived]
    assert len(both) >= 10
    assert all(table[code].title.zh == derived[code].title.zh for code in both)


def test_a_number_is_explained_part_by_part_with_how_we_know() -> None:
    parts = explain(read_number("（2019）粤73知民初1519号", codes()), codes())
    assert [(part.name.zh, part.written, part.means.zh) for part in parts] == [
        ("收案年度", "2019", "2019年收案"),
        ("法院代字", "粤73", "广州知识产权法院"),
        ("专门审判代字", "知", "专利等知识产权案件"),
        ("类型代字", "民初", "民事一审案件"),
        ("案件编号", "1519", "该年度同类案件第1519件"),
    ]
    assert parts[1].known.en == "seen in a real case number: （2019）粤73知民初1519号"
    assert parts[4].known.zh == "《关于人民法院案件案号的若干规定》第10条"


def test_digits_of_other_scripts_are_no_number() -> None:
    with pytest.raises(Faulty):
        read_number("（2021）粤73知民初١٢号", codes())


def test_an_old_number_is_explained_as_old() -> None:
    parts = explain(read_number("（2015）粤知法专民初字第604号", codes()), codes())
    assert [(part.written, part.means.en) for part in parts] == [
        ("2015", "accepted in 2015"),
        ("粤知法", "Guangzhou Intellectual Property Court"),
        ("专民初", "the form of before 2016"),
        ("604", "case 604 of its series that year"),
    ]


def test_what_is_not_in_the_tables_is_doubted_not_refused() -> None:
    number = read_number("（2022）青01民某7号", codes())
    found = doubts(number, codes())
    assert [(one.code, one.level) for one in found] == [
        ("case-court-unknown", "warning"),
        ("case-type-unknown", "warning"),
    ]


def test_a_code_that_stands_twice_or_is_unsure_in_no_known_way_is_refused() -> None:
    text = CASE_NUMBER_CODES.read_text("utf-8")
    twice = text + '\n[[types]]\ncode = "民初"\ntitle = { zh = "一", en = "a" }\nsure = "read"\n'
    unsure = text.replace('sure = "seen"', 'sure = "guess"', 1)
    for wrong in (twice, unsure):
        with pytest.raises(Faulty) as refused:
            read_codes(wrong, file="codes.toml")
        assert {fault.code for fault in refused.value.faults} == {"unreadable-code"}


def test_all_types_have_at_most_three_characters_and_specials_one() -> None:
    assert all(1 <= len(code) <= 3 for code, kind in codes().types.items() if not kind.outside)
    assert all(len(code) == 1 for code in codes().specials)
