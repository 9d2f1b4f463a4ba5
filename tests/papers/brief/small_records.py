"""A few records without a snapshot: rows by the table that a query begins with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.periods import Period
from steelyard.papers.brief.fill import Brief
from steelyard.papers.brief.read import template_of
from steelyard.papers.brief.write import brief_of
from steelyard.records.catalogue.model import Catalogue
from steelyard.records.catalogue.read import shipped
from steelyard.records.intake.delivery import Delivery

YEAR = Period(date(2021, 1, 1), date(2022, 1, 1))
COURT, OFFICE, NEWS = "court_2021", "office_2021", "news_2021"
JIANGMEN = {"code": "440700", "zh": "江门", "en": "Jiangmen"}


def delivery(
    code: str, table: str, zh: str, en: str, *, sample: bool = True, **more: Any
) -> Delivery:
    return Delivery(
        id=code, body=Text(zh, en), table=table, period=YEAR, cut_off=date(2021, 12, 31), signer="甲",
        signed_on=date(2022, 1, 9), file=f"{table}.csv", rows=1, hash="sha256:" + "0" * 64,
        sample=sample, source=Text(f"{zh}统计", f"returns of the {en}"), **more,
    )  # fmt: skip


DELIVERIES = (
    delivery(COURT, "cases", "法院", "court"),
    delivery(OFFICE, "meetings", "联席会议办公室", "office of the joint meeting"),
    delivery(NEWS, "announced_figures", "市政府", "city government", sample=False),
)


@dataclass
class SmallRecords:
    """Answers a query with the rows of the first table named in it; remembers what it was asked."""

    tables: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    deliveries: Sequence[Delivery] = DELIVERIES
    identifier: str = "sha256:" + "1" * 64
    period: Period = YEAR
    catalogue: Catalogue = field(default_factory=shipped)
    asked: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def standing(self) -> Mapping[str, Delivery]:
        return {one.id: one for one in self.deliveries}

    def rows(
        self, sql: str, parameters: Mapping[str, Any] | None = None
    ) -> tuple[Mapping[str, Any], ...]:
        if "title_zh" in sql:
            return (JIANGMEN,)
        self.asked.append(dict(parameters or {}))
        table = sql.split("FROM", 1)[1].split()[0]
        return tuple(self.tables.get(table, ()))


def closed(*values: Any, delivery: str = COURT, **more: Any) -> dict[str, Any]:
    """Rows of cases, one a value."""
    rows = [
        {"record": f"C{at}", "value": value, "delivery": delivery, **more}
        for at, value in enumerate(values)
    ]
    return {"cases": rows}


CASES = """
SELECT c.case_number AS record, c.place AS value, c.delivery
FROM cases AS c WHERE c.place = :unit AND c.closed_on >= :from AND c.closed_on < :to
"""


def template(
    zh: str = "{{unit}}审结{{closed}}。", en: str = "{{unit}} closed {{closed}}.", records: str = CASES,
    without: str = "", **figure: str,
) -> str:  # fmt: skip
    """A template of one figure and one paragraph; ``figure`` are more keys of the figure, as TOML."""
    more = "\n".join(f"{key} = {value}" for key, value in figure.items())
    return f'''
format = "steelyard-brief/1"
title = {{ zh = "{{{{unit}}}}年报", en = "{{{{unit}}}}, a year" }}

[figures.closed]
title = {{ zh = "审结案件", en = "Cases closed" }}
records = """{records}"""
{more}

[[paragraphs]]
zh = "{zh}"
en = "{en}"
{without}
'''


def brief(text: str, reads: SmallRecords, lang: Any = "zh", result: Any = None) -> Brief:
    return brief_of(template_of(text, "brief.toml"), reads, result, "江门", lang, "brief.toml")
