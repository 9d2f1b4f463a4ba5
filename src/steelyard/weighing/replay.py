#!/usr/bin/env python3
"""复算：由公布的数据包，重新算出考核的得分、名次和等级。
Replay: from a published package, computes the scores, ranks and grades of an assessment again.

怎么运行（只需 Python 3.11 及以上） How to run it (Python 3.11 or later is all it needs):
    python3 replay.py               重新算出排名 | the ranking, computed again
    python3 replay.py --check       与 ranking.csv 比对，不一致则列出并以状态 1 退出 | compare with it
    python3 replay.py --unit CODE   一个被考核单位各项指标的得分 | the points of one unit, item by item

读什么（与本文件同一文件夹） What it reads, in its own folder:
    scheme.json    考核细则 | the scheme: units, items and their rules, grades, vetoes
    values.csv     所用数据 | the values used: unit, input, period, value, status
    lists/*.csv    明细表 | lists of cases, events and the like: several rows a unit
    ranking.csv    公布的结果 | the published result; read only by --check

自始至终用精确分数计算，只在显示时取整。请自上而下读：数据包、公式、计分规则、指标树、名次和等级。
All of it is computed in exact fractions; only what is shown is rounded. Read it from the top: package,
formulas, parts of a rule, tree of items, ranks and grades. Its words are those of the guide
"How to write a scheme" (docs/guides/write_a_scheme.md of Steelyard).
"""

import argparse, ast, csv, json, math, operator, re, statistics, sys  # noqa: E401, I001
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from fractions import Fraction

