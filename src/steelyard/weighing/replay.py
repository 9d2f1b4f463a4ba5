#!/usr/bin/env python3
"""复算：由公布的数据包重新算出得分、名次和等级，全程用精确分数，只在显示时取整。
Replay: from a published package, the scores, ranks and grades of an assessment computed again,
in exact fractions; only what is shown is rounded.

读什么 What it reads, in its own folder (or in one named as an argument):
    scheme.json    考核细则 | the scheme: units, items and their rules, grades, vetoes
    values.csv     所用数据 | the values used       lists/*.csv  明细表 | several rows a unit
    ranking.csv    公布的结果 | the published result, for --check
怎么运行 How to run it (只需 Python 3.11 及以上 | with Python 3.11 or later, nothing else):
    python3 replay.py               重新算出排名 | the ranking, computed again
    python3 replay.py --check       与 ranking.csv 比对 | compares; exit 1 and lists differences
    python3 replay.py --unit CODE   某单位各项得分 | the points of each item of one unit

自上而下读：数据包、公式、计分规则、指标树、名次和等级。不过三百行，故排得紧凑。
Read it from the top: package, formulas, parts of a rule, tree of items, ranks and grades. It keeps
to 300 lines, hence its close-set type. What the words mean: docs/guides/write_a_scheme.md.
"""

# ruff: noqa: E401, E701, I001
# mypy: allow-untyped-defs, allow-untyped-calls, allow-incomplete-defs
# fmt: off
import ast, csv, json, math, operator, re, statistics
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

class Missing(Exception): """A value that is needed is missing. (No base: ZeroDivisionError.)"""
class Fault(Exception): """The package cannot be weighed."""
remembered = lru_cache(maxsize=100_000)
QUOTED = r""""[^"]*"|'[^']*'"""
ITEM = {"parent": "", "kind": "item", "combine": "sum", "not_applicable": "rescale", "weight": 1,
        "not_applicable_if": "no", "zero_if": "no", "full_if": "no", "adjust": [], "rule": [], "on": {}}
STATES = {"missing": "refuse", "no_base": "refuse", "no_material": "zero", "unreliable": "zero", "late": "ignore"}

# ---- 数据包 The package ----
def number(text):
    """An exact number: 12, "0.5", "1/3" or "92.3%"."""
    text = str(text).strip()
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)

def days(text): return Fraction(date.fromisoformat(text).toordinal())

def typed(text, kind):
    read: Any = {"yes_no": "yes".__eq__, "text": str, "date": days}.get(kind, number)
    return read(text) if text else None

def table(path):
    with path.open(encoding="utf-8-sig", newline="") as file: return list(csv.DictReader(file))

class Package:
    """The published package as it was read; values and rows by unit, name and periods back."""
    def __init__(self, folder):
        self.scheme = read = json.loads((folder / "scheme.json").read_text("utf-8-sig"))
        level, period = read.get("within"), read["period"]
        self.units = {u["code"]: u for u in read["units"] if (u.get("parent") or None) == level}
        self.quantities = {q["code"]: q for q in read.get("quantities", [])}
        for row in read.get("figures", []):  # a dated one: as it is on the period's first day
            dated = row.get("dated", [{"from": "", **row}])
            held = [d for d in dated if d["from"] <= period["starts"]]
            self.quantities[row["code"]] = {"formula": max(held, key=lambda d: d["from"])["value"]}
        root = {**read.get("total", {}), "code": "", "on": {**STATES, **read.get("on", {})}}
        self.items = {i["code"]: {**ITEM, **i, "children": []} for i in [root, *read["items"]]}
        for item in read["items"]:
            self.items[item.get("parent", "")]["children"].append(self.items[item["code"]])
        back = {label: i for i, label in enumerate([period["label"], *period["earlier"]])}
        types = {i["code"]: i["type"] for i in read.get("inputs", [])}
        self.values, self.statuses, self.rows = {}, {}, {}
        for cell in table(folder / "values.csv"):
            key = cell["unit"], cell["input"], back.get(cell["period"])
            absent = cell["status"] in ("missing", "not_applicable")
            self.values[key] = None if absent else typed(cell["value"], types.get(cell["input"]))
            self.statuses[key] = cell["status"]
        for name, columns in read.get("lists", {}).items():
            self.rows |= {(unit, name, i): [] for unit in self.units for i in back.values()}
            for row in table(folder / "lists" / f"{name}.csv"):
                self.rows.setdefault((row["unit"], name, back.get(row["period"])), []).append(
                    {column: typed(row[column], kind) for column, kind in columns.items()})

