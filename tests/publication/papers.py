"""Small publications for tests: an assessment of three cities by hand, and a register of three rows."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.publication.package import Head
from steelyard.publication.signing import Key

KEY = Key.from_seed(bytes(32))
OTHER_KEY = Key.from_seed(bytes([1]) * 32)
NINE = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)
"""Nine in the morning of 1 March 2022 in Guangdong."""


def head(**other: Any) -> Head:
    told = {"kind": "assessment", "series": "guangdong-2021", "title": Text("样本", "Sample"),
            "published_at": NINE, "sample": True}  # fmt: skip
    return Head(**{**told, **other})


def scope(**other: object) -> dict[str, object]:
    usual: dict[str, object] = dict.fromkeys(
        ("grades", "ranks", "points", "items", "records", "intervals"), True
    )
    return {**usual, "best": 0, "material": False, "replay": False, **other}


def unit(code: str, rank: str, points: str, **other: object) -> dict[str, object]:
    item = {"points": points, "possible": "10", "why": {"zh": f"{points}分", "en": points}}
    return {
        "code": code, "title": {"zh": code, "en": code}, "group": "", "tile": None, "grade": "good",
        "rank": rank, "group_rank": "", "shown": points, "score": points, "items": {"A": item},
        "records": 7, **other,
    }  # fmt: skip


def assessment(*units: dict[str, object], **other: Any) -> dict[str, Any]:
    item = {"code": "A", "title": {"zh": "甲", "en": "A"}, "parent": "", "depth": 1, "possible": "10",
            "source": {"zh": "", "en": ""}}  # fmt: skip
    return {
        "format": "steelyard-assessment/1", "series": "guangdong-2021",
        "title": {"zh": "样本", "en": "Sample"}, "period": "2021", "issuer": {"zh": "", "en": ""},
        "legal_basis": {"zh": "", "en": ""}, "note": {"zh": "", "en": ""}, "label": "sample",
        "scope": scope(), "groups": {},
        "grades": [{"code": "good", "title": {"zh": "良好", "en": "Good"}}], "items": [item],
        "units": list(units) or [unit("x", "1", "9"), unit("y", "2", "8"), unit("z", "3", "7")],
        "others": [], "announced": [], "how_sure": None, "hashes": {}, **other,
    }  # fmt: skip


def files(document: dict[str, Any] | None = None) -> dict[str, bytes]:
    return {"assessment.json": json.dumps(document or assessment()).encode()}


def register(*rows: list[object], **other: object) -> dict[str, Any]:
    fields = [{"code": code} for code in ("number", "city", "sum")]
    return {
        "code": "funds", "area": "funds", "title": {"zh": "资金", "en": "Funds"}, "key": ["number"],
        "fields": fields, "rows": list(rows), **other,
    }  # fmt: skip
