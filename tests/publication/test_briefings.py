"""A published briefing is what was briefed, keeps nothing that is not open, and is checked, never altered."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.papers.brief.compute import Asked
from steelyard.publication.briefing_check import Differs, check_briefing
from steelyard.publication.briefings import (
    Briefing,
    Mentioned,
    briefing_document,
    briefing_files,
    corrected,
    read_briefing,
)
from tests.builders import JIANGMEN, ZHONGSHAN, weighed
from tests.papers.brief.small_records import OFFICE, SmallRecords, brief, closed, template

MEETINGS = """
SELECT m.id AS record, m.held_on AS day, m.kind AS value, m.delivery
FROM meetings AS m WHERE m.place = :unit AND m.held_on >= :from AND m.held_on < :to
"""
TEXT = template(records=MEETINGS, measure='{ zh = "次", en = "meetings" }')


def met(*values: str) -> dict[str, Any]:
    """Rows of meetings, which are open to everyone."""
    return {"meetings": closed(*values, delivery=OFFICE)["cases"]}


def published(reads: SmallRecords, text: str = TEXT, result: Any = None) -> Briefing:
    briefs = {lang: brief(text, reads, lang, result) for lang in ("zh", "en")}
    document = briefing_document(briefs, Asked(reads, result, "440700"))
    return read_briefing(json.loads(json.dumps(document)))


def test_text_of_both_languages_is_read_again_with_its_footnotes() -> None:
    found = published(SmallRecords(met("a", "b", "c")))
    assert found.title == Text("江门年报", "Jiangmen, a year")
    assert found.texts["zh"].passages[0].pieces == (
        "江门", "审结", Mentioned(1, "closed", "3次（样本）"), "。",
    )  # fmt: skip
    assert found.texts["en"].names == ("closed",)
    assert found.sample


def test_figure_says_its_query_rows_tables_and_who_supplied_it() -> None:
    one = published(SmallRecords(met("a", "b", "c"))).figures["closed"]
    assert one.spec.records == MEETINGS.strip()
    assert (one.rows, list(one.digests)) == (3, ["C0", "C1", "C2"])
    assert one.tables["meetings"].en
    assert one.bodies == (Text("联席会议办公室", "office of the joint meeting"),)


def test_keys_of_protected_rows_stay_inside() -> None:
    reads = SmallRecords(closed(*"abcdefgh"))
    text = template()
    briefs = {lang: brief(text, reads, lang) for lang in ("zh", "en")}
    files = briefing_files(briefs, reads)
    held = b"".join(content for name, content in files.items() if name.endswith(".json"))
    assert b"C3" not in held
    assert published(reads, text).figures["closed"].rows == 8


def test_number_of_rows_that_is_hidden_is_nowhere() -> None:
    one = published(SmallRecords(closed("a", "b")), template()).figures["closed"]
    assert (one.state, one.rows, one.value, one.digests) == ("suppressed", None, "", {})


def test_downloads_of_a_sample_say_so_and_keep_to_their_schema() -> None:
    reads = SmallRecords(met("a", "b", "c"))
    files = briefing_files({lang: brief(TEXT, reads, lang) for lang in ("zh", "en")}, reads)
    assert sorted(files) == [
        "briefing.json", "downloads/figures.schema.json", "downloads/sample-briefing.en.docx",
        "downloads/sample-briefing.zh.docx", "downloads/sample-figures.en.json",
        "downloads/sample-figures.zh.json",
    ]  # fmt: skip
    schema = json.loads(files["downloads/figures.schema.json"])
    for lang in ("zh", "en"):
        jsonschema.validate(json.loads(files[f"downloads/sample-figures.{lang}.json"]), schema)


def test_what_is_no_briefing_is_refused() -> None:
    with pytest.raises(Faulty, match="not-a-briefing"):
        read_briefing({"format": "steelyard-briefing/9"})


# --- checked against newer records ----------------------------------------------------------


def newer(tables: dict[str, Any], **more: Any) -> SmallRecords:
    return SmallRecords(tables, identifier="sha256:" + "2" * 64, **more)


def test_same_records_say_the_same() -> None:
    reads = SmallRecords(met("a", "b", "c"))
    assert check_briefing(published(reads), newer(reads.tables)) == ()


def test_added_row_is_another_figure_and_is_named() -> None:
    found = check_briefing(published(SmallRecords(met("a", "b"))), newer(met("a", "b", "c")))
    assert found == (
        Differs(
            name="closed", title=Text("审结案件", "Cases closed"), is_another=True,
            before=Text("2次", "2 meetings"), after=Text("3次", "3 meetings"),
            added=("C2",), rows_before=2, rows_after=3,
        ),
    )  # fmt: skip
    assert found[0].why == Text("记录新增1条", "rows: 1 added")


def test_withdrawn_row_is_named() -> None:
    (one,) = check_briefing(published(SmallRecords(met("a", "b"))), newer(met("a")))
    assert (one.withdrawn, one.after) == (("C1",), Text("1次", "1 meetings"))


def test_changed_row_is_named_though_the_figure_stays() -> None:
    (one,) = check_briefing(published(SmallRecords(met("a", "b"))), newer(met("a", "x")))
    assert (one.changed, one.is_another) == (("C1",), False)


def test_rows_of_protected_tables_are_counted_or_named_from_the_old_snapshot() -> None:
    old = SmallRecords(closed(*"abcdefgh"))
    briefing, new = published(old, template()), newer(closed(*"abcdefghi"))
    (one,) = check_briefing(briefing, new)
    assert (one.added, one.why) == ((), Text("记录由8条变为9条", "8 rows then, 9 now"))
    (one,) = check_briefing(briefing, new, before=old)
    assert one.added == ("C8",)


def test_old_snapshot_is_the_one_that_it_was_made_from() -> None:
    briefing = published(SmallRecords(met("a", "b")))
    with pytest.raises(Faulty, match="not-made-from"):
        check_briefing(briefing, newer(met("a")), before=newer(met("a")))


def test_snapshot_of_another_period_is_refused() -> None:
    from datetime import date

    from steelyard.kernel.periods import Period

    later = Period(date(2022, 1, 1), date(2023, 1, 1))
    with pytest.raises(Faulty, match="other-period"):
        check_briefing(published(SmallRecords(met("a"))), newer(met("a"), period=later))


def test_published_figure_is_not_altered_by_a_check() -> None:
    briefing = published(SmallRecords(met("a", "b")))
    check_briefing(briefing, newer(met("a")))
    assert briefing == published(SmallRecords(met("a", "b")))


RANK = """
format = "steelyard-brief/1"
title = { zh = "{{unit}}", en = "{{unit}}" }
[figures.rank]
title = { zh = "名次", en = "Rank" }
result = "rank"
show = "ordinal"
[[paragraphs]]
zh = "居第{{rank}}。"
en = "It came {{rank}}."
"""


def test_figure_of_a_result_is_checked_where_a_newer_result_is_given() -> None:
    units = [{**JIANGMEN, "code": "440700"}, ZHONGSHAN]
    first = weighed({"440700": {"a": 9}, "zs": {"a": 2}}, units=units)
    later = weighed({"440700": {"a": 1}, "zs": {"a": 2}}, units=units)
    reads = SmallRecords(period=first.scheme.period)
    briefing = published(reads, RANK, first)
    again = newer({}, period=first.scheme.period)
    assert check_briefing(briefing, again) == ()
    (one,) = check_briefing(briefing, again, later)
    assert (one.before.en, one.after.en, one.why.en) == (
        "1st",
        "2nd",
        "its rows, or the result, changed",
    )


def test_correction_says_which_figures_it_says_otherwise() -> None:
    before, after = published(SmallRecords(met("a", "b"))), published(SmallRecords(met("a")))
    assert [(one.name, old.en) for one, old in corrected(before, after)] == [
        ("closed", "2 meetings")
    ]
