"""复算：由公布的数据包重新算出得分、名次和等级，全程用精确分数，只在显示时取整。
Replay: computes a published ranking again, in exact fractions, and rounds only what it shows.
    python3 replay.py               重新算出排名 | the ranking, computed again
    python3 replay.py --check       与 ranking.csv 比对 | what differs from it, and exit status 1
    python3 replay.py --unit CODE   某单位各项得分 | the points of each item of one unit
It needs Python 3.11 alone and reads beside it (读取同一文件夹中的) scheme.json 考核细则 the scheme,
values.csv 数据 the values, lists/ 明细表 the lists, ranking.csv 公布的结果 the published result."""
import ast, collections, csv, functools, io, json, math, operator as o, pathlib, re, statistics, sys
from datetime import date; from fractions import Fraction
class Missing(Exception): """A value that is needed is missing. (No base: ZeroDivisionError.)"""
ITEM = dict(parent="", kind="item", combine="sum", not_applicable="rescale", weight=1, on={},
    not_applicable_if="no", zero_if="no", full_if="no", rule={"points": "x"}, adjust=[])
ON = dict(missing="refuse", no_base="refuse", no_material="zero", unreliable="zero", forged="zero",
    late="ignore"); PART = dict(when="yes", times=1, each=1, per=1, count="exact", points="full",
    where="yes", keep="sum", once_per=[], trim=0, at_most='value("∞")', at_least='-value("∞")')
# ---- 数据包 The package ----
def days(text): return Fraction(date.fromisoformat(text).toordinal())
def typed(text, kind): return {"text": str, "date": days}.get(kind, number)(text) if text else None
NEUTRAL = re.compile(r"^'(?='*(?:[\t\r\n]|\s*[=@+\-＝＠＋－]))")  # keeps a text from being run
def table(path):
    rows = csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))
    return [{k: NEUTRAL.sub("", v or "") for k, v in row.items()} for row in rows]
class Package:  # as published; values, states and rows by (unit, input or list, periods back)
    def __init__(self, folder):
        self.scheme = read = json.loads((folder / "scheme.json").read_text("utf-8-sig"))
        level, period, total = read.get("within"), read["period"], read.get("total", {})
        self.units = {u["code"]: u.get("group") for u in read["units"] if u.get("parent") == level}
        text = '100 * score("") / possible("")' if total.get("as") == "percent" else 'score("")'
        if "rounded_to" in total: text = f"round({text}, {total['rounded_to']})"
        self.formulas = {q["code"]: q.get("formula") or written(q["rule"])
            for q in read.get("quantities", [])} | {"total": text}
        for row in read.get("figures", []):  # of a dated one, what holds on the period's first day
            dated = ((d["from"], d["value"]) for d in row.get("dated", [{"from": "", **row}]))
            self.formulas[row["code"]] = max(d for d in dated if d[0] <= period["starts"])[1]
        root = {"title": "总分 total", **total, "code": "", "on": {**ON, **read.get("on", {})}}
        items = [{**ITEM, **item, "children": []} for item in [root, *read["items"]]]
        self.items = {item["code"]: item for item in items}
        for item in items[1:]: self.items[item["parent"]]["children"].append(item)
        self.back = {label: i for i, label in enumerate([period["label"], *period["earlier"]])}
        types = {i["code"]: i["type"] for i in read.get("inputs", [])}
        self.values, self.states, self.rows = {}, {}, {}
        for row in table(folder / "values.csv"):
            key, state = (row["unit"], row["input"], self.back.get(row["period"])), row["status"]
            text = "" if state in ("missing", "not_applicable") else row["value"]
            self.states[key], kind = state, types.get(row["input"])
            self.values[key] = math.nan if state == "no_base" else typed(text, kind)
        for name, columns in read.get("lists", {}).items():
            for row in table(folder / "lists" / f"{name}.csv"):
                rows = self.rows.setdefault((row["unit"], name, self.back.get(row["period"])), [])
                rows.append({column: typed(row[column], kind) for column, kind in columns.items()})
NAMES = {"yes": True, "no": False, "∞": math.inf}
# Where a formula is asked: of which unit, how many periods back, with which names of its own
Here = collections.namedtuple("Here", "package unit back names", defaults=(0, NAMES))
def naming(here, **names): return here._replace(names=here.names | names)
def near(here, scope="all"):  # the same place in every unit, or in those of the peer group
    group = here.package.units
    return [here._replace(unit=u) for u in group if scope == "all" or group[u] == group[here.unit]]
