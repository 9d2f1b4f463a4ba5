"""Shenzhen is full of canaries: of every model there is an object that Guangzhou must not see.

Every text that people wrote there holds a canary, and every number is one too: they are counted from
:data:`FIRST` on, where nothing else is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, models, transaction

from steelyard.assessment.models import (
    Assessment,
    FileReview,
    Informant,
    SchemeVersion,
    SheetVersion,
    Submission,
)
from steelyard.assessment.rules.states import Stage
from steelyard.files.models import Attachment, Content
from steelyard.files.rules.marks import Mark
from steelyard.notices.models import Deadline, Extension, Mail, Notice, Preference
from steelyard.people.models import Account, BroughtSheet, Holding, Organisation, Placement
from steelyard.people.rules.roles import Role
from steelyard.supply.actions import deliveries, requests
from steelyard.supply.models import Delivery, Listed, Snapshot
from steelyard.supply.rules.deliveries import Status
from tests.assessment.planted import Rows, snapshot_of
from tests.assessment.year import scheme
from tests.files.builders import sent
from tests.people.builders import NOW, TODAY, Region, opened, person
from tests.supply.office import details, trainings

FIRST, NONE = 700_000_000, 799_999_999
"""Where the numbers of what is hidden begin; a number of the same length that nothing has."""

WORD, CHARACTERS = "zqx", "鸩鹮"
CANARY = re.compile(rf"{WORD}|{CHARACTERS}|(?<![\d.])7\d{{8}}(?!\d)", re.IGNORECASE)

HIDDEN, OWN = f"{WORD}-2014", "own-2014"
"""The codes of the assessment that is planted there, and of one that Guangzhou runs."""

SAYS_NOTHING: Mapping[type[models.Model], str] = {
    Attachment: "two numbers, a table and a purpose of ours",
    Content: "a hash and a size",
    Listed: "two numbers",
    Placement: "two numbers and days",
    Preference: "one of two words",
    Holding: "a role and days",
    Extension: "it is of a deadline",
    FileReview: "of whom, and when",
    Informant: "sealed",
    SheetVersion: "of which sheet, by whom, and when",
    Submission: "of whom, by whom, and when",
}
"""Models whose rows hold no text of people: their numbers alone are canaries."""


@dataclass(frozen=True)
class Planted:
    """What there is in Shenzhen, by model; and the secrets that a form could be asked for."""

    city: Organisation
    bank: Organisation
    supplier: Account
    rows: Mapping[type[models.Model], tuple[int, ...]]

    def __getitem__(self, model: type[models.Model]) -> tuple[int, ...]:
        return self.rows[model]


def office_models() -> list[type[models.Model]]:
    """Every model of ours, and a person's keys, which have an address of their own."""
    ours = [
        one
        for one in apps.get_models()
        if apps.get_app_config(one._meta.app_label).name.startswith("steelyard.")
    ]
    return [*ours, Authenticator]


def plant(region: Region) -> Planted:
    with numbered_from(FIRST):
        city = opened(f"{WORD}-city", f"{CHARACTERS}市", "city", region.guangdong, f"{WORD} City")
        bank = opened(f"{WORD}-bank", f"{CHARACTERS}银行", "bank", city, f"{WORD} Bank")
        Organisation.objects.filter(pk=bank.pk).update(place="440300")
        supplier = _person("supplier", Role.SUPPLYING_BODY, bank)
        assessor = _person("assessor", Role.ASSESSING_OFFICE, city)
        closed = _person("closed", Role.CLERK, bank)
        Account.objects.filter(pk=closed.pk).update(is_active=False)
        _deliveries(bank, supplier, assessor)
        _request(bank, assessor)
        _snapshots(city, assessor)
        _assessment(city, bank, assessor)
        for mark in Mark:
            sent(
                f"{WORD},{mark}\n".encode(), by=supplier, of=bank, mark=mark,
                name=f"{WORD}-{mark.value}{CHARACTERS}.csv",
            )  # fmt: skip
        _notices(bank, supplier, assessor)
        BroughtSheet.objects.create(
            account=supplier, sort="people", name=f"{WORD}.xlsx", content=b"x", brought_at=NOW
        )
        Authenticator.objects.create(
            user=supplier, type=Authenticator.Type.WEBAUTHN,
            data={"name": f"{WORD} key", "credential": {}},
        )  # fmt: skip
        rows = {
            model: tuple(
                model._base_manager.filter(pk__gte=FIRST)
                .order_by("pk")
                .values_list("pk", flat=True)
            )
            for model in office_models()
        }
    _an_assessment_of(region.guangzhou, person("own", Role.ASSESSING_OFFICE, region.guangzhou))
    return Planted(city, bank, supplier, rows)


