#!/usr/bin/env python3
"""复算：由公布的数据包重新算出得分、名次和等级，全程用精确分数，只在显示时取整。
Replay: computes scores, ranks and grades again from a published package, in exact fractions, and
rounds only what it shows. Run it (运行) with Python 3.11 or later, which is all that it needs:
    python3 replay.py               重新算出排名 | the ranking, computed again
    python3 replay.py --check       与 ranking.csv 比对 | lists what differs from it; exit status 1
    python3 replay.py --unit CODE   某单位各项得分 | the points of each item of one unit
It reads, in its folder (读取所在文件夹中的), 考核细则 the scheme scheme.json, 所用数据 the values
values.csv, 明细表 lists of several rows a unit lists/*.csv and 公布的结果 the result ranking.csv.
自上而下读 Read it from the top; docs/guides/write_a_scheme.md says what the words mean.
不过三百行，故排得紧凑 It keeps to 300 lines, hence its close-set type."""
# ruff: noqa: E701
# mypy: ignore-errors
# fmt: off
import ast
import bisect
import csv
import io
import itertools
import json
import math
import operator as o
import re
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from statistics import mean, median


class Missing(Exception): """A value that is needed is missing. (No base: ZeroDivisionError.)"""
NAMES = {"yes": True, "no": False}
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

class Package:  # as published; values, states and rows by (unit, input or list, periods back)
    def __init__(self, folder):
        self.scheme = read = json.loads((folder / "scheme.json").read_text("utf-8-sig"))
        units = [u for u in read["units"] if (u.get("parent") or None) == read.get("within")]
        self.units = {unit["code"]: unit.get("group") for unit in units}
        computed = read.get("quantities", [])
        self.formulas = {q["code"]: q.get("formula") or written(q["rule"]) for q in computed}
        for row in read.get("figures", []):  # of a dated one, what holds on the period's first day
            held = [d for d in row.get("dated", []) if d["from"] <= read["period"]["starts"]]
            self.formulas[row["code"]] = max(held, key=o.itemgetter("from"), default=row)["value"]
        root = {**read.get("total", {}), "code": "", "on": {**ON, **read.get("on", {})}}
        items = [{"on": {}, **ITEM, **item, "children": []} for item in [root, *read["items"]]]
        self.items = {item["code"]: item for item in items}
        for item in items[1:]: self.items[item["parent"]]["children"].append(item)
        self.periods = [read["period"]["label"], *read["period"]["earlier"]]
        back = {label: i for i, label in enumerate(self.periods)}
        types = {i["code"]: i["type"] for i in read.get("inputs", [])}
        self.values, self.states, self.rows = {}, {}, {}
        for row in table(folder / "values.csv"):
            key, state = (row["unit"], row["input"], back.get(row["period"])), row["status"]
            text = "" if state in ("missing", "not_applicable") else row["value"]
            self.values[key], self.states[key] = typed(text, types.get(row["input"])), state
        for name, columns in read.get("lists", {}).items():
            for row in table(folder / "lists" / f"{name}.csv"):
                rows = self.rows.setdefault((row["unit"], name, back.get(row["period"])), [])
                rows.append({column: typed(row[column], kind) for column, kind in columns.items()})

@dataclass(frozen=True)
class Here:  # where a formula is asked: of which unit, how many periods back, with which names
    package: Package
    unit: str
    back: int = 0
    names: dict = field(default_factory=NAMES.copy, compare=False)  # full, x, a row's columns
    def naming(self, names): return replace(self, names=self.names | names)

# ---- 公式 Formulas ----
def parsed(text):  # its tree: 98% is (98/100); numbers and names are exactly as written
    percent = r""""[^"]*"|'[^']*'|(\d+\.?\d*|\.\d+)\s*%"""
    source = "(" + re.sub(percent, lambda m: f"({m[1]}/100)" if m[1] else m[0], text) + ")"
    tree = ast.parse(source, mode="eval").body
    for node in ast.walk(tree):
        text = ast.get_source_segment(source, node)
        if isinstance(node, ast.Name): node.id = text
        if type(getattr(node, "value", None)) in (int, float): node.value = Fraction(text)
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
        case ast.Call(): return called(parts[0].id, parts[1:] + [k.value for k in node.keywords], here)
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
    if name in here.package.formulas: return computed(name, replace(here, names=NAMES))
    return here.package.values.get((here.unit, name, here.back))
