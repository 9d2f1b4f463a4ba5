from django.urls import path

from steelyard.people import views

app_name = "people"
urlpatterns = [
    path("", views.waiting, name="waiting"),
]
