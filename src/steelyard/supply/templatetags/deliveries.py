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

register = template.Library()

COLOURS: Mapping[Status, str] = {
    Status.DRAFT: "tag",
    Status.SIGNED: "tag tag-warn",
    Status.ACCEPTED: "tag tag-good",
    Status.RETURNED: "tag tag-bad",
    Status.REPLACED: "tag tag-past",
    Status.DISCARDED: "tag tag-past",
}
STANDING_COLOURS: Mapping[Standing, str] = {
    Standing.NOT_BEGUN: "tag",
    Standing.DRAFT: "tag",
    Standing.NOT_SIGNED: "tag",
    Standing.RETURNED: "tag tag-bad",
    Standing.SIGNED: "tag tag-warn",
    Standing.ACCEPTED: "tag tag-good",
    Standing.WITHDRAWN: "tag tag-past",
}
SNAPSHOT_COLOURS = {"asked": "tag tag-warn", "frozen": "tag tag-good", "refused": "tag tag-bad"}


@register.simple_tag
def table_title(code: str) -> str:
    return say(load_catalogue().tables[code].title)


@register.filter
def field_title(code: str, table: Table) -> str:
    return say(table.field[code].title)


@register.simple_tag
def period(one: Delivery | DeliveryRequest | Snapshot) -> str:
    return written_period(Period(one.starts, one.ends))


@register.simple_tag
def status_tag(status: str) -> SafeString:
    one = Status(status)
    return format_html('<span class="{}">{}</span>', COLOURS[one], say(STATUSES[one]))


@register.simple_tag
def standing_tag(one: Standing) -> SafeString:
    colour = STANDING_COLOURS[one]
    return format_html('<span class="{}">{}</span>', colour, say(STANDINGS[one]))


@register.simple_tag
def snapshot_tag(one: Snapshot) -> SafeString:
    colour = SNAPSHOT_COLOURS[one.status]
    return format_html('<span class="{}">{}</span>', colour, one.get_status_display())


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
