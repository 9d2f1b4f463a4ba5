"""Two people save the same thing: on every page that saves, the second is told and shown both.

Every address that takes a POST is in one of the two lists below. Who makes a new one puts it there:
into ``SAVES`` with how two meet on it, or into ``NOTHING_THERE`` with why nothing can be overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from steelyard.files import actions as files
from steelyard.files.rules.marks import Mark
from steelyard.kernel.bilingual import Text
from steelyard.notices import actions as notices
from steelyard.notices.rules.digests import Mode
from steelyard.people import actions as people
from steelyard.people.models import Account, Holding, Organisation
from steelyard.people.rules.roles import Role
from steelyard.supply.actions import deliveries, requests
from steelyard.supply.models import Delivery
from steelyard.trail.models import Entry
from tests.assessment.meetings import MEETINGS
from tests.assessment.year import Year
from tests.people.test_addresses import TABLE
from tests.supply.office import NOW, Office, account, details, trainings
from tests.trail.meeting import Meeting

pytestmark = pytest.mark.django_db

NOTHING_THERE: Mapping[str, str] = {
    "/organisations/new/": "opens one",
    "/accounts/new/": "opens one",
    "/accounts/<int:pk>/roles/": "gives one more; the rules and the database refuse what overlaps",
    "/organisations/sheet/": "brings a sheet; nothing is saved yet",
    "/accounts/sheet/": "brings a sheet; nothing is saved yet",
    "/organisations/sheet/carry-out/": "shows again what would change, before anything does",
    "/accounts/sheet/carry-out/": "shows again what would change, before anything does",
    "/deliveries/new/": "opens one",
    "/deliveries/<int:number>/correct/": "opens one; what it corrects is sealed",
    "/requests/ask/": "asks for one",
    "/requests/<int:number>/urge/": "tells someone, once a day",
    "/snapshots/": "freezes one",
    "/files/send/": "sends one",
    "/leads/<int:number>/place/": "assigns it; what is assigned is not assigned again",
    "/leads/<int:number>/conclude/": "ends it; what has ended is not concluded again",
    "/leads/<int:number>/informant/": "opens a seal, each time on record",
    "/messages/<int:number>/answer/": "ends it; what has ended is not answered again",
    "/messages/<int:number>/close/": "ends it; what has ended is not closed again",
    "/messages/<int:number>/publish/": "of an answer that stands",
    "/editors/": "of Wagtail, which keeps every revision",
    "/notices/read/": "once read stays read",
    "/language/": "of one's own, and a cookie",
}


class Forms(HTMLParser):
    """What each form of a page would send, by its address; "" is the page itself."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, str]] = {}
        self.choices: dict[str, list[str]] = {}
        self.at = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "form":
            self.at = told.get("action") or ""
            self.forms.setdefault(self.at, {})
        elif tag == "input" and told.get("name") and told.get("type") != "file":
            if told.get("type") == "radio":
                self.choices.setdefault(told["name"], []).append(told["value"] or "")
            if told.get("type") not in ("radio", "checkbox") or "checked" in told:
                self.forms[self.at][told["name"]] = told.get("value") or ""


class World:
    """An office, or a year of assessment: what is asked for is made."""

    @cached_property
    def office(self) -> Office:
        return Office()

    @cached_property
    def chief(self) -> Account:
        return account("周", held=(Role.ADMINISTRATOR, self.office.province))

    @cached_property
    def second(self) -> Account:
        return account("吴", held=(Role.ADMINISTRATOR, self.office.province))

    def told(self) -> dict[str, Any]:
        return {"by": self.second.pk, "now": NOW}

    def correct_court(self) -> Organisation:
        one = self.office.court
        return people.correct_organisation(
            organisation=one.pk, name_zh="江门中院", name_en="Their court", kind=one.kind,
            place="", **self.told(),
        )  # fmt: skip

    def correct_zhou(self) -> Account:
        return people.correct_account(
            account=self.office.zhou.pk, name="他们改的", email="", **self.told()
        )

    def delivery(self) -> Delivery:
        return self.office.uploaded(62, 140)

    def mend(self, one: Delivery, *persons: object, **changes: Any) -> Callable[[], Delivery]:
        return lambda: deliveries.mend(
            delivery=one.pk, details=details(**changes), file=trainings(*persons),
            seen=one.version, by=self.office.wang.pk, now=NOW,
        )  # fmt: skip


