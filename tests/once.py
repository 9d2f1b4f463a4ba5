"""A world that is made once for all tests of a module: each looks at it, and takes back what it wrote."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def made_once(blocker: DjangoDbBlocker, homes: pytest.TempPathFactory) -> Iterator[None]:
    """What is made inside stands until it is left, for tests marked ``django_db``, whose own transactions
    lie within this one; then nothing of it is left. The files are in a home of their own."""
    with pytest.MonkeyPatch.context() as patch, blocker.unblock(), taken_back():
        home = homes.mktemp("home")
        patch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, home=home))
        yield


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
