#!/usr/bin/env python3
"""复算：由公布的数据包重新算出得分、名次和等级，全程用精确分数，只在显示时取整。
Replay: computes the scores, ranks and grades of a published package again, in exact fractions;
only what is shown is rounded. Python 3.11 or later is all it needs (只需 Python 3.11 及以上):
    python3 replay.py               重新算出排名 | the ranking, computed again
    python3 replay.py --check       与 ranking.csv 比对 | lists what differs from it; exit status 1
    python3 replay.py --unit CODE   某单位各项得分 | the points of each item of one unit
It reads, in its own folder or in one that is named (读取所在文件夹或所指文件夹中的):
    scheme.json    考核细则 | the scheme: units, items and their rules, grades, vetoes
    values.csv     所用数据 | the values used       lists/*.csv  明细表 | several rows a unit
    ranking.csv    公布的结果 | the published result, for --check
自上而下读 Read it from the top: 数据包 package, 公式 formulas, 计分规则 parts of a rule,
指标树 tree of items, 名次和等级 ranks and grades. docs/guides/write_a_scheme.md says what the
words mean. 不过三百行，故排得紧凑 It keeps to 300 lines, hence its close-set type.
"""

# ruff: noqa: E701
# mypy: ignore-errors
# fmt: off
import ast
import csv
import functools
import io
import itertools
import json
import math
import operator as o
import re
import statistics
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

remembered = functools.lru_cache(maxsize=100_000)
NAMES = {"yes": True, "no": False}
ON = {"missing": "refuse", "no_base": "refuse", "no_material": "zero", "unreliable": "zero"}
ITEM = {"parent": "", "kind": "item", "combine": "sum", "not_applicable": "rescale", "weight": 1,
        "not_applicable_if": "no", "zero_if": "no", "full_if": "no", "rule": [], "adjust": []}
class Missing(Exception): """A value that is needed is missing. (No base: ZeroDivisionError.)"""

# ---- 数据包 The package ----
def number(text):  # 12, "0.5", "1/3" or "92.3%"
    text = str(text).strip()
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
def days(text): return Fraction(date.fromisoformat(text).toordinal())
TYPES = {"yes_no": "yes".__eq__, "text": str, "date": days}
def typed(text, kind): return TYPES.get(kind, number)(text) if text else None
def table(path): return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))

class Package:  # the published package as read; values by (unit, input, periods back)
    def __init__(self, folder):
        self.scheme = read = json.loads((folder / "scheme.json").read_text("utf-8-sig"))
        units = [u for u in read["units"] if (u.get("parent") or None) == read.get("within")]
        self.units = {unit["code"]: unit.get("group") for unit in units}
        self.quantities = {q["code"]: q for q in read.get("quantities", [])}
        for row in read.get("figures", []):  # of a dated one, what holds on the period's first day
            held = [d for d in row.get("dated", []) if d["from"] <= read["period"]["starts"]]
            self.quantities[row["code"]] = {"formula": max(held, key=o.itemgetter("from"), default=row)["value"]}
        root = {**read.get("total", {}), "code": "", "on": read.get("on", {})}
        self.items = {i["code"]: {"on": {}, **ITEM, **i, "children": []} for i in [*read["items"], root]}
        for item in read["items"]: self.items[item.get("parent", "")]["children"].append(self.items[item["code"]])
        periods = [read["period"]["label"], *read["period"]["earlier"]]
        back = {label: i for i, label in enumerate(periods)}
        types = {i["code"]: i["type"] for i in read.get("inputs", [])}
        self.values, self.states, self.rows, self.periods = {}, {}, {}, len(back)
        for row in table(folder / "values.csv"):
            key = row["unit"], row["input"], back.get(row["period"])
            self.states[key] = row["status"]
            if row["status"] not in ("missing", "not_applicable"):
                self.values[key] = typed(row["value"], types.get(row["input"]))
        for name, columns in read.get("lists", {}).items():
            for row in table(folder / "lists" / f"{name}.csv"):
                rows = self.rows.setdefault((row["unit"], name, back.get(row["period"])), [])
                rows.append({column: typed(row[column], kind) for column, kind in columns.items()})