def correct_organisation(world: World) -> Meeting:
    page = f"/organisations/{world.office.court.pk}/correct/"
    mine = {"name_en": "My court", "kind": "court"}
    return Meeting(world.chief, page, world.correct_court, mine, shows=("Their court", "My court"))


def place_organisation(world: World) -> Meeting:
    one, market = world.office.court, world.office.market
    mine = {"parent": market.pk, "starts": "2030-01-01"}
    city = Organisation.objects.create(code="c", name_zh="他市", kind="city", starts=date(2000, 1, 1))  # fmt: skip
    people.place_organisation(
        organisation=city.pk, parent=world.office.province.pk, starts=date(2001, 1, 1), by=None, now=NOW,
    )  # fmt: skip

    def other() -> object:
        return people.place_organisation(
            organisation=one.pk, parent=city.pk, starts=date(2029, 1, 1), **world.told()
        )

    page = f"/organisations/{one.pk}/place/"
    return Meeting(world.chief, page, other, mine, shows=("2029-01-01", "2030-01-01"))


def close_organisation(world: World) -> Meeting:
    page = f"/organisations/{world.office.court.pk}/close/"
    mine = {"ends": "2040-01-01"}
    return Meeting(world.chief, page, world.correct_court, mine, shows=("Their court", "2040-01-01"))  # fmt: skip


def correct_account(world: World) -> Meeting:
    page, mine = f"/accounts/{world.office.zhou.pk}/correct/", {"name": "我改的"}
    return Meeting(world.chief, page, world.correct_zhou, mine, shows=("他们改的", "我改的"))


def close_account(world: World) -> Meeting:
    page = f"/accounts/{world.office.zhou.pk}/close/"
    return Meeting(world.chief, page, world.correct_zhou, shows=("他们改的",))


def reopen_account(world: World) -> Meeting:
    page = f"/accounts/{world.office.zhou.pk}/"
    people.close_account(account=world.office.zhou.pk, by=None, now=NOW)
    return Meeting(
        world.chief, page, world.correct_zhou, post=f"{page}reopen/", shows=("他们改的",)
    )


def give_link(world: World) -> Meeting:
    page = f"/accounts/{world.office.zhou.pk}/"
    return Meeting(world.chief, page, world.correct_zhou, post=f"{page}link/", shows=("他们改的",))


def end_role(world: World) -> Meeting:
    holding = Holding.objects.get(account=world.office.zhou)

    def other() -> object:
        return people.end_role(holding=holding.pk, ends=date(2041, 1, 1), **world.told())

    page, mine = f"/roles/{holding.pk}/end/", {"ends": "2040-01-01"}
    return Meeting(world.chief, page, other, mine, shows=("2041-01-01", "2040-01-01"))


def mend_details(world: World) -> Meeting:
    one, page = world.delivery(), "/deliveries/{}/mend/"
    mine = {"note": "我写的", "table": "trainings"}
    other = world.mend(one, 62, 139, note="他们写的")
    shows = ("他们写的", "我写的", "PX-002 · Persons", "140", "139")
    return Meeting(world.office.li, page.format(one.pk), other, mine, shows=shows)


def mend_with_a_file(world: World) -> Meeting:
    found = mend_details(world)
    sheet = SimpleUploadedFile("mine.csv", trainings(1, 2).content)
    return replace(found, mine={**found.mine, "file": sheet}, shows=("mine.csv", "他们写的"))


def type_rows(world: World) -> Meeting:
    one = world.delivery()
    mine = {"r0-persons": "63", "r1-persons": "141"}
    other = world.mend(one, 62, 139, 7)
    shows = ("PX-002 · Persons", "140", "139", "141", "63", "PX-003")
    return Meeting(world.office.li, f"/deliveries/{one.pk}/grid/", other, mine, shows=shows)


def return_delivery(world: World) -> Meeting:
    one = world.office.signed(62)
    li, page = world.office.li, f"/deliveries/{one.pk}/return/"

    def other() -> object:
        back = deliveries.withdraw(delivery=one.pk, seen=one.version, by=li.pk, now=NOW)
        mended = deliveries.mend(delivery=one.pk, details=details(), file=trainings(61),
                                 seen=back.version, by=li.pk, now=NOW)  # fmt: skip
        return deliveries.sign(delivery=one.pk, seen=mended.version, by=li.pk, now=NOW)

    mine = {"reason": "缺蓬江区"}
    shows = ("PX-001 · Persons", "62", "61", "缺蓬江区")
    return Meeting(world.office.chen, page, other, mine, shows=shows)


