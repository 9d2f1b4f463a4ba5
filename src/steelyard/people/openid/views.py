"""To the provider and back. What it says counts only if it is signed, for us, and for this sign-in.

The library trusts the line to the provider; here the token's signature, issuer, audience, time and
number are looked at as well, and whoever the token names must be the one of whom the rest is told.
"""

from __future__ import annotations

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from requests import RequestException

NOT_UNDERSTOOD = (KeyError, TypeError, ValueError, AttributeError)
"""What comes of an answer that is not as it ought to be."""


class Talk(OpenIDConnectOAuth2Adapter):
    """``nonce``: the number that went out with whoever comes back."""

    nonce = ""

    def complete_login(self, request: HttpRequest, app, token, **told) -> SocialLogin:
        try:
            signed = self._claims(app, told["response"]["id_token"])
            person = self._fetch_user_info(token.token)
            if person["sub"] != signed["sub"]:
                raise OAuth2Error("the token names somebody else")
            told = {"userinfo": person, "id_token": signed}
            return self.get_provider().sociallogin_from_response(request, told)
        except NOT_UNDERSTOOD as error:
            raise OAuth2Error("the provider's answer is not understood") from error

    def _claims(self, app, credential: str) -> dict:
        told = jwtkit.verify_and_decode(
            credential=credential,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        if not self.nonce or not constant_time_compare(str(told["nonce"]), self.nonce):
            raise OAuth2Error("the token belongs to another sign-in")
        if told["exp"] <= told["iat"]:
            raise OAuth2Error("the token was never good")
        return told


class Callback(OAuth2CallbackView):
    def _get_state(self, request: HttpRequest, provider):
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, response


@login_not_required
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _answer(OAuth2LoginView, request, provider_id)


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _answer(Callback, request, provider_id)


def _answer(view, request: HttpRequest, provider_id: str) -> HttpResponse:
    """A provider that does not answer, or not as it ought to, is told of on a page."""
    talk = Talk(request, provider_id)
    try:
        provider = talk.get_provider()
    except SocialApp.DoesNotExist:
        raise Http404 from None
    try:
        return view.adapter_view(talk)(request)
    except (RequestException, OAuth2Error, *NOT_UNDERSTOOD) as error:
        return render_authentication_error(request, provider, exception=error)
