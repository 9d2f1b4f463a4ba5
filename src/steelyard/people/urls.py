from django.urls import URLPattern, path

from steelyard.people.views import accounts, organisations, sheets, waiting

app_name = "people"


def sheet_pages(sort: sheets.Sort) -> list[URLPattern]:
    """The pages around a sheet, below the list that it belongs to."""
    told, name = {"sort": sort}, sort.list_name.removeprefix("people:")
    return [
        path(f"{sort.key}/sheet/", sheets.bring, told, name=f"{name}_bring"),
        path(f"{sort.key}/sheet/blank/", sheets.blank, told, name=f"{name}_blank"),
        path(f"{sort.key}/sheet/look/", sheets.look, told, name=f"{name}_look"),
        path(f"{sort.key}/sheet/faults/", sheets.faults, told, name=f"{name}_faults"),
        path(f"{sort.key}/sheet/carry-out/", sheets.carry_out, told, name=f"{name}_carry_out"),
        path(f"{sort.key}/export/", sheets.take, told, name=f"{name}_export"),
    ]


urlpatterns = [
    path("", waiting.waiting, name="waiting"),
    path("account/", waiting.me, name="me"),
    path("organisations/", organisations.index, name="organisations"),
    path("organisations/new/", organisations.new, name="organisation_new"),
    path("organisations/<int:pk>/", organisations.one, name="organisation"),
    path("organisations/<int:pk>/correct/", organisations.correct, name="organisation_correct"),
    path("organisations/<int:pk>/place/", organisations.place, name="organisation_place"),
    path("organisations/<int:pk>/close/", organisations.close, name="organisation_close"),
    path("accounts/", accounts.index, name="accounts"),
    path("accounts/new/", accounts.new, name="account_new"),
    path("accounts/<int:pk>/", accounts.one, name="account"),
    path("accounts/<int:pk>/correct/", accounts.correct, name="account_correct"),
    path("accounts/<int:pk>/close/", accounts.close, name="account_close"),
    path("accounts/<int:pk>/reopen/", accounts.reopen, name="account_reopen"),
    path("accounts/<int:pk>/link/", accounts.link, name="account_link"),
    path("accounts/<int:pk>/roles/", accounts.give, name="role_give"),
    *sheet_pages(sheets.ORGANISATIONS),
    *sheet_pages(sheets.PEOPLE),
    path("roles/<int:pk>/end/", accounts.end, name="role_end"),
]