def sign_delivery(world: World) -> Meeting:
    one = world.delivery()
    page, post = f"/deliveries/{one.pk}/", f"/deliveries/{one.pk}/sign/"
    other = world.mend(one, 62, 139)
    shows = ("PX-002 · Persons", "140", "139", "Do it, as it now is")
    return Meeting(world.office.li, page, other, post=post, shows=shows)


def a_file(world: World) -> tuple[Any, Callable[[], object]]:
    from io import BytesIO

    one = files.send_file(
        by=world.office.li.pk, organisation=world.office.market.pk, name="a.csv",
        mark=Mark.INTERNAL, content=BytesIO(b"a,b\n1,2\n"), now=NOW,
    )  # fmt: skip
    return one, lambda: files.mark_file(
        by=world.office.wang.pk, file=one.pk, mark=Mark.PUBLIC, now=NOW
    )


def mark_file(world: World) -> Meeting:
    one, other = a_file(world)
    page, post, mine = f"/files/{one.pk}/", f"/files/{one.pk}/mark/", {"mark": "confidential"}
    return Meeting(world.office.li, page, other, mine, post, ("public", "confidential"))


def delete_file(world: World) -> Meeting:
    one, other = a_file(world)
    page = f"/files/{one.pk}/"
    return Meeting(world.office.li, page, other, post=f"{page}delete/", shows=("public",))


def choose_mail(world: World) -> Meeting:
    def other() -> object:
        return notices.choose_mode(by=world.office.li.pk, mode=Mode.DIGEST, now=NOW)

    notices.choose_mode(by=world.office.li.pk, mode=Mode.AT_ONCE, now=NOW)
    mine, shows = {"mode": "at_once"}, ("one mail a working day", "at once")
    return Meeting(world.office.li, "/notices/", other, mine, "/notices/mail/", shows)


def extend_deadline(world: World) -> Meeting:
    one = notices.start_deadline(
        area="supply", object_id=1, task="deliver", what=Text("报送", "Deliver"), path="/",
        organisation=world.office.market.pk, working_days=10, by=None, now=timezone.now(),
        role=Role.SUPPLYING_BODY,
    )  # fmt: skip
    another = account("郑", held=(Role.ASSESSING_OFFICE, world.office.province))

    def other() -> object:
        return notices.extend_deadline(
            deadline=one.pk, working_days=3, reason="系统停机", by=another.pk, now=timezone.now()
        )

    mine = {"working_days": "5", "reason": "机房检修"}
    shows = (str(one.due), "机房检修", "Do it, as it now is")
    return Meeting(world.office.chen, f"/deadlines/{one.pk}/", other, mine, shows=shows)


def withdraw_request(world: World) -> Meeting:
    thing = requests.Thing(
        table="trainings", starts=date(2021, 1, 1), ends=date(2022, 1, 1),
        cut_off=date(2022, 1, 10), working_days=5,
    )  # fmt: skip
    assert world.office.li  # who delivers there
    one = requests.ask(
        bodies=[world.office.market.pk], thing=thing, by=world.office.chen.pk, now=NOW
    )[0]

    def urge() -> object:
        return requests.urge(request=one.pk, by=world.office.chen.pk, now=NOW)

    page = f"/requests/{one.pk}/withdraw/"
    return Meeting(world.office.chen, page, urge, {"reason": "改用平台"})


SAVES: Mapping[str, tuple[Callable[[World], Meeting], ...]] = {
    "/organisations/<int:pk>/correct/": (correct_organisation,),
    "/organisations/<int:pk>/place/": (place_organisation,),
    "/organisations/<int:pk>/close/": (close_organisation,),
    "/accounts/<int:pk>/correct/": (correct_account,),
    "/accounts/<int:pk>/close/": (close_account,),
    "/accounts/<int:pk>/reopen/": (reopen_account,),
    "/accounts/<int:pk>/link/": (give_link,),
    "/roles/<int:pk>/end/": (end_role,),
    "/deliveries/<int:number>/mend/": (mend_details, mend_with_a_file),
    "/deliveries/<int:number>/grid/": (type_rows,),
    "/deliveries/<int:number>/return/": (return_delivery,),
    "/deliveries/<int:number>/<slug:move>/": (sign_delivery,),
    "/requests/<int:number>/withdraw/": (withdraw_request,),
    "/files/<int:number>/mark/": (mark_file,),
    "/files/<int:number>/delete/": (delete_file,),
    "/notices/mail/": (choose_mail,),
    "/deadlines/<int:number>/": (extend_deadline,),
}
OURS_ALONE = ("/account/", "/api/")
"""Of the library that signs in, of one's own account; programs, who are told by a code."""


