"""Cases of the mix that Guangdong's courts had in 2021, to be routed in numbers.

The numbers of civil cases by right are real (white paper of Guangdong's courts for 2021); kinds of
patents, places, amounts and days within them are drawn, seeded, and mean nothing.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

OF_2021 = {
    "copyright": 134_217,
    "trademark": 20_457,
    "patent": 9_647,
    "unfair": 1_312,
    "rest": 6_512,
}
CAUSES = {
    "copyright": ("侵害作品信息网络传播权纠纷", "著作权权属纠纷", "侵害计算机软件著作权纠纷"),
    "trademark": ("侵害商标权纠纷",),
    "patent": ("侵害外观设计专利权纠纷", "侵害实用新型专利权纠纷", "侵害发明专利权纠纷"),
    "unfair": ("侵害技术秘密纠纷", "侵害经营秘密纠纷"),
    "rest": ("特许经营合同纠纷", "技术服务合同纠纷"),
}
PLACES = (
    "广州市天河区", "广州市番禺区", "深圳市南山区", "深圳市福田区", "佛山市顺德区", "东莞市",
    "中山市", "江门市江海区", "江门市开平市", "汕头市", "惠州市", "珠海市",
)  # fmt: skip
FIRST, LAST = date(2019, 1, 1), date(2025, 12, 31)


def make(rows: int, path: Path) -> None:
    """Write so many cases to a Parquet file; the same for the same number."""
    chance = np.random.default_rng(2021)
    kinds = list(OF_2021)
    share = np.asarray([OF_2021[kind] for kind in kinds]) / sum(OF_2021.values())
    names = [name for kind in kinds for name in CAUSES[kind]]
    weight = np.concatenate(
        [np.full(len(CAUSES[k]), s / len(CAUSES[k])) for k, s in zip(kinds, share, strict=True)]
    )
    filed = (
        chance.integers(FIRST.toordinal(), LAST.toordinal(), rows) - date(1970, 1, 1).toordinal()
    )
    judged = filed + chance.integers(30, 700, rows)
    amounts = np.rint(np.exp(chance.normal(11, 2, rows)) * 100) / 100
    table = pa.table(
        {
            "id": pa.array(np.arange(rows), pa.int64()),
            "cause": pa.array(np.asarray(names)[chance.choice(len(names), rows, p=weight)]),
            "place": pa.array(np.asarray(PLACES)[chance.integers(0, len(PLACES), rows)]),
            "filed": pa.array(filed, pa.int32()).cast(pa.date32()),
            "judged": pa.array(judged, pa.int32(), mask=chance.random(rows) < 0.2).cast(
                pa.date32()
            ),
            "amount": pa.array(amounts).cast(pa.decimal128(18, 2)),
            "parties": pa.array(
                np.asarray(["inside", "outside", "foreign"])[chance.integers(0, 3, rows)]
            ),
        }
    )
    pq.write_table(table, path)


def route(source: str, target: str) -> None:
    from steelyard.courts.court_rules import CourtRules
    from steelyard.courts.rules.jurisdiction.routing import route_file

    rules = CourtRules.of("guangdong")
    route_file(Path(source), Path(target), rules=rules.jurisdiction, causes=rules.causes)


def copy(source: str, target: str) -> None:
    import duckdb

    duckdb.execute(f"COPY (FROM '{source}') TO '{target}' (FORMAT parquet)")


if __name__ == "__main__":
    {"route": route, "copy": copy}[sys.argv[1]](*sys.argv[2:])
