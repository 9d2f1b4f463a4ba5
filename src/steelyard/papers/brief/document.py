"""The figures as data, each with its provenance, and the JSON Schema that the data follow."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.papers.brief.figure import Figure
from steelyard.papers.brief.fill import Brief
from steelyard.papers.brief.show import exact_text, figure_text

FORMAT = "steelyard-brief-figures/1"
MOST_RECORDS = 1000
"""Keys of records that are listed for a figure; ``rows`` counts all of them."""


def figures_bytes(brief: Brief) -> bytes:
    text = json.dumps(figures_document(brief), ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode()


def schema_bytes() -> bytes:
    return files("steelyard.papers.brief").joinpath("figures.schema.json").read_bytes()


def figures_document(brief: Brief) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "title": brief.title,
        "unit": {"code": brief.unit_code, **_both(brief.unit)},
        "period": {"from": str(brief.period.starts), "to": str(brief.period.ends)},
        "label": "sample" if brief.is_sample else "real",
        "snapshot": brief.identifier,
        "result": brief.result_hash or None,
        "figures": [_figure(number, one) for number, one in enumerate(brief.figures, 1)],
    }


def _figure(number: int, one: Figure) -> dict[str, Any]:
    behind = one.behind
    is_hidden = one.state == "suppressed"
    return {
        "number": number,
        "name": one.name,
        "title": _both(one.spec.title),
        "shown": {"zh": figure_text(one, "zh"), "en": figure_text(one, "en")},
        "state": one.state,
        "value": exact_text(one.value) or None,
        "bound": one.bound,
        "measure": _both(_measure(one)),
        "label": "sample" if one.is_sample else "real",
        "why": _both(one.why),
        "tally": one.spec.tally if one.spec.records else None,
        "query": one.spec.records.strip() or None,
        "result_field": one.result_field or None,
        "rows": None if is_hidden else behind.rows,
        "records": list(behind.records[:MOST_RECORDS]),
        "tables": list(behind.tables),
        "deliveries": list(behind.deliveries),
        "bodies": [_both(body) for body in behind.bodies],
        "source": _both(one.source),
    }


def _measure(one: Figure) -> Text:
    return Text("元", "CNY") if one.spec.show == "money" else one.spec.measure


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
