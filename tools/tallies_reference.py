"""Makes docs/reference/tallies.md: how records become a figure, and which SQL may say which records.

Kinds, their columns, functions and types come from the tables that the program itself reads; only the
sentences are here, and a kind or an operator without its sentence does not pass the tests.
"""

# ruff: noqa: E501 (a row of a table stays on its line)

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from sqlglot import exp

from steelyard.kernel.bilingual import Text
from steelyard.records.query import gate, portable
from steelyard.records.tally import sampled
from steelyard.records.tally.figures import EMPTY
from steelyard.records.tally.indicators import PERIOD
from steelyard.scheme.tally import (
    COLUMNS,
    GIVES,
    OPTIONAL,
    SAMPLED,
    TALLY_KINDS,
    USUAL_CONFIDENCE,
    Give,
    TallyKind,
)
from tools.rules_reference import table as grid

KINDS: Mapping[TallyKind, Text] = {
    "count": Text("条数", "how many records"),
    "sum": Text("各条value之和", "the sum of their values"),
    "mean": Text("有值各条的平均", "the mean of those that have a value"),
    "share": Text(
        "分子之和÷分母之和，每条分子在0与分母之间；或value为真的占比",
        "numerators ÷ denominators, each numerator from 0 to its denominator; or the share whose value is true",
    ),
    "ratio": Text("分子之和÷分母之和，可大于1", "numerators ÷ denominators; may be above 1"),
    "median": Text(
        "中位数；偶数条取中间两条的平均", "the middle value, or the mean of the two in the middle"
    ),
    "latest": Text(
        "day最晚一条的值；只取该单位自己的，不取下级的",
        "the value of the latest day, of the unit itself and not of places below it",
    ),
    "survey_mean": Text(
        "按weight加权的平均，可按stratum分层",
        "the mean weighted by weight, within strata where a stratum is given",
    ),
    "defect_rate": Text(
        "抽查案卷中有缺陷（value为真）的占比；或扣分之和÷满分之和",
        "the share of files reviewed whose value is true (defective); or points lost ÷ points possible",
    ),
}
UNKNOWN: Mapping[TallyKind, Text] = {
    "count": Text("不看值，每行都计", "no value is looked at: every row counts"),
    "sum": Text("不加；全为空时和为0", "not added; if all are null the sum is 0"),
    "mean": Text("不计入平均；全为空即无基数", "not averaged; if all are null, no base"),
    "share": Text("分子、分母有一个为空，该行不计", "a row that lacks either is left out"),
    "ratio": Text("分子、分母有一个为空，该行不计", "a row that lacks either is left out"),
    "median": Text("不排序；全为空即无基数", "passed over; if all are null, no base"),
    "latest": Text("跳过，取更早有值的一天", "passed over: the latest day that has a value"),
    "survey_mean": Text(
        "值、权重或层有一个为空，该行不计", "a row that lacks value, weight or stratum is left out"
    ),
    "defect_rate": Text(
        "分子、分母有一个为空，该行不计；用value时，空不计为缺陷也不计入总数",
        "a row that lacks a part of it is left out, of the files reviewed as well",
    ),
}
ASKED: Mapping[Give, Text] = {
    "value": Text("值本身（不写give即此）", "the figure itself (as without give)"),
    "standard_error": Text("标准误", "its standard error"),
    "sample": Text("有值的行数", "how many rows have a value"),
    "low": Text("置信区间下限", "the lower end of its interval"),
    "high": Text("置信区间上限", "the upper end of its interval"),
}
OPERATORS: Mapping[type[exp.Expr], str] = {
    exp.And: "AND", exp.Or: "OR", exp.Not: "NOT", exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=",
    exp.GT: ">", exp.GTE: ">=", exp.Between: "BETWEEN", exp.In: "IN", exp.Is: "IS NULL", exp.Like: "LIKE",
    exp.Exists: "EXISTS", exp.Case: "CASE", exp.If: "WHEN … THEN … ELSE", exp.Add: "+", exp.Sub: "-",
    exp.Mul: "*", exp.Neg: "-x", exp.DPipe: "||",
}  # fmt: skip
REFUSED: Mapping[type[exp.Expr], str] = {
    exp.Div: "x / y", exp.Avg: "avg(x)", exp.Star: "SELECT *", exp.Limit: "LIMIT", exp.Order: "ORDER BY",
    exp.Window: "OVER (…)", exp.Concat: "concat(x, y)",
}  # fmt: skip
ALSO_REFUSED: tuple[tuple[str, Text], ...] = (
    (
        "INSERT, COPY, ATTACH …; `;`",
        Text("查询只能读取；请只写一条SELECT", "a query reads only: write one SELECT"),
    ),
    (
        "JOIN without ON · 无ON的联接",
        Text("行数会相乘；请写ON", "it multiplies the rows: write ON"),
    ),
    ("WITH RECURSIVE", Text("可能永不结束；请用联接", "it may never end: use a join")),
    (
        "read_csv(…), now(), random() …",
        Text(
            "查询不读文件，不看时钟，不用随机数；日期请用参数",
            "a query reads no file, no clock and no chance: name days as parameters",
        ),
    ),
    (
        "cast(x AS double)",
        Text("浮点数不精确；请用decimal", "a binary float is not exact: use decimal"),
    ),
    ("date_diff('month', …)", Text("只能按天相减", "only days can be counted")),
)
NO_BASE = Text("无基数（no_base）", "nothing to divide by (`no_base`)")
MISSING = Text("缺失（missing）", "`missing`")

