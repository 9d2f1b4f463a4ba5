"""The library's forms of passkeys, with labels in both languages; a passkey is one by itself."""

from __future__ import annotations

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AddPasskey(AddWebAuthnForm):
    name = forms.CharField(
        label=_("Name of the passkey"),
        help_text=_("So that you can tell it from others, for instance: office computer."),
        max_length=100,
        required=False,
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with it alone, without a password"),
        help_text=_("The device then asks for a fingerprint, a face or its PIN."),
        required=False,
        initial=True,
    )


class NamePasskey(EditWebAuthnForm):
    name = forms.CharField(label=_("Name of the passkey"), max_length=100)
