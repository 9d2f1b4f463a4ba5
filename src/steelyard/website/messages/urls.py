"""The editors' pages of messages, inside."""

from django.urls import path

from steelyard.website.messages import views

app_name = "messages"
urlpatterns = [
    path("", views.listed, name="list"),
    path("<int:number>/", views.one, name="one"),
    path("<int:number>/answer/", views.answer, name="answer"),
    path("<int:number>/close/", views.close, name="close"),
    path("<int:number>/publish/", views.publish, name="publish"),
]
