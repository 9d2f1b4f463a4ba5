"""A formula: a small subset of Python's expressions, read into values that nobody executes.

The text is parsed by Python's own :mod:`ast`, then turned into the few node kinds below; whatever
else Python can say is refused with a sentence. Evaluation is :mod:`steelyard.weighing.points.formulas`.
The grammar is written down in ``docs/guides/write_a_scheme.md``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact


@dataclass(frozen=True, slots=True)
class Number:
    value: Fraction


@dataclass(frozen=True, slots=True)
class Literal:
    """A text such as ``"provincial"``."""

    value: str


@dataclass(frozen=True, slots=True)
class Truth:
    """``yes`` or ``no``."""

    value: bool


@dataclass(frozen=True, slots=True)
class Name:
    """An input, a quantity, a figure, a column of a list, ``full``, ``x`` or ``total``."""

    code: str


@dataclass(frozen=True, slots=True)
class Negative:
    of: Formula


@dataclass(frozen=True, slots=True)
class Binary:
    """``left sign right``, where the sign is one of ``+ - * /``."""

    sign: str
    left: Formula
    right: Formula


@dataclass(frozen=True, slots=True)
class Comparison:
    """``first sign next sign next …``, as in ``80% <= x < 90%``."""

    first: Formula
    signs: tuple[str, ...]
    others: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """``of in (…)``, or with ``negated`` ``of not in (…)``."""

    of: Formula
    choices: tuple[Formula, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Not:
    of: Formula


@dataclass(frozen=True, slots=True)
class Choice:
    """``then if when else otherwise``."""

    when: Formula
    then: Formula
    otherwise: Formula


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the grammar: its positional arguments, then its named ones."""

    function: str
    arguments: tuple[Formula, ...]
    named: tuple[tuple[str, Formula], ...] = ()

    def option(self, name: str) -> Formula | None:
        return dict(self.named).get(name)


Formula = (
    Number | Literal | Truth | Name | Negative | Binary | Comparison | OneOf | AllOf | AnyOf | Not
    | Choice | Call
)  # fmt: skip

# function: least and most positional arguments, names allowed
PLAIN = {"min": (1, 99), "max": (1, 99), "abs": (1, 1), "floor": (1, 1), "ceil": (1, 1),
         "round": (1, 2), "at_least": (2, 99), "date": (1, 1), "known": (1, 1), "value": (1, 1)}  # fmt: skip
IN_TIME = {"last": (1, 2), "mean_of_last": (2, 2), "growth": (1, 1)}
_STATISTICS = ("mean", "median", "total", "max", "min", "rank")
ACROSS = {f"{scope}_{what}": (1, 1) for scope in ("all", "group") for what in _STATISTICS}
OVER_LISTS = {"count_of": (1, 2), "sum_of": (2, 2), "mean_of": (2, 2), "median_of": (2, 2),
              "max_of": (2, 2), "min_of": (2, 2)}  # fmt: skip
IN_TREE = {"score": (1, 1), "possible": (1, 1), "full": (1, 1), "applies": (1, 1)}
FUNCTIONS = PLAIN | IN_TIME | ACROSS | OVER_LISTS | IN_TREE
_OPTIONS = {"round": {"places"}, "last": {"back"}, "growth": {"base_if_zero"}} | {
    name: {"where"} for name in OVER_LISTS
}
_TRUTHS = {"yes": True, "no": False, "True": True, "False": False}
_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.LtE: "<=", ast.Lt: "<", ast.Eq: "==", ast.NotEq: "!=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip


class NotAFormula(ValueError):
    """The text is not in the grammar. ``why`` says it to people."""

    def __init__(self, why: Text) -> None:
        self.why = why
        super().__init__(why.en)