# ---- 公式 Formulas ----
TOKEN = re.compile(r"""value\(\s*["'](.+?)["']|"[^"]*"|'[^']*'|([^\W\d]\w*)|(\d[\d.]*(?:\s*%)?)""")
@functools.cache
def parsed(text):  # its tree: numbers and names are kept exactly as they are written
    source = TOKEN.sub(lambda m: f'exact("{m[0]}")' if m[3] else f'value("{m[0]}")'
        if m[2] and not m[2].isascii() else m[0], str(text))
    return ast.parse(f"({source})", mode="eval").body
OPERATORS = {ast.Add: o.add, ast.Sub: o.sub, ast.Mult: o.mul, ast.USub: o.neg, ast.Not: o.not_,
    ast.Lt: o.lt, ast.LtE: o.le, ast.Gt: o.gt, ast.GtE: o.ge, ast.Eq: o.eq, ast.NotEq: o.ne,
    ast.Div: lambda x, y: Fraction(x) / y, ast.In: lambda x, xs: x in xs, ast.And: all, ast.Or: any}
def value(formula, here):  # of a formula, as text or as a tree
    node = formula if isinstance(formula, ast.expr) else parsed(formula)
    parts = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
    values = (value(part, here) for part in parts)  # one by one, as they are asked for
    match node:
        case ast.Constant(): return node.value
        case ast.Name(): return needed(look_up(node.id, here), f"{here.unit}: {node.id}")
        case ast.Call(): return called(parts[0].id, parts[1:], node.keywords, here)
        case ast.IfExp(): return value(parts[1 if next(values) else 2], here)
        case ast.BoolOp(): return OPERATORS[type(node.op)](values)
        case ast.UnaryOp() | ast.BinOp(): return OPERATORS[type(node.op)](*values)
    values = list(values)
    if isinstance(node, (ast.Tuple, ast.List)): return values
    return all(OPERATORS[type(op)](*pair) for op, *pair in zip(node.ops, values, values[1:]))
def number(text): return value(text, Here(None, None))  # 12, "0.5", "1/3" or "92.3%"
def tried(formula, here):
    try: return value(formula, here)
    except (Missing, ZeroDivisionError): return None
def needed(found, what):
    if found in (None, math.nan): raise Missing(what) if found is None else ZeroDivisionError(what)
    return found
def look_up(name, here):  # a name of the item or row first, then of the scheme, then of the data
    if name in here.names: return here.names[name]
    if name in here.package.formulas: return value(here.package.formulas[name], Here(*here[:3]))
    return here.package.values.get((here.unit, name, here.back))
def rounded(x, places=0):  # halves away from zero
    return (2 * abs(x) * 10**places + 1) // 2 * ((x > 0) - (x < 0)) / Fraction(10) ** places
def exact(text): return Fraction(text.rstrip("% ")) / (100 if "%" in text else 1)
PLAIN = {"min": min, "max": max, "abs": abs, "floor": math.floor, "ceil": math.ceil, "date": days,
    "by_exact": abs, "by_full": math.floor, "by_started": math.ceil, "round": rounded,
    "at_least": lambda n, *held: sum(held) >= n, "exact": exact}
TIME = {"last": lambda ago, back=1: ago(back),
    "mean_of_last": lambda ago, n: sum(ago(1 + i) for i in range(int(n))) / n,
    "growth": lambda ago, if_zero=0: (ago(0) - (ago(1) or if_zero)) / Fraction(ago(1) or if_zero)}
STATISTICS = {"sum": sum, "count": sum, "highest": max, "lowest": min, "total": sum, "max": max,
    "min": min, "mean": statistics.mean, "median": statistics.median}
def statistic(what, numbers):  # of nothing, the first four are 0 and the others missing
    if not numbers and what not in ("sum", "count", "highest", "lowest"): raise Missing(what)
    return STATISTICS[what]([Fraction(number) for number in numbers or [0]])
def called(name, given, options, here):  # most functions choose where their first argument is asked
    def ago(periods): return value(of, here._replace(back=here.back + int(periods)))
    of, *more = given = [*given, *(option.value for option in options)]
    if name in PLAIN: return PLAIN[name](*(value(each, here) for each in given))
    if name in TIME: return TIME[name](ago, *(value(each, here) for each in more))
    if name in TREE: return needed(TREE[name](of.value, here), f"{here.unit}: {name} {of.value}")
    if name == "known": return tried(of, here) is not None
    if name == "given": return value(more[0], naming(here, x=value(of, here)))
    if name.endswith("_of"): return of_rows(name.removeprefix("trimmed_")[:-3], of, here, *more)
    scope, what = name.split("_")
    numbers = [n for there in near(here, scope) if (n := tried(of, there)) is not None]
    if what != "rank": return statistic(what, numbers)
    return 1 + sorted(numbers, reverse=True).index(value(of, here))