HEAD = """\
# 汇总方式与查询 · Tallies and queries

How the records of a [snapshot](../../GLOSSARY.md) become the value of an input. An input of a scheme says which records count
(`records`, a SQL `SELECT`) and how they are tallied (`tally`). [How to write a scheme](../guides/write_a_scheme.md#figures-from-records)
shows it; [Tables of records](tables.md) lists what may be asked of. This page is made from the tables that the program itself reads.

细则中的数据项写明哪些记录计入（`records`，一条SELECT）和怎样汇总（`tally`）。写法示例见[细则编写指南](../guides/write_a_scheme.md#figures-from-records)，
可查的表见[记录表](tables.md)。本页由程序所用的表生成。

Sums are added up in whole numbers and decimals, divisions are done in fractions; nothing is rounded on the way.

整数和小数精确相加，除法按分数计算，中间不取整。
"""

PLACES = """\
Every row gives `unit`, the place it belongs to, and `record`, what it is found again by. A place may be any in the table
[`places`](tables.md#places), the finest known: it counts for the first assessed unit at or above it. So `SELECT place AS unit` serves a
ranking of cities and one of districts alike. A row of a place that lies beside the assessed units (another city's, in a city's own
ranking) is left out. A row whose place is unknown, or above all assessed units, belongs to nobody: it does not count, and `weigh` says
how many there are (not of `latest`, which looks at the unit alone). A record may come once for a place: a join that multiplies it is refused, and names it.

每行给出`unit`（所属地方）和`record`（记录编号）。地方写所知的最低一级即可，计入其本身或上级中的被考核单位，因此`SELECT place AS unit`
对市级排名和县区排名都适用。属于其他地方的行不计；地方不明或在被考核单位之上的行不计，并由`weigh`报出条数（`latest`只看单位自己，不报）。同一记录对同一地方只能出现一次；
联接使行数增多的，不予计算并列出记录。
"""

