"""What does a brief ask of records? A snapshot answers; a test puts something smaller in its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from steelyard.kernel.bilingual import Text
from steelyard.kernel.periods import Period
from steelyard.records.catalogue.model import Catalogue


class Delivered(Protocol):
    """Of a delivery: whose it is, of which table, whether a sample's."""

    @property
    def body(self) -> Text: ...
    @property
    def table(self) -> str: ...
    @property
    def covers(self) -> tuple[str, ...]: ...
    @property
    def sample(self) -> bool: ...
    @property
    def source(self) -> Text: ...


class Reads(Protocol):
    """Frozen records that can be asked. ``standing`` are the deliveries that count, by id."""

    @property
    def identifier(self) -> str: ...
    @property
    def period(self) -> Period: ...
    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def standing(self) -> Mapping[str, Any]: ...

    def rows(
        self, sql: str, parameters: Mapping[str, Any] | None = None
    ) -> tuple[Mapping[str, Any], ...]: ...


@dataclass(frozen=True)
class AskedOnce:
    """Records that are asked each question once, however many languages and footnotes want the answer."""

    reads: Reads
    _answers: dict[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)

    @property
    def identifier(self) -> str:
        return self.reads.identifier

    @property
    def period(self) -> Period:
        return self.reads.period

    @property
    def catalogue(self) -> Catalogue:
        return self.reads.catalogue

    @property
    def standing(self) -> Mapping[str, Any]:
        return self.reads.standing

    def rows(
        self, sql: str, parameters: Mapping[str, Any] | None = None
    ) -> tuple[Mapping[str, Any], ...]:
        question = f"{sql}\n{sorted((parameters or {}).items())}"
        if question not in self._answers:
            self._answers[question] = self.reads.rows(sql, parameters)
        return self._answers[question]
