"""Does the place connect the case with its courts at all?

A suit goes where the defendant lives, where the wrong was done, where a contract is performed, as
the nature of the case has it; not where it suits the plaintiff.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from steelyard.courts.rules.jurisdiction import jurisdiction_faults as faulty
from steelyard.courts.rules.jurisdiction.case import Case
from steelyard.courts.rules.jurisdiction.causes import Cause
from steelyard.courts.rules.jurisdiction.citing import Citations
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault

CONNECTED: Mapping[str, Text] = {
    "defendant": Text("被告住所地", "where the defendant lives"),
    "act": Text("侵权行为实施地", "where the act was done"),
    "result": Text("侵权结果发生地", "where its result came about"),
    "storage": Text("侵权商品储藏地、查封扣押地", "where infringing goods are stored or seized"),
    "network_plaintiff": Text(
        "信息网络侵权的被侵权人住所地", "where the victim of an act on the network lives"
    ),
    "performance": Text("合同履行地", "where the contract is performed"),
    "agreed": Text("书面协议选择的地点", "the place agreed on in writing"),
    "plaintiff": Text("原告住所地", "where the plaintiff lives"),
    "agency": Text("作出行政行为的机关所在地", "the seat of the agency that acted"),
    "reviewer": Text("复议机关所在地", "the seat of the agency that reconsidered"),
}
"""In words, the ways in which a place may be connected with a case."""


@dataclass(frozen=True, slots=True)
class Territory:
    """A row: what founds jurisdiction in cases of a nature, what founds none, what is doubtful.

    ``matters`` None: of any matter that no other row of the nature names.
    """

    natures: frozenset[str]
    matters: frozenset[str] | None
    founds: tuple[str, ...]
    doubtful: tuple[str, ...]
    articles: tuple[str, ...]
    why: Text

    def is_for(self, cause: Cause) -> bool:
        return cause.nature in self.natures and (
            self.matters is None or cause.matter in self.matters
        )


def territory_of(rows: tuple[Territory, ...], cause: Cause) -> Territory:
    """The row of a cause: the one that names its matter, else the general one of its nature."""
    fitting = [row for row in rows if row.is_for(cause)]
    return next((row for row in fitting if row.matters), fitting[0])


def connected(rows: tuple[Territory, ...], citations: Citations, case: Case) -> list[Fault]:
    """Faults where the place, as it is said to be connected, founds no jurisdiction.

    Nothing is found where the connection was not said.
    """
    faults = []
    for cause in case.causes:
        row = territory_of(rows, cause)
        if case.connection is None or case.connection in _founding(row, case):
            continue
        articles = joined(citations.cite_all(row.articles, case.filed))
        faults.append(
            faulty.place_founds_nothing(
                CONNECTED[case.connection], row.why, articles, places_that_found(row)
            )
        )
    return faults


def doubtful(rows: tuple[Territory, ...], case: Case) -> tuple[Territory, ...]:
    """The rows by which it is doubtful whether the place, as it is connected, founds anything."""
    found = dict.fromkeys(territory_of(rows, cause) for cause in case.causes)
    return tuple(row for row in found if case.connection in row.doubtful)


def _founding(row: Territory, case: Case) -> tuple[str, ...]:
    """Without a reconsideration there is no agency that reconsidered, nor a seat of one."""
    every = (*row.founds, *row.doubtful)
    return every if case.reconsidered != "no" else tuple(one for one in every if one != "reviewer")


def places_that_found(row: Territory) -> Text:
    """The places where a case of the row may be brought, in words."""
    found = [CONNECTED[one] for one in row.founds]
    return Text("、".join(one.zh for one in found), "; or ".join(one.en for one in found))


def joined(texts: tuple[Text, ...]) -> Text:
    return Text("、".join(one.zh for one in texts), "; ".join(one.en for one in texts))


def read_territory(row: Mapping[str, Any], groups: Mapping[str, tuple[str, ...]]) -> Territory:
    """A row from its entry in ``jurisdiction.toml``."""
    matters = [m for name in row.get("matters", ()) for m in groups.get(name, (name,))]
    return Territory(
        frozenset(row["natures"]),
        frozenset(matters) or None,
        tuple(row["founds"]),
        tuple(row.get("doubtful", ())),
        tuple(row["articles"]),
        Text(row["zh"], row["en"]),
    )
