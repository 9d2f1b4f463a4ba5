"""The provider as the office speaks to it: a number used once goes out with each person.

It comes back inside the signed token, so that a token of another sign-in is worth nothing.
"""

from __future__ import annotations

from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from steelyard.people.openid.views import Talk


class Provider(OpenIDConnectProvider):
    oauth2_adapter_class = Talk

    def redirect(self, request: HttpRequest, *told: object, **named: object) -> HttpResponse:
        nonce = get_random_string(32)
        named["auth_params"] = {**(named.get("auth_params") or {}), "nonce": nonce}
        return super().redirect(request, *told, nonce=nonce, **named)
