"""Someone signs in by every way there is, in a real browser: password, code, passkey, provider."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from playwright.sync_api import Page, expect

from steelyard.config.openid import form_targets, openid_providers
from steelyard.people import actions
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from tests.journeys.walking import PASSWORD, looked_at, sign_in, window
from tests.people.builders import NOW, person, region
from tests.people.provider import running

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def wu(quick_passwords: None) -> Account:
    return person("wu", Role.AUDITOR, region().guangzhou, "吴敏", password=PASSWORD)


@contextmanager
def device(page: Page) -> Iterator[None]:
    """A device that keeps passkeys and always finds its owner's finger on it."""
    talk = page.context.new_cdp_session(page)
    talk.send("WebAuthn.enable")
    talk.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                "hasUserVerification": True, "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip
    yield


def signed_out(page: Page) -> None:
    page.locator("header form[action*=logout] button").click()
    page.wait_for_url("**/account/login/")


def knows_password(page: Page) -> None:
    """Whoever changes how they sign in says the password once more, unless it was a moment ago."""
    if "reauthenticate" in page.url:
        looked_at(page, "reauthenticate")
        page.locator("main input[name=password]").fill(PASSWORD)
        page.locator("main form button.primary").first.click()


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 1280), ("en-GB", 390)])
def test_a_passkey_is_added_named_used_and_removed(
    live_server: Any, wu: Account, settings: Any, language: str, width: int
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    with window(str(live_server), language=language, width=width) as page, device(page):
        sign_in(page, wu)
        asks_for_a_second_factor(page, f"{language}_{width}")
        adds_a_passkey(page, f"{language}_{width}")
        signed_out(page)
        looked_at(page, f"login_{language}_{width}")
        page.locator("#passkey_login").click()
        page.wait_for_url(str(live_server) + "/")
        page.goto("/accounts/")
        expect(page.locator("main table").first).to_be_visible()
        renames_and_removes_it(page, f"{language}_{width}")


def asks_for_a_second_factor(page: Page, name: str) -> None:
    """Until then the role counts for nothing, and the first page says so and leads there."""
    looked_at(page, f"waiting_without_factor_{name}")
    assert page.goto("/accounts/").status == 404
    page.goto("/")
    page.locator("main a[href='/account/2fa/']").first.click()
    looked_at(page, f"factors_{name}")


def adds_a_passkey(page: Page, name: str) -> None:
    page.locator("main a[href$='webauthn/add/']").click()
    knows_password(page)
    page.wait_for_url("**/webauthn/add/")
    looked_at(page, f"passkey_add_{name}")
    page.locator("#id_name").fill("办公室电脑")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/")
    looked_at(page, f"recovery_codes_{name}")
    assert len(page.locator("#recovery_codes").input_value().split()) == 10
    page.goto("/")
    expect(page.locator("main a[href='/account/2fa/']")).to_have_count(0)


def renames_and_removes_it(page: Page, name: str) -> None:
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_role("rowheader", name="办公室电脑")).to_be_visible()
    looked_at(page, f"passkeys_{name}")
    page.locator("main a[href$='/edit/']").click()
    if "reauthenticate" in page.url:
        page.locator("main a[href*='webauthn/reauthenticate']").click()
        looked_at(page, f"reauthenticate_by_passkey_{name}")
        page.locator("#mfa_webauthn_reauthenticate").click()
    page.wait_for_url("**/edit/")
    looked_at(page, f"passkey_edit_{name}")
    page.locator("#id_name").fill("家中电脑")
    page.locator("main form button.primary").click()
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_role("rowheader", name="家中电脑")).to_be_visible()
    page.locator("main a[href$='/remove/']").click()
    looked_at(page, f"passkey_remove_{name}")
    page.locator("main form button.danger").click()
    page.wait_for_url("**/webauthn/")
    looked_at(page, f"passkeys_none_{name}")
    assert not Authenticator.objects.exists()
    assert page.goto("/accounts/").status == 404


def test_a_passkey_is_a_second_factor_after_the_password(live_server: Any, wu: Account) -> None:
    with window(str(live_server)) as page, device(page):
        sign_in(page, wu)
        page.goto("/account/2fa/webauthn/add/")
        knows_password(page)
        page.locator("#id_passwordless").uncheck()
        page.locator("#mfa_webauthn_add").click()
        page.wait_for_url("**/recovery-codes/")
        signed_out(page)
        page.fill("input[name=login]", "wu")
        page.fill("input[name=password]", PASSWORD)
        page.locator("main form button.primary").first.click()
        page.wait_for_url("**/2fa/authenticate/")
        looked_at(page, "second_factor_passkey")
        assert page.request.get("/accounts/", max_redirects=0).status == 302
        page.locator("#mfa_webauthn_authenticate").click()
        page.wait_for_url(str(live_server) + "/")


