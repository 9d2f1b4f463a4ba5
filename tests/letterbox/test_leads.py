"""What a lead of the public may be; that its file tells nothing; that nothing printed names a person."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.letterbox.leads import (
    BLOCK,
    LONGEST,
    Reported,
    read_letter,
    received,
    refusals_of,
    written,
)

ONCE = "a value that the form was given"
ONE = Reported(unit="440700", text="台账\r\n是补做的。", name="梁敏", contact="13999990000")


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"name": "", "contact": ""}, []),
        ({"unit": "", "place": "某镇"}, []),
        ({"unit": "", "text": " \n"}, ["no_place", "no_text"]),
        ({"trap": "http://spam.example"}, ["machine"]),
        ({"text": "x" * 4000}, []),
        ({"text": "行\r\n" * 2000}, []),
        ({"text": "x" * 4001, "name": "x" * 61}, ["text_too_long", "name_too_long"]),
        ({"name": "a\nBcc: x@y.cn"}, ["name_lines"]),
        ({"text": "a\0b"}, ["text_unseen"]),
        ({"text": "\ud800"}, ["text_unseen"]),
        ({"unit": "4407\x0000"}, ["unit_lines"]),
        ({"text": "<script>alert(1)</script>"}, []),
        ({"text": "=HYPERLINK(1)"}, []),
    ],
)
def test_a_lead_is_refused_for_every_reason_at_once(
    change: dict[str, str], codes: list[str]
) -> None:
    assert [one.code for one in refusals_of(replace(ONE, **change))] == codes


def test_the_same_form_sent_twice_is_the_same_lead_and_another_form_is_another() -> None:
    assert received(ONE, ONCE) == received(ONE, ONCE)
    assert received(ONE, ONCE).number != received(ONE, "another form").number
    assert received(ONE, ONCE).number != received(replace(ONE, text="别的"), ONCE).number


def test_the_file_tells_by_its_length_neither_a_name_nor_none() -> None:
    lengths = {
        len(written(received(replace(ONE, name=name, text=text), ONCE)))
        for name in ("", "梁敏", "x" * 60)
        for text in ("短", "中" * 900)
    }
    assert lengths == {BLOCK}


@given(st.builds(Reported, **dict.fromkeys(LONGEST, st.text(max_size=60))))
def test_whatever_is_taken_outside_is_read_inside_as_it_was_written(one: Reported) -> None:
    if not refusals_of(one):
        letter = received(one, ONCE)
        assert read_letter(written(letter)) == letter


@pytest.mark.parametrize(
    "change",
    [
        {"format": "steelyard-lead/2"},
        {"number": "../../x"},
        {"number": "AAAA-AAAA-AAAA\n"},
        {"text": ""},
        {"text": "a\0"},
        {"text": "x" * 100_000},
        {"name": "a\nb"},
        {"contact": 7},
        {"more": "x"},
    ],
)
def test_a_file_that_is_no_lead_is_refused_without_its_words(change: dict[str, object]) -> None:
    document = json.loads(written(received(ONE, ONCE))) | change
    with pytest.raises(ValueError, match=r"^(?!.*(梁敏|台账|1399))"):
        read_letter(json.dumps(document).encode())


def test_whatever_prints_a_lead_says_nothing_of_it() -> None:
    assert f"{ONE!r} {received(ONE, ONCE)!r}" == "Reported(***) LeadLetter(***)"
