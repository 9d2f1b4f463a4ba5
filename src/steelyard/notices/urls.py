from django.urls import path

from steelyard.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.listed, name="list"),
    path("notices/read/", views.read, name="read"),
    path("notices/mail/", views.choose, name="choose"),
    path("notices/<int:number>/", views.one, name="one"),
    path("mails/", views.mails, name="mails"),
    path("deadlines/", views.deadlines, name="deadlines"),
    path("deadlines/vacant/", views.vacant, name="vacant"),
    path("deadlines/<int:number>/", views.deadline, name="deadline"),
]
