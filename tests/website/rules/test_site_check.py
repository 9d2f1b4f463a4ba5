"""A site that fails each check of the inspection, and one that fails none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from steelyard.kernel.bilingual import Text
from steelyard.website.rules.site_check import LOOKS, findings
from steelyard.website.rules.site_check.checks import fails, read_checks
from steelyard.website.rules.site_check.seen import (
    ColumnSeen,
    DeadLink,
    MessageSeen,
    PageSeen,
    Seen,
)

TODAY = date(2026, 11, 26)
FOOT = ("/zh-hans/privacy/", "/zh-hans/copyright/", "/zh-hans/about/", "/zh-hans/contact/")


def page(address: str, **other: Any) -> PageSeen:
    return PageSeen(address=address, links=FOOT, text_fields=1, **other)


def column(code: str, kind: str = "notices", age: int | None = 1, entries: int = 3) -> ColumnSeen:
    newest = None if age is None else TODAY - timedelta(days=age)
    return ColumnSeen(
        code=code, title=Text(code, code), address=f"/zh-hans/{code}/", kind=kind, entries=entries,
        newest=newest,
    )  # fmt: skip


COLUMNS = tuple(column(code) for code in "abcdefghijkl")
GOOD = Seen(
    today=TODAY,
    pages={at: page(at) for at in ("/zh-hans/", "/en/", *(f"/zh-hans/{n}/" for n in range(30)))},
    home={"zh-hans": "/zh-hans/", "en": "/en/"},
    columns=COLUMNS,
    home_changed_on=TODAY - timedelta(days=14),
    sitemap=frozenset(one.address for one in COLUMNS),
    services={"/zh-hans/courts/fees/": True},
    messages=[MessageSeen("1", TODAY - timedelta(days=92))],
    icp="粤ICP备1号",
)
GOOD = replace(GOOD, pages={at: replace(one, foot="粤ICP备1号") for at, one in GOOD.pages.items()})


def with_home(**other: Any) -> Seen:
    return replace(
        GOOD, pages={**GOOD.pages, "/zh-hans/": replace(GOOD.pages["/zh-hans/"], **other)}
    )


def with_columns(*others: ColumnSeen) -> Seen:
    return replace(GOOD, columns=(*others, *COLUMNS[len(others) :]))


def slow(count: int) -> Seen:
    pages = {at: replace(one, seconds=15.1) for at, one in list(GOOD.pages.items())[:count]}
    return replace(GOOD, pages={**GOOD.pages, **pages})


WRONG: dict[str, Seen] = {
    "site_up": slow(2),
    "home_fresh": replace(GOOD, home_changed_on=TODAY - timedelta(days=15)),
    "columns_fresh": with_columns(*(column(code, age=185) for code in "abcde")),
    "columns_kept_up": with_columns(*(column(code, "records", 366) for code in "abcdefghij")),
    "columns_filled": with_columns(*(column(code, entries=0) for code in "abcde")),
    "enquiry": replace(GOOD, pages={at: replace(p, text_fields=0) for at, p in GOOD.pages.items()}),
    "answered": replace(GOOD, messages=[MessageSeen("7", TODAY - timedelta(days=93))]),
    "services": replace(GOOD, services={"/zh-hans/courts/fees/": False}),
    "dead_links": replace(GOOD, dead_links=[DeadLink("/zh-hans/", "/zh-hans/x/", 404)]),
    "columns_due": with_columns(column("a", "news", 15)),
    "sitemap": replace(GOOD, sitemap=GOOD.sitemap - {"/zh-hans/a/"}),
    "search": with_home(is_searchable=False),
    "privacy": with_home(links=FOOT[1:]),
    "copyright": with_home(links=FOOT[:1] + FOOT[2:]),
    "maintainer": with_home(links=FOOT[:2]),
    "icp": with_home(foot=""),
    "other_language": with_home(other_languages=("zh-Hans", "x-default")),
    "three_clicks": with_home(clicks=4),
    "structure": with_home(main_headings=2),
    "pictures": with_home(pictures_without_text=1),
    "keyboard": with_home(has_skip_link=False),
    "fields": with_home(fields_without_name=1),
}


def failed(seen: Seen) -> set[str]:
    found = findings(seen, read_checks())
    return {one.check.code for one in [*fails(found, "veto"), *fails(found, "practical")]}


def test_good_site_fails_nothing() -> None:
    assert failed(GOOD) == set()


@pytest.mark.parametrize("code", WRONG)
def test_site_that_fails_a_check_is_told_so(code: str) -> None:
    assert code in failed(WRONG[code])
    (found,) = [one for one in findings(WRONG[code], read_checks()) if one.check.code == code]
    assert all(one.what.zh and one.what.en for one in found.wrong)


def test_every_check_has_a_look_and_a_site_that_fails_it() -> None:
    codes = {one.code for one in read_checks()}
    assert codes == set(LOOKS) == {*WRONG, "serious_errors"}


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("site_up", slow(1)),  # 1 of 32 is less than 5 %
        ("columns_fresh", with_columns(*(column(code, age=185) for code in "abcd"))),
        ("columns_fresh", with_columns(*(column(code, age=184) for code in "abcdefgh"))),
        ("columns_kept_up", with_columns(*(column(code, "records", 366) for code in "abcdefghi"))),
        ("columns_filled", with_columns(*(column(code, entries=0) for code in "abcd"))),
        ("answered", replace(GOOD, messages=[MessageSeen("1", TODAY - timedelta(days=366))])),
        ("three_clicks", with_home(clicks=3)),
    ],
)
def test_on_this_side_of_the_limit_it_passes(code: str, seen: Seen) -> None:
    assert code not in failed(seen)


def test_what_bears_no_date_was_not_updated() -> None:
    assert "columns_due" in failed(with_columns(column("a", age=None)))
    assert "home_fresh" in failed(replace(GOOD, home_changed_on=None))


def test_what_a_run_cannot_see_is_for_a_person_and_no_pass() -> None:
    found = findings(replace(GOOD, messages=None, icp=""), read_checks())
    unseen = {one.check.code for one in found if one.state == "not_seen"}
    assert unseen == {"answered", "icp", "serious_errors"}


def test_check_does_not_run_for_days_before_its_source() -> None:
    codes = {
        one.check.code for one in findings(replace(GOOD, today=date(2022, 9, 30)), read_checks())
    }
    assert "dead_links" in codes
    assert "home_fresh" not in codes


def test_every_check_names_its_source_and_how_sure_it_is() -> None:
    for one in read_checks():
        assert all((one.title.zh, one.title.en, one.source.zh, one.source.en))
        assert one.sure in ("F", "X", "R")