ZERO = """\
| what there is · 情况 | what comes of it · 结果 |
|---|---|
| nobody delivered a table of the query for the unit, or not for the whole period, or with a cut-off before it ends · 没有单位为该地报送该表，或者没有覆盖整个期间，或者截止日早于期末 | `missing`, with the names of the tables · 缺失，并写明哪些表 |
| delivered, and no row counts · 已报送，没有一行计入 | as the table above says: 0 of what is counted or added, else no base · 见上表：计数、求和为0，其余无基数 |
| rows, and none with a value · 有行而都没有值 | no base; a `sum` is 0, a `latest` missing · 无基数；`sum`为0，`latest`缺失 |
| nothing to divide by: denominators that add up to 0, a `per` of 0, 0 in the period before · 分母合计为0、`per`为0、上期为0 | `no_base` · 无基数 |

What `missing` and `no_base` lead to is for the scheme to say (`[on]`); without a word there the weighing is refused and names every such
figure. Neither is read as 0. A table without days of its own (a register, 名录) is asked only whether it was delivered at all.

`missing`和`no_base`导致什么，由细则的`[on]`写明；没有写，就不出结果并逐一列出。两者都不当作0。没有日期列的表（名录）只看是否报送过。
"""


def page() -> str:
    """The text of docs/reference/tallies.md."""
    return "\n".join(_parts())


def _parts() -> Iterator[str]:
    yield HEAD
    yield "## 汇总方式 · Kinds of tally\n"
    yield grid(
        ("tally", "是什么 · what it is", "columns", "没有行 · no rows", "空值 · NULL"),
        map(_kind, TALLY_KINDS),
    )
    yield "`survey_mean` may also give `stratum`. A column that a tally has no use for is refused.\n"
    yield from _more()
    yield "## 归属地 · Places\n"
    yield PLACES
    yield "## 缺失与零 · What is missing and what is zero\n"
    yield ZERO
    yield from _samples()
    yield from _parameters()
    yield from _sql()


def _kind(kind: TallyKind) -> tuple[str, str, str, str, str]:
    return f"`{kind}`", both(KINDS[kind]), _columns(kind), both(_empty(kind)), both(UNKNOWN[kind])


def _columns(kind: TallyKind) -> str:
    needed = " · or ".join(", ".join(f"`{one}`" for one in sorted(each)) for each in COLUMNS[kind])
    more = ", ".join(f"`{one}`" for one in sorted(OPTIONAL.get(kind, ())))
    return (needed or "—") + (f" (and {more})" if more else "")


def _empty(kind: TallyKind) -> Text:
    value = EMPTY.get(kind)
    if value is not None:
        return Text(str(value), str(value))
    return MISSING if kind == "latest" else NO_BASE


def _more() -> Iterator[str]:
    yield "## 再进一步 · A tally that says more\n"
    rows = [
        ('`{ of = "count", per = "residents", times = 10000 }`', "除以该单位的另一数据项（差异已处理的，以采用的数为准），再乘`times`；`per`所指的数据项自己不能再有`per` · divided by another input of the unit (as accepted, where a difference was settled), times `times`; that input has no `per` of its own"),
        ('`{ of = "count", growth = true }`', "比同样长的上一期间增长多少，以上期为基数：12%即0.12 · the change on the period of the same length before, as a share of it: 12% is 0.12"),
        (f'`{{ of = "{min(SAMPLED)}", give = "low" }}`', f"抽样指标的其他数，见下；置信水平`confidence`默认{_percent(USUAL_CONFIDENCE)} · what else a sample gives, below; `confidence` is {_percent(USUAL_CONFIDENCE)} unless it is said"),
    ]  # fmt: skip
    yield grid(("tally", "是什么 · what it is"), rows)
    yield (
        "The period before ends where this one starts; whole months stay whole months. A growth needs the table delivered for both, and goes with no `per`.\n\n"
        "上一期间止于本期开始之日；整月仍按整月。增长要求两个期间都已报送，不与`per`同用。\n"
    )