@dataclass(frozen=True)
class Here:  # where a formula is asked: of which unit, how many periods back, with which names
    package: Package
    unit: str
    back: int = 0
    names: dict = field(default_factory=NAMES.copy, compare=False)  # full, x, a list's columns
    def naming(self, **names): return replace(self, names=self.names | names)
    def rows(self, name):
        return [self.naming(**row) for row in self.package.rows.get((self.unit, name, self.back), [])]
    def units(self, scope="all"):  # the same place in every unit, or in every unit of its group
        units = self.package.units
        return [replace(self, unit=u) for u in units if scope == "all" or units[u] == units[self.unit]]

# ---- 公式 Formulas ----
@remembered
def parsed(text):  # its tree: 98% is (98/100); numbers and names are exactly as written
    percent = r""""[^"]*"|'[^']*'|(\d+\.?\d*|\.\d+)\s*%"""
    source = "(" + re.sub(percent, lambda m: f"({m[1]}/100)" if m[1] else m[0], text) + ")"
    tree = ast.parse(source, mode="eval").body
    for node in ast.walk(tree):
        written = ast.get_source_segment(source, node)
        if isinstance(node, ast.Name): node.id = written
        if type(getattr(node, "value", None)) in (int, float): node.value = Fraction(written)
    return tree

OPERATORS = {ast.Add: o.add, ast.Sub: o.sub, ast.Mult: o.mul, ast.Div: o.truediv, ast.USub: o.neg,
    ast.Lt: o.lt, ast.LtE: o.le, ast.Gt: o.gt, ast.GtE: o.ge, ast.Eq: o.eq, ast.NotEq: o.ne,
    ast.In: lambda x, several: x in several, ast.Not: o.not_, ast.And: all, ast.Or: any}
def value(formula, here):  # of a formula, as text or as a tree
    node = formula if isinstance(formula, ast.expr) else parsed(str(formula))
    parts = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
    values = (value(part, here) for part in parts)  # one by one, as they are asked for
    match node:
        case ast.Constant(): return node.value
        case ast.Name(): return needed(look_up(node.id, here), f"{here.unit}: {node.id}")
        case ast.Call(): return called(node.func.id, [*node.args, *(k.value for k in node.keywords)], here)
        case ast.IfExp(): return value(parts[1 if next(values) else 2], here)
        case ast.BoolOp(): return OPERATORS[type(node.op)](values)
        case ast.UnaryOp() | ast.BinOp(): return OPERATORS[type(node.op)](*values)
        case ast.Tuple(): return list(values)
    pairs = itertools.pairwise(list(values))  # of a comparison
    return all(OPERATORS[type(sign)](*pair) for sign, pair in zip(node.ops, pairs))

def tried(formula, here):
    try: return value(formula, here)
    except (Missing, ZeroDivisionError): return None
def needed(found, what):
    if found is None: raise Missing(what)
    return found
def look_up(name, here):  # a name of the item or row first, then of the scheme, then of the data
    if name in here.names: return here.names[name]
    if name == "total": return total(here)
    if name in here.package.quantities: return quantity(name, replace(here, names=NAMES))
    return here.package.values.get((here.unit, name, here.back))
@remembered
def quantity(code, here):
    row = here.package.quantities[code]
    return value(row["formula"], here) if "formula" in row else points_of(row["rule"], here)

def floor(x): return Fraction(math.floor(x))
def ceil(x): return Fraction(math.ceil(x))
def rounded(x, places=0):  # halves away from zero
    scale = Fraction(10) ** int(places)
    return floor(abs(x) * scale + Fraction(1, 2)) * (-1 if x < 0 else 1) / scale
def mean(numbers): return sum(numbers) / Fraction(len(numbers))
PLAIN = {"min": min, "max": max, "abs": abs, "floor": floor, "ceil": ceil, "round": rounded,
    "date": days, "at_least": lambda least, *conditions: sum(conditions) >= least}
