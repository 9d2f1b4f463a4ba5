"""Why may this not be done? A rule answers with refusals: all of them, and none means yes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from steelyard.kernel.bilingual import Text

NOT_ALLOWED = "not_allowed"
"""The code of a refusal that is about a missing right: a page, and the API, answer it with 403."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason against it: ``code`` for programs, ``text`` for people.

    ``field``: the field of the form that it is about, "" if it is about the whole.
    """

    code: str
    text: Text
    field: str = ""


class Refused(Exception):
    """It was not done, for all of these reasons."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("; ".join(refusal.code for refusal in self.refusals))

    @property
    def lacks_a_right(self) -> bool:
        """Whether it is about who asks; else it is about what is asked, or where it stands."""
        return any(refusal.code == NOT_ALLOWED for refusal in self.refusals)


def refuse_if_any(refusals: Iterable[Refusal]) -> None:
    """Go on only if nothing speaks against it.

    Raises:
        Refused: something does.

    >>> refuse_if_any([])
    >>> refuse_if_any([Refusal("ends_before_it_starts", Text("止日早于起日", "ends before it starts"))])
    Traceback (most recent call last):
        ...
    steelyard.kernel.refusals.Refused: ends_before_it_starts
    """
    found = tuple(refusals)
    if found:
        raise Refused(found)