def in_a_year(met: Callable[[Year], Meeting]) -> Callable[[World], Meeting]:
    def meeting(_: World) -> Meeting:
        return met(Year())

    meeting.__name__ = f"assessment_{met.__name__}"
    return meeting


HERE = "/assessments/<slug:code>/"
SAVES = SAVES | {
    HERE + address: tuple(map(in_a_year, several)) for address, several in MEETINGS.items()
}
NOTHING_THERE = NOTHING_THERE | {"/assessments/open/": "opens one"}
NOTHING_THERE = NOTHING_THERE | {
    HERE + address: why
    for why, addresses in {
        "opens one": (
            "scheme/begin/", "scheme/import/", "scheme/comments/new/", "scheme/comments/none/",
            "scheme/amendment/", "suspicions/raise/<str:item>/<str:unit>/", "reviews/draw/",
            "reviews/draws/<int:number>/reviewers/", "reviews/files/<int:number>/third/",
            "visits/plan/", "visits/<int:number>/findings/", "leads/receive/", "weighings/again/",
            "submissions/<int:number>/figures/<str:input_code>/contest/",
            "submissions/<int:number>/items/<str:item>/material/",
            "submissions/<int:number>/items/<str:item>/material/use/",
        ),
        "signed as it was seen, by the version of each, else all are refused": ("sheets/sign/",),
        "decided on what was seen, by its hash, else it is refused": (
            "scheme/approval/", "submissions/<int:number>/approve/",
            "submissions/<int:number>/return/", "scheme/steps/<slug:subject>/",
        ),
        "a step that is taken once: from where it leads no second is taken": (
            "move/<slug:move>/", "objections/<int:number>/answer/<slug:move>/",
            "differences/again/", "submissions/<int:number>/late/",
            "leads/<int:number>/informant/", "reviews/mine/<int:number>/replace/",
            "submissions/<int:number>/put-up/", "submissions/<int:number>/take-back/",
            "sheets/<int:number>/correct/", "missing/",
        ),
        "tells someone, once a day": (
            "sheets/<int:number>/urge/", "reviews/draws/<int:number>/urge/", "urge-scoring/",
            "urge-units/", "urge-sheets/",
        ),
        "said once: what was said is not said again": ("suspicions/<int:number>/state/",),
        "one version more, by the number that was seen, else it is refused": (
            "papers/letterhead/",
            "papers/templates/<slug:kind>/<slug:lang>/<slug:form>/",
            "papers/templates/<slug:kind>/<slug:lang>/<slug:form>/default/",
        ),
        "tries something; nothing is saved": ("scheme/versions/<int:number>/trial/",),
        "stays off": ("submissions/<int:number>/items/<str:item>/material/<int:use>/off/",),
    }.items()
    for address in addresses
}  # fmt: skip

