"""Where can an account go? Areas announce their places; each is shown to those who may go there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action


@dataclass(frozen=True, slots=True)
class Place:
    """One place in the navigation: for all who sign in, or for those allowed one of ``actions``.

    ``address``: a name of the urlconf. ``order``: small ones stand on top.
    """

    title: str
    address: str
    actions: frozenset[Action] = frozenset()
    order: int = 50
    url: str = ""
    is_here: bool = False
    is_above: bool = False


_places: dict[str, Place] = {}


def announce(title: str, address: str, actions: Iterable[Action] = (), *, order: int = 50) -> None:
    """Called once by an area, in its ``AppConfig.ready``; ``title`` may be lazy."""
    _places[address] = Place(title, address, frozenset(actions), order)


def places_for(held: tuple[Held, ...], today: date, path: str) -> list[Place]:
    """The places of an account, marked where the path is or is below."""
    open_to = [place for place in _places.values() if _is_open(place, held, today)]
    return [_marked(place, path) for place in sorted(open_to, key=lambda place: place.order)]


def _is_open(place: Place, held: tuple[Held, ...], today: date) -> bool:
    return not place.actions or any(reach(held, action, today) for action in place.actions)


def _marked(place: Place, path: str) -> Place:
    url = reverse(place.address)
    above = url != "/" and path.startswith(url) and path != url
    return replace(place, url=url, is_here=path == url, is_above=above)
