"""Through a provider, by its own protocol, on a real line: who comes in, and what is refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from steelyard.config.openid import ProviderIncomplete, form_targets, openid_providers
from steelyard.people import actions
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from tests.people.builders import NOW, person, region
from tests.people.provider import KEY_NUMBER, Provider, new_key, running

pytestmark = pytest.mark.django_db

DOOR = "/account/oidc/sso/login/"


@pytest.fixture
def he() -> Account:
    return person("he", Role.CLERK, region().yuexiu, "何静")


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with running() as provider:
        settings.SOCIALACCOUNT_PROVIDERS = openid_providers(provider.settings())
        yield provider


@pytest.fixture
def same_names(provider: Provider, settings: Any) -> None:
    told = provider.settings() | {"STEELYARD_OIDC_SAME_NAMES": "1"}
    settings.SOCIALACCOUNT_PROVIDERS = openid_providers(told)


def sent_on(client: Client, process: str = "login") -> str:
    """Where the provider is asked, with all that is told of us."""
    answer = client.post(f"{DOOR}?process={process}")
    assert answer.status_code == 302
    return answer.headers["Location"]


def brought_back(there: str) -> str:
    """The provider has looked at the person and sends them back."""
    return requests.get(there, allow_redirects=False, timeout=5).headers["Location"]


def came_back(client: Client, process: str = "login"):
    return client.get(brought_back(sent_on(client, process)))


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_who_has_the_same_name_there_comes_in_and_goes_out_again(
    he: Account, provider: Provider, same_names: None
) -> None:
    client = Client()
    assert came_back(client).headers["Location"] == "/"
    assert "何静" in client.get("/account/").content.decode()
    assert SocialAccount.objects.get().user == he
    client.post("/account/logout/")
    assert not is_in(client)
    assert came_back(client).headers["Location"] == "/"


def test_what_is_sent_to_the_provider_is_for_once_and_proves_who_asks(
    he: Account, provider: Provider
) -> None:
    client = Client()
    first, second = (parse_qs(urlsplit(sent_on(client)).query) for _ in range(2))
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) >= 16
        assert first[name] != second[name]
    assert first["code_challenge_method"] == ["S256"]
    assert SECRET_NAMES.isdisjoint(first)


SECRET_NAMES = {"client_secret", "code_verifier"}


def test_who_signed_in_by_password_connects_it_once_and_may_disconnect_it(
    he: Account, provider: Provider
) -> None:
    he.set_password("a long enough one")
    he.save()
    provider.person = "he.jing@province"
    known = Client()
    known.post("/account/login/", {"login": "he", "password": "a long enough one"})
    came_back(known, "connect")
    assert "he.jing@province" in known.get("/account/3rdparty/").content.decode()
    client = Client()
    came_back(client)
    assert is_in(client)
    known.post("/account/3rdparty/", {"account": SocialAccount.objects.get().pk})
    assert not SocialAccount.objects.exists()


def test_a_stranger_is_told_what_to_do_and_no_account_comes_of_it(
    he: Account, provider: Provider
) -> None:
    client = Client()
    answer = came_back(client)
    assert answer.status_code == 403
    assert "请联系本单位管理员" in answer.content.decode()
    assert "“he”" in answer.content.decode()
    assert list(Account.objects.all()) == [he]
    assert not is_in(client)
    client.get("/account/3rdparty/signup/")
    assert list(Account.objects.all()) == [he]


@pytest.mark.parametrize("connected", [True, False])
def test_a_closed_account_does_not_come_in_through_a_provider(
    he: Account, provider: Provider, same_names: None, connected: bool
) -> None:
    if connected:
        came_back(Client())
    actions.close_account(account=he.pk, by=None, now=NOW)
    client = Client()
    answer = came_back(client)
    assert not is_in(client)
    told = client.get(answer.headers["Location"]) if connected else answer
    assert ("停用" if connected else "没有对应的账号") in told.content.decode()


def test_a_second_factor_is_asked_for_after_the_provider_too(
    he: Account, provider: Provider, same_names: None
) -> None:
    TOTP.activate(he, "JBSWY3DPEHPK3PXP")
    client = Client()
    assert came_back(client).headers["Location"] == "/account/2fa/authenticate/"
    assert not is_in(client)


def refused(client: Client, address: str, status: int = 401) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    assert not is_in(client)
    return answer.content.decode()


def test_a_way_back_that_we_did_not_send_anyone_on_is_refused(
    he: Account, provider: Provider, same_names: None
) -> None:
    client = Client()
    back = brought_back(sent_on(client))
    page = refused(client, back.replace("state=", "state=x"))
    assert "无法确认" in page
    refused(Client(), back)  # of somebody else's browser
    assert client.get(back).headers["Location"] == "/"
    refused(Client(), back)
    client.post("/account/logout/")
    refused(client, back)  # once is enough


def hour(distance: int) -> int:
    return int(time.time()) + 3600 * distance


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"aud": "another-office"},
        {"iss": "https://elsewhere.example"},
        {"exp": hour(-1)},
        {"iat": hour(1)},
        {"exp": None},
        {"sub": "number-of-wu"},
        {"sub": None},
    ],
    ids=lambda claims: "{}={}".format(*next(iter(claims.items()))).split("=17")[0],
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(
    he: Account, provider: Provider, same_names: None, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    client = Client()
    refused(client, brought_back(sent_on(client)))


def test_a_token_that_another_key_signed_is_refused(
    he: Account, provider: Provider, same_names: None
) -> None:
    provider.key = new_key()
    client = Client()
    refused(client, brought_back(sent_on(client)))


def test_a_token_that_nobody_signed_is_refused(
    he: Account, provider: Provider, same_names: None
) -> None:
    client = Client()
    there = sent_on(client)
    nonce = parse_qs(urlsplit(there).query)["nonce"][0]
    told = jwt.decode(provider.signed(nonce), options={"verify_signature": False})
    for forged in (
        jwt.encode(told, None, "none", {"kid": KEY_NUMBER}),
        jwt.encode(told, "a secret that is long enough for it", "HS256", {"kid": KEY_NUMBER}),
        provider.signed(nonce)[:-8] + "AAAAAAAA",
        "no token",
    ):
        provider.token = forged
        refused(client, brought_back(there))
        there = sent_on(client)


def test_a_person_who_went_back_is_not_signed_in(he: Account, provider: Provider) -> None:
    client = Client()
    state = parse_qs(urlsplit(sent_on(client)).query)["state"][0]
    answer = client.get(f"{DOOR}callback/?error=access_denied&state={state}", follow=True)
    assert answer.status_code == 200
    assert "没有登录" in answer.content.decode()


@pytest.mark.parametrize(
    "broken", ["/realm/.well-known/openid-configuration", "/userinfo", "/keys"]
)
def test_a_provider_that_fails_is_told_of_on_a_page(
    he: Account, provider: Provider, same_names: None, broken: str
) -> None:
    client = Client()
    there = brought_back(sent_on(client))
    provider.broken = frozenset({broken})
    assert "没有应答" in refused(client, there, 503)


def test_a_provider_that_is_down_is_told_of_on_a_page_before_anyone_is_sent_there(
    he: Account, settings: Any
) -> None:
    with running() as gone:
        told = openid_providers(gone.settings())
    settings.SOCIALACCOUNT_PROVIDERS = told
    client = Client()
    answer = client.post(DOOR)
    assert answer.status_code == 503
    assert "没有应答" in answer.content.decode()
    assert "office.css" in answer.content.decode()


def test_what_is_said_to_a_provider_cannot_be_read_on_the_way() -> None:
    told = {"STEELYARD_OIDC_CLIENT": "c", "STEELYARD_OIDC_SECRET": "s"}
    with pytest.raises(ProviderIncomplete, match="https"):
        openid_providers(told | {"STEELYARD_OIDC_URL": "http://sso.example.org"})
    assert form_targets(told) == "'self'"
