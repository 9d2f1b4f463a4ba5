"""Where allauth asks the office: nobody signs up, and who comes from a provider is one of ours."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from steelyard.people.models import Account


class Accounts(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False


class Providers(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin) -> bool:  # noqa: ARG002
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin) -> None:
        """Where the provider's user names are ours, the account of the same name is meant."""
        provider = sociallogin.provider
        if sociallogin.is_existing or not provider.app.settings.get("same_names"):
            return
        told = sociallogin.account.extra_data
        name = (told.get("userinfo") or told).get("preferred_username", "")
        account = Account.objects.filter(username=name, is_active=True).first() if name else None
        if account is not None:
            sociallogin.connect(request, account)
