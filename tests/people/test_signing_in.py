"""Signing in: by name and password, with a second factor, through a provider; and who may not."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client, override_settings

from steelyard.config.openid import ProviderIncomplete, openid_providers
from steelyard.people import actions
from steelyard.people.models import Account, Organisation
from steelyard.people.rules.roles import Role
from tests.people.builders import NOW, person, region, signed_in

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough one"


@pytest.fixture
def he() -> Account:
    return person("he", Role.CLERK, region().yuexiu, email="he@example.org", password=PASSWORD)


def sign_in(client: Client, password: str = PASSWORD, username: str = "he"):
    return client.post("/account/login/", {"login": username, "password": password})


def test_a_name_and_its_password_open_the_door(he: Account) -> None:
    client = Client()
    assert sign_in(client).url == "/"
    assert client.get("/").status_code == 200


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(he: Account) -> None:
    wrong, unknown = (
        sign_in(Client(), "no", name).context["form"].errors.get_json_data()
        for name in ("he", "nobody")
    )
    assert wrong == unknown


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", "登录失败次数过多，请5分钟后再试。"),
        ("en", "Too many failed login attempts. Try again in five minutes."),
    ],
)
def test_after_five_wrong_passwords_the_right_one_must_wait_and_others_need_not(
    he: Account, language: str, said: str
) -> None:
    client = Client(headers={"accept-language": language})
    for _ in range(5):
        assert said not in sign_in(client, "wrong").content.decode()
    refused = sign_in(client)
    assert refused.status_code in (200, 429)
    assert said in refused.content.decode()
    assert client.get("/").status_code == 302
    person("wu", Role.CLERK, Organisation.objects.get(code="440300"), password=PASSWORD)
    assert sign_in(Client(), username="wu").url == "/"


def test_a_whole_office_signs_in_within_a_minute_from_one_address(he: Account) -> None:
    """Behind one gateway all have the same address, and some mistype: they hold up nobody else."""
    for at in range(20):
        assert sign_in(Client(), "wrong", f"somebody{at}").status_code == 200
    assert {sign_in(Client()).status_code for _ in range(40)} == {302}


def test_one_address_does_not_try_one_password_after_the_other(he: Account) -> None:
    for at in range(60):
        sign_in(Client(), "wrong", f"somebody{at}")
    client = Client()
    assert "请5分钟后再试" in sign_in(client).content.decode()
    assert client.get("/").status_code == 302


def test_what_is_sent_too_often_is_answered_by_a_page_with_how_long_to_wait(he: Account) -> None:
    client = Client()
    for _ in range(3):
        assert client.post("/account/password/reset/", {"email": he.email}).status_code == 302
    refused = client.post("/account/password/reset/", {"email": he.email})
    assert (refused.status_code, refused["Retry-After"]) == (429, "600")
    said = refused.content.decode()
    assert "请10分钟后再试" in said
    assert "Try again in 10 minutes" in said
    assert "权衡 Steelyard" in said


def test_wrong_codes_must_wait_as_well(he: Account) -> None:
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(he, secret)
    client = Client()
    sign_in(client)
    for _ in range(5):
        client.post("/account/2fa/authenticate/", {"code": "000000"})
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    client.post("/account/2fa/authenticate/", {"code": code})
    assert client.get("/").status_code == 302


def test_nobody_signs_up(he: Account) -> None:
    told = {"username": "x", "password1": PASSWORD, "password2": PASSWORD}
    Client().post("/account/signup/", told)
    assert not Account.objects.filter(username="x").exists()


def test_a_closed_account_does_not_sign_in(he: Account) -> None:
    actions.close_account(account=he.pk, by=None, now=NOW)
    client = Client()
    sign_in(client)
    assert client.get("/").status_code == 302


def test_a_forgotten_password_is_set_anew_by_mail_and_an_unknown_address_is_not_told(
    he: Account,
) -> None:
    for address in ("he@example.org", "nobody@example.org"):
        assert Client().post("/account/password/reset/", {"email": address}).url.endswith("/done/")
    assert [message.to for message in mail.outbox] == [["he@example.org"]]
    assert "/account/password/reset/key/" in mail.outbox[0].body


def test_the_mail_leads_to_a_page_where_a_new_password_is_set_once(he: Account) -> None:
    known = Client()
    sign_in(known)
    Client().post("/account/password/reset/", {"email": "he@example.org"})
    (link,) = re.findall(r"https?://\S+(/account/password/reset/key/\S+)", mail.outbox[0].body)
    client, new = Client(), "another long one"
    asked = client.get(link, follow=True)
    assert asked.status_code == 200
    form = asked.redirect_chain[-1][0]
    client.post(form, {"password1": new, "password2": new})
    assert known.get("/").status_code == 302, "whoever was signed in with the old one is out"
    assert sign_in(Client(), new).url == "/"
    assert sign_in(Client(), PASSWORD).status_code == 200
    again = Client().get(link, follow=True).content.decode()
    assert 'name="password1"' not in again


def test_whoever_changes_their_password_is_signed_out_elsewhere_but_not_here(he: Account) -> None:
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere)
    new = "another long one"
    told = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/account/password/change/", told).status_code == 302
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_a_weak_password_is_refused_when_it_is_changed(he: Account) -> None:
    client = Client()
    sign_in(client)
    for weak in ("short", "1234567890123", "password123"):
        told = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
        assert client.post("/account/password/change/", told).status_code == 200
    he.refresh_from_db()
    assert he.check_password(PASSWORD)


def test_a_second_factor_is_asked_for_after_the_password(he: Account) -> None:
    secret = TOTP.activate(he, "JBSWY3DPEHPK3PXP").instance.wrap().instance and "JBSWY3DPEHPK3PXP"
    client = Client()
    assert sign_in(client).url == "/account/2fa/authenticate/"
    assert client.get("/").status_code == 302
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert client.get("/").status_code == 302
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    client.post("/account/2fa/authenticate/", {"code": code})
    assert client.get("/").status_code == 200


def test_passkeys_and_codes_are_offered_in_the_look_of_the_office(he: Account) -> None:
    client = Client()
    sign_in(client)
    asked = client.get(
        "/account/2fa/totp/activate/"
    )  # a factor is changed by who knows the password
    client.post(asked.url, {"password": PASSWORD})
    for address in ("", "totp/activate/", "webauthn/", "webauthn/add/"):
        page = client.get(f"/account/2fa/{address}")
        assert page.status_code == 200
        assert "office.css" in page.content.decode()
    assert 'id="passkey_login"' in Client().get("/account/login/").content.decode()


def test_the_pages_of_accounts_have_no_inline_style_or_running_script(he: Account) -> None:
    client = signed_in(he)
    for address in ("/", "/account/", "/account/2fa/", "/account/2fa/webauthn/add/"):
        page = client.get(address).content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert "<script>" not in page
        assert " onclick" not in page


def test_a_provider_is_told_of_by_the_environment_whole_or_not_at_all() -> None:
    told = {"STEELYARD_OIDC_URL": "https://sso.example.org", "STEELYARD_OIDC_CLIENT": "c"}
    with pytest.raises(ProviderIncomplete):
        openid_providers(told)
    (app,) = openid_providers(told | {"STEELYARD_OIDC_SECRET": "s"})["openid_connect"]["APPS"]
    assert (app["client_id"], app["secret"], app["settings"]["same_names"]) == ("c", "s", False)


def test_a_provider_is_offered_at_the_door(he: Account) -> None:
    told = {"STEELYARD_OIDC_URL": "https://sso.example.org", "STEELYARD_OIDC_CLIENT": "c",
            "STEELYARD_OIDC_SECRET": "s", "STEELYARD_OIDC_NAME": "省统一认证"}  # fmt: skip
    with override_settings(SOCIALACCOUNT_PROVIDERS=openid_providers(told)):
        assert "省统一认证" in Client().get("/account/login/").content.decode()
