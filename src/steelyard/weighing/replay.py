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
# ruff: noqa: E401, E701, I001, N818
# mypy: ignore-errors
# fmt: off
import argparse, ast, csv, io, json, math, operator as o, re, statistics, sys
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from types import SimpleNamespace

class Missing(Exception): """A value that is needed is missing. (No base: ZeroDivisionError.)"""
remembered = lru_cache(maxsize=100_000)
ON = {"missing": "refuse", "no_base": "refuse", "no_material": "zero", "unreliable": "zero", "late": "ignore"}
ITEM = {"parent": "", "kind": "item", "combine": "sum", "not_applicable": "rescale", "weight": 1,
        "not_applicable_if": "no", "zero_if": "no", "full_if": "no", "rule": [], "adjust": []}

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
        within, period = read.get("within"), read["period"]
        self.units = {u["code"]: u for u in read["units"] if (u.get("parent") or None) == within}
        self.quantities = {q["code"]: q for q in read.get("quantities", [])}
        for row in read.get("figures", []):  # of a dated one, what holds on the period's first day
            held = [d for d in row.get("dated", []) if d["from"] <= period["starts"]]
            figure = max(held, key=lambda d: d["from"], default=row)
            self.quantities[row["code"]] = {"formula": figure["value"]}
        root = {**read.get("total", {}), "code": "", "parent": None, "on": {**ON, **read.get("on", {})}}
        self.items = {i["code"]: {**ITEM, "on": {}, "children": [], **i} for i in [root, *read["items"]]}
        for item in list(self.items.values())[1:]: self.items[item["parent"]]["children"].append(item)
        back = {label: i for i, label in enumerate([period["label"], *period["earlier"]])}
        types = {i["code"]: i["type"] for i in read.get("inputs", [])}
        self.values, self.states, self.rows, self.periods = {}, {}, {}, len(back)
        for row in table(folder / "values.csv"):
            key, state = (row["unit"], row["input"], back.get(row["period"])), row["status"]
            known = typed(row["value"], types.get(row["input"]))
            self.values[key] = None if state in ("missing", "not_applicable") else known
            self.states[key] = state
        for name, columns in read.get("lists", {}).items():
            for row in table(folder / "lists" / f"{name}.csv"):
                rows = self.rows.setdefault((row["unit"], name, back.get(row["period"])), [])
                rows.append({column: typed(row[column], kind) for column, kind in columns.items()})

@dataclass(frozen=True)
class Here:  # where a formula is asked: of which unit, how many periods back, in which item, row
    package: Package
    unit: str
    back: int = 0
    full: object = field(default=None, compare=False)  # the item's full points
    names: dict = field(default_factory=dict, compare=False)  # the columns of a list's row, and x
    def at(self, **changes): return replace(self, **changes)
    def rows(self, name):
        rows = self.package.rows.get((self.unit, name, self.back), [])
        return [self.at(names=self.names | row) for row in rows]
    def units(self, scope="all"):  # the same place in every unit, or in every one of the group
        group = {code: unit.get("group") for code, unit in self.package.units.items()}
        return [self.at(unit=u) for u in group if scope == "all" or group[u] == group[self.unit]]

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
    values = (value(part, here) for part in parts)  # computed one by one, as they are asked for
    match node:
        case ast.Constant(): return node.value
        case ast.Name(): return needed(look_up(node.id, here), f"{here.unit}: {node.id}")
        case ast.Call(): return called(node.func.id, parts[1:] + [k.value for k in node.keywords], here)
        case ast.IfExp(): return value(parts[1 if next(values) else 2], here)
        case ast.BoolOp(): return OPERATORS[type(node.op)](values)
        case ast.UnaryOp() | ast.BinOp(): return OPERATORS[type(node.op)](*values)
    known = list(values)  # of a comparison, else of a tuple
    if isinstance(node, ast.Tuple): return known
    return all(OPERATORS[type(op)](*two) for op, *two in zip(node.ops, known, known[1:]))

def tried(formula, here):
    try: return value(formula, here)
    except (Missing, ZeroDivisionError): return None

def needed(found, what):
    if found is None: raise Missing(what)
    return found

def look_up(name, here):  # a column of the row first, then a name of the scheme, then of the data
    if name in here.names: return here.names[name]
    if name in ("yes", "no"): return name == "yes"
    if name == "full": return here.full
    if name == "total": return total(here)
    if name in here.package.quantities: return quantity(name, here.at(names={}, full=None))
    return here.package.values.get((here.unit, name, here.back))

