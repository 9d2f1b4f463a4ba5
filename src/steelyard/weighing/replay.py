#!/usr/bin/env python3
"""复算：由公布的数据包重新算出考核的得分、名次和等级。全程用精确分数，只在显示时取整。
Replay: from a published package, the scores, ranks and grades of an assessment computed again,
in exact fractions; only what is shown is rounded.

读什么 What it reads, in its own folder (or in one named as an argument):
    scheme.json    考核细则 | the scheme: units, items and their rules, grades, vetoes
    values.csv     所用数据 | the values used       lists/*.csv  明细表 | several rows a unit
    ranking.csv    公布的结果 | the published result, for --check
怎么运行 How to run it (只需 Python 3.11 及以上 | with Python 3.11 or later, nothing else):
    python3 replay.py               重新算出排名 | the ranking, computed again
    python3 replay.py --check       与 ranking.csv 比对 | compares; exit 1 and lists differences
    python3 replay.py --unit CODE   某单位各项指标得分 | the points of each item of one unit

自上而下读：数据包、公式、计分规则、指标树、名次和等级。不过三百行，故排得紧凑。
Read it from the top: package, formulas, parts of a rule, tree of items, ranks and grades. It keeps
to 300 lines, hence its close-set type; docs/guides/write_a_scheme.md says what each word means.
"""

# ruff: noqa: E401, E701, I001, N818
# fmt: off
import argparse, ast, csv, json, math, operator, re, statistics, sys
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any
OTHERS, remembered = "mean_of_others", lru_cache(maxsize=100_000)

class Missing(Exception): """A value that is needed is missing. (No base: ZeroDivisionError.)"""
class Fault(Exception): """The package cannot be weighed."""

# ---- 数据包 The package ----
def number(text: Any) -> Fraction:
    """An exact number: 12, "0.5", "1/3" or "92.3%"."""
    text = str(text).strip()
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)

def days(text: str) -> Fraction: return Fraction(date.fromisoformat(text).toordinal())

def typed(text: str, kind: Any) -> Any:
    read: Any = {"yes_no": "yes".__eq__, "text": str, "date": days}.get(kind, number)
    return read(text) if text else None

def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file: return list(csv.DictReader(file))

def figure(row: Any, day: str) -> Fraction:
    """A number of the scheme; of a dated one, what is in force on the period's first day."""
    held = [d for d in row.get("dated", [{"from": day, **row}]) if d["from"] <= day]
    return number(max(held, key=lambda d: d["from"])["value"])

class Package:
    """The published package as it was read; values and rows by unit, name and periods back."""
    def __init__(self, folder: Path) -> None:
        self.scheme = read = json.loads((folder / "scheme.json").read_text("utf-8-sig"))
        level, starts = read.get("within"), read["period"].get("starts", "")
        self.units = {u["code"]: u for u in read["units"] if (u.get("parent") or None) == level}
        self.figures = {f["code"]: figure(f, starts) for f in read.get("figures", [])}
        self.quantities = {q["code"]: q for q in read.get("quantities", [])}
        self.items = {i["code"]: i for i in [{**read.get("total", {}), "code": ""}, *read["items"]]}
        periods, types = [read["period"]["label"], *read["period"]["earlier"]], self.types(read)
        back = {label: number for number, label in enumerate(periods)}
        self.values, self.statuses, self.rows = {}, {}, {}
        for cell in table(folder / "values.csv"):
            key = cell["unit"], cell["input"], back.get(cell["period"])
            self.values[key] = typed(cell["value"], types.get(cell["input"]))
            self.statuses[key] = cell["status"]
        for name, columns in read.get("lists", {}).items():
            self.rows |= {(unit, name, n): [] for unit in self.units for n in back.values()}
            for row in table(folder / "lists" / f"{name}.csv"):
                self.rows[row["unit"], name, back[row["period"]]].append(
                    {column: typed(row[column], kind) for column, kind in columns.items()})

@dataclass(frozen=True)
class Here:
    """Where a formula is asked: of which unit, how many periods back, in which item and row."""
    package: Package
    unit: str
    back: int = 0
    full: Any = field(default=None, compare=False)  # the item's full points
    names: Any = field(default_factory=dict, compare=False)  # the columns of a list's row, and x

    def units(self, scope: str = "all") -> list["Here"]:
        """The same place in every unit, or in every unit of the peer group."""
        group = {code: unit.get("group") for code, unit in self.package.units.items()}
        near = [code for code in group if scope == "all" or group[code] == group[self.unit]]
        return [replace(self, unit=code) for code in near]

    def rows(self, name: str) -> list["Here"]:
        rows = needed(self.package.rows.get((self.unit, name, self.back)), name)
        return [replace(self, names=self.names | row) for row in rows]

