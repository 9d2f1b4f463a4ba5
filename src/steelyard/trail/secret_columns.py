"""Which columns never stand in the trail? Of these it is kept that they changed, not to what."""

from __future__ import annotations

from collections.abc import Mapping

SECRET: Mapping[str, tuple[str, ...]] = {
    "people_account": ("password",),
    "mfa_authenticator": ("data",),  # the secret of one-time codes, recovery codes
    "socialaccount_socialtoken": ("token", "token_secret"),
    "socialaccount_socialapp": ("secret", "key"),
    "socialaccount_socialaccount": ("extra_data",),  # all that the other side told of a person
    "account_emailconfirmation": ("key",),
    "public_messages_publicmessage": (
        "name",
        "mail",
        "subject",
        "text",
    ),  # the trail is for ever, people are not
    "assessment_informant": ("sealed",),
    "assessment_lead": (
        "text",
        "conclusion",
        "matter",
        "place",
        "happened",
    ),  # a text may give away who wrote it
}
"""Table → columns. What is secret is decided here, before a row is written down."""

LEFT_OUT = "left out"
CHANGED = "changed"
"""What stands in the trail instead: CHANGED in ``after`` of an update that changed it."""