def computed(name, here): return value(here.package.formulas[name], here)
def rounded(x, places=0):  # halves away from zero
    scale = Fraction(10) ** int(places)
    return Fraction(math.floor(abs(x) * scale + Fraction(1, 2)) * (-1 if x < 0 else 1)) / scale
PLAIN = {"min": lambda *xs: min(xs), "max": lambda *xs: max(xs), "abs": abs, "date": days,
    "floor": lambda x: Fraction(math.floor(x)), "ceil": lambda x: Fraction(math.ceil(x)),
    "round": rounded, "at_least": lambda least, *conditions: sum(conditions) >= least}
TIME = {"last": lambda ago, back=1: ago(back),
    "mean_of_last": lambda ago, n: mean([ago(1 + i) for i in range(int(n))]),
    "growth": lambda ago, if_zero=0: (ago(0) - (ago(1) or if_zero)) / (ago(1) or if_zero)}
STATISTICS = {"sum": sum, "count": sum, "highest": max, "lowest": min, "total": sum, "mean": mean,
    "trimmed_mean": mean, "median": median, "max": max, "min": min}
def statistic(what, numbers):  # of nothing, the first four are 0 and the others missing
    if not numbers and what not in ("sum", "count", "highest", "lowest"): raise Missing(what)
    return STATISTICS[what](numbers or [Fraction()])
def called(name, given, here):  # all functions but the plain ones choose where `of` is asked
    def ago(periods): return value(of, replace(here, back=here.back + int(periods)))
    of, *more = given
    if name in PLAIN: return PLAIN[name](*(value(each, here) for each in given))
    if name in TIME: return TIME[name](ago, *(value(each, here) for each in more))
    if name in TREE: return needed(TREE[name](of.value, here), f"{here.unit}: {name} {of.value}")
    if name == "known": return tried(of, here) is not None
    if name == "given": return value(more[0], here.naming({"x": value(of, here)}))
    if name == "choose":  # condition, formula, condition, formula, …, otherwise
        held = (then for test, then in zip(given[::2], given[1::2]) if value(test, here))
        return value(next(held, given[-1]), here)
    if name.endswith("_of"): return over_rows(name[:-3], of.id, here, *more)
    return over_units(*name.split("_"), of, here)
def over_units(scope, what, of, here):
    units, own = here.package.units, here.package.units[here.unit]
    near = [replace(here, unit=u) for u in units if scope == "all" or units[u] == own]
    numbers = sorted(n for there in near if (n := tried(of, there)) is not None)
    if what != "rank": return statistic(what, numbers)
    return Fraction(1 + len(numbers) - bisect.bisect(numbers, value(of, here)))
def over_rows(what, name, here, of="yes", where="yes", once="()", trim=None):
    if here.back >= len(here.package.periods): raise Missing(f"{here.unit}: {name}")
    counted, cut = {}, int(getattr(trim, "value", 0))
    for place, row in enumerate(here.package.rows.get((here.unit, name, here.back), [])):
        row = here.naming(row)
        if not value(where, row) or (what == "count" and not value(of, row)): continue
        size = Fraction(1) if what == "count" else value(of, row)
        alike = str(value(once, row) or place)
        if alike not in counted or abs(size) > abs(counted[alike]): counted[alike] = size
    return statistic(what, sorted(counted.values())[cut : len(counted) - cut])

# ---- 计分规则 Parts of a rule, each written as one formula ----
def written(part):  # a list of parts is their sum
    if isinstance(part, list): return f"({' + '.join(['0', *map(written, part)])})"
    kind = next(kind for kind in PARTS if kind in part)
    text = f"({PARTS[kind](part[kind], part)}) * ({part.get('times', 1)})"
    if "at_most" in part: text = f"min({text}, {part['at_most']})"
    if kind == "deduct": text = f"-({text})"
    elif "at_least" in part: text = f"max({text}, {part['at_least']})"
    return f"choose({part.get('when', 'yes')}, {text}, {part.get('otherwise', 0)})"
