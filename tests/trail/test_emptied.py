"""After a test of several connections no row of it is left, and nothing that every test leans on is gone."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from steelyard.notices.tasks import remind
from steelyard.trail.models import Entry
from tests.emptied import KEPT, empty
from tests.supply.office import Office

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_is_left_but_what_the_models_alone_say() -> None:
    Office().signed()
    remind.defer()
    assert Entry.objects.exists()
    known = Permission.objects.count(), ContentType.objects.count()
    empty(connection)
    left = {one._meta.db_table for one in apps.get_models() if one._base_manager.exists()}
    assert left == KEPT
    assert (Permission.objects.count(), ContentType.objects.count()) == known