TIME = {"last": lambda ago, back=1: ago(back),
    "mean_of_last": lambda ago, n: mean([ago(1 + i) for i in range(int(n))]),
    "growth": lambda ago, if_zero=0: (ago(0) - (ago(1) or if_zero)) / (ago(1) or if_zero)}
STATISTICS = {"sum": sum, "count": sum, "highest": max, "lowest": min, "total": sum, "mean": mean,
    "median": statistics.median, "max": max, "min": min}
def statistic(what, numbers):  # of nothing, the first four are 0 and the others missing
    nothing = [Fraction()] if what in ("sum", "count", "highest", "lowest") else None
    return STATISTICS[what](numbers or needed(nothing, f"{what} of nothing"))

def called(name, given, here):  # all functions but the plain ones choose where `of` is asked
    def ago(n):
        needed(True if here.back + n < here.package.periods else None, f"{here.unit}: {n} periods ago")
        return value(of, replace(here, back=here.back + int(n)))
    of, *more = given
    if name in PLAIN: return PLAIN[name](*(value(each, here) for each in given))
    if name in TIME: return TIME[name](ago, *(value(each, here) for each in more))
    if name in TREE: return needed(TREE[name](of.value, here), f"{here.unit}: {name} {of.value}")
    if name == "known": return tried(of, here) is not None
    if name.endswith("_of"):
        of_row, conditions = ("1", more) if name == "count_of" else (more[0], more[1:])
        rows = [row for row in here.rows(of.id) if all(value(c, row) for c in conditions)]
        return statistic(name[:-3], [value(of_row, row) for row in rows])
    scope, what = name.split("_")
    numbers = [n for there in here.units(scope) if (n := tried(of, there)) is not None]
    if what != "rank": return statistic(what, numbers)
    return Fraction(1 + sorted(numbers, reverse=True).index(value(of, here)))

# ---- 计分规则 Parts of a rule ----
def points_of(part, here):  # of one part, or the sum of a list of parts
    if isinstance(part, list): return sum((points_of(each, here) for each in part), Fraction())
    if not value(part.get("when", "yes"), here): return value(part.get("otherwise", 0), here)
    kind = next(kind for kind in PARTS if kind in part)
    gain = PARTS[kind](part[kind], part, here) * value(part.get("times", 1), here)
    if "at_most" in part: gain = min(gain, value(part["at_most"], here))
    if kind == "deduct": return -gain
    return max(gain, value(part["at_least"], here)) if "at_least" in part else gain

def in_band(band, x, here):  # whether a band such as ">= 90%" or "[80%, 90%)" holds x
    sign = {"[": "<=", "]": "<=", "(": "<", ")": "<", "=": "=="}
    edges = re.fullmatch(r"([\[(])(.*),(.*)([\])])", band)
    if edges: test = f"({edges[2]}) {sign[edges[1]]} x {sign[edges[4]]} ({edges[3]})"
    else: test = re.sub(r"^([<>]=?|=)(.*)", lambda m: f"x {sign.get(m[1], m[1])} ({m[2]})", band)
    return value(test, here.naming(x=x))
def cell(axes, cells, part, here):  # of cells by (formula, bands), the one whose bands hold
    for formula, bands in axes:
        x = value(formula, here)
        found = [points for band, points in zip(bands, cells) if in_band(band, x, here)]
        if not found and "otherwise" in part: return value(part["otherwise"], here)
        if not found: raise ValueError(f"{here.unit}: {x} is in no row or band of {part}")
        cells = found[0]
    return value(cells, here.naming(x=x))
def ladder(formula, part, here):
    return cell([(formula, [band for band, _ in part["steps"]])], [f for _, f in part["steps"]], part, here)
def looked_up(formula, part, here):
    quoted = '= "{}"' if isinstance(value(formula, here), str) else "= {}"
    bands = [quoted.format(key) for key in part["rows"]]
    return cell([(formula, bands)], part["rows"].values(), part, here)
