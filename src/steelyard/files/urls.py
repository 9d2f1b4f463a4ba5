from django.urls import path

from steelyard.files import views

app_name = "files"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("send/", views.send, name="send"),
    path("<int:number>/", views.one, name="one"),
    path("<int:number>/download/", views.download, name="download"),
    path("<int:number>/mark/", views.mark, name="mark"),
    path("<int:number>/delete/", views.delete, name="delete"),
]