@lru_cache(maxsize=4096)
def parse(text: str) -> Formula:
    """Read a formula.

    >>> parse("closed / due >= 90%")
    Comparison(first=Binary(sign='/', left=Name(code='closed'), right=Name(code='due')), signs=('>=',), others=(Binary(sign='/', left=Number(value=Fraction(90, 1)), right=Number(value=Fraction(100, 1))),))

    Raises:
        NotAFormula: with the reason in both languages.
    """  # noqa: E501
    if len(text) > 2000:
        raise NotAFormula(Text("公式超过2000个字符", "the formula is longer than 2000 characters"))
    try:
        tree = ast.parse(_with_percents(text.strip()), mode="eval")
        return _node(tree.body)
    except NotAFormula:
        raise
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise NotAFormula(
            Text(f"公式“{text}”无法读懂", f"the formula {text!r} cannot be read")
        ) from error


_PERCENT = re.compile(r"""("[^"]*"|'[^']*')|(\d+(?:\.\d+)?)\s*[%％]""")


def _with_percents(text: str) -> str:
    """``98%`` becomes ``(98/100)``, but not inside a text."""
    return _PERCENT.sub(lambda m: m[1] or f"({m[2]}/100)", text)


def _node(node: ast.expr) -> Formula:
    reader = _READERS.get(type(node))
    if reader is None:
        raise NotAFormula(
            Text(
                f"公式中不能使用“{ast.unparse(node)}”",
                f"a formula cannot contain {ast.unparse(node)!r}",
            )
        )
    return reader(node)


def _constant(node: ast.Constant) -> Formula:
    value = node.value
    if isinstance(value, bool):
        return Truth(value)
    if isinstance(value, str):
        return Literal(value)
    if isinstance(value, int):
        return Number(Fraction(value))
    if isinstance(value, float):
        return Number(exact(repr(value)))
    raise NotAFormula(Text(f"“{value!r}”不是数", f"{value!r} is not a number or a text"))


def _name(node: ast.Name) -> Formula:
    return Truth(_TRUTHS[node.id]) if node.id in _TRUTHS else Name(node.id)


def _unary(node: ast.UnaryOp) -> Formula:
    if isinstance(node.op, ast.USub):
        return Negative(_node(node.operand))
    if isinstance(node.op, ast.Not):
        return Not(_node(node.operand))
    raise NotAFormula(Text("不认识的符号", f"{ast.unparse(node)!r} has an unknown sign"))


def _binary(node: ast.BinOp) -> Formula:
    sign = _SIGNS.get(type(node.op))
    if sign is None:
        raise NotAFormula(
            Text("公式只能用 + - * /", f"only + - * / join numbers, not {ast.unparse(node)!r}")
        )
    return Binary(sign, _node(node.left), _node(node.right))


def _boolean(node: ast.BoolOp) -> Formula:
    parts = tuple(_node(value) for value in node.values)
    return AllOf(parts) if isinstance(node.op, ast.And) else AnyOf(parts)


def _comparison(node: ast.Compare) -> Formula:
    if len(node.ops) == 1 and isinstance(node.ops[0], ast.In | ast.NotIn):
        choices = node.comparators[0]
        if not isinstance(choices, ast.Tuple | ast.List):
            raise NotAFormula(
                Text("in 之后须写括号列表", 'after "in" comes a list in brackets: x in ("a", "b")')
            )
        members = tuple(_node(choice) for choice in choices.elts)
        return OneOf(_node(node.left), members, isinstance(node.ops[0], ast.NotIn))
    if any(type(sign) not in _COMPARISONS for sign in node.ops):
        raise NotAFormula(Text("不认识的比较", f"{ast.unparse(node)!r} compares in an unknown way"))
    signs = tuple(_COMPARISONS[type(sign)] for sign in node.ops)
    return Comparison(_node(node.left), signs, tuple(_node(o) for o in node.comparators))


def _choice(node: ast.IfExp) -> Formula:
    return Choice(_node(node.test), _node(node.body), _node(node.orelse))