# ---- 公式 Formulas ----
@remembered
def parsed(text: str) -> ast.expr:
    """The tree of a formula: 98% is (98/100); numbers and names are exactly as written."""
    percent = r""""[^"]*"|'[^']*'|(\d+\.?\d*|\.\d+)\s*%"""
    source = "(" + re.sub(percent, lambda m: f"({m[1]}/100)" if m[1] else m[0], text) + ")"
    tree = ast.parse(source, mode="eval").body
    for node in ast.walk(tree):
        if isinstance(node, ast.Name): node.id = str(ast.get_source_segment(source, node))
        if isinstance(node, ast.Constant) and not isinstance(node.value, str):
            vars(node)["value"] = Fraction(str(ast.get_source_segment(source, node)))
    return tree

def value(formula: Any, here: Here) -> Any: return evaluate(parsed(str(formula)), here)

def tried(node: ast.expr, here: Here) -> Any:
    try: return evaluate(node, here)
    except (Missing, ZeroDivisionError): return None

def needed(found: Any, what: str) -> Any:
    if found is None: raise Missing(what)
    return found

OPERATORS: Any = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.In: lambda x, several: x in several,
    ast.USub: operator.neg, ast.Not: operator.not_, ast.And: all, ast.Or: any}

def evaluate(node: Any, here: Here) -> Any:
    def of(*nodes: Any) -> Any: return (evaluate(each, here) for each in nodes)
    match node:
        case ast.Constant(value=constant): return constant
        case ast.Name(id=name): return needed(look_up(name, here), f"{here.unit}: {name}")
        case ast.Tuple(elts=parts): return list(of(*parts))
        case ast.UnaryOp(op=op, operand=x): return OPERATORS[type(op)](*of(x))
        case ast.BinOp(left=x, op=op, right=y): return OPERATORS[type(op)](*of(x, y))
        case ast.BoolOp(op=op, values=parts): return OPERATORS[type(op)](of(*parts))  # stops early
        case ast.IfExp(test=c, body=x, orelse=y): return evaluate(x if evaluate(c, here) else y, here)
        case ast.Compare(left=x, ops=ops, comparators=parts):
            values = list(of(x, *parts))
            return all(OPERATORS[type(op)](*xy) for op, *xy in zip(ops, values, values[1:]))
        case ast.Call(func=ast.Name(id=name), args=parts, keywords=options):
            return called(name, [*parts, *(option.value for option in options)], here)
    raise Fault(f"not a formula: {ast.unparse(node)}")

def look_up(name: str, here: Here) -> Any:
    """What a name stands for: a column of the row first, then of the scheme, then of the data."""
    package, key = here.package, (here.unit, name, here.back)
    if name in here.names: return here.names[name]
    if name in ("yes", "no"): return name == "yes"
    if name == "full": return here.full
    if name == "total": return total(here)
    if name in package.figures: return package.figures[name]
    if name in package.quantities: return quantity(name, replace(here, full=None, names={}))
    gone = package.statuses.get(key) in ("missing", "not_applicable")
    return None if gone else package.values.get(key)

@remembered
def quantity(code: str, here: Here) -> Any:
    row = here.package.quantities[code]
    return value(row["formula"], here) if "formula" in row else points_of(row["rule"], here)

def rounded(x: Fraction, places: Any = 0) -> Fraction:
    """Rounded to so many places, halves away from zero."""
    scale = Fraction(10) ** int(places)
    return Fraction(math.floor(abs(x) * scale + Fraction(1, 2)) * (-1 if x < 0 else 1)) / scale

def mean(numbers: Any) -> Any: return sum(numbers, Fraction()) / len(numbers)

def growth(ago: Any, base_if_zero: Any = Fraction()) -> Any:
    base = ago(1) or base_if_zero
    return (ago(0) - base) / base

PLAIN: Any = {
    "min": min, "max": max, "abs": abs, "round": rounded, "date": days,
    "floor": lambda x: Fraction(math.floor(x)), "ceil": lambda x: Fraction(math.ceil(x)),
    "at_least": lambda least, *conditions: sum(conditions) >= least}
TIME: Any = {
    "last": lambda ago, back=1: ago(int(back)), "growth": growth,
    "mean_of_last": lambda ago, n: mean([ago(1 + i) for i in range(int(n))])}
STATISTICS: Any = {
    "sum": sum, "count": sum, "highest": max, "lowest": min,  # these four are 0 of nothing
    "total": sum, "mean": mean, "median": statistics.median, "max": max, "min": min}

def statistic(what: str, numbers: list[Any]) -> Any:
    zero = Fraction() if what in ("sum", "count", "highest", "lowest") else None
    return STATISTICS[what](numbers) if numbers else needed(zero, f"{what} of nothing")

