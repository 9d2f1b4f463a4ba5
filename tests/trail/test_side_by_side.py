"""Who comes second sees both sides, chooses field by field, and saves what is chosen."""

from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation

from steelyard.people.models import Account, Organisation
from steelyard.trail.acting import acting
from steelyard.trail.side_by_side import Pair, meanwhile
from steelyard.trail.versions import ChangedMeanwhile, save_unless_changed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


class Inputs(HTMLParser):
    """What a form would send if nothing more was chosen, and what could be chosen."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self.choices: dict[str, list[str]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "input" and told.get("name"):
            if told["type"] == "radio":
                self.choices.setdefault(told["name"], []).append(told["value"])
            if told["type"] == "hidden" or "checked" in told:
                self.sent[told["name"]] = told["value"]


def save(sent: dict[str, str], by: Account) -> Organisation:
    """What a view does: the row as it is now, the fields as they were sent, the version as seen."""
    row = Organisation.objects.get()
    row.name_zh, row.name_en = sent["name_zh"], sent["name_en"]
    row.place, row.kind = sent["place"], sent["kind"]
    row.ends = date.fromisoformat(sent["ends"]) if sent["ends"] else None
    with acting("correct_organisation", by=by.pk):
        return save_unless_changed(row, int(sent["version"]))


def two_savers() -> tuple[Account, dict[str, str], ChangedMeanwhile]:
    """Li changed both names; Wang, who had opened it before, the English name, place and end."""
    li = Account.objects.create(username="li", name="李明")
    wang = Account.objects.create(username="wang", name="王芳")
    Organisation.objects.create(code="x", name_zh="广州", kind="city", starts=date(2000, 1, 1))
    opened = {
        "name_zh": "广州",
        "name_en": "",
        "place": "",
        "kind": "city",
        "ends": "",
        "version": "1",
    }
    save({**opened, "name_zh": "广州市", "name_en": "Canton"}, li)
    wanted = {**opened, "name_en": "Guangzhou", "place": "440100", "ends": "2030-01-01"}
    with pytest.raises(ChangedMeanwhile) as told:
        save(wanted, wang)
    return wang, wanted, told.value


def both(wanted: dict[str, str], error: ChangedMeanwhile) -> dict:
    sent = QueryDict(mutable=True)
    sent.update(wanted)
    return meanwhile(error, sent)


def test_what_one_changed_is_chosen_and_what_both_changed_must_be() -> None:
    _, wanted, error = two_savers()
    shown = both(wanted, error)
    assert shown["pairs"] == [
        Pair("name_zh", "中文名称", "广州", "广州市", "广州", "广州市", "广州", "theirs"),
        Pair("name_en", "英文名称", "—", "Canton", "Guangzhou", "Canton", "Guangzhou", ""),
        Pair("place", "地点", "—", "—", "440100", "", "440100", "mine"),
        Pair("ends", "截止日（不含）", "—", "—", "2030-01-01", "", "2030-01-01", "mine"),
    ]
    assert (shown["who"], shown["version"], shown["along"]) == ("李明", 2, [("kind", "city")])


def test_the_page_is_the_form_again_and_what_is_chosen_is_saved() -> None:
    wang, wanted, error = two_savers()
    form = Inputs(render_to_string("trail/changed_meanwhile.html", both(wanted, error)))
    assert form.choices["name_en"] == ["Canton", "Guangzhou"]
    assert "name_en" not in form.sent
    saved = save({**form.sent, "name_en": form.choices["name_en"][1]}, wang)
    assert (saved.name_zh, saved.name_en, saved.place, saved.ends) == (
        "广州市",
        "Guangzhou",
        "440100",
        date(2030, 1, 1),
    )


def test_if_a_third_comes_between_the_choice_is_asked_again() -> None:
    wang, wanted, error = two_savers()
    form = Inputs(render_to_string("trail/changed_meanwhile.html", both(wanted, error)))
    Organisation.objects.update(place="999999")
    with pytest.raises(ChangedMeanwhile) as again:
        save({**form.sent, "name_en": "Guangzhou"}, wang)
    assert both(wanted, again.value)["who"] == ""


def test_of_a_deleted_thing_it_is_said_that_nothing_was_saved() -> None:
    _wang, wanted, _ = two_savers()
    row = Organisation.objects.get()
    Organisation.objects.all().delete()
    with pytest.raises(ChangedMeanwhile) as gone:
        save_unless_changed(row, 2)
    page = render_to_string("trail/changed_meanwhile.html", both(wanted, gone.value))
    assert "已被删除" in page
    assert "<form" not in page