def matrix(formulas, part, here):
    return cell(zip(formulas, (part["rows"], part["columns"])), part["cells"], part, here)
def steps(formula, part, here):  # `each`, times the steps of size `per` in the value
    count = max(value(formula, here), 0) / value(part.get("per", 1), here)
    whole = {"full": floor, "started": ceil}.get(part.get("count"), Fraction)
    return value(part.get("each", 1), here) * whole(count)
def proportion(formula, part, here):
    most = value(part.get("points", "full"), here)
    return min(max(most * value(formula, here) / value(part["target"], here), 0), most)
def for_each(name, part, here):
    counted, once, trim = {}, part.get("once_per", []), int(part.get("trim", 0))
    for place, row in enumerate(here.rows(name)):
        if not value(part.get("where", "yes"), row): continue
        alike = str([value(c, row) for c in ([once] if isinstance(once, str) else once)] or place)
        gain = points_of(part["score"], row)
        if alike not in counted or abs(gain) > abs(counted[alike]): counted[alike] = gain
    gains, keep = sorted(counted.values()), part.get("keep", "sum")
    return statistic(keep.removeprefix("trimmed_"), gains[trim : len(gains) - trim])
PARTS = {"ladder": ladder, "table": looked_up, "matrix": matrix, "add": steps, "deduct": steps,
    "proportion": proportion, "for_each": for_each, "sum": lambda parts, _, here: points_of(parts, here),
    "best": lambda parts, _, here: max(points_of(part, here) for part in parts),
    "worst": lambda parts, _, here: min(points_of(part, here) for part in parts),
    "first": lambda parts, _, here: points_of(
        next((part for part in parts if value(part.get("when", "yes"), here)), []), here),
    "points": lambda formula, _, here: value(formula, here)}

# ---- 指标树 The tree of items ----
def full(item):  # points of an item
    children = [(child, full(child)) for child in item["children"] if child["kind"] == "item"]
    return number(item["points"]) if "points" in item else joined(item["combine"], children)
def joined(how, amounts):  # (child, amount) of some children, as a group combines them
    weights = [number(child["weight"]) if how == "weighted_mean" else 1 for child, _ in amounts]
    weighted = sum((w * x for w, (_, x) in zip(weights, amounts)), Fraction())
    if how in ("lowest", "highest"): return STATISTICS[how]([x for _, x in amounts])
    return weighted if how == "sum" else weighted / sum(weights)
def lineage(item, here):  # an item and all that it is part of
    return [item, *(lineage(here.package.items[item["parent"]], here) if item["code"] else [])]
def named(rule, quantities):  # the names in a rule, also through quantities
    if isinstance(rule, dict): rule = [rule[k] for k in rule if k not in ("say", "keep", "for_each")]
    if isinstance(rule, list): return {name for each in rule for name in named(each, quantities)}
    found = re.findall(r"""value\(["'](.+?)["']\)|"[^"]*"|'[^']*'|([^\W\d]\w*)""", str(rule))
    names = {a or b for a, b in found}
    return names | named([{**quantities[n], "code": ""} for n in names & quantities.keys()], quantities)
def states(item, here):  # its own in the data, and those of the inputs that its rule names
    names = {item["code"], *named(item["rule"], here.package.quantities)}
    return {here.package.states.get((here.unit, name, here.back)) for name in names}
def excluded(item, here):
    group = here.package.units[here.unit]
    return any(group not in i.get("applies_to", [group]) or value(i["not_applicable_if"], here)
               or "not_applicable" in states(i, here) for i in lineage(item, here))
def led_to(item, state, here):  # (points, possible), None (not applicable) or another outcome
    outcome = next((i["on"][state] for i in lineage(item, here) if state in i["on"]), ON[state])
    if outcome == "refuse": raise ValueError(f"{here.unit}, {item['code']}: {state}")
    points = {"zero": (Fraction(), here.names["full"]), "full": (here.names["full"],) * 2}
    return points.get(outcome, None if outcome == "not_applicable" else outcome)