def _person(name: str, role: Role, where: Organisation) -> Account:
    return person(
        f"{WORD}.{name}", role, where, f"{CHARACTERS}{name}", email=f"{name}@{WORD}.example.org"
    )


def _deliveries(bank: Organisation, supplier: Account, assessor: Account) -> None:
    """One in each status, and one with faults."""

    def upload(year: int, *persons: object, **more: object) -> Delivery:
        told = details(
            starts=date(year, 1, 1), ends=date(year + 1, 1, 1), cut_off=date(year + 1, 1, 10),
            source=f"{WORD} source", licence=f"{WORD} licence", note=f"{CHARACTERS}备注", **more,
        )  # fmt: skip
        file = trainings(*persons, name=f"{CHARACTERS}{WORD}{year}.csv")
        content = file.content.replace(b"2021-", b"%d-" % year).replace(b"PX-", WORD.encode())
        file = deliveries.File(file.name, content)
        return deliveries.upload(body=bank, details=told, file=file, by=supplier.pk, now=NOW)

    def go(deed, found: Delivery, by: Account, **more: object) -> Delivery:
        return deed(delivery=found.pk, seen=found.version, by=by.pk, now=NOW, **more)

    upload(2015, 1, 2)
    upload(2016, f"{WORD}人", 2)
    go(deliveries.sign, upload(2017, 1), supplier)
    accepted = go(deliveries.sign, upload(2018, 1), supplier)
    accepted = go(deliveries.accept, accepted, assessor)
    mended = deliveries.correct(
        delivery=accepted.pk,
        details=details(
            starts=accepted.starts, ends=accepted.ends, cut_off=accepted.cut_off, source=f"{WORD} s"
        ),
        file=deliveries.File(
            f"{WORD}.csv", trainings(9).content.replace(b"2021-", b"2018-")
        ),
        why=f"{CHARACTERS}更正", by=supplier.pk, now=NOW,
    )  # fmt: skip
    go(deliveries.accept, go(deliveries.sign, mended, supplier), assessor)
    returned = go(deliveries.sign, upload(2019, 1), supplier)
    go(deliveries.return_to_body, returned, assessor, reason=f"{CHARACTERS}退回")
    go(deliveries.discard, upload(2020, 1), supplier)
    assert set(Delivery.objects.values_list("status", flat=True)) == {s.value for s in Status}


def _assessment(city: Organisation, bank: Organisation, assessor: Account) -> None:
    """One with a row of every table, which a district of the city would have filed."""
    district = opened(f"{WORD}-district", f"{CHARACTERS}区", "district", city, f"{WORD} District")
    found = Assessment.objects.create(
        office=city, code=HIDDEN, title_zh=f"{CHARACTERS}考核", title_en=f"{WORD} assessment",
        starts=date(2014, 1, 1), ends=date(2015, 1, 1), opened_by=assessor, opened_at=NOW,
    )  # fmt: skip
    rows = Rows(
        found, district, supplier=bank, body=bank, panel=bank,
        filler=_person("filler", Role.CITY_OFFICER, district), by=assessor,
        signer=_person("head", Role.OFFICE_HEAD, city),
        reviewers=(_person("expert", Role.EXPERT, bank), assessor), now=NOW,
    )  # fmt: skip
    rows.everything(snapshot_of(city, assessor, NOW))


