from django.urls import path, re_path

from steelyard.history import views

app_name = "history"
urlpatterns = [
    path("<slug:table>/<int:number>/", views.history, name="history"),
    re_path(
        r"^(?P<table>[-\w]+)/(?P<number>\d{1,18})/history\.(?P<ending>csv|xlsx)$",
        views.take_away,
        name="take_away",
    ),
]
