"""May this query run? It must read, and only read, tables and columns that exist.

A query that passes is kept as a tree; what runs is written again from the tree, so that what was
checked is what runs. Faults say line and column of the query.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import cast

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.scope import Scope, traverse_scope
from sqlglot.tokenizer_core import TokenType

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where
from steelyard.records.catalogue.model import Catalogue, FieldType
from steelyard.records.query import alike, portable

LONGEST = 20_000
"""Characters of a query: more is no question that a person checks."""

DEEPEST = 60
DELIVERY = "delivery"
"""The column that every table of a snapshot has beside its fields: whose row it is."""


@dataclass(frozen=True)
class Query:
    """A query that may run.

    ``columns`` are what it gives, ``tables`` what it reads; ``used`` are the parameters it names.
    """

    text: str
    tree: exp.Query = field(repr=False, compare=False)
    columns: tuple[str, ...]
    tables: tuple[str, ...]
    used: frozenset[str]

    def filled(self, parameters: Mapping[str, exp.Expr]) -> exp.Query:
        """The tree with its parameters filled in as literals."""

        def fill(node: exp.Expr) -> exp.Expr:
            return parameters[node.name].copy() if isinstance(node, exp.Placeholder) else node

        return cast("exp.Query", self.tree.transform(fill))

    def sql(self, parameters: Mapping[str, exp.Expr]) -> str:
        """The query for DuckDB, its parameters filled in."""
        return written(self.filled(parameters))


def written(tree: exp.Expr) -> str:
    """The SQL of a checked tree, as DuckDB runs it."""
    return tree.sql("duckdb", comments=False)


@dataclass
class _Gate:
    text: str
    catalogue: Catalogue
    parameters: frozenset[str]
    where: Where
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, code: str, node: exp.Expr | int, what: Text, mend: Text) -> None:
        line, column = _line_and_column(
            self.text, node if isinstance(node, int) else _start(node, self.text)
        )
        at = Text(f"查询第{line}行第{column}列：", f"line {line}, column {column} of the query: ")
        self.faults.append(Fault(code, Text(at.zh + what.zh, at.en + what.en), mend, self.where))


def passed(
    text: str, catalogue: Catalogue, parameters: Iterable[str], where: Where
) -> tuple[Query | None, tuple[Fault, ...]]:
    """The query if it may run, else every fault of it.

    ``where`` is the place of the query as a whole: a key of the scheme.
    """
    gate = _Gate(text, catalogue, frozenset(parameters), where)
    try:
        tree = _checked(gate)
    except RecursionError:
        _too_deep(gate)
        tree = None
    if tree is None or gate.faults:
        return None, tuple(gate.faults)
    tables = {table.name.lower() for table in _real_tables(tree)}
    used = frozenset(one.name for one in tree.find_all(exp.Placeholder))
    columns = tuple(name.lower() for name in tree.named_selects)
    return Query(text, tree, columns, tuple(sorted(tables)), used), ()


def _checked(gate: _Gate) -> exp.Query | None:
    tree = _parsed(gate)
    if tree is not None:
        _check_nodes(tree, gate)
    if tree is not None and not gate.faults:
        _check_names(tree, gate)
    return tree


# --- one SELECT ---------------------------------------------------------------------------


def _parsed(gate: _Gate) -> exp.Query | None:
    if len(gate.text) > LONGEST or gate.text.count("(") > 500:
        what = Text(
            f"查询过长（上限{LONGEST}字符）", f"it is too long (limit {LONGEST} characters)"
        )
        gate.refuse("query-too-long", 0, what, Text("请拆分或简化", "split or simplify it"))
        return None
    try:
        found = sqlglot.parse(_with_marks(gate.text), dialect="duckdb")
    except SqlglotError as error:
        _not_sql(gate, error)
        return None
    statements = [one for one in found if one is not None]
    if len(statements) == 1 and isinstance(statements[0], exp.Query):
        return _in_small_letters(statements[0])
    at = statements[1] if len(statements) > 1 else statements[0] if statements else 0
    gate.refuse(
        "not-one-select", at,
        Text("只能是一条SELECT", "it is not one SELECT"),
        Text("查询只能读取；请只写一条SELECT", "a query reads only: write one SELECT"),
    )  # fmt: skip
    return None


def _in_small_letters(tree: exp.Query) -> exp.Query:
    """Names as the catalogue writes them: neither engine tells ``Cases`` from ``cases``."""
    for one in tree.find_all(exp.Identifier):
        if one.name.isascii():
            one.set("this", one.name.lower())
    return tree


def _with_marks(text: str) -> str:
    """``:name`` as ``$name``, of the same length, which this dialect reads in every place."""
    marks = list(text)
    tokens = sqlglot.tokenize(text, dialect="duckdb")
    for one, after in pairwise(tokens):
        is_name = after.text.isidentifier() and after.start == one.end + 1
        if one.token_type == TokenType.COLON and is_name:
            marks[one.start] = "$"
    return "".join(marks)


def _not_sql(gate: _Gate, error: Exception) -> None:
    listed = getattr(error, "errors", None) or [{}]
    line, column = listed[0].get("line") or 1, listed[0].get("col") or 1
    said = str(listed[0].get("description") or error).splitlines()[0].rstrip(".")
    lines = gate.text.split("\n")
    start = sum(len(one) + 1 for one in lines[: line - 1]) + max(column - 1, 0)
    gate.refuse(
        "not-sql", min(start, max(len(gate.text) - 1, 0)),
        Text(f"SQL写法有误（{said}）", f"this is not SQL ({said})"),
        Text("请改正", "mend it"),
    )  # fmt: skip


# --- only what is portable ------------------------------------------------------------------


def _check_nodes(tree: exp.Query, gate: _Gate) -> None:
    deepest, types = 0, _types(tree, gate.catalogue)
    for node in tree.walk():
        deepest = max(deepest, node.depth)
        _check_node(node, types, gate)
    if deepest > DEEPEST:
        _too_deep(gate)


def _types(tree: exp.Query, catalogue: Catalogue) -> dict[str, FieldType]:
    """The types of the columns of the tables that are read, by name."""
    read = {table.name.lower() for table in tree.find_all(exp.Table)}
    return {
        one.code: one.type
        for code, table in catalogue.tables.items()
        if code in read
        for one in table.fields
    }


def _too_deep(gate: _Gate) -> None:
    what = Text("嵌套过深", "it is nested too deeply")
    gate.refuse("query-too-long", 0, what, Text("请简化", "simplify it"))


def _check_node(node: exp.Expr, types: Mapping[str, FieldType], gate: _Gate) -> None:
    kind = type(node)
    if kind in portable.KNOWN:
        for what, mend in alike.refusals(node, types):
            gate.refuse("not-portable", node, what, mend)
        _check_structure(node, gate)
    elif not (kind is exp.Star and isinstance(node.parent, exp.Count)):
        _not_portable(node, gate)


def _not_portable(node: exp.Expr, gate: _Gate) -> None:
    name = node.name if isinstance(node, exp.Anonymous) else node.key
    mend = portable.INSTEAD.get(
        type(node),
        Text(
            "可用的写法见docs/reference/tallies.md", "what may be used: docs/reference/tallies.md"
        ),
    )
    what = Text(f"“{name}”不在可用的SQL之内", f"{name!r} is not in the portable subset of SQL")
    gate.refuse("not-portable", node, what, mend)


def _check_structure(node: exp.Expr, gate: _Gate) -> None:
    match node:
        case exp.Join():
            _check_join(node, gate)
        case exp.Placeholder() if node.name not in gate.parameters:
            known, kind = gate.parameters, Text("参数", "parameter")
            _unknown(node, node.name, known, "unknown-parameter", kind, gate)
        case exp.Select() if not node.expressions:
            what = Text("SELECT没有给出任何列", "its SELECT gives no column")
            gate.refuse("not-sql", node, what, Text("请写出列名", "name the columns"))


def _check_join(node: exp.Join, gate: _Gate) -> None:
    on, using = node.args.get("on"), node.args.get("using")
    if not node.method and not using and (on is None or on.find(exp.Column) is None):
        what = Text("联接没有条件，行数会相乘", "a join without a condition multiplies the rows")
        gate.refuse("join-without-on", node, what, Text("请写ON", "write ON"))


# --- only what exists -----------------------------------------------------------------------


def _real_tables(tree: exp.Query) -> Iterator[exp.Table]:
    named = {cte.alias.lower() for cte in tree.find_all(exp.CTE)}
    for table in tree.find_all(exp.Table):
        if table.name.lower() not in named or table.db:
            yield table


def _check_names(tree: exp.Query, gate: _Gate) -> None:
    if tree.find(exp.Table) is None:
        what = Text("查询没有读取任何表", "it reads no table")
        gate.refuse("no-table", tree, what, Text("请写FROM", "write FROM"))
    for table in _real_tables(tree):
        is_plain = isinstance(table.this, exp.Identifier) and not table.db and not table.catalog
        if not is_plain or table.name.lower() not in gate.catalogue.tables:
            name = table.sql() if not is_plain else table.name
            known = gate.catalogue.tables
            _unknown(table, name, known, "unknown-table", Text("表", "table"), gate)
    _check_cte_names(tree, gate)
    if not gate.faults:
        _check_columns(tree, gate)


def _check_cte_names(tree: exp.Query, gate: _Gate) -> None:
    """A name stands for one thing, or nobody could say which tables a query reads."""
    for one in tree.find_all(exp.CTE):
        if one.alias.lower() in gate.catalogue.tables:
            what = Text(f"“{one.alias}”已是一张表的名称", f"{one.alias!r} is the name of a table")
            gate.refuse(
                "name-taken", one.args["alias"], what, Text("请另取名称", "name it otherwise")
            )


def _check_columns(tree: exp.Query, gate: _Gate) -> None:
    """Every column, each in the SELECT that it stands in: none is overlooked."""
    try:
        scopes = {id(scope.expression): scope for scope in traverse_scope(tree)}
    except SqlglotError as error:
        said = str(error).splitlines()[0]
        what = Text(f"表名或别名有误（{said}）", f"its tables or aliases are wrong ({said})")
        gate.refuse("not-sql", tree, what, Text("请改正", "mend it"))
        return
    for column in tree.find_all(exp.Column):
        scope = scopes.get(id(column.parent_select))
        if scope is None or column.args.get("db"):
            _not_portable(column, gate)
        else:
            _check_column(column, scope, gate)
    for join in tree.find_all(exp.Join):
        _check_using(join, scopes.get(id(join.parent_select)), gate)


def _check_using(join: exp.Join, scope: Scope | None, gate: _Gate) -> None:
    """Both sides of a USING have the column."""
    for one in join.args.get("using") or ():
        having = [
            source
            for _, source in (scope.selected_sources.values() if scope else ())
            if one.name.lower() in _columns(source, gate)
        ]
        if len(having) < 2:
            what = Text(
                f"“{one.name}”列不在两边的表中", f"not both sides have a column {one.name!r}"
            )
            gate.refuse("unknown-column", one, what, Text("请写ON", "write ON"))


def _check_column(column: exp.Column, scope: Scope, gate: _Gate) -> None:
    found = _sources_of(column, scope, gate)
    if not found and not _is_alias(column, scope):
        known = {name for one in _visible(scope) for name in _columns(one, gate)}
        if column.table and not any(column.table.lower() == n.lower() for n in _names(scope)):
            _unknown(
                column, column.table, _names(scope), "unknown-table", Text("表", "table"), gate
            )
        else:
            _unknown(column, column.name, known, "unknown-column", Text("列", "column"), gate)
    for source in found:
        if isinstance(source, exp.Table) and _leaves(column):
            _check_personal(column, source, gate)


def _check_personal(column: exp.Column, source: exp.Table, gate: _Gate) -> None:
    if column.name.lower() in gate.catalogue.tables[source.name.lower()].personal:
        gate.refuse(
            "personal-column", column,
            Text(f"“{column.name}”是个人信息，不能由查询输出",
                 f"{column.name!r} is personal and may not come out of a query"),
            Text("只能在条件中使用", "use it in conditions alone"),
        )  # fmt: skip


def _leaves(column: exp.Column) -> bool:
    """Whether the column stands in what a SELECT gives, not in its conditions."""
    node: exp.Expr = column
    while node.parent is not None and not isinstance(node.parent, exp.Select):
        if isinstance(node, exp.Where | exp.Join | exp.Group | exp.Having):
            return False
        node = node.parent
    return node.arg_key == "expressions"


def _visible(scope: Scope) -> Iterator[exp.Table | Scope]:
    here: Scope | None = scope
    while here is not None:
        yield from (source for source in here.sources.values() if _is_selected(source, here))
        here = here.parent


def _is_selected(source: object, scope: Scope) -> bool:
    return any(source is one for _, one in scope.selected_sources.values())


def _names(scope: Scope) -> list[str]:
    found: list[str] = []
    here: Scope | None = scope
    while here is not None:
        found += list(here.selected_sources)
        here = here.parent
    return found


def _sources_of(column: exp.Column, scope: Scope, gate: _Gate) -> list[exp.Table | Scope]:
    """The sources, nearest first, that have the column; none if it does not exist."""
    name, table = column.name.lower(), column.table.lower()
    here: Scope | None = scope
    while here is not None:
        found = [
            source
            for alias, (_, source) in here.selected_sources.items()
            if (not table or alias.lower() == table) and name in _columns(source, gate)
        ]
        if found:
            return found
        here = here.parent
    return []


def _columns(source: exp.Table | Scope, gate: _Gate) -> set[str]:
    if isinstance(source, exp.Table):
        known = gate.catalogue.tables.get(source.name.lower())
        return set(known.field) | {DELIVERY} if known else set()
    return {name.lower() for name in getattr(source.expression, "named_selects", ())}


def _is_alias(column: exp.Column, scope: Scope) -> bool:
    """Whether a name in GROUP BY or HAVING is one that the SELECT itself gives."""
    given = {name.lower() for name in getattr(scope.expression, "named_selects", ())}
    within = column.find_ancestor(exp.Group, exp.Having, exp.Where, exp.Join, exp.Select)
    is_after = isinstance(within, exp.Group | exp.Having)
    return not column.table and column.name.lower() in given and is_after


def _unknown(
    node: exp.Expr, name: str, known: Iterable[str], code: str, kind: Text, gate: _Gate
) -> None:
    near = difflib.get_close_matches(name.lower(), list(known), n=1)
    listed = ", ".join(sorted(known)[:12])
    mend = (
        Text(f"是否应为“{near[0]}”？", f"did you mean {near[0]!r}?")
        if near
        else Text(f"可用：{listed}", f"known are {listed}")
    )
    what = Text(f"没有{kind.zh}“{name}”", f"there is no {kind.en} {name!r}")
    gate.refuse(code, node, what, mend)


# --- where it stands ------------------------------------------------------------------------


def _start(node: exp.Expr, text: str) -> int:
    """Where the node begins in the text: its own mark, else the first of those inside it."""
    if isinstance(node, exp.Placeholder):
        return max(text.find(f":{node.name}"), 0)
    marks = [one.meta["start"] for one in node.walk() if "start" in one.meta]
    own = node.meta.get("start")
    if own is not None:
        return int(own)
    return int(min(marks, default=0))


def _line_and_column(text: str, start: int) -> tuple[int, int]:
    before = text[:start]
    return before.count("\n") + 1, start - (before.rfind("\n") + 1) + 1