def of_rows(what, listed, here, of="yes", where="yes", once="[]", trim=0):
    name = listed.id if isinstance(listed, ast.Name) else listed.args[0].value
    if here.back >= len(here.package.back): raise Missing(f"{here.unit}: {name}")
    counted, cut = {}, int(value(trim, here))
    for place, row in enumerate(here.package.rows.get((here.unit, name, here.back), [])):
        there = here._replace(names=here.names | row)
        if not value(where, there): continue
        alike, size = str(value(once, there) or place), value(of, there)
        if alike not in counted or abs(size) > abs(counted[alike]): counted[alike] = size
    return statistic(what, sorted(counted.values())[cut : len(counted) - cut])
# ---- 计分规则 Parts of a rule, each written as one formula ----
def written(part):  # a list is its sum; a part is of the first kind in PARTS that it has as a key
    if isinstance(part, list): return f"({' + '.join(['0', *map(written, part)])})"
    kind, p = next(kind for kind in PARTS if kind in part), {**PART, **part}
    text = f"min(({PARTS[kind](p)}) * ({p['times']}), {p['at_most']})"
    text = f"-({text})" if kind == "deduct" else f"max({text}, {p['at_least']})"
    return f"(({text}) if ({p['when']}) else {p.get('otherwise', 0)})"
def holds(band):  # x, for a band such as ">= 90%" or "[80%, 90%)"
    if band[0] in "<>=": return f"x {'=' * (band[0] == '=')}{band}"
    low, high = band[1:-1].split(",")
    return f"{low} <{'=' * (band[0] == '[')} x <{'=' * (band[-1] == ']')} {high}"
def equals(key):  # x, for the key of a row: a text, or a number, yes or no
    return f'x in ("{key}", {key})' if re.fullmatch(r"-?[\d./%]+|yes|no", key) else f'x == "{key}"'
def chosen(formula, cells, p):  # of cells (test, formula), the first whose test x passes
    tests = "".join(f"({then}) if {test} else " for test, then in cells)
    return f"given({formula}, {tests}{p.get('otherwise', 'no_band_holds_it')})"
def matrix(p):
    rows = [chosen(p["matrix"][1], zip(map(holds, p["columns"]), line), p) for line in p["cells"]]
    return chosen(p["matrix"][0], zip(map(holds, p["rows"]), rows), p)
def each(parts): return ", ".join(map(written, parts))
PARTS = {"proportion": "min({points}, max(0, ({points}) * ({proportion}) / ({target})))".format_map,
    "points": "{points}".format_map, "sum": lambda p: written(p["sum"]), "matrix": matrix,
    "deduct": "({each}) * by_{count}(max({deduct}, 0) / ({per}))".format_map,
    "ladder": lambda p: chosen(p["ladder"], [(holds(band), f) for band, f in p["steps"]], p),
    "table": lambda p: chosen(p["table"], [(equals(key), f) for key, f in p["rows"].items()], p),
    "best": lambda p: f"max([{each(p['best'])}])", "worst": lambda p: f"min([{each(p['worst'])}])",
    "add": "({each}) * by_{count}(max({add}, 0) / ({per}))".format_map, "first": lambda p: "".join(
        f"{written(q)} if ({q.get('when', 'yes')}) else " for q in p["first"]) + "0",
    "for_each": lambda p: "{keep}_of({for_each}, {0}, {where}, [{1}], {trim})".format(
        written(p["score"]), re.sub(r"[\['\]]", "", str(p["once_per"])), **p)}
# ---- 指标树 The tree of items ----
def full(item):  # points of an item
    kids = [(child, full(child), 0) for child in item["children"] if child["kind"] == "item"]
    return number(item["points"]) if "points" in item else joined(item["combine"], kids)[0]
def joined(how, kids):  # (child, points, possible) of some children, as a group combines them
    if how in ("lowest", "highest"): return STATISTICS[how](kid[1:] for kid in kids)
    weights = [number(child["weight"]) if how == "weighted_mean" else 1 for child, _, _ in kids]
    whole = Fraction(1 if how == "sum" else sum(weights))
    return [sum(w * kid[i] for w, kid in zip(weights, kids)) / whole for i in (1, 2)]
def named(formula, formulas):  # the names in a formula, also through quantities
    names = {m[1] or m[2] for m in TOKEN.finditer(str(formula))}
    return names.union(*(named(formulas[name], formulas) for name in names if name in formulas))
