"""What a role may not see cannot be had: by no address, question, form, export, count or mail.

Shenzhen is planted with canaries (:mod:`planting`), and everyone in Guangzhou looks for them
(:mod:`looking`). A model or an address that nobody spoke of fails here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection, models
from django.test import Client

from steelyard.files.models import File
from steelyard.files.rules.marks import Mark
from steelyard.notices.models import Mail, Notice, Preference
from steelyard.people.models import Account, Holding, Organisation
from steelyard.people.rules.roles import MAY, Role
from steelyard.supply.actions import deliveries as actions
from steelyard.supply.models import Delivery
from steelyard.supply.views.deliveries import page as page_of_one
from tests.once import made_once
from tests.people.builders import FOUNDED, NOW, Region, person, region, signed_in
from tests.people.looking import (
    Look,
    has_parameter,
    not_of_objects,
    objects_at,
)
from tests.people.planting import CANARY, SAYS_NOTHING, Planted, office_models, plant
from tests.people.walking import office_addresses
from tests.supply.office import details, trainings

pytestmark = pytest.mark.django_db

UNPLANTED = {
    "trail_entry": "the trail itself, read as the history of things",
    "trail_seal": "of all",
    **dict.fromkeys(
        (
            "prose_picture",
            "prose_picturerendition",
            "prose_home",
            "prose_newslist",
            "prose_newsarticle",
            "prose_plainpage",
            "prose_contactpage",
            "prose_publication",
            "public_messages_publicmessage",
        ),
        "of the website, whose editors work on it together wherever they are",
    ),
    "assessment_letterhead": "of an office alone; tests/assessment/test_letterheads.py ask as others",
    "assessment_papertemplate": "of an office alone; tests/assessment/test_papers.py ask as others",
}


@dataclass(frozen=True)
class World:
    guangdong: Region
    planted: Planted
    mailed: tuple[mail.EmailMessage, ...]
    """What went out by mail while it was planted."""


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Planted once for all who look; what they write is taken back."""
    with made_once(django_db_blocker, tmp_path_factory):
        guangdong, before = region(), len(mail.outbox)
        yield World(guangdong, plant(guangdong), tuple(mail.outbox[before:]))


@pytest.fixture
def guangdong(world: World) -> Region:
    return world.guangdong


@pytest.fixture
def planted(world: World) -> Planted:
    return world.planted


def look_of(roles: Iterable[Role], guangdong: Region, planted: Planted, **told: bool) -> Look:
    """Someone in Guangzhou, with a district below."""
    first, *others = roles
    account = person("a", first, guangdong.guangzhou)
    for role in others:
        Holding.objects.create(
            account=account, organisation=guangdong.guangzhou, role=role, starts=FOUNDED
        )
    person("b", Role.CLERK, guangdong.yuexiu)
    return Look(signed_in(account), planted, _not_confidential(), **told)


def _not_confidential() -> frozenset[int]:
    marked = File.objects.exclude(mark=Mark.CONFIDENTIAL)
    return frozenset(marked.values_list("pk", flat=True))


# --- nothing is left out -----------------------------------------------------------------------


def test_a_canary_sits_in_every_model(planted: Planted) -> None:
    """A new model is planted, or says why it has no words, or no page."""
    for model in office_models():
        if model._meta.db_table in UNPLANTED:
            continue
        assert planted[model], f"nothing of {model.__name__} is planted"
        assert _holds_a_word(model) or model in SAYS_NOTHING, f"no canary in {model.__name__}"


def _holds_a_word(model: type[models.Model]) -> bool:
    with connection.cursor() as cursor:
        table = model._meta.db_table
        cursor.execute(f'SELECT to_jsonb(it)::text FROM "{table}" it')
        return any("zqx" in row or "鸩鹮" in row for (row,) in cursor.fetchall())


def test_every_address_with_a_number_is_walked_with_the_hidden_ones(planted: Planted) -> None:
    for pattern in office_addresses():
        if has_parameter(pattern) and not not_of_objects(pattern):
            assert list(objects_at(pattern, planted)), pattern


# --- the walk ----------------------------------------------------------------------------------


WAYS = ("by_guessing", "by_asking", "by_telling")


@pytest.mark.parametrize("way", WAYS)
def test_who_holds_every_role_elsewhere_gets_nothing_of_it(
    way: str, guangdong: Region, planted: Planted
) -> None:
    """No single role can do what all of them together cannot."""
    look = look_of(Role, guangdong, planted, is_thorough=True)
    assert list(getattr(look, way)()) == []
    assert look.asked > 200


