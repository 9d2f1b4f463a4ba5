"""Every action of an assessment as somebody did it who may, and then as each role tries the very same."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from io import BytesIO
from types import FrameType
from typing import Any

from django.db import transaction

from steelyard.kernel.faults import Faulty
from steelyard.kernel.refusals import NOT_ALLOWED, Refused
from steelyard.people.models import Account, Holding
from steelyard.people.permissions import NOT_YOURS
from steelyard.people.rules.roles import Role
from steelyard.trail.versions import ChangedMeanwhile
from tests.project.test_actions import ACTIONS
from tests.supply.office import account

AREA = "assessment."
Told = Mapping[str, Any]
"""What an action is told, by name."""


def every_action() -> Mapping[str, Callable[..., Any]]:
    found = {}
    for name in ACTIONS:
        if name.startswith(AREA):
            *part, function = name.removeprefix(AREA).split(".")
            module = import_module(".".join(["steelyard.assessment.actions", *part]))
            found[name.removeprefix(AREA)] = getattr(module, function)
    return found


EVERY = every_action()
_BY_CODE = {one.__code__: name for name, one in EVERY.items()}


@contextmanager
def noted() -> Iterator[dict[str, Told]]:
    """The actions that are entered meanwhile, each with what it was told the first time."""
    calls: dict[str, Told] = {}

    def note(frame: FrameType, event: str, _: object) -> None:
        name = _BY_CODE.get(frame.f_code)
        if event == "call" and name is not None and name not in calls:
            calls[name] = {key: _kept(value) for key, value in frame.f_locals.items()}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield calls
    finally:
        sys.setprofile(before)


def _kept(value: Any) -> Any:
    """A file that is read and closed, as it came."""
    if not hasattr(value, "seek"):
        return value
    content = value.read()
    value.seek(0)
    return BytesIO(content)


def roles_that_may(name: str, told: Told) -> set[Role]:
    """The roles whose holders, where whoever did it holds theirs, are not refused for want of a right."""
    places = [
        one.organisation
        for one in Holding.objects.filter(account=told["by"]).select_related("organisation")
    ]
    assert places, Account.objects.get(pk=told["by"])
    return {role for role in Role if not _lacks_the_right(name, told, role, places)}


def _lacks_the_right(name: str, told: Told, role: Role, places: list[Any]) -> bool:
    with transaction.atomic():
        held = {str(at): (role, place) for at, place in enumerate(places)}
        other = account(f"另一人 {role.value}", **held)
        try:
            with transaction.atomic():
                EVERY[name](**{key: _kept(value) for key, value in told.items()} | {"by": other.pk})
        except Refused as refused:
            return any(one.code in (NOT_ALLOWED, NOT_YOURS) for one in refused.refusals)
        except (ChangedMeanwhile, Faulty, ValueError):  # past the right: what is there, or sent
            return False
        finally:
            transaction.set_rollback(True)
    return False