def holds(band):  # x, for a band such as ">= 90%" or "[80%, 90%)"
    sign = {"[": "<=", "]": "<=", "(": "<", ")": "<", "=": "=="}
    edges = re.fullmatch(r"([\[(])(.*),(.*)([\])])", band)
    if edges: return f"({edges[2]}) {sign[edges[1]]} x {sign[edges[4]]} ({edges[3]})"
    return re.sub(r"^([<>]=?|=)(.*)", lambda m: f"x {sign.get(m[1], m[1])} ({m[2]})", band)
def equals(key):  # x, for the key of a row: a text, or a number, yes or no
    return f'x in ("{key}", {key})' if re.fullmatch(r"-?[\d./%]+|yes|no", key) else f'x == "{key}"'
def chosen(formula, cells, part):  # of cells (test, formula), the first whose test x passes
    tests = "".join(f"{test}, {then}, " for test, then in cells)
    return f"given({formula}, choose({tests}{part.get('otherwise', 'in_no_band')}))"
def matrix(formulas, part):
    columns = [holds(band) for band in part["columns"]]
    rows = [chosen(formulas[1], zip(columns, cells), part) for cells in part["cells"]]
    return chosen(formulas[0], zip(map(holds, part["rows"]), rows), part)
def steps(formula, part):  # `each`, times the steps of size `per` in the value
    whole = {"full": "floor", "started": "ceil"}.get(part.get("count"), "")
    return f"({part.get('each', 1)}) * {whole}(max({formula}, 0) / ({part.get('per', 1)}))"
def proportion(formula, part):
    most = part.get("points", "full")
    return f"min({most}, max(0, ({most}) * ({formula}) / ({part['target']})))"
def for_each(name, part):
    once = part.get("once_per", [])
    alike = "".join(f"{column}, " for column in ([once] if isinstance(once, str) else once))
    return (f"{part.get('keep', 'sum')}_of({name}, {written(part['score'])}, "
            f"{part.get('where', 'yes')}, ({alike}), {part.get('trim', 0)})")
PARTS = {"matrix": matrix, "add": steps, "deduct": steps, "proportion": proportion,
    "ladder": lambda f, part: chosen(f, [(holds(band), p) for band, p in part["steps"]], part),
    "table": lambda f, part: chosen(f, [(equals(k), p) for k, p in part["rows"].items()], part),
    "best": lambda parts, _: f"max({', '.join(map(written, parts))})",
    "worst": lambda parts, _: f"min({', '.join(map(written, parts))})",
    "first": lambda parts, _: chosen(0, [(p.get("when", "yes"), written(p)) for p in parts], {"otherwise": 0}),
    "sum": lambda parts, _: written(parts), "for_each": for_each, "points": lambda f, _: f}

# ---- 指标树 The tree of items ----
def full(item):  # points of an item
    if "points" in item: return number(item["points"])
    return joined(item["combine"], [(c, full(c), 0) for c in item["children"] if c["kind"] == "item"])[0]
def joined(how, rows):  # (child, points, possible) of some children, as a group combines them
    if how in ("lowest", "highest"): return STATISTICS[how]([row[1:] for row in rows])
    weights = [number(child["weight"]) if how == "weighted_mean" else 1 for child, _, _ in rows]
    whole = Fraction(1 if how == "sum" else sum(weights))
    return [sum(w * row[i] for w, row in zip(weights, rows)) / whole for i in (1, 2)]
def lineage(item, package):  # an item and all that it is part of
    return [item, *(lineage(package.items[item["parent"]], package) if item["code"] else [])]
def named(formula, package):  # the names in a formula, also through quantities
    nodes = [n for n in ast.walk(parsed(str(formula))) if isinstance(n, (ast.Name, ast.Call))]
    names = {n.args[0].value if n.func.id == "value" else "" if isinstance(n, ast.Call) else n.id for n in nodes}
    return names.union(*(named(f, package) for name, f in package.formulas.items() if name in names))
