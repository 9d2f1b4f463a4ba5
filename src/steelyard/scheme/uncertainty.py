"""What a scheme admits could have been chosen or measured otherwise: its ``[uncertainty]``.

Each field is one *choice*: something that could be different with equal right, or that is known
only from a sample. :mod:`steelyard.weighing.uncertainty` weighs again and again with the choices
drawn at random, and says how far ranks and grades move. Read by
:mod:`steelyard.scheme.reading.uncertainty`. No NumPy here: reading a scheme stays quick.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from steelyard.scheme.formula import Formula
from steelyard.scheme.method import Aggregate, Impute, Normalise, Treat

EVERY_LEAF = "*"


@dataclass(frozen=True, slots=True)
class Spread:
    """How far weights, or full points, may lie from the scheme's own.

    Each is drawn evenly from ``1 − within`` to ``1 + within`` times its own, then those of a group
    are scaled to the sum that they had. Without ``within`` any weights are equally likely (evenly
    over the simplex, as in Lahdelma, Hokkanen and Salminen 1998). ``of`` names the groups whose
    children vary, the root as ``""``; empty means all.
    """

    within: Fraction | None = None
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SamplingError:
    """A figure that is known from a sample: a survey, a review of some files.

    Either ``standard_error`` in the figure's own unit (drawn from a normal distribution, held to
    what the input may be), or ``sample``, the number asked or reviewed, for an input that is a
    share (drawn from the beta distribution with Jeffreys' prior). ``population``, with ``sample``, is the
    number from which it was taken, where that is finite. All are formulas, by unit.
    """

    input: str
    standard_error: Formula | None = None
    sample: Formula | None = None
    population: Formula | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A list whose rows are the marks of several persons, drawn again with repetition.

    ``member`` is the column that names the person: all rows of one person are drawn together.
    """

    list: str
    member: str


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """The choices of a scheme. Alternatives stand beside the scheme's own, each equally likely.

    ``spread`` is of weights (index) or points. An alternative in ``aggregate`` is a list of levels, as
    in the method. ``leave_out`` names leaves of which none or one is left out, ``*`` any leaf.
    ``confidence`` is the share of replications that an interval holds.
    """

    seed: int = 1
    confidence: Fraction = Fraction(9, 10)
    spread: Spread | None = None
    impute: tuple[Impute, ...] = ()
    treat: tuple[Treat, ...] = ()
    normalise: tuple[Normalise, ...] = ()
    aggregate: tuple[tuple[Aggregate, ...], ...] = ()
    leave_out: tuple[str, ...] = ()
    panels: tuple[Panel, ...] = ()
    errors: tuple[SamplingError, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing is said to vary."""
        return self.spread is None and not any(
            (self.impute, self.treat, self.normalise, self.aggregate, self.leave_out,
             self.panels, self.errors)
        )  # fmt: skip
