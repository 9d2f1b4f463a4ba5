"""Does an expression mean the same to DuckDB and to Spark? What does not is refused, with what to write.

Looked at by :mod:`.gate`, node by node. Types are known of columns, parameters and casts alone; of what is
put together from others nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlglot import exp

from steelyard.kernel.bilingual import Text
from steelyard.records.catalogue.model import FieldType
from steelyard.records.query import portable

Refusal = tuple[Text, Text]
"""What is wrong, and what to do."""


def refusals(node: exp.Expr, types: Mapping[str, FieldType]) -> Iterator[Refusal]:
    """Why a node of the subset may not be used as it is written. ``types`` are those of columns by name."""
    yield from _parts(node)
    yield from _function(node)
    yield from _operator(node, types)
    yield from _structure(node)


def _parts(node: exp.Expr) -> Iterator[Refusal]:
    """Parts that only one of the two knows, as MATERIALIZED, or max(x, 3)."""
    allowed = portable.PARTS.get(type(node))
    if allowed is None:
        return
    more = {name: held for name, held in node.args.items() if held and name not in allowed}
    for name in sorted(name for name, held in more.items() if not _is_refused_itself(held)):
        yield (
            Text(f"“{node.key}”的“{name}”不在可用的SQL之内",
                 f"{name.strip('_')!r} of {node.key!r} is not in the portable subset of SQL"),
            Text("请删去或改写", "leave it out, or write it otherwise"),
        )  # fmt: skip


def _is_refused_itself(held: object) -> bool:
    first = held[0] if isinstance(held, list) else held
    return isinstance(first, exp.Expr) and type(first) not in portable.KNOWN


def _function(node: exp.Expr) -> Iterator[Refusal]:
    match node:
        case exp.Cast() if node.to.this.name not in portable.TYPES:
            listed = ", ".join(sorted(portable.TYPES))
            yield (
                Text(f"不能转换为{node.to.sql()}", f"a cast to {node.to.sql()} is not exact"),
                Text(f"可用：{listed}", f"use one of {listed}"),
            )
        case exp.Extract() if node.name.upper() not in portable.DATE_PARTS:
            yield (
                Text(f"不能取{node.name}", f"{node.name} cannot be extracted"),
                Text("可取year、month、day", "extract year, month or day"),
            )
        case exp.DateDiff() if (node.text("unit") or "DAY").upper() != "DAY":
            yield (
                Text("只能按天相减", "only days can be counted"),
                Text("请写date_diff('day', …)", "write 'day'"),
            )
        case exp.Count() | exp.Sum() | exp.Min() | exp.Max() if not _is_of_one(node):
            yield (
                Text(f"{node.key}应有一个参数", f"{node.key} is of one thing"),
                Text(f"例如{node.key}(x)", f"for instance {node.key}(x)"),
            )
        case exp.Substring() if _starts_before_one(node):
            yield (
                Text("substr从1数起", "substr counts from 1"),
                Text("起点应为1或更大", "start at 1 or beyond"),
            )
        case exp.Sum() if isinstance(node.this, exp.Predicate | exp.Boolean | exp.Not | exp.And):
            yield (
                Text("真假不能相加", "what is true or false cannot be added up"),
                Text(
                    "请写sum(CASE WHEN … THEN 1 ELSE 0 END)",
                    "write sum(CASE WHEN … THEN 1 ELSE 0 END)",
                ),
            )


def _is_of_one(node: exp.Expr) -> bool:
    several = node.this.expressions if isinstance(node.this, exp.Distinct) else ()
    return node.this is not None and len(several) <= 1 and node.find(exp.Tuple) is None


def _starts_before_one(node: exp.Substring) -> bool:
    start = node.args.get("start")
    return start is None or isinstance(start, exp.Neg) or start.name == "0"


def _operator(node: exp.Expr, types: Mapping[str, FieldType]) -> Iterator[Refusal]:
    match node:
        case exp.Like() if "\\" in node.expression.name:
            yield (
                Text("LIKE中的反斜杠含义不一", "a backslash in LIKE has no one meaning"),
                Text("请用substr比较", "compare with substr"),
            )
        case exp.Sub() if _is_day(node.this, types) and _is_day(node.expression, types):
            yield (
                Text("两个日期相减含义不一", "a day less a day has no one meaning"),
                Text("请写date_diff('day', 始, 止)", "write date_diff('day', from, to)"),
            )
        case exp.Cast() if node.to.this.name in ("INT", "BIGINT") and _is_decimal(node.this, types):
            yield (
                Text(
                    "小数转整数的舍入不一", "a decimal is not rounded to a whole number in one way"
                ),
                Text("请保留小数", "leave it a decimal"),
            )


def _is_day(node: exp.Expr, types: Mapping[str, FieldType]) -> bool:
    if isinstance(node, exp.Paren):
        return _is_day(node.this, types)
    if isinstance(node, exp.Cast):
        return bool(node.to.this.name == "DATE")
    if isinstance(node, exp.Placeholder):
        return node.name in ("from", "to")
    return isinstance(node, exp.Column) and types.get(node.name.lower()) == "day"


def _is_decimal(node: exp.Expr, types: Mapping[str, FieldType]) -> bool:
    if isinstance(node, exp.Literal):
        return not node.is_string and "." in node.name
    if isinstance(node, exp.Column):
        return types.get(node.name.lower()) in ("number", "money")
    if isinstance(node, exp.Paren | exp.Neg | exp.Add | exp.Sub | exp.Mul):
        return any(_is_decimal(one, types) for one in node.iter_expressions())
    return isinstance(node, exp.Cast) and node.to.this.name == "DECIMAL"


def _structure(node: exp.Expr) -> Iterator[Refusal]:
    match node:
        case exp.With() if node.recursive:
            yield (
                Text("递归查询可能永不结束", "a recursive query may never end"),
                Text("请改用联接", "use a join"),
            )
        case exp.Distinct() if node.args.get("on"):
            yield (
                Text(
                    "DISTINCT ON取哪一行没有固定的含义", "which row DISTINCT ON takes is not fixed"
                ),
                Text("请用GROUP BY", "use GROUP BY"),
            )
        case exp.Subquery() if not isinstance(node.this, exp.Query):
            yield (
                Text("括号中应是一条SELECT", "brackets stand around a SELECT alone"),
                Text("请去掉括号", "remove the brackets"),
            )
        case exp.Literal() if not node.is_string and "e" in node.name.lower():
            yield (
                Text(f"“{node.name}”是近似的浮点数", f"{node.name} is a binary float"),
                Text("请写成普通小数", "write it as a decimal"),
            )
        case exp.Join() if node.method or node.kind in ("SEMI", "ANTI"):
            name = f"{node.method or node.kind} JOIN".upper()
            yield (
                Text(f"“{name}”不在可用的SQL之内", f"{name} is not in the portable subset of SQL"),
                Text("请用JOIN … ON或EXISTS", "use JOIN … ON, or EXISTS"),
            )
