"""What is a figure? A value, and everything one asks of it: which rows, whose, how exact, how known."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from steelyard.kernel.bilingual import Text
from steelyard.papers.brief.template import Spec

Bound = Literal["exact", "about", "more_than", "at_least"]
State = Literal["known", "no_data", "suppressed"]
BOUNDS: tuple[Bound, ...] = ("exact", "about", "more_than", "at_least")


@dataclass(frozen=True, slots=True)
class Behind:
    """The rows behind a figure. ``records`` are their keys, in order; ``deliveries`` and ``bodies`` whose."""

    records: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    deliveries: tuple[str, ...] = ()
    bodies: tuple[Text, ...] = ()

    @property
    def rows(self) -> int:
        return len(self.records)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of a brief.

    ``value`` is exact, a text where the figure is one, None unless the state is ``known``: a figure
    that cannot be computed is no data and never zero; what a disclosure rule hides is ``suppressed``.
    ``why`` says why there is none. ``result_field`` is the one it comes from, else it comes from
    the query of its ``spec``. ``is_sample`` says that it rests on sample records, or a sample scheme.
    """

    spec: Spec
    state: State
    value: Fraction | Text | None = None
    bound: Bound = "exact"
    behind: Behind = field(default_factory=Behind)
    result_field: str = ""
    source: Text = field(default_factory=Text)
    is_sample: bool = False
    instead: Text = field(default_factory=Text)
    why: Text = field(default_factory=Text)

    @property
    def name(self) -> str:
        return self.spec.name
