"""A form that creates something is sent twice, or the line breaks half-way: one object all the same.

Twice at once and once more gives the same answer each time; so does a second try after the answer
was lost. What the database lost half-way has left nothing, and the second try writes it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client

from steelyard.files.models import Attachment, Content, File
from steelyard.notices.models import Deadline, Extension, Notice
from steelyard.people.models import Account, Holding, Organisation, Placement
from steelyard.people.rules.roles import Role
from steelyard.supply.models import Delivery, DeliveryRequest, Snapshot
from steelyard.trail.models import Entry
from tests.assessment import forms as of_the_year
from tests.assessment.api import forms as of_programs
from tests.assessment.year import Year
from tests.people.builders import TODAY, Region, person, region, signed_in
from tests.people.forms import Form
from tests.supply.office import NOW as THEN
from tests.supply.office import trainings

pytestmark = pytest.mark.django_db(transaction=True)

CREATES_NOTHING = {
    "/organisations/<int:pk>/correct/", "/organisations/<int:pk>/close/", "/accounts/<int:pk>/correct/",
    "/accounts/<int:pk>/close/", "/accounts/<int:pk>/reopen/", "/accounts/<int:pk>/link/",
    "/roles/<int:pk>/end/", "/organisations/sheet/", "/accounts/sheet/",
    "/deliveries/<int:number>/mend/", "/deliveries/<int:number>/grid/", "/deliveries/<int:number>/return/",
    "/deliveries/<int:number>/<slug:move>/", "/files/<int:number>/mark/", "/files/<int:number>/delete/",
    "/leads/<int:number>/place/", "/leads/<int:number>/conclude/", "/leads/<int:number>/informant/",
    "/messages/<int:number>/answer/", "/messages/<int:number>/close/", "/messages/<int:number>/publish/",
    "/api/requests", "/requests/<int:number>/urge/", "/requests/<int:number>/withdraw/", "/api/requests/<number>/urge",
    "/api/requests/<number>/withdraw", "/notices/read/", "/notices/mail/", "/language/", "/api/deliveries/<number>/mend",
    "/api/deliveries/<number>/sign", "/api/deliveries/<number>/withdraw", "/api/deliveries/<number>/discard",
    "/api/deliveries/<number>/accept", "/api/deliveries/<number>/return", "/api/openapi.json",
    "/api/deadlines/<number>/extend",
}  # fmt: skip
"""They change what is there, and the version that was seen tells two of them apart."""

CHANGES_AN_ASSESSMENT = {
    f"/assessments/<slug:code>/{one}"
    for one in (
        "move/<slug:move>/", "submissions/<int:number>/put-up/", "submissions/<int:number>/take-back/",
        "submissions/<int:number>/return/", "submissions/<int:number>/late/",
        "submissions/<int:number>/departments/", "submissions/<int:number>/bring/",
        "submissions/<int:number>/items/<str:item>/",
        "submissions/<int:number>/items/<str:item>/material/<int:use>/off/",
        "objections/<int:number>/answer/<slug:move>/", "differences/again/",
        "differences/<int:number>/", "differences/<int:number>/reopen/",
        "differences/<int:number>/anew/",
        "suspicions/<int:number>/hear/", "suspicions/<int:number>/decide/<slug:move>/",
        "reviews/files/<int:number>/<slug:move>/", "reviews/mine/<int:number>/",
        "reviews/mine/<int:number>/replace/", "scheme/versions/<int:number>/trial/",
        "scheme/items/new/", "scheme/items/<str:key>/", "scheme/items/<str:key>/delete/",
        "scheme/items/<str:key>/move/<slug:way>/", "scheme/inputs/new/", "scheme/inputs/<str:key>/",
        "scheme/inputs/<str:key>/delete/", "scheme/bodies/", "scheme/units/", "scheme/grades/", "scheme/rest/",
        "scheme/unread/<int:at>/", "scheme/steps/<slug:subject>/", "scheme/amendment/<slug:move>/",
        "scheme/comments/none/", "scheme/comments/<int:number>/", "scoring/<str:item>/", "urge-scoring/",
        "urge-units/", "urge-sheets/",
        "scoring/<str:item>/<str:unit>/again/", "sheets/<int:number>/bring/",
        "sheets/<int:number>/correct/", "sheets/<int:number>/take-back/", "sheets/<int:number>/urge/", "sheets/sign/",
        "suspicions/<int:number>/state/", "reviews/draws/<int:number>/urge/",
        "papers/letterhead/", "papers/templates/<slug:kind>/<slug:lang>/<slug:form>/",
        "papers/templates/<slug:kind>/<slug:lang>/<slug:form>/default/", "visits/<int:number>/change/",
        "visits/<int:number>/announce/", "visits/<int:number>/cancel/", "visits/<int:number>/report/", "visits/<int:number>/correct/",
        "visits/<int:number>/findings/<int:finding>/", "leads/<int:number>/check/",
        "leads/<int:number>/conclude/",
    )
}  # fmt: skip
"""The same, in an assessment: of a draft, an answer, a score, a step that was taken."""

READS_ONCE_MORE = {"/assessments/<slug:code>/leads/<int:number>/informant/"}
"""Whoever opens a seal twice has read twice, and both stand on record."""


class Made:
    """Guangdong, its administrator, and a supplier and an assessor in Guangzhou: who is asked for is made."""

    @cached_property
    def region(self) -> Region:
        return region()

    @cached_property
    def boss(self) -> Account:
        return person("boss", Role.ADMINISTRATOR, self.region.guangdong)

    @cached_property
    def clerk(self) -> Account:
        return person("clerk", Role.CLERK, self.region.yuexiu)

    @cached_property
    def supplier(self) -> Account:
        return person("supplier", Role.SUPPLYING_BODY, self.region.guangzhou)

    @cached_property
    def assessor(self) -> Account:
        return person("assessor", Role.ASSESSING_OFFICE, self.region.guangdong)

    def delivered(self, **more: object) -> dict[str, object]:
        return {"table": "trainings", "period": "2021", "cut_off": "2022-01-10", **more}

    def accepted(self) -> Delivery:
        from steelyard.supply.actions import deliveries as actions
        from tests.supply.office import details

        found = actions.upload(
            body=self.region.guangzhou, details=details(), file=trainings(1), by=self.supplier.pk,
            now=THEN,
        )  # fmt: skip
        for deed, by in ((actions.sign, self.supplier), (actions.accept, self.assessor)):
            found = deed(delivery=found.pk, seen=found.version, by=by.pk, now=THEN)
        return found


def an_organisation(made: Made) -> Form:
    told = {"code": "x-1", "name_zh": "某局", "name_en": "", "kind": "department", "place": "",
            "parent": made.region.guangzhou.pk, "starts": TODAY.isoformat()}  # fmt: skip
    return Form("/organisations/new/", told, made.boss, Organisation)


def a_place(made: Made) -> Form:
    last = made.region.yuexiu.placements.order_by("pk").last()
    told = {"parent": made.region.shenzhen.pk, "starts": (TODAY + timedelta(1)).isoformat(),
            "version": last.pk}  # fmt: skip
    return Form(f"/organisations/{made.region.yuexiu.pk}/place/", told, made.boss, Placement)


def an_account(made: Made) -> Form:
    told = {"username": "li", "name": "李明", "email": "li@example.org", "role": "clerk",
            "organisation": made.region.yuexiu.pk, "starts": TODAY.isoformat()}  # fmt: skip
    return Form("/accounts/new/", told, made.boss, Account)


def a_role(made: Made) -> Form:
    told = {"role": "expert", "organisation": made.region.shenzhen.pk, "starts": TODAY.isoformat()}
    return Form(f"/accounts/{made.clerk.pk}/roles/", told, made.boss, Holding)


def a_file(made: Made) -> Form:
    told = {"organisation": made.region.guangzhou.pk, "mark": "internal"}
    return Form("/files/send/", told, made.supplier, File, ("content",))


def a_file_by_program(made: Made) -> Form:
    return Form("/api/files", {"organisation": "440100"}, made.supplier, File, ("file",))


def a_delivery(made: Made) -> Form:
    told = made.delivered(body=made.region.guangzhou.pk)
    return Form("/deliveries/new/", told, made.supplier, Delivery, ("file",), trainings(1).content)


def a_delivery_by_program(made: Made) -> Form:
    told = made.delivered(body="440100")
    return Form("/api/deliveries", told, made.supplier, Delivery, ("file",), trainings(1).content)


def a_correction(made: Made) -> Form:
    found, content = made.accepted(), trainings(2).content
    address, told = f"/deliveries/{found.pk}/correct/", made.delivered(why="误计")
    return Form(address, told, made.supplier, Delivery, ("file",), content)


def a_correction_by_program(made: Made) -> Form:
    found, content = made.accepted(), trainings(2).content
    address, told = f"/api/deliveries/{found.pk}/correct", made.delivered(why="误计")
    return Form(address, told, made.supplier, Delivery, ("file",), content)


def a_snapshot(made: Made) -> Form:
    made.accepted()
    told = {"office": made.region.guangdong.pk, "period": "2021"}
    return Form("/snapshots/", told, made.assessor, Snapshot)


def an_extension(made: Made) -> Form:
    found = Deadline.objects.create(
        area="supply", object_id=1, task="deliver", what_zh="报送", path="/deliveries/",
        role="supplying_body", organisation=made.region.guangzhou, starts=TODAY, working_days=5,
        first_due=TODAY + timedelta(9), due=TODAY + timedelta(9), counted_zh="x", provisional=False,
    )  # fmt: skip
    told = {"working_days": "2", "reason": "材料未齐", "version": found.version}
    return Form(f"/deadlines/{found.pk}/", told, made.assessor, Extension)


def a_request(made: Made) -> Form:
    assert made.supplier, "somebody to ask"
    told = {"bodies": [made.region.guangzhou.pk], "table": "trainings", "period": "2021",
            "cut_off": "2022-01-10", "working_days": "5"}  # fmt: skip
    return Form("/requests/ask/", told, made.assessor, DeliveryRequest)


def in_a_year(form_of: Callable[[Year], Form]) -> Callable[[Made], Form]:
    def form(_: Made) -> Form:
        return form_of(Year())

    form.__name__ = form_of.__name__
    return form


FORMS: dict[Callable[[Made], Form], str] = {
    an_organisation: "/organisations/new/",
    a_place: "/organisations/<int:pk>/place/",
    an_account: "/accounts/new/",
    a_role: "/accounts/<int:pk>/roles/",
    a_file: "/files/send/",
    a_file_by_program: "/api/files",
    a_delivery: "/deliveries/new/",
    a_delivery_by_program: "/api/deliveries",
    a_correction: "/deliveries/<int:number>/correct/",
    a_correction_by_program: "/api/deliveries/<number>/correct",
    a_request: "/requests/ask/",
    a_snapshot: "/snapshots/",
    an_extension: "/deadlines/<int:number>/",
    **{in_a_year(form_of): address for form_of, address in of_the_year.FORMS.items()},
}
BY_PROGRAMS: dict[Callable[[Made], Form], str] = {
    in_a_year(form_of): address for form_of, address in of_programs.FORMS.items()
}
"""In an assessment. Their actions are those of the pages, which are walked whole; here their answers."""
SHEETS = {"/organisations/sheet/carry-out/", "/accounts/sheet/carry-out/"}


def test_every_form_of_ours_creates_or_is_said_not_to() -> None:
    table = (Path(__file__).parent / "addresses.txt").read_text("utf-8").splitlines()
    rows = [line.split(maxsplit=2) for line in table if not line.startswith("#")]
    ours = {
        address
        for _got, posted, address in rows
        if set(posted) - {"x", "S"} and not address.startswith(("/account/", "/^account", "/api/ "))
    }
    ours -= {"/api/", "/editors/"}  # no such place; the library's
    changing = CREATES_NOTHING | CHANGES_AN_ASSESSMENT | READS_ONCE_MORE | of_programs.CHANGES
    assert ours == changing | set(FORMS.values()) | set(BY_PROGRAMS.values()) | SHEETS


@pytest.fixture
def made(settings: Any, tmp_path: Path) -> Made:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    return Made()


def at_once(send: Callable[[], Any], times: int = 2) -> list[Any]:
    start = Barrier(times, timeout=20)

    def run(_: int) -> Any:
        try:
            start.wait()
            return send()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times), timeout=60))


@pytest.mark.parametrize(
    "form_of",
    [*FORMS, *BY_PROGRAMS],
    ids=[*(one.__name__ for one in FORMS), *(f"{one.__name__}_by_program" for one in BY_PROGRAMS)],
)
def test_the_same_form_twice_gives_one_object_and_one_answer(
    form_of: Callable[[Made], Form], made: Made
) -> None:
    form = form_of(made)
    before, told = form.counted.objects.count(), Notice.objects.count()
    cookies = signed_in(form.by).cookies

    def send() -> tuple[int, str]:
        client = Client()
        client.cookies = cookies.copy()
        return form.send(client)

    answers = [*at_once(send), send()]
    assert answers[0][0] in (200, 302), answers[0]
    assert len(set(answers)) == 1
    assert form.counted.objects.count() == before + form.more
    new = Notice.objects.order_by("-pk")[: Notice.objects.count() - told]
    assert len({(one.account_id, one.kind, one.path) for one in new}) == len(new)
    assert Attachment.objects.count() == Attachment.objects.values("row_id").distinct().count()
    assert Content.objects.count() == Content.objects.values("sha256").distinct().count()


@pytest.mark.parametrize("form_of", FORMS, ids=lambda one: one.__name__)
def test_after_an_answer_that_was_lost_the_second_try_gives_the_same(
    form_of: Callable[[Made], Form], made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is written, and the process ends before the answer leaves."""
    form = form_of(made)
    before = form.counted.objects.count()
    client = signed_in(form.by)
    client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("steelyard.config.answers.metrics.count", _ends)
        assert form.send(client)[0] == 500
    assert form.counted.objects.count() == before + form.more
    answers = [form.send(client) for _ in range(2)]
    assert answers[0][0] in (200, 302)
    assert answers[0] == answers[1]
    assert form.counted.objects.count() == before + form.more