def test_a_device_that_knows_no_passkey_is_told_of_on_the_page(
    live_server: Any, wu: Account
) -> None:
    with window(str(live_server)) as page, device(page):
        page.goto("/account/login/")
        expect(page.locator("#passkey_trouble")).to_be_hidden()
        page.locator("#passkey_login").click()
        expect(page.locator("#passkey_trouble")).to_be_visible()
        looked_at(page, "passkey_trouble")


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_without_scripts_the_page_says_what_a_passkey_needs(
    live_server: Any, wu: Account, language: str
) -> None:
    with window(str(live_server), language=language, scripts=False) as page:
        page.goto("/account/login/")
        expect(page.get_by_text("JavaScript")).to_be_visible()
        sign_in(page, wu)
        page.goto("/account/2fa/webauthn/add/")
        page.locator("main input[name=password]").fill(PASSWORD)
        page.locator("main form button.primary").first.click()
        expect(page.get_by_text("JavaScript")).to_be_visible()


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 390), ("en-GB", 1280)])
def test_a_code_from_an_app_is_set_up_and_asked_for(
    live_server: Any, wu: Account, language: str, width: int
) -> None:
    name = f"{language}_{width}"
    with window(str(live_server), language=language, width=width) as page:
        sign_in(page, wu)
        page.goto("/account/2fa/totp/activate/")
        knows_password(page)
        secret = page.locator("#authenticator_secret").input_value()
        assert page.locator("img.qr").evaluate("img => img.naturalWidth") > 100
        looked_at(page, f"totp_set_up_{name}")
        page.locator("#id_code").fill(code_of(secret))
        page.locator("main form button.primary").click()
        page.wait_for_url("**/recovery-codes/")
        codes = page.locator("#recovery_codes").input_value().split()
        signed_out(page)
        sign_in(page, wu)
        assert "authenticate" in page.url
        looked_at(page, f"totp_asked_{name}")
        answers(page, "000000")
        expect(page.locator("main .errorlist")).to_be_visible()
        looked_at(page, f"totp_wrong_{name}")
        answers(page, codes[0])
        page.wait_for_url(str(live_server) + "/")
        signed_out(page)
        sign_in(page, wu)
        answers(page, codes[0])
        expect(page.locator("main .errorlist")).to_be_visible()


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def answers(page: Page, code: str) -> None:
    page.locator("#id_code").fill(code)
    page.locator("main form button.primary").first.click()


def test_someone_comes_in_through_a_provider_and_goes_out(
    live_server: Any, wu: Account, settings: Any
) -> None:
    with running("wu") as provider:
        told = provider.settings() | {"STEELYARD_OIDC_SAME_NAMES": "1"}
        settings.SOCIALACCOUNT_PROVIDERS = openid_providers(told)
        policy = settings.CONTENT_SECURITY_POLICY
        settings.CONTENT_SECURITY_POLICY = policy | {"form-action": form_targets(told)}
        with window(str(live_server), also=(provider.address,)) as page:
            page.goto("/account/login/")
            looked_at(page, "provider_offered")
            goes_through(page, "provider_go_on")
            page.wait_for_url(str(live_server) + "/")
            expect(page.locator("header .me")).to_have_text("吴敏")
            page.goto("/account/3rdparty/")
            looked_at(page, "provider_connected")
            signed_out(page)
            actions.close_account(account=wu.pk, by=None, now=NOW)
            goes_through(page)
            expect(page.get_by_role("heading", name="账号已停用")).to_be_visible()
            looked_at(page, "provider_closed")
            provider.person = "stranger"
            page.goto("/account/login/")
            goes_through(page)
            expect(page.get_by_role("heading", name="没有对应的账号")).to_be_visible()
            looked_at(page, "provider_stranger")
            provider.broken = frozenset({"/realm/.well-known/openid-configuration"})
            page.goto("/account/login/")
            goes_through(page)
            expect(page.get_by_text("没有应答")).to_be_visible()
            looked_at(page, "provider_silent")


def goes_through(page: Page, name: str = "") -> None:
    page.get_by_role("link", name=re.compile("省统一认证")).click()
    looked_at(page, name)
    page.locator("main form button.primary").click()


def test_a_provider_that_the_policy_does_not_name_is_not_reached(
    live_server: Any, wu: Account, settings: Any
) -> None:
    """Proves that the browser holds our forms to the policy, and that the journey above needs it."""
    with running("wu") as provider:
        settings.SOCIALACCOUNT_PROVIDERS = openid_providers(provider.settings())
        with window(str(live_server), also=(provider.address,)) as page:
            page.goto("/account/login/")
            with page.expect_console_message(lambda said: "form-action" in said.text):
                goes_through(page)
            assert "/authorize" not in provider.asked
