"""The language of templates: outputs, ``for`` and ``if``, and no more of Jinja than that.

A tag is judged by its syntax tree, before anything is filled: what the tree may not hold, no value
can bring about. The sandbox is the second wall, for what a check may have missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from steelyard.kernel.bilingual import Text
from steelyard.papers.templates.fields import RESERVED, Field, Row, nearest, shown

OF_A_LOOP = ("index", "first", "last", "length")
"""What ``loop.…`` may be asked: the number of the row from 1, whether it is the first, the last, how many."""

_NODES = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If,
    nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Const,
)  # fmt: skip

Scope = Mapping[str, "Field | tuple[Field, ...]"]
"""What a name means: a field, or (in a loop) a row of those fields."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one tag; where it stands is said by whoever asked."""

    code: str
    what: Text
    mend: Text


class Language(ImmutableSandboxedEnvironment):
    """Jinja without filters, tests and globals; an attribute is a field of a row, and nothing else."""

    def __init__(self, *, escapes: bool = True) -> None:
        super().__init__(
            autoescape=escapes, undefined=jinja2.StrictUndefined, finalize=shown, cache_size=0,
            keep_trailing_newline=True,
        )  # fmt: skip
        self.globals = {}
        self.filters, self.tests = {}, {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Row) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in OF_A_LOOP:
            found = getattr(obj, attribute)
            return found if isinstance(found, bool) else str(found)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self.undefined(obj=obj, name=str(argument))


_LANGUAGE = Language()


def is_of_the_language(source: str) -> bool:
    """Whether a whole part of a file, as it will be filled, holds nothing but what is allowed."""
    try:
        tree = _LANGUAGE.parse(source)
    except jinja2.TemplateSyntaxError:
        return False
    return all(type(node) in _NODES for node in tree.find_all(nodes.Node))


def scope_of(fields: tuple[Field, ...]) -> Scope:
    return {field.name: field for field in fields}


def against_output(expression: str, scope: Scope) -> Iterator[Problem]:
    """What is wrong with ``{{ expression }}``."""
    parsed = _parsed(f"{{{{ {expression} }}}}")
    if isinstance(parsed, Problem):
        yield parsed
        return
    found = parsed.body[0] if parsed.body else None
    if len(parsed.body) != 1 or not isinstance(found, nodes.Output) or len(found.nodes) != 1:
        yield _not_allowed(expression)
        return
    field = _resolved(found.nodes[0], expression, scope)
    if isinstance(field, Problem):
        yield field
    elif field is not None and field.is_list:
        yield _is_a_list(field)


def against_condition(expression: str, scope: Scope) -> Iterator[Problem]:
    """What is wrong with ``{% if expression %}``."""
    parsed = _parsed(f"{{% if {expression} %}}{{% endif %}}")
    if isinstance(parsed, Problem):
        yield parsed
        return
    found = parsed.body[0] if parsed.body else None
    if len(parsed.body) != 1 or not isinstance(found, nodes.If):
        yield _not_allowed(expression)
        return
    yield from _against_test(found.test, expression, scope)


def _against_test(node: nodes.Node, expression: str, scope: Scope) -> Iterator[Problem]:
    match node:
        case nodes.Not():
            yield from _against_test(node.node, expression, scope)
        case nodes.And() | nodes.Or():
            yield from _against_test(node.left, expression, scope)
            yield from _against_test(node.right, expression, scope)
        case nodes.Compare() if all(one.op in ("eq", "ne") for one in node.ops):
            for side in (node.expr, *(one.expr for one in node.ops)):
                if not (isinstance(side, nodes.Const) and isinstance(side.value, str)):
                    yield from _against_test(side, expression, scope)
        case _:
            field = _resolved(node, expression, scope)
            if isinstance(field, Problem):
                yield field


@dataclass(frozen=True, slots=True)
class Loop:
    """``for`` one of many: the name of the row, and its fields."""

    variable: str
    field: Field


def loop_of(expression: str, scope: Scope) -> Loop | Problem:
    """``{% for expression %}`` as a loop, or what is wrong with it."""
    parsed = _parsed(f"{{% for {expression} %}}{{% endfor %}}")
    if isinstance(parsed, Problem):
        return parsed
    found = parsed.body[0] if parsed.body else None
    if len(parsed.body) != 1 or not isinstance(found, nodes.For) or found.test or found.recursive:
        return _not_allowed(expression)
    if not isinstance(found.target, nodes.Name):
        return _not_allowed(expression)
    variable = found.target.name
    if variable in scope or variable.lower() in RESERVED or variable.startswith("_"):
        return Problem(
            "taken-name",
            Text(
                f"循环变量“{variable}”与已有名称重复",
                f"the loop calls its row “{variable}”, which is taken",
            ),
            Text("请换一个名称，例如 row", "call it otherwise, for instance row"),
        )
    return _loop(variable, found.iter, expression, scope)


def _loop(variable: str, node: nodes.Node, expression: str, scope: Scope) -> Loop | Problem:
    field = _resolved(node, expression, scope)
    if isinstance(field, Problem):
        return field
    if field is None or not field.is_list:
        return Problem(
            "not-a-list",
            Text(f"“{expression}”：for 只能用于列表", f"“{expression}”: for goes over a list only"),
            _lists(scope),
        )
    if isinstance(node, nodes.Name) and any(isinstance(one, tuple) for one in scope.values()):
        return Problem(
            "list-of-all-in-a-loop",
            Text(
                f"“{field.name}”不是这一行的列表，不能在循环内再次展开",
                f"“{field.name}” is no list of this row, and a loop within a loop is over such a one",
            ),
            Text("请移到循环之外", "put it outside of the loop"),
        )
    return Loop(variable, field)


