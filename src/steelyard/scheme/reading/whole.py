"""Put the sections together into one scheme."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from steelyard.kernel.bilingual import Text
from steelyard.scheme.method import Method
from steelyard.scheme.model import Input, InputType, Scheme
from steelyard.scheme.names import RESERVED, Use
from steelyard.scheme.reading import settings
from steelyard.scheme.reading.fields import Faults, Fields
from steelyard.scheme.reading.items import read_items, read_outcomes, read_root
from steelyard.scheme.reading.methods import read_method
from steelyard.scheme.reading.uncertainty import read_uncertainty
from steelyard.scheme.uses import found_in

FORMAT = "steelyard-scheme/1"
_CODE = re.compile(r"[A-Za-z0-9_-]+")
T = TypeVar("T")


def read_whole(document: Mapping[str, object], faults: Faults) -> Scheme:
    """The scheme that a document says; wrong fields are faults and stand as their defaults."""
    fields = Fields(document, "", faults)
    _check_head(fields)
    when = settings.read_when(fields.table("period"), faults)
    units = settings.read_units(fields.list("units"), faults)
    total = fields.table("total")
    read_total = settings.read_total(total)
    root = read_root(total, faults)
    if total is not None:
        total.done()
    scheme = Scheme(
        code=fields.code("code"),
        version=fields.code("version"),
        title=fields.bilingual("title"),
        label=fields.choice("label", ("official", "sample"), "sample"),
        family=fields.choice("family", ("points", "index"), "points"),
        period=when.period,
        period_label=when.label,
        earlier=when.earlier,
        items=read_items(fields.list("items"), faults),
        units=units,
        tiles=settings.read_units(fields.list("tiles"), faults, "tiles"),
        root=root,
        document=document,
        legal_basis=fields.bilingual("legal_basis"),
        issuer=fields.bilingual("issuer"),
        note=fields.bilingual("note"),
        within=fields.code("within"),
        groups=settings.read_names(fields.raw("groups"), "groups", faults),
        bodies=settings.read_names(fields.raw("bodies"), "bodies", faults),
        inputs=_by_code(settings.read_inputs(fields.list("inputs"), faults), "inputs", faults),
        figures=_by_code(
            settings.read_figures(fields.list("figures"), when.period.starts, faults),
            "figures", faults,
        ),
        quantities=_by_code(
            settings.read_quantities(fields.list("quantities"), faults), "quantities", faults
        ),
        total=read_total,
        on=read_outcomes(fields.table("on")),
        ranking=settings.read_ranking(fields.table("ranking")),
        grades=settings.read_grades(fields.list("grades"), faults),
        vetoes=settings.read_vetoes(fields.list("vetoes"), faults),
        method=_method(fields, faults),
        uncertainty=read_uncertainty(fields.table("uncertainty"), fields.raw("family")),
    )  # fmt: skip
    fields.done()
    return _with_inferred(scheme)


def _check_head(fields: Fields) -> None:
    for name in ("format", "code", "version", "title", "label", "family"):
        fields.require(name)
    if fields.has("format") and fields.raw("format") != FORMAT:
        fields.wrong(
            "format", "unknown-format",
            Text(f"不认识的格式“{fields.raw('format')}”", f"unknown format {fields.raw('format')!r}"),
            Text(f"本版本读“{FORMAT}”", f"this version reads {FORMAT!r}"),
        )  # fmt: skip
    code = fields.code("code")
    if code and not _CODE.fullmatch(code):
        fields.wrong(
            "code", "wrong-code",
            Text(f"编码“{code}”含有别的字符", f"the code {code!r} has other characters"),
            Text("只用字母、数字、-和_（它会成为文件名）", "use letters, digits, - and _ (it names files)"),
        )  # fmt: skip


def _by_code(found: Iterable[T], section: str, faults: Faults) -> dict[str, T]:
    by_code: dict[str, T] = {}
    for index, one in enumerate(found):
        code = str(getattr(one, "code", ""))
        if code in by_code:
            faults.add(
                "duplicate-code", f"{section}[{index}].code",
                Text(f"编码“{code}”重复", f"the code {code!r} is used twice"),
                Text("请改其中一个", "change one of them"),
            )  # fmt: skip
        by_code.setdefault(code, one)
    return by_code


def _method(fields: Fields, faults: Faults) -> Method | None:
    """The method of an index scheme; a points scheme has none."""
    if fields.raw("family") == "index":
        return read_method(fields.table("method"), faults)
    if fields.has("method"):
        fields.wrong(
            "method", "method-in-points",
            Text("计分细则没有method", "a points scheme has no method"),
            Text("请删除，或将family改为index", "remove it, or make the family 'index'"),
        )  # fmt: skip
    return None


def _with_inferred(scheme: Scheme) -> Scheme:
    """The scheme with the inputs and list columns that its formulas imply."""
    known = set(scheme.inputs) | set(scheme.figures) | set(scheme.quantities)
    uses = [use for use in found_in(scheme) if isinstance(use, Use)]
    inputs = dict(scheme.inputs)
    lists: dict[str, dict[str, InputType]] = {}
    for use in uses:
        if use.scope.list:
            columns = lists.setdefault(use.scope.list, {})
        if not use.name or use.name in known or use.name in RESERVED:
            continue
        if use.scope.list:
            columns[use.name] = _sharper(columns.get(use.name), use.type)
        else:
            had = inputs.get(use.name)
            inputs[use.name] = Input(use.name, type=_sharper(had.type if had else None, use.type))
    for name, title, kind in _index_inputs(scheme):
        inputs.setdefault(name, Input(name, title, kind))
    return replace(scheme, inputs=inputs, lists=lists)


def _sharper(had: InputType | None, shown: InputType | None) -> InputType:
    """What uses show wins over the default, number."""
    if had is not None and had != "number":
        return had
    return shown or "number"


def _index_inputs(scheme: Scheme) -> list[tuple[str, Text, InputType]]:
    """What an index needs: every leaf, the denominators, and the groups that imputation names."""
    if scheme.family != "index":
        return []
    parents = {item.parent for item in scheme.items}
    found: list[tuple[str, Text, InputType]] = [
        (item.code, item.title, "number") for item in scheme.items if item.code not in parents
    ]
    own = [item.method for item in scheme.items if item.method is not None]
    found += [(one.denominator, Text(), "number") for one in own if one.denominator]
    asked = [one.impute for one in own] + ([scheme.method.impute] if scheme.method else [])
    return found + [(how.group, Text(), "text") for how in asked if how and how.group]
