"""Where allauth asks the office: nobody signs up, and who comes from a provider is one of ours."""

from __future__ import annotations

import logging

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthError
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from requests import RequestException

from steelyard.people.models import Account

log = logging.getLogger(__name__)


class Accounts(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _("Too many failed login attempts. Try again in five minutes.")
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False


class Providers(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin) -> bool:
        """Nobody: whoever the office does not know is told what to do.

        Raises:
            ImmediateHttpResponse: always, with that page.
        """
        told = {"provider": sociallogin.provider.name, "name": name_told(sociallogin)}
        raise ImmediateHttpResponse(render(request, "socialaccount/unknown.html", told, status=403))

    def pre_social_login(self, request: HttpRequest, sociallogin) -> None:
        """Where the provider's user names are ours, the account of the same name is meant."""
        provider = sociallogin.provider
        if sociallogin.is_existing or not provider.app.settings.get("same_names"):
            return
        name = name_told(sociallogin)
        account = Account.objects.filter(username=name, is_active=True).first() if name else None
        if account is not None:
            sociallogin.connect(request, account)

    def on_authentication_error(
        self, request: HttpRequest, provider, error=None, exception=None, **_told: object
    ) -> None:
        """Nothing came of it: say whether the provider was reached at all; the log says more.

        Raises:
            ImmediateHttpResponse: unless somebody changed their mind, which has a page of its own.
        """
        if error == AuthError.CANCELLED:
            return
        is_silent = isinstance(exception, RequestException)
        # Of what kind, no more: its words may hold a token.
        log.warning("signing in through %s failed: %s", provider.name, type(exception).__name__)
        told = {"provider": provider.name, "is_silent": is_silent}
        page = "socialaccount/authentication_error.html"
        raise ImmediateHttpResponse(render(request, page, told, status=503 if is_silent else 401))


def name_told(sociallogin) -> str:
    """The user name of which the provider told."""
    told = sociallogin.account.extra_data
    return str((told.get("userinfo") or told).get("preferred_username") or "")