def _parsed(source: str) -> nodes.Template | Problem:
    try:
        return _LANGUAGE.parse(source)
    except (jinja2.TemplateSyntaxError, RecursionError) as error:
        said = getattr(error, "message", None) or "too deep"
        return Problem(
            "syntax",
            Text(
                f"“{_inner(source)}”写法有误（{said}）",
                f"“{_inner(source)}” cannot be read ({said})",
            ),
            Text(
                "写法如 {{ 字段名 }}、{%p for row in 列表 %}",
                "write {{ field }} or {%p for row in list %}",
            ),
        )


def _inner(source: str) -> str:
    return source.partition("}{%")[0][:80]


def _resolved(node: nodes.Node, expression: str, scope: Scope) -> Field | Problem | None:
    """The field that is asked; None for ``loop.…``; or what is wrong."""
    match node:
        case nodes.Name():
            return _named(node.name, scope)
        case nodes.Getattr(node=nodes.Name(name=variable), attr=name):
            return _of_row(variable, name, scope)
    return _not_allowed(expression)


def _named(name: str, scope: Scope) -> Field | Problem:
    found = scope.get(name)
    if isinstance(found, Field):
        return found
    if isinstance(found, tuple):
        names = ", ".join(f"{name}.{one.name}" for one in found)
        return Problem(
            "whole-row",
            Text(
                f"“{name}”是一整行，不能直接输出",
                f"“{name}” is a whole row, which cannot be printed",
            ),
            Text(f"请写其中一项：{names}", f"ask one of its fields: {names}"),
        )
    owner = next(
        (one for one in scope.values() if isinstance(one, Field) and name in _names(one.of)), None
    )
    if owner is not None:
        return _outside_of_loop(owner, name)
    return _unknown(name, (one for one in scope if one != "loop"))


def _of_row(variable: str, name: str, scope: Scope) -> Field | Problem | None:
    found = scope.get(variable)
    if variable == "loop" and any(isinstance(one, tuple) for one in scope.values()):
        return (
            None
            if name in OF_A_LOOP
            else _unknown(f"loop.{name}", [f"loop.{one}" for one in OF_A_LOOP])
        )
    if isinstance(found, tuple):
        field = next((one for one in found if one.name == name), None)
        return field or _unknown(name, _names(found))
    if isinstance(found, Field) and found.is_list:
        return _outside_of_loop(found, name)
    if isinstance(found, Field):
        return Problem(
            "no-parts",
            Text(
                f"“{variable}”是一个值，没有“{name}”",
                f"“{variable}” is one value and has no “{name}”",
            ),
            Text(f"请写 {{{{ {variable} }}}}", f"write {{{{ {variable} }}}}"),
        )
    return _unknown(variable, scope)


def _names(fields: tuple[Field, ...]) -> list[str]:
    return [one.name for one in fields]


def _unknown(name: str, known: Any) -> Problem:
    return Problem(
        "unknown-field",
        Text(f"没有名为“{name}”的字段", f"there is no field “{name}”"),
        nearest(name, known),
    )


def _outside_of_loop(owner: Field, name: str) -> Problem:
    return Problem(
        "outside-of-loop",
        Text(
            f"“{name}”是列表“{owner.name}”中各行的字段",
            f"“{name}” is a field of the rows of “{owner.name}”",
        ),
        Text(
            f"请放在 {{%p for row in {owner.name} %}} 与 {{%p endfor %}} 之间（表格行用 %tr），"
            f"写作 {{{{ row.{name} }}}}",
            f"put it between {{%p for row in {owner.name} %}} and {{%p endfor %}} "
            f"(%tr for rows of a table), as {{{{ row.{name} }}}}",
        ),
    )


def _is_a_list(field: Field) -> Problem:
    first = field.of[0].name
    return Problem(
        "whole-list",
        Text(
            f"“{field.name}”是列表，不能直接输出",
            f"“{field.name}” is a list, which cannot be printed",
        ),
        Text(
            f"请写 {{%p for row in {field.name} %}}，下面用 {{{{ row.{first} }}}}，再写 {{%p endfor %}}",
            f"write {{%p for row in {field.name} %}}, then {{{{ row.{first} }}}}, then {{%p endfor %}}",
        ),
    )


def _lists(scope: Scope) -> Text:
    names = [name for name, one in scope.items() if isinstance(one, Field) and one.is_list]
    names += [
        f"{name}.{field.name}"
        for name, one in scope.items()
        if isinstance(one, tuple)
        for field in one
        if field.is_list
    ]
    listed = ", ".join(names) or "—"
    return Text(f"可用列表：{listed}", f"lists are: {listed}")


def _not_allowed(expression: str) -> Problem:
    return Problem(
        "not-allowed",
        Text(
            f"“{expression[:80]}”：模板中只能写字段名，不能写函数、过滤器或者计算",
            f"“{expression[:80]}”: a template asks fields; it has no functions, filters or sums",
        ),
        Text("写法如 {{ 字段名 }} 或者 {{ row.字段名 }}", "write {{ field }} or {{ row.field }}"),
    )
