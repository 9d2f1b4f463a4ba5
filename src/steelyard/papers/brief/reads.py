"""What does a brief ask of records? A snapshot answers; a test puts something smaller in its place."""

from __future__ import annotations

from collections.abc import Mapping
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
