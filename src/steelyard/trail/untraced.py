"""Which tables are not ours and leave a trace all the same, and which leave none, and why?

A test walks every model of the office: it derives from ``Traced``, or stands in one of these lists.
"""

from __future__ import annotations

from collections.abc import Mapping

TRACED_TOO: frozenset[str] = frozenset(
    {
        "auth_group",
        "auth_group_permissions",
        "people_account_groups",
        "people_account_user_permissions",
        "account_emailaddress",
        "mfa_authenticator",
        "socialaccount_socialaccount",
        "socialaccount_socialapp",
    }
)
"""Tables of others that get our trigger after every ``migrate``, if they are there."""

UNTRACED: Mapping[str, str] = {
    "trail_entry": "it is the trail; nothing in it changes",
    "trail_seal": "the seals of the trail; nothing in it changes",
    "django_session": "who is signed in; written by every request, and gone with the session",
    "django_content_type": "made from the code by migrate",
    "auth_permission": "made from the code by migrate; our rights are roles",
    "account_emailconfirmation": "a letter under way; the address it confirms is traced",
    "socialaccount_socialtoken": "a secret of another service that is renewed by itself",
    "usersessions_usersession": "who is signed in, where",
    "people_broughtsheet": "a sheet that is only looked at; carried out, each row it writes is traced",
    "procrastinate_jobs": "the queue; it keeps its own events",
    "procrastinate_events": "the queue's own trail",
    "procrastinate_periodic_defers": "the queue",
    "procrastinate_workers": "the queue",
}
"""Table → why a write to it leaves no trace."""
