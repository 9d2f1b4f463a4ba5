"""Who is the first person in an office that has none? Its administrator, who lets in the others."""

from __future__ import annotations

import os
from datetime import datetime
from secrets import token_urlsafe


def appoint(
    *, username: str, name: str, code: str, organisation: str, kind: str, now: datetime
) -> str:
    """Open an administrator's account in an organisation, and that organisation if it is new.

    The account's password, made by chance. Whoever may run this is the system itself.

    Raises:
        Refused: the user name is taken, or another rule of accounts stands against it.
    """
    from django.db import transaction
    from django.utils import timezone

    from steelyard.people.actions import open_account, open_organisation
    from steelyard.people.models import Organisation
    from steelyard.people.rules.roles import Role

    today = timezone.localdate(now)
    password = token_urlsafe(15)
    with transaction.atomic():
        held_in = Organisation.objects.filter(code=code).first() or open_organisation(
            code=code, name_zh=organisation or code, kind=kind, starts=today, parent=None,
            by=None, now=now,
        )  # fmt: skip
        open_account(
            username=username, name=name, role=Role.ADMINISTRATOR, organisation=held_in.pk,
            starts=today, password=password, by=None, now=now,
        )  # fmt: skip
    return password


def set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "steelyard.config.settings")
    import django

    django.setup()
