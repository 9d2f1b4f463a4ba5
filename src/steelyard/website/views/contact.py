"""The contact page: how to reach us, a box for a message, and what became of one. No cookie, no script.

Where a message goes is the settings' to say: a row inside, a file outside.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.letterbox.outbox import NotTaken
from steelyard.website.messages.promise import answer_days
from steelyard.website.messages.rules import (
    KEPT,
    LONGEST,
    STATES,
    Sent,
    State,
    lookup_of,
    received,
    refusals_of,
)
from steelyard.website.site import site_at
from steelyard.website.views import box
from steelyard.website.views.prose import found, language, show

FIELDS = ("name", "mail", "subject", "text")

TOO_MANY = Refusal(
    "too_many",
    Text("短时间内提交过多，请一小时后再试", "too many messages from here; try again in an hour"),
)
TOO_MANY_QUESTIONS = Text(
    "短时间内查询过多，请一小时后再查", "asked too often from here; look again in an hour"
)
OUT_OF_ORDER = Refusal(
    "not_taken",
    Text(
        "留言箱暂不可用，请用其他方式联系我们",
        "the box is out of order; please reach us in another way",
    ),
)


@csrf_exempt  # nobody is signed in here: there is no standing that another site could misuse
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        box.forget_old(request)
        return _page(request, Sent(), [])
    told = {name: request.POST.get(name, "") for name in FIELDS}
    sent = Sent(lang=language(), trap=request.POST.get("website", ""), **told)
    against = refusals_of(sent)
    if against:
        return _page(request, sent, against, status=422)
    now = box.local(request)
    message, receipt = received(sent, box.once_of(request), now)
    try:
        if not box.lets_through(request, "message"):
            return _page(request, sent, [TOO_MANY], status=429)
        import_string(settings.TAKES_MESSAGES)(message, now=now)
    except (NotTaken, OSError):
        return _page(request, sent, [OUT_OF_ORDER], status=503)
    return _page(request, Sent(), [], receipt=receipt)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def state(request: HttpRequest) -> HttpResponse:
    """What became of a message. Number and code are sent in the request's body: an address is kept in many places."""
    if request.method != "POST":
        return _state_page(request)
    number, code = (request.POST.get(name, "")[:60] for name in ("number", "code"))
    try:
        may_ask = box.lets_through(request, "state")
    except OSError:
        return _state_page(request, number=number, refusal=OUT_OF_ORDER.text, status=503)
    if not may_ask:
        return _state_page(request, number=number, refusal=TOO_MANY_QUESTIONS, status=429)
    found_state = import_string(settings.FINDS_MESSAGE)(lookup_of(number, code), request.now)
    said = STATES[State(found_state["state"])] if found_state else None
    return _state_page(request, asked=True, number=number, found=found_state, said=said)


def _state_page(request: HttpRequest, *, status: int = 200, **told: object) -> HttpResponse:
    return box.never_kept(render(request, "website/prose/message_state.html", told, status=status))


def _page(
    request: HttpRequest, sent: Sent, refusals: list[Refusal], status: int = 200, **more: object
) -> HttpResponse:
    site = site_at(request.now)
    lang = language()
    questions = [
        one for document in site.messages for one in document["questions"] if one["lang"] == lang
    ]
    told = {
        "sent": sent,
        "refusals": refusals,
        "refused": {one.field: one.text for one in refusals if one.field},
        "longest": LONGEST,
        "days": answer_days(),
        "kept_days": KEPT.days,
        "once": box.once_of(request),
        "questions": sorted(questions, key=lambda one: one["answered_on"], reverse=True),
    }
    response = show(
        request, site, found(site, "contact"), template="website/prose/contact.html", **told, **more
    )
    response.status_code = status
    return box.never_kept(response)