UNLIKE = {MAY[role]: role for role in Role}.values()
"""One role of each set of rights: :data:`MAY` is all that tells two roles apart."""


@pytest.mark.parametrize("role", UNLIKE)
def test_no_role_held_elsewhere_gets_anything_of_it(
    role: Role, guangdong: Region, planted: Planted
) -> None:
    look = look_of([role], guangdong, planted)
    assert [*look.by_guessing(), *look.by_asking()] == []


def test_what_someone_was_told_in_shenzhen_is_not_in_their_history_in_guangzhou(
    guangdong: Region, planted: Planted
) -> None:
    """She serves in both: Guangzhou's auditor sees her account, and not what Shenzhen told her."""
    Holding.objects.create(
        account=planted.supplier, organisation=guangdong.guangzhou, role="clerk", starts=FOUNDED
    )
    client = signed_in(person("a", Role.AUDITOR, guangdong.guangzhou))
    assert client.get(f"/history/people_account/{planted.supplier.pk}/").status_code == 200
    for model in (Notice, Mail, Preference, Authenticator):
        for number in planted[model]:
            address = f"/history/{model._meta.db_table}/{number}/"
            assert client.get(address).status_code == 404, address


def test_comparing_figures_of_a_place_names_no_bank_there(
    guangdong: Region, planted: Planted
) -> None:
    supplier = person("s", Role.SUPPLYING_BODY, guangdong.guangzhou)
    for year in (2018, 2019):
        sheet = trainings(year, 2).content.replace(b"2021-", b"%d-" % year)
        told = details(
            starts=date(year, 1, 1), ends=date(year + 1, 1, 1), cut_off=date(year + 1, 1, 10)
        )
        found = actions.upload(
            body=guangdong.guangzhou, details=told, by=supplier.pk, now=NOW,
            file=actions.File("a.csv", sheet.replace(b"440703", b"440300")),
        )  # fmt: skip
        Delivery.objects.filter(pk=found.pk).update(
            status="accepted", decided_by=supplier, decided_at=NOW, signer=supplier, signed_at=NOW,
            signer_name="s",
        )  # fmt: skip
    page = signed_in(supplier).get(f"/deliveries/{found.pk}/compare/").content.decode()
    assert "440300" in page
    assert not CANARY.search(page)


def test_nobody_outside_is_told_or_mailed_of_it(world: World) -> None:
    outside = Account.objects.exclude(username__startswith="zqx")
    assert not Notice.objects.filter(account__in=outside).exists()
    assert not [one for one in world.mailed if CANARY.search(f"{one.subject}{one.body}")]


# --- and it would be found -----------------------------------------------------------------------


def leaks_a_delivery(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "steelyard.supply.views.deliveries.finding.seen_by", lambda *_: Delivery.objects.all()
    )


def leaks_in_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("steelyard.supply.views.lists.seen_by", lambda *_: Delivery.objects.all())


def leaks_by_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    find = page_of_one.find

    def found(request, number):
        if Delivery.objects.filter(pk=number).exists():
            raise PermissionDenied
        return find(request, number)

    monkeypatch.setattr(page_of_one, "find", found)


def leaks_an_organisation_to_a_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "steelyard.people.views.accounts.organisations_within",
        lambda _: Organisation.objects.all(),
    )


@pytest.mark.parametrize(
    ("leak", "way"),
    [
        (leaks_a_delivery, "by_guessing"),
        (leaks_by_its_status, "by_guessing"),
        (leaks_in_a_list, "by_asking"),
        (leaks_an_organisation_to_a_form, "by_telling"),
    ],
)
def test_a_leak_is_found(
    leak: Callable[[pytest.MonkeyPatch], None], way: str, guangdong: Region, planted: Planted,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    look = look_of([Role.ADMINISTRATOR, Role.ASSESSING_OFFICE], guangdong, planted)
    leak(monkeypatch)
    assert next(getattr(look, way)(), None) is not None


def test_the_walk_needs_no_luck(planted: Planted) -> None:
    """Whoever does see Shenzhen sees canaries at once: they are where the walk looks."""
    client: Client = signed_in(person("boss", Role.AUDITOR, planted.city))
    assert CANARY.search(client.get("/deliveries/").content.decode())
    assert CANARY.search(client.get("/accounts/").content.decode())
