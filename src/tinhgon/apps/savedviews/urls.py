from __future__ import annotations

from django.urls import path

from . import views

app_name = "savedviews"

urlpatterns = [
    path("", views.view_list, name="list"),
    path("luu/", views.save, name="save"),
    path("cot/", views.columns, name="columns"),
    path("mo-san/", views.open_with, name="open_with"),
    path("<int:pk>/sua/", views.change, name="change"),
    path("<int:pk>/xoa/", views.delete, name="delete"),
]
