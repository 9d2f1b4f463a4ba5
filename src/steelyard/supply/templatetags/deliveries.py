"""How deliveries are written on a page: titles, periods, tags, faults, headings that sort."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from steelyard.kernel.faults import Fault, Where
from steelyard.kernel.periods import Period
from steelyard.look.language import lang, say
from steelyard.people.models import Organisation
from steelyard.records.catalogue.model import Table
from steelyard.records.intake.delivery import written_period
from steelyard.supply.models import Delivery, DeliveryRequest, Snapshot
from steelyard.supply.queries import load_catalogue
from steelyard.supply.rules.deliveries import STATUSES, Status
from steelyard.supply.rules.requests import STANDINGS, Standing
from steelyard.supply.rules.written import said_cell

register = template.Library()

KINDS: Mapping[Status, str] = {
    Status.DRAFT: "",
    Status.SIGNED: "warn",
    Status.ACCEPTED: "good",
    Status.RETURNED: "bad",
    Status.REPLACED: "past",
    Status.DISCARDED: "past",
}
STANDING_KINDS: Mapping[Standing, str] = {
    Standing.NOT_BEGUN: "",
    Standing.DRAFT: "",
    Standing.NOT_SIGNED: "",
    Standing.RETURNED: "bad",
    Standing.SIGNED: "warn",
    Standing.ACCEPTED: "good",
    Standing.WITHDRAWN: "past",
}
SNAPSHOT_KINDS = {"asked": "warn", "frozen": "good", "refused": "bad"}


@register.simple_tag
def table_title(code: str) -> str:
    return say(load_catalogue().tables[code].title)


@register.filter
def field_title(code: str, table: Table) -> str:
    return say(table.field[code].title)


@register.simple_tag
def cell(value: str, code: str, table: Table) -> str:
    """A value of a field as people read it."""
    return say(said_cell(value, table.field[code], load_catalogue().codes))


@register.simple_tag
def period(one: Delivery | DeliveryRequest | Snapshot) -> str:
    return written_period(Period(one.starts, one.ends))


@register.inclusion_tag("look/tag.html")
def status_tag(status: str) -> dict[str, str]:
    one = Status(status)
    return {"words": say(STATUSES[one]), "kind": KINDS[one]}


@register.inclusion_tag("look/tag.html")
def standing_tag(one: Standing) -> dict[str, str]:
    return {"words": say(STANDINGS[one]), "kind": STANDING_KINDS[one]}


@register.inclusion_tag("look/tag.html")
def snapshot_tag(one: Snapshot) -> dict[str, str]:
    return {"words": one.get_status_display(), "kind": SNAPSHOT_KINDS[one.status]}


@register.filter
def named(code: str, names: Mapping[str, Organisation]) -> str:
    """A place by the name of its organisation, with its code; empty where none is given."""
    found = names.get(code)
    return f"{say(found.name)} {code}" if found else code or "—"


@register.simple_tag
def fault_place(one: Fault) -> str:
    """Row and column in the one sheet that the page is of; empty for a fault of the whole sheet."""
    return Where(row=one.where.row, column=one.where.column).say(lang())


@register.simple_tag
def fault(one: Fault) -> str:
    mark = "；" if lang() == "zh" else "; "
    return f"{say(one.what)}{mark}{say(one.mend)}"


@register.simple_tag(takes_context=True)
def sorted_heading(
    context: template.Context, by: str, title: str, sort: str, css: str = ""
) -> SafeString:
    """A heading that sorts; once more turns it round."""
    is_this, is_down = sort.removeprefix("-") == by, sort.startswith("-")
    asked = context["request"].GET.copy()
    asked.pop("page", None)
    asked["sort"] = by if is_this and is_down else f"-{by}" if is_this else by
    order = ("descending" if is_down else "ascending") if is_this else "none"
    arrow = (" ↓" if is_down else " ↑") if is_this else ""
    return format_html(
        '<th scope="col" class="{}" aria-sort="{}"><a href="?{}">{}<span aria-hidden="true">{}</span></a></th>',
        css, order, urlencode(sorted(asked.items())), title, arrow,
    )  # fmt: skip