def states(item, here):  # its own in the data, and those of the inputs that its rule names
    names = {item["code"], *named(written(item["rule"]), here.package.formulas)}
    return {here.package.states.get((here.unit, name, here.back)) for name in names}
def excluded(item, here):  # not applicable, or part of what is not
    return (here.package.units[here.unit] not in item.get("applies_to", here.package.units.values())
        or value(item["not_applicable_if"], here) or "not_applicable" in states(item, here)
        or (item["code"] and excluded(here.package.items[item["parent"]], here)))
def led(item, state, up): return item["on"].get(state) or led(up[item["parent"]], state, up)
def scored(item, here, points=None):  # by its rule, or as a group that was combined to these points
    choice = f"0 if ({item['zero_if']}) else full if ({item['full_if']}) else "
    if points is None: return value(choice + written(item["rule"]), here)
    whole = f"given({written(item['rule'])} + {written(item['adjust'])}, {choice} x)"
    return value(whole, naming(here, x=points))
def combined(item, here):  # (points or "not_applicable", possible) of a group
    found = [(child, result(child["code"], here)) for child in item["children"]]
    there = [(child, *pair) for child, pair in found if child["kind"] == "item" and pair]
    gone = [child for child, pair in found if child["kind"] == "item" and not pair]
    if gone and not there and item["rule"] == ITEM["rule"]: return "not_applicable", 0
    how, policy, most = item["combine"], item["not_applicable"], here.names["full"]
    (points, possible), lost = joined(how if there else "sum", there), sum(map(full, gone))
    if how == "sum" and gone and there:
        if policy == "rescale": points *= most / possible
        if policy == "spread": points += sum(p * lost / len(there) / full(c) for c, p, _ in there)
        if policy == "full": points += lost
        if policy == "mean_of_others":
            points += sum(tried(f'all_mean(score("{c["code"]}"))', here) or 0 for c in gone)
        if policy != "drop": possible = most
    points += sum(pair[0] for child, pair in found if child["kind"] != "item" and pair)
    return scored(item, here, points), possible if item["rule"] == ITEM["rule"] else most
@functools.lru_cache(maxsize=100_000)
def standing(code, here):  # (points, possible), None (not applicable) or "mean_of_others"
    item, items = here.package.items[code], here.package.items
    here, most = naming(Here(*here[:3]), full=full(item)), full(item)
    stated = [s for s in ("forged", "no_material", "unreliable", "late") if s in states(item, here)]
    if here.package.states.get((here.unit, code, here.back)) == "missing": stated += ["missing"]
    stated = [outcome for s in stated if (outcome := led(item, s, items)) != "ignore"]
    try: found, most = (("not_applicable", 0) if excluded(item, here) else (stated[0], most)
        if stated else combined(item, here) if item["children"] else (scored(item, here), most))
    except Missing: found = led(item, "missing", items)
    except ZeroDivisionError: found = led(item, "no_base", items)
    if found == "refuse": raise ValueError(f"{here.unit}, {code}: the data is refused")
    found = {"zero": 0, "full": here.names["full"], "not_applicable": None}.get(found, found)
    if found in (None, "mean_of_others"): return found
    high, low = (0, "-full") if item["kind"] == "deduction" else ("full", 0)
    for function, key, bound in ((min, "cap", high), (max, "floor", low)):
        group = item["kind"] == "item" and item["children"]
        bound = item.get(key, "none" if group or (bound and "points" not in item) else bound)
        if bound != "none": found = function(found, tried(bound, here))
    return found, most if item["kind"] == "item" else 0
def result(code, here):  # (points, possible) of an item, or None where it does not apply
    here = here._replace(names=None)
    if (own := standing(code, here)) != "mean_of_others": return own
    others = [s[0] for there in near(here) if isinstance(s := standing(code, there), tuple)]
    return (statistic("mean", others), full(here.package.items[code])) if others else None
TREE = {"value": look_up, "full": lambda code, here: full(here.package.items[code]),
    "score": lambda *at: (result(*at) or [None])[0], "applies": lambda *at: bool(result(*at)),
    "possible": lambda *at: (result(*at) or [0, 0])[1]}
# ---- 名次和等级 Ranks and grades ----
class Row:  # of a unit: its total, what the vetoes that hold lead to, its rank and grade
    def __init__(self, here):
        rules, points = here.package.scheme, tried("total", here)
        vetoes = rules.get("vetoes", []) if points is not None else []
        self.then = [veto["then"] for veto in vetoes if value(veto["when"], here)]
        self.score = min((number(t["score"]) for t in self.then if "score" in t), default=points)
        self.bar = {t[key] for t in self.then for key in ("grade", "best_grade") if key in t}
        asked = [tried(formula, here) for formula in rules.get("ranking", {}).get("tie_break", [])]
        places = {t.get("rank") for t in self.then}
        self.key = ("last" not in places, self.score, *((a is not None, a or 0) for a in asked))
        self.ranked = points is not None and "none" not in places
        self.here, self.rank, self.grade = here, None, None if points is None else math.inf
    def among(self, rows): return [sum(at(r.key, self.key) for r in rows) for at in (o.gt, o.ge)]