def _call(node: ast.Call) -> Formula:
    function = node.func.id if isinstance(node.func, ast.Name) else ast.unparse(node.func)
    limits = FUNCTIONS.get(function)
    if limits is None:
        raise NotAFormula(Text(f"没有名为“{function}”的函数", f"there is no function {function!r}"))
    named = tuple((keyword.arg or "**", _node(keyword.value)) for keyword in node.keywords)
    strange = [name for name, _ in named if name not in _OPTIONS.get(function, set())]
    if strange or not limits[0] <= len(node.args) <= limits[1]:
        raise NotAFormula(
            Text(
                f"函数“{function}”的参数不对",
                f"{function}() does not take these arguments: {ast.unparse(node)!r}",
            )
        )
    call = Call(function, tuple(_node(argument) for argument in node.args), named)
    wrong = _wrong_argument(call)
    if wrong is not None:
        raise NotAFormula(Text(f"{function}：{wrong.zh}", f"{function}(): {wrong.en}"))
    return call


def _wrong_argument(call: Call) -> Text | None:
    """What an argument must be written as, where it cannot be any formula."""
    first = call.arguments[0]
    if call.function in IN_TREE or call.function == "value":
        return (
            None
            if isinstance(first, Literal)
            else Text('须写编码，如"A1"', 'write a code, such as "A1"')
        )
    if call.function in OVER_LISTS:
        return (
            None
            if isinstance(first, Name)
            else Text("先写清单的名称", "the name of a list comes first")
        )
    if call.function == "date":
        return (
            None
            if _is_day(first)
            else Text('须写日期，如"2021-07-31"', 'write a day, such as "2021-07-31"')
        )
    bounds = _WHOLE.get(call.function)
    number = call.option(bounds[0]) if bounds else None
    if bounds and number is None and len(call.arguments) > 1:
        number = call.arguments[1]
    if bounds is None or number is None or _is_whole(number, *bounds[1:]):
        return None
    return Text(
        f"须写{bounds[1]}到{bounds[2]}的整数",
        f"write a whole number from {bounds[1]} to {bounds[2]}",
    )


# function: the name of its number, and the least and the most that it may be
_WHOLE = {"last": ("back", 1, 99), "mean_of_last": ("", 1, 99), "round": ("places", 0, 12)}


def _is_day(formula: Formula) -> bool:
    try:
        return isinstance(formula, Literal) and bool(date.fromisoformat(formula.value))
    except ValueError:
        return False


def _is_whole(formula: Formula, least: int, most: int) -> bool:
    if not isinstance(formula, Number):
        return False
    return formula.value.denominator == 1 and least <= formula.value <= most


_READERS: dict[type[ast.expr], Callable[..., Formula]] = {
    ast.Constant: _constant, ast.Name: _name, ast.UnaryOp: _unary, ast.BinOp: _binary,
    ast.BoolOp: _boolean, ast.Compare: _comparison, ast.IfExp: _choice, ast.Call: _call,
}  # fmt: skip


def children(formula: Formula) -> tuple[Formula, ...]:
    """The formulas directly inside one."""
    match formula:
        case Negative(of) | Not(of):
            return (of,)
        case Binary(_, left, right):
            return (left, right)
        case Comparison(first, _, others):
            return (first, *others)
        case OneOf(of, choices, _):
            return (of, *choices)
        case AllOf(parts) | AnyOf(parts):
            return parts
        case Choice(when, then, otherwise):
            return (when, then, otherwise)
        case Call(_, arguments, named):
            return (*arguments, *(value for _, value in named))
        case _:
            return ()


def walk(formula: Formula) -> Iterator[Formula]:
    """The formula and every formula in it, outermost first."""
    yield formula
    for child in children(formula):
        yield from walk(child)


def is_condition(formula: Formula) -> bool:
    """Whether it is sure to be true or false by its form alone."""
    if isinstance(formula, Call):
        return formula.function in ("at_least", "known", "applies")
    return isinstance(formula, Truth | Comparison | OneOf | AllOf | AnyOf | Not)