@remembered
def quantity(code, here):
    row = here.package.quantities[code]
    return value(row["formula"], here) if "formula" in row else points_of(row["rule"], here)

def rounded(x, places=0):  # halves away from zero
    scale = Fraction(10) ** int(places)
    return Fraction(math.floor(abs(x) * scale + Fraction(1, 2)) * (-1 if x < 0 else 1)) / scale
def floor(x): return Fraction(math.floor(x))
def ceil(x): return Fraction(math.ceil(x))
def mean(numbers): return sum(numbers) / Fraction(len(numbers))
PLAIN = {"min": min, "max": max, "abs": abs, "floor": floor, "ceil": ceil, "round": rounded,
    "date": days, "at_least": lambda least, *conditions: sum(conditions) >= least}
TIME = {"last": lambda ago, back=1: ago(back),
    "mean_of_last": lambda ago, n: mean([ago(1 + i) for i in range(int(n))]),
    "growth": lambda ago, if_zero=0: (ago(0) - (ago(1) or if_zero)) / (ago(1) or if_zero)}
STATISTICS = {"sum": sum, "count": sum, "highest": max, "lowest": min,  # of nothing these give 0
    "total": sum, "mean": mean, "median": statistics.median, "max": max, "min": min}

def statistic(what, numbers):
    if numbers: return STATISTICS[what](numbers)
    return needed(Fraction() if what in ("sum", "count", "highest", "lowest") else None, what)

def called(name, given, here):  # all functions but the plain ones choose where `of` is asked
    def ago(n):
        if here.back + n >= here.package.periods: raise Missing(f"{here.unit}: {n} periods ago")
        return value(of, here.at(back=here.back + int(n)))
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
    return value(test, here.at(names={"x": x}))

def cell(formulas, cells, part, here):  # of (band, …, points), the first whose bands hold
    values = [value(formula, here) for formula in formulas]
    for *bands, points in cells:
        if all(in_band(band, x, here) for band, x in zip(bands, values)):
            return value(points, here.at(names=here.names | {"x": values[0]}))
    if "otherwise" in part: return value(part["otherwise"], here)
    raise ValueError(f"{here.unit}: {values} is in no row or band of {part}")

def looked_up(formula, part, here):
    band = '= "{}"' if isinstance(value(formula, here), str) else "= {}"
    return cell([formula], [(band.format(k), row) for k, row in part["rows"].items()], part, here)

def matrix(formulas, part, here):
    cells = [(row, column, points) for row, line in zip(part["rows"], part["cells"])
             for column, points in zip(part["columns"], line)]
    return cell(formulas, cells, part, here)

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
        alike = [value(c, row) for c in ([once] if isinstance(once, str) else once)] or place
        old, gain = counted.get(str(alike)), points_of(part["score"], row)
        if old is None or abs(gain) > abs(old): counted[str(alike)] = gain
    gains, keep = sorted(counted.values()), part.get("keep", "sum")
    return statistic(keep.removeprefix("trimmed_"), gains[trim : len(gains) - trim])

PARTS = {"ladder": lambda formula, part, here: cell([formula], part["steps"], part, here),
    "table": looked_up, "matrix": matrix, "add": steps, "deduct": steps, "proportion": proportion,
    "sum": lambda parts, _, here: points_of(parts, here),
    "best": lambda parts, _, here: max(points_of(part, here) for part in parts),
    "worst": lambda parts, _, here: min(points_of(part, here) for part in parts),
    "first": lambda parts, _, here: points_of(
        next((part for part in parts if value(part.get("when", "yes"), here)), []), here),
    "for_each": for_each, "points": lambda formula, _, here: value(formula, here)}

# ---- 指标树 The tree of items ----
def full(item):  # points of an item
    if "points" in item: return number(item["points"])
    counted = [child for child in item["children"] if child["kind"] == "item"]
    return joined(item, counted, [full(child) for child in counted])

def joined(item, children, amounts):  # amounts of its children, as a group combines them
    if item["combine"] in ("lowest", "highest"): return STATISTICS[item["combine"]](amounts)
    weights = [number(c["weight"]) if item["combine"] == "weighted_mean" else 1 for c in children]
    return sum(map(o.mul, weights, amounts), Fraction()) / (1 if item["combine"] == "sum" else sum(weights))

def lineage(item, here):  # an item and all that it is part of
    parents = [] if item["parent"] is None else lineage(here.package.items[item["parent"]], here)
    return [item, *parents]

