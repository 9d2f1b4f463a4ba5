from django.urls import path

from steelyard.people.views import accounts, organisations, waiting

app_name = "people"
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
    path("roles/<int:pk>/end/", accounts.end, name="role_end"),
]