def _an_assessment_of(city: Organisation, by: Account) -> None:
    """Being scored, with a scheme in force and nothing in it."""
    found = Assessment.objects.create(
        office=city, code=OWN, title_zh="考核", starts=date(2014, 1, 1), ends=date(2015, 1, 1),
        opened_by=by, opened_at=NOW,
    )  # fmt: skip
    told = {"made_by": by, "made_at": NOW, "issued_by": by, "issued_at": NOW, "number": 1}
    SchemeVersion.objects.create(
        assessment=found,
        document=scheme().document,
        content_hash="sha256:3",
        state="issued",
        held_round=1,
        **told,
    )
    for stage in (Stage.COMMENTS, Stage.CHECKED, Stage.ISSUED, Stage.COLLECTING, Stage.COMPARING,
                  Stage.SCORING):  # fmt: skip
        found.stage = stage
        found.save()


def _request(bank: Organisation, assessor: Account) -> None:
    thing = requests.Thing(
        table="trainings", starts=date(2014, 1, 1), ends=date(2015, 1, 1), cut_off=date(2015, 1, 10),
        working_days=3, note=f"{CHARACTERS}{WORD}",
    )  # fmt: skip
    requests.ask(bodies=[bank.pk], thing=thing, by=assessor.pk, now=NOW)


def _snapshots(city: Organisation, assessor: Account) -> None:
    told = {"office": city, "asked_by": assessor, "asked_at": NOW, "ended_at": NOW}
    fault = {
        "code": "x", "what": {"zh": f"{CHARACTERS}错", "en": f"{WORD} wrong"},
        "mend": {"zh": "改", "en": "mend"}, "file": f"{WORD}.csv", "sheet": "", "row": 1, "column": "A",
    }  # fmt: skip
    days = {"starts": date(2018, 1, 1), "ends": date(2019, 1, 1)}
    frozen = Snapshot.objects.create(
        **told,
        **days,
        status="frozen",
        identifier=f"sha256:{WORD}",
        folder=f"{WORD}-folder",
        rows=1,
    )
    Snapshot.objects.create(**told, **days, status="refused", faults=[fault])
    for one in Delivery.objects.filter(status="accepted"):
        Listed.objects.create(snapshot=frozen, delivery=one)


def _notices(bank: Organisation, supplier: Account, assessor: Account) -> None:
    for role, account in ((Role.SUPPLYING_BODY.value, None), ("", supplier)):
        found = Deadline.objects.create(
            area="supply", object_id=FIRST, task=f"{WORD}-{role or 'own'}",
            what_zh=f"{CHARACTERS}期限", what_en=f"{WORD} deadline", path="/deliveries/", role=role,
            account=account, organisation=bank, starts=TODAY, working_days=2,
            first_due=TODAY + timedelta(9), due=TODAY + timedelta(9), counted_zh=f"{CHARACTERS}计算",
            counted_en=f"{WORD} counted", provisional=False,
        )  # fmt: skip
    Extension.objects.create(
        deadline=found, working_days=1, reason=f"{CHARACTERS}理由", was_due=found.due,
        due=found.due + timedelta(1), counted_zh="x", counted_en="x", provisional=False,
        by=assessor, at=NOW,
    )  # fmt: skip
    mail = Mail.objects.create(
        key=f"{WORD}-mail", account=supplier, created_at=NOW, next_at=NOW, trouble=f"{WORD} trouble"
    )
    Notice.objects.filter(pk=Notice.objects.filter(account=supplier).first().pk).update(
        mail=mail, packed_at=NOW
    )
    Preference.objects.create(account=supplier, mode="digest")


@contextmanager
def numbered_from(first: int) -> Iterator[None]:
    """What is made meanwhile is numbered from there on, and what comes later as before."""
    with connection.cursor() as cursor:
        before = {}
        for model in office_models():
            if not isinstance(model._meta.pk, models.AutoField):
                continue
            named = f'"{model._meta.db_table}"', model._meta.pk.column
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", named)
            (sequence,) = cursor.fetchone()
            cursor.execute(f"SELECT last_value, is_called FROM {sequence}")
            before[sequence] = cursor.fetchone()
            cursor.execute("SELECT setval(%s, %s)", (sequence, first))
        try:
            with transaction.atomic():
                yield
        finally:  # a rollback does not set them back
            _set_back(before)


def _set_back(before: Mapping[str, tuple[int, bool]]) -> None:
    with connection.cursor() as cursor:
        for sequence, (last, is_called) in before.items():
            cursor.execute("SELECT setval(%s, %s, %s)", (sequence, last, is_called))