def _samples() -> Iterator[str]:
    yield "## 抽样指标 · Figures from a sample\n"
    kinds = ", ".join(f"`{kind}`" for kind in sorted(SAMPLED))
    yield f"{kinds} are of a sample, and `give` asks for one of these (not together with `per` or `growth`):\n"
    yield grid(("give", "是什么 · what it is"), [(f"`{one}`", both(ASKED[one])) for one in GIVES])
    yield (
        "Standard error and ends of an interval are given to "
        f"{sampled.DIGITS} significant digits. A mean or points lost with one row alone in a stratum (or in all) have none: no base.\n\n"
        f"标准误和区间上下限取{sampled.DIGITS}位有效数字；均值和失分率在某层（或全体）只有一行时无从计算，作无基数。\n"
    )
    yield grid(
        ("figure", "formula", "source"),
        [
            ("`survey_mean`", "Σwy ÷ Σw; the error of the linearised ratio, within strata, drawn with replacement; normal interval", "Hájek 1971; Cochran 1977, ch. 6"),
            ("`defect_rate` of `value`", "defective ÷ reviewed; score interval, which holds for few files too", "Wilson 1927"),
            ("`defect_rate` of `numerator`, `denominator`", "points lost ÷ points possible over files; the error of the linearised ratio; interval within 0 and 1", "Cochran 1977, ch. 6"),
        ],
    )  # fmt: skip


def _parameters() -> Iterator[str]:
    yield "## 参数 · Parameters\n"
    names = " and ".join(f"`:{one}`" for one in PERIOD)
    yield (
        f"{names} are the first day of the scheme's period and the first day after it: write `day >= :from AND day < :to`. Every figure of\n"
        "the scheme (`[[figures]]`) that is an exact decimal is a parameter under its code. No other value enters a query.\n\n"
        "`:from`是期间首日，`:to`是期间结束后的第一天（不含）。细则`[[figures]]`中的每个数（须为有限小数）都可按其代码作参数。此外没有别的值进入查询。\n"
    )


def _sql() -> Iterator[str]:
    yield "## 可用的SQL · Portable SQL\n"
    yield (
        "One `SELECT` (also with `WITH`, `JOIN … ON`, `WHERE`, `GROUP BY`, `HAVING`, `UNION`, `EXCEPT`, `INTERSECT`, `DISTINCT`, subqueries)\n"
        f"of at most {gate.LONGEST:,} characters, over the tables of the snapshot and their columns, `{gate.DELIVERY}` among them. It means the same in DuckDB\n"
        "and in Spark. What is not listed is refused, with line and column of the query.\n\n"
        "一条SELECT，只读快照中的表；在DuckDB和Spark中含义相同。未列出的写法不予接受，并指出查询的行和列。\n"
    )
    rows = [(f"`{written}`", both(said)) for written, said in portable.FUNCTIONS.values()]
    yield grid(("function", "给出 · gives"), rows)
    listed = " ".join(f"`{one}`" for one in OPERATORS.values())
    types = " ".join(f"`{one.lower()}`" for one in sorted(portable.TYPES))
    parts = " ".join(f"`{one.lower()}`" for one in sorted(portable.DATE_PARTS))
    yield f"- operators · 运算: {listed}\n- types of `cast` · 转换类型: {types}\n- parts of a day · 日期成分: {parts}\n"
    refused = [(f"`{REFUSED[kind]}`", both(said)) for kind, said in portable.INSTEAD.items()]
    yield grid(
        ("不予接受 · refused", "怎样改 · instead"),
        [*refused, *((one, both(said)) for one, said in ALSO_REFUSED)],
    )
    yield (
        "A `numerator`, `denominator` or `weight` is a whole number or a decimal; a `value` is one too, or true or false (not in a `median`);\n"
        "a `day` is a date; `unit` and `stratum` are texts; a `record` is a text or a whole number. A binary float is refused.\n\n"
        "分子、分母、权重须为整数或小数；`value`也可为是否（`median`除外）；`day`为日期；`unit`、`stratum`为文字；`record`为文字或整数。浮点数不予接受。\n"
    )


def both(text: Text) -> str:
    return " · ".join(dict.fromkeys((text.zh, text.en)))


def _percent(share: Fraction) -> str:
    return f"{share * 100}%"