def weigh(package):  # the rows of all units, in the order of the ranking
    rows, rules = [Row(Here(package, unit)) for unit in package.units], package.scheme
    ranked, ties = [row for row in rows if row.ranked], rules.get("ranking", {}).get("ties")
    for row in ranked:
        (better, up), keys = row.among(ranked), {r.key for r in ranked if r.key >= row.key}
        row.rank = {"dense": len(keys), "mean": Fraction(better + 1 + up, 2)}.get(ties, better + 1)
    give_grades([row for row in rows if row.score is not None], rules.get("grades", []))
    return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0))
def meets(grade, row):
    floors, tops = grade.get("floors", {}), row.here.package.items[""]["children"]
    least = {c["code"]: floors["*"] for c in tops if "*" in floors and c["kind"] == "item"} | floors
    test = f"x >= {grade.get('at_least', 'x')} and x > {grade.get('above', 'x - 1')}"
    for code in least.keys() - {"*"}:
        share = f'* possible("{code}")' if "%" in str(least[code]) else ""
        test += f' and (not applies("{code}") or score("{code}") >= {least[code]} {share})'
    return value(f"{test} and ({grade.get('requires', 'yes')})", naming(row.here, x=row.score))
def has_room(quota, row, free, rows):
    units = [there.unit for there in near(row.here, quota.get("within", "all"))]
    peers = [r for r in rows if r.ranked and r.here.unit in units]
    whole = {"up": "ceil", "half_up": "round"}.get(quota.get("round"), "floor")
    places = number(quota.get("count", f"{whole}({quota.get('share')} * {len(peers)})"))
    better, upto = row.among([r for r in peers if r in free])
    return row.ranked and (better < places if quota.get("ties") == "in" else upto <= places)
def give_grades(rows, grades):
    codes = [grade["code"] for grade in grades]
    for i, grade in enumerate(grades):
        free = [r for r in rows if r.grade > i and r.bar <= {*codes[: i + 1]} and meets(grade, r)]
        fit = [r for r in free if "quota" not in grade or has_room(grade["quota"], r, free, rows)]
        for row in fit: row.grade = i
    for row in rows:
        fates = [codes.index(t["grade"]) if "grade" in t else row.grade + int(t.get("lower_by", 0))
            for t in row.then if t.keys() & {"grade", "best_grade", "lower_by"}]
        row.grade = codes[min(max(fates, default=row.grade), len(codes) - 1)] if codes else None
# ---- 打印 What it prints ----
def titled(code, title="", **_): return " ".join([code, *getattr(title, "values", [title].copy)()])
def checked(rows, told):
    told = {t["unit"]: (typed(t["rank"], 0), typed(t["score"], 0), t["grade"]) for t in told}
    found = {row.here.unit: (row.rank, row.score, row.grade or "") for row in rows}
    wrong = [unit for unit in told | found if told.get(unit) != found.get(unit)]
    for u in wrong: print(u, "公布 published", *told.get(u, []), "复算 replayed", *found.get(u, []))
    return f"不一致 differing: {len(wrong)}" if wrong else print("一致 the same:", len(rows))
def main(folder, asked):
    package = Package(folder)
    units = {unit["code"]: titled(**unit) for unit in package.scheme["units"]}
    match asked:
        case []:
            print("名次 rank", "单位 unit", "得分 score", "精确值 exact", "等级 grade", sep="\t")
            for r in weigh(package):
                unit, places = units[r.here.unit], int(package.items[""].get("places", 2))
                shown = r.score and f"{float(rounded(r.score, places)):.{places}f}"
                print(f"{r.rank}\t{unit}\t{shown}\t{r.score}\t{r.grade}".replace("None", "—"))
        case ["--check"]: return checked(weigh(package), table(folder / "ranking.csv"))
        case ["--unit", unit] if unit in package.units:
            for code, item in package.items.items():
                points, _ = result(code, Here(package, unit)) or ("不适用 n/a", 0)
                print(titled(**item), points, "/", full(item))
        case _: return __doc__
if __name__ == "__main__": sys.exit(main(pathlib.Path(__file__).parent, sys.argv[1:]))