@dataclass(frozen=True)
class Here:
    """Where a formula is asked: of which unit, how many periods back, in which item and row."""
    package: Package
    unit: str
    back: int = 0
    full: Any = field(default=None, compare=False)  # the item's full points
    names: Any = field(default_factory=dict, compare=False)  # the columns of a list's row, and x
    def with_names(self, names): return replace(self, names=self.names | names)
    def units(self, scope="all"):
        """The same place in every unit, or in every unit of the peer group."""
        group = {code: unit.get("group") for code, unit in self.package.units.items()}
        near = [code for code in group if scope == "all" or group[code] == group[self.unit]]
        return [replace(self, unit=code) for code in near]
    def rows(self, name):
        rows = needed(self.package.rows.get((self.unit, name, self.back)), name)
        return [self.with_names(row) for row in rows]

# ---- 公式 Formulas ----
@remembered
def parsed(text):
    """The tree of a formula: 98% is (98/100); numbers and names are exactly as written."""
    percent = QUOTED + r"|(\d+\.?\d*|\.\d+)\s*%"
    source = "(" + re.sub(percent, lambda m: f"({m[1]}/100)" if m[1] else m[0], text) + ")"
    tree = ast.parse(source, mode="eval").body
    for node in ast.walk(tree):
        written: Any = ast.get_source_segment(source, node)
        if isinstance(node, ast.Name): node.id = written
        if type(getattr(node, "value", None)) in (int, float): vars(node)["value"] = Fraction(written)
    return tree

def value(formula, here): return evaluate(parsed(str(formula)), here)

def tried(formula, here):
    try: return value(formula, here)
    except (Missing, ZeroDivisionError): return None

def needed(found, what):
    if found is None: raise Missing(what)
    return found

OPERATORS: Any = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.In: lambda x, several: x in several,
    ast.USub: operator.neg, ast.Not: operator.not_, ast.And: all, ast.Or: any}

def evaluate(node, here):
    act = OPERATORS.get(type(getattr(node, "op", None)))
    def of(*nodes): return (evaluate(each, here) for each in nodes)
    match node:
        case ast.Constant(): return node.value
        case ast.Name(): return needed(look_up(node.id, here), f"{here.unit}: {node.id}")
        case ast.Tuple(): return list(of(*node.elts))
        case ast.UnaryOp(): return act(*of(node.operand))
        case ast.BinOp(): return act(*of(node.left, node.right))
        case ast.BoolOp(): return act(of(*node.values))  # stops early
        case ast.IfExp(): return next(of(node.body if next(of(node.test)) else node.orelse))
        case ast.Compare():
            values = list(of(node.left, *node.comparators))
            return all(OPERATORS[type(o)](*two) for o, *two in zip(node.ops, values, values[1:]))
        case ast.Call(): return called(node.func.id, [*node.args, *(k.value for k in node.keywords)], here)
    raise Fault(f"not a formula: {ast.unparse(node)}")

def look_up(name, here):
    """What a name stands for: a column of the row first, then of the scheme, then of the data."""
    if name in here.names: return here.names[name]
    if name in ("yes", "no"): return name == "yes"
    if name == "full": return here.full
    if name == "total": return total(here)
    if name in here.package.quantities: return quantity(name, replace(here, full=None, names={}))
    return here.package.values.get((here.unit, name, here.back))

@remembered
def quantity(code, here):
    row = here.package.quantities[code]
    return value(row["formula"], here) if "formula" in row else points_of(row["rule"], here)

def rounded(x, places=0):
    """Rounded to so many places, halves away from zero."""
    scale = Fraction(10) ** int(places)
    return Fraction(math.floor(abs(x) * scale + Fraction(1, 2)) * (-1 if x < 0 else 1)) / scale

def mean(numbers): return sum(numbers, Fraction()) / len(numbers)

def growth(ago, base_if_zero=0):
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

def statistic(what, numbers):
    zero = Fraction() if what in ("sum", "count", "highest", "lowest") else None
    return STATISTICS[what](numbers) if numbers else needed(zero, f"{what} of nothing")

def called(name, given, here):
    """The value of a function; all but the plain ones choose where their argument is asked."""
    def ago(periods): return evaluate(of, replace(here, back=here.back + periods))
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
