"""Which SQL may an indicator use? The subset in which DuckDB and Spark give the same answer.

Everything that is not listed is refused. The reference is generated from these tables.
"""

from __future__ import annotations

from sqlglot import exp

from steelyard.kernel.bilingual import Text

STRUCTURE: frozenset[type[exp.Expr]] = frozenset(
    {
        exp.Select, exp.From, exp.Where, exp.Join, exp.Group, exp.Having, exp.With, exp.CTE,
        exp.Union, exp.Except, exp.Intersect, exp.Subquery, exp.Distinct,
        exp.Table, exp.TableAlias, exp.Alias, exp.Column, exp.Identifier, exp.Placeholder,
        exp.Literal, exp.Boolean, exp.Null, exp.Paren, exp.Tuple, exp.DataType, exp.DataTypeParam,
        exp.Var,
    }
)  # fmt: skip
"""What a query is put together from."""

OPERATORS: frozenset[type[exp.Expr]] = frozenset(
    {
        exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE,
        exp.Between, exp.In, exp.Is, exp.Like, exp.Exists, exp.Case, exp.If,
        exp.Add, exp.Sub, exp.Mul, exp.Neg, exp.DPipe,
    }
)  # fmt: skip

FUNCTIONS: dict[type[exp.Expr], tuple[str, Text]] = {
    exp.Count: ("count(*), count(x), count(DISTINCT x)", Text("计数", "how many")),
    exp.Sum: ("sum(x)", Text("求和", "their sum")),
    exp.Min: ("min(x)", Text("最小", "the least")),
    exp.Max: ("max(x)", Text("最大", "the greatest")),
    exp.Coalesce: ("coalesce(x, y, …)", Text("第一个非空值", "the first that is not null")),
    exp.Nullif: ("nullif(x, y)", Text("相等时为空", "null where they are equal")),
    exp.Cast: ("cast(x AS type)", Text("转换类型", "as another type")),
    exp.Abs: ("abs(x)", Text("绝对值", "its size")),
    exp.Lower: ("lower(x)", Text("转小写", "in small letters")),
    exp.Upper: ("upper(x)", Text("转大写", "in capitals")),
    exp.Length: ("length(x)", Text("字符数", "how many characters")),
    exp.Substring: (
        "substr(x, from, length)",
        Text("截取，从1数起", "a part of it, counted from 1"),
    ),
    exp.Trim: ("trim(x)", Text("去首尾空格", "without spaces around it")),
    exp.Extract: ("extract(year FROM day)", Text("年、月、日", "its year, month or day")),
    exp.DateDiff: ("date_diff('day', from, to)", Text("相隔天数", "days from one to the other")),
}
"""Function → how it is written, and what it gives."""

KNOWN: frozenset[type[exp.Expr]] = STRUCTURE | OPERATORS | frozenset(FUNCTIONS)
_COMBINED = frozenset({"this", "expression", "distinct", "with_"})
PARTS: dict[type[exp.Expr], frozenset[str]] = {
    exp.Select: frozenset(
        {"with_", "expressions", "from_", "joins", "where", "group", "having", "distinct"}
    ),
    exp.Union: _COMBINED,
    exp.Except: _COMBINED,
    exp.Intersect: _COMBINED,
    exp.With: frozenset({"expressions", "recursive"}),
    exp.CTE: frozenset({"this", "alias"}),
    exp.TableAlias: frozenset({"this"}),
    exp.Join: frozenset({"this", "side", "kind", "method", "on", "using"}),
    exp.Group: frozenset({"expressions"}),
    exp.In: frozenset({"this", "expressions", "query"}),
    exp.Between: frozenset({"this", "low", "high"}),
    exp.Count: frozenset({"this", "big_int"}),
    exp.Sum: frozenset({"this"}),
    exp.Min: frozenset({"this"}),
    exp.Max: frozenset({"this"}),
    exp.Trim: frozenset({"this"}),
    exp.Substring: frozenset({"this", "start", "length"}),
    exp.Extract: frozenset({"this", "expression"}),
}
"""What these may be put together from; anything more of them is refused."""

TYPES: frozenset[str] = frozenset(
    {"INT", "BIGINT", "DECIMAL", "DATE", "TEXT", "VARCHAR", "BOOLEAN"}
)
"""What may be cast to."""

DATE_PARTS: frozenset[str] = frozenset({"YEAR", "MONTH", "DAY"})

INSTEAD: dict[type[exp.Expr], Text] = {
    exp.Div: Text(
        "相除会成为近似数；请分别给出numerator和denominator",
        "a quotient is not exact: give numerator and denominator",
    ),
    exp.Avg: Text("平均会成为近似数；请用tally = \"mean\"", 'a mean is not exact: use tally = "mean"'),
    exp.Star: Text("请逐一写出列名", "name the columns"),
    exp.Limit: Text("取前几行没有固定的含义；请用条件", "which rows come first is not fixed: use a condition"),
    exp.Order: Text("排序对结果没有意义，请删去", "the order does not matter: remove it"),
    exp.Window: Text("请改用子查询", "use a subquery"),
    exp.Concat: Text("请用 ||", "write ||"),
}  # fmt: skip
"""What to do instead of some things that people try first."""