def states(item, here):  # its own in the data, and those of the inputs that its rule names
    names = {item["code"], *named(written(item["rule"]), here.package)}
    return {here.package.states.get((here.unit, name, here.back)) for name in names}
def excluded(item, here):  # not applicable, or part of what is not
    group = here.package.units[here.unit]
    return any(group not in i.get("applies_to", [group]) or value(i["not_applicable_if"], here)
               or "not_applicable" in states(i, here) for i in lineage(item, here.package))
def led_to(item, state, here):  # (points, possible), None (not applicable) or another outcome
    outcome = next(i["on"][state] for i in lineage(item, here.package) if state in i["on"])
    if outcome == "refuse": raise ValueError(f"{here.unit}, {item['code']}: {state}")
    if outcome not in ("zero", "full"): return None if outcome == "not_applicable" else outcome
    return bounded(item, 0 if outcome == "zero" else "full", here), here.names["full"]
def bounded(item, formula, here):
    free = item["kind"] == "item" and item["children"]
    most, least = (0, "-full") if item["kind"] == "deduction" else ("full", 0)
    for function, key, bound in (("min", "cap", most), ("max", "floor", least)):
        bound = item.get(key, "none" if free or (bound and "points" not in item) else bound)
        if bound != "none": formula = f"{function}({formula}, {bound})"
    return Fraction(value(formula, here))
def scored(item, here):  # (points, possible), None (not applicable) or "mean_of_others"
    if excluded(item, here): return None
    for state in ("no_material", "unreliable", "late"):
        led = led_to(item, state, here) if state in states(item, here) else "ignore"
        if led != "ignore": return led
    if here.package.states.get((here.unit, item["code"], here.back)) == "missing": raise Missing
    rule, adjust = (written(item[key]) for key in ("rule", "adjust"))
    choice = f"choose({item['zero_if']}, 0, {item['full_if']}, full, "
    if not item["children"]: return bounded(item, choice + rule + ")", here), here.names["full"]
    points, possible = combined(item, here)
    if possible is None: return None
    whole = f"given({rule if item['rule'] else 'x'} + {adjust}, {choice} x))"
    return bounded(item, whole, here.naming({"x": points})), possible
def combined(item, here):  # (points, possible) of a group; (None, None) where no child applies
    found = [(child, result(child["code"], here)) for child in item["children"]]
    there = [(child, *pair) for child, pair in found if child["kind"] == "item" and pair]
    gone = [child for child, pair in found if child["kind"] == "item" and not pair]
    if gone and not there: return None, None
    how, policy, whole = item["combine"], item["not_applicable"], here.names["full"]
    points, possible = joined(how, there)
    if how == "sum" and gone:
        lost = sum(full(child) for child in gone)
        if policy == "rescale": points *= whole / possible
        if policy == "spread": points = sum(p * (1 + lost / len(there) / full(c)) for c, p, _ in there)
        if policy == "full": points += lost
        if policy == "mean_of_others":
            points += sum(tried(f'all_mean(score("{c["code"]}"))', here) or 0 for c in gone)
        if policy != "drop": possible = whole
    return points + sum(pair[0] for child, pair in found if child["kind"] != "item" and pair), possible
def standing(code, here):  # (points, possible), None (not applicable) or "mean_of_others"
    item = here.package.items[code]
    here = replace(here, names={**NAMES, "full": full(item)})
    try: return scored(item, here)
    except Missing: return led_to(item, "missing", here)
    except ZeroDivisionError: return led_to(item, "no_base", here)
def result(code, here):  # (points, possible) of an item, or None where it does not apply
    own = standing(code, here)
    if own != "mean_of_others": return own
    mean = tried(f'all_mean(own("{code}"))', here)
    return None if mean is None else (mean, full(here.package.items[code]))
def possible(code, here):
    return (result(code, here) or (0, 0))[here.package.items[code]["kind"] == "item"]
def total(here):
    found, rules = result("", here), here.package.items[""]
    if found is None: return None
    points = 100 * found[0] / found[1] if rules.get("as") == "percent" else found[0]
    return rounded(points, rules["rounded_to"]) if "rounded_to" in rules else points
