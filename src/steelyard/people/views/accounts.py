"""Accounts: the list, one with its roles, and what may be done with it."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from steelyard.kernel.periods import Days
from steelyard.people import actions, forms, permissions
from steelyard.people.lists import ordered, page_of
from steelyard.people.models import Account, Holding
from steelyard.people.queries import found_accounts, load_posts, organisations_within
from steelyard.people.rules.roles import Role
from steelyard.people.views.asking import NotAllowed, done, posted, status_of, who_and_when
from steelyard.people.views.organisations import (
    FORM,
    asked,
    managed_one,
    managed_or_404,
    seen_or_404,
)
from steelyard.people.views.organisations import told_by as seen_in
from steelyard.trail.side_by_side import show_both, version_of
from steelyard.trail.versions import ChangedMeanwhile

ORDERS = {"username": "username", "name": "name"}


def asked_accounts(request: HttpRequest) -> dict[str, str]:
    return asked(request, "role", list(Role))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    seen, wanted = seen_or_404(request), asked_accounts(request)
    rows = found_accounts(seen, on=request.today, **wanted)
    told = {
        "page": page_of(ordered(rows, request, ORDERS, "username"), request),
        "asked": wanted,
        "roles": forms.role_choices(),
        "manages": bool(permissions.managed(request.held, request.today)),
    }
    return render(request, "people/accounts.html", told)


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, seen_account(request, pk))


@FORM
def new(request: HttpRequest) -> HttpResponse:
    managed = managed_or_404(request)
    first = forms.first_days(request.today) | {"organisation": request.GET.get("in")}
    form = forms.OpenAccount(
        posted(request), organisations=organisations_within(managed), initial=first
    )
    if request.method == "POST" and form.is_valid():
        told = _given(form)
        opened = done(form, lambda: actions.open_account(**told, **who_and_when(request)))
        if opened is not None:
            said = _("The account is opened. Hand over a link, so that a password can be set.")
            messages.success(request, said)
            return redirect("people:account", opened.pk)
    return _form(
        request, form, _("Open an account"), _("Open an account"), reverse("people:accounts")
    )


@FORM
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    account = managed_account(request, pk)
    form = forms.CorrectAccount(posted(request), initial=forms.CorrectAccount.of(account))
    if request.method == "POST" and form.is_valid():
        told = seen_in(form)
        if done(form, lambda: actions.correct_account(account=pk, **told, **who_and_when(request))):
            messages.success(request, _("The account is corrected."))
            return redirect("people:account", pk)
    return _form(request, form, _("Correct the account"), _("Save"), _page(pk), account)


@FORM
def close(request: HttpRequest, pk: int) -> HttpResponse:
    account = managed_account(request, pk)
    first = {"version": account.version}
    form = forms.OfWhatWasSeen(posted(request), initial=first)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(
            form,
            lambda: actions.close_account(account=pk, **seen_in(form), **who_and_when(request)),
        )
    ):
        messages.success(request, _("Nobody signs in with this account any more."))
        return redirect("people:account", pk)
    title = _("Close the account")
    lead = _("Nobody can sign in with it from now on. What was done with it stays on record, and it can be opened again.")  # noqa: E501  # fmt: skip
    return _form(request, form, title, title, _page(pk), account, lead)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    managed_account(request, pk)
    try:
        actions.reopen_account(account=pk, **_seen(request), **who_and_when(request))
    except ChangedMeanwhile as changed:
        return show_both(request, changed, back=_page(pk))
    messages.success(request, _("The account is open again."))
    return redirect("people:account", pk)


@never_cache
@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """A link with which the person sets a password, shown once to whoever hands it over."""
    account = managed_account(request, pk)
    if not account.is_active:
        raise Http404
    try:
        actions.give_link(account=pk, **_seen(request), **who_and_when(request))
    except ChangedMeanwhile as changed:
        return show_both(request, changed, back=_page(pk))
    account.refresh_from_db()
    parts = (user_pk_to_url_str(account), default_token_generator.make_token(account))
    address = reverse("account_reset_password_from_key", args=parts)
    return _shown(request, account, request.build_absolute_uri(address))


@FORM
def give(request: HttpRequest, pk: int) -> HttpResponse:
    account, managed = seen_account(request, pk), permissions.managed(request.held, request.today)
    if not managed:
        raise NotAllowed([permissions.NOT_MANAGED])
    form = forms.GiveRole(
        posted(request),
        organisations=organisations_within(managed),
        initial=forms.first_days(request.today),
    )
    if request.method == "POST" and form.is_valid():
        told = _given(form)
        if done(form, lambda: actions.give_role(account=pk, **told, **who_and_when(request))):
            messages.success(request, _("The role is given."))
            return redirect("people:account", pk)
    return _form(request, form, _("Give a role"), _("Give a role"), _page(pk), account)


@FORM
def end(request: HttpRequest, pk: int) -> HttpResponse:
    holding = Holding.objects.select_related("account", "organisation").filter(pk=pk).first()
    if holding is None:
        raise Http404
    managed_one(request, holding.organisation_id)
    account = holding.account
    first = {"ends": request.today, "version": holding.version}
    form = forms.EndRole(posted(request), initial=first)
    if request.method == "POST" and form.is_valid():
        told = seen_in(form)
        done(form, lambda: actions.end_role(holding=pk, **told, **who_and_when(request)))
        if form.is_valid() and not form.meanwhile:
            holding.refresh_from_db()
            ended = _("The role is withdrawn."), _("The role ends on that day.")
            messages.success(request, ended[0] if holding.is_withdrawn else ended[1])
            return redirect("people:account", account.pk)
    title = _("End the role")
    return _form(request, form, title, title, _page(account.pk), account, holding=holding)


def _seen(request: HttpRequest) -> dict[str, int]:
    return {"seen_version": version_of(request.POST)}


def seen_account(request: HttpRequest, pk: int) -> Account:
    posts = load_posts(account=pk)
    if permissions.may_not_see_account(request.held, posts, request.today):
        raise Http404
    return Account.objects.get(pk=pk)


def managed_account(request: HttpRequest, pk: int) -> Account:
    account = seen_account(request, pk)
    if permissions.may_not_manage_account(request.held, load_posts(account=pk), request.today):
        raise NotAllowed([permissions.NOT_MANAGED])
    return account


def _shown(request: HttpRequest, account: Account, link: str = "") -> HttpResponse:
    """Its roles are shown as far as one sees: those held elsewhere are not there."""
    seen = permissions.seen(request.held, request.today)
    managed = permissions.managed(request.held, request.today)
    holdings = Holding.objects.filter(account=account, organisation__in=seen)
    rows = holdings.select_related("organisation").order_by("-starts", "pk")
    held = [(one, Days(one.starts, one.ends)) for one in rows]
    posts = load_posts(account=account.pk)
    told = {
        "account": account,
        "now": [one for one, days in held if request.today in days],
        "not_now": [one for one, days in held if request.today not in days],
        "has_factor": Authenticator.objects.filter(user=account).exists(),
        "manages": not permissions.may_not_manage_account(request.held, posts, request.today),
        "managed": managed,
        "link": link,
        "today": request.today,
    }
    return render(request, "people/account.html", told)


def _given(form: forms.Given) -> dict[str, object]:
    told = dict(form.cleaned_data)
    return told | {"organisation": told["organisation"].pk, "role": Role(told["role"])}


def _page(pk: int) -> str:
    return reverse("people:account", args=[pk])


def _form(request, form, title: str, button: str, back: str, about=None, lead: str = "", **more):
    if form.meanwhile:
        return show_both(request, form.meanwhile, back=back)
    told = {"form": form, "title": title, "button": button, "back": back, "about": about,
            "lead": lead, "area": _("Accounts"), "area_url": reverse("people:accounts")}  # fmt: skip
    return render(request, "people/form.html", told | more, status=status_of(form))