ON_A_DRAFT = "test_two_on_a_draft.py::test_on_every_page_of_a_draft_the_second_is_told"
TOLD_IN_THEIR_OWN_TESTS: Mapping[str, str] = {
    HERE + address: test
    for address, test in {
        "submissions/<int:number>/departments/": (
            "test_collection.py::test_two_who_give_an_item_to_different_departments_are_told"
        ),
        "submissions/<int:number>/bring/": (
            "test_collection_at_once.py::test_a_sheet_and_a_form_at_once_leave_both_or_say_so"
        ),
        "sheets/<int:number>/bring/": "test_supplied.py::test_the_second_of_two_savers_is_told",
        "differences/<int:number>/": (
            "test_differences_pages.py::test_the_second_of_two_is_shown_both"
        ),
        "differences/<int:number>/anew/": (
            "test_differences.py::test_the_second_of_two_who_settle_it_otherwise_is_told"
        ),
        "differences/<int:number>/reopen/": (
            "api/test_differences.py::test_whoever_saw_another_version_is_told"
        ),
        "suspicions/<int:number>/hear/": (
            "api/test_suspicions.py::test_who_hears_the_unit_second_is_told"
        ),
        "reviews/files/<int:number>/<slug:move>/": (
            "test_review_pages.py::test_the_office_notes_files_from_the_list_and_asks_a_third"
        ),
        "reviews/mine/<int:number>/": (
            "test_review_pages.py::test_a_reviewer_who_saves_second_sees_both"
        ),
        "scoring/<str:item>/": "test_scoring.py::test_both_versions_are_shown_to_who_comes_second",
        "scoring/<str:item>/<str:unit>/again/": (
            "test_scoring.py::test_a_score_is_opened_again_with_a_reason_and_what_it_said_stays"
        ),
        "leads/<int:number>/check/": "test_leads.py::test_who_checks_a_lead_second_is_told",
        "leads/<int:number>/conclude/": (
            "test_leads.py::test_a_conclusion_needs_its_words_and_a_visit_is_to_the_same_unit"
        ),
        "scheme/items/new/": ON_A_DRAFT, "scheme/items/<str:key>/": ON_A_DRAFT,
        "scheme/items/<str:key>/delete/": ON_A_DRAFT,
        "scheme/items/<str:key>/move/<slug:way>/": ON_A_DRAFT, "scheme/inputs/new/": ON_A_DRAFT,
        "scheme/inputs/<str:key>/": ON_A_DRAFT, "scheme/inputs/<str:key>/delete/": ON_A_DRAFT,
        "scheme/bodies/": ON_A_DRAFT, "scheme/units/": ON_A_DRAFT, "scheme/rest/": ON_A_DRAFT,
        "scheme/grades/": ON_A_DRAFT,
        "scheme/unread/<int:at>/": ON_A_DRAFT,
        "scheme/amendment/<slug:move>/": (
            "test_two_on_a_draft.py::"
            "test_who_leads_an_amendment_on_that_was_changed_meanwhile_is_told"
        ),
    }.items()
}  # fmt: skip
"""Parts of one document or page, told by its version: the test in tests/assessment where two meet."""


def test_the_tests_that_tell_of_two_are_there() -> None:
    folder = Path(__file__).resolve().parents[1] / "assessment"
    told = (one.partition("::") for one in set(TOLD_IN_THEIR_OWN_TESTS.values()))
    missing = [
        f"{file}::{name}"
        for file, _, name in told
        if f"def {name}(" not in (folder / file).read_text("utf-8")
    ]
    assert missing == []


def test_every_page_that_takes_a_post_is_in_one_of_the_lists() -> None:
    posted = {
        address
        for address, (_got, by_post) in TABLE.items()
        if set(by_post[1:]) - {"x"} and "^" not in address and not address.startswith(OURS_ALONE)
    }
    assert posted == set(SAVES) | set(NOTHING_THERE) | set(TOLD_IN_THEIR_OWN_TESTS)
    assert not set(SAVES) & set(NOTHING_THERE)
    assert not set(TOLD_IN_THEIR_OWN_TESTS) & (set(SAVES) | set(NOTHING_THERE))


@pytest.mark.parametrize(
    "met", [one for several in SAVES.values() for one in several], ids=lambda one: one.__name__
)
def test_the_second_is_told_shown_both_and_saves_over_it_only_knowingly(
    met: Callable[[World], Meeting], settings: Any, tmp_path: Path
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    meeting = met(World())
    client = Client(headers={"accept-language": "en"})
    client.force_login(meeting.who)
    sent = Forms(client.get(meeting.page).content.decode()).forms[meeting.post]
    meeting.other()
    before = Entry.objects.exclude(table_name__startswith="files_").count()

    address = meeting.post or meeting.page
    answer = client.post(address, sent | dict(meeting.mine))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "trail/changed_meanwhile.html" in [one.name for one in answer.templates]
    assert [said for said in meeting.shows if said not in page] == []
    assert Entry.objects.exclude(table_name__startswith="files_").count() == before

    again = Forms(page)
    mine = {name: values[-1] for name, values in again.choices.items()}
    saved = client.post(address, again.forms[""] | mine)
    assert saved.status_code in (200, 302)
    assert Entry.objects.exclude(table_name__startswith="files_").count() > before or (
        met is delete_file or met is mark_file
    )
