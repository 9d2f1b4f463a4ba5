"""The form for leads: what may be reported, how who reports is protected, and the box. No cookie, no script.

Where a lead goes is the settings' to say: a row and a seal inside, a sealed file outside. Nothing of it
stands in an address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.letterbox.leads import LONGEST, Reported, received, refusals_of
from steelyard.letterbox.outbox import NotTaken
from steelyard.website.site import Site, site_at
from steelyard.website.views import box

TOO_MANY = Refusal(
    "too_many",
    Text("短时间内提交过多，请一小时后再试", "too many leads from here; try again in an hour"),
)
OUT_OF_ORDER = Refusal(
    "not_taken",
    Text(
        "线索箱暂不可用，什么都没有保存；请改用电话、来信或来访",
        "the box is out of order and nothing was kept; please call, write or come instead",
    ),
)
NOT_THERE = Text("请从列表中选择", "choose one of the list")


@csrf_exempt  # nobody is signed in here: there is no standing that another site could misuse
@sensitive_post_parameters()
@sensitive_variables("one", "letter")
@require_http_methods(["GET", "HEAD", "POST"])
def leads(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        box.forget_old(request)
        return _page(request, Reported(), [])
    told = {name: request.POST.get(name, "") for name in LONGEST}
    one = Reported(trap=request.POST.get("website", ""), **told)
    against = [*refusals_of(one), *_not_listed(one, site_at(request.now))]
    if against:
        return _page(request, one, against, status=422)
    letter = received(_naming_its_item(one, site_at(request.now)), box.once_of(request))
    try:
        if not box.lets_through(request, "lead"):
            return _page(request, one, [TOO_MANY], status=429)
        import_string(settings.TAKES_LEADS)(letter, now=box.local(request))
    except (NotTaken, OSError, ValueError):
        return _page(request, one, [OUT_OF_ORDER], status=503)
    return _page(request, Reported(), [], receipt=letter.number)


def _not_listed(one: Reported, site: Site) -> list[Refusal]:
    """A choice that the form does not offer."""
    offered = {"unit": _units(site), "item": _items(site)}
    return [
        Refusal(f"unknown_{field}", NOT_THERE, field)
        for field, choices in offered.items()
        if (said := one.told[field]) and said not in choices
    ]


def _naming_its_item(one: Reported, site: Site) -> Reported:
    """The chosen item stands in the matter in words too: another scheme may have another under its code."""
    item = _items(site).get(one.told["item"])
    if item is None:
        return one
    matter = f"{one.told['item']} {item.zh}；{one.told['matter']}".rstrip("；")
    return replace(one, matter=matter[: LONGEST["matter"]])


def _units(site: Site) -> Mapping[str, Text]:
    """The units of every published assessment by code, in its official order and never by rank; titled
    as in the newest."""
    found: dict[str, Text] = {}
    for published in site.assessments.values():
        for code, unit in published.assessment.units.items():
            found.setdefault(code, unit.title)
    return dict(sorted(found.items()))


def _items(site: Site) -> Mapping[str, Text]:
    """The items of the newest published assessment, by code."""
    for published in site.assessments.values():
        return {item.code: item.title for item in published.assessment.items}
    return {}


@sensitive_variables()
def _page(
    request: HttpRequest, one: Reported, refusals: Sequence[Refusal], status: int = 200,
    receipt: str = "",
) -> HttpResponse:  # fmt: skip
    site = site_at(request.now)
    told = {
        "one": one, "refusals": refusals, "receipt": receipt, "longest": LONGEST,
        "refused": {each.field: each.text for each in refusals if each.field},
        "units": _units(site), "items": _items(site), "once": box.once_of(request),
    }  # fmt: skip
    return box.never_kept(render(request, "website/leads.html", told, status=status))