def called(name: str, given: list[Any], here: Here) -> Any:
    """The value of a function; all but the plain ones choose where their argument is asked."""
    def ago(periods: int) -> Any: return evaluate(of, replace(here, back=here.back + periods))
    of, *more = given
    if name in PLAIN: return PLAIN[name](*(evaluate(each, here) for each in given))
    if name in TIME: return TIME[name](ago, *(evaluate(each, here) for each in more))
    if name in TREE: return needed(TREE[name](of.value, here), f"{here.unit}: {name} {of.value}")
    if name == "known": return tried(of, here) is not None
    if name.endswith("_of"):
        formula, conditions = (ONE, more) if name == "count_of" else (more[0], more[1:])
        rows = [row for row in here.rows(of.id) if all(evaluate(c, row) for c in conditions)]
        return statistic(name[:-3], [evaluate(formula, row) for row in rows])
    scope, what = name.split("_")
    numbers = [n for there in here.units(scope) if (n := tried(of, there)) is not None]
    if what != "rank": return statistic(what, numbers)
    return Fraction(1 + sum(n > mine for mine in [evaluate(of, here)] for n in numbers))

# ---- 计分规则 Parts of a rule ----
def points_of(part: Any, here: Here) -> Any:
    """The points that a part of a rule gives, or the sum of a list of parts."""
    if isinstance(part, list): return sum((points_of(each, here) for each in part), Fraction())
    if not value(part.get("when", "yes"), here): return value(part.get("otherwise", 0), here)
    kind = next(kind for kind in PARTS if kind in part)
    gain = PARTS[kind](part, here) * value(part.get("times", 1), here)
    if "at_most" in part: gain = min(gain, value(part["at_most"], here))
    if kind == "deduct": return -gain
    return max(gain, value(part["at_least"], here)) if "at_least" in part else gain

def in_band(band: str, x: Any, here: Here) -> Any:
    """Whether a band such as ">= 90%" or "[80%, 90%)" holds x."""
    edges = re.fullmatch(r"([\[(])(.*),(.*)([\])])", band.strip())
    sign = {"[": "<=", "]": "<=", "(": "<", ")": "<", "=": "=="}
    if edges: test = f"({edges[2]}) {sign[edges[1]]} x {sign[edges[4]]} ({edges[3]})"
    else: test = re.sub(r"^([<>]=?|=)(.*)", lambda m: f"x {sign.get(m[1], m[1])} ({m[2]})", band)
    return value(test, replace(here, names={"x": x}))

def chosen(cells: list[Any], part: Any, here: Here) -> Any:
    if not cells and "otherwise" not in part: raise Fault(f"{here.unit}: no row or band of {part}")
    return value(cells[0] if cells else part["otherwise"], here)

def ladder(part: Any, here: Here) -> Any:
    x = value(part["ladder"], here)
    cells = [points for band, points in part["steps"] if in_band(band, x, here)]
    return chosen(cells, part, replace(here, names=here.names | {"x": x}))

def looked_up(part: Any, here: Here) -> Any:
    x = value(part["table"], here)
    def equals(key: str) -> bool: return (key if isinstance(x, str) else value(key, here)) == x
    return chosen([points for key, points in part["rows"].items() if equals(key)], part, here)

def matrix(part: Any, here: Here) -> Any:
    down, across = (value(formula, here) for formula in part["matrix"])
    rows = [cells for band, cells in zip(part["rows"], part["cells"]) if in_band(band, down, here)]
    columns = [i for i, band in enumerate(part["columns"]) if in_band(band, across, here)]
    return chosen([cells[i] for cells in rows for i in columns], part, here)

def steps(part: Any, here: Here) -> Any:
    """`each`, times the steps of size `per` in the value."""
    size = max(value(part.get("add", part.get("deduct")), here), Fraction())
    whole = {"full": math.floor, "started": math.ceil}.get(part.get("count", "exact"), Fraction)
    return value(part.get("each", 1), here) * whole(size / value(part.get("per", 1), here))

def proportion(part: Any, here: Here) -> Any:
    most, target = value(part.get("points", "full"), here), value(part["target"], here)
    if target < 0: raise Fault(f"{here.unit}: a target below 0: {part}")
    return min(max(most * value(part["proportion"], here) / target, Fraction()), most)

def for_each(part: Any, here: Here) -> Any:
    once, counted = part.get("once_per", []), {}
    for place, row in enumerate(here.rows(part["for_each"])):
        if not value(part.get("where", "yes"), row): continue
        columns = [once] if isinstance(once, str) else once
        key: Any = [value(column, row) for column in columns] or place
        gain = points_of(part["score"], row)
        if abs(gain) > abs(counted.get(str(key), 0)): counted[str(key)] = gain
    trim, gains = int(part.get("trim", 0)), sorted(counted.values())
    keep = part.get("keep", "sum").removeprefix("trimmed_")
    return statistic(keep, gains[trim : len(gains) - trim])

PARTS: Any = {  # a proportion too has `points`, so that they are asked last
    "ladder": ladder, "table": looked_up, "matrix": matrix, "add": steps, "deduct": steps,
    "proportion": proportion, "for_each": for_each,
    "sum": lambda part, here: points_of(part["sum"], here),
    "best": lambda part, here: max(points_of(each, here) for each in part["best"]),
    "worst": lambda part, here: min(points_of(each, here) for each in part["worst"]),
    "first": lambda part, here: next((points_of(each, here) for each in part["first"]
                                      if value(each.get("when", "yes"), here)), Fraction()),
    "points": lambda part, here: value(part["points"], here)}
