"""``steelyard sample --out DIR``: make the sample records of a bundled region, as deliveries."""

from __future__ import annotations

import argparse
from pathlib import Path

from steelyard.cli.snapshots import whole_number
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.regions import SAMPLED


def run(asked: argparse.Namespace) -> int:
    from steelyard.records.sample.write import write_sample
    from steelyard.records.snapshot.beside import folder_beside

    seed = whole_number(asked.seed, "--seed", 0)
    if asked.region not in SAMPLED:
        listed = ", ".join(SAMPLED)
        what = Text(
            f"没有地区“{asked.region}”的样本", f"no sample of the region {asked.region!r} ships"
        )
        mend = Text(f"可用：{listed}", f"use one of {listed}")
        raise Faulty([Fault("unknown-region", what, mend, Where(file="--region"))])
    if asked.out.exists() and any(asked.out.iterdir()):
        what = Text("文件夹不是空的", "the folder is not empty")
        mend = Text("请另选文件夹", "name another folder")
        raise Faulty([Fault("exists-already", what, mend, Where(file=str(asked.out)))])
    with folder_beside(asked.out) as beside:
        rows = write_sample(SAMPLED[asked.region], beside / "new", seed)
        if asked.out.exists():
            asked.out.rmdir()
        (beside / "new").replace(asked.out)
    print(told(rows, asked.out).say(asked.lang))
    return 0


def told(rows: int, out: Path) -> Text:
    return Text(
        f"{rows:,}行样本记录已写在{out}。", f"{rows:,} rows of sample records are in {out}."
    )