def states(item, here):  # its own state in the data, and that of the inputs that its rule names
    names = {item["code"], *named(item["rule"], here.package.quantities)}
    return {here.package.states.get((here.unit, name, here.back)) for name in names}

def named(rule, quantities):  # the names in a rule, also through quantities
    if isinstance(rule, dict): rule = [rule[k] for k in rule if k not in ("say", "keep", "count", "for_each")]
    if isinstance(rule, list): return {name for each in rule for name in named(each, quantities)}
    word = r"""value\(["'](.+?)["']\)|"[^"]*"|'[^']*'|([^\W\d]\w*)"""
    names = {a or b for a, b in re.findall(word, str(rule))}
    return names.union(*(named([*quantities[name].values...], quantities) for name in names if name in quantities))

def excluded(item, here):
    group = here.package.units[here.unit].get("group")
    return any(group not in i.get("applies_to", [group]) or value(i["not_applicable_if"], here)
               or "not_applicable" in states(i, here) for i in lineage(item, here))

def led_to(item, state, here):  # (points, possible) or another outcome of a state of the data
    outcome = next(i["on"][state] for i in lineage(item, here) if state in i["on"])
    if outcome == "refuse": raise ValueError(f"{here.unit}, {item['code']}: {state}")
    points = {"zero": Fraction(), "full": here.full}
    return (points[outcome], here.full) if outcome in points else outcome

def scored(item, here):  # (points, possible) before bounds, or an outcome
    if excluded(item, here): return "not_applicable"
    for state in ("no_material", "unreliable", "late"):
        if state in states(item, here) and (led := led_to(item, state, here)) != "ignore": return led
    points, possible = combined(item, here) if item["children"] else (None, here.full)
    if possible is None: return "not_applicable"
    if value(item["zero_if"], here): return Fraction(), possible
    if value(item["full_if"], here): return here.full, possible
    if missing item state: raise Missing
    return points_of(item["rule"], here) if points is None else points, possible

def combined(item, here):  # (points, possible) of a group; possible is None where no child applies
    found = {child["code"]: result(child["code"], here) for child in item["children"]}
    counted = [child for child in item["children"] if child["kind"] == "item"]
    gone = [child for child in counted if found[child["code"]] is None]
    there = [child for child in counted if child not in gone]
    if gone and not there: return None, None
    got, could = ([found[child["code"]][i] for child in there] for i in (0, 1))
    points, possible = joined(item, there, got), joined(item, there, could)
    if item["combine"] in ("lowest", "highest"): possible = could[got.index(points)]
    if gone and item["combine"] == "sum":
        lost = sum(full(child) for child in gone)
        match item["not_applicable"]:
            case "rescale": points *= here.full / possible
            case "spread": points = sum(p * (1 + lost / len(there) / full(c)) for p, c in zip(got, there))
            case "full": points += lost
            case "mean_of_others": points += sum(elsewhere(result, child["code"], here) for child in gone)
        if item["not_applicable"] != "drop": possible = here.full
    if item["rule"]: points = points_of(item["rule"], here)
    points += sum(found[c["code"]][0] for c in item["children"] if c["kind"] != "item" and found[c["code"]])
    return points + points_of(item["adjust"], here), possible

def elsewhere(ask, code, here):  # the mean of the points of the units that have points
    points = [found[0] for there in here.units() if isinstance(found := ask(code, there), tuple)]
    return mean(points) if points else None

def bounded(item, points, here):
    size = "full" if "points" in item else "none"
    least, most = (0, size) if item["kind"] != "deduction" else (f"-{size}" if size == "full" else size, 0)
    if item["kind"] == "item" and item["children"]: least = most = "none"
    least, most = item.get("floor", least), item.get("cap", most)
    if most != "none": points = min(points, value(most, here))
    return points if least == "none" else max(points, value(least, here))

@remembered
def standing(code, here):  # (points, possible), or the outcome by which it has none of its own
    item = here.package.items[code]
    here = here.at(full=full(item), names={})
    try: found = scored(item, here)
    except Missing: found = led_to(item, "missing", here)
    except ZeroDivisionError: found = led_to(item, "no_base", here)
    if not isinstance(found, tuple): return found
    return Fraction(bounded(item, found[0], here)), found[1] if item["kind"] == "item" else 0

@remembered
def result(code, here):  # (points, possible) of an item, or None where it does not apply
    found = standing(code, here)
    ...