@pytest.mark.parametrize("form_of", FORMS, ids=lambda one: one.__name__)
def test_a_connection_lost_half_way_leaves_nothing_and_the_next_request_works(
    form_of: Callable[[Made], Form], made: Made
) -> None:
    form = form_of(made)
    before, trail = form.counted.objects.count(), Entry.objects.count()
    client = signed_in(form.by)
    client.raise_request_exception = False
    with connection.execute_wrapper(_lost_after_writing(form.counted._meta.db_table)):
        assert form.send(client)[0] == 500
    connection.close()
    assert form.counted.objects.count() == before
    left = Entry.objects.filter(pk__gt=trail, table_name=form.counted._meta.db_table)
    assert {one.row_id for one in left} <= set(form.counted.objects.values_list("pk", flat=True))
    assert form.send(client)[0] in (200, 302)
    assert form.counted.objects.count() == before + form.more


def _ends(*_: object) -> None:
    raise RuntimeError("the process ends here")


def _lost_after_writing(table: str) -> Callable[..., Any]:
    """The database ends the connection as soon as something was written there, uncommitted."""

    def wrapper(execute: Any, sql: str, *told: Any) -> Any:
        found = execute(sql, *told)
        if sql.startswith(f'INSERT INTO "{table}"'):
            execute("SELECT pg_terminate_backend(pg_backend_pid())", None, False, told[2])
        return found

    return wrapper


def test_a_sheet_carried_out_twice_is_carried_out_once(made: Made) -> None:
    client = signed_in(made.boss)
    sheet = f"用户名,姓名,角色,机构代码,起日\nli,李明,书记员,440104,{TODAY}\n".replace(
        "书记员", "诉讼服务处书记员"
    )
    client.post("/accounts/sheet/", {"sheet": SimpleUploadedFile("a.csv", sheet.encode())})
    seen = client.get("/accounts/sheet/look/").context["seen"]
    answers = [client.post("/accounts/sheet/carry-out/", {"seen": seen}) for _ in range(2)]
    assert [(one.status_code, one.headers["Location"]) for one in answers] == [
        (302, "/accounts/")
    ] * 2
    assert Account.objects.filter(username="li").count() == 1
