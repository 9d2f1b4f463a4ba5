"""What in a request is not as the document of the API says? Refusals, in both languages, each at its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ninja.errors import ValidationErrorContext

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal

FRAME: Mapping[int, Refusal] = {
    400: Refusal(
        "unreadable",
        Text("请求正文不是可读的JSON，请改正", "the body is no JSON that can be read; mend it"),
    ),
    401: Refusal("not_signed_in", Text("请先登录", "sign in first")),
    403: Refusal(
        "no_token",
        Text(
            "请求头缺少会话令牌X-CSRFToken，或令牌已失效；请重新读取后再发送",
            "the token of the session, X-CSRFToken, is missing or another; read it again and send it",
        ),
    ),
}
"""Status → what the frame refuses before an operation is asked."""
Told = Mapping[str, Any]
Place = tuple[int | str, ...]


def refusals_of(contexts: Iterable[ValidationErrorContext]) -> tuple[Refusal, ...]:
    """All of them, in the order in which the operation reads its parameters."""
    return tuple(one for context in contexts for one in _of_one(context))


def _of_one(context: ValidationErrorContext) -> Iterator[Refusal]:
    for error in context.pydantic_validation_error.errors(include_url=False, include_input=False):
        code, text = _said(error["type"], error.get("ctx", {}), error["msg"])
        yield Refusal(code, text, _field(context.model, error["loc"]))


def _field(model: Any, place: Place) -> str:
    """As the document of the API names it: ``rows[0].seen``; "" for the body as a whole."""
    of = tuple(model.__ninja_flatten_map_reverse__.get(place, place))
    if getattr(model, "__read_from_single_attr__", None) == of[0]:
        of = of[1:]  # the body itself, under the name that it has in our code alone
    parts = (f"[{one}]" if isinstance(one, int) else f".{one}" for one in of)
    return "".join(parts).removeprefix(".")


def _said(kind: str, told: Told, otherwise: str) -> tuple[str, Text]:
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind in _BOUNDS:
        return _BOUNDS[kind](told)
    expected = next((one for word, one in _TYPES.items() if kind.startswith(word)), None)
    if expected is not None:
        return "wrong_type", Text(f"应为{expected.zh}", f"must be {expected.en}")
    return "not_as_described", Text(f"与接口文档不符（{otherwise}）", otherwise)


_PLAIN: Mapping[str, tuple[str, Text]] = {
    "missing": ("field_missing", Text("缺少这一项，请补上", "it is missing; send it")),
    "extra_forbidden": ("field_unknown", Text("没有这一项，请删去", "there is no such field; leave it out")),
    "string_pattern_mismatch": (
        "not_allowed_text",
        Text("含有不允许的字符，或不合规定的格式", "it has a character that is not allowed, or another form"),
    ),
}  # fmt: skip
"""Kind of error → its code and what it says."""


_TYPES: Mapping[str, Text] = {
    "int": Text("整数", "a whole number"),
    "bool": Text("true或false", "true or false"),
    "string": Text("文本", "a text"),
    "float": Text("数字", "a number"),
    "decimal": Text("数字", "a number"),
    "datetime": Text("时间，如2026-01-31T09:00:00Z", "a moment such as 2026-01-31T09:00:00Z"),
    "timezone": Text("带时区的时间", "a moment with its time zone"),
    "date": Text("日期，如2026-01-31", "a day such as 2026-01-31"),
    "list": Text("列表", "a list"),
    "dict": Text("对象", "an object"),
    "model": Text("对象", "an object"),
    "is_instance": Text("上传的文件", "a file that is sent"),
}
"""How the kind of an error begins → what was expected."""


def _bound(code: str, zh: str, en: str, name: str) -> Callable[[Told], tuple[str, Text]]:
    return lambda told: (code, Text(zh.format(told[name]), en.format(told[name])))


_BOUNDS: Mapping[str, Callable[[Told], tuple[str, Text]]] = {
    "greater_than_equal": _bound("out_of_range", "不得小于{}", "must be at least {}", "ge"),
    "greater_than": _bound("out_of_range", "应大于{}", "must be above {}", "gt"),
    "less_than_equal": _bound("out_of_range", "不得大于{}", "must be at most {}", "le"),
    "less_than": _bound("out_of_range", "应小于{}", "must be below {}", "lt"),
    "string_too_long": _bound("too_long", "不得超过{}个字符", "must have at most {} characters", "max_length"),
    "string_too_short": _bound("too_short", "不得少于{}个字符", "must have at least {} characters", "min_length"),
    "too_long": _bound("too_many", "不得超过{}项", "must have at most {} entries", "max_length"),
    "too_short": _bound("too_few", "不得少于{}项", "must have at least {} entries", "min_length"),
    "literal_error": _bound("not_one_of", "只能是：{}", "must be one of: {}", "expected"),
    "enum": _bound("not_one_of", "只能是：{}", "must be one of: {}", "expected"),
}  # fmt: skip
"""Kind of error → what it says, with the bound that was passed."""
