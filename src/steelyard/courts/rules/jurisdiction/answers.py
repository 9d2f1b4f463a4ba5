"""What is answered: a court, or why a person must decide."""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.courts.rules.jurisdiction.courts import Court
from steelyard.kernel.bilingual import Text


@dataclass(frozen=True, slots=True)
class NotThis:
    """A court that one might have expected, and why it does not hear the case."""

    court: Court
    why: Text
    articles: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """The court that hears the case, by the row of the table, and why.

    ``sample``: a sample threshold decided; the answer is no official one.
    """

    court: Court
    row: str
    why: tuple[Text, ...]
    articles: tuple[Text, ...]
    not_others: tuple[NotThis, ...] = ()
    notes: tuple[Text, ...] = ()
    sample: bool = False


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """A person decides: why, and the courts to which the possible readings point."""

    row: str
    why: tuple[Text, ...]
    articles: tuple[Text, ...]
    readings: tuple[Court, ...] = ()


Answer = Heard | LeftOpen


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """The answer of the first instance and that of the appeal.

    ``appeal`` is None where no court of the first instance is known to appeal from.
    """

    first: Answer
    appeal: Answer | None
