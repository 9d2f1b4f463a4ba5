"""Which organisation is each body of an imported scheme? By its name, and never by a guess."""

from __future__ import annotations

from typing import Any

from steelyard.assessment.rules.schemes.bodies import Known, match, matched, readings
from steelyard.kernel.bilingual import Text

MARKET = Known("gd-market", Text("省市场监管局（知识产权局）", "Market regulator"))
COURT = Known("gd-court", Text("省高级人民法院", "High Court"))
KNOWN = (MARKET, COURT)


def scheme(*titles: str, **told: Any) -> dict[str, Any]:
    return {
        "bodies": {title: {"zh": title} for title in titles},
        "inputs": [], "items": [{"code": "A", "scoring_body": list(titles)}], **told,
    }  # fmt: skip


def test_the_same_name_is_the_organisation_wherever_the_scheme_names_it() -> None:
    document = scheme("省高级人民法院", inputs=[{"code": "n", "supplying_body": "省高级人民法院"}])
    found = matched(document, match(document, KNOWN))
    assert found["bodies"] == {"gd-court": {"zh": "省高级人民法院", "en": "High Court"}}
    assert found["items"][0]["scoring_body"] == ["gd-court"]
    assert found["inputs"][0]["supplying_body"] == "gd-court"


def test_an_english_name_is_one_too() -> None:
    found = match({"bodies": {"hc": {"en": "High Court"}}}, KNOWN)
    assert (found.found, found.loosely) == ({"hc": COURT}, frozenset())


def test_full_width_and_blanks_are_told_and_to_be_confirmed() -> None:
    document = scheme("省市场监管局 (知识产权局)")
    found = match(document, KNOWN)
    assert found.found == {"省市场监管局 (知识产权局)": MARKET}
    assert [one.zh for one in readings(document, found)] == [
        "单位“省市场监管局 (知识产权局)”按机构“省市场监管局（知识产权局）”（gd-market）对应（请确认）"
    ]


def test_a_name_written_alike_needs_no_confirmation() -> None:
    document = scheme("省高级人民法院")
    assert readings(document, match(document, KNOWN)) == []


def test_a_name_that_only_resembles_one_is_no_match() -> None:
    found = match(scheme("省法院", "省高级人民法院民三庭"), KNOWN)
    assert (found.found, [one.code for one in found.unmatched]) == (
        {}, ["省法院", "省高级人民法院民三庭"],
    )  # fmt: skip
    assert (found.open[0].why.zh, found.open[0].mend.en) == (
        "没有这个名称的机构",
        "choose one that exists; if there is none yet, have an administrator open it first",
    )


def test_between_two_of_one_name_nobody_guesses() -> None:
    twins = (Known("a", Text("市场监管局")), Known("b", Text("市场监管局")))
    found = match(scheme("市场监管局"), (*KNOWN, *twins))
    assert (found.found, [one.why.zh for one in found.unmatched]) == (
        {}, ["有几个机构都叫这个名称：市场监管局（a）、市场监管局（b）"],
    )  # fmt: skip


def test_one_written_alike_goes_before_one_that_is_alike_but_for_blanks() -> None:
    spaced = Known("b", Text("省高级 人民法院"))
    assert match(scheme("省高级人民法院"), (spaced, COURT)).found == {"省高级人民法院": COURT}


def test_what_is_named_by_its_code_is_left_as_it_is() -> None:
    document = scheme("gd-court")
    found = match(document, KNOWN)
    assert (found.open, matched(document, found)) == ((), document)


def test_a_body_that_is_only_named_is_listed_too() -> None:
    found = match({"items": [{"code": "A", "scoring_body": "某局"}]}, KNOWN)
    assert [one.code for one in found.unmatched] == ["某局"]
